"""The pass that measures, compiled: one walk over a column, all counts at once."""

from __future__ import annotations

import numba as nb

from arclean.orthography.kernels import CODE, ONE, THREE, TWO, U, code_at

SPACE, ARABIC, LETTER, DIGIT = 1, 2, 4, 8
"""Kinds of characters, as bits, in the table that `count` takes; an Arabic letter is a letter too."""


@nb.njit(nogil=True, cache=True)
def count(bounds, data, kinds, characters, words, letters, arabic, lines):  # type: ignore[no-untyped-def]
    """Count, per row, its code points, words, letters, Arabic letters and lines that are not blank.

    ``kinds`` (uint8, 0x110000) tells what a code point is. A word is a run of what is not white space that holds a letter or a digit.
    """
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        n = w = a = x = full = U(0)
        outside, said = U(1), U(0)
        while p < stop:
            code, step = code_at(data, p)
            kind = U(kinds[code])
            n += ONE
            p += step
            blank = kind & ONE
            wordy = ((kind >> TWO) | (kind >> THREE)) & ONE
            a += (kind >> ONE) & ONE
            x += (kind >> TWO) & ONE
            w += wordy & outside
            outside = (outside & ~wordy) | blank
            said |= blank ^ ONE
            if code == CODE(10):
                full += said
                said = U(0)
        characters[row], words[row], letters[row], arabic[row] = n, w, x, a
        lines[row] = full + said
