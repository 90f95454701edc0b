"""Lines: what is read off a pattern about the beginnings of a line is sound: no line that the pattern matches begins otherwise."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import twins
from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import FURNITURE

from arclean.boilerplate.lines import Lines
from arclean.boilerplate.prefixes import DEPTH, END, alike, beginnings
from arclean.rule import LineRule
from arclean.rules import catalogue

RULES: Final = [rule for rule in catalogue().values() if isinstance(rule, LineRule) and rule.pattern]
SHAPES: Final = sorted({twins.skeleton(line.strip()) for line in FURNITURE})

PLAIN: Final = ("ا", "ب", "a", "b", " ", "1", "©", ".", ":", r"\.", r"\x{627}", r"\x{1f600}")
CLASSES: Final = ("[اب]", "[a-c1]", "[^ا]", r"[\p{N}a]", r"\p{L}", r"\s", "[ -/]")
atoms: Final = st.sampled_from((*PLAIN, *CLASSES, "(?:$)"))
many: Final = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "*?", "+?", "??"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequence = st.lists(st.tuples(inner, many).map("".join), min_size=1, max_size=4).map("".join)
    choice = st.lists(sequence, min_size=1, max_size=3).map("|".join)
    return sequence | choice.map("(?:{})".format) | choice.map("({})".format)


frames: Final = st.sampled_from(["^{}", "^{}", "^{}$", "{}", "(?i)^{}", "^(?:{})", "(?:^{})"])
patterns: Final = st.builds(lambda frame, inner: str(frame.format(inner)), frames, st.recursive(atoms, grown, max_leaves=8))
texts: Final = st.lists(st.text(st.sampled_from("اابab 1.:©😀!"), max_size=9), min_size=1, max_size=30)


def sound(pattern: str, shapes: list[str]) -> None:
    found = beginnings(pattern)
    if found is None:
        return
    assert all(0 < len(start) <= DEPTH for start in found)
    for shape, matched in zip(shapes, pc.match_substring_regex(pa.array(shapes), pattern).to_pylist(), strict=True):
        if matched:
            assert any((alike(shape) + END).startswith(start) for start in found), (pattern, shape, found)


@given(patterns, texts)
@example("^(?:اب|ا?ب$)", ["اب", "ب", "ابا", "بب"])
@example("^ا{2,3}$|^ب", ["اا", "ااا", "ب"])
@example("^$", [""])
@example("^(?:ا|)(?:ب|1)", ["ب", "اب", "1", "ا1"])
@example("^[^ا]ب", ["بب", "1ب", "😀ب"])
def test_a_text_that_matches_begins_as_was_read(pattern: str, shapes: list[str]) -> None:
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid:
        assume(False)
    sound(pattern, shapes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_lines_of_all_examples_that_a_rule_matches_begin_as_was_read(rule: LineRule) -> None:
    sound(rule.pattern, SHAPES)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        pytest.param("^كلمه", {"كلمه"}, id="a-word"),
        pytest.param("^كلمه$", {f"كلمه{END}"}, id="a-whole-line"),
        pytest.param("^(?:ا|ب)ج", {"اج", "بج"}, id="branches"),
        pytest.param("^[12] ?ج", {"0ج", "0 ج"}, id="digits-are-alike"),
        pytest.param("كلمه", None, id="not-anchored"),
        pytest.param("^ا|ب", None, id="one-branch-not-anchored"),
        pytest.param("^.*كلمه", None, id="anything-first"),
        pytest.param("^(?i:كلمه)?$", None, id="may-be-empty"),
    ],
)
def test_beginnings(pattern: str, found: Any) -> None:
    assert beginnings(pattern) == found


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.needs], ids=lambda rule: rule.name)
def test_no_example_is_matched_without_the_characters_that_its_rule_needs(rule: LineRule) -> None:
    for line in FURNITURE:
        if twins.matches(rule.pattern, twins.skeleton(line.strip())):
            assert any(need in line or need in twins.skeleton(line) for need in rule.needs), line


NEEDY: Final = LineRule("vault", "Made up.", "copyright", ("في محفوظات",), ("في الخزانة",), pattern="محفوظ", needs=("وظ", "rv"))


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        pytest.param("لفظ منظوم", False, id="the-letter-after-another"),
        pytest.param("ظل", False, id="the-letter-in-front"),
        pytest.param("محفو ظ", False, id="a-space-between"),
        pytest.param("محفوظات", True, id="both"),
        pytest.param("ظل منظوم محفوظات", True, id="both-after-the-letter-alone"),
        pytest.param("محفو\N{ARABIC FATHA}\N{ARABIC SHADDA}ظات", True, id="marks-between"),
        pytest.param("محفو\N{ARABIC TATWEEL}ظات", True, id="tatweel-between"),
        pytest.param("ز" * 30 + "محفو" + "\N{ARABIC FATHA}" * 40 + "ظات", True, id="further-apart-than-is-looked-at-together"),
    ],
)
def test_a_pair_that_a_rule_needs_is_found_as_skeletons_have_it(line: str, goes: bool) -> None:
    assert Lines((NEEDY,)).text(pa.array([line])).to_pylist() == ["" if goes else line]
