"""Samples: a budget is met to within a document, sources by their weights, the same documents however the work is done."""

from __future__ import annotations

import json
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running_fakes import contents

import arclean
from arclean.dataset import phases
from arclean.errors import PipelineError, UnknownName
from arclean.mixing.shares import shares
from arclean.mixing.sizes import sizes
from arclean.mixing.stage import REASON, Mix
from arclean.pipeline import Pipeline

WORDS: Final = ["كتب", "الولد", "درسه", "ثم", "خرج", "إلى", "السوق", "مع", "أبيه", "وعاد", "قبل", "المغرب"]
SOURCES: Final = ("news", "books", "forum")
ROWS: Final[list[dict[str, Any]]] = [
    {"id": f"d{n}", "text": " ".join(WORDS[k % len(WORDS)] for k in range(n % 9 + 1)), "source": SOURCES[n % 4 % 3], "n": n}
    for n in range(1200)
]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    for part in range(3):
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS[part::3])
        (folder / f"{part}.jsonl").write_text(rows, encoding="utf-8")
    return folder


def drawn(dump: Path, out: Path, mix: Mix, workers: int = 1) -> list[dict[str, Any]]:
    arclean.run(Pipeline((mix,)), str(dump), out, workers=workers)
    rows: list[dict[str, Any]] = [row for shard in sorted((out / "data").iterdir()) for row in pq.read_table(shard).to_pylist()]
    return rows


def words(rows: list[dict[str, Any]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["source"]] += len(row["text"].split())
    return counts


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 50), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from([0, 0.5, 1, 3])),
    st.integers(1, 120),
)
def test_shares_are_of_the_budget_and_no_source_gives_more_than_it_has(
    there: dict[str, int], weights: dict[str, float], budget: int
) -> None:
    given = shares(budget, weights, there)
    asked = [source for source in there if weights.get(source, 0) > 0]
    assert all(0 <= given[source] <= there[source] for source in there)
    assert all(given[source] == 0 for source in there if source not in asked)
    assert sum(given.values()) <= budget
    assert sum(given.values()) > min(budget, sum(there[source] for source in asked)) - max(len(asked), 1)
    for one in asked:
        for other in asked:
            if given[other] < there[other]:  # it was not short, so it has its weight
                assert given[one] <= (given[other] + 1) * weights[one] / weights[other] + 1e-9


def test_a_budget_is_met_to_within_a_document(dump: Path, tmp_path: Path) -> None:
    rows = drawn(dump, tmp_path / "out", Mix(2000))
    assert 2000 - 9 <= sum(words(rows).values()) <= 2000
    assert len({row["id"] for row in rows}) == len(rows)
    rejected = pq.read_table(tmp_path / "out" / "rejected").to_pylist()
    assert {row["drop"] for row in rejected} == {REASON}
    assert len(rejected) + len(rows) == len(ROWS)


def test_sources_are_met_by_their_weights_and_the_others_go(dump: Path, tmp_path: Path) -> None:
    counts = words(drawn(dump, tmp_path / "out", Mix(1000, by="source", weights={"news": 3, "books": 1})))  # type: ignore[arg-type]
    assert set(counts) == {"news", "books"}
    assert 750 - 9 <= counts["news"] <= 750
    assert 250 - 9 <= counts["books"] <= 250


def test_what_a_source_has_too_little_of_goes_to_the_others(dump: Path, tmp_path: Path) -> None:
    there = words(ROWS)
    counts = words(drawn(dump, tmp_path / "out", Mix(there["forum"] + 600, by="source", weights=(("forum", 100), ("news", 1)), other=1)))
    assert counts["forum"] == there["forum"]
    assert 300 - 9 <= counts["news"] <= 300
    assert 300 - 9 <= counts["books"] <= 300


def test_a_larger_budget_keeps_what_a_smaller_one_kept_and_another_seed_does_not(dump: Path, tmp_path: Path) -> None:
    few, more, other = (
        {row["id"] for row in drawn(dump, tmp_path / str(k), mix)} for k, mix in enumerate((Mix(500), Mix(900), Mix(500, seed=1)))
    )
    assert few < more
    assert not few <= other


def test_a_budget_that_is_larger_than_all_keeps_all(dump: Path, tmp_path: Path) -> None:
    assert len(drawn(dump, tmp_path / "out", Mix(10**9, by="source", other=1))) == len(ROWS)


