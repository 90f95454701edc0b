"""Explain: one rule at a time, by the same kernels; ends where `clean` ends, with lines numbered as in the text that the part was given."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_parts import Reversed, Score, no_stars
from strategies import char_rules, pages, texts

import arclean
from arclean import Characters, CharRule, Filter, Lines, Pipeline
from arclean.explain import Change, Difference, _around, differences
from arclean.rules import get
from arclean.rules.samples import MORE, PROSE

PRETRAIN: Final = arclean.load("pretrain")
OWN: Final = Pipeline((*PRETRAIN.parts[:2], no_stars, Reversed(), Score(), Filter("words", 2)))
PIPES: Final = pytest.mark.parametrize("pipe", [arclean.load("light"), PRETRAIN, OWN], ids=["light", "pretrain", "own"])
documents: Final = texts | pages()
RIGHTS: Final = f"{PROSE}\nجميع الحقوق محفوظة"
STEERING: Final = {*map(chr, range(9)), *map(chr, range(0x0B, 0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0x202A, 0x202F))}


def redone(before: str, change: Change) -> str:
    """The text before with the differences of a change put into it, bottom up."""
    lines = before.split("\n")
    for one in reversed(change.differences):
        at = one.line - 1
        assert tuple(lines[at : at + len(one.before)]) == one.before
        lines[at : at + len(one.before)] = one.after
    return "\n".join(lines)


@PIPES
@given(text=documents)
def test_it_ends_where_clean_ends(pipe: Pipeline, text: str) -> None:
    told = pipe.explain(text)
    assert (told.before, told.after) == (text, pipe.clean(text))
    assert bool(told.changes) == (told.before != told.after)


@given(documents)
def test_the_changes_of_characters_put_one_after_the_other_make_the_text_that_lines_are_cut_from(text: str) -> None:
    so_far = text
    for change in PRETRAIN.explain(text).changes:
        if change.step == "characters":
            so_far = redone(so_far, change)
    assert so_far == Pipeline(PRETRAIN.parts[:1]).clean(text)


@given(pages())
def test_lines_that_went_are_numbered_as_in_the_text_that_they_were_cut_from(text: str) -> None:
    given_lines = Pipeline(PRETRAIN.parts[:1]).clean(text).split("\n")
    for change in PRETRAIN.explain(text).changes:
        if change.step == "lines":
            assert change.category
            for one in change.differences:
                assert one.after == ()
                assert [given_lines[one.line - 1].strip(" \t")] == list(one.before)


@given(documents)
def test_the_changes_are_those_that_the_tally_counts(text: str) -> None:
    tally = PRETRAIN.apply(pa.record_batch({"text": [text]})).tally
    told = PRETRAIN.explain(text)
    assert {change.rule for change in told.changes} == set(tally.rules)
    assert sum(len(change.differences) for change in told.changes if change.step == "lines") == tally.lines_removed


@given(char_rules(), texts)
def test_every_change_shows_a_difference_even_where_rules_undo_one_another(rules: tuple[CharRule, ...], text: str) -> None:
    told = Pipeline((Characters(rules),)).explain(text)
    assert all(change.differences for change in told.changes)
    so_far = text
    for change in told.changes:
        so_far = redone(so_far, change)
    assert so_far == told.after


def test_a_change_names_the_step_the_rule_its_reason_and_its_category() -> None:
    told = PRETRAIN.explain(f"{PROSE}\n\nجميع الحقوق محفوظة\n{MORE}ـ")
    assert [(change.step, change.rule, change.why, change.category) for change in told.changes] == [
        ("characters", "strip_tatweel", get("strip_tatweel").why, ""),
        ("lines", "rights_line", get("rights_line").why, "copyright"),
    ]
    assert told.changes[0].differences == (Difference(4, (f"{MORE}ـ",), (MORE,)),)
    assert told.changes[1].differences == (Difference(3, ("جميع الحقوق محفوظة",), (), PROSE, MORE),)


def test_a_part_without_rules_is_told_too() -> None:
    told = OWN.explain("*نص*")
    assert [(change.step, change.rule) for change in told.changes] == [("each", ""), ("reversed", "")]
    assert told.changes[1].why == "Turns each text round."
    assert told.measures == {"lines_removed": 0, "score": 4.0, "words": 1}
    assert told.drop == "words_low"


def test_rules_that_cut_in_several_rounds_keep_the_numbers_of_the_text_given() -> None:
    told = PRETRAIN.explain(f"رياضة | محليات\n{PROSE}\nجميع الحقوق محفوظة\n\nاقتصاد")
    assert [(one.line, one.before) for change in told.changes for one in change.differences] == [
        (1, ("رياضة | محليات",)),
        (5, ("اقتصاد",)),
        (3, ("جميع الحقوق محفوظة",)),
    ]


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8), st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8))
def test_differences_make_the_one_text_of_the_other(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    change = Change("", "", "", "", differences(before, after))
    assert redone(before, change) == after
    assert bool(change.differences) == (before != after)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("نص", ["nothing changes", "measures", "kept"], id="nothing"),
        pytest.param("", ["nothing changes", "measures", "rejected  words_low"], id="empty"),
        pytest.param("جمـيل", ["characters  strip_tatweel", "   1 - \u2068جمـيل\u2069", "   1 + \u2068جميل\u2069", "kept"], id="a-letter"),
        pytest.param("ا\u202eب", ["   1 - \u2068ا<U+202E>ب\u2069"], id="what-steers-the-display-is-written-out"),
        pytest.param(RIGHTS, ["lines  rights_line  [copyright]", "   2 - \u2068جميع الحقوق محفوظة\u2069"], id="a-line"),
    ],
)
def test_printed_it_reads_right_in_a_terminal(text: str, shown: list[str]) -> None:
    printed = str(PRETRAIN.explain(text))
    for piece in shown:
        assert piece in printed


@given(documents)
def test_printed_it_never_steers_the_terminal(text: str) -> None:
    printed = str(PRETRAIN.explain(text))
    assert not set(printed) & STEERING
    assert printed.count("\u2068") == printed.count("\u2069")


def test_it_is_told_for_lines_alone_as_well() -> None:
    lines = next(part for part in PRETRAIN.parts if isinstance(part, Lines))
    assert Pipeline((lines,)).explain(f"{PROSE}\nجميع الحقوق محفوظة").after == PROSE


def test_a_line_that_went_is_shown_with_the_lines_around_it() -> None:
    (change,) = PRETRAIN.explain(f"{PROSE}\n\nجميع الحقوق محفوظة").changes
    assert change.differences == (Difference(3, ("جميع الحقوق محفوظة",), (), PROSE),)


def test_lines_that_went_one_after_the_other_share_what_is_shown_around_them() -> None:
    told = str(PRETRAIN.explain(f"{PROSE}\nجميع الحقوق محفوظة\nجميع الحقوق محفوظة لصحيفة الجسر\n{MORE}"))
    assert [line.split("\N{FIRST STRONG ISOLATE}")[0].strip() for line in told.split("\n")[1:5]] == ["|", "2 -", "3 -", "|"]


@given(st.lists(st.sampled_from(["", " ", "\t", "أ", "ب ", " ج"]), min_size=1, max_size=8))
def test_around_a_line_stand_the_next_ones_that_are_not_blank(text: list[str]) -> None:
    for i, (above, below) in enumerate(_around(text)):
        assert above == next((line.strip() for line in reversed(text[:i]) if line.strip()), "")
        assert below == next((line.strip() for line in text[i + 1 :] if line.strip()), "")
