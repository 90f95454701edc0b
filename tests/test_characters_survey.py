"""Characters: one look for all passes finds every row that holds what one of them wants, and the rows are put together as they were."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ALPHABET, columns, spaces, texts
from twins import tidy_spaces

from arclean.columns import build, string_array, view
from arclean.orthography import kernels
from arclean.orthography.patchwork import Patchwork
from arclean.orthography.survey import EVERYTHING, MOST, Wants, survey, wants

pytestmark = pytest.mark.kernels

characters = st.lists(st.sampled_from(ALPHABET) | st.sampled_from("\u0640\u064e\u0651\u0627\n\t a\r\u00a0\u200f\ufeff"), max_size=20)
passes = st.lists(st.builds(Wants, characters.map(frozenset), st.just(False), st.booleans()), min_size=1, max_size=5)


def needs(wanted: list[Wants], column: pa.Array) -> list[int]:
    found: list[int] = survey(tuple(wanted)).needs(view(column)).tolist()
    return found


@given(passes, columns(texts))
@example([wants("\u0640"), wants("\u0640\u0641")], pa.array(["\u0640", "\u0641", "ـ" * 70, "a" * 63 + "ـ", "a" * 64 + "ف", None]))
@example([wants("\x7f\r"), wants("\u00a0")], pa.array(["\r", "a\x7f", "\u00a0", "\u00a1", "é" * 40 + "\u00a0"]))
@example([EVERYTHING], pa.array(["", "a", None]))
def test_each_row_is_wanted_by_the_passes_whose_characters_it_holds(wanted: list[Wants], column: pa.Array) -> None:
    values = [value or "" for value in column.to_pylist()]
    holds = [
        sum(1 << bit for bit, one in enumerate(wanted) if value and (one.anything or not one.characters.isdisjoint(value)))
        for value in values
    ]
    assert needs(wanted, column) == holds


def test_as_many_passes_as_a_number_has_bits() -> None:
    column = pa.array(list(ALPHABET[:MOST]))
    assert needs([wants(char) for char in ALPHABET[:MOST]], column) == [1 << bit for bit in range(MOST)]


@given(columns(spaces | texts))
@example(
    pa.array(["a" * 63 + "  ", "a" * 62 + " \n", "a\n\n" + "b" * 60, "a" * 62 + "\n\n\nb", "a" * 63 + "\n\n\nb", "a" * 61 + "\n\n\nb"])
)
def test_no_row_is_passed_over_whose_white_space_is_out_of_order(column: pa.Array) -> None:
    found = needs([Wants(untidy=True)], column)
    for value, need in zip(column.to_pylist(), found, strict=True):
        assert need or value is None or tidy_spaces(value) == value


@pytest.mark.parametrize("text", ["", "دار", "a b\nc\n\nd", "a" * 64 + "\n" + "b" * 64, "x\ty", "ب " * 70 + "ب"], ids=ascii)
def test_a_row_whose_white_space_is_in_order_is_passed_over(text: str) -> None:
    assert needs([Wants(untidy=True)], pa.array([text])) == [0]


@given(columns(texts, nulls=False), st.data())
def test_rows_put_back_are_those_that_come_out(column: pa.Array, data: Any) -> None:
    values = column.to_pylist()
    patch = Patchwork(view(column))
    for _ in range(data.draw(st.integers(0, 3))):
        rows = data.draw(st.lists(st.sampled_from(range(len(values))), unique=True, max_size=4)) if values else []
        rows.sort()
        taken = build(*patch.take(np.array(rows, np.int64)))
        assert taken.to_pylist() == [values[row] for row in rows]
        made = [re.sub("[aeiou]", "", value) + "!" for value in taken.to_pylist()]
        patch.put(np.array(rows, np.int64), view(string_array(made)))
        for row, value in zip(rows, made, strict=True):
            values[row] = value
    assert build(*patch.whole()).to_pylist() == values


@given(columns(st.text(st.sampled_from("با\u064b\u064e\u0651\u0652\u0670\u0653a"), max_size=90)))
@example(pa.array(["ب" * 31 + "\u0651\u064e", "ب" * 30 + "ا\u0651\u064eب", "\u0651", "\u0651\u064e", "\u064e\u0651", "\u0670\u064b", None]))
def test_no_row_is_passed_over_whose_vowels_are_out_of_order(column: pa.Array) -> None:
    found = needs([Wants(unordered=True)], column)
    vowels = {*map(chr, range(0x64B, 0x653)), "\u0670"}
    for value, need in zip(column.to_pylist(), found, strict=True):
        pairs = zip(value or "", (value or "")[1:], strict=False)
        assert need or not any(one in vowels and other in vowels and one > other for one, other in pairs)


@given(columns(texts, nulls=False), columns(texts, nulls=False))
@example(pa.array(["a" * 64, "a" * 65, "", "b"]), pa.array(["a" * 64, "a" * 64 + "b", "", "bb"]))
def test_rows_that_differ_are_told(one: pa.Array, other: pa.Array) -> None:
    size = min(len(one), len(other))
    both = [view(column.slice(0, size)) for column in (one, other)]
    found = np.empty(size, np.bool_)
    kernels.differing(both[0].bounds, both[0].data, both[1].bounds, both[1].data, found)
    assert found.tolist() == [a != b for a, b in zip(one.to_pylist(), other.to_pylist(), strict=False)]
