"""Line rules by how their patterns begin, or by what they cannot do without, so that most lines are passed over after a few characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from arclean.boilerplate import kernels
from arclean.boilerplate.automaton import Automaton
from arclean.boilerplate.factors import factors
from arclean.boilerplate.folding import folded
from arclean.boilerplate.prefixes import END, beginnings
from arclean.errors import RuleError
from arclean.rule import LineRule

_BITS = {
    "short": kernels.SHORT,
    "open_ended": kernels.OPEN_ENDED,
    "amid_prose": kernels.AMID_PROSE,
    "outside_body": kernels.OUTSIDE_BODY,
    "no_item": kernels.NO_ITEM,
    "no_title": kernels.NO_TITLE,
}
_MOST_ANYHOW = 64
_MOST_WORDS = 255
"""A line has at most `Lines.longest` bytes, so hardly more words; a rule that allows more is held to have no limit."""


@dataclass(frozen=True)
class Needs:
    """Which characters the rules without a beginning need some of, as bytes; see `arclean.orthography.kernels.in_range`.

    Attributes:
        leads, lows, highs: uint8, one of each per range.
        afters: int32: the character, as `folding.folded` has it, that the one of the range comes after; 0 if it may come after any.
        marks: uint64: the rules that name it, as bits, in the order of `Index.anyhow`.
        free: the rules that name none.
    """

    leads: npt.NDArray[np.uint8]
    lows: npt.NDArray[np.uint8]
    highs: npt.NDArray[np.uint8]
    afters: npt.NDArray[np.int32]
    marks: npt.NDArray[np.uint64]
    free: np.uint64


@dataclass(frozen=True)
class Index:
    """What a line must have for some rule to match it. For `kernels.glance`.

    Attributes:
        prefixes: uint8, shape (PREFIXES,): by the hash of a part of a beginning, what its rules all ask for, see `kernels.glance`.
        slots: uint64, shape (SLOTS,): by the hash of a beginning, what its rules all ask for, see `kernels.glance`.
        anyhow: the rules whose pattern may begin with anything, or nearly.
        fits: uint64, shape (256,): by the evidence of a line, those of them that ask for no more, as bits.
        needs: the characters that they need.
        words: the words that they cannot do without.
        repeating: the evidence that all rules about repeated lines ask for; a bit that no line has if there are no such rules.
    """

    prefixes: npt.NDArray[np.uint8]
    slots: npt.NDArray[np.uint64]
    anyhow: tuple[int, ...]
    fits: npt.NDArray[np.uint64]
    needs: Needs
    words: Automaton
    repeating: np.uint8

    @property
    def tables(self) -> tuple[object, ...]:
        """What `kernels.glance` takes, in its order."""
        needs, words = self.needs, self.words
        some = (
            needs.leads,
            needs.lows,
            needs.highs,
            needs.afters,
            needs.marks,
            needs.free,
            words.letter,
            words.go,
            words.found,
            words.quiet,
            words.blind,
        )
        return (self.prefixes, self.slots, self.fits, *some, self.repeating)


@lru_cache(maxsize=1024)
def evidence_bits(when: tuple[str, ...]) -> np.uint8:
    """The bits of the evidence that a rule asks for."""
    bits: np.uint8 = np.uint8(sum(int(_BITS[name]) for name in set(when) if name in _BITS))
    return bits


def indexed(rules: tuple[LineRule, ...]) -> Index:
    """The index of these rules.

    Raises:
        RuleError: more than 64 rules may begin with anything.
    """
    starting: dict[str, list[int]] = {}
    anyhow = []
    for number, rule in enumerate(rules):
        found = _useful(beginnings(rule.pattern), rule) if rule.pattern else None
        for start in found or ():
            starting.setdefault(start, []).append(number)
        if found is None and not rule.repeats:
            anyhow.append(number)
    if len(anyhow) > _MOST_ANYHOW:
        raise RuleError(
            f"{len(anyhow)} rules may begin with anything, {_MOST_ANYHOW} at most can: anchor some, {rules[anyhow[-1]].name!r} first"
        )
    gates = {start: _gates(rules[number] for number in some) for start, some in starting.items()}
    most = {start: min(max(rules[number].most_words for number in some), _MOST_WORDS) for start, some in starting.items()}
    some = [rules[number] for number in anyhow]
    words = Automaton.of([factors(rule.pattern) if rule.pattern else None for rule in some])
    repeats = [rule for rule in rules if rule.repeats]
    repeating = _gates(repeats) if repeats else kernels.NEVER
    return Index(_prefixes(gates), _slots(gates, most), tuple(anyhow), _fits(some), _needs(some), words, np.uint8(repeating))


def _useful(found: frozenset[str] | None, rule: LineRule) -> frozenset[str] | None:
    """None for beginnings of a single character, if the rule's evidence tells more about a line than they do."""
    if found and min(map(len, found)) == 1 and "amid_prose" in rule.when:
        return None
    return found


