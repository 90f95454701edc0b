"""The pass that measures, compiled: one walk over a column, all counts at once."""

from __future__ import annotations

import numba as nb

from arclean.orthography.kernels import U, code_at

OTHER, SPACE, LETTER, ARABIC, MARK, DIGIT = 0, 1, 2, 3, 4, 5
"""Kinds of characters, in the table that `count` takes."""


@nb.njit(nogil=True, cache=True)
def count(bounds, data, kinds, characters, words, letters, arabic, lines):  # type: ignore[no-untyped-def]
    """Count, per row, its code points, words, letters, Arabic letters and lines that are not blank.

    ``kinds`` (uint8, 0x110000) tells what a code point is. A word is a run of what is not white space that holds a letter or a digit.
    """
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        n = w = a = x = full = 0
        inside = False
        blank = True
        while p < stop:
            code, step = code_at(data, p)
            kind = kinds[code]
            n += 1
            p += step
            if kind == SPACE:
                inside = False
                if code == 10:
                    full += not blank
                    blank = True
            else:
                blank = False
                is_arabic = kind == ARABIC
                a += is_arabic
                x += is_arabic or kind == LETTER
                if not inside and (is_arabic or kind == LETTER or kind == DIGIT):
                    inside = True
                    w += 1
        characters[row], words[row], letters[row], arabic[row] = n, w, x, a
        lines[row] = full + (not blank)
