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
from arclean.rules import encoding, markup
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


BROKEN: Final = {
    "a tag": "نص <{}p>نص",
    "a tag that closes": "نص </p{}>نص",
    "the name of a tag": "نص <s{}cript>x</script>نص",
    "a comment": "نص <!-{}- x -->نص",
    "the end of a comment": "نص <!-- x -{}->نص",
    "a reference": "نص&nb{}sp;نص",
    "a reference without its end": "نص&nbsp{} نص",
    "a number": "نص <a&#{};p>نص",
    "a reference around a tag": "نص &am<{}b>p;nbsp; نص",
    "misread": "ط{}§ظ„ط³ظ„ط§ظ… ط¹ظ„ظٹظƒظ… نص",
    "misread words": "ط§ظ„ط³{}ظ„ط§ظ…\nظ‚ط§ظ„{}ب",
    "misread and quoted": "«ط§ظ„ط³ظ„ط§ظ…{} ط¹ظ„ظٹظƒظ…»",
}
GOING: Final = [chr(code) for first, last in markup.SEEN_THROUGH for code in range(first, last + 1)]
PLAIN: Final = [*GOING, *markup.SEEN_AS, *map(chr, range(0x80)), "«", "»", "…", "\u0301"]


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("pipe", [PIPES[name] for name in ("light", "pretrain", "search", "social", "web")], ids=lambda pipe: pipe.name)
def test_what_is_broken_by_characters_that_go_is_whole_the_first_time(pipe: Pipeline, broken: str) -> None:
    once = pipe.clean_many([broken.replace("{}", char) for char in PLAIN])
    assert pipe.clean_many(once) == once


@pytest.mark.parametrize("name", ["light", "search", "social", "web"])
def test_all_that_goes_from_between_latin_letters_is_seen_through(name: str) -> None:
    texts = ["xx", *(f"x{chr(code)}x" for code in (*range(0x80, 0xD800), *range(0xE000, 0x1F000), *range(0xE0000, 0xE0200)))]
    whole, *parted = PIPES[name].clean_many(texts)
    seen = {**dict.fromkeys(GOING, ""), **markup.SEEN_AS}
    small = {chr(code): chr(code + 0x20) for code in range(ord("A"), ord("[")) if name == "search"}
    for text, after in zip(texts[1:], parted, strict=True):
        if after == whole or (len(after) == 3 and after[1] in "&<>#;/!-0123456789"):
            assert after == "x" + (plain := seen[text[1]]) + "x" or after[1] == small.get(plain)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\u064eبہجہدہر", id="marks at the beginning, which go"),
        pytest.param("ے\u0654ہیہجہدہ", id="a hamza that is composed"),
        pytest.param("ہ\u0654جہبہدہ", id="a hamza on heh goal itself"),
        pytest.param("بببببہجہدہ", id="a letter that is stretched"),
    ],
)
@pytest.mark.parametrize("pipe", [PIPES[name] for name in ("light", "pretrain", "search", "social", "web")], ids=lambda pipe: pipe.name)
def test_a_decorated_word_is_known_the_first_time(pipe: Pipeline, text: str) -> None:
    once = pipe.clean(text)
    assert pipe.clean(once) == once


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
