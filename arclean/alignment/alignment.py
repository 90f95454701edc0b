"""Alignment: for each place of a cleaned text the place it came from, and spans of labels carried over both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.alignment.replacements import Numbers, Replacements, from_zero
from arclean.errors import AlignmentError, unknown
from arclean.steps import Part

Unit = Literal["char", "byte"]
Span = tuple[int, int]
UNITS: Final = ("char", "byte")
REPLACED: Final = pa.struct(
    [("start", pa.int64()), ("end", pa.int64()), ("new_start", pa.int64()), ("new_end", pa.int64()), ("coarse", pa.bool_())]
)
"""A stretch of a text, where it stands in the cleaned text, and whether characters inside are not told apart."""


@dataclass(frozen=True)
class Replaced:
    """A stretch of a text that became another.

    Attributes:
        start, end: where it stood, in code points.
        new_start, new_end: where stands what it became; equal if it was deleted.
        before, after: the two.
        coarse: characters inside are not told apart: the stretch was decoded anew or turned round as a whole, or written by a function of
            which no more is known.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    before: str
    after: str
    coarse: bool


@dataclass(frozen=True, eq=False)
class Alignments:
    """A column of texts and the same column cleaned, aligned.

    Attributes:
        before, after: the columns, as many rows, nulls in the same ones.
        replacements: what changed, in bytes of the whole columns.
    """

    before: pa.Array
    after: pa.Array
    replacements: Replacements

    def __len__(self) -> int:
        return len(self.before)

    def __getitem__(self, row: int) -> Alignment:
        """The alignment of one text; a null is aligned as an empty one."""
        if not -len(self) <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        return Alignment(
            Alignments(self.before.slice(row % len(self), 1), self.after.slice(row % len(self), 1), self._row(row % len(self)))
        )

    def _row(self, row: int) -> Replacements:
        found, some = self.replacements, slice(*self.replacements.first[row : row + 2])
        starts = [from_zero(texts).bounds[row] for texts in (self.before, self.after)]
        spans = found.spans[some] - np.repeat(starts, 2)
        return Replacements(np.array([0, len(spans)]), spans, found.coarse[some])

    def replaced(self, unit: Unit = "char") -> pa.Array:
        """One list a row of what changed: `REPLACED`, places within the row, in order.

        Raises:
            UnknownName: there is no such unit.
        """
        found, sides = self.replacements, self._sides(unit)
        row_of = np.repeat(np.arange(len(self)), np.diff(found.first))
        spans = np.concatenate([side.places - side.rows[row_of][:, None] for side in sides], axis=1)
        values = pa.StructArray.from_arrays([*map(pa.array, spans.T), pa.array(found.coarse)], fields=list(REPLACED))
        return pa.ListArray.from_arrays(pa.array(found.first.astype(np.int32)), values)

    def origins(self, unit: Unit = "char") -> pa.RecordBatch:
        """For each code point, or byte, of the cleaned texts the span that it came from: lists ``start`` and ``end``, one a row.

        Raises:
            UnknownName: there is no such unit.

        >>> import arclean
        >>> aligned = arclean.load("light").align_many(["ﻻ  شيء"])
        >>> aligned.origins()["start"].to_pylist(), aligned.origins()["end"].to_pylist()
        ([[0, 0, 1, 3, 4, 5]], [[1, 1, 2, 4, 5, 6]])
        """
        old, new = self._sides(unit)
        row_of = np.repeat(np.arange(len(self)), np.diff(new.rows))
        cuts = pa.array(new.rows.astype(np.int32))
        values = (values - old.rows[row_of] for values in _origins(old, new))
        return pa.RecordBatch.from_arrays([pa.ListArray.from_arrays(cuts, pa.array(one)) for one in values], names=["start", "end"])

    def to_output(self, start: pa.Array, end: pa.Array, unit: Unit = "char") -> pa.RecordBatch:
        """Spans of labels, lists of starts and of ends in the rows of `before`, carried over to `after`; see `Alignment.to_output`.

        Raises:
            AlignmentError: a span lies outside of its text, or the lists are not alike.
            UnknownName: there is no such unit.
        """
        return self._carried(start, end, *self._sides(unit))

    def to_input(self, start: pa.Array, end: pa.Array, unit: Unit = "char") -> pa.RecordBatch:
        """The way back; see `Alignment.to_input`.

        Raises:
            AlignmentError, UnknownName: as `to_output`.
        """
        return self._carried(start, end, *self._sides(unit)[::-1])

    def _carried(self, start: pa.Array, end: pa.Array, old: Side, new: Side) -> pa.RecordBatch:
        first, last = (pa.array(lists, pa.list_(pa.int64())) for lists in (start, end))
        counts = np.diff(first.offsets.to_numpy())
        if len(first) != len(self) or not first.offsets.equals(last.offsets):
            raise AlignmentError(
                f"spans are given as a list of starts and a list of ends for each of the {len(self)} texts, alike in length"
            )
        row_of = np.repeat(np.arange(len(self)), counts)
        places = [lists.flatten().to_numpy() for lists in (first, last)]
        _demand_inside(places, old, row_of)
        carried = _carried(old, new, *(place + old.rows[row_of] for place in places))
        low, high = new.rows[row_of], new.rows[row_of + 1]
        values = [pa.array(np.clip(place, low, high) - low) for place in carried]
        return pa.RecordBatch.from_arrays([pa.ListArray.from_arrays(first.offsets, one) for one in values], names=["start", "end"])

    def _sides(self, unit: Unit) -> tuple[Side, Side]:
        if unit not in UNITS:
            raise unknown("unit", str(unit), UNITS)
        spans = self.replacements.spans
        return Side.of(from_zero(self.before), spans[:, :2], unit), Side.of(from_zero(self.after), spans[:, 2:], unit)


