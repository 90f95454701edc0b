"""The pass that writes a column anew with some of its entities removed, replaced, or taken apart."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.entities.kernels.characters import LOW_LINE, ROUND, ROUND_END, SPACE, SQUARE, SQUARE_END, WORD, kind_at, kind_before
from arclean.orthography.kernels import LF, ONE, TAB, U, put

KEEP, REMOVE, SEGMENT, REPLACE = range(4)
"""What happens to an entity."""


@nb.njit(nogil=True)
def _is_white(byte):  # type: ignore[no-untyped-def]
    return byte == SPACE or byte == TAB or byte == LF


@nb.njit(nogil=True)
def _close_gap(data, q, stop, out, home, at):  # type: ignore[no-untyped-def]
    """What is left where something went that ended at byte q: one space of two, none in brackets or at the end of a line, one in words."""
    before_white = at == home or _is_white(out[at - ONE])
    if q == stop or _is_white(data[q]):
        if before_white and q < stop and data[q] != LF:
            return at, q + ONE
        if at > home and out[at - ONE] == SPACE and (q == stop or data[q] == LF):
            return at - ONE, q
        return at, q
    if before_white:
        return at, q
    before = out[at - ONE]
    if not ((before == ROUND and data[q] == ROUND_END) or (before == SQUARE and data[q] == SQUARE_END)):
        out[at] = SPACE
        at += ONE
    return at, q


@nb.njit(nogil=True)
def _put_segments(data, p, q, out, at):  # type: ignore[no-untyped-def]
    """Write the words of a hashtag: without its #, and a space for a run of low lines inside."""
    while p < q and data[p] == LOW_LINE:
        p += ONE
    while q > p and data[q - ONE] == LOW_LINE:
        q -= ONE
    while p < q:
        byte = data[p]
        if byte == LOW_LINE:
            out[at] = SPACE
            while data[p + ONE] == LOW_LINE:
                p += ONE
        else:
            out[at] = byte
        at += ONE
        p += ONE
    return at


@nb.njit(nogil=True, cache=True)
def write(bounds, data, kinds, rows, found, begins, ends, actions, start, size, pool, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows; answers the bytes written.

    ``actions`` (uint8) says by kind of entity what happens to it; a token is ``pool[start[kind]:][:size[kind]]``. Where a token, or a
    word of a hashtag, would touch a word, a space comes between.
    """
    at = U(0)
    i = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p, home = first, at
        while i < rows.shape[0] and rows[i] == row:
            kind, begin, end = found[i], U(begins[i]), U(ends[i])
            i += 1
            action = actions[kind]
            if action == KEEP:
                continue
            glued = begin == p and begin > first
            at = put(out, at, data, p, begin - p)
            p = end
            if action == REMOVE:
                at, p = _close_gap(data, end, stop, out, home, at)
                continue
            if at > home and not _is_white(out[at - ONE]) and (glued or kind_before(data, first, begin, kinds) & WORD):
                out[at] = SPACE
                at += ONE
            at = _put_segments(data, begin + ONE, end, out, at) if action == SEGMENT else put(out, at, pool, U(start[kind]), size[kind])
            if kind_at(data, end, stop, kinds) & WORD:
                out[at] = SPACE
                at += ONE
        at = put(out, at, data, p, stop - p)
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at)
