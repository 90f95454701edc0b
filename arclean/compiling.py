"""numba's ``njit`` as the passes here use it, and what is done while it compiles: the user is told, and the seconds are counted.

Modules of kernels import it as they would numba: ``from arclean import compiling as nb``. It differs in what it leaves out: an entry for
callers in C, which nobody has, and which took a sixth of the time; and for a pass whose name begins with an underscore an entry for callers
in Python, which took a tenth: such a pass is a part of others, and **to call it from Python ends the process** (call its ``py_func``, or
rename it). While numba compiles, Python looks for no reference cycles: numba makes millions of objects that stay, and walking over them
again and again took a tenth. ``scripts/bench_start.py`` prints what is left.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numba
from numba.core import event as _event

_numba: Any = numba
event: Any = _event


def njit(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """The decorator of a compiled pass; options are numba's. One whose name begins with an underscore is for other passes alone."""

    def decorated(function: Callable[..., Any]) -> Any:
        return _numba.njit(no_cfunc_wrapper=True, no_cpython_wrapper=function.__name__.startswith("_"), **options)(function)

    return decorated


class Watch(_event.Listener):  # type: ignore[misc, unused-ignore]
    """Hears when numba begins to compile a pass and ends. Events are nested, as a pass compiles those that it calls.

    They come one at a time: numba holds a lock for as long as it compiles.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.expected: Callable[[], Any] | None = None
        self._depth, self._since, self._ours, self._begun, self._collects = 0, 0.0, 0, False, False

    def on_start(self, event: Any) -> None:
        """Numba begins with a pass, the one of its caller perhaps not done."""
        self._depth += 1
        if self._depth > 1:
            return
        self._since, self._collects = time.monotonic(), gc.isenabled()
        gc.disable()
        if event.data["dispatcher"].__module__.startswith("arclean."):
            self._ours += 1
            self._begin(event.data["dispatcher"])

    def _begin(self, dispatcher: Any) -> None:
        """A pass of ours is to be compiled: the first one of its folder, or a second, and it is not a rare one that was missing."""
        if self._ours == 1:
            _tell("arclean: compiling for this machine, which is done once and takes some ten seconds ...")
        if self.expected is not None and not self._begun and (self._ours == 2 or _is_first(dispatcher)):
            self._begun = True
            self.expected()

    def on_end(self, event: Any) -> None:  # noqa: ARG002
        """It is done with the one that it began last."""
        self._depth -= 1
        if self._depth:
            return
        self.seconds += time.monotonic() - self._since
        if self._collects:
            gc.enable()


def _is_first(dispatcher: Any) -> bool:
    """Whether there is no compiled pass yet in the folder where those of a module are kept."""
    kept = dispatcher.stats.cache_path
    return kept is not None and next(Path(kept).glob("*.nbi"), None) is None


def _tell(line: str) -> None:
    """A line for a person who waits, above the bar of a run if there is one; none where nobody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        return
    if "tqdm" in sys.modules:
        sys.modules["tqdm"].tqdm.write(line, file=sys.stderr)
    else:
        print(line, file=sys.stderr, flush=True)


_watch = Watch()
event.register("numba:compile", _watch)


def expect(parts: Sequence[Any]) -> None:
    """Say which parts of a pipeline are likely to be put to work next, so that a cold start can compile ahead for them.

    `arclean.ahead` does that in another process; not if the environment variable ``ARCLEAN_COMPILE_AHEAD`` is 0.
    """
    _watch.expected = partial(_ahead, parts)


def _ahead(parts: Sequence[Any]) -> None:
    from arclean import ahead

    ahead.start(parts)


def seconds() -> float:
    """Seconds for which numba has compiled in this process. 0 where all was compiled before.

    >>> seconds() >= 0
    True
    """
    return _watch.seconds