@dataclass(frozen=True)
class Side:
    """One of two columns, in bytes or in code points.

    Attributes:
        rows: int64, shape (rows + 1,): where rows begin.
        places: int64, shape (n, 2): begin and end of each stretch that changed.
    """

    rows: Numbers
    places: Numbers

    @classmethod
    def of(cls, strings: columns.Strings, places: Numbers, unit: Unit) -> Side:
        """The column `strings`, with stretches given in bytes."""
        if unit == "byte":
            return cls(strings.bounds, places)
        counts = np.concatenate(([0], np.cumsum((strings.data & 0xC0) != 0x80)))
        return cls(counts[strings.bounds], counts[places])


@dataclass(frozen=True, eq=False)
class Alignment:
    """A text and the same text cleaned, aligned. Places are counted in code points, as Python does, or in bytes of UTF-8.

    Both ways the alignment never goes backwards, and outside of what changed the two texts are the same.

    >>> import arclean
    >>> found = arclean.load("pretrain").align("كتـــاب  ﷲ")
    >>> found.after
    'كتاب الله'
    >>> found.to_output(0, 7), found.to_input(5, 9)
    ((0, 4), (9, 10))
    """

    column: Alignments

    @property
    def before(self) -> str:
        """The text given."""
        text: str = self.column.before[0].as_py() or ""
        return text

    @property
    def after(self) -> str:
        """The text cleaned."""
        text: str = self.column.after[0].as_py() or ""
        return text

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        """What changed, in order; all else is the same in both texts."""
        before, after = self.before, self.after
        return tuple(
            Replaced(**one, before=before[one["start"] : one["end"]], after=after[one["new_start"] : one["new_end"]])
            for one in self.column.replaced()[0].as_py()
        )

    def origins(self, unit: Unit = "char") -> npt.NDArray[np.int64]:
        """int64, shape (n, 2): for each code point, or byte, of `after` the span in `before` that it came from.

        A place that stayed came from one place. All places of a replacement came from the whole of what it replaced; what was put in
        from an empty span.

        Raises:
            UnknownName: there is no such unit.
        """
        found = self.column.origins(unit)
        return np.stack([found[name].flatten().to_numpy() for name in ("start", "end")], axis=1)

    def to_output(self, start: int, end: int, unit: Unit = "char") -> Span:
        """Where the span ``before[start:end]`` of a label lies in `after`.

        A span that begins or ends inside of a replacement takes the whole of what stands there now. What was deleted at its edges
        falls away, what was put in between its places is taken along. A span of which nothing is left comes back empty, at the place where
        it stood: ``start == end``.

        Raises:
            AlignmentError: the span lies outside of the text.
            UnknownName: there is no such unit.

        >>> import arclean
        >>> found = arclean.load("light").align("أ ﷺ قـــال")
        >>> found.to_output(2, 3), found.to_output(5, 8), found.to_output(4, 10)
        ((2, 20), (22, 22), (21, 24))
        """
        return self._one(self.column.to_output, start, end, unit)

    def to_input(self, start: int, end: int, unit: Unit = "char") -> Span:
        """Where the span ``after[start:end]`` came from in `before`: the smallest span that holds all of it; the rules are the same.

        Raises:
            AlignmentError, UnknownName: as `to_output`.
        """
        return self._one(self.column.to_input, start, end, unit)

    @staticmethod
    def _one(carry: Any, start: int, end: int, unit: Unit) -> Span:
        (found,) = carry([[start]], [[end]], unit).to_pylist()
        return found["start"][0], found["end"][0]


