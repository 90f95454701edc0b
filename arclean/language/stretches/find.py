"""Stretches: which parts of a column are in another language than they should be, and which of them somebody quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.language.identify import CODES, IN_LATIN, OTHER_LATIN, identify_spans
from arclean.language.stretches import kernels
from arclean.rules import classes, quotations, signs

UNITS: Final = ("sentence", "line")
_BYTES: Final = 48
"""Of a short sentence: if there are more of them than this leaves room for, they are parted again."""

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stretches:
    """Stretches of a column, in order, one entry for each.

    Attributes:
        row, line: int64: where it stands; lines are numbered from 1.
        begin, end: int64: the bytes that it takes, white space around it aside.
        language: int64: index into `arclean.language.identify.CODES`.
        score: 0-1, of that language.
        letters: int64: how many it has.
        quoted: bool: whether the text around it quotes it: all of it stands in quotation marks or brackets, or it begins behind a
            colon, or a sentence in the other script goes on around it.
    """

    row: Numbers
    line: Numbers
    begin: Numbers
    end: Numbers
    language: Numbers
    score: npt.NDArray[np.float64]
    letters: Numbers
    quoted: Flags

    def where(self, chosen: Flags) -> Stretches:
        """Some of them."""
        return Stretches(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def foreign(strings: columns.Strings, unit: str, kept: Flags, letters: int, least: float) -> Stretches:
    """The sentences, or lines, that are in a language which is not kept; neighbours in one language are one stretch.

    What is in Latin letters and holds a sign of programs is in none.

    Args:
        strings: the column.
        unit: one of `UNITS`.
        kept: one for each of `CODES`.
        letters: a stretch of fewer is too short to tell.
        least: the score that it takes.
    """
    row, line, begin, end, said, within = _pieces(strings, unit == "line", letters)
    tongue = identify_spans(strings.data, begin, end).language
    before = np.maximum(np.arange(len(row)) - 1, 0)
    beside = row == row[before]
    beside[:1] = False
    heads = np.flatnonzero(~(beside & (line == line[before]) & (tongue == tongue[before])))
    last = np.append(heads[1:], len(row))[: len(heads)] - 1
    # what stands behind a colon in its own tongue is no quotation, but goes on
    quoted = (said & beside & kept[tongue[before]])[heads] | within[heads] | within[last]
    chosen = np.flatnonzero(~kept[tongue[heads]])
    heads, last = heads[chosen], last[chosen]
    found = identify_spans(strings.data, begin[heads], end[last])
    made = Stretches(row[heads], line[heads], begin[heads], end[last], found.language, found.score, found.letters, quoted[chosen])
    made = made.where(~kept[made.language] & (made.letters >= letters) & (made.score >= least) & ~_is_code(strings, made))
    outside = np.zeros(len(made.row), np.int64)
    kernels.outside(strings.bounds, strings.data, _kinds(), made.row, made.begin, made.end, outside)
    made.quoted[outside == 0] = True
    return made


def _is_code(strings: columns.Strings, made: Stretches) -> Flags:
    looked_for = np.zeros(256, np.bool_)
    looked_for[[ord(sign) for sign in signs.NO_PROSE]] = True
    found = np.empty(len(made.row), np.bool_)
    kernels.holding(made.begin, made.end, strings.data, looked_for, found)
    return found & np.isin(made.language, (CODES.index(IN_LATIN), CODES.index(OTHER_LATIN)))


def _pieces(strings: columns.Strings, whole: bool, longest: int) -> tuple[Numbers, Numbers, Numbers, Numbers, Flags, Flags]:
    """Row, line, begin and end of each sentence or line; whether a colon stands before it; whether its sentence goes on around it."""
    size = int(strings.bounds[-1] - strings.bounds[0])
    room = size // _BYTES + len(strings) + 1
    while True:
        row, line, begin, end = (np.empty(room, np.int64) for _ in range(4))
        said = np.empty(room, np.bool_)
        count = kernels.sentences(strings.bounds, strings.data, _kinds(), whole, row, line, begin, end, said)
        if count <= room:
            break
        room = count
    row, line, begin, end = row[:count], line[:count], begin[:count], end[:count]
    said = said[:count]
    if whole:
        return row, line, begin, end, said, np.zeros(count, np.bool_)
    most = count + 2 * (size // longest)
    parent, new_begin, new_end = (np.empty(most, np.int64) for _ in range(3))
    within = np.empty(most, np.bool_)
    count = kernels.scripts(begin, end, strings.data, _kinds(), longest, parent, new_begin, new_end, within)
    parent = parent[:count]
    first = np.append(True, parent[1:] != parent[:-1])[:count]
    return row[parent], line[parent], new_begin[:count], new_end[:count], said[parent] & first, within[:count]


@lru_cache(maxsize=1)
def _kinds() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000, np.uint8)
    ranges = (
        (classes.SPACES, kernels.BLANK),
        (classes.OTHER_LETTERS, kernels.FOREIGN),
        (classes.LETTERS, kernels.ARABIC),
        (classes.FORM_LETTERS, kernels.ARABIC),
    )
    for covered, kind in ranges:
        for first, last in covered:
            table[first : last + 1] = kind
    table[0x0A] = 0
    characters: tuple[tuple[Iterable[str], int], ...] = (
        (signs.SENTENCE_ENDS, kernels.END),
        (quotations.OPENERS, kernels.OPENER),
        (quotations.CLOSERS, kernels.CLOSER),
        (quotations.BOTH, kernels.TOGGLE),
        (quotations.COLONS, kernels.COLON),
    )
    for written, kind in characters:
        for char in written:
            table[ord(char)] = kind
    return table
