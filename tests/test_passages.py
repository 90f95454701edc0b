"""Short texts inside long ones, and passages that stand in several documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running_fakes import contents

import arclean
from arclean.dataset import phases, spool
from arclean.duplicates import kernels
from arclean.errors import PipelineError

WORDS = [
    "قطار",
    "محطة",
    "مدينة",
    "بحر",
    "جبل",
    "كتاب",
    "قلم",
    "شمس",
    "قمر",
    "ليل",
    "نهار",
    "طريق",
    "بيت",
    "باب",
    "نافذة",
    "شجرة",
    "نهر",
    "ريح",
]


def text_of(seed: int, words: int) -> str:
    return " ".join(np.random.default_rng(seed).choice(WORDS, words))


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.Spool, "writer", lambda self, unit, each: spool.SpoolWriter(replace(self, part_bytes=500), unit, each))
    monkeypatch.setattr(phases, "partitions_for", lambda size: 4)
    monkeypatch.setattr("arclean.dataset.run.ReadOptions", small_blocks)


def small_blocks(**options: Any) -> Any:
    from arclean.dataset.source import ReadOptions

    return ReadOptions(**options, block_bytes=1500, piece_bytes=5000)


def marked(folder: Path, texts: Sequence[str], *parts: Any, workers: int = 1) -> list[dict[str, Any]]:
    source, out = folder / "in.jsonl", folder / f"out-{workers}"
    lines = [json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(texts)]
    source.write_text("".join(lines), encoding="utf-8")
    arclean.run(arclean.Pipeline(parts), source, out, workers=workers)
    assert arclean.verify(out).ok
    rows = [row for kind in ("data", "rejected") for path in sorted((out / kind).glob("*")) for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: int(row["id"]))


LONG, SHORT = text_of(1, 200), " ".join(text_of(1, 200).split()[50:90])


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([LONG, text_of(2, 40)], id="other words"),
        pytest.param([LONG, f"{SHORT} {text_of(3, 40)}"], id="half of it is its own"),
        pytest.param([LONG, " ".join(SHORT.split()[:12])], id="too short to be looked for"),
        pytest.param([" ".join(reversed(LONG.split())), SHORT], id="in another order"),
    ],
)
def test_what_is_not_inside_another_is_kept(tmp_path: Path, texts: list[str]) -> None:
    assert [(row["drop"], row["contained_in"]) for row in marked(tmp_path, texts, arclean.Contained())] == [(None, None)] * 2


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
def test_a_short_text_inside_a_long_one_is_told_which(tmp_path: Path, order: list[int]) -> None:
    texts = [LONG, f"، {SHORT} كلمتان أخريان", text_of(2, 100)]
    rows = marked(tmp_path, [texts[n] for n in order], arclean.Contained(share=0.9))
    found = {order[int(row["id"])]: (row["drop"], row["contained_in"]) for row in rows}
    assert found == {0: (None, None), 1: ("contained", str(order.index(0))), 2: (None, None)}
    share = next(row["contained_share"] for row in rows if row["drop"])
    assert share == pytest.approx(36 / 38)


def test_of_equal_ones_the_later_is_in_the_earlier(tmp_path: Path) -> None:
    rows = marked(tmp_path, [SHORT, text_of(2, 60), SHORT], arclean.Contained())
    assert [row["contained_in"] for row in rows] == [None, None, "0"]


def test_containment_is_what_all_pairs_say(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    texts = [text_of(n, 150) for n in range(12)]
    for n in range(30):
        start, size = int(rng.integers(100)), int(rng.integers(25, 50))
        own = text_of(100 + n, int(rng.integers(0, 8)))
        texts.append(" ".join([*texts[int(rng.integers(12))].split()[start : start + size], own]).strip())
    texts = [texts[int(n)] for n in rng.permutation(len(texts))]
    sets = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in (text.split() for text in texts)]
    sizes = [len(text.split()) for text in texts]
    expected = []
    for n, mine in enumerate(sets):
        longer = [m for m in range(len(texts)) if sizes[m] > sizes[n] or (sizes[m] == sizes[n] and m < n)]
        expected.append(any(len(mine & sets[m]) / len(mine) >= 0.9 for m in longer) and sizes[n] >= 20)
    assert 10 < sum(expected) < 35
    assert [row["drop"] == "contained" for row in marked(tmp_path, texts, arclean.Contained())] == expected


def test_passages_are_counted_from_the_second_document_on(tmp_path: Path) -> None:
    passage = text_of(7, 60)
    texts = [f"{text_of(1, 20)} {passage}", text_of(2, 100), f"{passage.replace('مدينة', 'مدينه')} {text_of(3, 40)}", passage, "قصير"]
    rows = marked(tmp_path, texts, arclean.Passages(words=50, most=0.9))
    assert [row["repeated_words"] for row in rows] == [0, 0, 60, 60, 0]
    assert [row["drop"] for row in rows] == [None, None, None, "repeated_passages", None]
    assert rows[2]["repeated_share"] == pytest.approx(0.6)


def test_what_a_document_says_twice_itself_is_no_passage(tmp_path: Path) -> None:
    passage = text_of(7, 60)
    assert marked(tmp_path, [f"{passage} {passage}"], arclean.Passages())[0]["repeated_words"] == 0


@given(texts=st.lists(st.lists(st.sampled_from("أبت"), max_size=10), min_size=1, max_size=5), size=st.integers(2, 4))
def test_passages_are_those_of_the_slow_twin(texts: list[list[str]], size: int) -> None:
    """The two kernels beside sets: which runs an earlier document has, and how many words lie in them."""
    runs = [(n, start, tuple(text[start : start + size])) for n, text in enumerate(texts) for start in range(len(text) - size + 1)]
    keys = np.array([abs(hash(run)) for _, _, run in runs], np.uint64)
    places = np.array([n for n, _, _ in runs], np.int64)
    order, again = np.empty(len(runs), np.int64), np.empty(len(runs), np.bool_)
    kernels.grouped(keys, order)
    kernels.not_first(keys, order, places, again)
    assert again.tolist() == [any(m < n and other == run for m, _, other in runs) for n, _, run in runs]
    words = np.zeros(len(texts), np.int64)
    kernels.covered(places[again], np.array([start for _, start, _ in runs], np.int64)[again], size, words)
    held = [
        {at for (n, start, _), yes in zip(runs, again, strict=True) if yes and n == row for at in range(start, start + size)}
        for row in range(len(texts))
    ]
    assert words.tolist() == [len(some) for some in held]


@pytest.mark.kernels
@given(rows=st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=5), count=st.integers(1, 4))
def test_the_least_of_each_row(rows: list[list[int]], count: int) -> None:
    bounds = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    values = np.array([v for row in rows for v in row], np.uint64)
    found = np.zeros(len(values), np.uint8)
    kernels.least_of_each(bounds, values, count, found)
    for row, low, high in zip(rows, bounds[:-1], bounds[1:], strict=True):
        chosen = values[low:high][found[low:high] == 1].tolist()
        assert sorted(chosen) == sorted(row)[:count]


@pytest.mark.parametrize("part", [arclean.Contained(), arclean.Passages(words=20)])
def test_the_same_bytes_for_any_number_of_workers(tmp_path: Path, part: Any) -> None:
    texts = [text_of(n % 9, 40 + n % 30) for n in range(40)]
    for workers in (1, 2):
        marked(tmp_path, texts, part, workers=workers)
    assert contents(tmp_path / "out-1") == contents(tmp_path / "out-2")


def test_wrong_use_is_named() -> None:
    with pytest.raises(PipelineError, match="share 0, least 20, words 5"):
        arclean.Contained(share=0)
    with pytest.raises(PipelineError, match="words 1 and most 1"):
        arclean.Passages(words=1)
