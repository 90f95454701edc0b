"""What a text repeats, by the hashes of its tokens and lines: n-grams, unique tokens, lines and paragraphs; compiled.

All of it asks one table of keys, which is never emptied between texts: see `_stamped`.
"""

from __future__ import annotations

import math

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import FOUR, ONE, TWO, U
from arclean.quality.shape import counts as c
from arclean.quality.shape.kernels.walk import EMPTY, INKED, PRIME, stirred

_STAMP = U(0xFFFF)
MOST_STAMPS = 0xFF00
"""Uses of a table before it is emptied; the lowest 16 bits of a key say of which use it is."""
_GROWTH = np.array([0.0, 0.0] + [n * math.log(n) - (n - 1) * math.log(n - 1) for n in range(2, 1 << 10)])
"""By how much a token's count times its logarithm grows when it is met the n-th time."""


@nb.njit(nogil=True, inline="always")
def _seat(keys, key, mask):  # type: ignore[no-untyped-def]
    """Where a key is in the table, or the place where it goes: one whose key bears another stamp in its lowest 16 bits.

    Keys stand at even places, and what is known of each right behind it, so that both are fetched at once.
    """
    at = (key >> U(15)) & mask
    while keys[at] != key and (keys[at] & _STAMP) == (key & _STAMP):
        at = (at + TWO) & mask
    return at


@nb.njit(nogil=True, inline="always")
def _stamped(hash_, stamp):  # type: ignore[no-untyped-def]
    """A hash as a key of the table: 48 bits of it, and the stamp of this use of the table, which makes all older keys free places."""
    return (hash_ & ~_STAMP) | U(stamp)


@nb.njit(nogil=True, inline="always")
def _met(first):  # type: ignore[no-untyped-def]
    """What is known of a key that was met once, at this token: its first place in the upper half, how often in the lower."""
    return (U(first) << U(32)) | ONE


@nb.njit(nogil=True, inline="always")
def _first_and_times(known):  # type: ignore[no-untyped-def]
    return np.int64(known >> U(32)), np.int64(known & U(0xFFFFFFFF))


@nb.njit(nogil=True, inline="always")
def _gram(prefixes, first, length, power):  # type: ignore[no-untyped-def]
    """The hash of the n-gram that begins at a token; ``power`` is the prime to the power of its length."""
    return stirred(prefixes[first + length] - prefixes[first] * power)


@nb.njit(nogil=True, inline="always")
def _spoken(sizes, first, length):  # type: ignore[no-untyped-def]
    """Characters of an n-gram with a space between its words."""
    characters = length - 1
    for i in range(first, first + length):
        characters += sizes[i]
    return characters


@nb.njit(nogil=True)
def _top(prefixes, sizes, total, length, power, may, keys, stamp, mask):  # type: ignore[no-untyped-def]
    """Characters of the most frequent n-gram, the first of several, times how often it occurs, and how often; spaces in it count.

    ``may`` (uint8, one for each token) says where an n-gram that occurs twice can begin, and after that where one of this length does.
    """
    best, where = 1, 0
    end = total - length + 1
    for i in range(end):
        if not may[i]:
            continue
        key = _stamped(_gram(prefixes, i, length, power), stamp)
        at = _seat(keys, key, mask)
        if keys[at] != key:
            keys[at], keys[at + ONE] = key, _met(i)
            may[i] = 0
        else:
            keys[at + ONE] += ONE
            first, times = _first_and_times(keys[at + ONE])
            may[i] = 1
            may[first] = 1
            if times > best or (times == best and first < where):
                best, where = times, first
    may[max(end, 0) : total] = 0
    return _spoken(sizes, where, length) * best, best


@nb.njit(nogil=True)
def _repeated(prefixes, sizes, total, length, power, may, keys, stamp, mask):  # type: ignore[no-untyped-def]
    """Characters of the words in n-grams met before; after one the count goes on behind it, so that no word counts twice."""
    characters, i = 0, 0
    while i <= total - length:
        if not may[i]:
            i += 1
            continue
        key = _stamped(_gram(prefixes, i, length, power), stamp)
        at = _seat(keys, key, mask)
        if keys[at] == key:
            for k in range(i, i + length):
                characters += sizes[k]
            i += length
        else:
            keys[at] = key
            i += 1
    return characters


