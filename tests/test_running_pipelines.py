"""Runs with the real pipelines: by name, by value, with the lines that they cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from running_fakes import contents

import arclean
from arclean.errors import UnknownName

if TYPE_CHECKING:
    from pathlib import Path

STRETCHED = "قـــال الوزير إن الأمر انتهى."
PLAIN = "قال الوزير إن الأمر انتهى."
VOTE_HERE = "صوّت هنا"
VOTE = arclean.LineRule(
    name="vote_box",
    why="A page asks for votes between its paragraphs.",
    category="share",
    pattern="^صوت هنا$",
    drops=(VOTE_HERE,),
    leaves=("صوت هنا كل من حضر.",),
)


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    texts = [f"{STRETCHED}\n{VOTE_HERE if n % 2 else PLAIN}\n{n}" for n in range(500)]
    rows = [json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path / "in.jsonl"


def test_a_preset_by_its_name(tmp_path: Path, crawl: Path) -> None:
    result = arclean.run("light", crawl, tmp_path / "out")
    assert result.tally.kept == 500
    kept = pq.read_table(tmp_path / "out" / "data" / "train-00000-of-00001.parquet").column("text").to_pylist()
    assert kept == arclean.load("light").clean_many([f"{STRETCHED}\n{VOTE_HERE if n % 2 else PLAIN}\n{n}" for n in range(500)])
    assert arclean.verify(tmp_path / "out").ok


def test_an_unknown_preset_stops_before_any_work(tmp_path: Path, crawl: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'light'"):
        arclean.run("ligth", crawl, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_lines_that_a_rule_cut_are_written_with_their_numbers(tmp_path: Path, crawl: Path) -> None:
    pipe = arclean.Pipeline((arclean.Lines(rules=(VOTE,)),), name="votes")
    result = arclean.run(pipe, crawl, tmp_path / "out")
    assert result.tally.lines_removed == 250
    removed = pq.read_table(tmp_path / "out" / "removed" / "removed-00000-of-00001.parquet").to_pylist()
    assert removed[0] == {"id": "1", "place": "line 2", "rule": "vote_box", "category": "share", "text": VOTE_HERE}
    assert [row["id"] for row in removed] == [str(n) for n in range(1, 500, 2)]
    assert arclean.verify(tmp_path / "out").ok


def test_the_bytes_do_not_depend_on_the_workers(tmp_path: Path, crawl: Path) -> None:
    pipe = arclean.load("light").then(arclean.Lines(rules=(VOTE,)))
    for workers in (1, 2, 5):
        arclean.run(pipe, crawl, tmp_path / str(workers), workers=workers)
    assert contents(tmp_path / "1") == contents(tmp_path / "2") == contents(tmp_path / "5")
