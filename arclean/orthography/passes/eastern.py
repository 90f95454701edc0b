"""Signs as Arabic prints them, by what stands before them and beside them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean.orthography.passes.codes import Operation, by_codes, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes

ARABIC, DIGIT, EASTERN, SIGN = 1, 2, 4, 8
DOT, COMMA, SEMICOLON, QUESTION, PERCENT = 0x2E, 0x2C, 0x3B, 0x3F, 0x25
ARABIC_COMMA, ARABIC_SEMICOLON, ARABIC_QUESTION = 0x60C, 0x61B, 0x61F
DECIMAL, THOUSANDS, ARABIC_PERCENT = 0x66B, 0x66C, 0x66A
_EASTERN: Final = ((0x660, 0x669), (0x6F0, 0x6F9))
_DIGITS: Final = ((0x30, 0x39), *_EASTERN)
SIGNS: Final = ',;?!،؛؟"»”’)]'
"""What may stand between a word and its sign, and belongs to it: other signs, and what closes."""


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `ARABIC` letter or mark, `DIGIT` of Arabic text, one of which is `EASTERN`, `SIGN` that follows a word."""
    signs = [(ord(sign), ord(sign)) for sign in SIGNS]
    return table_of([(ARABIC, (*classes.LETTERS, *classes.MARKS)), (DIGIT, _DIGITS), (EASTERN, _EASTERN), (SIGN, signs)])


@nb.njit(nogil=True, cache=True)
def arabic_punctuation(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Commas, semicolons and question marks behind Arabic words as Arabic has them; answers how many."""
    hits = 0
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        follows = False
        for i in range(cuts[row], cuts[row + 1]):
            code = codes[i]
            follows = kind[code] & ARABIC != 0 or (follows and kind[code] & SIGN != 0)
            made[i] = code
            if follows and (code == COMMA or code == SEMICOLON or code == QUESTION):
                made[i] = ARABIC_COMMA if code == COMMA else ARABIC_SEMICOLON if code == SEMICOLON else ARABIC_QUESTION
                hits += 1
    return hits


@nb.njit(nogil=True)
def _is_number(codes, i, stop, kind):  # type: ignore[no-untyped-def]
    """Whether ``codes[i:stop]`` is one: up to three digits and groups of three, or digits; then a point and digits, or neither."""
    whole, group, points = 0, 0, 0
    grouped = False
    for k in range(i, stop):
        if kind[codes[k]] & EASTERN:
            group += 1
        elif group == 0 or points or (grouped and group != 3) or (codes[k] == COMMA and not grouped and group > 3):
            return False
        else:
            whole += group
            points += codes[k] == DOT
            grouped = codes[k] == COMMA
            group = 0
    return group > 0 and (group == 3 or not grouped)


@nb.njit(nogil=True, cache=True)
def arabic_separators(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Points and commas of numbers in Arabic digits, and per cent beside them, as Arabic has them; answers how many."""
    hits = 0
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        i = first
        while i < stop:
            if codes[i] == PERCENT:
                beside = (i > first and kind[codes[i - 1]] & EASTERN) or (i + 1 < stop and kind[codes[i + 1]] & EASTERN)
                made[i] = ARABIC_PERCENT if beside else PERCENT
                hits += made[i] != PERCENT
                i += 1
                continue
            j = i
            while j < stop and (kind[codes[j]] & DIGIT or codes[j] == DOT or codes[j] == COMMA):
                j += 1
            end = j
            while end > i and kind[codes[end - 1]] & DIGIT == 0:
                end -= 1
            number = end > i and _is_number(codes, i, end, kind)
            for k in range(i, max(j, i + 1)):
                made[k] = codes[k]
                if number and k < end and kind[codes[k]] & DIGIT == 0:
                    made[k] = DECIMAL if codes[k] == DOT else THOUSANDS
                    hits += 1
            i = max(j, i + 1)
    return hits


@nb.njit(nogil=True, cache=True)
def decimal_comma(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """The only comma of Arabic among the digits of a number as a decimal point; answers how many."""
    hits = 0
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            begin, end, j = stop, i, i
            while j < stop and (kind[codes[j]] & DIGIT or codes[j] == ARABIC_COMMA):
                if kind[codes[j]] & DIGIT:
                    begin, end = min(begin, j), j
                j += 1
            commas = 0
            for k in range(begin, end):
                commas += codes[k] == ARABIC_COMMA
            for k in range(i, max(j, i + 1)):
                made[k] = codes[k]
                if commas == 1 and begin < k < end and codes[k] == ARABIC_COMMA:
                    made[k] = DECIMAL if kind[codes[k - 1]] & EASTERN else DOT
                    hits += 1
            i = max(j, i + 1)
    return hits


OPERATIONS: Final[dict[str, Operation]] = {
    "arabic_punctuation": by_codes(arabic_punctuation, kinds),
    "arabic_separators": by_codes(arabic_separators, kinds),
    "decimal_comma": by_codes(decimal_comma, kinds),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "arabic_punctuation": wants(",;?"),
    "arabic_separators": wants(".,%"),
    "decimal_comma": wants("،"),
}
"""What the rows hold in which each of them may have work."""
