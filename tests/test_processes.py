"""Processes for what holds the GIL: chosen by the pipeline, with the bytes of threads, and what becomes of one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

import made_up_parts
import pyarrow as pa
import pytest
from running_fakes import contents, dump

import arclean
from arclean import Pipeline
from arclean.dataset import chosen
from arclean.dataset import run as running
from arclean.dataset.chosen import executor_of
from arclean.dataset.source import ReadOptions, plan
from arclean.errors import PipelineError
from arclean.executors import Executor, Local, Processes
from arclean.executors.served import dumps, loads
from arclean.steps import holds_gil

BLOCK: Final = 2_000
SLOW: Final = Pipeline((made_up_parts.no_stars, made_up_parts.counted_slowly, made_up_parts.Score(2.0)))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ReadOptions", partial(ReadOptions, block_bytes=BLOCK))


def chosen_for(pipe: Pipeline, folder: Path, **given: Any) -> Executor:
    options = {"executor": None, "workers": 2, "address": None, "memory": None} | given
    return executor_of(pipe, plan([str(folder)], ReadOptions(block_bytes=BLOCK)), **options)


def processes_of_ours() -> list[int]:
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(pid) for file in children for pid in file.read_text().split()]


# --- when there are none


@pytest.mark.parametrize(
    ("pipe", "given"),
    [
        pytest.param(arclean.load("pretrain"), {}, id="kernels release the GIL"),
        pytest.param(Pipeline((made_up_parts.Free(),)), {}, id="a step says that it does"),
        pytest.param(SLOW, {"workers": 1}, id="one worker"),
        pytest.param(SLOW, {"executor": "local"}, id="threads are asked for"),
    ],
)
def test_threads_do(tmp_path: Path, pipe: Pipeline, given: dict[str, Any]) -> None:
    assert type(chosen_for(pipe, dump(tmp_path / "in"), **given)) is Local


def test_threads_do_for_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "WORTH_BLOCKS", 1000)
    assert type(chosen_for(SLOW, dump(tmp_path / "in"))) is Local


def test_a_step_that_cannot_travel_is_done_in_threads_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up_parts.Reversed, "__module__", "__main__")
    pipe = Pipeline((made_up_parts.Reversed(),))
    with pytest.warns(RuntimeWarning, match="put it in a module"):
        assert type(chosen_for(pipe, dump(tmp_path / "in"))) is Local
    with pytest.raises(PipelineError, match="put it in a module"):
        chosen_for(pipe, tmp_path / "in", executor="processes")


# --- when there are


def test_what_holds_the_gil() -> None:
    assert [holds_gil(part) for part in SLOW.parts] == [True, True, True]
    assert not any(map(holds_gil, (made_up_parts.Free(), *arclean.load("pretrain").parts)))


def test_the_pipeline_chooses_them(tmp_path: Path) -> None:
    chosen = chosen_for(arclean.load("light").then(made_up_parts.no_stars), dump(tmp_path / "in"))
    assert isinstance(chosen, Processes)
    assert not chosen.every


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to look at processes")
def test_the_bytes_and_the_progress_are_those_of_threads(tmp_path: Path) -> None:
    class Told:
        def __init__(self) -> None:
            self.sizes: list[int] = []
            self.processes = 0

        def start(self, total: int, done: int) -> None:
            pass

        def add(self, size: int, tally: arclean.Tally) -> None:
            self.sizes.append(size)
            self.processes = max(self.processes, len(processes_of_ours()))

        def close(self) -> None:
            pass

    before = len(processes_of_ours())  # other tests keep servers
    source, told = dump(tmp_path / "in"), {name: Told() for name in ("local", "chosen")}
    pipe = SLOW.then(arclean.Duplicates(), made_up_parts.Score(3.0))
    for name, progress in told.items():
        arclean.run(pipe, source, tmp_path / name, executor=None if name == "chosen" else "local", workers=2, progress=progress)
    assert contents(tmp_path / "local") == contents(tmp_path / "chosen")
    assert len(told["local"].sizes) == len(told["chosen"].sizes)
    assert [one.processes - before for one in told.values()] == [0, 2]
    assert len(processes_of_ours()) == before


def test_an_error_of_a_step_comes_back_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"part-0\.jsonl, documents .* made up to fail"):
        arclean.run(Pipeline((made_up_parts.Failing(),)), dump(tmp_path / "in"), tmp_path / "out", executor="processes", workers=2)


def test_what_a_step_prints_disturbs_nobody(tmp_path: Path) -> None:
    pipe, source = Pipeline((made_up_parts.Chatty(),)), dump(tmp_path / "in", files=1)
    assert arclean.run(pipe, source, tmp_path / "out", executor="processes", workers=2).tally.kept


def deadly(folder: Path) -> Path:
    source = dump(folder / "in", files=2)
    with (source / "part-0.jsonl").open("a") as file:
        file.write('{"id": "last", "text": "a deadly text of some words"}\n')
    return source


def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    source = deadly(tmp_path)
    (tmp_path / "lives").write_bytes(b"x")
    made = arclean.run(
        Pipeline((made_up_parts.Deadly(str(tmp_path / "lives")),)), source, tmp_path / "out", executor="processes", workers=2
    )
    assert (tmp_path / "lives").read_bytes() == b""
    assert made.tally.kept == 121
    assert arclean.verify(made.out).ok


def test_a_block_that_kills_again_ends_the_run_with_the_signal_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"lost 2 times over the same block .signal SIGKILL.*fewer --workers"):
        arclean.run(Pipeline((made_up_parts.Deadly(),)), deadly(tmp_path), tmp_path / "out", executor="processes", workers=2)
    assert not (tmp_path / "out" / "manifest.json").exists()


ENDLESS: Final = """
import sys
sys.path.insert(0, {here!r})
from functools import partial
import arclean, made_up_parts
from arclean.dataset import run as running
from arclean.dataset.source import ReadOptions
running.ReadOptions = partial(ReadOptions, block_bytes=2000)
arclean.run(arclean.Pipeline((made_up_parts.Slow(60.0),)), {source!r}, {out!r}, executor="processes", workers=2)
"""


@pytest.mark.parametrize("how", [pytest.param(signal.SIGINT, id="Ctrl-C"), pytest.param(signal.SIGKILL, id="killed")])
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to look at processes")
def test_a_run_that_ends_leaves_no_process_and_waits_for_no_step(tmp_path: Path, how: signal.Signals) -> None:
    code = ENDLESS.format(here=str(Path(__file__).parent), source=str(dump(tmp_path / "in")), out=str(tmp_path / "out"))
    log = tmp_path / "log"
    with log.open("wb") as file:
        running = subprocess.Popen([sys.executable, "-c", code], stderr=file)
    children: list[int] = []
    while len(children) < 2:
        assert running.poll() is None
        time.sleep(0.05)
        children = [int(pid) for file in Path(f"/proc/{running.pid}/task").glob("*/children") for pid in file.read_text().split()]
    time.sleep(2)
    running.send_signal(how)
    assert running.wait(timeout=30)
    assert how == signal.SIGKILL or b"give the same command again to go on" in log.read_bytes()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_slice_of_a_batch_travels_as_its_rows() -> None:
    batch = pa.record_batch({"text": ["x" * 1000] * 1000}).slice(7, 2)
    sent = dumps((batch, None))
    assert len(sent) < 10_000
    assert loads(sent)[0].equals(batch)


# --- the executor by itself


def test_results_are_in_order_and_threads_end() -> None:
    before = threading.active_count()
    assert list(Processes(2).map(lambda unit, each: list(each(abs, unit)), [[-3, 2], [], [-1]])) == [[3, 2], [], [1]]
    assert threading.active_count() == before


def test_an_error_that_does_not_travel_is_told_in_words() -> None:
    with pytest.raises(PipelineError, match=r"Stubborn: \('here', 'there'\)"):
        list(Processes(2).map(lambda unit, each: list(each(made_up_parts.stubborn, unit)), [[1]]))