def align(parts: Sequence[Part], texts: pa.Array) -> Alignments:
    """A string column through the cleaners among the parts, and back.

    Raises:
        AlignmentError: a pass touched what it is declared not to touch.
    """
    from arclean.alignment.trace import trace

    after, found = trace(parts, texts)
    return Alignments(texts, after, found)


def _carried(old: Side, new: Side, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """Spans of one side on the other; places count from the beginning of the column."""
    if not len(old.places):
        return start + 0, end + 0
    (begins, ends), (new_begins, new_ends) = old.places.T, new.places.T
    k = np.searchsorted(ends, start, side="right")  # the first stretch that ends behind the first place of the span
    inside = begins[np.minimum(k, len(begins) - 1)] <= start
    inside &= k < len(begins)
    moved = start + np.where(k > 0, (new_ends - ends)[k - 1], 0)
    first = np.where(inside, new_begins[np.minimum(k, len(begins) - 1)], moved)
    k = np.searchsorted(begins, end, side="left") - 1  # the last stretch that begins before the end of the span
    inside = (k >= 0) & (ends[k] >= end)
    last = np.where(inside, new_ends[k], end + np.where(k >= 0, (new_ends - ends)[k], 0))
    empty = start == end
    return np.where(empty, np.minimum(first, last), first), np.where(empty, np.minimum(first, last), last)


def _origins(old: Side, new: Side) -> tuple[Numbers, Numbers]:
    """Begin and end of the span that each place of the new side came from."""
    (begins, ends), (new_begins, new_ends) = old.places.T, new.places.T
    size = int(new.rows[-1])
    stretches = np.diff(np.concatenate(([0], new_ends, [size])))
    start = np.arange(size) + np.repeat(np.concatenate(([0], ends - new_ends)), stretches)
    end = start + 1
    sizes = new_ends - new_begins
    which = np.repeat(np.arange(len(sizes)), sizes)
    where = np.arange(len(which)) + (new_begins - np.cumsum(sizes) + sizes)[which]
    start[where], end[where] = begins[which], ends[which]
    return start, end


def _demand_inside(places: list[Numbers], old: Side, row_of: Numbers) -> None:
    start, end = places
    length = np.diff(old.rows)[row_of]
    wrong = np.flatnonzero((start < 0) | (end < start) | (end > length))
    if len(wrong):
        at = wrong[0]
        raise AlignmentError(f"the span {start[at]}:{end[at]} of text {row_of[at]} lies outside of it; it has {length[at]} places")
