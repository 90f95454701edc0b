"""Presets: twice is once, on random text, on furniture, on the sample crawl; what a preset promises to leave, it leaves."""

from __future__ import annotations

import json
import pickle
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given
from strategies import columns, pages, spaces, tatweels, texts

import arclean
from arclean import Characters, Pipeline, sample
from arclean.rules import encoding
from arclean.steps import Cleaner

PIPES: Final = {name: arclean.load(name) for name in arclean.presets()}
EVERY: Final = pytest.mark.parametrize("pipe", PIPES.values(), ids=PIPES)
HARMLESS: Final = pytest.mark.parametrize("pipe", [PIPES["light"], PIPES["pretrain"]], ids=["light", "pretrain"])
RESTLESS: Final = {"camel", "arabert-v02", "arabert-v02-twitter"}
"""Do what other tools do, which are not done after one pass; test_parity.py and test_arabert.py show where."""
NEGATIVE: Final = [json.loads(row) for row in (Path(__file__).parent / "cases" / "negative.jsonl").read_text(encoding="utf-8").splitlines()]
documents: Final = texts | pages() | tatweels | spaces | pages(texts)


@cache
def crawled() -> list[str]:
    """The texts of the sample crawl."""
    found: list[str] = []
    for file in sorted(sample.path().iterdir()):
        if file.is_file():
            with pa.input_stream(str(file), compression="detect") as stream:
                rows = bytes(stream.read()).split(b"\n")
            found += [record["text"] for record in map(parsed, rows) if record.get("text")]
    return found


def parsed(row: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(row))
    except ValueError:
        return {}


@HARMLESS
@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case["reason"])
def test_what_looks_wrong_and_is_right_is_left(pipe: Pipeline, case: dict[str, str]) -> None:
    assert pipe.clean(case["text"]) == case["text"]


@pytest.mark.parametrize("pipe", [pipe for name, pipe in PIPES.items() if name not in RESTLESS], ids=lambda pipe: pipe.name)
@given(column=columns(documents))
def test_twice_is_once_on_random_text(pipe: Pipeline, column: pa.Array) -> None:
    once = pipe.table(pa.table({"text": column}))["text"]
    assert pipe.table(pa.table({"text": once}))["text"].to_pylist() == once.to_pylist()


@EVERY
def test_twice_is_once_on_the_sample_crawl(pipe: Pipeline) -> None:
    once = pipe.clean_many(crawled())
    assert len(once) > 90
    assert (once != crawled()) is any(isinstance(part, Cleaner) for part in pipe.parts)
    assert pipe.clean_many(once) == once


@HARMLESS
def test_every_line_that_stays_is_a_line_of_the_sample_crawl(pipe: Pipeline) -> None:
    for before, after in zip(crawled(), pipe.clean_many(crawled()), strict=True):
        read = Characters(encoding.RULES).text(pa.array([before]))[0].as_py()  # as it was written, if it was misread
        given_lines = {bare(line) for line in re.split("[\n\r\u2028\u2029]", read)}
        assert [line for line in after.split("\n") if line and bare(line) not in given_lines] == []


def bare(line: str) -> str:
    """The letters of a line, however they are shaped and whatever stands unseen between them."""
    shaped = unicodedata.normalize("NFKC", line)
    return "".join(char for char in shaped if unicodedata.category(char)[0] not in "CZ" and char != "\N{ARABIC TATWEEL}")


@EVERY
@given(column=columns(documents, nulls=False, most=4))
def test_one_definition_for_texts_tables_and_explanations(pipe: Pipeline, column: pa.Array) -> None:
    one_by_one = [pipe.clean(text) for text in column.to_pylist()]
    assert pipe.clean_many(column.to_pylist()) == one_by_one
    assert pipe.table(pa.table({"text": column}))["text"].to_pylist() == one_by_one
    assert [pipe.explain(text).after for text in column.to_pylist()] == one_by_one


@EVERY
def test_a_preset_is_written_to_a_file_as_it_is(pipe: Pipeline, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(pipe.to_yaml(), encoding="utf-8")
    again = arclean.load(file)
    assert (again, again.fingerprint) == (pipe, pipe.fingerprint)
    assert pickle.loads(pickle.dumps(pipe)) == pipe


@EVERY
def test_a_preset_says_what_it_is_for_and_can_be_told_apart(pipe: Pipeline) -> None:
    assert pipe.name in arclean.presets()
    assert pipe.promise.endswith(".")
    assert [other.name for other in PIPES.values() if other.fingerprint == pipe.fingerprint] == [pipe.name]


def test_there_is_no_preset_called_default() -> None:
    assert "default" not in arclean.presets()
    assert {"light", "pretrain"} <= set(arclean.presets())


@pytest.mark.parametrize("text", ["ب\u0308 \u0324 \u0323ت", "\u0308.\u0324.\u0323 ملك", "e \u0301 x", "\u0301\u0323e"])
def test_marks_that_meet_in_a_key_are_put_in_order(text: str) -> None:
    key = arclean.load("dedup").clean(text)
    assert key == arclean.load("dedup").clean(key) == unicodedata.normalize("NFC", key)
