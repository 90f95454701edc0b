"""Line rules compiled: one RE2 alternation finds the few lines that some rule names, and only those are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate import kernels
from arclean.errors import RuleError
from arclean.orthography.table import CODES, Table, fuse
from arclean.rule import CharRule, LineRule
from arclean.rules.skeleton import RULES as SKELETON
from arclean.rules.skeleton import SIGNS

Numbers = npt.NDArray[np.int64]
_BITS = {
    "short": kernels.SHORT,
    "open_ended": kernels.OPEN_ENDED,
    "amid_prose": kernels.AMID_PROSE,
    "outside_body": kernels.OUTSIDE_BODY,
}
_REPEATS = ("title_again", "line_again")
_REMEMBERED = 1 << 17


@dataclass(frozen=True)
class Shapes:
    """Short lines seen as skeletons: the column of them, and one hash, word count and character count each."""

    texts: pa.Array
    hashes: npt.NDArray[np.uint64]
    words: Numbers
    characters: Numbers


@dataclass(frozen=True)
class Group:
    """Rules with the same gates: their patterns are looked for together, and only in the lines that pass.

    Attributes:
        evidence: bits that a line must have.
        least_words, most_words: how long it must be.
        pattern: the patterns of the rules, as one.
    """

    evidence: np.uint8
    least_words: int
    most_words: int
    pattern: str

    def passing(self, words: Numbers, evidence: npt.NDArray[np.uint8]) -> Numbers:
        """The lines that pass."""
        fits = (evidence & self.evidence) == self.evidence
        return np.flatnonzero(fits & (words >= self.least_words) & (words <= self.most_words))


@dataclass
class Matcher:
    """Rules ready to be asked.

    Attributes:
        rules: the rules, in order of precedence.
        table: how a skeleton is made.
        signs: uint8, shape (0x110000,): what is passed over in front of a line.
        groups: the patterns of the rules.
        takes: int64, one per rule.
        names, categories: one per rule, as Arrow strings.
        known: skeleton to the rules whose pattern it matches. Pages repeat their furniture, so most lines are known.
    """

    rules: tuple[LineRule, ...]
    table: Table
    signs: npt.NDArray[np.uint8]
    groups: tuple[Group, ...]
    takes: Numbers
    names: pa.Array
    categories: pa.Array
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def shapes(self, data: columns.Bytes, begin: Numbers, end: Numbers) -> Shapes:
        """The skeletons of the lines ``data[begin:end]``."""
        count = len(begin)
        out, bounds = np.empty(int((end - begin).sum()), np.uint8), np.empty(count + 1, np.int64)
        hashes, words, characters = np.empty(count, np.uint64), np.empty(count, np.int64), np.empty(count, np.int64)
        table = self.table
        room = (bounds, out, hashes, words, characters)
        size = kernels.skeletons(data, begin, end, table.entry, table.start, table.size, table.pool, self.signs, *room)
        return Shapes(columns.build(bounds, out[:size]), hashes, words, characters)

    def verdicts(self, shapes: Shapes, evidence: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers, Numbers]:
        """For each line the first rule that drops it by itself, if it repeats the title, if it repeats the line before; -1 for none."""
        own, title, again = (np.full(len(evidence), -1, np.int64) for _ in range(3))
        matched = self._matched(shapes, evidence)
        for index in reversed(range(len(self.rules))):
            rule = self.rules[index]
            lines = np.arange(len(evidence)) if not rule.pattern else matched.get(index)
            if lines is not None:
                target = title if "title_again" in rule.when else again if "line_again" in rule.when else own
                target[lines[group_of(rule).passing(shapes.words[lines], evidence[lines])]] = index
        return own, title, again

    def _matched(self, shapes: Shapes, evidence: npt.NDArray[np.uint8]) -> dict[int, Numbers]:
        """For each rule the lines that its pattern matches, of those that pass the gates of some rule."""
        hit = np.zeros(len(evidence), np.bool_)
        for group in self.groups:
            lines = group.passing(shapes.words, evidence)
            if not len(lines):
                continue
            texts = shapes.texts if len(lines) == len(evidence) else shapes.texts.take(pa.array(lines))
            hit[lines[pc.match_substring_regex(texts, group.pattern).to_numpy(zero_copy_only=False)]] = True
        hits = np.flatnonzero(hit)
        if not len(hits):
            return {}
        shown = shapes.texts.take(pa.array(hits)).dictionary_encode()
        told = self._told_apart(shown.dictionary)
        which = shown.indices.to_numpy()
        texts_of: dict[int, list[int]] = {}
        for text, rules in enumerate(told):
            for rule in rules:
                texts_of.setdefault(rule, []).append(text)
        return {rule: hits[np.isin(which, some)] for rule, some in texts_of.items()}

    def _told_apart(self, texts: pa.Array) -> list[tuple[int, ...]]:
        """For each skeleton the rules whose pattern it matches. Threads may work the same one out twice; the answer is the same."""
        names = texts.to_pylist()
        known = self.known
        found = {name: known.get(name) for name in names}
        new = [name for name, rules in found.items() if rules is None]
        if new:
            found.update(self._asked(new))
            self.known = {**known, **found} if len(known) < _REMEMBERED else {}  # type: ignore[dict-item]
        return [found[name] or () for name in names]

    def _asked(self, skeletons: list[str]) -> dict[str, tuple[int, ...]]:
        column = pa.array(skeletons, pa.string())
        rules_of: list[list[int]] = [[] for _ in skeletons]
        for index, rule in enumerate(self.rules):
            if rule.pattern:
                for row in np.flatnonzero(pc.match_substring_regex(column, rule.pattern).to_numpy(zero_copy_only=False)):
                    rules_of[row].append(index)
        return dict(zip(skeletons, map(tuple, rules_of), strict=True))


@lru_cache(maxsize=32)
def matcher(rules: tuple[LineRule, ...]) -> Matcher:
    """These rules, compiled once.

    Raises:
        RuleError: a pattern holds a letter that no skeleton has, or a rule asks for both kinds of repeat.
    """
    for rule in rules:
        refuse_unreachable(rule)
    takes = np.array([rule.takes for rule in rules], np.int64)
    names = pa.array([rule.name for rule in rules], pa.string())
    categories = pa.array([rule.category for rule in rules], pa.string())
    return Matcher(rules, fuse(SKELETON), _signs(), _groups(rules), takes, names, categories)


def group_of(rule: LineRule) -> Group:
    """The gates of a rule, with its pattern alone."""
    bits = np.bitwise_or.reduce([np.uint8(0), *(_BITS[name] for name in rule.when if name in _BITS)])
    return Group(bits, rule.least_words, rule.most_words, rule.pattern)


def _groups(rules: tuple[LineRule, ...]) -> tuple[Group, ...]:
    """Anchored patterns apart from the others: together they would make RE2's automaton outgrow its memory, and then it crawls."""
    patterns: dict[tuple[np.uint8, int, int, bool], list[str]] = {}
    for rule in rules:
        if rule.pattern:
            gates = group_of(rule)
            key = (gates.evidence, gates.least_words, gates.most_words, rule.pattern.startswith("^"))
            patterns.setdefault(key, []).append(f"(?:{rule.pattern})")
    return tuple(Group(bits, least, most, "|".join(some)) for (bits, least, most, _), some in patterns.items())


