"""What the kernel of shapes looks up, from the tables of knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean.quality.shape import kernels
from arclean.rules import classes, signs

Ranges = Iterable[tuple[int, int]]
TATWEEL: Final = ord("\N{ARABIC TATWEEL}")


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint64]:
    """uint64, shape (0x110000,): what each code point is, see `kernels.SPACE` and the flags and fields after it."""
    table = np.full(0x110000, kernels.WORD, np.uint64)
    for first, last in signs.SIGNS:
        table[first : last + 1] = 0
    _set(table, classes.SPACES, kernels.SPACE)
    letter, digit = kernels.WORD | kernels.LETTER, kernels.WORD | kernels.DIGIT
    arabic = letter | (1 << kernels.LETTER_FIELD) | (1 << kernels.ARABIC_FIELD)
    _set(table, classes.OTHER_LETTERS, letter | (1 << kernels.LETTER_FIELD))
    _set(table, classes.LETTERS, arabic)
    _set(table, classes.FORM_LETTERS, arabic)
    _set(table, ((TATWEEL, TATWEEL),), letter)
    _set(table, classes.MARKS, kernels.WORD | (1 << kernels.MARK_FIELD))
    _set(table, classes.DIGITS, digit | (1 << kernels.DIGIT_FIELD))
    for first, last in ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F)):
        table[first : last + 1] |= np.uint64(kernels.LATIN)
    table[0x41:0x5B] += np.uint64(1 << kernels.UPPER_FIELD)
    flags = (
        (signs.WITHIN, kernels.WORD),
        (signs.DATATROVE_PUNCTUATION, kernels.THEIR_PUNCTUATION),
        (signs.DATATROVE_ENDS, kernels.THEIR_END),
        (_each(signs.DATATROVE_BULLETS), kernels.THEIR_BULLET),
        (_each(signs.BULLETS), kernels.BULLET),
        (_each(signs.ENDS), kernels.TAIL),
        (_each(signs.SENTENCE_ENDS), kernels.END),
        (_each(signs.CLOSERS), kernels.CLOSER),
        (_each(signs.CODE), kernels.CODE),
        (_each(signs.JOINERS), kernels.DOT),
        (_each(signs.DASHES), kernels.DASH),
    )
    for ranges, flag in flags:
        for first, last in ranges:
            table[first : last + 1] |= np.uint64(flag)
    table[table & np.uint64(kernels.SPACE) == 0] |= np.uint64(kernels.INK)
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
        kernels.token_hashes(np.frombuffer(word.encode(), np.uint8), kinds(), made[i : i + 1])
    return made