def test_a_sample_looks_like_the_whole(dump: Path, tmp_path: Path) -> None:
    numbers = [row["n"] for row in drawn(dump, tmp_path / "out", Mix(300, "documents"))]
    assert len(numbers) == 300
    assert 500 < sum(numbers) / 300 < 700
    assert 120 < sum(n % 2 for n in numbers) < 180


@pytest.mark.parametrize("workers", [2, 3])
def test_the_same_bytes_by_any_number_of_workers(dump: Path, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phases, "partitions_for", lambda size: 8)
    mix = Mix(1000, by="source", weights=(("books", 1.0), ("news", 2.0)))
    drawn(dump, tmp_path / "one", mix)
    drawn(dump, tmp_path / "more", mix, workers)
    assert contents(tmp_path / "one") == contents(tmp_path / "more")


def test_filters_come_first_and_documents_that_are_rejected_do_not_count(dump: Path, tmp_path: Path) -> None:
    pipe = Pipeline((arclean.Filter("words", least=5), Mix(800)))
    result = arclean.run(pipe, str(dump), tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "data").to_pylist()
    assert min(row["words"] for row in rows) == 5
    assert 800 - 9 <= sum(row["words"] for row in rows) <= 800
    assert result.tally.reasons["words_low"] == sum(len(row["text"].split()) < 5 for row in ROWS)


@pytest.mark.parametrize(
    ("unit", "counts"), [("words", [2, 0, 1]), ("characters", [5, 0, 1]), ("bytes", [9, 0, 1]), ("documents", [1, 1, 1])]
)
def test_units(unit: str, counts: list[int]) -> None:
    assert sizes(pa.array(["في ما", None, "a"]), unit).tolist() == counts


def test_a_budget_of_tokens(dump: Path, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    path = tmp_path / "tokenizer.json"
    model = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    model.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    model.save(str(path))
    mix = Mix(700, "tokens", tokenizer=str(path))
    assert 700 - 9 <= sum(words(drawn(dump, tmp_path / "out", mix)).values()) <= 700
    assert Pipeline.from_dict(Pipeline((mix,)).to_dict()) == Pipeline((mix,))
    assert pickle.loads(pickle.dumps(mix)) == mix
    model.add_tokens(["كتب"])
    model.save(str(path))
    with pytest.raises(PipelineError, match="this pipeline was made with"):
        Mix(700, "tokens", tokenizer=str(path), digest=mix.digest)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"is no tokenizer.json"):
        Mix(701, "tokens", tokenizer=str(tmp_path / "tokenizer.json"), digest="")


def test_a_mixture_is_written_and_read() -> None:
    pipe = Pipeline((Mix(1e6, by="source", weights=(("books", 1), ("news", 2.5)), seed=3),))
    assert Pipeline.from_dict(pipe.to_dict()) == pipe
    given = {"steps": [{"mix": {"budget": 1000000.0, "by": "source", "weights": {"news": 2.5, "books": 1}, "seed": 3}}]}
    assert Pipeline.from_dict(given) == pipe


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"budget": 0}, PipelineError, "budget is 0; give a number above 0"),
        ({"budget": 5, "unit": "word"}, UnknownName, "unknown unit 'word'. Did you mean 'words'"),
        ({"budget": 5, "weights": {"a": 1}}, PipelineError, "weights are of sources; name their column in `by`"),
        ({"budget": 5, "by": "source"}, PipelineError, "no source has a weight above 0"),
        ({"budget": 5, "by": "source", "weights": {"a": -1}}, PipelineError, "the weight of 'a' is -1"),
        ({"budget": 5, "by": "source", "weights": ["a"]}, PipelineError, "weights are source to number"),
        ({"budget": 5, "unit": "tokens"}, PipelineError, "`tokenizer` goes with the unit tokens"),
        ({"budget": 5, "unit": "tokens", "tokenizer": "no/such.json"}, PipelineError, "the tokenizer 'no/such.json' cannot be read"),
    ],
)
def test_wrong_options_are_named(options: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        Mix(**options)


def test_a_source_that_does_not_occur_is_an_error_with_the_nearest(dump: Path, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"unknown value of 'source' 'nwes'. Did you mean 'news'"):
        drawn(dump, tmp_path / "out", Mix(100, by="source", weights=(("nwes", 1),)))
    with pytest.raises(UnknownName, match=r"unknown column 'sorce'. Did you mean 'source'"):
        drawn(dump, tmp_path / "out2", Mix(100, by="sorce", other=1))
