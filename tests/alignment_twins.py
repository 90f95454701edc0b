"""The slow twins of alignment: sets of characters, one by one, and stretches merged until none overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from arclean.alignment.alignment import Alignments
from arclean.alignment.replacements import Replacements, from_zero

Stretch = tuple[int, int, int, int]


def demand_sound(before: pa.Array, after: pa.Array, found: Replacements) -> None:
    """Ascending, within rows, at ends of characters; the same bytes outside; none that is the same before and after."""
    old, new = from_zero(before), from_zero(after)
    assert len(found.first) == len(before) + 1
    for row in range(len(before)):
        p, q = int(old.bounds[row]), int(new.bounds[row])
        for a, b, c, d in found.spans[found.first[row] : found.first[row + 1]].tolist():
            assert p <= a <= b
            assert q <= c <= d
            assert bytes(old.data[p:a]) == bytes(new.data[q:c])
            stretch, made = bytes(old.data[a:b]), bytes(new.data[c:d])
            assert stretch.decode() != made.decode()
            p, q = b, d
        assert bytes(old.data[p : old.bounds[row + 1]]) == bytes(new.data[q : new.bounds[row + 1]])


def composed(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """Two lists of stretches of one text as one list: groups of those that share a place in between, merged as long as any do."""
    groups: list[tuple[int, int, int]] = [(c, d, 0) for _, _, c, d in one] + [(a, b, 1) for a, b, _, _ in other]
    growing = True
    while growing:
        growing = False
        for i, (low, high, kind) in enumerate(groups):
            for j in range(i + 1, len(groups)):
                begin, end, other_kind = groups[j]
                if begin < high and end > low:
                    groups[i] = (min(low, begin), max(high, end), max(kind, other_kind))
                    del groups[j]
                    growing = True
                    break
            if growing:
                break
    made = [
        (_back(one, low, False), _back(one, high, True), _ahead(other, low, False), _ahead(other, high, True))
        if low < high
        else _of_nothing(one, other, low, kind)
        for low, high, kind in groups
    ]
    return sorted(made)


def _back(one: Sequence[Stretch], place: int, end: bool) -> int:
    """A place in the middle text that lies in no stretch, in the first; past the stretches that end there, or before those that begin."""
    behind = [s for s in one if s[3] < place or (s[3] == place and (s[2] < place or not end))]
    return place + sum((s[1] - s[0]) - (s[3] - s[2]) for s in behind)


def _ahead(other: Sequence[Stretch], place: int, end: bool) -> int:
    behind = [s for s in other if s[1] < place or (s[1] == place and (s[0] < place or not end))]
    return place + sum((s[3] - s[2]) - (s[1] - s[0]) for s in behind)


def _of_nothing(one: Sequence[Stretch], other: Sequence[Stretch], place: int, kind: int) -> Stretch:
    """A deletion of the first pass, or an insertion of the second, at a place that no other stretch holds; the deletion comes first."""
    if kind == 0:
        (stretch,) = (s for s in one if s[2] == s[3] == place)
        at = place + sum((s[3] - s[2]) - (s[1] - s[0]) for s in other if s[1] <= place and s[0] < place)
        return (stretch[0], stretch[1], at, at)
    (stretch,) = (s for s in other if s[0] == s[1] == place)
    at = place + sum((s[1] - s[0]) - (s[3] - s[2]) for s in one if s[3] <= place)
    return (at, at, stretch[2], stretch[3])


def origins(aligned: Alignments, row: int) -> list[tuple[int, int]]:
    """For each character of the cleaned text where it came from, walked one by one."""
    made: list[tuple[int, int]] = []
    at = 0
    for one in aligned.replaced()[row].as_py() or []:
        made += [(at + i, at + i + 1) for i in range(one["new_start"] - len(made))]
        made += [(one["start"], one["end"])] * (one["new_end"] - one["new_start"])
        at = one["end"]
    text = aligned.after[row].as_py() or ""
    return made + [(at + i, at + i + 1) for i in range(len(text) - len(made))]


def carried(places: Sequence[Any], length: int, start: int, end: int) -> tuple[int, int]:
    """The span of the places that hold a part of ``start:end``; `places` has the span of each place of the other side, in order."""
    held = [i for i, (low, high) in enumerate(places) if low < end and high > start]
    return (held[0], held[-1] + 1) if held else (-1, -1)


def as_replacements(stretches: Sequence[Stretch]) -> Replacements:
    spans = np.array(stretches, np.int64).reshape(-1, 4)
    return Replacements(np.array([0, len(spans)]), spans, np.zeros(len(spans), np.bool_))
