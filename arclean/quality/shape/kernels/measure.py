"""The pass over the shape of texts, compiled: one walk over each, and one over the hashes of its tokens for each length of n-gram."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import ONE, U
from arclean.quality.shape import counts as c
from arclean.quality.shape.kernels import repeats
from arclean.quality.shape.kernels.walk import walk

_PLACES = 256
"""Of the table of a list of words, of which there are up to 64."""


@nb.njit(nogil=True)
def _grown(room):  # type: ignore[no-untyped-def]
    """Arrays for so many tokens or lines, a power of two: hashes and sizes of tokens, then of lines, and a table of twice as many pairs."""
    return (
        (np.empty(room, np.uint64), np.empty(room, np.int64)),
        (np.empty(room, np.uint64), np.empty(room, np.int64), np.empty(room, np.uint8)),
        (np.empty(room + 1, np.uint64), np.empty(room, np.uint8)),
        np.zeros(4 * room, np.uint64),
    )


@nb.njit(nogil=True)
def _placed(words):  # type: ignore[no-untyped-def]
    """A table of a list of words, by their hashes (uint64): the number of each word, or -1, at the first free place from its own on."""
    table = np.full(_PLACES, -1, np.int8)
    for k in range(words.shape[0]):
        at = words[k] & U(_PLACES - 1)
        while table[at] >= 0:
            at = (at + ONE) & U(_PLACES - 1)
        table[at] = k
    return table


@nb.njit(nogil=True)
def _listed(hashes, total, words, table):  # type: ignore[no-untyped-def]
    """How many different words of a list are among the tokens."""
    seen = U(0)
    for i in range(total):
        at = hashes[i] & U(_PLACES - 1)
        while table[at] >= 0:
            if words[table[at]] == hashes[i]:
                seen |= ONE << U(table[at])
            at = (at + ONE) & U(_PLACES - 1)
    met = 0
    while seen != U(0):
        seen &= seen - ONE
        met += 1
    return met


@nb.njit(nogil=True, cache=True)
def token_hashes(data, kinds, hashes):  # type: ignore[no-untyped-def]
    """The hashes of the tokens of a text, as many as ``hashes`` (uint64) has room for; answers how many."""
    room = hashes.shape[0]
    counts = np.zeros(c.COUNTS)
    sizes, line_hashes, line_sizes = np.empty(room, np.int64), np.empty(room, np.uint64), np.empty(room, np.int64)
    line_kinds = np.empty(room, np.uint8)
    return walk(data, U(0), U(data.shape[0]), kinds, counts, hashes, sizes, line_hashes, line_sizes, line_kinds)[0]


@nb.njit(nogil=True, cache=True)
def measure(begin, end, data, kinds, wanted, words, which, counts):  # type: ignore[no-untyped-def]
    """Fill ``counts`` (float64, k x n): row i for each count ``which[i]`` (int64) of `arclean.quality.shape.counts`.

    Text i is ``data[begin[i]:end[i]]``. What is not ``wanted``, see `counts.OF_LINES`, is 0.
    """
    room = 1 << 12
    here = np.zeros(c.COUNTS)
    (hashes, sizes), (line_hashes, line_sizes, line_kinds), (prefixes, may), keys = _grown(room)
    table = _placed(words)
    stamp = 0
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        here[:] = 0.0
        tokens, lines = walk(data, p, stop, kinds, here, hashes, sizes, line_hashes, line_sizes, line_kinds)
        while tokens < 0:
            room *= 2
            (hashes, sizes), (line_hashes, line_sizes, line_kinds), (prefixes, may), keys = _grown(room)
            stamp = 0
            here[:] = 0.0
            tokens, lines = walk(data, p, stop, kinds, here, hashes, sizes, line_hashes, line_sizes, line_kinds)
        if stamp > repeats.MOST_STAMPS:
            keys[:] = U(0)
            stamp = 0
        if wanted & c.OF_LINES:
            repeats.lines(line_hashes, line_sizes, line_kinds, lines, keys, stamp + 1, repeats.mask_for(lines), here)
            repeats.paragraphs(line_hashes, line_sizes, line_kinds, lines, keys, stamp + 2, repeats.mask_for(lines), here)
            stamp += 2
        if wanted & c.OF_LIST:
            here[c.LISTED] = _listed(hashes, tokens, words, table)
        if wanted & c.OF_UNIQUE:
            stamp += 1
            repeats.unique(hashes, tokens, may, keys, stamp, repeats.mask_for(tokens), here)
        else:
            may[:tokens] = 1
        if wanted & c.OF_WORDS:
            stamp = repeats.grams(hashes, sizes, tokens, prefixes, may, keys, stamp, repeats.mask_for(tokens), here)
        for i in range(which.shape[0]):
            counts[i, row] = here[which[i]]
