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
    assert compiled.keep(lambda place: False) is None
    assert os.environ[compiled.VARIABLE] == "mine"


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
