"""Passes that tell what a pass over a column did, compiled: they read the column before and after it. All are linear in both.

A *stretch* is four numbers, begin and end before, begin and end after, in bytes of the two columns; what lies between two of them is the
same bytes in both. Kernels write as many stretches as there is room for in ``spans`` (int64, (room, 4)) and answer how many there are;
``first`` (int64, (rows + 1,)) says where those of each row begin. ``coarse`` (bool, (room,)) is set where characters inside are not told
apart.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import LF, ONE, U, code_at, in_range, odd

CUTS, LETTERS, WHOLE = np.uint8(1), np.uint8(2), np.uint8(3)
TOUCHED, MARK = np.uint8(1), np.uint8(2)
EIGHT = U(8)
_TAIL, _TAIL_MASK = np.uint8(0x80), np.uint8(0xC0)


@nb.njit(nogil=True, inline="always")
def _alike(data, p, stop, new, q, end):  # type: ignore[no-untyped-def]
    """How many bytes ``data[p:stop]`` and ``new[q:end]`` begin with alike."""
    i, size = U(0), min(stop - p, end - q)
    while i + masks.SIZE <= size:
        unlike = masks.differing(masks.window(data, p + i), masks.window(new, q + i))
        if unlike:
            return i + masks.first(unlike)
        i += masks.SIZE
    while i + EIGHT <= size and masks.eight(data, p + i) == masks.eight(new, q + i):
        i += EIGHT
    while i < size and data[p + i] == new[q + i]:
        i += ONE
    return i


@nb.njit(nogil=True, inline="always")
def _note(spans, coarse, n, a, b, c, d, unsure):  # type: ignore[no-untyped-def]
    """Write stretch n, if there is room; answers how many there are then."""
    if n < spans.shape[0]:
        spans[n, 0], spans[n, 1], spans[n, 2], spans[n, 3] = np.int64(a), np.int64(b), np.int64(c), np.int64(d)
        coarse[n] = unsure
    return n + 1


@nb.njit(nogil=True, inline="always")
def _is_same(data, p, new, q, size):  # type: ignore[no-untyped-def]
    return _alike(data, p, p + size, new, q, q + size) == size


@nb.njit(nogil=True, cache=True)
def mark_changed(bounds, data, new_bounds, new, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (uint8) to 1 where row i is not the same in both columns, else to 0."""
    for row in range(bounds.shape[0] - 1):
        p, stop, q, end = U(bounds[row]), U(bounds[row + 1]), U(new_bounds[row]), U(new_bounds[row + 1])
        rows[row] = stop - p != end - q or not _is_same(data, p, new, q, end - q)


@nb.njit(nogil=True)
def _is_subsequence(data, p, stop, new, q, end):  # type: ignore[no-untyped-def]
    """Whether the characters ``new[q:end]`` stand in ``data[p:stop]``, in order, with others between them."""
    while q < end:
        wanted, size = code_at(new, q)
        while p < stop:
            code, step = code_at(data, p)
            p += step
            if code == wanted:
                break
            if p >= stop:
                return False
        else:
            return False
        q += size
    return True


