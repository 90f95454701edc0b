"""A cold start on two cores: another process compiles what comes later. Nobody misses it where it is not; it ends with its parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import arclean
from arclean import ahead, cli, compiling
from arclean.compiled import VARIABLE as FOLDER
from arclean.registry import Each

PACKAGE_ROOT = str(Path(arclean.__file__).parents[1])


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of two cores that never ran arclean."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "compiled"))
    monkeypatch.delenv(ahead.VARIABLE, raising=False)
    monkeypatch.setattr("arclean.executors.local.default_workers", lambda: 2)
    return tmp_path / "compiled"


@arclean.each
def shout(text: str) -> str:
    return text + "!"


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (shout, "code of the user's is not run a second time"),
        (arclean.Duplicates(), "a stage needs the whole corpus"),
        (object.__new__(arclean.Templates), "no file is read"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_the_other_process_is_not_given(part: Any, why: str) -> None:
    assert isinstance(shout, Each)
    assert not ahead._is_own(part)
    assert ahead.start([part]) is None


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("arclean.executors.local.default_workers", lambda: 1, "one core"),
        ("numba.config.DISABLE_JIT", True, "nothing is compiled"),
        ("sys.frozen", True, "an app in one file: its executable is no Python"),
        ("sys.executable", "/opt/app/server", "Python inside of another program"),
        ("sys.executable", None, "no executable"),
        ("multiprocessing.parent_process", lambda: "a pool", "one of many workers"),
        ("subprocess.Popen", lambda *_, **__: (_ for _ in ()).throw(OSError("no more processes")), "no more processes"),
    ],
    ids=lambda given: given if isinstance(given, str) and " " in given else "",
)
def test_where_no_other_process_is_started(cold: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: Any, why: str) -> None:
    import multiprocessing  # noqa: F401 - to be patched

    monkeypatch.setattr(name, value, raising=False)
    assert ahead.start(arclean.load("light").parts) is None


def test_none_is_started_where_the_user_wants_none(cold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ahead.VARIABLE, "0")
    assert ahead.start(arclean.load("light").parts) is None


def _compiled(watch: compiling.Watch, module: str, folder: Path | None) -> None:
    dispatcher = SimpleNamespace(__module__=module, stats=SimpleNamespace(cache_path=folder and str(folder)))
    watch.on_start(SimpleNamespace(data={"dispatcher": dispatcher}))
    watch.on_end(None)


@pytest.mark.parametrize(("folder", "begun"), [(None, [0, 0, 1, 1]), ("full", [0, 0, 1, 1]), ("empty", [1, 1, 1, 1])])
def test_it_begins_once_where_the_folder_is_empty_or_a_second_pass_is_missing(folder: str | None, begun: list[int], tmp_path: Path) -> None:
    started: list[int] = []
    watch = compiling.Watch()
    watch.expected = lambda: started.append(1)
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "utf8.are_valid-28.py311.nbi").touch()
    for module, count in zip(("arclean.utf8", "of_the_user", "arclean.masks", "arclean.masks"), begun, strict=True):
        _compiled(watch, module, tmp_path / folder if folder else None)
        assert len(started) == count


def test_the_pipeline_made_last_is_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(ahead, "start", given.append)
    pipe = arclean.load("light")
    assert compiling._watch.expected is not None
    compiling._watch.expected()
    assert given == [pipe.parts]


def test_parts_of_the_kind_that_comes_first_are_left_for_last() -> None:
    kinds = [type(part).__name__ for part in ahead.later_first(arclean.load("pretrain").parts)]
    assert kinds == ["Lines", "Measure", "Filter", "Filter", "Characters", "Characters"]


def test_it_compiles_without_a_word_and_ends_with_its_pipe(cold: Path) -> None:
    child = ahead.start(arclean.load("light").parts)
    assert child is not None
    assert child.stdin is not None
    while child.poll() is None and not list(cold.rglob("*.nbi")):
        pass
    child.stdin.close()
    assert child.wait(20) == 0
    assert list(cold.rglob("*.nbi"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are not to be looked at here")
def test_it_ends_when_its_parent_is_killed(cold: Path) -> None:
    code = "import os, numba, arclean; from arclean import ahead, executors; ahead._may = lambda: True;"
    code += "print(ahead.start(arclean.load('pretrain').parts).pid, flush=True); os.kill(os.getpid(), 9)"
    there = {**os.environ, "PYTHONPATH": PACKAGE_ROOT}
    parent = subprocess.run([sys.executable, "-c", code], env=there, stdout=subprocess.PIPE, check=False)
    assert parent.returncode == -9
    pid = int(parent.stdout)
    until = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{pid}").exists()


def test_only_one_works_for_a_folder(cold: Path) -> None:
    from filelock import Timeout

    with ahead._alone(), pytest.raises(Timeout), ahead._alone():
        pass


USED = """
import gc, json, sys
import arclean
from arclean import ahead, sample
from numba.core.dispatcher import Dispatcher

def compiled():
    passes = [one for one in gc.get_objects() if isinstance(one, Dispatcher)]
    return {f"{one.py_func.__module__}.{one.py_func.__name__} {kinds}" for one in passes for kinds in one.overloads}

pipe = arclean.load(sys.argv[1])
ahead.through(ahead.later_first(pipe.parts))
before = compiled()
arclean.run(pipe, sample.path(), sys.argv[2], progress=False)
print(json.dumps(sorted(name for name in compiled() - before if not name.startswith(("arclean.dataset.", "arclean.utf8.")))))
"""


def test_the_examples_of_rules_need_every_pass_that_a_crawl_needs(tmp_path: Path) -> None:
    there = {**os.environ, "PYTHONPATH": PACKAGE_ROOT, ahead.VARIABLE: "0"}
    told = subprocess.run(
        [sys.executable, "-c", USED, "pretrain", tmp_path / "out"], env=there, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    assert json.loads(told.stdout.splitlines()[-1]) == []


def test_what_was_warmed_is_compiled_no_more(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("name: own\nsteps:\n- characters: [strip_tatweel]\n", encoding="utf-8")
    first = ahead.warm(tmp_path / "own.yaml")
    assert list(first) == ["own"]
    assert ahead.warm(tmp_path / "own.yaml") == {"own": 0.0}
    done = CliRunner().invoke(cli.main, ["warm", str(tmp_path / "own.yaml")])
    assert done.exit_code == 0, done.output
    assert "nothing left to compile" in done.output
    assert "Compiled passes are kept" in done.output


def test_an_unknown_pipeline_cannot_be_warmed() -> None:
    done = CliRunner().invoke(cli.main, ["warm", "pretrian"])
    assert done.exit_code == 2
    assert "pretrain" in done.output


TWO_PASSES = """
import numpy as np
import arclean
from arclean import compiling
from arclean.orthography import kernels

arclean.load("light")
bounds = np.empty(2, np.int64)
kernels.collect(np.zeros(1, np.uint64), np.zeros(1, np.int64), bounds, np.zeros(1, np.uint8))
print(kernels.rows_in_need(np.ones(3, np.uint64), np.uint64(0), np.zeros(4, np.int64)), compiling.seconds() > 0)
"""


def test_two_that_begin_together_on_an_empty_folder_do_no_harm(cold: Path) -> None:
    there = {**os.environ, "PYTHONPATH": PACKAGE_ROOT}
    told = []
    for count in (2, 1):
        begun = [subprocess.Popen([sys.executable, "-c", TWO_PASSES], env=there, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        told += [one.communicate()[0].strip() for one in begun]
    assert told == ["3 True", "3 True", "3 False"]
