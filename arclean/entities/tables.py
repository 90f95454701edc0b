"""The tables of `arclean.rules.entity_shapes` as the arrays that the kernels look up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from arclean.columns import Bytes
from arclean.entities.kernels import characters
from arclean.rules import classes, entity_shapes

Numbers = npt.NDArray[np.int64]
_DIGITS = ((0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9))
_ASCII_LETTERS = ((0x41, 0x5A), (0x61, 0x7A))
_JOINERS = ((0x200C, 0x200D),)


class Shapes(NamedTuple):
    """Words as a pool of bytes and bounds in it; rows of numbers. What a column means stands with the kernel that reads it."""

    schemes: Bytes
    scheme_bounds: Numbers
    tops: Bytes
    top_bounds: Numbers
    url_signs: Bytes
    ibans: Bytes
    cards: Numbers
    governorates: Bytes
    phones: Numbers
    phone_cues: Bytes
    phone_cue_bounds: Numbers
    id_cues: Bytes
    id_cue_bounds: Numbers
    others: Bytes
    other_bounds: Numbers


def _words(words: Iterable[str]) -> tuple[Bytes, Numbers]:
    encoded = [word.encode() for word in words]
    return np.frombuffer(b"".join(encoded), np.uint8).copy(), np.cumsum([0, *map(len, encoded)], dtype=np.int64)


def _url_signs() -> Bytes:
    """uint8, shape (128,): 1 for what ends a link, 2 for what does not belong to it as its last, else 0."""
    signs = np.zeros(128, np.uint8)
    signs[:33] = signs[127] = 1
    signs[[ord(char) for char in entity_shapes.URL_ENDS]] = 1
    signs[[ord(char) for char in entity_shapes.URL_TRAILING]] = 2
    return signs


def _phones() -> Numbers:
    """int64, one row a beginning: country, how many digits that has, beginning, how many digits that has, digits in all, plainness."""
    rows = [
        [int(country), len(country), int(begins), len(begins), size, plain]
        for country, beginnings, size, plain in entity_shapes.PHONES
        for begins in beginnings
    ]
    return np.array(rows, np.int64)


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """Every table, made once."""
    ibans, governorates = np.zeros(26 * 26, np.uint8), np.zeros(100, np.uint8)
    for country, length in entity_shapes.IBAN_LENGTHS.items():
        ibans[26 * (ord(country[0]) - ord("A")) + ord(country[1]) - ord("A")] = length
    governorates[list(entity_shapes.EGYPT_GOVERNORATES)] = 1
    cards = np.array([[first, last, *sizes, 0][:4] for first, last, sizes in entity_shapes.CARDS], np.int64)
    return Shapes(
        *_words(entity_shapes.SCHEMES),
        *_words(entity_shapes.ARABIC_TLDS),
        _url_signs(),
        ibans,
        cards,
        governorates,
        _phones(),
        *_words(entity_shapes.PHONE_CUES),
        *_words(entity_shapes.ID_CUES),
        *_words(entity_shapes.OTHER_NUMBERS),
    )


@lru_cache(maxsize=1)
def kinds() -> Bytes:
    """uint8, shape (0x110000,): what each code point is, as bits, see `kernels.characters`."""
    table = np.zeros(0x110000, np.uint8)
    members = (
        (classes.OTHER_LETTERS, characters.FOREIGN),
        (classes.LETTERS, characters.ARABIC),
        (classes.FORM_LETTERS, characters.ARABIC),
        (classes.MARKS, characters.MARK),
        (_JOINERS, characters.MARK),
        (_ASCII_LETTERS, characters.LETTER),
        (_DIGITS, characters.DIGIT),
    )
    for ranges, kind in members:
        for first, last in ranges:
            table[first : last + 1] = kind
    return table


@lru_cache(maxsize=1)
def triggers() -> Bytes:
    """uint8, shape (256,): 1 for a sign that may give an entity away, 2 for a digit or the first byte of one."""
    table = np.zeros(256, np.uint8)
    table[[ord(char) for char in "@#.:"]] = 1
    table[0x30:0x3A] = 2
    table[[0xD9, 0xDB]] = 2
    return table
