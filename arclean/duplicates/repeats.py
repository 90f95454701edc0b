"""The stage that cuts lines and paragraphs that the corpus has had before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate.kernels import join
from arclean.dataset.exchange import Exchange, TableWriter
from arclean.duplicates import kernels
from arclean.duplicates.candidates import turns
from arclean.duplicates.fold import IGNORED, demand_ignored
from arclean.duplicates.signing import sign
from arclean.errors import PipelineError, unknown
from arclean.language.identify import identify_spans
from arclean.orthography.kernels import gather
from arclean.stages import Desk, Marked, Table
from arclean.steps import NO_LINES, REMOVED_SCHEMA, with_column

UNITS: Final = ("line", "paragraph")
MARKED: Final = 0.25
"""Marks for each letter from which on a unit is vowelled throughout, as scripture and verse are."""
RELIGIOUS: Final = 1 / 6
"""Share of its words from which on a unit reads as a religious text."""
_SIGNED: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32(), "unit": pa.uint32()})
_MARKS: Final = pa.schema({"place": pa.int64(), "unit": pa.uint32()})
_PER_DOCUMENT: Final = 32
"""Lines of a document, about: so many rows of a partition come of one."""


@dataclass(frozen=True)
class Repeats:
    """Cut lines, or paragraphs, that came before: in an earlier document of the corpus, or earlier in their own.

    The first ``most`` stay, in the order of the input; those behind them go to ``removed/``, as rule ``repeated_line`` or
    ``repeated_paragraph``. What is compared is the skeleton of their words. Documents that were rejected are neither looked at nor cut.

    A verse, a prayer, a chain of narrators is said again in book after book, and belongs into each. So a unit of up to ``scripture`` words
    stays that reads so: with a mark for every four letters, or a sixth of its words among those that religious texts repeat
    (`arclean.rules.varieties`). One of more words goes, because chapters, and editions of one book, are duplicates.

    Attributes:
        unit: ``line``, or ``paragraph``: lines without a blank one between them.
        words: that a unit must have; shorter ones are said again for good reasons.
        most: how often a unit stays.
        scripture: words up to which a unit stays that reads as scripture or verse; 0 cuts them all.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.

    Raises:
        UnknownName: there is no such unit, or nothing of the name to ignore.
        PipelineError: numbers that mean nothing.
    """

    unit: str = "line"
    words: int = 8
    most: int = 1
    scripture: int = 60
    ignore: tuple[str, ...] = IGNORED

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise unknown("unit", self.unit, UNITS, "repeats")
        if self.words < 1 or self.most < 1 or self.scripture < 0:
            numbers = f"words {self.words}, most {self.most} and scripture {self.scripture}"
            raise PipelineError(f"repeats: {numbers}; the first two are at least 1, the last at least 0")
        demand_ignored(self.ignore, "repeats")

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        return {"units": Table(_SIGNED, "key")}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        page = _Page.of(batch["text"], by_paragraph=self.unit == "paragraph")
        kept = pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False)
        texts = columns.build(page.starts - page.starts[0], page.strings.data[page.starts[0] : page.starts[-1]])
        made = sign(texts, kept[page.unit_row], self.ignore, self.words)
        mine = np.flatnonzero(made.words >= self.words)
        mine = mine[~self._spared(page, mine, made.words[mine])]
        rows = page.unit_row[mine]
        arrays = [made.hashes[mine, 0], rows.astype(np.uint32), (mine - page.first_unit[rows]).astype(np.uint32)]
        return {"units": pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=_SIGNED)}

    def _spared(self, page: _Page, units: npt.NDArray[np.int64], words: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Which of some units read as scripture or verse, and are short enough to be quoted."""
        spared = words <= self.scripture
        some = units[spared]
        found = identify_spans(page.strings.data, page.starts[some], page.starts[some + 1])
        spared[spared] = (found.marked >= MARKED) | (found.religious >= RELIGIOUS)
        return spared

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        desk.do(Again(desk.exchange, self.most), range(desk.exchange.partitions))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        if marks is None or not len(marks):
            return Marked(batch, removed=NO_LINES)
        page = _Page.of(batch["text"], by_paragraph=self.unit == "paragraph")
        gone = np.zeros(len(page.unit_row), np.bool_)
        gone[page.first_unit[marks["row"].to_numpy()] + marks["unit"].to_numpy()] = True
        cut = np.where(gone[page.unit_of], 0, -1)
        bounds, out = np.empty_like(page.strings.bounds), columns.room(len(page.strings.data))
        size = join(page.strings.bounds, page.strings.data, page.row_of, page.begin, page.end, cut, bounds, out)
        texts = columns.build(bounds, out[:size], page.strings)
        lines = np.flatnonzero((cut == 0) & (page.end > page.begin))
        return Marked(with_column(batch, "text", texts), {f"repeated_{self.unit}": len(lines)}, self._removed(page, lines))

    def _removed(self, page: _Page, lines: npt.NDArray[np.int64]) -> pa.RecordBatch:
        begin, end = page.begin[lines], page.end[lines]
        bounds, out = np.empty(len(lines) + 1, np.int64), columns.room(int((end - begin).sum()))
        gather(page.strings.data, begin, end, bounds, out)
        rows = page.row_of[lines]
        numbers = lines - np.searchsorted(page.row_of, rows) + 1
        told = [pa.array([word] * len(lines), pa.string()) for word in (f"repeated_{self.unit}", "repeat")]
        arrays = [pa.array(rows.astype(np.int32)), pa.array(numbers.astype(np.int32)), *told, columns.build(bounds, out)]
        return pa.RecordBatch.from_arrays(arrays, schema=REMOVED_SCHEMA)


@dataclass(frozen=True)
class Again:
    """The units that came before, ``most`` times or more."""

    exchange: Exchange
    most: int
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), _MARKS, self.exchange.homes) as writer:
            for table, places in turns(self.exchange, ("units",), number, _PER_DOCUMENT):
                keys = table["key"].to_numpy()
                order, before = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64)
                kernels.grouped(keys, order)
                kernels.ranks(keys, order, before)
                again = np.flatnonzero(before >= self.most)
                arrays = [pa.array(places[again]), pa.array(table["unit"].to_numpy()[again])]
                writer.write(pa.RecordBatch.from_arrays(arrays, schema=_MARKS), self.exchange.home_of(places[again]))


@dataclass(frozen=True)
class _Page:
    """A column cut into lines and units, see `arclean.duplicates.kernels.units`; ``first_unit`` is the first one of each row."""

    strings: columns.Strings
    row_of: npt.NDArray[np.int64]
    begin: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    unit_of: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    unit_row: npt.NDArray[np.int64]
    first_unit: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: pa.Array, *, by_paragraph: bool) -> _Page:
        strings = columns.view(texts)
        low, high = int(strings.bounds[0]), int(strings.bounds[-1])
        most = int(np.count_nonzero(strings.data[low:high] == 10)) + len(strings)
        row_of, begin, end, unit_of, unit_row = (np.empty(most, np.int64) for _ in range(5))
        starts = np.empty(most + 1, np.int64)
        lines, count = kernels.units(strings.bounds, strings.data, by_paragraph, row_of, begin, end, unit_of, starts, unit_row)
        unit_row = unit_row[:count]
        first = np.searchsorted(unit_row, np.arange(len(strings)))
        return cls(strings, row_of[:lines], begin[:lines], end[:lines], unit_of[:lines], starts[: count + 1], unit_row, first)
