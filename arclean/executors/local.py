"""The seam between a run and whatever runs it, and the executor that every machine has: threads.

Kernels, JSON, Parquet and compression release the GIL, so the threads of one process use all of its cores, and nothing is copied
between processes. Who wants a cluster writes another `Executor`: the task is picklable, and its result is small.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from queue import SimpleQueue
from threading import Event, Semaphore
from typing import TYPE_CHECKING, Protocol, TypeVar

from arclean.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

A = TypeVar("A")
B = TypeVar("B")
Unit = TypeVar("Unit")
Result = TypeVar("Result")

AHEAD = 2
"""Blocks in flight for each worker: one at work, one waiting."""

_POLL = 0.2
"""Seconds after which a reader that waits for room looks whether it is still wanted."""


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
        crew = self.crew()
        leads = ThreadPoolExecutor(self.units, "arclean-unit")
        try:
            futures = [leads.submit(task, unit, crew.each) for unit in units]
            in_order = deque(futures)
            for future in as_completed(futures):
                future.result()  # an error is raised when it happens, not when its turn comes
                while in_order and in_order[0].done():
                    yield in_order.popleft().result()
        finally:
            crew.end()
            leads.shutdown(cancel_futures=True)


class Stopped(Exception):
    """The run ended elsewhere; this unit ends too, and unwinds what it has open."""


class _Unread(Future[B]):
    """Stands in the place of an item that could not be read."""


class Crew:
    """The pool of threads that all units share, and the room for blocks in flight.

    Attributes:
        ended: whether the work is to stop.
    """

    def __init__(self, workers: int, blocks: int) -> None:
        self._pool = ThreadPoolExecutor(workers, "arclean-block")
        self._room = Semaphore(blocks)
        self._readers = ThreadPoolExecutor(workers, "arclean-read")  # a unit reads one thing at a time
        self.ended = Event()

    def end(self) -> None:
        """Stop at the next block, and wait for that."""
        self.ended.set()
        self._pool.shutdown(cancel_futures=True)
        self._readers.shutdown()

    def each(self, work: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """See `Each`. A thread of its own reads ahead, so that reading, working and the caller's use of the results overlap."""
        queue: SimpleQueue[Future[B] | None] = SimpleQueue()
        unwanted = Event()
        reading = self._readers.submit(self._read, work, items, queue, unwanted)
        try:
            while (future := queue.get()) is not None:
                try:
                    result = future.result()
                finally:
                    self._room.release()  # before it is used, or nobody would work while a row group is being compressed
                yield result
                del result
            if self.ended.is_set():
                raise Stopped  # the items may have ended early: what was made of them is not whole
        finally:
            unwanted.set()
            reading.result()
            self._give_back(queue)

    def _read(self, work: Callable[[A], B], items: Iterable[A], queue: SimpleQueue[Future[B] | None], unwanted: Event) -> None:
        """Put a future for each item in the queue, then None. Each future in the queue holds room for one block."""
        iterator = iter(items)
        while self._took_room(unwanted):
            future = self._next(work, iterator)
            if future is None:
                self._room.release()
                break
            queue.put(future)
            if isinstance(future, _Unread):
                break
        queue.put(None)

    def _next(self, work: Callable[[A], B], iterator: Iterator[A]) -> Future[B] | None:
        """The work on the next item; None behind the last."""
        try:
            return self._pool.submit(work, next(iterator))
        except StopIteration:
            return None
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked for the items
            unread: Future[B] = _Unread()
            unread.set_exception(error)
            return unread

    def _took_room(self, unwanted: Event) -> bool:
        """Wait for room and take it; False if the items are no longer wanted."""
        while not (unwanted.is_set() or self.ended.is_set()):
            if self._room.acquire(timeout=_POLL):
                return True
        return False

    def _give_back(self, queue: SimpleQueue[Future[B] | None]) -> None:
        """Give back the room of what was read and will not be asked for."""
        while not queue.empty():
            if (future := queue.get()) is not None:
                future.cancel()
                self._room.release()
