"""Digits: signs change by the digits beside them, held to plain Python with look-around."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, texts

from arclean.orthography.characters import Characters
from arclean.rule import ContextRule
from arclean.rules.digits import RULES, TO_WESTERN_DIGITS, WESTERN_SEPARATORS
from arclean.rules.punctuation import WESTERN_COMMA

pytestmark = pytest.mark.kernels

DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
INSIDE = str.maketrans("\u066b\u066c\u060d", ".,/")
signs = st.text(st.sampled_from("0٤۹9\u066b\u066c\u060d\u066a\u060c  ا\u00a0é€\U0001f600"), max_size=16)


def separators(text: str) -> str:
    text = re.sub(f"(?<={DIGIT})[\u066b\u066c\u060d](?={DIGIT})", lambda found: found[0].translate(INSIDE), text)
    return re.sub(f"(?<={DIGIT})\u066a|(?<={DIGIT} )\u066a|\u066a(?= ?{DIGIT})", "%", text)


def comma(text: str) -> str:
    return re.sub(f"(?<!{DIGIT})\u060c|\u060c(?!{DIGIT})", ",", text)


PAIRS = pytest.mark.parametrize(
    ("rule", "twin"),
    [pytest.param(WESTERN_SEPARATORS, separators, id="western_separators"), pytest.param(WESTERN_COMMA, comma, id="western_comma")],
)


@PAIRS
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("1,234.5 100% 7/9", id="western-already"),
        pytest.param("٣ \u066b ٤", id="a-separator-that-stands-alone"),
        pytest.param("a\u066a b", id="a-percent-sign-without-a-number"),
        pytest.param("5  \u066a", id="a-percent-sign-two-spaces-away"),
        pytest.param("5\n\u066a", id="a-percent-sign-on-the-next-line"),
        pytest.param("١\u060c٥", id="a-comma-that-may-be-a-decimal-point"),
    ],
)
def test_what_is_no_number_of_its_own_stays(rule: ContextRule, twin: Callable[[str], str], text: str) -> None:
    column = pa.array([text])
    done = Characters((rule,)).edit(column)
    assert done.texts is column
    assert done.hits == {}
    assert twin(text) == text


@PAIRS
@given(column=columns(signs | texts))
@example(
    column=pa.array(
        ["5 \u066b6", "\u066a5", "\u066a 5", "5 \u066a", "1\u066b\u066c2", "١\u066b٢\u066b٣", "5\u066a\u066a", "\u06f1\u060c\u06f2"]
    )
)
@example(column=pa.array(["\u066b", "1\u066b", "\u066b1", "é\u066a", "€\u066a1", "1\U0001f600\u066a", "x5", "5\u060c"])[1:])
def test_signs_against_look_around(rule: ContextRule, twin: Callable[[str], str], column: pa.Array) -> None:
    values = column.to_pylist()
    done = Characters((rule,)).edit(column)
    done.texts.validate(full=True)
    wanted = [None if value is None else twin(value) for value in values]
    changed = sum(
        a != b for before, after in zip(values, wanted, strict=True) if before is not None for a, b in zip(before, after or "", strict=True)
    )
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == wanted
    assert (done.texts is column) == (changed == 0)
    assert dict(done.hits) == ({rule.name: changed} if changed else {})
    assert Characters((rule,)).text(done.texts) is done.texts


@given(columns(signs))
def test_digits_and_separators_in_either_order_are_the_same(column: pa.Array) -> None:
    one = Characters((TO_WESTERN_DIGITS, WESTERN_SEPARATORS)).text(column)
    assert Characters((WESTERN_SEPARATORS, TO_WESTERN_DIGITS)).text(column).to_pylist() == one.to_pylist()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("١\u066c٢٣٤\u066b٥", "1,234.5", id="a-number-with-both-separators"),
        pytest.param("۱۲\u066a", "12%", id="extended-digits"),
        pytest.param("٢٠٢٤\u060d١\u060d٩", "2024/1/9", id="a-date"),
        pytest.param("٥\u0609", "5‰", id="per-mille"),
    ],
)
def test_a_number_stays_whole(before: str, after: str) -> None:
    assert Characters(RULES).text(pa.array([before])).to_pylist() == [after]
