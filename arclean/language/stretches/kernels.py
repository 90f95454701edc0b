"""The passes that part lines into sentences and scripts, and that take stretches out of a column, compiled."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import LF, ONE, SPACE, TAB, U, code_at

ARABIC, FOREIGN, END, CLOSER, OPENER, BLANK, COLON, TOGGLE = 1, 2, 4, 8, 16, 32, 64, 128
"""What a character is, as bits: a letter of the Arabic script, or of another; a sign that ends a sentence; one that closes a quotation or
bracket, or opens it; white space; a colon; a quotation mark that does both."""


@nb.njit(nogil=True, cache=True)
def sentences(bounds, data, kinds, whole, row_of, line_of, begin, end, said):  # type: ignore[no-untyped-def]
    """Part rows into sentences ``data[begin:end]`` without white space around them, and answer how many there are, if there is room or not.

    A sentence ends at the end of its line, or behind a mark that white space follows; a colon ends one too. With ``whole`` each line is
    one. ``kinds`` (uint8, 0x110000): bits of what a code point is. Each has its ``row_of``, its ``line_of`` (from 1 in its row), and
    ``said`` (bool): whether a colon stands before it. Blank lines hold none, but count as lines.
    """
    n = np.int64(0)
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        line = np.int64(1)
        first = last = p
        over = colon = colon_before = False
        while p <= stop:
            code, step = np.uint32(LF), ONE
            if p < stop:
                code, step = code_at(data, p)
            kind = kinds[code]
            feed = code == LF
            if feed or (not whole and ((kind & BLANK and (over or colon)) or (kind & (OPENER | TOGGLE) and colon))):
                if last > first:
                    if n < row_of.shape[0]:
                        row_of[n], line_of[n], begin[n], end[n], said[n] = row, line, first, last, colon_before
                    n += 1
                    colon_before = colon
                line += np.int64(feed)
                first = last = p
                over = colon = False
            if kind & BLANK == 0 and not feed:
                if last <= first:
                    first = p
                over = kind & END != 0 or (over and kind & (CLOSER | TOGGLE) != 0)
                colon = kind & COLON != 0
                last = p + step
            p += step
    return n


@nb.njit(nogil=True, cache=True)
def scripts(begin, end, data, kinds, longest, parent, new_begin, new_end, within):  # type: ignore[no-untyped-def]
    """Part sentences where the script changes: ``longest`` letters of another script without an Arabic one between are a piece.

    Answers how many pieces there are, into the arrays at least ``2 * letters / longest + sentences`` long: ``parent`` is the sentence of
    each, ``within`` (bool) says whether it is a piece of one that goes on in the other script.
    """
    n = np.int64(0)
    for i in range(begin.shape[0]):
        p, stop = U(begin[i]), U(end[i])
        first = last = run = tail = p
        arabic = foreign = np.int64(0)
        head = n
        while p < stop:
            code, step = code_at(data, p)
            kind = kinds[code]
            if kind & ARABIC:
                if foreign >= longest:
                    parent[n], new_begin[n], new_end[n], within[n] = i, run, tail, True
                    n += 1
                    first = p
                foreign = np.int64(0)
                arabic += 1
                last = p + step
            elif kind & FOREIGN:
                if foreign == 0:
                    run = p if arabic > 0 else first
                foreign += 1
                if foreign == longest and arabic > 0:
                    parent[n], new_begin[n], new_end[n], within[n] = i, first, last, True
                    n += 1
                    arabic = np.int64(0)
                tail = p + step
            elif kind & (END | CLOSER):
                tail = p + step
                if foreign == 0:
                    last = p + step
            p += step
        if foreign >= longest:
            first = run
        parent[n], new_begin[n], new_end[n], within[n] = i, first, stop, n > head
        n += 1
    return n


@nb.njit(nogil=True, cache=True)
def outside(bounds, data, kinds, row_of, begin, end, letters):  # type: ignore[no-untyped-def]
    """For each stretch, in order, its letters that stand in no quotation and no bracket; these are closed where their line ends."""
    i, n = np.int64(0), begin.shape[0]
    while i < n:
        row = row_of[i]
        p, stop = U(bounds[row]), U(bounds[row + 1])
        depth = toggled = np.int64(0)
        while p < stop and i < n and row_of[i] == row:
            code, step = code_at(data, p)
            kind = kinds[code]
            if code == LF:
                depth = toggled = np.int64(0)
            elif kind & OPENER:
                depth += 1
            elif kind & CLOSER:
                depth = max(depth - 1, 0)
            elif kind & TOGGLE:
                toggled = 1 - toggled
            elif kind & (ARABIC | FOREIGN) and depth + toggled == 0 and p >= U(begin[i]):
                letters[i] += 1
            p += step
            while i < n and row_of[i] == row and p >= U(end[i]):
                i += 1


@nb.njit(nogil=True, cache=True)
def holding(begin, end, data, looked_for, found):  # type: ignore[no-untyped-def]
    """Whether a stretch holds one of the characters of ASCII for which ``looked_for`` (bool, 256) is set."""
    for i in range(begin.shape[0]):
        found[i] = False
        for p in range(U(begin[i]), U(end[i])):
            found[i] |= looked_for[data[p]]


@nb.njit(nogil=True, inline="always")
def _is_space(byte):  # type: ignore[no-untyped-def]
    return byte == SPACE or byte == TAB


@nb.njit(nogil=True, cache=True)
def take(bounds, data, row_of, begin, end, gone):  # type: ignore[no-untyped-def]
    """Set ``gone`` (bool, one per byte) where stretches stand, and white space that would be left over.

    A line of which nothing is left goes, and blank lines around it close up to one, as `arclean.boilerplate.kernels.join` has it.
    """
    i, n = np.int64(0), begin.shape[0]
    while i < n:
        row = row_of[i]
        p, stop = U(bounds[row]), U(bounds[row + 1])
        kept, feeds, closing = p, np.int64(0), False
        any_kept = False
        while p <= stop:
            q = p
            while q < stop and data[q] != LF:
                q += ONE
            left, cut = p, False
            at = p
            blank = True
            while at < q:
                if i < n and row_of[i] == row and at == U(begin[i]):
                    cut = True
                    at = U(end[i])
                    while at < q and _is_space(data[at]):
                        at += ONE
                    gone[U(begin[i]) : at] = True
                    i += 1
                    continue
                if not _is_space(data[at]):
                    blank = False
                    left = at + ONE
                at += ONE
            if cut and not blank:
                gone[left:q] = True
            if blank:
                closing |= cut
                feeds += np.int64(not cut)
            else:
                if closing:
                    gone[kept:p] = True
                    if any_kept:
                        gone[kept] = False
                        gone[p - ONE] = feeds == 0 and kept != p - ONE
                kept, feeds, closing, any_kept = q, np.int64(0), False, True
            p = q + ONE
        if closing:
            gone[kept:stop] = True


@nb.njit(nogil=True, cache=True)
def places(bounds, data, row_of, begin, end, first, last):  # type: ignore[no-untyped-def]
    """Where stretches, in order, begin and end in code points of their rows."""
    i, n = np.int64(0), begin.shape[0]
    while i < n:
        row = row_of[i]
        p, stop = U(bounds[row]), U(bounds[row + 1])
        count = np.int64(0)
        while i < n and row_of[i] == row:
            while p < U(begin[i]) and p < stop:
                count += np.int64(data[p] & 0xC0 != 0x80)
                p += ONE
            first[i] = count
            while p < U(end[i]) and p < stop:
                count += np.int64(data[p] & 0xC0 != 0x80)
                p += ONE
            last[i] = count
            i += 1
