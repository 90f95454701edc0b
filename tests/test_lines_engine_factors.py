"""Lines: what is read off a pattern about the words of a line is sound: no line that the pattern is found in does without."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_lines_engine_prefixes import RULES, SHAPES, patterns, texts

from arclean.boilerplate.automaton import Automaton
from arclean.boilerplate.factors import factors
from arclean.boilerplate.prefixes import alike
from arclean.rule import LineRule

words = st.text(st.sampled_from("ابج a0"), min_size=1, max_size=6).filter(str.strip)


def folded(text: str) -> str:
    return re.sub(" +", " ", alike(text))


def sound(pattern: str, shapes: list[str]) -> None:
    found = factors(pattern)
    if found is None:
        return
    assert all(text.strip() and len(text) <= 8 for text in found)
    for shape, matched in zip(shapes, pc.match_substring_regex(pa.array(shapes), pattern).to_pylist(), strict=True):
        if matched:
            assert any(text in folded(shape) for text in found), (pattern, shape, found)


@given(patterns, texts)
@example("ا{2,3}|ب", ["اا", "ااا", "ب", "با"])
@example("(?:ا|)(?:ب|1)", ["ب", "اب", "1", "ا1"])
@example("ا(?:ب|)+$", ["ا", "ابب"])
@example("ا{2}[.] ?ب", ["اا. ب", "اا.ب"])
def test_a_text_that_matches_holds_what_was_read(pattern: str, shapes: list[str]) -> None:
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid:
        assume(False)
    sound(pattern, shapes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_lines_of_all_examples_that_a_rule_matches_hold_what_was_read(rule: LineRule) -> None:
    sound(rule.pattern, SHAPES)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        pytest.param("كلمه", {"كلمه"}, id="a-word"),
        pytest.param("[^:]+: كلمه ?[.]?", {" كلمه"}, id="amid-anything"),
        pytest.param("شارك|.*طباعه", {"شارك", "طباعه"}, id="branches"),
        pytest.param("شارك|.*", None, id="a-branch-of-anything"),
        pytest.param("(?:شارك)?", None, id="may-be-missing"),
        pytest.param("(?:شارك .+)+", {"شارك "}, id="repeated"),
        pytest.param("[0-9]{4} ?/", {"0000 "}, id="digits-are-alike"),
        pytest.param("ب[^ ]*ابجده", {"ابجده"}, id="the-longer-word"),
        pytest.param("(?i)كلمه", None, id="flags"),
        pytest.param("[.!-]+", None, id="no-letters"),
    ],
)
def test_factors(pattern: str, found: Any) -> None:
    assert factors(pattern) == found


def walked(automaton: Automaton, text: str) -> int:
    state, owners = 0, 0
    for char in folded(text):
        state = int(automaton.go[state, automaton.letter[ord(char)]])
        owners |= int(automaton.found[state])
    return owners


@given(st.lists(st.none() | st.frozensets(words, max_size=5), max_size=6), st.text(st.sampled_from("ابج a1.٢د"), max_size=40))
@example([frozenset({"ابج"}), frozenset({"ب"}), frozenset({"بج", "ج ا"})], "ابج ابج")
def test_words_are_found_wherever_they_stand(owners: list[frozenset[str] | None], text: str) -> None:
    automaton = Automaton.of([None if own is None else {folded(word) for word in own} for own in owners])
    wanted = sum(1 << bit for bit, own in enumerate(owners) if own and any(folded(word) in folded(text) for word in own))
    assert walked(automaton, text) == wanted
    assert int(automaton.blind) == sum(1 << bit for bit, own in enumerate(owners) if own is None)
