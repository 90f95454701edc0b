"""The pass that looks for words and phrases of a list, compiled: a look-up for each word, and for each run of words that it ends."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import LF, ONE, U, code_at
from arclean.quality.shape.kernels.walk import PRIME, stirred

PARTS, SKIPPED = np.uint32(0), np.uint32(0xFFFFFFFF)
"""What a code point may fold to beside a code point: it parts words; it is passed over."""
MOST_WORDS = 8
"""Words that a phrase may have."""


@nb.njit(nogil=True, inline="always")
def _longer(phrase, word):  # type: ignore[no-untyped-def]
    """The hash of a phrase with one more word."""
    return stirred(phrase * PRIME + word)


@nb.njit(nogil=True, inline="always")
def _seat(keys, key):  # type: ignore[no-untyped-def]
    """Where a key is in the table, or the free place where it goes; 0 is free."""
    mask = U(keys.shape[0] - 1)
    at = key & mask
    while keys[at] != U(0) and keys[at] != key:
        at = (at + ONE) & mask
    return at


@nb.njit(nogil=True, cache=True)
def enter(data, bounds, fold, keys, number, of_words):  # type: ignore[no-untyped-def]
    """Put phrases into the table: ``keys`` (uint64) their hashes, ``number`` (int64) which phrase; answers how many words the longest has.

    ``of_words`` (int64) gets the number of words of each; of phrases that fold to the same, the first is entered.
    """
    longest = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        phrase, seed, size, words = U(0), U(0), 0, 0
        while p <= stop:
            shape, step = PARTS, ONE
            if p < stop:
                code, step = code_at(data, p)
                shape = fold[code]
            p += step
            if shape == PARTS:
                if size > 0:
                    phrase = _longer(phrase, stirred(seed))
                    words += 1
                seed, size = U(0), 0
            elif shape != SKIPPED:
                seed = seed * PRIME + U(shape)
                size += 1
        of_words[row] = words
        longest = max(longest, words)
        if 0 < words <= MOST_WORDS:
            at = _seat(keys, phrase)
            if keys[at] == U(0):
                keys[at], number[at] = phrase, row
    return longest


@nb.njit(nogil=True, cache=True)
def find(bounds, data, fold, keys, number, of_words, longest, words, hits, covered, different):  # type: ignore[no-untyped-def]
    """Count, per row, its words, its phrases of the list, the words that those cover, and how many different ones there are.

    A phrase lies within a line; signs between its words do not matter; of several that end at a word, the longest counts.
    """
    recent = np.zeros(MOST_WORDS + 1, np.uint64)
    seen = np.full(of_words.shape[0], -1, np.int64)
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        n = h = c = d = 0
        behind = size = 0
        seed = U(0)
        while p <= stop:
            code, step, shape = np.uint32(LF), ONE, PARTS
            if p < stop:
                code, step = code_at(data, p)
                shape = fold[code]
            p += step
            if shape == PARTS:
                if size > 0:
                    n += 1
                    word = stirred(seed)
                    behind = min(behind + 1, longest)
                    for k in range(behind, 1, -1):
                        recent[k] = _longer(recent[k - 1], word)
                    recent[1] = _longer(U(0), word)
                    for k in range(behind, 0, -1):
                        at = _seat(keys, recent[k])
                        if keys[at] != U(0):
                            h += 1
                            c += k
                            d += seen[number[at]] != row
                            seen[number[at]] = row
                            behind = 0
                            break
                    seed, size = U(0), 0
                if code == np.uint32(LF):
                    behind = 0
            elif shape != SKIPPED:
                seed = seed * PRIME + U(shape)
                size += 1
        words[row], hits[row], covered[row], different[row] = n, h, c, d
