"""Characters: the passes that look at what stands around a character, against plain Python, on strings made of what they look for."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import columns, spaces, tatweels, texts
from twins import join_carriage_returns, strip_tatweel, tidy_spaces

from arclean.errors import ArcleanError
from arclean.orthography.characters import Characters
from arclean.rule import ContextRule
from arclean.rules.invisible import JOIN_CARRIAGE_RETURNS, TIDY_SPACES
from arclean.rules.letters import STRIP_TATWEEL

pytestmark = pytest.mark.kernels

Twin = Callable[[str], str]
PAIRS = pytest.mark.parametrize(
    ("rule", "twin"),
    [
        pytest.param(JOIN_CARRIAGE_RETURNS, join_carriage_returns, id="join_carriage_returns"),
        pytest.param(STRIP_TATWEEL, strip_tatweel, id="strip_tatweel"),
        pytest.param(TIDY_SPACES, tidy_spaces, id="tidy_spaces"),
    ],
)


def gap(width: int, name: str = "gap") -> ContextRule:
    return ContextRule("gap", "Made up.", "tidy_spaces", fixes=(("x", "y"),), leaves=("z",), options=((name, width),))


def agrees(rule: ContextRule, twin: Twin, column: pa.Array) -> None:
    values = column.to_pylist()
    done = Characters((rule,)).edit(column)
    done.texts.validate(full=True)
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == [None if value is None else twin(value) for value in values]
    assert (done.texts is column) == (done.texts.to_pylist() == values)
    assert {name: count > 0 for name, count in done.hits.items()} == ({} if done.texts is column else {rule.name: True})


@PAIRS
@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="no-rows"),
        pytest.param([None], id="null"),
        pytest.param(["", ""], id="empty-texts"),
        pytest.param(["في البدء كان النص\nثم كان القارئ", "a b"], id="nothing-to-do"),
        pytest.param(["سنة 1445هـ", "شَيْـًٔا"], id="tatweels-that-stay"),
        pytest.param(["صدر    وعجز", "  - item", "a\tb"], id="spaces-that-stay"),
    ],
)
def test_a_column_that_needs_nothing_comes_back_as_the_same_object(rule: ContextRule, twin: Twin, values: list[str | None]) -> None:
    column = pa.array(values, pa.string())
    if [None if value is None else twin(value) for value in values] == values:
        assert Characters((rule,)).edit(column).texts is column
        assert Characters((rule,)).edit(column).hits == {}
    else:
        agrees(rule, twin, column)


@PAIRS
@given(columns(texts | tatweels | spaces))
def test_any_text(rule: ContextRule, twin: Twin, column: pa.Array) -> None:
    agrees(rule, twin, column)


@given(columns(tatweels))
@example(pa.array(["1445 هـ", "1445  هـ", "١٤هـ", "اهـ", "ا.هـ", "باهـ", "هـ", "ـ", "ــــ", "ـــــ", "aـــــ", "\nـــــ\t", "ـــــ\u064e"]))
@example(pa.array(["بـ\u064e\u0654", " ـ\u064e", "بـ\u064e", "\u064eـ\u064e", "ـ\u0654", "اـهـ", "اهــ", "1هـب", "۵ هـ."]))
def test_tatweel(column: pa.Array) -> None:
    agrees(STRIP_TATWEEL, strip_tatweel, column)


@given(columns(spaces))
@example(pa.array(["a\n", "\na", "\n", " ", "a ", " a", " ب", "ب   ب", "ب    ب", "ب     ب", "ب \t ب", "a   b", "a\n\n\n\nb"]))
def test_spaces(column: pa.Array) -> None:
    agrees(TIDY_SPACES, tidy_spaces, column)


@given(columns(st.text(st.sampled_from("\r\n\rاa"), max_size=12)))
def test_carriage_returns(column: pa.Array) -> None:
    agrees(JOIN_CARRIAGE_RETURNS, join_carriage_returns, column)


@given(columns(spaces), st.integers(1, 8))
def test_the_width_of_a_gap_is_an_option(column: pa.Array, width: int) -> None:
    agrees(gap(width), lambda text: tidy_spaces(text, width), column)


def test_a_gap_is_four_spaces_where_no_option_says_otherwise() -> None:
    rule = ContextRule("gap", "Made up.", "tidy_spaces", fixes=(("x", "y"),), leaves=("z",))
    agrees(rule, tidy_spaces, pa.array(["ب" + " " * width + "ب" for width in range(8)]))


@PAIRS
@given(text=texts | tatweels | spaces)
def test_twice_is_once(rule: ContextRule, twin: Twin, text: str) -> None:
    once = Characters((rule,)).text(pa.array([text]))
    assert Characters((rule,)).text(once) is once


@given(st.lists(tatweels, max_size=5))
def test_tatweels_dropped_are_counted(values: list[str]) -> None:
    done = Characters((STRIP_TATWEEL,)).edit(pa.array(values, pa.string()))
    gone = sum(value.count("\u0640") for value in values) - sum(value.count("\u0640") for value in done.texts.to_pylist())
    assert sum(done.hits.values()) == gone


@given(st.lists(st.text(st.sampled_from("\r\nا"), max_size=12), max_size=5))
def test_carriage_returns_are_counted(values: list[str]) -> None:
    done = Characters((JOIN_CARRIAGE_RETURNS,)).edit(pa.array(values, pa.string()))
    assert sum(done.hits.values()) == sum(value.count("\r") for value in values)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("ب  ب\nب\n ب", 2, id="two-of-three"),
        pytest.param("ب\n\n\nب", 1, id="a-blank-line-too-many"),
        pytest.param("\nب", 1, id="a-blank-line-first"),
        pytest.param("ب\n", 1, id="a-line-end-last"),
        pytest.param("ب\n \n", 1, id="a-blank-line-last"),
    ],
)
def test_lines_tidied_are_counted(text: str, lines: int) -> None:
    assert dict(Characters((TIDY_SPACES,)).edit(pa.array([text])).hits) == {"tidy_spaces": lines}


@pytest.mark.parametrize("width", [0, -1], ids=str)
def test_a_gap_of_no_width_would_glue_words_and_is_an_error(width: int) -> None:
    with pytest.raises(ArcleanError, match=f"'gap'.*{width}"):
        Characters((gap(width),))


def test_an_option_that_the_pass_does_not_have_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ArcleanError, match=r"ContextRule 'gap': unknown option of tidy_spaces 'gop'.*'gap'"):
        Characters((gap(4, "gop"),))
