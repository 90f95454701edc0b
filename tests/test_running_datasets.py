"""Runs: the same bytes however they come about, every record accounted for, nothing lost when they are stopped."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import filelock
import pyarrow.parquet as pq
import pytest
from running_fakes import MENU, FakePipeline, contents, dump

from arclean.dataset import staging
from arclean.dataset.files import Sink
from arclean.dataset.source import ReadOptions
from arclean.dataset.staging import FOLDER
from arclean.dataset.unit import CleanBlock, CleanUnit
from arclean.dataset.verify import verify
from arclean.errors import ArcleanError, OutputError, PipelineError

if TYPE_CHECKING:
    from collections.abc import Iterator

runs: Any = importlib.import_module("arclean.dataset.run")
run = runs.run


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several blocks in a unit, and several units, of a dump of a few kilobytes."""
    monkeypatch.setattr(runs, "ReadOptions", partial(ReadOptions, block_bytes=2500, piece_bytes=5000))


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return dump(tmp_path / "crawl")


def rows(out: Path, kind: str) -> list[dict[str, Any]]:
    return [row for path in sorted((out / kind).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def test_nothing_in_is_an_empty_dataset_that_opens(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text('{"id": "1", "text": ""}\n')
    result = run(FakePipeline(least=0), tmp_path / "empty.jsonl", tmp_path / "out")
    assert (result.tally.read, result.tally.kept) == (1, 1)
    assert rows(tmp_path / "out", "rejected") == []
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["README.md", "data", "manifest.json", "rejected"]
    assert verify(tmp_path / "out").ok


@pytest.mark.parametrize("shard_bytes", [2000, 1 << 28])
def test_the_bytes_are_the_same_for_any_number_of_workers(tmp_path: Path, crawl: Path, shard_bytes: int) -> None:
    for workers in (1, 2, 5):
        run(FakePipeline(), crawl, tmp_path / f"out-{workers}", workers=workers, shard_bytes=shard_bytes)
    one, two, five = (contents(tmp_path / f"out-{workers}") for workers in (1, 2, 5))
    assert one == two == five
    assert len(one) > 6


def test_the_bytes_are_the_same_if_one_unit_is_all(tmp_path: Path, crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "ReadOptions", partial(ReadOptions, block_bytes=2500, piece_bytes=1 << 20))
    for workers in (1, 2, 5):
        run(FakePipeline(), crawl, tmp_path / f"out-{workers}", workers=workers)
    assert contents(tmp_path / "out-1") == contents(tmp_path / "out-2") == contents(tmp_path / "out-5")


def test_every_record_goes_to_one_place_in_the_order_read(tmp_path: Path, crawl: Path) -> None:
    result = run(FakePipeline(), crawl, tmp_path / "out")
    kept, rejected = rows(tmp_path / "out", "data"), rows(tmp_path / "out", "rejected")
    numbers = range(240)
    assert [row["id"] for row in kept] == [f"doc-{n:05}" for n in numbers if n % 7]
    assert [row["id"] for row in rejected] == [f"doc-{n:05}" for n in numbers if n % 7 == 0]
    assert {row["drop"] for row in kept} == {None}
    assert {row["drop"] for row in rejected} == {"words_low"}
    assert not any(MENU in row["text"] for row in kept)
    tally = result.tally
    assert (tally.read, tally.kept, tally.rejected, tally.quarantined) == (244, len(kept), len(rejected), 4)


def test_every_line_that_was_cut_is_written_with_its_place(tmp_path: Path, crawl: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "out")
    expected = {"place": "line 1", "rule": "drop_menu", "category": "navigation", "text": MENU}
    assert rows(tmp_path / "out", "removed") == [{"id": f"doc-{n:05}", **expected} for n in range(0, 240, 3)]


def test_removed_lines_may_be_left_out(tmp_path: Path, crawl: Path) -> None:
    result = run(FakePipeline(), crawl, tmp_path / "out", removed=False)
    assert not (tmp_path / "out" / "removed").exists()
    assert result.tally.lines_removed == 80
    assert "removed" not in (tmp_path / "out" / "README.md").read_text()
    assert verify(tmp_path / "out").ok


def test_what_could_not_be_read_is_kept_with_its_place(tmp_path: Path, crawl: Path) -> None:
    result = run(FakePipeline(), crawl, tmp_path / "out")
    lost = rows(tmp_path / "out", "quarantine")
    assert [(row["file"], row["rows"]) for row in lost] == [(f"part-{n}.jsonl{'.gz' if n == 3 else ''}", 1) for n in range(4)]
    assert all(row["raw"].startswith(b'{"id": "bad"') for row in lost)
    assert sum(result.tally.errors.values()) == 4


def test_the_manifest_is_exact_and_says_nothing_of_this_machine(tmp_path: Path, crawl: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "out", workers=2)
    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest["inputs"] == [{"source": path.name, "size": path.stat().st_size} for path in sorted(crawl.iterdir())]
    assert manifest["pipeline"] == {"name": "fake", "fingerprint": FakePipeline().fingerprint, "definition": FakePipeline().to_dict()}
    assert [column["name"] for column in manifest["columns"]] == ["id", "text", "url", "extra", "drop", "words"]
    assert manifest["tally"]["read"] == 244
    assert str(tmp_path) not in text
    assert "workers" not in text


@pytest.mark.parametrize("limit", [1, 60, 61, 100, 1000])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_limit_is_a_number_of_records(tmp_path: Path, crawl: Path, limit: int, workers: int) -> None:
    result = run(FakePipeline(), crawl, tmp_path / "out", limit=limit, workers=workers)
    assert result.tally.read == min(limit, 244)
    report = verify(tmp_path / "out")
    assert report.ok, report.summary()
    read = [row["id"] for kind in ("data", "rejected") for row in rows(tmp_path / "out", kind)]
    assert sorted(read) == [f"doc-{n:05}" for n in range(result.tally.kept + result.tally.rejected)]


class Killed(BaseException):
    pass


@contextmanager
def dying_in_unit(unit: int, error: BaseException | None = None, match: str | None = None) -> Iterator[None]:
    """A run in this context dies in the middle of a unit."""
    whole, error = CleanUnit.__call__, error or Killed()

    def call(self: CleanUnit, this: Any, each: Any) -> Any:
        if this.index == unit:
            for n, _ in enumerate(each(CleanBlock(self.plan, self.pipe), self._blocks(this))):
                if n == 1:
                    raise error
        return whole(self, this, each)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CleanUnit, "__call__", call)
        with pytest.raises(type(error), match=match):
            yield


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("unit", [0, 1, 2])
def test_a_run_that_died_goes_on_to_the_same_bytes(tmp_path: Path, crawl: Path, unit: int, workers: int) -> None:
    run(FakePipeline(), crawl, tmp_path / "whole", workers=1)
    with dying_in_unit(unit):
        run(FakePipeline(), crawl, tmp_path / "out", workers=workers)
    visible = list((tmp_path / "out").glob("[!.]*"))
    assert visible == []
    run(FakePipeline(), crawl, tmp_path / "out", workers=workers)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_whole_units_are_not_done_again(tmp_path: Path, crawl: Path) -> None:
    with dying_in_unit(2):
        run(FakePipeline(), crawl, tmp_path / "out", workers=1)
    first, again = FakePipeline(), FakePipeline()
    run(first, crawl, tmp_path / "whole", workers=1)
    run(again, crawl, tmp_path / "out", workers=1)
    done, *seen = again.seen  # the first batch is empty, to know the schema
    assert done == 0
    assert 0 < len(seen) < len(first.seen) - 3
    assert seen == first.seen[-len(seen) :]


def test_a_limited_run_goes_on_to_the_same_bytes(tmp_path: Path, crawl: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "whole", workers=1, limit=200)
    with dying_in_unit(1):
        run(FakePipeline(), crawl, tmp_path / "out", workers=2, limit=200)
    run(FakePipeline(), crawl, tmp_path / "out", workers=2, limit=200)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("step", range(9))
def test_a_run_that_died_while_it_named_its_files_goes_on(tmp_path: Path, crawl: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    out, replace, left = tmp_path / "out", Path.replace, step

    def dying(self: Path, target: Path) -> Path:
        nonlocal left
        left -= FOLDER not in Path(target).relative_to(tmp_path).parts
        if left < 0:
            raise Killed
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dying)
        with pytest.raises(Killed):
            run(FakePipeline(), crawl, out, workers=1)
    assert not (out / "manifest.json").exists()
    again = FakePipeline()
    run(again, crawl, out, workers=1)
    assert sum(again.seen) == 0
    run(FakePipeline(), crawl, tmp_path / "whole", workers=1)
    assert contents(out) == contents(tmp_path / "whole")


KILLED = """
    import sys, time
    from functools import partial
    sys.path.insert(0, {tests!r})
    from running_fakes import FakePipeline
    import arclean.dataset.run
    from arclean.dataset.source import ReadOptions
    runs = sys.modules["arclean.dataset.run"]
    runs.ReadOptions = partial(ReadOptions, block_bytes=2500, piece_bytes=5000)

    class Slow(FakePipeline):
        def apply(self, batch):
            time.sleep(0.02)
            return super().apply(batch)

    try:
        runs.run(Slow(), {crawl!r}, {out!r}, workers=2)
    except KeyboardInterrupt as stopped:
        print(stopped)
        sys.exit(130)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_process_that_is_killed_leaves_whole_units_and_no_final_name(tmp_path: Path, crawl: Path, how: signal.Signals) -> None:
    out = tmp_path / "out"
    code = textwrap.dedent(KILLED).format(tests=str(Path(__file__).parent), crawl=str(crawl), out=str(out))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(out.glob(".arclean/units/*.json")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(how)
    said, _ = process.communicate(timeout=60)
    assert [path.name for path in out.iterdir()] == [".arclean"]
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "give the same command again to go on" in said
        assert not list(out.rglob("*.part"))
    run(FakePipeline(), crawl, out, workers=2)
    run(FakePipeline(), crawl, tmp_path / "whole", workers=1)
    assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_says_how_to_go_on(tmp_path: Path, crawl: Path, workers: int) -> None:
    with dying_in_unit(3, KeyboardInterrupt(), r"same command again to go on: \d of 7 units are done"):
        run(FakePipeline(), crawl, tmp_path / "out", workers=workers)
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.parametrize("existed", [False, True])
def test_a_run_that_fails_before_anything_is_whole_leaves_nothing(tmp_path: Path, crawl: Path, existed: bool) -> None:
    if existed:
        (tmp_path / "out").mkdir()
    words = r"part-0\.jsonl, documents doc-00000 to doc-000\d\d: pipeline 'fake' failed: ValueError: the fake fails at doc-00001"
    with pytest.raises(PipelineError, match=words):
        run(FakePipeline(fails_at="doc-00001"), crawl, tmp_path / "out", workers=1)
    assert (tmp_path / "out").exists() == existed
    assert not existed or not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("room", [0, 1, 60, 220, 490])
def test_a_full_disk_stops_the_run_and_leaves_no_final_name(
    tmp_path: Path, crawl: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    plain, writes = Sink.write, 0

    def full(self: Sink, data: bytes) -> int:
        nonlocal writes
        writes += self.path.name.endswith(".parquet")
        if writes > room:
            raise self._failed(OSError(28, "No space left on device"))
        return plain(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Sink, "write", full)
        with pytest.raises(OutputError, match="No space left on device"):
            run(FakePipeline(), crawl, tmp_path / "out", workers=2)
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.glob("out/[!.]*"))
    run(FakePipeline(), crawl, tmp_path / "out", workers=2)
    run(FakePipeline(), crawl, tmp_path / "whole", workers=2)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_finished_dataset_is_reported_and_left_alone(tmp_path: Path, crawl: Path) -> None:
    first = run(FakePipeline(), crawl, tmp_path / "out")
    before = contents(tmp_path / "out")
    again = run(FakePipeline(), crawl, tmp_path / "out", workers=1)
    assert again.already_done
    assert not first.already_done
    assert again.tally == first.tally
    assert "already done" in again.summary()
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"pipeline": FakePipeline(least=4)}, "pipeline: fake 030303030303 there", id="another pipeline"),
        pytest.param({"shard_bytes": 5}, "shard_bytes: 268435456 there, 5 here", id="another size of shards"),
        pytest.param({"limit": 5}, "limit: None there, 5 here", id="a limit"),
        pytest.param({"removed": False}, "removed: True there, False here", id="no removed lines"),
        pytest.param({"inputs": "part-0.jsonl"}, "input part-1.jsonl: only there", id="fewer inputs"),
    ],
)
@pytest.mark.parametrize("finished", [True, False])
def test_another_plan_in_the_same_directory_says_what_differs(
    tmp_path: Path, crawl: Path, change: dict[str, Any], words: str, finished: bool
) -> None:
    with nullcontext() if finished else dying_in_unit(2):
        run(FakePipeline(), crawl, tmp_path / "out", workers=1)
    before = contents(tmp_path / "out")
    options: dict[str, Any] = {"pipeline": FakePipeline(), **change}
    options["inputs"] = crawl / options["inputs"] if "inputs" in options else crawl
    with pytest.raises(OutputError, match=words) as caught:
        run(out=tmp_path / "out", **options)
    assert "another directory" in str(caught.value)
    assert contents(tmp_path / "out") == before


def test_an_input_that_grew_is_another_plan(tmp_path: Path, crawl: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "out")
    with (crawl / "part-0.jsonl").open("a") as file:
        file.write('{"id": "new", "text": "one more"}\n')
    with pytest.raises(OutputError, match=r"input part-0\.jsonl: \d+ bytes there, \d+ here"):
        run(FakePipeline(), crawl, tmp_path / "out")


def test_a_directory_with_other_files_is_refused(tmp_path: Path, crawl: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").touch()
    with pytest.raises(OutputError, match=r"out is not empty: thesis\.tex\. Choose an empty or a new directory"):
        run(FakePipeline(), crawl, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.tex"]


def test_a_file_is_no_directory(tmp_path: Path, crawl: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="is a file"):
        run(FakePipeline(), crawl, tmp_path / "out")


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path, crawl: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"file/out: the directory cannot be made or written to: Not a directory; choose another"):
        run(FakePipeline(), crawl, tmp_path / "file" / "out")


@pytest.mark.parametrize("within", ["out", "deep/out", "."])
def test_an_output_within_an_input_is_refused(tmp_path: Path, crawl: Path, within: str) -> None:
    before = contents(crawl)
    with pytest.raises(OutputError, match=r"lies within the input .*crawl; choose a directory outside of it"):
        run(FakePipeline(), crawl, crawl / within)
    assert contents(crawl) == before


def test_an_output_beside_its_input_file_is_fine(tmp_path: Path, crawl: Path) -> None:
    assert run(FakePipeline(), [crawl / "part-0.jsonl"], crawl / "out").tally.read == 61


def test_two_runs_in_one_directory_at_once(tmp_path: Path, crawl: Path) -> None:
    (tmp_path / "out" / ".arclean").mkdir(parents=True)
    with filelock.FileLock(tmp_path / "out" / ".arclean" / "lock"), pytest.raises(OutputError, match="another run is at work in it"):
        run(FakePipeline(), crawl, tmp_path / "out")
    run(FakePipeline(), crawl, tmp_path / "out")
    assert verify(tmp_path / "out").ok


def test_a_run_that_finished_while_another_came_to_its_lock_is_not_touched(
    tmp_path: Path, crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = staging._locked

    def late(path: Path) -> Any:
        monkeypatch.setattr(staging, "_locked", locked)
        run(FakePipeline(), crawl, tmp_path / "out")
        return locked(path)

    monkeypatch.setattr(staging, "_locked", late)
    with pytest.raises(OutputError, match=r"out is not empty: README\.md, data"):
        run(FakePipeline(), crawl, tmp_path / "out")
    assert verify(tmp_path / "out").ok
    assert run(FakePipeline(), crawl, tmp_path / "out").already_done


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"workers": 0}, "workers=0: at least 1"),
        ({"shard_bytes": 0}, "shard_bytes=0"),
        ({"limit": 0}, "limit=0"),
        ({"format": "jsnl"}, "unknown format 'jsnl'. Did you mean 'jsonl'"),
    ],
)
def test_a_wrong_option_stops_before_any_work(tmp_path: Path, crawl: Path, options: dict[str, Any], words: str) -> None:
    pipe = FakePipeline()
    with pytest.raises(ArcleanError, match=words):
        run(pipe, crawl, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()
    assert pipe.seen == []


def test_the_summary_says_what_was_done(tmp_path: Path, crawl: Path) -> None:
    lines = run(FakePipeline(), crawl, tmp_path / "out").summary().splitlines()
    assert lines[0] == "244 documents · 205 kept (84.0%) · 35 rejected · 4 quarantined · pipeline fake 030303030303"
    assert lines[1].endswith("kept · 80 lines removed")
    assert lines[2].split() == ["rejected", "words_low", "35"]
    assert lines[3].split() == ["rules", "drop_menu", "80"]
    assert str(tmp_path / "out") in lines[-1]


@pytest.mark.parametrize("workers", [1, 3])
def test_progress_adds_up(tmp_path: Path, crawl: Path, workers: int) -> None:
    class Ears:
        total = size = read = 0
        closed = False

        def start(self, total: int, done: int) -> None:
            self.total, self.size = total, done

        def add(self, size: int, tally: Any) -> None:
            self.size += size
            self.read += tally.read

        def close(self) -> None:
            self.closed = True

    ears = Ears()
    run(FakePipeline(), crawl, tmp_path / "out", workers=workers, progress=ears)
    assert ears.total == sum(path.stat().st_size for path in crawl.iterdir())
    assert ears.size >= ears.total  # a block knows what was read for it, which may be more than its piece
    assert ears.read == 244
    assert ears.closed


def test_a_run_says_nothing_unless_asked(tmp_path: Path, crawl: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(FakePipeline(), crawl, tmp_path / "out")
    assert capfd.readouterr() == ("", "")


def test_parquet_says_who_made_it_and_nothing_else(tmp_path: Path, crawl: Path) -> None:
    run(FakePipeline(), crawl, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.parquet"):
        assert set(pq.read_schema(path).metadata) == {b"arclean", b"pipeline"}
