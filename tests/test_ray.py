"""Ray: the bytes of a run are those of threads, also when a machine is lost or the driver was killed; the pipeline travels as plain data.

A real cluster of three nodes on this machine. Skipped where ray is not installed; CI installs it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import made_up_parts
import pytest

import arclean
from arclean import Pipeline, sample
from arclean.dataset import run as running
from arclean.dataset.source import ReadOptions
from arclean.errors import PipelineError, UnknownName
from arclean.executors import executor_for
from arclean.travel import packed, unpacked

ray: Any = pytest.importorskip("ray", reason="ray is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")
ROOT: Final = Path(arclean.__file__).parent.parent
HERE: Final = Path(__file__).parent
SMALL: Final = 12_000
"""Bytes of a piece: the sample crawl becomes a dozen units."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{HERE}"
    made: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False)
    yield made
    ray.shutdown()
    made.shutdown()
    os.environ.pop("PYTHONPATH")
    if before is not None:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(autouse=True)
def _small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ReadOptions", partial(ReadOptions, piece_bytes=SMALL))


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("local") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "ReadOptions", partial(ReadOptions, piece_bytes=SMALL))
        arclean.run("pretrain", sample.path(), out, workers=2)
    return bytes_of(out)


# --- what must not happen


def test_a_wrong_executor_is_named_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'ray'"):
        arclean.run("pretrain", sample.path(), tmp_path / "out", executor="rey")
    assert not (tmp_path / "out").exists()


def test_a_step_made_in_a_script_is_refused_before_any_work(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up_parts.Reversed, "__module__", "__main__")
    pipe = Pipeline((made_up_parts.Reversed(),))
    with pytest.raises(PipelineError, match="put it in a module"):
        arclean.run(pipe, sample.path(), tmp_path / "out", executor="ray")
    assert not (tmp_path / "out").exists()


def test_a_step_that_is_not_registered_is_refused_before_any_work(cluster: Any, tmp_path: Path) -> None:
    pipe = Pipeline((made_up_parts.Cleaner(lambda texts: texts),))
    with pytest.raises(PipelineError, match="not registered"):
        arclean.run(pipe, sample.path(), tmp_path / "out", executor="ray")


def test_an_error_of_a_unit_comes_back_with_its_place(cluster: Any, tmp_path: Path) -> None:
    pipe = Pipeline((made_up_parts.Failing(),))
    with pytest.raises(PipelineError, match=r"news\.jsonl, documents .* made up to fail"):
        arclean.run(pipe, [sample.path() / "news.jsonl"], tmp_path / "out", executor="ray")
    assert not (tmp_path / "out").exists()


def test_another_version_of_a_step_is_an_error_on_arrival() -> None:
    data, modules, _ = packed((made_up_parts.no_stars,))
    with pytest.raises(PipelineError, match="another version"):
        unpacked(data, modules, "0123456789abcdef")


def test_a_module_that_is_not_there_is_named() -> None:
    data, _, fingerprint = packed((made_up_parts.no_stars,))
    with pytest.raises(PipelineError, match="cannot import 'nobody_has_this'"):
        unpacked(data, ("nobody_has_this",), fingerprint)


# --- what happens


def test_the_bytes_are_those_of_threads(cluster: Any, expected: dict[str, bytes], tmp_path: Path) -> None:
    result = arclean.run("pretrain", sample.path(), tmp_path / "out", executor="ray")
    assert bytes_of(tmp_path / "out") == expected
    assert arclean.verify(result.out).ok


def test_a_lost_machine_costs_its_units_only(cluster: Any, expected: dict[str, bytes], tmp_path: Path) -> None:
    lost = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    units = tmp_path / "out" / ".arclean" / "units"

    def lose() -> None:
        while not (units.is_dir() and any(units.iterdir())):
            time.sleep(0.005)
        cluster.remove_node(lost, allow_graceful=False)

    losing = threading.Thread(target=lose)
    losing.start()
    slow = arclean.load("pretrain").then(made_up_parts.Slow(0.05))
    made = arclean.run(slow, sample.path(), tmp_path / "out", executor="ray")
    losing.join()
    local = arclean.run(slow, sample.path(), tmp_path / "local", workers=1)
    assert made.tally == local.tally
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "local")


