"""Compiled passes are kept where numba finds a place by itself, and where it finds none in a folder that is the user's alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arclean import compiled


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that lets nobody write to the package or to a home."""
    monkeypatch.delenv(compiled.VARIABLE, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    return tmp_path


def test_where_numba_finds_a_place_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(compiled.VARIABLE, raising=False)
    assert compiled.keep(lambda place: True) is None
    assert compiled.VARIABLE not in os.environ


def test_a_folder_that_the_user_names_stays(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.VARIABLE, "mine")
    assert compiled.keep(lambda place: place == Path("mine")) is None
    assert os.environ[compiled.VARIABLE] == "mine"


def test_a_folder_that_the_user_names_and_nobody_can_write_to_is_passed_over(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.VARIABLE, "mine")
    assert compiled.keep(lambda place: place == compiled.PACKAGE) is None
    folder = compiled.keep(lambda place: False)
    assert folder is not None
    assert os.environ[compiled.VARIABLE] == str(folder)


def test_where_there_is_no_place_one_is_made_the_same_each_time(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = compiled.keep(lambda place: False)
    assert folder is not None
    assert folder.parent == nowhere
    assert folder.stat().st_mode & 0o077 == 0
    assert os.environ[compiled.VARIABLE] == str(folder)
    monkeypatch.delenv(compiled.VARIABLE)
    assert compiled.keep(lambda place: False) == folder


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_a_folder_that_others_can_write_to_is_not_used(nowhere: Path) -> None:
    folder = nowhere / f"arclean-compiled-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    found = compiled.keep(lambda place: False)
    assert found is not None
    assert found != folder
    assert found.stat().st_mode & 0o077 == 0


def test_a_folder_is_written_to_if_it_can_be_made(tmp_path: Path) -> None:
    assert compiled._writable(tmp_path / "not" / "there")
    (tmp_path / "file").touch()
    assert not compiled._writable(tmp_path / "file" / "below")


def test_passes_are_compiled_into_the_folder_named(tmp_path: Path) -> None:
    code = "import pyarrow as pa; from arclean.orthography import kernels as k; import numpy as np; k.collect(*[np.zeros(n, t) for n, t in "
    code += "((1, np.uint64), (1, np.int64), (2, np.int64), (1, np.uint8))])"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, compiled.VARIABLE: str(tmp_path)})
    assert list(tmp_path.rglob("kernels.collect*.nbc"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with compiled passes of its own and of a folder in it."""
    package = tmp_path / "site" / "arclean"
    for home, name in ((package, "utf8.are_valid-1.nbi"), (package / "room", "kernels.split-2.nbi")):
        (home / "__pycache__").mkdir(parents=True)
        (home / "__pycache__" / name).write_text(name)
        (home / "__pycache__" / "utf8.pyc").touch()
    return package


def test_where_nothing_was_compiled_nothing_is_copied(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    compiled._bring(tmp_path / "own", tmp_path / "bare")
    assert not (tmp_path / "own").exists()


def test_what_an_image_brings_in_a_folder_that_is_not_written_to_is_copied(package: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    compiled._bring(own, package)
    copied = {file.relative_to(own).as_posix() for file in own.rglob("*") if file.is_file()}
    assert copied == {f"{compiled._below(package)}/utf8.are_valid-1.nbi", f"{compiled._below(package / 'room')}/kernels.split-2.nbi"}


def test_a_folder_that_holds_passes_is_left_as_it_is(package: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    compiled._bring(own, package)
    (package / "__pycache__" / "utf8.are_valid-1.nbi").write_text("another")
    compiled._bring(own, package)
    assert (own / compiled._below(package) / "utf8.are_valid-1.nbi").read_text() == "utf8.are_valid-1.nbi"


def test_what_is_copied_is_found_by_numba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import numpy as np; from arclean.orthography import kernels as k; k.collect(*[np.zeros(n, t) for n, t in "
    code += "((1, np.uint64), (1, np.int64), (2, np.int64), (1, np.uint8))]); from arclean import compiling; print(compiling.seconds() > 0)"
    told = []
    for place in ("of the image", "own"):
        there = {**os.environ, compiled.VARIABLE: str(tmp_path / place)}
        told.append(subprocess.run([sys.executable, "-c", code], check=True, env=there, capture_output=True, text=True).stdout.split())
        monkeypatch.setenv(compiled.VARIABLE, str(tmp_path / "of the image"))
        compiled._bring(tmp_path / "own")
    assert told == [["True"], ["False"]]
