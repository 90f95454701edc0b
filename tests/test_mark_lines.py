"""Lines marked instead of dropped: the same lines, and texts as they were."""

from __future__ import annotations

import pyarrow as pa
import pytest
from strategies import FURNITURE, PROSES

import arclean
from arclean import Lines, Pipeline
from arclean.boilerplate.mark import MARKS, MarkLines
from arclean.rules import lines

RULES = tuple(rule for family in lines.FAMILIES.values() for rule in family)
TEXTS = [*(f"{PROSES[n % len(PROSES)]}\n{line}\n{PROSES[(n + 1) % len(PROSES)]}" for n, line in enumerate(FURNITURE[:60])), "", PROSES[0]]


@pytest.mark.parametrize("texts", [[], [""], [None], [PROSES[0]]], ids=["no row", "an empty text", "a null", "prose"])
def test_nothing_to_mark_is_an_empty_list(texts: list[str | None]) -> None:
    made = MarkLines(RULES).batch(pa.record_batch({"text": pa.array(texts, pa.string())}))
    assert made["boilerplate"].to_pylist() == [[] for _ in texts]
    assert made["boilerplate"].type == MARKS


def test_the_lines_are_those_that_would_go_and_texts_stay() -> None:
    batch = pa.record_batch({"text": TEXTS})
    made = MarkLines(RULES).batch(batch)
    assert made["text"].equals(batch["text"])
    removed = Lines(RULES).edit(batch["text"]).removed
    assert removed is not None
    told = [
        {"row": row, **mark, "text": TEXTS[row].split("\n")[mark["line"] - 1].strip()}
        for row, marks in enumerate(made["boilerplate"].to_pylist())
        for mark in marks
    ]
    assert told == removed.to_pylist() != []


def test_it_is_a_step_of_a_file() -> None:
    pipe = Pipeline.from_dict({"steps": [{"mark_lines": "all_lines"}]})
    assert Pipeline.from_dict(pipe.to_dict()) == pipe
    made = pipe.table(pa.table({"text": [f"{PROSES[0]}\nجميع الحقوق محفوظة"]}))
    assert made["boilerplate"].to_pylist()[0][0]["category"] == "copyright"
    assert arclean.load("pretrain").clean(made["text"][0].as_py()) == PROSES[0]