def test_own_steps_of_a_module_travel(cluster: Any, tmp_path: Path) -> None:
    pipe = arclean.load("light").then(made_up_parts.no_stars, made_up_parts.Score(2.0))
    for name, executor in (("ray", "ray"), ("local", "local")):
        arclean.run(pipe, sample.path(), tmp_path / name, executor=executor)
    assert bytes_of(tmp_path / "ray") == bytes_of(tmp_path / "local")


DRIVER: Final = """
import sys
sys.path.insert(0, {here!r})
from functools import partial
import arclean, made_up_parts, ray
from arclean.dataset import run as running
from arclean.dataset.source import ReadOptions
running.ReadOptions = partial(ReadOptions, piece_bytes={small})
ray.init(address={address!r}, log_to_driver=False)
arclean.run(arclean.load("pretrain").then(made_up_parts.Slow(0.2)), {crawl!r}, {out!r}, executor="ray")
"""


def test_a_killed_driver_goes_on_where_it_was(cluster: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = DRIVER.format(here=str(HERE), small=SMALL, address=cluster.address, crawl=str(sample.path()), out=str(out))
    driver = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    units = out / ".arclean" / "units"
    while not (units.is_dir() and len(list(units.glob("*.json"))) >= 2):
        assert driver.poll() is None
        time.sleep(0.01)
    driver.kill()
    driver.wait()
    time.sleep(1)  # what the dead driver had sent ends with it
    pipe = arclean.load("pretrain").then(made_up_parts.Slow(0.2))
    arclean.run(pipe, sample.path(), out, executor="ray")
    arclean.run(pipe, sample.path(), tmp_path / "local")
    assert bytes_of(out) == bytes_of(tmp_path / "local")


STAGED: Final = arclean.load("pretrain").then(arclean.Duplicates(), arclean.Split(test=0.1))
REPEATS: Final = arclean.load("pretrain").then(arclean.Repeats())


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "ReadOptions", partial(ReadOptions, piece_bytes=SMALL))
        for name, pipe in (("staged", STAGED), ("repeats", REPEATS)):
            out = tmp_path_factory.mktemp(name) / "out"
            arclean.run(pipe, sample.path(), out, workers=2)
            made[name] = bytes_of(out)
    return made


@pytest.mark.parametrize("name", ["staged", "repeats"])
def test_stages_give_the_bytes_of_threads_on_three_nodes(
    cluster: Any, staged: dict[str, dict[str, bytes]], name: str, tmp_path: Path
) -> None:
    third = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    try:
        arclean.run({"staged": STAGED, "repeats": REPEATS}[name], sample.path(), tmp_path / "out", executor="ray")
    finally:
        cluster.remove_node(third)
    assert bytes_of(tmp_path / "out") == staged[name]


def test_a_driver_killed_while_a_stage_settles_goes_on_where_it_was(
    cluster: Any, staged: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    file = tmp_path / "staged.yaml"
    file.write_text(STAGED.to_yaml(), encoding="utf-8")
    code = DRIVER.format(here=str(HERE), small=SMALL, address=cluster.address, crawl=str(sample.path()), out=str(out))
    code = code.replace('arclean.load("pretrain").then(made_up_parts.Slow(0.2))', f"arclean.load({str(file)!r})")
    driver = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(out.glob(".arclean/stage-1/same-edges/*.parquet")):
        assert driver.poll() is None
        time.sleep(0.002)
    driver.kill()
    driver.wait()
    time.sleep(1)  # what the dead driver had sent ends with it
    assert not (out / "manifest.json").exists()
    arclean.run(arclean.load(file), sample.path(), out, executor="ray")
    assert bytes_of(out) == staged["staged"]


def test_progress_is_told_when_a_unit_is_done(cluster: Any, tmp_path: Path) -> None:
    told: list[int] = []

    class Told:
        def start(self, total: int, done: int) -> None:
            told.append(-total)

        def add(self, size: int, tally: arclean.Tally) -> None:
            told.append(size)

        def close(self) -> None:
            pass

    arclean.run("light", sample.path(), tmp_path / "out", executor="ray", progress=Told())
    assert sum(told) == 0
    assert len(told) > 4


def test_a_pipeline_is_small_in_a_pickle() -> None:
    assert len(pickle.dumps(arclean.load("pretrain"))) < 20_000


def test_the_executor_ray_is_had_by_name(cluster: Any) -> None:
    assert executor_for("ray").remote
