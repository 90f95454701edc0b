"""Benchmarks out of training data: what is found, what is left alone, which item is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from running_fakes import contents

import arclean
from arclean.cli import main
from arclean.duplicates import kernels
from arclean.duplicates.decontaminate import Decontaminate, found_in
from arclean.errors import ArcleanError, PipelineError, SourceError, UnknownName

QUESTION = "في أي عام بُنيت أول محطة للقطار على ساحل البحر الشرقي من المدينة القديمة؟"
PASSAGE = "بنى المهندسون أول محطة قرب المرفأ قبل مئة عام ثم مدوا الخط شرقا حتى بلغوا سفح الجبل واحتفل أهل المدينة ثلاثة أيام"
SHORT = "من كتب هذا الديوان القديم"
TINY = "ما عاصمة البلاد"


def benchmark(folder: Path, rows: Sequence[dict[str, Any]], name: str = "quiz.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    rows = [
        {"question": QUESTION, "options": ["عام", TINY]},
        {"question": SHORT, "options": []},
        {"question": PASSAGE, "options": [PASSAGE]},
    ]
    return benchmark(tmp_path, rows)


def looked(quiz: Path, text: str, **options: Any) -> dict[str, Any]:
    part = Decontaminate((str(quiz),), ("question", "options"), **options)
    row: dict[str, Any] = part.batch(pa.record_batch({"text": ["قبله", text, ""]})).to_pylist()[1]
    return row


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("نص عن القطار ومحطته لا شيء فيه من الأسئلة أبدا على ما يبدو لنا", id="other words"),
        pytest.param("وسأل: في أي عام بُنيت أول محطة للقطار على ساحل", id="nine words of ten"),
        pytest.param(f"قال: {TINY} يا ترى", id="an item of three words stands anywhere"),
        pytest.param(" ".join(reversed(QUESTION.split())), id="its words in another order"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_holds_nothing_is_kept(quiz: Path, text: str) -> None:
    row = looked(quiz, text)
    assert (row["drop"], row["contaminated_by"], row["contaminated_runs"], row["contaminated_share"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "item", "runs", "share"),
    [
        pytest.param(QUESTION, "quiz.jsonl:1", 5, 1.0, id="an item alone"),
        pytest.param(
            "مقدمة " + QUESTION.replace("بُنيت", "بنيت").replace("؟", "") + " خاتمة", "quiz.jsonl:1", 5, 1.0, id="in another spelling"
        ),
        pytest.param("وسأل في أي عام بنيت أول محطة للقطار على ساحل البحر ثم سكت", "quiz.jsonl:1", 1, 0.2, id="ten words of it"),
        pytest.param(f"سألني أحدهم {SHORT} فلم أعرف", "quiz.jsonl:2", 1, 1.0, id="a short item is one run"),
        pytest.param(f"{SHORT} {PASSAGE}", "quiz.jsonl:3", 13, 1.0, id="the item of which it holds most"),
    ],
)
def test_what_holds_a_run_is_rejected_and_told_which(quiz: Path, text: str, item: str, runs: int, share: float) -> None:
    row = looked(quiz, text)
    assert (row["drop"], row["contaminated_by"], row["contaminated_runs"]) == ("contaminated", item, runs)
    assert row["contaminated_share"] == pytest.approx(share)


def test_more_may_be_asked_for(quiz: Path) -> None:
    text = "وسأل في أي عام بنيت أول محطة للقطار على ساحل البحر ثم سكت"
    for options in ({"least": 2}, {"share": 0.5}):
        row = looked(quiz, text, **options)
        assert (row["drop"], row["contaminated_by"], row["contaminated_runs"]) == (None, "quiz.jsonl:1", 1)
    assert looked(quiz, text, words=4, short=3)["contaminated_runs"] == 7


def test_a_document_rejected_before_keeps_its_reason(quiz: Path) -> None:
    part = Decontaminate((str(quiz),), ("question",))
    assert part.batch(pa.record_batch({"text": [QUESTION], "drop": ["words_low"]}))["drop"].to_pylist() == ["words_low"]


WORDS = st.lists(st.sampled_from(["أ", "ب", "ت", "ث", "ج"]), max_size=12)


@given(items=st.lists(WORDS, min_size=1, max_size=4), texts=st.lists(WORDS, max_size=4), words=st.integers(2, 4))
def test_it_is_what_the_slow_twin_finds(
    tmp_path_factory: pytest.TempPathFactory, items: list[list[str]], texts: list[list[str]], words: int
) -> None:
    if not any(len(item) >= 2 for item in items):
        return
    path = benchmark(tmp_path_factory.mktemp("twin"), [{"text": " ".join(item)} for item in items])
    made = Decontaminate((str(path),), words=words, short=2).batch(
        pa.record_batch({"text": pa.array([" ".join(t) for t in texts], pa.string())})
    )
    owner: dict[tuple[str, ...], int] = {}
    runs = [
        {tuple(item[i : i + words]) for i in range(len(item) - words + 1)} or ({tuple(item)} if len(item) >= 2 else set()) for item in items
    ]
    for number, some in enumerate(runs):
        for run in some:
            owner.setdefault(run, number)
    for text, row in zip(texts, made.to_pylist(), strict=True):
        held = {tuple(text[i : i + size]) for size in range(2, words + 1) for i in range(len(text) - size + 1)} & owner.keys()
        counts = [sum(owner[run] == number for run in held) for number in range(len(items))]
        assert (row["drop"] == "contaminated") == bool(held)
        if held:
            assert (row["contaminated_by"], row["contaminated_runs"]) == (f"{path.name}:{counts.index(max(counts)) + 1}", max(counts))


@pytest.mark.kernels
@given(known=st.lists(st.integers(0, 40), max_size=30), asked=st.lists(st.lists(st.integers(0, 60), max_size=8), max_size=5))
def test_looking_up_is_that_of_a_dictionary(known: list[int], asked: list[list[int]]) -> None:
    def spread(value: int) -> int:
        return (value * 0x9E3779B97F4A7C15) % 2**64 | 1

    size = 64
    slots, owners = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    kernels.fill_slots(np.array([spread(v) for v in known], np.uint64), slots, np.arange(len(known), dtype=np.int32), owners)
    first = {value: number for number, value in reversed(list(enumerate(known)))}
    values, ends = [spread(v) for some in asked for v in some], np.cumsum([len(some) for some in asked])
    rows, found = np.empty(len(values), np.int64), np.empty(len(values), np.int64)
    count = kernels.look_up(np.array(values, np.uint64), ends.astype(np.int64), slots, rows, found)
    expected = [(row, first[v]) for row, some in enumerate(asked) for v in some if v in first]
    assert list(zip(rows[:count].tolist(), owners[found[:count]].tolist(), strict=True)) == expected


def crawl(folder: Path) -> Path:
    rows = [
        {"id": str(n), "body": text} for n, text in enumerate(["نص بلا شيء", f"قال {QUESTION}", PASSAGE, f"{PASSAGE} {QUESTION}", "آخر"])
    ]
    return benchmark(folder, rows, "crawl.jsonl")


def test_the_command_is_the_function_and_says_what_was_found(tmp_path: Path, quiz: Path) -> None:
    source = crawl(tmp_path)
    arclean.decontaminate(source, tmp_path / "a", quiz, columns=["question"], text="body")
    assert arclean.verify(tmp_path / "a").ok
    assert found_in(tmp_path / "a") == {"quiz.jsonl": {"documents": 3, "items": 2}}
    rejected = [row for path in (tmp_path / "a" / "rejected").glob("*") for row in pq.read_table(path).to_pylist()]
    assert [(row["id"], row["contaminated_by"]) for row in rejected] == [
        ("1", "quiz.jsonl:1"),
        ("2", "quiz.jsonl:3"),
        ("3", "quiz.jsonl:3"),
    ]
    arguments = [
        "decontaminate",
        str(source),
        "--against",
        str(quiz),
        "--column",
        "question",
        "--text",
        "body",
        "-o",
        str(tmp_path / "b"),
        "-q",
    ]
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, " ".join(done.output.splitlines()[-1].split())) == (0, "quiz.jsonl 2 items in 3 documents")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_benchmark_under_the_same_name_is_another_pipeline(tmp_path: Path, quiz: Path) -> None:
    pipe = arclean.Pipeline((Decontaminate((str(quiz),), ("question",)),))
    before = pipe.fingerprint
    benchmark(tmp_path, [{"question": PASSAGE}])
    assert arclean.Pipeline(pipe.parts).fingerprint != before
    assert arclean.Pipeline.from_dict(pipe.to_dict()) == pipe
    quiz.unlink()
    assert arclean.Pipeline(pipe.parts).fingerprint


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        pytest.param({"against": []}, PipelineError, "name the files of the benchmarks", id="no file"),
        pytest.param({"short": 11}, PipelineError, "short is at most words", id="short beyond words"),
        pytest.param({"against": "nowhere.jsonl"}, SourceError, "nowhere.jsonl: there is no such file", id="a file that is not there"),
        pytest.param({"columns": ["answer"]}, UnknownName, "unknown column 'answer'|answer", id="a column that is not there"),
        pytest.param({"columns": ["question", "option"]}, UnknownName, "Did you mean 'options'", id="another one"),
        pytest.param({"wrods": 5}, UnknownName, "unknown option of decontaminate 'wrods'", id="an option"),
    ],
)
def test_wrong_use_stops_before_any_work(tmp_path: Path, quiz: Path, options: Any, kind: type[ArcleanError], message: str) -> None:
    source = crawl(tmp_path)
    with pytest.raises(kind, match=message):
        arclean.decontaminate(source, tmp_path / "out", **{"against": quiz, "columns": ["question"], "text": "body", **options})
    assert not (tmp_path / "out").exists()


def test_in_python_paths_are_taken_and_other_things_refused(quiz: Path) -> None:
    assert Decontaminate([quiz]).against == (str(quiz),)  # type: ignore[arg-type]
    with pytest.raises(PipelineError, match="takes a text or a list of texts, this is"):
        Decontaminate(7)  # type: ignore[arg-type]


def test_a_benchmark_that_says_nothing_is_refused(tmp_path: Path) -> None:
    path = benchmark(tmp_path, [{"text": TINY}])
    with pytest.raises(SourceError, match="has 5 words; there is nothing to look for"):
        Decontaminate((str(path),)).batch(pa.record_batch({"text": ["نص"]}))
    path.write_text('{"text": "نص"}\n{"text": \n', encoding="utf-8")
    with pytest.raises(SourceError, match="bad JSON"):
        Decontaminate((str(path),), short=1).batch(pa.record_batch({"text": ["نص"]}))
