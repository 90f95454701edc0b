"""The forecast of a run: from a sample, carried to the whole; what would be wrong is refused, nothing is left behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import arclean
from arclean import cli, sample
from arclean.dataset import forecast
from arclean.dataset.forecast import Sampled
from arclean.dataset.memory import Allowance
from arclean.dataset.source import ReadOptions
from arclean.dataset.source import plan as planned_from
from arclean.errors import PipelineError, SourceError, UnknownName

ONE = Sampled(input_bytes=1000, bytes=4000, documents=10, read=1.0, parse=1.0, work=2.0, written=500, scratch=800)


def carried(tmp_path: Path, sizes: list[int], machines: int = 1, workers: int = 1, name: str = "jsonl.gz") -> arclean.Forecast:
    for number, size in enumerate(sizes):
        (tmp_path / f"{number}.{name}").write_bytes(b"\0" * size)
    planned = planned_from([str(tmp_path / "*")], ReadOptions(format="lines"))
    return forecast._carried(ONE, planned, machines, workers, Allowance(2 * workers, workers, 1 << 30))


# --- what is refused


def test_an_input_without_a_record_cannot_be_measured(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(SourceError, match="nothing to measure"):
        arclean.plan("light", tmp_path / "a.jsonl")


@pytest.mark.parametrize("options", [{"machines": 0}, {"workers": 0}, {"sample_bytes": 0}], ids=str)
def test_less_than_one_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(PipelineError, match="at least 1"):
        arclean.plan("light", sample.path(), **options)  # type: ignore[arg-type]


def test_a_wrong_preset_brings_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'pretrain'"):
        arclean.plan("pretrian", sample.path())


# --- what is said


def test_the_sample_crawl_is_measured_whole() -> None:
    told = arclean.plan("pretrain", sample.path(), workers=1)
    assert told.documents == 102
    assert told.sampled.input_bytes == told.input_bytes
    assert told.seconds == pytest.approx(told.core_seconds)
    assert min(told.sampled.read, told.sampled.parse, told.sampled.work) > 0
    assert told.memory > told.written > 0


def test_a_pipeline_with_a_stage_is_measured_with_it(tmp_path: Path) -> None:
    pipe = arclean.Pipeline.from_dict({"steps": [{"duplicates": {"threshold": 0.8}}]})
    told = arclean.plan(pipe, sample.path(), workers=1)
    assert told.scratch > told.written


def test_ten_times_the_input_takes_ten_times_as_long(tmp_path: Path) -> None:
    small = carried(tmp_path, [1000])
    for path in tmp_path.iterdir():
        path.unlink()
    large = carried(tmp_path, [1000] * 10)
    assert (large.core_seconds, large.documents, large.written) == (10 * small.core_seconds, 10 * small.documents, 10 * small.written)
    assert large.memory == pytest.approx(small.memory, rel=0.01)


def test_more_cores_help_until_a_file_must_be_unpacked_alone(tmp_path: Path) -> None:
    one, four, many = (carried(tmp_path, [1000], workers=workers) for workers in (1, 4, 100))
    assert one.seconds == 4 * four.seconds
    assert (one.bound, four.bound, many.bound) == ("cores", "cores", "input")
    assert many.seconds == ONE.read


def test_more_machines_than_units_do_not_help(tmp_path: Path) -> None:
    few = carried(tmp_path, [1000], machines=8, workers=2)
    assert few.bound == "units"
    assert few.seconds == carried(tmp_path, [1000], machines=1, workers=2).seconds


def test_the_command_does_the_same() -> None:
    done = CliRunner().invoke(cli.main, ["plan", "light", str(sample.path()), "--machines", "3", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["machines"], told["documents"]) == (3, 102)
    done = CliRunner().invoke(cli.main, ["plan", "light", str(sample.path())])
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["input", "measured", "time", "memory", "disk", "bound"]


def test_a_summary_names_its_bound(tmp_path: Path) -> None:
    told = carried(tmp_path, [1000])
    assert "front to back" in replace(told, bound="input").summary()
