"""The passes of duplicates, compiled: words and shingles of a column, MinHash, buckets, overlap of sets, union-find.

No text is written down: a word is its hash. All hashes are arclean's own arithmetic, so that a signature written today is the same on any
machine and in any version that does not say otherwise.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.duplicates.lanes import LANES, least_values
from arclean.orthography.kernels import CODE, LF, ONE, SPACE, TAB, U, code_at

GONE = np.int32(-1)
"""In a fold: this code point is no part of any word and does not end one; 0 is one that does."""

_FNV, _FNV_PRIME = U(0xCBF29CE484222325), U(0x100000001B3)
_MIX_1, _MIX_2 = U(0xFF51AFD7ED558CCD), U(0xC4CEB9FE1A85EC53)
STEP, _OTHER_STEP = U(0x9E3779B97F4A7C15), U(0xD6E8FEB86659FD93)
_SHIFT, _HALF = U(33), U(32)


@nb.njit(nogil=True, inline="always")
def mixed(value):  # type: ignore[no-untyped-def]
    """64 bits, stirred (the end of MurmurHash3)."""
    value = (value ^ (value >> _SHIFT)) * _MIX_1
    value = (value ^ (value >> _SHIFT)) * _MIX_2
    return value ^ (value >> _SHIFT)


@nb.njit(nogil=True, cache=True)
def shingles(bounds, data, chosen, fold, size, power, shift, recent, words, hashes, ends, out):  # type: ignore[no-untyped-def]
    """The words of each chosen row, as hashes: all of them as one, and each run of ``size`` of them.

    ``fold`` (int32, 0x110000) is what a code point counts as in a word, 0 if it ends one, `GONE` if it is looked through. ``power`` is
    `STEP` to the power of ``size`` + 1; ``recent`` (uint64, size) is room for the last words. ``words[i]`` gets their number, ``hashes[i]``
    (uint64, 2) the hash of their sequence, ``out`` the shingles, up to ``ends[i]``: the bits of each from ``shift`` (uint64) on. Fewer
    words than ``size`` are one shingle.
    A row without a word gets the hash of its bytes. Answers how many shingles there are.
    """
    at = U(0)
    window = U(size)
    for row in range(bounds.shape[0] - 1):
        if not chosen[row]:
            words[row] = 0
            ends[row] = np.int64(at)
            continue
        p, stop = U(bounds[row]), U(bounds[row + 1])
        count = slot = U(0)
        rolling = whole = other = U(0)
        word = _FNV
        while True:
            code, step = CODE(0), ONE
            if p < stop:
                code, step = code_at(data, p)
            shape = fold[code]
            p += step
            if shape > 0:
                word = (word ^ U(shape)) * _FNV_PRIME
            elif shape == 0:
                if word != _FNV:
                    word = mixed(word)
                    whole = (whole + word) * STEP
                    other = (other ^ word) * _OTHER_STEP
                    rolling = (rolling + word) * STEP
                    if count >= window:
                        rolling -= recent[slot] * power
                    recent[slot] = word
                    slot += ONE
                    if slot == window:
                        slot = U(0)
                    count += ONE
                    if count >= window:
                        out[at] = mixed(rolling) >> shift
                        at += ONE
                    word = _FNV
                if p > stop:
                    break
        if U(0) < count < window:
            out[at] = mixed(rolling) >> shift
            at += ONE
        if count == 0:
            for i in range(U(bounds[row]), stop):
                whole = (whole ^ U(data[i])) * _FNV_PRIME
                other = (other + U(data[i]) + ONE) * _OTHER_STEP
        words[row] = np.int64(count)
        hashes[row, 0], hashes[row, 1] = mixed(whole ^ count), mixed(other + count)
        ends[row] = np.int64(at)
    return np.int64(at)


@nb.njit(nogil=True, cache=True)
def byte_hashes(bounds, data, hashes):  # type: ignore[no-untyped-def]
    """128 bits over the bytes of each row, into ``hashes`` (uint64, n x 2)."""
    for row in range(bounds.shape[0] - 1):
        one, other = _FNV, U(0)
        for i in range(U(bounds[row]), U(bounds[row + 1])):
            one = (one ^ U(data[i])) * _FNV_PRIME
            other = (other + U(data[i]) + ONE) * _OTHER_STEP
        hashes[row, 0], hashes[row, 1] = mixed(one), mixed(other)


@nb.njit(nogil=True, cache=True)
def bands(shingles, ends, factor, offset, rows, least, keys):  # type: ignore[no-untyped-def]
    """The keys of each row with a shingle: ``keys[i, k]`` (uint64) is a hash of the least values of ``rows`` functions over its shingles.

    ``factor`` (odd) and ``offset`` (uint32) are the functions ``factor * x + offset`` modulo 2 to the 32nd, a multiple of
    `arclean.duplicates.lanes.LANES`; ``least`` is room for their values.
    """
    width = keys.shape[1]
    start = U(0)
    for row in range(ends.shape[0]):
        end = U(ends[row])
        if end > start:
            for first in range(U(0), U(factor.shape[0]), U(LANES)):
                least_values(shingles, start, end, factor, offset, first, least)
            for band in range(width):
                keys[row, band] = U(band)
            for k in range(rows):
                for band in range(width):
                    key = (keys[row, band] ^ U(least[U(band) * U(rows) + U(k)])) * STEP
                    keys[row, band] = key ^ (key >> _HALF)
            for band in range(width):
                keys[row, band] = mixed(keys[row, band])
        start = end


@nb.njit(nogil=True, cache=True)
def grouped(keys, order, alone=True):  # type: ignore[no-untyped-def]
    """Put the indices of ``keys`` (uint64, well stirred) into ``order`` (int64): equal keys together, each group in order of index.

    Without ``alone`` those whose key is there once are left out. Answers how many indices there are.
    """
    n = keys.shape[0]
    size = 1
    while size * 8 < n:
        size *= 2
    mask = U(size - 1)
    starts = np.zeros(size + 1, np.int64)
    for i in range(n):
        starts[(keys[i] & mask) + ONE] += 1
    for i in range(size):
        starts[i + 1] += starts[i]
    fill = starts[:size].copy()
    near = np.empty(n, np.uint64)
    for i in range(n):
        d = keys[i] & mask
        order[fill[d]] = i
        near[fill[d]] = keys[i]
        fill[d] += 1
    at = np.int64(0)
    for d in range(size):
        first, stop = starts[d], starts[d + 1]
        if stop - first > 64:
            by_key = np.argsort(near[first:stop], kind="mergesort")
            order[first:stop] = order[first:stop][by_key]
            near[first:stop] = near[first:stop][by_key]
        else:
            for i in range(first + 1, stop):
                index, key = order[i], near[i]
                j = i - 1
                while j >= first and near[j] > key:
                    order[j + 1], near[j + 1] = order[j], near[j]
                    j -= 1
                order[j + 1], near[j + 1] = index, key
        for i in range(first, stop):
            if alone or (i > first and near[i - 1] == near[i]) or (i + 1 < stop and near[i + 1] == near[i]):
                order[at] = order[i]
                at += 1
    return at


@nb.njit(nogil=True)
def _heads(order, first, stop, texts, heads):  # type: ignore[no-untyped-def]
    """The first of each text in a bucket, in order; answers how many."""
    count = 0
    if stop - first <= 64:
        for i in range(first, stop):
            known = False
            for j in range(count):
                known |= texts[heads[j]] == texts[order[i]]
            if not known:
                heads[count] = order[i]
                count += 1
        return count
    by_text = np.argsort(texts[order[first:stop]], kind="mergesort")
    is_head = np.ones(stop - first, np.bool_)
    for i in range(1, stop - first):
        is_head[by_text[i]] = texts[order[first + by_text[i]]] != texts[order[first + by_text[i - 1]]]
    for i in range(stop - first):
        if is_head[i]:
            heads[count] = order[first + i]
            count += 1
    return count


@nb.njit(nogil=True, cache=True)
def pairs(keys, order, places, texts, window, joined):  # type: ignore[no-untyped-def]
    """The pairs to look at, of documents that share a key: each with the first of its bucket, and with the ``window`` before it.

    ``order`` is that of `grouped`. Documents of one text are one, whose first stands for it. Pairs of places below ``joined`` are left out.
    """
    n = order.shape[0]
    heads = np.empty(max(n, 1), np.int64)
    lefts, rights = np.empty(1024, np.int64), np.empty(1024, np.int64)
    found = first = 0
    while first < n:
        stop = first + 1
        while stop < n and keys[order[stop]] == keys[order[first]]:
            stop += 1
        if stop - first > 1:
            count = _heads(order, first, stop, texts, heads)
            for i in range(1, count):
                right = places[heads[i]]
                if right >= joined:
                    low = max(i - window, 0)
                    if found + window + 1 > lefts.shape[0]:
                        lefts = np.concatenate((lefts, np.empty_like(lefts)))
                        rights = np.concatenate((rights, np.empty_like(rights)))
                    if low > 0:
                        lefts[found], rights[found] = places[heads[0]], right
                        found += 1
                    for j in range(low, i):
                        lefts[found], rights[found] = places[heads[j]], right
                        found += 1
        first = stop
    return lefts[:found], rights[:found]


@nb.njit(nogil=True, cache=True)
def first_of_each(keys, others, order, places, firsts):  # type: ignore[no-untyped-def]
    """Set ``firsts[i]`` to the least place that has both keys of i.

    ``order`` is that of `grouped` by ``keys``.
    """
    n = order.shape[0]
    first = 0
    while first < n:
        stop = first + 1
        while stop < n and keys[order[stop]] == keys[order[first]]:
            stop += 1
        for i in range(first, stop):
            j = first
            while others[order[j]] != others[order[i]]:
                j += 1
            head, place = order[j], places[order[i]]
            firsts[head] = place if i == j else min(firsts[head], place)
        for i in range(first, stop):
            j = first
            while others[order[j]] != others[order[i]]:
                j += 1
            firsts[order[i]] = firsts[order[j]]
        first = stop


@nb.njit(nogil=True, cache=True)
def as_sets(bounds, values):  # type: ignore[no-untyped-def]
    """Sort each row of ``values`` and leave each value once, in place; ``bounds`` follow."""
    at = np.int64(0)
    start = bounds[0]
    for row in range(bounds.shape[0] - 1):
        stop = bounds[row + 1]
        some = np.sort(values[start:stop])
        bounds[row] = at
        for i in range(some.shape[0]):
            if i == 0 or some[i] != some[i - 1]:
                values[at] = some[i]
                at += 1
        start = stop
    bounds[bounds.shape[0] - 1] = at


@nb.njit(nogil=True, cache=True)
def overlaps(left_bounds, left, right_bounds, right, lefts, rights, shared):  # type: ignore[no-untyped-def]
    """How many values the sets ``lefts[i]`` of one table and ``rights[i]`` of another share; sets are sorted."""
    for i in range(lefts.shape[0]):
        a, a_stop = U(left_bounds[lefts[i]]), U(left_bounds[lefts[i] + 1])
        b, b_stop = U(right_bounds[rights[i]]), U(right_bounds[rights[i] + 1])
        count = 0
        while a < a_stop and b < b_stop:
            x, y = left[a], right[b]
            count += x == y
            a += U(x <= y)
            b += U(y <= x)
        shared[i] = count


@nb.njit(nogil=True)
def _root(parents, i):  # type: ignore[no-untyped-def]
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


@nb.njit(nogil=True, cache=True)
def unite(parents, lefts, rights):  # type: ignore[no-untyped-def]
    """Join the clusters of each pair; the root of a cluster is its least place, so that no order of pairs makes another result."""
    for i in range(lefts.shape[0]):
        a, b = _root(parents, lefts[i]), _root(parents, rights[i])
        if a < b:
            parents[b] = a
        elif b < a:
            parents[a] = b


@nb.njit(nogil=True, cache=True)
def tighten(ties, lefts, rights, kinds):  # type: ignore[no-untyped-def]
    """Note the strongest tie (the least kind, of 0 to 3) of each place: to one before it in the lowest two bits, to any above them."""
    for i in range(lefts.shape[0]):
        a, b, kind = lefts[i], rights[i], kinds[i]
        ties[a] = (ties[a] & np.uint8(3)) | np.uint8(min(ties[a] >> 2, kind) << 2)
        ties[b] = np.uint8(min(ties[b] & np.uint8(3), kind)) | np.uint8(min(ties[b] >> 2, kind) << 2)


@nb.njit(nogil=True, cache=True)
def flatten(parents, sizes):  # type: ignore[no-untyped-def]
    """Let each place point to its root, and count the places of each root. One pass: a parent comes before its children."""
    for i in range(parents.shape[0]):
        root = parents[parents[i]]
        parents[i] = root
        sizes[root] += 1


@nb.njit(nogil=True, cache=True)
def choose(parents, best, best_ranks, first, ranks, older):  # type: ignore[no-untyped-def]
    """Let ``best[root]`` be the place whose ranks are least, compared one after the other; the earlier one where they are equal.

    ``ranks`` (float64, n x k) are those of the places from ``first`` on. A cluster that holds a place below ``older`` keeps its root.
    """
    for i in range(ranks.shape[0]):
        place = first + i
        root = parents[place]
        if root == place:
            best[root] = root
            best_ranks[root, :] = ranks[i, :]
        elif root >= older:
            for k in range(ranks.shape[1]):
                if ranks[i, k] != best_ranks[root, k]:
                    if ranks[i, k] < best_ranks[root, k]:
                        best[root] = place
                        best_ranks[root, :] = ranks[i, :]
                    break


@nb.njit(nogil=True, cache=True)
def fill_slots(values, slots, owners, owner_of):  # type: ignore[no-untyped-def]
    """Put each value (uint64) and its owner (int32) into a table of ``slots`` (uint64, a power of two, 0: free); the first owner stays."""
    mask = U(slots.shape[0] - 1)
    for i in range(values.shape[0]):
        value = values[i] | ONE
        at = (value >> ONE) & mask
        while slots[at] != U(0) and slots[at] != value:
            at = (at + ONE) & mask
        if slots[at] == U(0):
            slots[at] = value
            owner_of[at] = owners[i]


@nb.njit(nogil=True, cache=True)
def look_up(values, ends, slots, rows, found):  # type: ignore[no-untyped-def]
    """The values that are in the table: their row into ``rows``, their slot into ``found``. Answers how many; there is room for all."""
    mask = U(slots.shape[0] - 1)
    count = np.int64(0)
    start = np.int64(0)
    for row in range(ends.shape[0]):
        for i in range(start, ends[row]):
            value = values[i] | ONE
            at = (value >> ONE) & mask
            while slots[at] != U(0) and slots[at] != value:
                at = (at + ONE) & mask
            if slots[at] == value:
                rows[count] = row
                found[count] = np.int64(at)
                count += 1
        start = ends[row]
    return count


@nb.njit(nogil=True, cache=True)
def units(bounds, data, by_paragraph, row_of, begin, end, unit_of, starts, unit_row):  # type: ignore[no-untyped-def]
    """Cut rows into lines, and these into units: each line, or each paragraph with the blank lines behind it. Answers how many of both.

    Line i of row ``row_of[i]`` lies in ``data[begin[i]:end[i]]``, without white space at its ends, and belongs to unit ``unit_of[i]``.
    Unit k of row ``unit_row[k]`` lies in ``data[starts[k]:starts[k + 1]]``.
    """
    lines = count = np.int64(0)
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        fresh, blank_before = True, False
        while True:
            q = p
            while q < stop and data[q] != LF:
                q += ONE
            a, b = p, q
            while a < b and (data[a] == SPACE or data[a] == TAB):
                a += ONE
            while b > a and (data[b - ONE] == SPACE or data[b - ONE] == TAB):
                b -= ONE
            if fresh or not by_paragraph or (blank_before and a < b):
                starts[count], unit_row[count] = p, row
                count += 1
            fresh, blank_before = False, a == b
            row_of[lines], begin[lines], end[lines], unit_of[lines] = row, a, b, count - 1
            lines += 1
            if q >= stop:
                break
            p = q + ONE
    starts[count] = bounds[bounds.shape[0] - 1]
    return lines, count


@nb.njit(nogil=True, cache=True)
def ranks(keys, order, found):  # type: ignore[no-untyped-def]
    """How many of its key came before each; ``order`` is that of `grouped`."""
    first = 0
    for i in range(order.shape[0]):
        if keys[order[i]] != keys[order[first]]:
            first = i
        found[order[i]] = i - first


@nb.njit(nogil=True, cache=True)
def not_first(keys, order, places, found):  # type: ignore[no-untyped-def]
    """Whether another place had the same key before; ``order`` is that of `grouped`, and ``places`` ascend."""
    first = 0
    for i in range(order.shape[0]):
        if keys[order[i]] != keys[order[first]]:
            first = i
        found[order[i]] = places[order[i]] != places[order[first]]


@nb.njit(nogil=True, cache=True)
def covered(rows, starts, size, words):  # type: ignore[no-untyped-def]
    """How many words of each row lie in the runs of ``size`` words that begin at ``starts``, which are sorted by row and start."""
    for i in range(rows.shape[0]):
        begin = starts[i]
        if i > 0 and rows[i - 1] == rows[i]:
            begin = max(begin, starts[i - 1] + size)
        words[rows[i]] += starts[i] + size - begin


@nb.njit(nogil=True, cache=True)
def container_pairs(keys, order, places, words, asks, window):  # type: ignore[no-untyped-def]
    """Pairs (one that asks, a longer one) of documents that share a key; each is shown the first ``window`` others of its key.

    Of two that are equally long the earlier one counts as the longer. ``order`` is that of `grouped`, and ``places`` ascend.
    """
    n = order.shape[0]
    lefts, rights = np.empty(1024, np.int64), np.empty(1024, np.int64)
    found = first = 0
    while first < n:
        stop = first + 1
        while stop < n and keys[order[stop]] == keys[order[first]]:
            stop += 1
        for i in range(first, stop if stop - first > 1 else first):
            a = order[i]
            if asks[a] == 0:
                continue
            if found + window > lefts.shape[0]:
                lefts = np.concatenate((lefts, np.empty_like(lefts)))
                rights = np.concatenate((rights, np.empty_like(rights)))
            shown = 0
            for j in range(first, stop):
                b = order[j]
                if places[b] != places[a] and (words[b] > words[a] or (words[b] == words[a] and places[b] < places[a])):
                    lefts[found], rights[found] = places[a], places[b]
                    found += 1
                    shown += 1
                    if shown == window:
                        break
        first = stop
    return lefts[:found], rights[:found]


@nb.njit(nogil=True, cache=True)
def least_of_each(bounds, values, count, found):  # type: ignore[no-untyped-def]
    """Set ``found[i]`` (uint8) to 1 for the ``count`` least values of each row, to 0 for the others."""
    for row in range(bounds.shape[0] - 1):
        first, stop = bounds[row], bounds[row + 1]
        for _ in range(min(count, stop - first)):
            best = np.int64(-1)
            for i in range(first, stop):
                if found[i] == 0 and (best < 0 or values[i] < values[best]):
                    best = i
            found[best] = 1
