"""Measures: counted in one compiled pass, held to plain Python; filters reject by them, with a reason, the first one kept."""

from __future__ import annotations

import math
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ALPHABET, columns, texts
from twins import LETTERS, members

from arclean import Filter, Measure, Pipeline
from arclean.errors import ColumnError, PipelineError, UnknownName
from arclean.quality.measures import BASE, figures
from arclean.rules import classes

pytestmark = pytest.mark.kernels

ARABIC: Final = LETTERS | members(classes.FORM_LETTERS)
OTHERS: Final = members(classes.OTHER_LETTERS)
DIGITS: Final = members(classes.DIGITS)
SPACES: Final = members(classes.SPACES)


def measured(text: str) -> dict[str, Any]:
    """The twin."""
    words = re.split(f"[{re.escape(''.join(SPACES))}]+", text)
    letters = [char for char in text if char in ARABIC or char in OTHERS]
    arabic = sum(char in ARABIC for char in letters)
    return {
        "characters": len(text),
        "words": sum(any(char in ARABIC or char in OTHERS or char in DIGITS for char in word) for word in words),
        "lines": sum(any(char not in SPACES for char in line) for line in text.split("\n")),
        "arabic_share": float(np.float32(arabic / max(len(letters), 1))),
    }


def told(column: pa.Array) -> list[dict[str, Any]]:
    values = figures(column)
    return [{name: values[name][row].as_py() for name in BASE} for row in range(len(column))]


@given(columns(texts))
@example(pa.array(["", " ", "\n", None, "ا", "a", "1", "!", "ا\n\nا\n", "\u064e", "ـ"]))
def test_every_measure_is_that_of_plain_python(column: pa.Array) -> None:
    assert told(column) == [measured(value or "") for value in column.to_pylist()]


@pytest.mark.parametrize("unit", ["a", "ا", " ", "\n", "1", "\u2003", "ﻣ", "😀", "ا ", "ا\n", "a\n\n", "ا😀 1\n"], ids=ascii)
def test_long_texts_are_counted_to_the_end(unit: str) -> None:
    sizes = [2**14 // len(unit.encode()) + more for more in (-1, 0, 1)] + [2**17 // len(unit.encode())]
    column = pa.array([f"{front}{unit * size}" for size in sizes for front in ("", "b", "ب", "😀")])
    assert told(column) == [measured(value) for value in column.to_pylist()]


def test_every_character_of_arabic_by_itself() -> None:
    column = pa.array(list(ALPHABET))
    assert told(column) == [measured(char) for char in ALPHABET]


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        pytest.param("", 0, 0, id="nothing"),
        pytest.param("كتب الولد الدرس", 3, 15, id="plain"),
        pytest.param("كَتَبَ ٱلْوَلَدُ", 2, 16, id="vocalised"),
        pytest.param("می\u200cخواهم بروم", 2, 13, id="persian-with-a-non-joiner"),
        pytest.param("سنة ١٩٩٩ و 2024 و ۱۴۰۰", 6, 22, id="three-kinds-of-digits"),
        pytest.param("😀 😀 ❤️", 0, 6, id="emoji-are-no-words"),
        pytest.param("شكرا😀", 1, 5, id="a-word-with-emoji"),
        pytest.param("- ، . «»", 0, 8, id="punctuation-is-no-word"),
        pytest.param("وبالمدرسة،ثم", 1, 12, id="punctuation-parts-no-word"),
        pytest.param("ألف\u00a0باء\u3000تاء", 3, 11, id="spaces-of-other-widths"),
        pytest.param("ﻣﻦ ﷺ", 2, 4, id="presentation-forms"),
        pytest.param("ـــ", 1, 3, id="tatweel-is-a-letter"),
        pytest.param("Hello عالم", 2, 10, id="two-scripts"),
        pytest.param("\u064e\u064e", 0, 2, id="marks-alone"),
    ],
)
def test_words_as_a_reader_counts_them(text: str, words: int, characters: int) -> None:
    row = told(pa.array([text]))[0]
    assert (row["words"], row["characters"]) == (words, characters)


def test_the_share_of_arabic_is_among_letters_alone() -> None:
    column = pa.array(["ابجد", "ابab", "123 !😀", "ا 1 2 3", "a", "کتاب و книга"])
    assert [row["arabic_share"] for row in told(column)] == [1.0, 0.5, 0.0, 1.0, 0.0, 0.5]


