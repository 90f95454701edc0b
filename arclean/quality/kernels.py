"""The pass that measures, compiled: one walk over a column, 64 bytes at a time, all counts at once."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.masks import NONE, ONE
from arclean.orthography.kernels import LF, SPACE, TAB, U, code_at

BLANK, ARABIC, LETTER, DIGIT = 1, 2, 4, 8
"""Kinds of characters, as bits, in the table that `count` takes; an Arabic letter is a letter too."""

B = np.uint8
_TWO = U(2)


@nb.njit(nogil=True, forceinline=True)
def _after(leads, carried):  # type: ignore[no-untyped-def]
    """Which bytes come behind these, the last of the 64 bytes before among them."""
    return (leads << ONE) | carried


@nb.njit(nogil=True, cache=True)
def count(bounds, data, kinds, characters, words, letters, arabic, lines):  # type: ignore[no-untyped-def]
    """Count, per row, its code points, words, letters, Arabic letters and lines that are not blank.

    ``kinds`` (uint8, 0x110000) tells what a code point is. It is asked only about what is neither ASCII nor a common letter of Arabic: for
    those its answers stand here as ranges of bytes. A word is a run of what is not white space that holds a letter or a digit.
    """
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        n = w = a = x = full = NONE
        in_word = in_line = was_d8 = was_d9 = was_da = was_db = NONE
        while p < stop:
            at = masks.window(data, p)
            valid = masks.upto(stop - p)
            d8, d9, da, db = masks.equal(at, B(0xD8)), masks.equal(at, B(0xD9)), masks.equal(at, B(0xDA)), masks.equal(at, B(0xDB))
            on_d9, on_db = _after(d9, was_d9), _after(db, was_db)
            rare = on_db & masks.at_least(at, B(0x94))
            common = _after(d8, was_d8) & masks.at_least(at, B(0xA0))
            common |= on_d9 & ~masks.between(at, B(0x8B), B(0xAD)) & ~masks.equal(at, B(0xB0))
            common |= _after(da, was_da) | (on_db & ~rare)
            common &= valid
            latin = masks.alpha(at) & valid
            digits = (masks.between(at, B(0x30), B(0x39)) | (on_d9 & masks.between(at, B(0xA0), B(0xA9)))) & valid
            white = (masks.equal(at, SPACE) | masks.between(at, TAB, B(0x0D))) & valid
            heads = ~masks.between(at, B(0x80), B(0xBF)) & valid
            inked = heads & ~white
            said = common | latin | digits
            a += masks.count(common)
            x += masks.count(common | latin)
            odd = ((masks.at_least(at, B(0xC0)) & ~(d8 | d9 | da | db)) | rare) & valid
            while odd != NONE:
                i = masks.first(odd)
                odd &= odd - ONE
                q = p + i
                q -= U(data[q] < B(0xC0))
                kind = U(kinds[code_at(data, q)[0]])
                a += (kind >> ONE) & ONE
                x += (kind >> _TWO) & ONE
                white |= (kind & ONE) << i
                inked &= ~((kind & ONE) << i)
                said |= U(kind > ONE) << i
            n += masks.count(heads)
            begun, in_word = masks.runs(white, said, in_word)
            w += begun
            begun, in_line = masks.runs(masks.equal(at, LF) & valid, inked, in_line)
            full += begun
            was_d8, was_d9, was_da, was_db = d8 >> masks.LAST, d9 >> masks.LAST, da >> masks.LAST, db >> masks.LAST
            p += masks.SIZE
        characters[row], words[row], letters[row], arabic[row], lines[row] = n, w, x, a, full


@nb.njit(nogil=True, cache=True)
def may_hold(begin, end, data, pairs, may):  # type: ignore[no-untyped-def]
    """Which spans ``data[begin:end]`` hold one of some pairs of letters of ASCII, in any case: ``may`` (bool).

    ``pairs`` (uint8, n x 2) are in small letters.
    """
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        may[row] = False
        while p + ONE < stop and not may[row]:
            at, behind = masks.window(data, p), masks.window(data, p + ONE)
            if masks.alpha(at) != NONE:
                found = NONE
                for i in range(pairs.shape[0]):
                    found |= _letter(at, pairs[i, 0]) & _letter(behind, pairs[i, 1])
                may[row] = (found & masks.upto(stop - p - ONE)) != NONE
            p += masks.SIZE


@nb.njit(nogil=True, forceinline=True)
def _letter(at, small):  # type: ignore[no-untyped-def]
    """Where this letter of ASCII stands, small or capital."""
    return masks.equal(at, small) | masks.equal(at, small ^ B(0x20))
