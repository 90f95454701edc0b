"""The scripts to copy and change: each says what it takes, does its job on the sample crawl, and is short."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arclean import sample

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
NAMES = ("clean_dump", "build_hf_dataset", "clean_in_training")


def call(name: str, *arguments: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS.parent), "HF_HOME": str(cwd / "hf"), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, str(SCRIPTS / f"{name}.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_script_is_short(name: str) -> None:
    assert len((SCRIPTS / f"{name}.py").read_text(encoding="utf-8").splitlines()) < 60


@pytest.mark.parametrize("name", NAMES)
def test_a_script_says_what_it_takes(name: str, tmp_path: Path) -> None:
    assert "--text" in call(name, "--help", cwd=tmp_path)


def test_a_dump_becomes_a_dataset(tmp_path: Path) -> None:
    said = call("clean_dump", str(sample.path()), "-o", "out", "--keep-comments", cwd=tmp_path)
    assert "report: out/report.html" in said
    assert (tmp_path / "out" / "report.html").is_file()
    assert list((tmp_path / "out" / "data").glob("*.parquet"))


def test_a_dump_becomes_a_dataset_dict_with_splits_and_card(tmp_path: Path) -> None:
    from datasets import load_from_disk

    call("build_hf_dataset", str(sample.path()), "-o", "out", "--license", "cc0-1.0", "--test-share", "0.1", cwd=tmp_path)
    made = load_from_disk(str(tmp_path / "out"))
    assert set(made) == {"train", "test"}
    assert 0 < made["test"].num_rows < made["train"].num_rows
    assert "license: cc0-1.0" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_a_training_cleans_as_it_reads(tmp_path: Path) -> None:
    said = call("clean_in_training", str(sample.path() / "community.jsonl.gz"), "--batches", "2", cwd=tmp_path)
    assert said.startswith("batch 0: 8 documents")
    assert "batch 1: " in said
