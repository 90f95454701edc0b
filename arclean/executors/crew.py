"""Who works on the blocks of units: threads that all units share, and those of the units themselves."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event, Lock, Semaphore
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

A = TypeVar("A")
B = TypeVar("B")

AHEAD = 2
"""Blocks in flight for each worker: one at work, one waiting."""

_POLL = 0.2
"""Seconds after which a reader that waits for room looks whether it is still wanted."""


class Stopped(Exception):
    """The run ended elsewhere; this unit ends too, and unwinds what it has open."""


class _Unread(Future[B]):
    """Stands in the place of an item that could not be read."""


def _done(work: Callable[[A], B], item: A) -> Future[B]:
    """The work on an item, here and now."""
    future: Future[B] = Future()
    future.set_result(work(item))
    return future


class Crew:
    """The pool of threads that all units share, and the room for blocks in flight.

    Where there are fewer units than cores, each is read, worked on and written by threads of its own (`each`). Where there are enough, one
    thread does a unit from its first byte to its last (`alone`): what a core has just read is still near it when it cleans and writes, and
    fewer threads wait for Python's lock. Others help as soon as a core is free.

    Attributes:
        ended: whether the work is to stop.
    """

    def __init__(self, workers: int, blocks: int) -> None:
        self._workers, self._blocks = workers, blocks
        self._lock, self._units, self._helping = Lock(), workers, 0
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

    def begin(self, units: int) -> None:
        """So many units are to be done, each by a thread alone."""
        self._units = units

    def unit_ended(self, _: object = None) -> None:
        """One of them is."""
        with self._lock:
            self._units -= 1

    def alone(self, work: Callable[[A], B], items: Iterable[A], /) -> Iterator[B]:
        """See `Each`. The caller's own thread reads and works; others work for it while there are fewer units than cores.

        Once there are three cores for each unit that is left, reading and writing are what others wait for: the rest is done as by `each`.
        """
        waiting: deque[Future[B]] = deque()
        iterator, few = iter(items), False
        try:
            for item in iterator:
                if self.ended.is_set():
                    raise Stopped
                waiting.append(self._helped(work, item) or _done(work, item))
                del item
                while waiting and (waiting[0].done() or len(waiting) > self._most_helping):
                    yield waiting.popleft().result()
                if few := self._units * 2 < self._workers:
                    break
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
        if few:
            yield from self.each(work, iterator)

    @property
    def _most_helping(self) -> int:
        """Blocks that others may have in flight for those who do units alone."""
        leads = min(self._units, self._workers)
        return max(0, min(AHEAD * (self._workers - leads), self._blocks - leads))

    def _helped(self, work: Callable[[A], B], item: A) -> Future[B] | None:
        """The work on an item by somebody else, if a core is free."""
        with self._lock:
            if self._helping >= self._most_helping:
                return None
            self._helping += 1
        try:
            future = self._pool.submit(work, item)
        except RuntimeError:  # the pool is closed
            raise Stopped from None
        future.add_done_callback(self._has_helped)
        return future

    def _has_helped(self, _: Future[B]) -> None:
        with self._lock:
            self._helping -= 1

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
