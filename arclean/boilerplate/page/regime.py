"""Whole pages turned to text, found among the rows of a column, and the evidence about their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from arclean.boilerplate.kernels import SHORT_CHARACTERS, lines_of
from arclean.boilerplate.page import kernels
from arclean.boilerplate.prefixes import folds
from arclean.errors import RuleError
from arclean.orthography.table import compose
from arclean.rule import LineRule
from arclean.rules import page as knowledge
from arclean.rules.skeleton import RULES as SKELETON

if TYPE_CHECKING:
    from arclean.boilerplate.lines import Page

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]
EVIDENCE: Final = {"outside_main": kernels.OUTSIDE, "page_label": kernels.LABEL}
"""The evidence that this engine finds, by the bit it sets."""


def asks_for_page(rule: LineRule) -> bool:
    """Whether a rule drops lines of whole pages alone."""
    return any(name in EVIDENCE for name in rule.when)


@lru_cache(maxsize=1)
def folded() -> npt.NDArray[np.int32]:
    """int32, shape (0x110000,): the skeleton of a code point, letters and digits alone; a space for other signs, -1 for nothing."""
    shapes: npt.NDArray[np.int32] = folds().copy()
    shapes[ord("©")] = ord(" ")
    for char, (text, _) in compose(SKELETON).items():
        shapes[ord(char)] = folds()[ord(text)] if text else -1
    return shapes


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their hashes. For `kernels.place`.

    Attributes:
        keys: uint64, a power of two of them; 0 is nothing.
        marks: uint8, one per key.
        openings: bool, shape (`kernels.OPENINGS`,): how the phrases begin.
    """

    keys: npt.NDArray[np.uint64]
    marks: Flags
    openings: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, marked: Iterable[tuple[str, np.uint8]]) -> Lexicon:
        """The phrases with their marks; a phrase that comes twice has both."""
        given = list(marked)
        some = [(key_of(text), mark) for text, mark in given]
        size = 1 << max(4, (2 * len(some)).bit_length())
        keys, marks = np.zeros(size, np.uint64), np.zeros(size, np.uint8)
        for key, mark in some:
            at = int(kernels.place(keys, np.uint64(key)))
            keys[at] = key
            marks[at] |= mark
        openings = np.zeros(kernels.OPENINGS, np.bool_)
        openings[[_opening_of(text) for text, _ in given]] = True
        return cls(keys, marks, openings)


def key_of(text: str) -> int:
    """The hash of the words of a text, as `kernels.phrase` has it."""
    data = np.frombuffer(text.encode(), np.uint8)
    return int(kernels.phrase(data, np.uint64(0), np.uint64(len(data)), folded()))


def _opening_of(text: str) -> int:
    """Where `kernels.opening` places a text."""
    data = np.frombuffer(text.encode(), np.uint8)
    return int(kernels.opening(data, np.uint64(0), np.uint64(len(data)), folded()))


@lru_cache(maxsize=1)
def frames() -> Lexicon:
    """The phrases of a page's frame."""
    sure = set(map(key_of, knowledge.FRAME))
    sections = [text for text in knowledge.SECTIONS if key_of(text) not in sure]
    return Lexicon.of([*((text, kernels.FRAME) for text in knowledge.FRAME), *((text, kernels.SECTION) for text in sections)])


@lru_cache(maxsize=1)
def words() -> Lexicon:
    """Words and headings that tell what a line is."""
    kinds = (
        (knowledge.FUNCTION_WORDS, kernels.FUNCTION),
        (knowledge.MEASURES, kernels.MEASURE),
        (knowledge.ORDINALS, kernels.ORDINAL),
        (knowledge.HEADINGS, kernels.HEAD),
        (knowledge.SITE_WORDS, kernels.SITE),
        (knowledge.WORKS, kernels.WORK),
        (knowledge.OTHERS, kernels.OTHER),
    )
    return Lexicon.of((text, mark) for texts, mark in kinds for text in texts)


def _tells(rule: LineRule) -> int:
    """What it tells of a page that this rule cut a line of it."""
    told = {
        kernels.SPEAKS: rule.category in knowledge.FURNITURE,
        kernels.SURE: rule.category in knowledge.FURNITURE and "outside_body" not in rule.when,
        kernels.DATED: rule.category == "byline",
        kernels.THREAD: rule.name in knowledge.THREAD,
        kernels.CRUMB: rule.category == "breadcrumb" or rule.name in knowledge.CRUMBS,
        kernels.REPEAT: "title_again" in rule.when,
        kernels.FOOT: rule.category in knowledge.FOOT,
        kernels.OWNS: rule.category == knowledge.OWNER,
        kernels.ENDS: rule.category in knowledge.ENDING,
    }
    return sum(int(bit) for bit, holds in told.items() if holds)


@dataclass(frozen=True)
class Told:
    """The lines of whole pages that are not blank, and what was found about them.

    Attributes:
        lines: int64: their numbers in the column.
        features: int64, lines x `kernels.FEATURES`.
        flags: uint8: bits of evidence.
    """

    lines: Numbers
    features: Numbers
    flags: Flags


