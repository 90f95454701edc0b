"""What the kernel of shapes looks up, from the tables of knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean.quality.shape import counts
from arclean.quality.shape.kernels.measure import token_hashes
from arclean.rules import classes, signs

Ranges = Iterable[tuple[int, int]]
TATWEEL: Final = ord("\N{ARABIC TATWEEL}")


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint64]:
    """uint64, shape (0x110000,): what each code point is, see `counts.SPACE` and the flags and fields after it."""
    table = np.full(0x110000, counts.WORD, np.uint64)
    for first, last in signs.SIGNS:
        table[first : last + 1] = 0
    _set(table, classes.SPACES, counts.SPACE)
    letter, digit = counts.WORD | counts.LETTER, counts.WORD | counts.DIGIT
    arabic = letter | (1 << counts.LETTER_FIELD) | (1 << counts.ARABIC_FIELD)
    _set(table, classes.OTHER_LETTERS, letter | (1 << counts.LETTER_FIELD))
    _set(table, classes.LETTERS, arabic)
    _set(table, classes.FORM_LETTERS, arabic)
    _set(table, ((TATWEEL, TATWEEL),), letter)
    _set(table, classes.MARKS, counts.WORD | (1 << counts.MARK_FIELD))
    _set(table, classes.DIGITS, digit | (1 << counts.DIGIT_FIELD))
    for first, last in ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F)):
        table[first : last + 1] |= np.uint64(counts.LATIN)
    table[0x41:0x5B] += np.uint64(1 << counts.UPPER_FIELD)
    flags = (
        (signs.WITHIN, counts.WORD),
        (signs.DATATROVE_PUNCTUATION, counts.THEIR_PUNCTUATION),
        (signs.DATATROVE_ENDS, counts.THEIR_END),
        (_each(signs.DATATROVE_BULLETS), counts.THEIR_BULLET),
        (_each(signs.BULLETS), counts.BULLET),
        (_each(signs.ENDS), counts.TAIL),
        (_each(signs.SENTENCE_ENDS), counts.END),
        (_each(signs.CLOSERS), counts.CLOSER),
        (_each(signs.CODE), counts.CODE),
        (_each(signs.JOINERS), counts.DOT),
        (_each(signs.DASHES), counts.DASH),
    )
    for ranges, flag in flags:
        for first, last in ranges:
            table[first : last + 1] |= np.uint64(flag)
    table[table & np.uint64(counts.SPACE) == 0] |= np.uint64(counts.INK)
    table.flags.writeable = False
    return table


def _set(table: npt.NDArray[np.uint64], ranges: Ranges, kind: int) -> None:
    for first, last in ranges:
        table[first : last + 1] = kind


def _each(characters: str) -> list[tuple[int, int]]:
    return [(ord(char), ord(char)) for char in characters]


@lru_cache(maxsize=64)
def word_hashes(words: tuple[str, ...]) -> npt.NDArray[np.uint64]:
    """The hash of each word of a list, which is one token."""
    made = np.zeros(len(words), np.uint64)
    for i, word in enumerate(words):
        token_hashes(np.frombuffer(word.encode(), np.uint8), kinds(), made[i : i + 1])
    return made