def test_measures_become_columns_in_the_order_asked_and_nothing_is_dropped() -> None:
    batch = pa.record_batch({"text": ["ا ب", None]})
    done = Measure(("lines", "words")).batch(batch)
    assert done.to_pylist() == [{"text": "ا ب", "lines": 1, "words": 2}, {"text": None, "lines": 0, "words": 0}]


def test_a_measure_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"step 'measure': unknown measure 'wrods'. Did you mean 'words'"):
        Measure(("words", "wrods"))


bounds: Final = st.one_of(st.integers(-1, 6), st.floats(-1, 6), st.just(math.inf), st.just(-math.inf))


@given(columns(texts), st.sampled_from(sorted(BASE)), bounds, bounds)
def test_a_filter_rejects_what_lies_outside_of_its_bounds(column: pa.Array, name: str, least: float, most: float) -> None:
    if least > most or (math.isinf(least) and math.isinf(most)):
        with pytest.raises(PipelineError, match=f"filter '{name}'"):
            Filter(name, least, most)
        return
    done = Filter(name, least, most).batch(pa.record_batch({"text": column}))
    values = done[name].to_pylist()
    assert values == [row[name] for row in told(column)]
    assert done["drop"].to_pylist() == [f"{name}_low" if value < least else f"{name}_high" if value > most else None for value in values]


def test_bounds_are_inside() -> None:
    column = pa.array(["ا", "ا ب", "ا ب ت", "ا ب ت ث"])
    done = Filter("words", 2, 3).batch(pa.record_batch({"text": column}))
    assert done["drop"].to_pylist() == ["words_low", None, None, "words_high"]


def test_the_first_reason_stays() -> None:
    pipe = Pipeline((Filter("words", 2), Filter("characters", 100), Filter("words", most=3)))
    texts = ["ا", "ا ب", "ا ب ت ث " * 30]
    assert pipe.batch(pa.record_batch({"text": texts}))["drop"].to_pylist() == ["words_low", "characters_low", "words_high"]


def test_a_filter_may_ask_for_a_column_of_numbers_and_what_is_null_or_no_number_is_kept() -> None:
    batch = pa.record_batch({"text": ["a"] * 5, "score": [0.1, None, math.nan, 0.9, 0.5], "big": [2**60, 0, 1, 2, 3]})
    assert Filter("score", 0.5).batch(batch)["drop"].to_pylist() == ["score_low", None, None, None, None]
    assert Filter("big", most=2).batch(batch)["drop"].to_pylist() == ["big_high", None, None, None, "big_high"]


@pytest.mark.parametrize(("name", "near"), [("wrods", "words"), ("scoer", "score"), ("url", "")])
def test_a_filter_on_what_is_no_number_is_an_error_with_the_nearest_that_is_one(name: str, near: str) -> None:
    batch = pa.record_batch({"text": ["a"], "url": ["u"], "score": [1.0]})
    with pytest.raises(UnknownName, match=rf"step 'filter': unknown measure or column of numbers '{name}'.*{near}.* There are: "):
        Filter(name, 1).batch(batch)


@pytest.mark.parametrize("bound", [math.nan, "3", None, True, [1]], ids=repr)
@pytest.mark.parametrize("side", ["least", "most"])
def test_a_bound_that_is_no_number_is_an_error(bound: Any, side: str) -> None:
    with pytest.raises(PipelineError, match=f"filter 'words': {side} is .*; give a number"):
        Filter("words", **{side: bound})


def test_columns_measured_one_after_the_other_are_not_mixed_up() -> None:
    one, other = pa.array(["ا"]), pa.array(["ا ب"])
    assert [told(column)[0]["words"] for column in (one, other, one, other)] == [1, 2, 1, 2]


def test_threads_do_not_see_one_anothers_measures() -> None:
    columns = [pa.array(["ا " * count] * 50) for count in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        counts = pool.map(lambda column: {tuple(figures(column)["words"].to_pylist()) for _ in range(50)}, columns)
        assert list(counts) == [{(count,) * 50} for count in range(1, 9)]


def test_a_column_of_the_same_name_from_elsewhere_is_not_written_over() -> None:
    measure = Measure(("words",))
    given = pa.record_batch({"text": ["كلمة وكلمة"], "words": [["كلمة"]]})
    with pytest.raises(ColumnError, match="--rename words=words_given"):
        measure.batch(given)
    again = measure.batch(measure.batch(pa.record_batch({"text": ["كلمة وكلمة"]})))
    assert again["words"].to_pylist() == [2]