@dataclass(frozen=True)
class Regime:
    """The rules that ask whether their document is a whole page.

    Attributes:
        rules: in order.
        first: the number of the first of them in the account; those before are the rules that know no pages.
        tells: uint16, one per rule that the account knows: what it tells of a page that the rule cut a line.
    """

    rules: tuple[LineRule, ...]
    first: int
    tells: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, others: tuple[LineRule, ...], rules: tuple[LineRule, ...]) -> Regime:
        """From the rules that know no pages, and those that do.

        Raises:
            RuleError: a rule asks for evidence that is not to be had together with that of pages.
        """
        for rule in rules:
            if wrong := set(rule.when) - {*EVIDENCE, "short", "open_ended"}:
                raise RuleError(
                    f"LineRule {rule.name!r}: asks for {' and '.join(sorted(wrong))} and for a whole page; make two rules of it"
                )
        return cls(rules, len(others), np.array([_tells(rule) for rule in (*others, *rules)], np.uint16))

    def cut(self, page: Page, rule_of: Numbers) -> npt.NDArray[np.bool_]:
        """Adds to ``rule_of`` the lines that these rules name; answers which rows are whole pages."""
        whole = np.zeros(len(page.strings), np.bool_)
        if not self.rules:
            return whole
        framed, known = np.zeros(len(page.row_of), np.uint8), frames()
        where = (page.row_of, page.begin, page.end, page.strings.data)
        kernels.regimes(*where, rule_of, self.tells, folded(), known.keys, known.marks, known.openings, framed, whole)
        if whole.any():
            lines = lines_of(page.row_of, np.flatnonzero(whole))
            lines = lines[page.end[lines] > page.begin[lines]]
            told = self._told(page, lines, rule_of, framed)
            free = rule_of[lines] < 0
            for number, rule in reversed([*enumerate(self.rules, self.first)]):
                rule_of[lines[free & _fits(rule, page, told)]] = number
        return whole

    def _told(self, page: Page, lines: Numbers, rule_of: Numbers, framed: Flags) -> Told:
        begin, end, row_of = page.begin[lines], page.end[lines], page.row_of[lines]
        features, phrases = np.empty((len(lines), kernels.FEATURES), np.int64), np.empty(len(lines), np.uint64)
        known = words()
        kernels.features(page.strings.data, begin, end, folded(), known.keys, known.marks, features, phrases)
        bounds = np.flatnonzero(np.r_[True, row_of[1:] != row_of[:-1], True])
        weights, flags = np.empty(len(lines), np.int64), np.zeros(len(lines), np.uint8)
        known_as = np.where(_in_contents(features, phrases, row_of) & (rule_of[lines] < 0), kernels.CONTENTS, framed[lines])
        about = (folded(), features, phrases, _times(phrases, row_of), rule_of[lines], known_as, self.tells)
        kernels.main_texts(page.strings.data, begin, end, bounds, *about, weights, flags)
        return Told(lines, features, flags)


LEAST_CONTENTS = 3
"""A table of contents has so many lines."""


def _in_contents(features: Numbers, phrases: npt.NDArray[np.uint64], row_of: Numbers) -> npt.NDArray[np.bool_]:
    """Which lines are a number and what a line further down says: a table of contents."""
    lines = np.arange(len(row_of))
    _, which = np.unique(np.r_[_salted(phrases, row_of), _salted(features[:, kernels.REST].view(np.uint64), row_of)], return_inverse=True)
    last = np.full(len(which), -1)
    np.maximum.at(last, which[: len(lines)], lines)
    found: npt.NDArray[np.bool_] = (features[:, kernels.KIND] & kernels.NUMBERED != 0) & (last[which[len(lines) :]] > lines)
    return found & (np.bincount(row_of, found)[row_of] >= LEAST_CONTENTS)


def _salted(phrases: npt.NDArray[np.uint64], row_of: Numbers) -> npt.NDArray[np.uint64]:
    salted: npt.NDArray[np.uint64] = phrases + row_of.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return salted


def _times(phrases: npt.NDArray[np.uint64], row_of: Numbers) -> Numbers:
    """How often the words of each line come in its row; 1 for a line without words."""
    _, which, counts = np.unique(_salted(phrases, row_of), return_inverse=True, return_counts=True)
    times: Numbers = np.where(phrases == 0, 1, counts[which])
    return times


def _fits(rule: LineRule, page: Page, told: Told) -> npt.NDArray[np.bool_]:
    """Which of the lines a rule names."""
    features = told.features
    passing: npt.NDArray[np.bool_] = np.ones(len(told.lines), np.bool_)
    for name in rule.when:
        if name in EVIDENCE:
            passing &= told.flags & EVIDENCE[name] != 0
        elif name == "short":
            passing &= features[:, kernels.CHARS] <= SHORT_CHARACTERS
        else:
            passing &= (features[:, kernels.END] != kernels.SENTENCE) & (features[:, kernels.END] != kernels.COLON)
    passing &= (features[:, kernels.WORDS] >= rule.least_words) & (features[:, kernels.WORDS] <= rule.most_words)
    if rule.pattern:
        passing[passing] = page.matches(rule.pattern, told.lines[passing])
    return passing
