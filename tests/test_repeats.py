"""Lines and paragraphs that came before, over the whole corpus: what goes, what stays, and where it is written down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running_fakes import contents

import arclean
from arclean.dataset import phases, spool
from arclean.errors import PipelineError, UnknownName

ABOUT = "موقع إخباري مستقل يصدر من المدينة القديمة منذ عشرين عاما ويكتبه أهلها"
ELSE = "وقال المهندس إن القطار الجديد سيصل إلى الجبل قبل نهاية هذا العام"
VERSE = "يَا طَالِعَ الجَبَلِ البَعِيدِ تَمَهَّلِ فَالصَّبْرُ زَادُ السَّائِرِ المُتَرَحِّلِ"
PRAYER = "اللهم صل وسلم على رسول الله وعلى آله وصحبه ومن تبعهم"
CHAIN = "حدثنا سالم قال حدثنا خالد قال أخبرنا عمر عن أبيه عن جده"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.Spool, "writer", lambda self, unit, each: spool.SpoolWriter(replace(self, part_bytes=300), unit, each))
    monkeypatch.setattr(phases, "partitions_for", lambda size: 4)


def cut(folder: Path, texts: Sequence[str], workers: int = 1, **options: Any) -> tuple[list[str], list[tuple[str, str, str, str]]]:
    source, out = folder / "in.jsonl", folder / f"out-{workers}"
    lines = [json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(texts)]
    source.write_text("".join(lines), encoding="utf-8")
    arclean.run(arclean.Pipeline((arclean.Repeats(**options),)), source, out, workers=workers)
    assert arclean.verify(out).ok
    kept = [row["text"] for path in sorted((out / "data").glob("*")) for row in pq.read_table(path).to_pylist()]
    gone = [row for path in sorted((out / "removed").glob("*")) for row in pq.read_table(path).to_pylist()]
    return kept, [(row["id"], row["place"], row["rule"], row["text"]) for row in gone]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([f"{ABOUT}\nنص أول", f"{ELSE}\nنص ثان"], id="two lines"),
        pytest.param(["نعم يا سيدي\nلا", "نعم يا سيدي\nلا"], id="short lines are said again for good reasons"),
        pytest.param([f"{ABOUT} اليوم", ABOUT], id="a line that begins as another"),
        pytest.param(["", "\n\n", "🌚"], id="no words"),
        pytest.param([f"{VERSE}\nأول", f"{VERSE}\nثان"], id="a vowelled verse"),
        pytest.param([f"{PRAYER}\nأول", f"{PRAYER}\nثان"], id="a prayer"),
        pytest.param([f"{CHAIN}\nأول", f"{CHAIN}\nثان"], id="a chain of narrators"),
    ],
)
def test_what_did_not_come_before_stays(tmp_path: Path, texts: list[str]) -> None:
    assert cut(tmp_path, texts) == (texts, [])


def test_the_first_stays_and_the_others_go_whatever_their_spelling(tmp_path: Path) -> None:
    again = ABOUT.replace("إخباري", "اخبَاري").replace("القديمة", "القديمه،")
    kept, gone = cut(tmp_path, [f"أول\n{ABOUT}", f"ثان\n\n  {again}\n\nبعده", f"{ABOUT}\nثالث\n{ABOUT}"])
    assert kept == [f"أول\n{ABOUT}", "ثان\n\nبعده", "ثالث"]
    assert gone == [
        ("1", "line 3", "repeated_line", again),
        ("2", "line 1", "repeated_line", ABOUT),
        ("2", "line 3", "repeated_line", ABOUT),
    ]


@pytest.mark.parametrize("scripture", [VERSE, PRAYER, CHAIN])
def test_scripture_is_cut_where_it_is_long_or_asked_for(tmp_path: Path, scripture: str) -> None:
    assert cut(tmp_path, [scripture, f"{scripture}\nثان"], scripture=0)[0] == [scripture, "ثان"]
    long = " ".join([scripture] * 7)
    assert cut(tmp_path, [long, f"{long}\nثان"], workers=2)[0] == [long, "ثان"]


def test_within_one_document_too(tmp_path: Path) -> None:
    assert cut(tmp_path, [f"{ABOUT}\nبينهما\n{ABOUT}"])[0] == [f"{ABOUT}\nبينهما"]


def test_some_may_stay_and_shorter_ones_may_go(tmp_path: Path) -> None:
    assert cut(tmp_path, [ABOUT, ABOUT, ABOUT], most=2)[0] == [ABOUT, ABOUT, ""]
    (tmp_path / "more").mkdir()
    assert cut(tmp_path / "more", ["نعم يا سيدي", "نعم يا سيدي"], words=3)[0] == ["نعم يا سيدي", ""]


def test_paragraphs_are_lines_without_a_blank_one_between(tmp_path: Path) -> None:
    texts = [f"أول\n\n{ABOUT}\n{ELSE}\n\nآخر", f"{ABOUT}\n{ELSE}", f"{ABOUT}\n\n{ELSE}"]
    kept, gone = cut(tmp_path, texts, unit="paragraph")
    assert kept == [texts[0], "", texts[2]]
    assert [(row[0], row[1], row[2]) for row in gone] == [("1", "line 1", "repeated_paragraph"), ("1", "line 2", "repeated_paragraph")]


def test_what_was_rejected_neither_counts_nor_is_cut(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": str(n), "text": ABOUT, "n": n} for n in range(3)]
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    pipe = arclean.Pipeline((arclean.Filter("n", least=1), arclean.Repeats(), arclean.Filter("words", least=1)))
    result = arclean.run(pipe, source, tmp_path / "out")
    assert (result.tally.kept, result.tally.reasons, result.tally.rules) == (1, {"n_low": 1, "words_low": 1}, {"repeated_line": 1})
    rejected = [row["text"] for path in (tmp_path / "out" / "rejected").glob("*") for row in pq.read_table(path).to_pylist()]
    assert rejected == [ABOUT, ""]


LINES = st.lists(st.sampled_from([ABOUT, ELSE, f"  {ELSE}", "قصير", ""]), max_size=6).map("\n".join)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(LINES, min_size=1, max_size=6), most=st.integers(1, 2))
def test_it_is_what_the_slow_twin_does(tmp_path_factory: pytest.TempPathFactory, texts: list[str], most: int) -> None:
    seen: dict[str, int] = {}
    kept: list[list[str]] = []
    for text in texts:
        mine = []
        for line in text.split("\n"):
            if len(line.split()) >= 8:
                seen[line.strip()] = seen.get(line.strip(), 0) + 1
            if len(line.split()) < 8 or seen[line.strip()] <= most:
                mine.append(line.strip())
        kept.append([line for line in mine if line])
    found, _ = cut(tmp_path_factory.mktemp("twin"), texts, most=most)
    assert [[line.strip() for line in text.split("\n") if line.strip()] for text in found] == kept


def test_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    texts = [f"{ABOUT}\n{n % 7} {ELSE}\nنص" for n in range(40)]
    for workers in (1, 2):
        cut(tmp_path, texts, workers)
    assert contents(tmp_path / "out-1") == contents(tmp_path / "out-2")


def test_wrong_use_is_named() -> None:
    with pytest.raises(UnknownName, match=r"repeats: unknown unit 'lines'\. Did you mean 'line'"):
        arclean.Repeats("lines")
    with pytest.raises(PipelineError, match="words 8, most 0 and scripture 60"):
        arclean.Repeats(most=0)
