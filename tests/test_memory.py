"""The memory that is given bounds what is in flight, and changes no byte of what comes out."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from running_fakes import FakePipeline, contents, dump

import arclean
from arclean import Duplicates, Pipeline, sample
from arclean.dataset import memory as rationed
from arclean.dataset import run as running
from arclean.dataset.exchange import BUFFER_BYTES
from arclean.dataset.memory import BLOCKS_HELD, allowance
from arclean.dataset.shards import GROUP_BYTES
from arclean.dataset.source import ReadOptions
from arclean.dataset.unit import CleanUnit
from arclean.errors import PipelineError
from arclean.executors import Local

BLOCK = 1 << 20
LOADED = 100 << 20
UNIT, FLYING = 2 * GROUP_BYTES, BLOCKS_HELD * BLOCK
LIGHT = arclean.load("light")


@pytest.fixture(autouse=True)
def _loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rationed, "resident", lambda: LOADED)


@pytest.mark.parametrize(
    ("memory", "blocks", "units"),
    [
        pytest.param(None, 8, 4, id="none given, two blocks for each worker"),
        pytest.param(1 << 40, 8, 4, id="plenty"),
        pytest.param(LOADED + 4 * UNIT + 8 * FLYING, 8, 4, id="just enough"),
        pytest.param(LOADED + 4 * UNIT + 8 * FLYING - 1, 7, 4, id="a byte less"),
        pytest.param(LOADED + 4 * UNIT + 4 * FLYING - 1, 8, 3, id="fewer units, which have room for more blocks"),
        pytest.param(LOADED + UNIT + FLYING, 1, 1, id="the least"),
    ],
)
def test_blocks_become_fewer_and_then_units(memory: int | None, blocks: int, units: int) -> None:
    allowed = allowance(LIGHT, 4, BLOCK, memory)
    assert (allowed.blocks, allowed.units) == (blocks, units)
    assert memory is None or allowed.memory <= memory


@pytest.mark.parametrize(
    ("pipe", "processes", "more"),
    [
        pytest.param(LIGHT, False, 0, id="threads"),
        pytest.param(Pipeline((Duplicates(),)), False, 4 * BUFFER_BYTES, id="the tables of a stage"),
        pytest.param(LIGHT, True, 2 * LOADED, id="processes"),
    ],
)
def test_too_little_is_an_error_that_says_how_much_it_takes(pipe: Pipeline, processes: bool, more: int) -> None:
    least = LOADED + more + UNIT + FLYING
    assert allowance(pipe, 2, BLOCK, least, processes).blocks == 1
    with pytest.raises(PipelineError, match=f"too little: this run needs {round(least / 1e6)} MB"):
        allowance(pipe, 2, BLOCK, least - 1, processes)


def test_it_is_an_error_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="memory=1 MB is too little"):
        arclean.run("light", sample.path(), tmp_path / "out", memory=1_000_000)
    assert not (tmp_path / "out").exists()
    with pytest.raises(PipelineError, match="memory=1 MB is too little"):
        arclean.plan("light", sample.path(), memory=1_000_000)


def test_less_is_in_flight_and_the_bytes_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ReadOptions", partial(ReadOptions, block_bytes=2000))
    lock, flying, most = threading.Lock(), 0, list[int]()
    blocks, on_block = CleanUnit._blocks, CleanUnit.__call__

    def counted(self: CleanUnit, unit: Any) -> Any:
        nonlocal flying
        for block in blocks(self, unit):
            with lock:
                flying += 1
                most.append(flying)
            yield block

    def called(self: CleanUnit, unit: Any, each: Any) -> Any:
        def noticed(work: Any, items: Any) -> Any:
            nonlocal flying
            for result in each(work, items):
                yield result
                with lock:
                    flying -= 1

        return on_block(self, unit, noticed)

    monkeypatch.setattr(CleanUnit, "_blocks", counted)
    monkeypatch.setattr(CleanUnit, "__call__", called)
    source, told = dump(tmp_path / "in"), {}
    for name, memory in (("much", None), ("little", LOADED + UNIT + 4 * 2000)):
        flying, most = 0, list[int]()
        arclean.run(FakePipeline(), source, tmp_path / name, workers=4, memory=memory)  # type: ignore[arg-type]
        told[name] = max(most)
    assert told["little"] <= 1 + 1 < told["much"] <= 8 + 4  # in flight, and one that each unit is writing
    assert contents(tmp_path / "much") == contents(tmp_path / "little")


def test_a_plan_with_less_memory_says_so() -> None:
    much, little = (arclean.plan("light", sample.path(), workers=4, memory=m) for m in (None, LOADED + UNIT + BLOCKS_HELD * (8 << 20)))
    assert little.memory < much.memory


@pytest.mark.parametrize("options", [{"blocks": 0}, {"units": 0}], ids=str)
def test_nothing_in_flight_is_an_error(options: dict[str, int]) -> None:
    with pytest.raises(PipelineError, match="at least 1 of each"):
        Local(2, **options)
