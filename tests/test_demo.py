"""The demo: what it prints is so, and the dataset it names can be opened."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import arclean
from arclean import sample
from arclean.demo import LOOKS, demo, look, sample_texts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("demo") / "demo-out"
    return out, demo(out)


def test_its_counts_are_those_of_the_manifest(made: tuple[Path, str]) -> None:
    out, told = made
    tally = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["tally"]
    assert tally["read"] == tally["kept"] + tally["rejected"] + tally["quarantined"]
    shown = [
        int(number.replace(",", "")) for number in re.findall(r"^  (?:data|rejected|removed|quarantine)/ +([\d,]+)", told, re.MULTILINE)
    ]
    assert shown == [tally["kept"], tally["rejected"], tally["lines_removed"], tally["quarantined"]]
    assert all(count > 0 for count in shown)


def test_the_dataset_is_whole_and_says_where_it_lies(made: tuple[Path, str]) -> None:
    out, told = made
    assert arclean.verify(out).ok
    assert str(out) in told


def test_the_line_that_opens_it_is_true(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import load_dataset

    out, told = made
    monkeypatch.chdir(tmp_path)
    line = next(line for line in told.split("\n") if "load_dataset(" in line and "import" not in line)
    opened = eval(line, {"load_dataset": lambda path: load_dataset(path, cache_dir=str(tmp_path / "cache"))})
    assert opened["train"].num_rows == json.loads((out / "manifest.json").read_text(encoding="utf-8"))["tally"]["kept"]


def test_it_shows_pages_of_the_sample_as_explain_tells_them(made: tuple[Path, str]) -> None:
    _, told = made
    texts, pipe = sample_texts(), arclean.load("pretrain")
    assert set(texts) == {address for _, address in LOOKS}
    for title, address in LOOKS:
        explained = pipe.explain(texts[address])
        *changes, verdict = look(explained).split("\n")
        assert title in told
        assert all(line in told for line in (*changes, verdict))
        changed = [line for line in changes if not line.startswith("       | ")]  # a look that is cut short shows the line below its last
        assert sum(line in str(explained).split("\n") for line in changed) >= len(changed) - 1 >= 4
        stay, there = map(int, re.findall(r"\d+", verdict))
        assert (stay, there) == tuple(len([x for x in text.split("\n") if x.strip()]) for text in (explained.after, explained.before))


def test_it_shows_vowels_that_stay() -> None:
    text = sample_texts()["/raqaiq/rifq"]
    marks = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")
    cleaned = arclean.load("pretrain").clean(text)
    assert len(marks.findall(cleaned)) == len(marks.findall(text)) > 100


def test_again_into_the_same_directory_writes_nothing(made: tuple[Path, str]) -> None:
    out, _ = made
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert "already done" in demo(out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_the_sample_is_there() -> None:
    assert sample.path().is_dir()
