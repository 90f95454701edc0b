"""The seam between a run and whatever runs it, and the executor that every machine has: threads.

Kernels, JSON, Parquet and compression release the GIL, so the threads of one process use all of its cores, and nothing is copied
between processes. Who wants a cluster writes another `Executor`: the task is picklable, and its result is small.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Protocol, TypeVar

from arclean.errors import PipelineError
from arclean.executors.crew import AHEAD, Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

A = TypeVar("A")
B = TypeVar("B")
Unit = TypeVar("Unit")
Result = TypeVar("Result")


class Each(Protocol):
    """A `map` in the order of its items: the builtin one, or one that works on several items at once."""

    def __call__(self, work: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """The results of ``work`` in the order of ``items``; the items are read as they are needed, never all at once."""


class Executor(Protocol):
    """Runs one task over many units.

    Attributes:
        remote: whether tasks run in other processes, which see the same files and nothing else of this one: then tasks and results are
            pickled, and nothing is heard of a unit before it is done.
    """

    remote: bool

    def map(self, task: Callable[[Unit, Each], Result], units: Iterable[Unit]) -> Iterator[Result]:
        """The results of ``task(unit, each)`` in the order of ``units``.

        A task hands its own inner loop to ``each``. The first error ends the work on all units and is raised.
        """


def together(works: Sequence[Callable[[], B]], each: Each) -> list[B]:
    """Do several things that wait for the disk: at once, in a thread each, where ``each`` has threads too; else one after the other.

    All have ended when this returns or raises; the first error, in their order, is raised.

    >>> together([lambda: 1, lambda: 2], map)
    [1, 2]
    """
    if each is map or len(works) < 2:
        return [work() for work in works]
    with ThreadPoolExecutor(len(works), "arclean-close") as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def default_workers() -> int:
    """The cores that this process may use.

    >>> default_workers() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Local:
    """Threads of this process.

    Attributes:
        workers: blocks worked on at once, over all units. With 1 nothing is threaded: the task runs in the caller's own thread.
        blocks: in flight at most; `AHEAD` for each worker if not given.
        units: at work at once at most; as many as workers if not given.

    Raises:
        PipelineError: fewer workers, blocks or units than one.

    >>> list(Local(2).map(lambda unit, each: sum(each(abs, unit)), [[-1, 2], [-3]]))
    [3, 3]
    """

    remote = False

    def __init__(self, workers: int | None = None, *, blocks: int | None = None, units: int | None = None) -> None:
        if workers is not None and workers < 1:
            raise PipelineError(f"workers={workers}: at least 1 is needed; leave it out to use every core ({default_workers()} here)")
        if any(given is not None and given < 1 for given in (blocks, units)):
            raise PipelineError(f"blocks={blocks}, units={units}: at least 1 of each is needed")
        self.workers = workers or default_workers()
        self.blocks = blocks or AHEAD * self.workers
        self.units = units or self.workers

    def map(self, task: Callable[[Unit, Each], Result], units: Iterable[Unit]) -> Iterator[Result]:
        """See `Executor.map`. Ending the iteration early, by an error, Ctrl-C or `close`, ends the work at the next block."""
        if self.workers == 1:
            return (task(unit, map) for unit in units)
        return self._threaded(task, units)

    def crew(self) -> Crew:
        """Whoever works on blocks."""
        return Crew(self.workers, self.blocks)

    def _threaded(self, task: Callable[[Unit, Each], Result], units: Iterable[Unit]) -> Iterator[Result]:
        crew, waiting = self.crew(), list(units)
        each = crew.alone if min(len(waiting), self.units) >= self.workers else crew.each
        crew.begin(len(waiting))
        leads = ThreadPoolExecutor(self.units, "arclean-unit")
        try:
            futures = [leads.submit(task, unit, each) for unit in waiting]
            for future in futures:
                future.add_done_callback(crew.unit_ended)
            in_order = deque(futures)
            for future in as_completed(futures):
                future.result()  # an error is raised when it happens, not when its turn comes
                while in_order and in_order[0].done():
                    yield in_order.popleft().result()
        finally:
            crew.end()
            leads.shutdown(cancel_futures=True)
