"""Line rules compiled: which lines a rule may name is told by how they begin; RE2 is asked about those alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import re2

from arclean import columns
from arclean.boilerplate import kernels
from arclean.boilerplate.folding import folded
from arclean.boilerplate.index import Index, evidence_bits, indexed
from arclean.errors import RuleError
from arclean.orthography.table import CODES, Table, fuse
from arclean.rule import CharRule, LineRule, once_compiled
from arclean.rules.skeleton import RULES as SKELETON
from arclean.rules.skeleton import SIGNS

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]
_REPEATS = ("title_again", "line_again", "announced")
_COMPILING = 10
"""Arrow compiles a pattern at every call, which costs as much as to match so many lines for each of its characters one by one."""
_REMEMBERED = 1 << 15
"""Skeletons whose answer is kept: some 8 MB. Furniture is among the first thousands; lines that never come again fill the rest."""
_MEMORY = 64 << 20
"""Bytes for the automaton of a set of patterns. With the 8 MiB that RE2 has by default it would be thrown away and rebuilt all the time."""


@dataclass(frozen=True)
class Shapes:
    """Short lines seen as skeletons: the column of them, one word count each, and a hash, or 0 if a line repeats none."""

    texts: pa.Array
    hashes: npt.NDArray[np.uint64]
    words: Numbers

    @cached_property
    def _all(self) -> bytes:
        data = self.texts.buffers()[2]
        return b"" if data is None else bytes(data)

    def encoded(self, lines: Numbers) -> list[bytes]:
        """Some of the texts as the UTF-8 that they are: RE2 would have to encode a str again."""
        data, bounds = self._all, columns.view(self.texts).bounds
        return [data[first:last] for first, last in zip(bounds[lines].tolist(), bounds[lines + 1].tolist(), strict=True)]


@dataclass(frozen=True)
class Glance:
    """What a first look at some lines told, one of each per line; see `kernels.glance`.

    Attributes:
        evidence: uint8, bits.
        held: uint64: the rules without a beginning that it may be one for, as bits, in the order of `Index.anyhow`.
        wanted: uint8: why it is worth a second look, as bits.
        limit: uint8: the most words that one of the rules allows whose beginning it has.
    """

    evidence: Flags
    held: npt.NDArray[np.uint64]
    wanted: Flags
    limit: Flags

    @classmethod
    def blank(cls, lines: int) -> Glance:
        """Of so many lines, before anything is told."""
        return cls(np.zeros(lines, np.uint8), np.zeros(lines, np.uint64), np.zeros(lines, np.uint8), np.zeros(lines, np.uint8))

    def of(self, lines: Numbers) -> Glance:
        """The same for some of the lines."""
        return Glance(self.evidence[lines], self.held[lines], self.wanted[lines], self.limit[lines])


@dataclass
class Matcher:
    """Rules ready to be asked.

    Attributes:
        rules: the rules, in order of precedence.
        table: how a skeleton is made.
        folded: int32, shape (0x110000,): the skeleton of a code point as beginnings have it, -1 for none.
        signs: uint8, shape (0x110000,): what is passed over in front of a line.
        index: the rules by how their patterns begin.
        takes: int64, one per rule.
        names, categories: one per rule, as Arrow strings.
        patterns: the patterns that say how a line begins, compiled as a set; the others are searched for one by one.
        patterned: for each pattern of the set, its rule.
        known: skeleton in UTF-8 to the patterns that match it. Pages repeat their furniture, so most lines are known.
    """

    rules: tuple[LineRule, ...]
    table: Table
    folded: npt.NDArray[np.int32]
    signs: npt.NDArray[np.uint8]
    index: Index
    takes: Numbers
    names: pa.Array
    categories: pa.Array
    patterns: Any
    patterned: tuple[int, ...]
    known: dict[bytes, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def repeating(self) -> tuple[int, ...]:
        """The rules about repeated lines."""
        return tuple(number for number, rule in enumerate(self.rules) if rule.repeats)

    def shapes(self, data: columns.Bytes, begin: Numbers, end: Numbers, repeats: npt.NDArray[np.bool_]) -> Shapes:
        """The skeletons of the lines ``data[begin:end]``; hashes where a line may repeat another."""
        count = len(begin)
        out, bounds = columns.room(int((end - begin).sum())), np.empty(count + 1, np.int64)
        hashes, words = np.empty(count, np.uint64), np.empty(count, np.int64)
        table = self.table
        room = (repeats, bounds, out, hashes, words)
        size = kernels.skeletons(data, begin, end, table.entry, table.start, table.size, table.pool, self.signs, *room)
        return Shapes(columns.build(bounds, out[:size]), hashes, words)

    @cached_property
    def gates(self) -> tuple[Numbers, Numbers, Flags]:
        """The least words, the most, and the bits of evidence that each rule asks for."""
        least, most = (np.array([getattr(rule, name) for rule in self.rules], np.int64) for name in ("least_words", "most_words"))
        return least, most, np.array([evidence_bits(rule.when) for rule in self.rules], np.uint8)

    def alone(self, shapes: Shapes, seen: Glance, listed: Numbers) -> Numbers:
        """For each line the first rule that drops it whatever comes before it, or -1.

        ``listed`` is the rule of each line that is part of a table of contents, or -1; it has a line that no other rule has.
        """
        own = np.full(len(shapes.words), len(self.rules), np.int64)
        begun = (seen.wanted & 1 != 0) & (shapes.words <= seen.limit)
        lines, rules = self._beginning(shapes, np.flatnonzero(begun))
        fitting = self._fitting(rules, shapes.words[lines], seen.evidence[lines])
        np.minimum.at(own, lines[fitting], rules[fitting])
        held = np.bitwise_or.reduce(seen.held, initial=np.uint64(0))
        for bit, rule in enumerate(self.index.anyhow):
            if held & (one := np.uint64(1 << bit)):
                self._ask(rule, shapes, seen, np.flatnonzero(seen.held & one), own)
        own[own == len(self.rules)] = -1
        return np.where(own < 0, listed, own)

    def asked(self, kind: str, shapes: Shapes, seen: Glance, lines: Numbers) -> Numbers:
        """For each line the first rule of a kind of repeats that fits it and names it, or -1.

        None but these ``lines`` are asked about.
        """
        target = np.full(len(shapes.words), len(self.rules), np.int64)
        for rule in self.repeating if len(lines) else ():
            if kind in self.rules[rule].when:
                self._ask(rule, shapes, seen, lines, target)
        target[target == len(self.rules)] = -1
        return target

    def _ask(self, number: int, shapes: Shapes, seen: Glance, lines: Numbers, target: Numbers) -> None:
        """Enter the rule of this number for those of the lines that it fits and that no earlier one is entered for."""
        lines = lines[target[lines] > number]
        lines = lines[self._fitting(number, shapes.words[lines], seen.evidence[lines])]
        target[_searched(self.rules[number], shapes, lines)] = number

    def _fitting(self, rules: Numbers | int, words: Numbers, evidence: Flags) -> npt.NDArray[np.bool_]:
        """Which lines pass the gates of a rule, or each of its own."""
        least, most, bits = (gate[rules] for gate in self.gates)
        passing: npt.NDArray[np.bool_] = (words >= least) & (words <= most) & ((evidence & bits) == bits)
        return passing

    def _beginning(self, shapes: Shapes, lines: Numbers) -> tuple[Numbers, Numbers]:
        """Those of the lines that a pattern matches that says how a line begins, and the rule whose it is; a line for each such rule."""
        known, some = self.known, shapes.encoded(lines)
        found = list(map(known.get, some))
        for place in [place for place, rules in enumerate(found) if rules is None]:
            found[place] = known[some[place]] = tuple(self.patterns.Match(some[place]) or ())
        pairs = [(place, rule) for place, rules in enumerate(found) if rules for rule in rules]
        if len(known) > _REMEMBERED:
            self.known = {}
        both = np.array(pairs, np.int64).reshape(-1, 2)
        return lines[both[:, 0]], np.array(self.patterned, np.int64)[both[:, 1]]


def _searched(rule: LineRule, shapes: Shapes, lines: Numbers) -> Numbers:
    """Those of the lines in which the rule's pattern is found."""
    if not rule.pattern or not len(lines):
        return lines
    if len(lines) < _COMPILING * len(rule.pattern):
        match = _alone(rule.pattern).Match
        return lines[[match(text) is not None for text in shapes.encoded(lines)]]
    found: Numbers = lines[pc.match_substring_regex(shapes.texts.take(pa.array(lines)), rule.pattern).to_numpy(zero_copy_only=False)]
    return found