@nb.njit(nogil=True)
def grams(hashes, sizes, total, prefixes, may, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """The most frequent n-grams of 2 to 4 tokens, the repeated ones of 5 to 10; answers the last stamp that it used.

    What occurs twice begins and ends with something shorter that does, so that most places are passed over: ``may`` (uint8) says of each
    token whether it may be met twice.
    """
    prefixes[0] = U(0)
    for i in range(total):
        prefixes[i + 1] = prefixes[i] * PRIME + hashes[i]
    power, best = PRIME, 2
    for length in range(2, 5):
        power *= PRIME
        if total < length:
            return stamp
        for i in range(total - 1):
            may[i] &= may[i + 1]
        if best > 1:
            stamp += 1
            counts[c.TOP_2 + length - 2], best = _top(prefixes, sizes, total, length, power, may, keys, stamp, mask)
        else:
            counts[c.TOP_2 + length - 2] = _spoken(sizes, 0, length)
    if best == 1:
        return stamp
    for length in range(5, 11):
        power *= PRIME
        for i in range(total - 1):
            may[i] &= may[i + 1]
        stamp += 1
        counts[c.DUP_5 + length - 5] = _repeated(prefixes, sizes, total, length, power, may, keys, stamp, mask)
        if counts[c.DUP_5 + length - 5] == 0.0:
            break
    return stamp


@nb.njit(nogil=True)
def unique(hashes, total, may, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Different tokens, and the entropy of their distribution in nats. ``may`` (uint8) becomes whether a token is there twice."""
    unique, logs = 0, 0.0
    for i in range(total):
        key = _stamped(hashes[i], stamp)
        at = _seat(keys, key, mask)
        if keys[at] != key:
            keys[at], keys[at + ONE] = key, _met(i)
            may[i] = 0
            unique += 1
        else:
            keys[at + ONE] += ONE
            first, n = _first_and_times(keys[at + ONE])
            may[i] = may[first] = 1
            logs += _GROWTH[n] if n < _GROWTH.shape[0] else n * math.log(n) - (n - 1) * math.log(n - 1)
    counts[c.UNIQUE] = unique
    counts[c.ENTROPY] = math.log(total) - logs / total if total > 0 else 0.0


@nb.njit(nogil=True)
def lines(hashes, sizes, kinds, total, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Lines that say what one before them said. Gopher: what feeds part, blank or not; FineWeb: those that are not blank."""
    parts = dup = dup_characters = text_lines = text_characters = 0
    for i in range(total):
        if kinds[i] == EMPTY and 0 < i < total - 1:
            continue
        parts += 1
        key = _stamped(stirred(hashes[i] ^ U(sizes[i])), stamp)
        at = _seat(keys, key, mask)
        if keys[at] == key:
            dup += 1
            dup_characters += sizes[i]
            text_lines += kinds[i] == INKED
            text_characters += sizes[i] * (kinds[i] == INKED)
        else:
            keys[at] = key
    counts[c.SPLIT_LINES], counts[c.DUP_LINES] = parts, dup
    counts[c.DUP_LINE_CHARACTERS], counts[c.DUP_TEXT_LINES], counts[c.DUP_TEXT_CHARACTERS] = dup_characters, text_lines, text_characters


@nb.njit(nogil=True)
def paragraphs(hashes, sizes, kinds, total, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Paragraphs, which empty lines part, that say what one before them said; blank ones at both ends do not count."""
    first, last = 0, total - 1
    while first < total and kinds[first] != INKED:
        first += 1
    while last > first and kinds[last] != INKED:
        last -= 1
    parts = dup = dup_characters = size = 0
    mixed = U(0)
    for i in range(first, last + 1):
        if kinds[i] != EMPTY:
            size += sizes[i] + (size > 0)
            mixed = (mixed ^ stirred(hashes[i] ^ U(sizes[i]))) * PRIME
        if (kinds[i] == EMPTY or i == last) and size > 0:
            parts += 1
            key = _stamped(stirred(mixed), stamp)
            at = _seat(keys, key, mask)
            if keys[at] == key:
                dup += 1
                dup_characters += size
            else:
                keys[at] = key
            mixed, size = U(0), 0
    counts[c.PARAGRAPHS], counts[c.DUP_PARAGRAPHS], counts[c.DUP_PARAGRAPH_CHARACTERS] = parts, dup, dup_characters


@nb.njit(nogil=True, inline="always")
def mask_for(entries):  # type: ignore[no-untyped-def]
    """What leaves of a number an even place in a table of pairs, of which there are a power of two, twice so many as entries or more."""
    size = U(32)
    while size < FOUR * U(entries):
        size *= TWO
    return size - TWO