@lru_cache(maxsize=1)
def _signs() -> npt.NDArray[np.uint8]:
    signs = np.zeros(CODES, np.uint8)
    for first, last in SIGNS:
        signs[first : last + 1] = 1
    return signs


def refuse_unreachable(rule: LineRule) -> None:
    """Raise if a rule can never drop a line.

    Raises:
        RuleError: see `matcher`.
    """
    if all(name in rule.when for name in _REPEATS):
        raise RuleError(f"LineRule {rule.name!r}: asks for both {' and '.join(_REPEATS)}; make two rules of it")
    if re.match(r"\^\[[^\]]*\][*+?]", rule.pattern):
        raise RuleError(
            f"LineRule {rule.name!r}: the pattern begins with a class of signs; skeletons have none in front, see docs/adding_a_rule.md"
        )
    becomes = _skeleton_of_characters()
    for char in rule.pattern:
        if char in becomes and not char.isascii():
            raise RuleError(
                f"LineRule {rule.name!r}: the pattern holds {char!r}, which no skeleton has; write {becomes[char]!r} in its place"
            )


@lru_cache(maxsize=1)
def _skeleton_of_characters() -> dict[str, str]:
    table: dict[str, str] = {}
    rule: CharRule
    for rule in SKELETON:
        table.update(rule.table)
    return table