@nb.njit(nogil=True)
def _note_cuts(data, p, stop, new, q, end, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note what was cut out of ``data[p:stop]`` to leave ``new[q:end]``, a subsequence of it, the first that fits."""
    cut = p
    while p < stop:
        code, step = code_at(data, p)
        if q < end and code == code_at(new, q)[0]:
            if cut < p:
                n = _note(spans, coarse, n, cut, p, q, q, False)
            q += step
            cut = p + step
        p += step
    if cut < stop:
        n = _note(spans, coarse, n, cut, stop, q, q, False)
    return n


@nb.njit(nogil=True)
def _note_additions(data, p, stop, new, q, end, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note what was put into ``data[p:stop]``, a subsequence of ``new[q:end]``, to make it."""
    added = q
    while q < end:
        code, step = code_at(new, q)
        if p < stop and code == code_at(data, p)[0]:
            if added < q:
                n = _note(spans, coarse, n, p, p, added, q, False)
            p += step
            added = q + step
        q += step
    if added < end:
        n = _note(spans, coarse, n, p, p, added, end, False)
    return n


@nb.njit(nogil=True, inline="always")
def _cluster_end(data, p, stop, touched):  # type: ignore[no-untyped-def]
    """Where the character at byte p, with the marks after it, ends."""
    p += code_at(data, p)[1]
    while p < stop:
        code, step = code_at(data, p)
        if touched[code] & MARK == 0:
            break
        p += step
    return p


@nb.njit(nogil=True)
def _letters(data, p, stop, touched, counts):  # type: ignore[no-untyped-def]
    """How many letters those of ``data[p:stop]`` become, each as many as ``counts`` says; marks are none."""
    n = 0
    while p < stop:
        n += np.int64(counts[code_at(data, p)[0]])
        p = _cluster_end(data, p, stop, touched)
    return n


@nb.njit(nogil=True, inline="always")
def _trimmed(data, p, stop, new, q, end):  # type: ignore[no-untyped-def]
    """The two without the whole characters that they begin and end with alike."""
    head_p, head_q = p, q
    alike = _alike(data, p, stop, new, q, end)
    p += alike
    q += alike
    while p > head_p and ((p < stop and (data[p] & _TAIL_MASK) == _TAIL) or (q < end and (new[q] & _TAIL_MASK) == _TAIL)):
        p -= ONE
        q -= ONE
    last, last_new = stop, end
    while last > p and last_new > q and data[last - ONE] == new[last_new - ONE]:
        last -= ONE
        last_new -= ONE
    while last < stop and (data[last] & _TAIL_MASK) == _TAIL:
        last += ONE
        last_new += ONE
    return p, last, head_q + (p - head_p), last_new


@nb.njit(nogil=True)
def _note_middle(data, p, stop, new, q, end, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note what became of ``data[p:stop]``, which is ``new[q:end]`` now, as finely as the two alone can tell."""
    p, stop, q, end = _trimmed(data, p, stop, new, q, end)
    if p == stop and q == end:
        return n
    if p == stop or q == end:
        return _note(spans, coarse, n, p, stop, q, end, False)
    if _is_subsequence(data, p, stop, new, q, end):
        return _note_cuts(data, p, stop, new, q, end, spans, coarse, n)
    if _is_subsequence(new, q, end, data, p, stop):
        return _note_additions(data, p, stop, new, q, end, spans, coarse, n)
    return _note(spans, coarse, n, p, stop, q, end, code_at(data, p)[1] < stop - p)


@nb.njit(nogil=True)
def _note_letters(data, p, stop, new, q, end, touched, counts, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note what became of ``data[p:stop]`` letter by letter, each with its marks and as many as ``counts`` says."""
    while p < stop:
        a, b = _cluster_end(data, p, stop, touched), q
        for _ in range(counts[code_at(data, p)[0]]):
            b = _cluster_end(new, b, end, touched)
        n = _note_middle(data, p, a, new, q, b, spans, coarse, n)
        p, q = a, b
    return n


@nb.njit(nogil=True)
def _note_stretch(data, p, stop, new, q, end, touched, how, counts, ones, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note what became of the touched characters ``data[p:stop]``, in the way that the pass is declared to work."""
    if how == WHOLE:
        if stop - p == end - q and _is_same(data, p, new, q, stop - p):
            return n
        return _note(spans, coarse, n, p, stop, q, end, p < stop and code_at(data, p)[1] < stop - p)
    if how == LETTERS and _letters(data, p, stop, touched, counts) == _letters(new, q, end, touched, ones):
        return _note_letters(data, p, stop, new, q, end, touched, counts, spans, coarse, n)
    return _note_middle(data, p, stop, new, q, end, spans, coarse, n)


@nb.njit(nogil=True, inline="always")
def _touched_end(data, p, stop, touched):  # type: ignore[no-untyped-def]
    while p < stop:
        code, step = code_at(data, p)
        if touched[code] == 0:
            break
        p += step
    return p


@nb.njit(nogil=True, inline="always")
def _touched_begin(data, p, floor, stop, touched):  # type: ignore[no-untyped-def]
    """Where the run of touched characters that reaches up to byte p, or over it, begins; not before ``floor``."""
    while floor < p < stop and (data[p] & _TAIL_MASK) == _TAIL:
        p -= ONE
    while p > floor:
        before = p - ONE
        while before > floor and (data[before] & _TAIL_MASK) == _TAIL:
            before -= ONE
        if touched[code_at(data, before)[0]] == 0:
            break
        p = before
    return p


@nb.njit(nogil=True, cache=True)
def trace(bounds, data, new_bounds, new, touched, how, counts, ones, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches that a pass changed that touches no character with ``touched[c] == 0`` (uint8, 0x110000) and writes none.

    So between two such characters stand, before and after, what the pass read there and what it wrote. ``how`` says how finely that is
    told apart; ``counts`` (uint8, 0x110000) how many letters each becomes, for `LETTERS`. Answers the number of stretches, and the row
    in which another character changed, or -1.
    """
    n = 0
    first[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        q, end = U(new_bounds[row]), U(new_bounds[row + 1])
        floor = p
        while p < stop or q < end:
            alike = _alike(data, p, stop, new, q, end)
            p += alike
            q += alike
            if p == stop and q == end:
                break
            at = _touched_begin(data, p, floor, stop, touched)
            q -= p - at
            p = at
            after, new_after = _touched_end(data, p, stop, touched), _touched_end(new, q, end, touched)
            if after == p and new_after == q:
                return n, row
            n = _note_stretch(data, p, after, new, q, new_after, touched, how, counts, ones, spans, coarse, n)
            p, q = after, new_after
            floor = p
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True, cache=True)
def trace_table(bounds, data, entry, size, leads, lows, highs, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches that `orthography.kernels.rewrite` changed: each character with an entry; the ranges are as there."""
    n = 0
    shift = 0
    first[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        while p < stop:
            address, after = masks.window(data, p), masks.window(data, p + ONE)
            found = odd(address)
            for k in range(leads.shape[0]):
                found |= in_range(address, after, leads[k], lows[k], highs[k])
            found &= masks.upto(stop - p)
            while found:
                a = p + masks.first(found)
                found &= found - ONE
                code, step = code_at(data, a)
                e = entry[code]
                if e != 0:
                    at = np.int64(a) + shift
                    n = _note(spans, coarse, n, a, a + step, at, at + size[e], False)
                    shift += size[e] - np.int64(step)
            p += masks.SIZE
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True, inline="always")
def _find(data, p, stop, code):  # type: ignore[no-untyped-def]
    """Where the character stands next, or the end."""
    while p < stop:
        found, step = code_at(data, p)
        if found == code:
            break
        p += step
    return p


@nb.njit(nogil=True, cache=True)
def trace_marked(bounds, data, marked_bounds, marked, opens, becomes, closes, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches that a pattern changed, from a column in which each match stands marked: ``opens`` old ``becomes`` new ``closes``.

    The three are code points that the column holds nowhere else.
    """
    n = 0
    shift = 0
    first[0] = 0
    for row in range(bounds.shape[0] - 1):
        start = U(bounds[row])
        p = start
        q, stop = U(marked_bounds[row]), U(marked_bounds[row + 1])
        while q < stop:
            a = _find(marked, q, stop, opens)
            p += a - q
            if a == stop:
                break
            a += code_at(marked, a)[1]
            b = _find(marked, a, stop, becomes)
            c = b + code_at(marked, b)[1]
            d = _find(marked, c, stop, closes)
            n = _note_match(data, p, b - a, marked, c, d, shift, spans, coarse, n)
            shift += np.int64(d - c) - np.int64(b - a)
            p += b - a
            q = d + code_at(marked, d)[1]
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True)
def _note_match(data, p, size, marked, c, d, shift, spans, coarse, n):  # type: ignore[no-untyped-def]
    """Note the match ``data[p:][:size]``, which became ``marked[c:d]``."""
    m = _note_middle(data, p, p + size, marked, c, d, spans, coarse, n)
    by = np.int64(p) + shift - np.int64(c)
    for i in range(n, min(m, spans.shape[0])):
        spans[i, 2] += by
        spans[i, 3] += by
    return m


@nb.njit(nogil=True, inline="always")
def _line_end(data, p, stop):  # type: ignore[no-untyped-def]
    while p < stop and data[p] != LF:
        p += ONE
    return p


@nb.njit(nogil=True, inline="always")
def _is_blank_line(data, p, stop):  # type: ignore[no-untyped-def]
    while p < stop and (data[p] == np.uint8(32) or np.uint8(9) <= data[p] <= np.uint8(13)):
        p += ONE
    return p == stop


@nb.njit(nogil=True, inline="always")
def _next_line(data, p, stop):  # type: ignore[no-untyped-def]
    """Begin and end of the next line that is not blank; (stop, stop) if there is none."""
    while p < stop:
        q = _line_end(data, p, stop)
        if not _is_blank_line(data, p, q):
            return p, q
        p = q + ONE
    return stop, stop


@nb.njit(nogil=True, cache=True)
def trace_lines(bounds, data, new_bounds, new, gone_from, gone, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches that went with lines; those of row i have the numbers ``gone[gone_from[i]:gone_from[i + 1]]``, ascending from 1.

    The lines that stayed follow one another as they did, each of them whole or with something cut out of it; a stretch reaches from the
    end of one to the beginning of the next. Answers the number of stretches, and the row that has other lines, or -1.
    """
    n = 0
    first[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        q, end = U(new_bounds[row]), U(new_bounds[row + 1])
        if stop - p == end - q and _is_same(data, p, new, q, end - q):
            first[row + 1] = n
            continue
        k = gone_from[row]
        number = 0
        kept = p
        while p < stop:
            last = _line_end(data, p, stop)
            number += 1
            if k < gone_from[row + 1] and gone[k] == number:
                k += 1
            elif not _is_blank_line(data, p, last):
                a, b = _next_line(new, q, end)
                if a == end:
                    return n, row
                n = _note_middle(data, kept, p, new, q, a, spans, coarse, n)
                n = _note_middle(data, p, last, new, a, b, spans, coarse, n)
                kept, q = last, b
            p = last + ONE
        n = _note_middle(data, kept, stop, new, q, end, spans, coarse, n)
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True, inline="always")
def _overlap(spans, k, stop, begin, end, low, high):  # type: ignore[no-untyped-def]
    return k < stop and spans[k, begin] < high and spans[k, end] > low


@nb.njit(nogil=True, cache=True)
def compose(a_first, a, a_coarse, b_first, b, b_coarse, at, middle, new, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches of two passes, one after the other, as those of one: ``a`` from a column to the next, ``b`` from that to the last.

    Stretches that overlap in the middle column become one; ``at``, ``middle`` and ``new`` are where the rows begin in the three columns.
    """
    n = 0
    first[0] = 0
    for row in range(a_first.shape[0] - 1):
        i, i_stop, j, j_stop = a_first[row], a_first[row + 1], b_first[row], b_first[row + 1]
        back, ahead = at[row] - middle[row], new[row] - middle[row]
        while i < i_stop or j < j_stop:
            to_front, to_end = back, ahead
            if j == j_stop or (i < i_stop and (a[i, 2] < b[j, 0] or (a[i, 2] == b[j, 0] and a[i, 3] <= b[j, 1]))):
                low, high, back, unsure = a[i, 2], a[i, 3], a[i, 1] - a[i, 3], a_coarse[i]
                i += 1
            else:
                low, high, ahead, unsure = b[j, 0], b[j, 1], b[j, 3] - b[j, 1], b_coarse[j]
                j += 1
            while True:
                if _overlap(a, i, i_stop, 2, 3, low, high):
                    high, back, unsure = max(high, a[i, 3]), a[i, 1] - a[i, 3], unsure or a_coarse[i]
                    i += 1
                elif _overlap(b, j, j_stop, 0, 1, low, high):
                    high, ahead, unsure = max(high, b[j, 1]), b[j, 3] - b[j, 1], unsure or b_coarse[j]
                    j += 1
                else:
                    break
            n = _note(spans, coarse, n, low + to_front, high + back, low + to_end, high + ahead, unsure)
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True, cache=True)
def refine(data, new, gaps_first, gaps, first, spans, coarse):  # type: ignore[no-untyped-def]
    """Stretches that are known to have become one another, as finely as they alone can tell; ``gaps`` is like ``spans``."""
    n = 0
    first[0] = 0
    for row in range(gaps_first.shape[0] - 1):
        for i in range(gaps_first[row], gaps_first[row + 1]):
            n = _note_middle(data, U(gaps[i, 0]), U(gaps[i, 1]), new, U(gaps[i, 2]), U(gaps[i, 3]), spans, coarse, n)
        first[row + 1] = n
    return n, -1


@nb.njit(nogil=True, cache=True)
def changing(data, new, given_first, given, given_coarse, first, spans, coarse):  # type: ignore[no-untyped-def]
    """The stretches without those that are the same before and after."""
    n = 0
    first[0] = 0
    for row in range(given_first.shape[0] - 1):
        for i in range(given_first[row], given_first[row + 1]):
            a, b, c, d = U(given[i, 0]), U(given[i, 1]), U(given[i, 2]), U(given[i, 3])
            if b - a != d - c or not _is_same(data, a, new, c, b - a):
                n = _note(spans, coarse, n, a, b, c, d, given_coarse[i])
        first[row + 1] = n
    return n, -1
