"""Characters: rules fused into one table do what the rules do one after the other, on any text and any layout of a column."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import ALPHABET, char_rule, char_rules, columns, texts
from twins import table_hits, translate

from arclean.columns import view
from arclean.errors import UnknownName
from arclean.orthography import kernels
from arclean.orthography.beginnings import beginnings
from arclean.orthography.characters import Characters
from arclean.orthography.table import compose, fuse
from arclean.rule import CharRule, ContextRule, PatternRule
from arclean.rules import catalogue
from arclean.rules.letters import STRIP_TATWEEL

pytestmark = pytest.mark.kernels

CATALOGUE = tuple(rule for rule in catalogue().values() if isinstance(rule, CharRule))
GROWS = char_rule({"ﷺ": "صلى الله عليه وسلم", "a": "😀😀", "ب": ""}, "grows")


def twin(rules: tuple[CharRule, ...], values: list[str | None]) -> list[str | None]:
    return [None if value is None else translate(rules, value) for value in values]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="no-rows"),
        pytest.param([None, None], id="nothing-but-nulls"),
        pytest.param(["", ""], id="empty-texts"),
        pytest.param(["دار", None, "x"], id="none-of-its-characters"),
        pytest.param(["ﷹ", "ﷻ", "b", "٪"], id="characters-that-begin-like-its-own"),
    ],
)
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_a_column_that_needs_nothing_comes_back_as_the_same_object(values: list[str | None], kind: pa.DataType) -> None:
    column = pa.array(values, kind)
    done = Characters((GROWS,)).edit(column)
    assert done.texts is column
    assert done.hits == {}


def test_no_rules_leave_the_column_alone() -> None:
    column = pa.array(["نص"])
    assert Characters(()).text(column) is column


@given(char_rules(), columns())
@example((GROWS,), pa.array(["ﷺ" * 50, None, "ab" * 9, "بب"])[1:])
@example((char_rule({"a": "b"}, "one"), char_rule({"b": "a"}, "two")), pa.array(["ab"]))
def test_fused_rules_are_the_rules_one_after_the_other(rules: tuple[CharRule, ...], column: pa.Array) -> None:
    values = column.to_pylist()
    done = Characters(rules).edit(column)
    done.texts.validate(full=True)
    assert done.texts.type == column.type
    assert done.texts.to_pylist() == twin(rules, values)
    assert (done.texts is column) == (done.texts.to_pylist() == values)


@given(char_rules(), st.lists(texts, max_size=4))
@example((char_rule({"a": "a"}, "same"), char_rule({"a": "b"}, "other")), ["aa"])
@example((char_rule({"a": "b"}, "one"), char_rule({"b": "b", "c": "d"}, "same")), ["aa"])
@example((char_rule({"a": "bb"}, "one"), char_rule({"b": ""}, "two")), ["aab"])
def test_hits_are_the_characters_that_each_rule_had_a_hand_in(rules: tuple[CharRule, ...], values: list[str]) -> None:
    counts = [table_hits(rules, value) for value in values]
    wanted = {name: sum(count.get(name, 0) for count in counts) for count in counts for name in count}
    assert dict(Characters(rules).edit(pa.array(values, pa.string())).hits) == wanted


@given(columns())
def test_all_tables_of_the_catalogue_on_any_text(column: pa.Array) -> None:
    assert Characters(CATALOGUE).text(column).to_pylist() == twin(CATALOGUE, column.to_pylist())


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.name)
def test_each_table_on_every_character_of_arabic(rule: CharRule) -> None:
    column = pa.array([*ALPHABET, ALPHABET])
    assert Characters((rule,)).text(column).to_pylist() == twin((rule,), column.to_pylist())


@given(char_rules())
def test_the_table_knows_every_code_point(rules: tuple[CharRule, ...]) -> None:
    becomes = compose(rules)
    asked = {*ALPHABET, *(char for rule in rules for char in (*rule.table, *"".join(rule.table.values())))}
    for char in asked:
        assert becomes.get(char, (char, ()))[0] == translate(rules, char)
    assert np.count_nonzero(fuse(rules).entry) == len(becomes)


@given(char_rules(most=2), st.lists(texts, min_size=1, max_size=4))
def test_room_is_made_for_what_grows_and_no_more_is_kept(rules: tuple[CharRule, ...], values: list[str]) -> None:
    column = pa.array(["x" * 1000, *values], pa.string())[1:]
    done = fuse(rules).rewrite(view(column))
    if done is not None:
        assert len(done[0].data) == sum(len(translate(rules, value).encode()) for value in values)


@pytest.mark.parametrize("count", [2**16 - 1, 2**16, 2**16 + 1, 2**17])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_column_that_outgrows_its_first_room_is_written_all_the_same(count: int, rows: int) -> None:
    rule = char_rule({"a": "bb"})
    column = pa.array([None, *["a" * (count // rows)] * rows, "c" * 50, "a" * (count % rows)])
    done = Characters((rule,)).edit(column)
    assert done.texts.to_pylist() == twin((rule,), column.to_pylist())
    assert done.hits == {"made_up": count}


@given(char_rules(most=2), columns())
def test_the_size_of_what_grows_is_known_to_the_byte(rules: tuple[CharRule, ...], column: pa.Array) -> None:
    strings, table = view(column), fuse(rules)
    size = kernels.rewritten_size(strings.bounds, strings.data, table.entry, table.size)
    assert size == sum(len(translate(rules, value or "").encode()) for value in column.to_pylist())


@given(char_rules(), columns(), st.integers(0, 8))
def test_a_slice_is_rewritten_like_the_rows_it_holds(rules: tuple[CharRule, ...], column: pa.Array, cut: int) -> None:
    cleaner = Characters(rules)
    assert cleaner.text(column)[cut:].to_pylist() == cleaner.text(column[cut:]).to_pylist()


@given(st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=30), columns())
@example(["\u0640"], pa.array(["a\u0640", "\u0640", "b"]))
@example(["\u200b", "x"], pa.array(["x", "\u200b", "\u200c"]))
@example(["a"], pa.array(["", "a", "ba"]))
@example(["\U0001f600"], pa.array(["\U0001f600", "\U0001f601"]))
def test_a_row_that_holds_a_wanted_character_is_never_passed_over(wanted: list[str], column: pa.Array) -> None:
    values = [value or "" for value in column.to_pylist()]
    holding = [any(char in value for char in wanted) for value in values]
    rows = beginnings(wanted).rows(view(column))
    found = [False] * len(values) if rows is None else rows.tolist()
    assert all(marked for marked, holds in zip(found, holding, strict=True) if holds)


@pytest.mark.parametrize("wanted", ["\u0640", "\u0640a", "\u0640\u0654", "\u0640\u0654\u0655é", "\u200b\u2028\ufeff", "\r"], ids=ascii)
def test_every_character_by_itself(wanted: str) -> None:
    rows = beginnings(wanted).rows(view(pa.array(list(ALPHABET))))
    assert rows is not None
    marked = {char for char, mark in zip(ALPHABET, rows, strict=True) if mark}
    assert marked == {char for char in ALPHABET if char in wanted}


@given(columns(), texts)
def test_no_characters_are_in_no_row(column: pa.Array, text: str) -> None:
    assert beginnings("").rows(view(column)) is None


def pattern_rule(pattern: str, becomes: str, needs: str) -> PatternRule:
    return PatternRule("pattern", "Made up.", pattern, becomes, needs, fixes=(("x", "y"),), leaves=("z",))


@given(columns(st.text(st.sampled_from("اب12 ٣a"), max_size=12)))
def test_a_pattern_runs_on_the_rows_that_hold_its_characters(column: pa.Array) -> None:
    rule = pattern_rule("([0-9]) +([0-9])", r"\1_\2", "012")
    done = Characters((rule,)).edit(column)
    values = column.to_pylist()
    wanted = [None if value is None else re.sub("([0-9]) +([0-9])", r"\1_\2", value) for value in values]
    hits = sum(len(re.findall("([0-9]) +([0-9])", value or "")) for value in values)
    assert done.texts.to_pylist() == wanted
    assert dict(done.hits) == ({"pattern": hits} if hits else {})
    assert (done.texts is column) == (not hits)


@given(char_rules(most=2), char_rules(most=2), columns())
def test_rules_of_all_kinds_run_in_the_order_given(before: Any, after: Any, column: pa.Array) -> None:
    middle = (pattern_rule("a+", "b", "a"), STRIP_TATWEEL)
    together = Characters((*before, *middle, *after)).text(column)
    one_by_one = column
    for rule in (*before, *middle, *after):
        one_by_one = Characters((rule,)).text(one_by_one)
    assert together.to_pylist() == one_by_one.to_pylist()


def test_an_operation_that_does_not_exist_is_named_with_the_nearest() -> None:
    rule = ContextRule("mine", "Made up.", "strip_tatwel", fixes=(("x", "y"),), leaves=("z",))
    with pytest.raises(UnknownName, match=r"ContextRule 'mine': unknown operation 'strip_tatwel'.*'strip_tatweel'"):
        Characters((rule,))
