"""The pass that measures, compiled: one walk over a column, all counts at once."""

from __future__ import annotations

import numba as nb

from arclean.orthography.kernels import CODE, LF, ONE, TWO, U, code_at

SPACE, ARABIC, LETTER, DIGIT = 1, 2, 4, 8
"""Kinds of characters, as bits, in the table that `count` takes; an Arabic letter is a letter too."""

FIELD = 16
"""Bits of each of the four sums that `count` keeps in one number: Arabic letters, letters, white space, characters."""
STRETCH = 1 << 14
"""Bytes after which the sums are taken over, long before one runs into the next."""
_MASK = U((1 << FIELD) - 1)
_ONE_FIELD, _TWO_FIELDS, _THREE_FIELDS = U(FIELD), U(2 * FIELD), U(3 * FIELD)


@nb.njit(nogil=True, inline="always")
def _sums_of(kind):  # type: ignore[no-untyped-def]
    """One character of a kind, as the four sums."""
    arabic, letter, blank = (kind >> ONE) & ONE, (kind >> TWO) & ONE, kind & ONE
    return arabic | (letter << _ONE_FIELD) | (blank << _TWO_FIELDS) | (ONE << _THREE_FIELDS)


@nb.njit(nogil=True, cache=True)
def pair_tables(kinds, sums, signs):  # type: ignore[no-untyped-def]
    """Fill ``sums`` (uint64) and ``signs`` (uint8: white space, or of a word), both of 65536, by the two bytes that a character ends with.

    The first byte of a character of two counts nothing; the second, or a byte of ASCII, counts the character.
    """
    for code in range(0x800):
        kind = U(kinds[code])
        sign = (kind & ONE) | (((kind >> ONE) | (kind >> TWO)) & TWO)
        first, last = (0, 0x100) if code < 0x80 else (0xC0 | (code >> 6), (0xC0 | (code >> 6)) + 1)
        byte = code if code < 0x80 else 0x80 | (code & 0x3F)
        for before in range(first, last):
            sums[(before << 8) | byte] = _sums_of(kind)
            signs[(before << 8) | byte] = sign


@nb.njit(nogil=True, cache=True)
def count(bounds, data, kinds, sums, signs, characters, words, letters, arabic, lines):  # type: ignore[no-untyped-def]
    """Count, per row, its code points, words, letters, Arabic letters and lines that are not blank.

    ``kinds`` (uint8, 0x110000) tells what a code point is, ``sums`` and ``signs`` are `pair_tables` of it: byte by byte, so that no step
    waits for the one before. A word is a run of what is not white space that holds a letter or a digit.
    """
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        n = w = a = x = blank = full = said = U(0)
        outside = ONE
        before = CODE(0)
        while p < stop:
            halt = min(stop, p + U(STRETCH))
            sum_ = U(0)
            while p < halt:
                byte = CODE(data[p])
                if byte >= CODE(0xE0):
                    code, step = code_at(data, p)
                    kind = U(kinds[code])
                    sum_ += _sums_of(kind)
                    sign = (kind & ONE) | (((kind >> ONE) | (kind >> TWO)) & TWO)
                    p += step
                    before = CODE(0)
                else:
                    pair = (before << CODE(8)) | byte
                    sum_ += sums[pair]
                    sign = U(signs[pair])
                    if byte == CODE(LF):
                        so_far = (n + (sum_ >> _THREE_FIELDS)) - (blank + ((sum_ >> _TWO_FIELDS) & _MASK))
                        full += so_far != said
                        said = so_far
                    p += ONE
                    before = byte
                w += (sign >> ONE) & outside
                outside = (outside & ~(sign >> ONE)) | (sign & ONE)
            a += sum_ & _MASK
            x += (sum_ >> _ONE_FIELD) & _MASK
            blank += (sum_ >> _TWO_FIELDS) & _MASK
            n += sum_ >> _THREE_FIELDS
        characters[row], words[row], letters[row], arabic[row] = n, w, x, a
        lines[row] = full + (n - blank != said)
