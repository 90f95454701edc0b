"""One look at a column for all passes: which of them have anything to do in which rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography import kernels

Needs = npt.NDArray[np.uint64]

MOST: Final = 64
"""How many passes one look serves: as many as a number has bits."""

_CODES: Final = 0x110000
_COMMON: Final = (*(range(first, first + 0x40) for first in range(0x600, 0x700, 0x40)), (9, 10, *range(0x20, 0x7F)))
"""The characters that are looked for as ranges of bytes: those of one first byte together, and ASCII. All others are looked up."""
_OFTEN: Final = frozenset("\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}").union(
    map(chr, (*range(0x621, 0x653), *range(0x660, 0x66A), 0x670))
)
"""Of U+0600-06FF the characters of Arabic: letters, vowels, digits and signs."""
Stretch = tuple[int, int, int, int]
"""Of neighbouring characters that the same passes want: first byte, least and greatest last byte, passes."""


@dataclass(frozen=True)
class Wants:
    """What a row holds if a pass has anything to do in it. One row too many is possible, one too few is not.

    Attributes:
        characters: one of these.
        untidy: or white space out of order: a run of it, or where a line begins or ends, or a blank line too many.
        unordered: or two vowels, one after the other, the first of which comes later in Unicode: a shadda and a vowel mostly.
        anything: or whatever; the pass is run on every row that is not empty.
    """

    characters: frozenset[str] = frozenset()
    untidy: bool = False
    unordered: bool = False
    anything: bool = False


EVERYTHING: Final = Wants(anything=True)
NOTHING: Final = Wants()


def wants(characters: Iterable[str]) -> Wants:
    """One of these characters."""
    return Wants(frozenset(characters))


@dataclass(frozen=True)
class Ranges:
    """Common characters as ranges of bytes, one of each per range; see `kernels.in_range`.

    Attributes:
        leads: uint8: the first byte, 0 for characters of ASCII.
        lows, highs: uint8: the least and the greatest last byte.
        marks: uint64: which passes want them, as bits.
    """

    leads: npt.NDArray[np.uint8]
    lows: npt.NDArray[np.uint8]
    highs: npt.NDArray[np.uint8]
    marks: Needs


@dataclass(frozen=True)
class Survey:
    """What up to 64 passes want, as tables for `kernels.survey`.

    Attributes:
        entry: uint16, shape (0x110000,): for a code point the number of the set of passes that want it.
        wanted: uint64: for each such number the passes, as bits.
        ranges: the common characters among them.
        wide: the same in half as many ranges or fewer, with characters between them that are seldom met; none if that cannot be had.
        untidy, unordered, always: the passes that want white space out of order, vowels, and those that want every row.
    """

    entry: npt.NDArray[np.uint16]
    wanted: Needs
    ranges: Ranges
    wide: Ranges
    untidy: np.uint64
    unordered: np.uint64
    always: np.uint64

    def needs(self, strings: columns.Strings, rows: npt.NDArray[np.bool_] | None = None) -> Needs:
        """For each row, or each of some, the passes that have anything to do in it, as bits.

        >>> texts = columns.view(columns.string_array(["دار", "“دار”", "دار  دار", ""]))
        >>> survey((wants("“"), Wants(untidy=True), EVERYTHING)).needs(texts).tolist()
        [4, 5, 6, 0]
        """
        begin, end = strings.bounds[:-1], strings.bounds[1:]
        if rows is not None:
            begin, end = begin[rows], end[rows]
        found = np.empty(len(begin), np.uint64)
        ranges = self.ranges
        wide = (self.wide.leads, self.wide.lows, self.wide.highs)
        tables = (self.entry, self.wanted, ranges.leads, ranges.lows, ranges.highs, ranges.marks, *wide)
        kernels.survey(begin, end, strings.data, *tables, self.untidy, self.unordered, self.always, found)
        return found


@lru_cache(maxsize=64)
def survey(passes: tuple[Wants, ...]) -> Survey:
    """One look for these passes, at most 64; bit i is about number i."""
    by_code: dict[int, int] = {}
    for bit, one in enumerate(passes):
        for char in one.characters:
            by_code[ord(char)] = by_code.get(ord(char), 0) | 1 << bit
    sets = sorted({0, *by_code.values()})
    entry = np.zeros(_CODES, np.uint16)
    entry[list(by_code)] = np.searchsorted(np.array(sets, np.uint64), np.array(list(by_code.values()), np.uint64))
    untidy, unordered, always = (
        np.uint64(sum(1 << bit for bit, one in enumerate(passes) if getattr(one, name))) for name in ("untidy", "unordered", "anything")
    )
    stretches = [one for codes in _COMMON for one in _stretches(codes, by_code)]
    joined = _widened(stretches)
    ranges, wide = _ranges(stretches), _ranges(joined if 2 * len(joined) <= len(stretches) else ())
    return Survey(entry, np.array(sets, np.uint64), ranges, wide, untidy, unordered, always)


def _ranges(stretches: Sequence[Stretch]) -> Ranges:
    leads, lows, highs, marks = zip(*stretches, strict=True) if stretches else ((), (), (), ())
    return Ranges(np.array(leads, np.uint8), np.array(lows, np.uint8), np.array(highs, np.uint8), np.array(marks, np.uint64))


def _widened(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Those of one first byte joined, if only characters are between them that are seldom met."""
    wide: list[Stretch] = []
    for lead, low, high, mark in stretches:
        if (
            wide
            and lead
            and wide[-1][0] == lead
            and not any(bytes((lead, last)).decode() in _OFTEN for last in range(wide[-1][2] + 1, low))
        ):
            wide[-1] = (*wide[-1][:2], high, mark | wide[-1][3])
        else:
            wide.append((lead, low, high, mark))
    return wide


def _stretches(codes: Sequence[int], by_code: dict[int, int]) -> Iterator[Stretch]:
    known: list[Stretch] = []
    for code in codes:
        mark = by_code.get(code, 0)
        *lead, last = chr(code).encode()
        if known and known[-1][2] == last - 1 and known[-1][3] == mark:
            known[-1] = (*known[-1][:2], last, mark)
        else:
            known.append((lead[0] if lead else 0, last, last, mark))
    return (one for one in known if one[3])