def _gates(rules: Iterable[LineRule]) -> int:
    return int(np.bitwise_and.reduce([evidence_bits(rule.when) for rule in rules])) | int(kernels.ANY)


def _prefixes(gates: dict[str, int]) -> npt.NDArray[np.uint8]:
    prefixes = np.zeros(kernels.PREFIXES, np.uint8)
    for start, gate in gates.items():
        for size in range(1, len(start.rstrip(END)) + 1):
            place = _place(_hash(start[:size]), kernels.PREFIXES)
            there = int(prefixes[place])
            whole = int(kernels.WHOLE) if size == len(start) else 0
            prefixes[place] = (gate & there if there else gate) | (there | whole) & int(kernels.WHOLE)
    return prefixes


def _slots(gates: dict[str, int], most: dict[str, int]) -> npt.NDArray[np.uint64]:
    known: dict[int, tuple[int, int]] = {}
    for start, gate in gates.items():
        seed = _hash(start)
        asked, allowed = known.get(seed, (0xFF, 0))
        known[seed] = (gate & asked, max(most[start], allowed))
    slots = np.zeros(kernels.SLOTS, np.uint64)
    for seed, (asked, allowed) in known.items():
        place = _place(seed, kernels.SLOTS)
        while slots[place]:
            place = (place + 1) % kernels.SLOTS
        slots[place] = seed << 32 | allowed << 16 | asked
    return slots


def _place(seed: int, slots: int) -> int:
    return (seed ^ (seed >> 15)) & (slots - 1)


def _hash(start: str) -> int:
    seed = int(kernels.SEED)
    for char in start:
        seed = ((seed ^ (0 if char == END else ord(char))) * 0x01000193) & 0xFFFFFFFF
    return seed


def _fits(rules: list[LineRule]) -> npt.NDArray[np.uint64]:
    fits = np.zeros(256, np.uint64)
    for bits in range(256):
        fits[bits] = sum(1 << bit for bit, rule in enumerate(rules) if bits & evidence_bits(rule.when) == evidence_bits(rule.when))
    return fits


def _needs(rules: list[LineRule]) -> Needs:
    """Characters by what they come after and their first two bytes, or one; neighbours that the same rules need are one range."""
    marks: dict[tuple[int, int, int], int] = {}
    for bit, rule in enumerate(rules):
        for need in rule.needs:
            before, char = ("", need) if need.isascii() else (need[:-1], need[-1])
            data = char.encode()
            after = int(folded()[ord(before)]) if before else 0
            place = (after, data[0], data[1]) if len(data) > 1 else (after, 0, data[0])
            marks[place] = marks.get(place, 0) | 1 << bit
    ranges: list[list[int]] = []
    for (after, lead, last), mark in sorted(marks.items()):
        if ranges and ranges[-1][:2] == [after, lead] and ranges[-1][3] == last - 1 and ranges[-1][4] == mark:
            ranges[-1][3] = last
        else:
            ranges.append([after, lead, last, last, mark])
    leads, lows, highs = (np.array([one[i] for one in ranges], np.uint8) for i in (1, 2, 3))
    free = sum(1 << bit for bit, rule in enumerate(rules) if not rule.needs)
    afters, bits = np.array([one[0] for one in ranges], np.int32), np.array([one[4] for one in ranges], np.uint64)
    return Needs(leads, lows, highs, afters, bits, np.uint64(free))
