"""Processes on this machine, for what holds the GIL: Python functions and steps of the user's own.

Reading, writing and progress stay where they are; each thread that works on blocks hands them to a process of its own and waits. So order,
bounds and bytes are those of threads. A process runs no script of the user's again: it is a plain interpreter that imports what the
pipeline names, and ends when its pipe does, however this process ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from hashlib import blake2b
from threading import Lock, local
from typing import IO, TYPE_CHECKING, Any, Final

from arclean.compiled import AHEAD
from arclean.errors import PipelineError
from arclean.executors.crew import Crew, Stopped
from arclean.executors.local import Local
from arclean.executors.served import dumps, frame, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RETRIES: Final = 1
"""How often a block is given to a new process when the one that had it was killed."""

_SERVE: Final = "from arclean.executors.served import serve; serve()"


class Processes(Local):
    """Threads that hand their blocks to a process each.

    Attributes:
        workers: processes. With 1 there is none: the task runs in the caller's own thread.
        every: whether all blocks go to processes; else only those of work that says that it holds the GIL.

    Raises:
        PipelineError: fewer workers than one.
    """

    def __init__(self, workers: int | None = None, *, every: bool = True, blocks: int | None = None, units: int | None = None) -> None:
        super().__init__(workers, blocks=blocks, units=units)
        self.every = every

    def crew(self) -> Crew:
        """See `Local.crew`."""
        return _Apart(self.workers, self.blocks, self.every)


class _Apart(Crew):
    """A crew whose threads have a process each."""

    def __init__(self, workers: int, blocks: int, every: bool) -> None:
        super().__init__(workers, blocks)
        self._every, self._own, self._all, self._lock = every, local(), list[_Process](), Lock()

    def each(self, work: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        """See `Each`."""
        if not self._goes(work):
            return super().each(work, items)
        sent = dumps(work)
        return super().each(lambda item: self._away(sent, item), items)

    def alone(self, work: Callable[[Any], Any], items: Iterable[Any], /) -> Iterator[Any]:
        """See `Crew.alone`; what goes to processes is given to as many of them as there are."""
        return self.each(work, items) if self._goes(work) else super().alone(work, items)

    def _goes(self, work: Callable[[Any], Any]) -> bool:
        return self._every or getattr(work, "holds_gil", False)

    def end(self) -> None:
        """Stop at once: nobody waits for a step that takes minutes."""
        self.ended.set()
        with self._lock:
            for process in self._all:
                process.kill()
        super().end()

    def _away(self, work: bytes, item: Any) -> Any:
        """The work on an item, in the process of this thread."""
        given = dumps(item)
        for left in range(RETRIES, -1, -1):
            process = self._process()
            try:
                return process.ask(work, given)
            except (EOFError, OSError):
                if self.ended.is_set():
                    raise Stopped from None
                code = process.kill()
                if not left:
                    raise PipelineError(_lost(code)) from None
        raise AssertionError

    def _process(self) -> _Process:
        """The process of this thread, a new one if it has none that lives."""
        process: _Process | None = getattr(self._own, "process", None)
        if process is None or process.dead:
            with self._lock:
                if self.ended.is_set():
                    raise Stopped
                process = self._own.process = _Process()
                self._all.append(process)
        return process


class _Process:
    """A process that does work on items, and the two pipes to it."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()
        self._popen = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True, env=environment()
        )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._to: IO[bytes] = self._popen.stdin
        self._from: IO[bytes] = self._popen.stdout

    @property
    def dead(self) -> bool:
        return self._popen.poll() is not None

    def ask(self, work: bytes, item: bytes) -> Any:
        """What the work makes of the item.

        Raises:
            EOFError, OSError: the process is gone.
            Exception: what the work raised.
        """
        name = blake2b(work, digest_size=16).digest()
        frame.write(self._to, name, b"" if name in self._known else work, item)
        self._known.add(name)
        good, answer = frame.read(self._from, 2)
        made = loads(answer)
        if good != b"1":
            raise made
        return made

    def kill(self) -> int:
        """End it; its exit code, negative for a signal."""
        self._popen.kill()
        code = self._popen.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):  # what the buffer still holds has nowhere to go
                pipe.close()
        return code


def environment() -> dict[str, str]:
    """For another interpreter: modules are found there as here, and it starts none to compile ahead."""
    return {**os.environ, AHEAD: "0", "PYTHONPATH": os.pathsep.join(str(path) or os.getcwd() for path in sys.path)}


def _lost(code: int) -> str:
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return (
        f"a process of the run was lost {RETRIES + 1} times over the same block ({how}): out of memory, or a step that ends its process. "
        "Give the same command again to go on, with fewer --workers if it was memory"
    )
