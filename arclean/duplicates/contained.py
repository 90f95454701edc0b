"""The stage that finds documents which stand inside longer ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.dataset.exchange import Exchange, TableWriter, one_batch
from arclean.duplicates import kernels
from arclean.duplicates.candidates import Carried, Verified, distinct, turns
from arclean.duplicates.clusters import with_documents
from arclean.duplicates.fold import IGNORED, demand_ignored
from arclean.duplicates.signing import sign
from arclean.duplicates.tables import EDGES, PAIRS, SHINGLES, packed
from arclean.errors import ColumnError, PipelineError
from arclean.stages import Desk, Marked, Table
from arclean.steps import with_column

ADDED: Final = ("contained_in", "contained_share")
"""The columns: the id of the longer document that holds most of this one, and which share of its shingles that is."""

_ASKED: Final = 4
"""Shingles by which a document looks for longer ones: with nine tenths of it in one of them, one of four is not in ten thousand misses."""

_WINDOW: Final = 32
_PER_DOCUMENT: Final = 512
_INDEX: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32(), "words": pa.uint32(), "asks": pa.uint8()})
_NAMES: Final = pa.schema({"id": pa.string(), "key": pa.uint64(), "other": pa.uint64()})
_FOUND: Final = pa.schema({"root": pa.int64(), "place": pa.int64(), "share": pa.float32()})
_MARKS: Final = pa.schema({"place": pa.int64(), "container": pa.string(), "share": pa.float32()})


@dataclass(frozen=True)
class Contained:
    """Reject documents that stand inside a longer one: ``drop`` becomes ``contained``.

    A document is contained if ``share`` of its shingles are in the other; of equally long ones, the later in the earlier. Every shingle of
    the corpus is written into the run directory once, so this costs several times what `arclean.Duplicates` does.

    Attributes:
        share: of the shingles of the shorter one.
        least: words that a document must have to be looked for.
        words: in a shingle.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.

    Raises:
        PipelineError: numbers that mean nothing.
        UnknownName: there is nothing of the name to ignore.
    """

    share: float = 0.9
    least: int = 20
    words: int = 5
    ignore: tuple[str, ...] = IGNORED

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or self.words < 1 or self.least < self.words:
            raise PipelineError(
                f"contained: share {self.share:g}, least {self.least}, words {self.words}; "
                "share is above 0, at most 1, and least at least words"
            )
        demand_ignored(self.ignore, "contained")

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        return {"documents": Table(_NAMES), "index": Table(_INDEX, "key"), "shingles": Table(SHINGLES)}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        kept = pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False)
        made = sign(columns.string_array(batch["text"]), kept, self.ignore, self.words, np.uint64)
        asks = np.zeros(len(made.shingles), np.uint8)
        kernels.least_of_each(made.bounds, made.shingles, _ASKED, asks)
        rows = np.repeat(np.arange(len(batch)), np.diff(made.bounds))
        asks[made.words[rows] < self.least] = 0
        arrays = [made.shingles, rows.astype(np.uint32), made.words[rows].astype(np.uint32), asks]
        index = pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=_INDEX)
        held = np.flatnonzero(np.diff(made.bounds)).astype(np.uint32)
        column = packed(made.bounds, (made.shingles >> np.uint64(32)).astype(np.uint32))
        shingles = pa.RecordBatch.from_arrays([pa.array(held), column.take(pa.array(held))], schema=SHINGLES)
        ids = columns.string_array(batch["id"]).cast(pa.string())
        hashes = [pa.array(made.hashes[:, side]) for side in (0, 1)]
        return {"documents": pa.RecordBatch.from_arrays([ids, *hashes], schema=_NAMES), "index": index, "shingles": shingles}

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        exchange = desk.exchange
        desk.do(Longer(exchange), range(exchange.partitions))
        desk.do(Carried(exchange), range(exchange.homes))
        desk.do(Verified(exchange, self.share, contained=True), range(exchange.homes))
        desk.do(Containers(exchange), [0])
        desk.do(Told(exchange), range(exchange.homes))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        for name in ADDED:
            if name in batch.schema.names:
                raise ColumnError(f"contained writes the column {name!r}, which is there already; rename it: --rename {name}={name}_given")
        container, share = pa.nulls(len(batch), pa.string()), pa.nulls(len(batch), pa.float32())
        if marks is not None and len(marks):
            at = pc.index_in(pa.array(np.arange(len(batch), dtype=np.uint32)), value_set=marks["row"])
            container, share = marks["container"].take(at), marks["share"].take(at)
        batch = with_column(with_column(batch, ADDED[0], container), ADDED[1], share)
        reason = pc.if_else(pc.is_valid(share), "contained", pa.scalar(None, pa.string()))
        return Marked(with_column(batch, "drop", pc.coalesce(batch["drop"], reason)))


@dataclass(frozen=True)
class Longer:
    """Pairs of a document and a longer one that has one of the shingles it asks by."""

    exchange: Exchange
    step: str = "candidates"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), PAIRS, self.exchange.homes) as writer:
            for table, places in turns(self.exchange, ("index",), number, _PER_DOCUMENT):
                keys = table["key"].to_numpy()
                order = np.empty(len(keys), np.int64)
                kernels.grouped(keys, order)
                pairs = kernels.container_pairs(keys, order, places, table["words"].to_numpy(), table["asks"].to_numpy(), _WINDOW)
                lefts, rights = distinct(*pairs)
                writer.write(pa.record_batch([lefts, rights], schema=PAIRS), self.exchange.home_of(lefts))


@dataclass(frozen=True)
class Containers:
    """For each contained document the one that holds most of it, the first of those; sent to where that one lies."""

    exchange: Exchange
    step: str = "containers"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        edges = one_batch(self.exchange.step("verified-edges", 0, 1), EDGES)
        lefts, rights, shares = (edges[name].to_numpy() for name in ("left", "right", "similarity"))
        order = np.lexsort((rights, -shares, lefts))
        lefts, rights, shares = lefts[order], rights[order], shares[order]
        heads = np.flatnonzero(np.r_[True, lefts[1:] != lefts[:-1]][: len(lefts)])
        with TableWriter(self.exchange.path(self.step, number), _FOUND, self.exchange.homes) as writer:
            arrays = [pa.array(rights[heads]), pa.array(lefts[heads]), pa.array(shares[heads])]
            writer.write(pa.RecordBatch.from_arrays(arrays, schema=_FOUND), self.exchange.home_of(rights[heads]))


@dataclass(frozen=True)
class Told:
    """What each contained document is told: the id of the other."""

    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), _MARKS, self.exchange.homes) as writer:
            for some, container in with_documents(self.exchange, "containers", number, "root"):
                marks = pa.RecordBatch.from_arrays([some["place"], container["id"], some["share"]], schema=_MARKS)
                writer.write(marks, self.exchange.home_of(some["place"].to_numpy()))
