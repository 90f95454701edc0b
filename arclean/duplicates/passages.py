"""The stage that finds passages which stand in several documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.dataset.exchange import Exchange, TableWriter
from arclean.duplicates import kernels
from arclean.duplicates.candidates import turns
from arclean.duplicates.fold import IGNORED, demand_ignored
from arclean.duplicates.signing import sign
from arclean.errors import ColumnError, PipelineError
from arclean.stages import Desk, Marked, Table
from arclean.steps import with_column

ADDED: Final = ("repeated_words", "repeated_share")
"""The columns: words that lie in passages of an earlier document, and their share of all words."""

_RUNS: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32(), "start": pa.uint32()})
_MARKS: Final = pa.schema({"place": pa.int64(), "start": pa.uint32()})
_PER_DOCUMENT: Final = 512


@dataclass(frozen=True)
class Passages:
    """Count the words of each document that lie in a passage of ``words`` words or more which an earlier document has.

    Runs of words are compared at every place of every document, as substring deduplication does (Lee et al. 2022). The figures become
    the columns ``repeated_words`` and ``repeated_share``; a document whose share is above ``most`` is rejected as ``repeated_passages``.
    Nothing is cut. It writes 16 bytes a word into the run directory, so it is the most expensive of the stages.

    Attributes:
        words: that a passage has at least.
        most: share of its words that a document may have from others; 1 rejects none.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.

    Raises:
        PipelineError: numbers that mean nothing.
        UnknownName: there is nothing of the name to ignore.
    """

    words: int = 50
    most: float = 1.0
    ignore: tuple[str, ...] = IGNORED

    def __post_init__(self) -> None:
        if self.words < 2 or not 0 <= self.most <= 1:
            raise PipelineError(f"passages: words {self.words} and most {self.most:g}; words are at least 2, most is a share from 0 to 1")
        demand_ignored(self.ignore, "passages")

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        return {"runs": Table(_RUNS, "key")}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        kept = pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False)
        made = sign(columns.string_array(batch["text"]), kept, self.ignore, self.words, np.uint64)
        counts = np.where(made.words >= self.words, np.diff(made.bounds), 0)
        rows = np.repeat(np.arange(len(batch)), np.diff(made.bounds))
        mine = made.words[rows] >= self.words
        starts = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        arrays = [made.shingles[mine], rows[mine].astype(np.uint32), starts.astype(np.uint32)]
        return {"runs": pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=_RUNS)}

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        desk.do(Elsewhere(desk.exchange), range(desk.exchange.partitions))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        for name in ADDED:
            if name in batch.schema.names:
                raise ColumnError(f"passages write the column {name!r}, which is there already; rename it: --rename {name}={name}_given")
        repeated = np.zeros(len(batch), np.int64)
        share = np.zeros(len(batch), np.float64)
        if marks is not None and len(marks):
            rows, starts = marks["row"].to_numpy().astype(np.int64), marks["start"].to_numpy().astype(np.int64)
            order = np.lexsort((starts, rows))
            kernels.covered(rows[order], starts[order], self.words, repeated)
            made = sign(columns.string_array(batch["text"]), repeated > 0, self.ignore, self.words)
            share = repeated / np.maximum(made.words, 1)
        gone = pc.is_valid(batch["drop"])
        batch = with_column(batch, ADDED[0], pc.if_else(gone, pa.scalar(None, pa.int32()), pa.array(repeated.astype(np.int32))))
        batch = with_column(batch, ADDED[1], pc.if_else(gone, pa.scalar(None, pa.float32()), pa.array(share.astype(np.float32))))
        reason = pc.if_else(pa.array(share > self.most), "repeated_passages", pa.scalar(None, pa.string()))
        return Marked(with_column(batch, "drop", pc.coalesce(batch["drop"], reason)))


@dataclass(frozen=True)
class Elsewhere:
    """The runs that an earlier document has."""

    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), _MARKS, self.exchange.homes) as writer:
            for table, places in turns(self.exchange, ("runs",), number, _PER_DOCUMENT):
                keys = table["key"].to_numpy()
                order, again = np.empty(len(keys), np.int64), np.empty(len(keys), np.bool_)
                kernels.grouped(keys, order)
                kernels.not_first(keys, order, places, again)
                mine = np.flatnonzero(again)
                arrays = [pa.array(places[mine]), pa.array(table["start"].to_numpy()[mine])]
                writer.write(pa.RecordBatch.from_arrays(arrays, schema=_MARKS), self.exchange.home_of(places[mine]))
