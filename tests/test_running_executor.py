"""The executor: order, bounds, the first error, and the end of it all."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from arclean.errors import OutputError, PipelineError
from arclean.executors import Each, Local, default_workers, together
from arclean.executors.crew import AHEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORKERS = [pytest.param(1, id="one worker has no threads"), pytest.param(2, id="two"), pytest.param(5, id="five")]


def squares(unit: list[int], each: Each) -> list[int]:
    return list(each(lambda n: n * n, unit))


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize(
    "units", [pytest.param([], id="no unit"), pytest.param([[]], id="an empty unit"), pytest.param([[], [1], []], id="some empty")]
)
def test_nothing_to_do_is_done(workers: int, units: list[list[int]]) -> None:
    assert list(Local(workers).map(squares, units)) == [[n * n for n in unit] for unit in units]


@pytest.mark.parametrize("workers", WORKERS)
def test_results_come_in_order_even_if_early_ones_take_longest(workers: int) -> None:
    def slow(n: int) -> int:
        time.sleep((7 - n % 7) / 2000)
        return n

    units = [list(range(start, start + 20)) for start in range(0, 100, 20)]
    assert list(Local(workers).map(lambda unit, each: list(each(slow, unit)), units)) == units


def test_one_worker_stays_in_the_callers_thread() -> None:
    def task(unit: list[int], each: Each) -> list[int]:
        return [threading.get_ident(), *each(lambda _: threading.get_ident(), unit)]

    assert list(Local(1).map(task, [[1, 2]])) == [[threading.get_ident()] * 3]


def test_several_workers_overlap() -> None:
    meet = threading.Barrier(3, timeout=10)  # breaks unless three blocks are at work at the same time
    list(Local(3).map(lambda unit, each: list(each(lambda _: meet.wait(), unit)), [[1, 2, 3]]))


def test_a_unit_is_done_by_one_thread_where_there_are_enough_of_them() -> None:
    meet = threading.Barrier(3, timeout=20)

    def task(unit: list[int], each: Each) -> set[int]:
        meet.wait()
        found = {threading.get_ident(), *each(lambda _: threading.get_ident(), unit)}
        meet.wait()
        return found

    assert [len(threads) for threads in Local(3).map(task, [[1, 2, 3]] * 3)] == [1, 1, 1]


@pytest.mark.parametrize("workers", [2, 3, 6], ids=lambda workers: f"{workers}-workers")
@pytest.mark.parametrize("broken", [False, True], ids=["whole", "with-an-error"])
def test_others_help_as_soon_as_a_core_is_free(workers: int, broken: bool) -> None:
    """All units but the last end at once; two blocks of that one then have to be at work at the same time."""
    first, meet = threading.Event(), threading.Barrier(2, timeout=20)

    def work(n: int) -> int:
        if 2 <= n < 6:
            meet.wait()
        if broken and n == 5:
            raise OSError("helping")
        return n

    def task(unit: int, each: Each) -> list[int]:
        if unit < workers - 1:
            return []
        first.wait(20)
        time.sleep(0.2)
        return list(each(work, range(9)))

    results = Local(workers).map(task, range(workers))
    assert [next(results) for _ in range(workers - 1)] == [[]] * (workers - 1)
    first.set()
    if broken:
        with pytest.raises(OSError, match="helping"):
            next(results)
    else:
        assert next(results) == list(range(9))
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("units", [pytest.param(1, id="one unit"), pytest.param(4, id="four units")])
def test_blocks_in_flight_are_bounded_however_slow_their_use_is(units: int) -> None:
    workers, lock = 2, threading.Lock()
    flying = most = 0

    def items() -> Iterator[int]:
        nonlocal flying, most
        for n in range(30):
            with lock:
                flying += 1
                most = max(most, flying)
            yield n

    def use(_: object, each: Each) -> None:
        nonlocal flying
        for _ in each(lambda n: n, items()):
            time.sleep(0.001)
            with lock:
                flying -= 1

    list(Local(workers).map(use, range(units)))
    assert flying == 0
    assert most <= AHEAD * workers + units  # what is used just now gives its room back after its use


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("where", ["reading", "working", "using"])
def test_the_first_error_is_raised_and_ends_the_rest(workers: int, where: str) -> None:
    worked: list[int] = []

    def items() -> Iterator[int]:
        for n in range(10_000):
            if where == "reading" and n == 50:
                raise OSError("reading")
            yield n

    def work(n: int) -> int:
        worked.append(n)
        if where == "working" and n == 50:
            raise OSError("working")
        return n

    def use(_: int, each: Each) -> None:
        for n in each(work, items()):
            if where == "using" and n == 50:
                raise OSError("using")

    with pytest.raises(OSError, match=where):
        list(Local(workers).map(use, range(3)))
    assert len(worked) < 9_000


@pytest.mark.parametrize("workers", [2, 5])
def test_an_error_in_a_late_unit_does_not_wait_for_the_early_ones(workers: int) -> None:
    ended_early: list[bool] = []

    def use(unit: int, each: Each) -> None:
        if unit == 1:
            raise OSError("late")
        try:
            for _ in each(lambda n: time.sleep(0.001), range(100_000)):
                pass
        except BaseException:
            ended_early.append(True)
            raise

    with pytest.raises(OSError, match="late"):
        list(Local(workers).map(use, range(2)))
    assert ended_early == [True], "the unit that was cut short took its short input for the whole"


def test_a_unit_that_stops_early_gives_its_room_back() -> None:
    def first_only(unit: int, each: Each) -> int:
        results = each(lambda n: n, range(1000))
        first = next(results)
        results.close()  # type: ignore[attr-defined]
        return first

    assert list(Local(2).map(first_only, range(50))) == [0] * 50


@pytest.mark.parametrize("workers", WORKERS)
def test_closing_the_results_ends_the_work(workers: int) -> None:
    results = Local(workers).map(squares, [[1], *([n] * 1000 for n in range(500))])
    assert next(results) == [1]
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_workers_than_one_is_an_error_with_its_remedy(workers: int) -> None:
    with pytest.raises(PipelineError, match=f"workers={workers}.*{default_workers()} here"):
        Local(workers)


@pytest.mark.parametrize("each", [map, Local(2).crew().each], ids=["one-thread", "threads"])
def test_what_ends_together_answers_in_order_and_raises_the_first_error(each: Each) -> None:
    def broken(words: str) -> Callable[[], int]:
        def work() -> int:
            raise OutputError(words)

        return work

    assert together([lambda: 1, lambda: 2, lambda: 3], each) == [1, 2, 3]
    with pytest.raises(OutputError, match="first"):
        together([lambda: 1, broken("first"), broken("second")], each)


def test_a_thread_for_each_thing_that_ends_where_there_are_threads() -> None:
    """Each waits for the other: one after the other, the first would wait for ever."""
    meet = threading.Barrier(2, timeout=20)
    assert sorted(together([meet.wait, meet.wait], Local(2).crew().each)) == [0, 1]
