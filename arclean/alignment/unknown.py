"""What a function did of which nothing is known: told from the words that it left alone.

Words stand for themselves where both texts have them once; between such words those that follow them alike are matched, then one by one if
as many stand on both sides. What is left becomes what is left on the other side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from arclean.alignment import kernels
from arclean.alignment.replacements import Replacements, changed_rows, noted
from arclean.columns import Strings

Words = Sequence[bytes]
Gap = tuple[int, int, int, int]
_WORDS: Final = re.compile(rb"[ \t\r\n]+|[^ \t\r\n]+")
_DEEPEST: Final = 8


def trace_unknown(before: Strings, after: Strings) -> Replacements:
    """The stretches that changed in a column, whatever changed them."""
    gaps: list[Gap] = []
    counts = np.zeros(len(before) + 1, np.int64)
    for row in changed_rows(before, after):
        p, q = int(before.bounds[row]), int(after.bounds[row])
        text, new = bytes(before.data[p : before.bounds[row + 1]]), bytes(after.data[q : after.bounds[row + 1]])
        found = [(p + a, p + b, q + c, q + d) for a, b, c, d in gaps_between(text, new)]
        counts[row + 1] = len(found)
        gaps += found
    places = np.array(gaps, np.int64).reshape(-1, 4)
    return noted(kernels.refine, len(before), before.data, after.data, np.cumsum(counts), places, room=max(len(gaps), 1))


def gaps_between(text: bytes, new: bytes) -> Iterator[Gap]:
    """The stretches of two texts between the words that they share, in bytes.

    >>> list(gaps_between(b"one two three", b"one 2 three"))
    [(4, 7, 4, 5)]
    """
    one, other = _WORDS.findall(text), _WORDS.findall(new)
    at, at_new = _starts(one), _starts(other)
    for i, i_stop, j, j_stop in _unmatched(one, other, (0, len(one), 0, len(other)), _DEEPEST):
        yield at[i], at[i_stop], at_new[j], at_new[j_stop]


def _starts(words: Words) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _unmatched(one: Words, other: Words, gap: Gap, depth: int) -> Iterator[Gap]:
    i, i_stop, j, j_stop = gap
    while i < i_stop and j < j_stop and one[i] == other[j]:
        i, j = i + 1, j + 1
    while i < i_stop and j < j_stop and one[i_stop - 1] == other[j_stop - 1]:
        i_stop, j_stop = i_stop - 1, j_stop - 1
    if i == i_stop and j == j_stop:
        return
    pairs = _pairs(one, other, (i, i_stop, j, j_stop))
    anchors = [] if pairs or not depth else _anchors(one[i:i_stop], other[j:j_stop])
    if pairs:
        yield from ((a, a + 1, b, b + 1) for a, b in pairs if one[a] != other[b])
        return
    if not anchors:
        yield i, i_stop, j, j_stop
        return
    a, b = i, j
    for k, m in (*anchors, (i_stop - i, j_stop - j)):
        yield from _unmatched(one, other, (a, i + k, b, j + m), depth - 1)
        a, b = i + k, j + m


def _pairs(one: Words, other: Words, gap: Gap) -> list[tuple[int, int]]:
    """The words one by one, if as many stand on both sides and the same white space between them."""
    i, i_stop, j, j_stop = gap
    if i_stop - i != j_stop - j or any(one[i + k] != other[j + k] for k in range(i_stop - i) if one[i + k].isspace()):
        return []
    return [(i + k, j + k) for k in range(i_stop - i)]


def _anchors(one: Words, other: Words) -> list[tuple[int, int]]:
    """Words that both sides have once, as many as stand in the same order on both (patience sorting)."""
    once, once_new = Counter(one), Counter(other)
    place = {word: j for j, word in enumerate(other) if once_new[word] == 1}
    shared = [(i, place[word]) for i, word in enumerate(one) if once[word] == 1 and word in place]
    ends: list[int] = []
    chains: list[int] = []
    came_from = [-1] * len(shared)
    for number, (_, j) in enumerate(shared):
        at = bisect_left(ends, j)
        came_from[number] = chains[at - 1] if at else -1
        ends[at : at + 1], chains[at : at + 1] = [j], [number]
    number = chains[-1] if chains else -1
    longest: list[tuple[int, int]] = []
    while number >= 0:
        longest.append(shared[number])
        number = came_from[number]
    return longest[::-1]
