"""What stands at a byte, as the finders of entities ask for it."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import CODE, ONE, TWO, U, code_at, code_before

LETTER, DIGIT, ARABIC, MARK, FOREIGN = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8), np.uint8(16)
"""Kinds of characters: ASCII letters, digits of three rows, Arabic letters, marks and joiners, letters of other scripts."""
WORD = np.uint8(31)
PLAIN = np.uint8(3)
NONE = np.uint8(255)
ASCII_END = np.uint8(0x80)
AT, HASH, COLON, DOT, SLASH, DASH, PLUS, LOW_LINE = (np.uint8(ord(char)) for char in "@#:./-+_")
PERCENT, COMMA, QUERY, SPACE, AMPERSAND = (np.uint8(ord(char)) for char in "%,? &")
ROUND, ROUND_END, SQUARE, SQUARE_END = (np.uint8(ord(char)) for char in "()[]")


@nb.njit(nogil=True)
def kind_at(data, p, stop, kinds):  # type: ignore[no-untyped-def]
    """The kind of the character at byte p; 0 at the end of the row."""
    if p >= stop:
        return np.uint8(0)
    return kinds[code_at(data, p)[0]]


@nb.njit(nogil=True)
def kind_before(data, first, p, kinds):  # type: ignore[no-untyped-def]
    """The kind of the character that ends before byte p; 0 at the start of the row."""
    return kinds[code_before(data, first, p)[0]]


@nb.njit(nogil=True)
def byte_at(data, p, stop):  # type: ignore[no-untyped-def]
    """The byte at p; 0 at the end of the row."""
    return data[p] if p < stop else np.uint8(0)


@nb.njit(nogil=True)
def is_plain(byte):  # type: ignore[no-untyped-def]
    """Whether a byte is a letter or a digit of ASCII."""
    low = byte | np.uint8(0x20)
    return np.uint8(0x61) <= low <= np.uint8(0x7A) or np.uint8(0x30) <= byte <= np.uint8(0x39)


@nb.njit(nogil=True)
def is_letter(byte):  # type: ignore[no-untyped-def]
    """Whether a byte is a letter of ASCII."""
    return np.uint8(0x61) <= (byte | np.uint8(0x20)) <= np.uint8(0x7A)


@nb.njit(nogil=True)
def digit_at(data, p, stop):  # type: ignore[no-untyped-def]
    """The value of the digit at byte p, of any of the three rows, and its size; `NONE` if there is none."""
    if p >= stop:
        return NONE, ONE
    byte = data[p]
    if byte < ASCII_END:
        return (np.uint8(byte - np.uint8(0x30)), ONE) if np.uint8(0x30) <= byte <= np.uint8(0x39) else (NONE, ONE)
    if p + ONE >= stop:
        return NONE, ONE
    tail = data[p + ONE]
    if byte == np.uint8(0xD9) and np.uint8(0xA0) <= tail <= np.uint8(0xA9):
        return np.uint8(tail - np.uint8(0xA0)), TWO
    if byte == np.uint8(0xDB) and np.uint8(0xB0) <= tail <= np.uint8(0xB9):
        return np.uint8(tail - np.uint8(0xB0)), TWO
    return NONE, ONE


@nb.njit(nogil=True)
def is_digit_before(data, first, p):  # type: ignore[no-untyped-def]
    """Whether a digit ends before byte p."""
    code = code_before(data, first, p)[0]
    return CODE(0x30) <= code <= CODE(0x39) or CODE(0x660) <= code <= CODE(0x669) or CODE(0x6F0) <= code <= CODE(0x6F9)


@nb.njit(nogil=True)
def ends_with(data, first, p, pool, start, end):  # type: ignore[no-untyped-def]
    """Whether ``data[first:p]`` ends with ``pool[start:end]``, which is lower case where it is ASCII."""
    size = U(end - start)
    if p < first + size:
        return False
    for i in range(size):
        byte = data[p - size + i]
        if np.uint8(0x41) <= byte <= np.uint8(0x5A):
            byte = np.uint8(byte | np.uint8(0x20))
        if byte != pool[U(start) + i]:
            return False
    return True


@nb.njit(nogil=True)
def word_before(data, first, p, pool, bounds):  # type: ignore[no-untyped-def]
    """Whether one of some words ends before byte p, with a few signs in between; see `arclean.rules.entity_shapes`.

    A word of ASCII must not be the end of a longer one; Arabic has its article and its conjunctions in front. A word of one letter
    stands alone and has a sign after it.
    """
    q = p
    signs = 0
    while q > first and p - q < U(12):
        byte = data[q - ONE]
        if byte >= ASCII_END or is_plain(byte) or byte < SPACE or byte == ROUND_END:
            break
        signs += byte != SPACE
        q -= ONE
    if q == first:
        return False
    for i in range(bounds.shape[0] - 1):
        if ends_with(data, first, q, pool, bounds[i], bounds[i + 1]):
            at = q - U(bounds[i + 1] - bounds[i])
            lone = bounds[i + 1] - bounds[i] == 2
            if lone and (signs == 0 or (at > first and data[at - ONE] >= ASCII_END)):
                continue
            if pool[bounds[i]] >= ASCII_END or at == first or not is_letter(data[at - ONE]):
                return True
    return False