@lru_cache(maxsize=4096)
def _alone(pattern: str) -> Any:
    return _compiled([pattern], re2.Set.SearchSet)


@once_compiled
def matcher(rules: tuple[LineRule, ...]) -> Matcher:
    """These rules, compiled once.

    Raises:
        RuleError: a pattern holds a letter that no skeleton has, or a rule asks for two kinds of repeat.
    """
    for rule in rules:
        refuse_unreachable(rule)
    takes = np.array([rule.takes for rule in rules], np.int64)
    names = pa.array([rule.name for rule in rules], pa.string())
    categories = pa.array([rule.category for rule in rules], pa.string())
    index = indexed(rules)
    patterned = tuple(number for number, rule in enumerate(rules) if not rule.repeats and number not in index.anyhow)
    patterns = _compiled([rules[number].pattern for number in patterned], re2.Set.MatchSet)
    return Matcher(rules, fuse(SKELETON), folded(), _signs(), index, takes, names, categories, patterns, patterned)


def _compiled(patterns: list[str], kind: Any) -> Any:
    """The patterns as one set, which says of a text all that match it: from its beginning, or anywhere."""
    options = re2.Options()
    options.max_mem = _MEMORY
    together = kind(options)
    for pattern in patterns:
        together.Add(pattern)
    together.Compile()
    return together


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
    kinds = [name for name in _REPEATS if name in rule.when]
    if len(kinds) > 1:
        raise RuleError(f"LineRule {rule.name!r}: asks for both {' and '.join(kinds)}; make two rules of it")
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
