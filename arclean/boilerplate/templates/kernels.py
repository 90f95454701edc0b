"""Compiled: one value per document by which copies of it are told, from the skeletons of its lines."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb

U = np.uint64
SHINGLE = 5
"""Words of a shingle."""

_SEED = U(0xCBF29CE484222325)
_PRIME = U(0x100000001B3)
_ONE = U(0xFF51AFD7ED558CCD)
_TWO = U(0xC4CEB9FE1A85EC53)


@nb.njit(nogil=True, cache=True)
def mixed(value):  # type: ignore[no-untyped-def]
    """A value whose every bit hangs on every bit (the end of MurmurHash3)."""
    value = (value ^ (value >> U(33))) * _ONE
    value = (value ^ (value >> U(33))) * _TWO
    return value ^ (value >> U(33))


@nb.njit(nogil=True, cache=True)
def signatures(bounds, data, row_of, into):  # type: ignore[no-untyped-def]
    """The least hash of any five words in a row of each document: copies of a text nearly always have the same, other texts another.

    A document of fewer words has the hash of them all.

    Buffers:
        bounds, data: the skeletons of the lines.
        row_of: the document of each line, ascending.
        into: uint64, one a document.
    """
    window = np.zeros(SHINGLE, np.uint64)
    line, lines = 0, len(bounds) - 1
    for row in range(len(into)):
        count, least, every = 0, U(0xFFFFFFFFFFFFFFFF), _SEED
        while line < lines and row_of[line] == row:
            at, end = U(bounds[line]), U(bounds[line + 1])
            while at < end:
                while at < end and data[at] == U(32):
                    at += U(1)
                if at == end:
                    break
                key = _SEED
                while at < end and data[at] != U(32):
                    key = (key ^ U(data[at])) * _PRIME
                    at += U(1)
                window[count % SHINGLE] = key
                count += 1
                every = mixed(every ^ key)
                if count >= SHINGLE:
                    shingle = _SEED
                    for step in range(SHINGLE):
                        shingle = mixed(shingle ^ window[(count + step) % SHINGLE])
                    least = min(least, shingle)
            line += 1
        into[row] = least if count >= SHINGLE else every


@nb.njit(nogil=True, cache=True)
def amid(row_of, prose, blank, into):  # type: ignore[no-untyped-def]
    """Whether a line stands between lines of prose of its document, however far away."""
    lines = len(row_of)
    first = 0
    while first < lines:
        last = first
        while last < lines and row_of[last] == row_of[first]:
            last += 1
        low, high = -1, -1
        for line in range(first, last):
            if prose[line] and not blank[line]:
                if low < 0:
                    low = line
                high = line
        for line in range(first, last):
            into[line] = low >= 0 and low < line < high
        first = last


@nb.njit(nogil=True, cache=True)
def hashes(bounds, data, into):  # type: ignore[no-untyped-def]
    """A hash of each string."""
    for row in range(len(into)):
        key = _SEED
        for at in range(U(bounds[row]), U(bounds[row + 1])):
            key = (key ^ U(data[at])) * _PRIME
        into[row] = mixed(key)
