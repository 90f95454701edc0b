"""Replacements: the stretches of a column that became others, and how those of several passes become those of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.alignment import kernels
from arclean.errors import AlignmentError

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ROOM = 1 << 10


@dataclass(frozen=True)
class Replacements:
    """What became of a column: the stretches that changed. Whatever lies between two of them is the same bytes before and after.

    Attributes:
        first: int64, shape (rows + 1,): those of row i are ``spans[first[i]:first[i + 1]]``, ascending, none overlapping another.
        spans: int64, shape (n, 4): begin and end before, begin and end after, in bytes of the whole columns.
        coarse: bool, shape (n,): whether characters inside are not told apart, because the pass gave back another stretch as a whole, or
            is a function of which no more is known.
    """

    first: Numbers
    spans: Numbers
    coarse: Flags

    @classmethod
    def none(cls, rows: int) -> Replacements:
        """Nothing changed."""
        return cls(np.zeros(rows + 1, np.int64), np.empty((0, 4), np.int64), np.empty(0, np.bool_))

    def __len__(self) -> int:
        return len(self.spans)

    def then(self, after: Replacements, bounds: tuple[Numbers, Numbers, Numbers]) -> Replacements:
        """These, and then those of a later pass; `bounds` are those of the three columns, from zero."""
        if not len(after):
            return self
        if not len(self):
            return after
        one, other = (self.first, self.spans, self.coarse), (after.first, after.spans, after.coarse)
        return noted(kernels.compose, len(self.first) - 1, *one, *other, *bounds, room=len(self) + len(after))

    def from_rows(self, before: Numbers, after: Numbers) -> Replacements:
        """These, counted from the beginning of each row instead of that of the columns; there are their bounds."""
        return replace(self, spans=self.spans - self._starts(before, after))

    def from_columns(self, before: Numbers, after: Numbers) -> Replacements:
        """The way back."""
        return replace(self, spans=self.spans + self._starts(before, after))

    def _starts(self, before: Numbers, after: Numbers) -> Numbers:
        """For each stretch where its row begins, four times."""
        counts = np.diff(self.first)
        some = np.flatnonzero(counts)
        starts = np.stack((before[some], before[some], after[some], after[some]), axis=1)
        return np.repeat(starts, counts[some], axis=0)

    def changing(self, before: columns.Bytes, after: columns.Bytes) -> Replacements:
        """These, without the stretches that one pass changed and another changed back."""
        rows = len(self.first) - 1
        return noted(kernels.changing, rows, before, after, self.first, self.spans, self.coarse, room=max(len(self), 1))


def noted(kernel: Callable[..., tuple[int, int]], rows: int, *arguments: Any, room: int = _ROOM) -> Replacements:
    """What a tracing kernel notes: again with more room if there was not enough.

    Raises:
        AlignmentError: the pass did something that the kernel is told it does not do.
    """
    first = np.empty(rows + 1, np.int64)
    while True:
        spans, coarse = np.empty((room, 4), np.int64), np.empty(room, np.bool_)
        n, bad = kernel(*arguments, first, spans, coarse)
        if bad >= 0:
            raise AlignmentError(f"row {bad}: it changed characters that it is declared not to touch")
        if n <= room:
            return Replacements(first, spans[:n], coarse[:n])
        room = n


def room_for(strings: columns.Strings) -> int:
    """Stretches of a pass that acts on one byte in sixteen: few act more often, and what is not written to costs nothing."""
    return max(_ROOM, int(strings.bounds[-1] - strings.bounds[0]) // 16)


def changed_rows(before: columns.Strings, after: columns.Strings) -> Numbers:
    """The rows that are not the same in both columns, ascending."""
    rows = np.empty(len(before), np.uint8)
    kernels.mark_changed(before.bounds, before.data, after.bounds, after.data, rows)
    return np.flatnonzero(rows)


def from_zero(texts: pa.Array) -> columns.Strings:
    """The buffers of a column, its first row at byte 0."""
    strings = columns.view(texts)
    start, stop = int(strings.bounds[0]), int(strings.bounds[-1])
    return columns.Strings(strings.bounds - start, strings.data[start:stop], strings.type, strings.validity)
