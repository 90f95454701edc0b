"""From signatures to ties, task by task: documents that are the same; pairs that share a band; what these pairs have in common.

A pair may lie in two parts. The shingles of its earlier document are carried to the part of the later one, so no task looks into more
than one part, and what is moved is what pairs need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean.dataset.exchange import Exchange, TableWriter, partition_of
from arclean.duplicates import kernels
from arclean.duplicates.tables import CARRIED, EDGES, NEAR, PAIRS, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

Places = npt.NDArray[np.int64]

WINDOW: Final = 32
"""Documents before it in its bucket that each one is compared with, beside the first: a bucket of n costs 33 n pairs, not n squared."""

MOST_ROWS: Final = 1 << 23
"""Rows of a partition that are held at once; a larger one is read in turns, by more bits of the key."""


@dataclass(frozen=True)
class Same:
    """Ties between documents that share both hashes: each with the first."""

    exchange: Exchange
    step: str = "same-edges"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), EDGES) as writer:
            for table, places in turns(self.exchange, ("same", "ties"), number, 2):
                kinds = table["kind"].to_numpy()
                keys = table["key"].to_numpy() + kinds  # the kinds apart, each with all of its bits
                order, firsts = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64)
                kernels.grouped(keys, order)
                kernels.first_of_each(keys, table["other"].to_numpy(), order, places, firsts)
                again = np.flatnonzero(firsts != places)
                similar = np.where(kinds[again] == TEXT, np.float32(1), np.float32(np.nan))
                arrays = [firsts[again], places[again], kinds[again], similar]
                writer.write(pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=EDGES))


@dataclass(frozen=True)
class Candidates:
    """Pairs that share a band, sent to the home of the earlier one.

    Attributes:
        width: keys of a document.
        joined: documents, the first of all, between which all pairs are known already.
    """

    exchange: Exchange
    width: int
    joined: int = 0
    step: str = "candidates"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), PAIRS, self.exchange.homes) as writer:
            for table, places in turns(self.exchange, ("bands",), number, self.width):
                keys = table["key"].to_numpy()
                order = np.empty(len(keys), np.int64)
                order = order[: kernels.grouped(keys, order, False)]
                pairs = kernels.pairs(keys, order, places, table["text"].to_numpy(), WINDOW, self.joined)
                lefts, rights = distinct(*pairs)
                writer.write(pa.record_batch([lefts, rights], schema=PAIRS), self.exchange.home_of(lefts))


@dataclass(frozen=True)
class Carried:
    """The shingles of the earlier document of each pair, sent to the homes of the later ones."""

    exchange: Exchange
    step: str = "carried"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        found = list(self.exchange.step("candidates", number, self.exchange.homes))
        lefts, rights = distinct(*(_column(found, name) for name in ("left", "right")))
        with TableWriter(self.exchange.path(self.step, number), CARRIED, self.exchange.homes) as writer:
            for part in self.exchange.of_home(number):
                low, high = np.searchsorted(lefts, self.exchange.bases[part : part + 2])
                if low < high:
                    self._carry(writer, part, lefts[low:high], rights[low:high])

    def _carry(self, writer: TableWriter, part: int, lefts: Places, rights: Places) -> None:
        """The pairs whose earlier document lies in one part, sorted by it."""
        for places, shingles in _shingles_of(self.exchange, part, np.unique(lefts)):
            low, high = np.searchsorted(lefts, [places[0], places[-1] + 1])
            some, others = lefts[low:high], rights[low:high]
            homes = self.exchange.home_of(others)
            order = np.lexsort((others, homes, some))
            some, others, homes = some[order], others[order], homes[order]
            heads = np.flatnonzero(np.r_[True, (some[1:] != some[:-1]) | (homes[1:] != homes[:-1])])
            ends = pa.array(np.r_[heads, len(some)].astype(np.int32))
            lists = pa.ListArray.from_arrays(ends, pa.array(others))
            taken = shingles.take(pa.array(np.searchsorted(places, some[heads])))
            writer.write(pa.RecordBatch.from_arrays([pa.array(some[heads]), lists, taken], schema=CARRIED), homes[heads])


@dataclass(frozen=True)
class Verified:
    """What each pair really has in common; the ties of those that have enough.

    Attributes:
        threshold: similarity from which on a pair is one.
        contained: whether it is the share of the first document that is in the other, instead of the Jaccard similarity.
    """

    exchange: Exchange
    threshold: float
    contained: bool = False
    step: str = "verified-edges"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), EDGES) as writer:
            for part in self.exchange.of_home(number):
                low, high = self.exchange.bases[part : part + 2].tolist()
                for batch in self.exchange.step("carried", number, self.exchange.homes):
                    self._verify(writer, part, low, high, batch)

    def _verify(self, writer: TableWriter, part: int, low: int, high: int, batch: pa.RecordBatch) -> None:
        rights = batch["rights"].flatten().to_numpy()
        owner = pc.list_parent_indices(batch["rights"]).to_numpy()
        mine = np.flatnonzero((rights >= low) & (rights < high))
        rights, owner = rights[mine], owner[mine]
        if not len(rights):
            return
        left_bounds, left = _sets(batch["shingles"])
        for places, shingles in _shingles_of(self.exchange, part, np.unique(rights)):
            some = np.flatnonzero((rights >= places[0]) & (rights <= places[-1]))
            right_bounds, right = _sets(shingles)
            at = np.searchsorted(places, rights[some])
            shared = np.empty(len(some), np.int64)
            kernels.overlaps(left_bounds, left, right_bounds, right, owner[some], at, shared)
            own = np.diff(left_bounds)[owner[some]]
            similar = shared / (own if self.contained else own + np.diff(right_bounds)[at] - shared)
            enough = np.flatnonzero(similar >= self.threshold)
            lefts = batch["left"].to_numpy()[owner[some[enough]]]
            arrays = [lefts, rights[some[enough]], np.full(len(enough), NEAR, np.uint8), similar[enough].astype(np.float32)]
            writer.write(pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=EDGES))


def distinct(lefts: Places, rights: Places) -> tuple[Places, Places]:
    """Each pair once, sorted.

    >>> [places.tolist() for places in distinct(np.array([5, 1, 5]), np.array([6, 2, 6]))]
    [[1, 5], [2, 6]]
    """
    if len(lefts) and max(int(lefts.max()), int(rights.max())) < 1 << 31:
        codes = np.unique((lefts << 32) | rights)
        return codes >> 32, codes & 0xFFFFFFFF
    order = np.lexsort((rights, lefts))
    lefts, rights = lefts[order], rights[order]
    new = np.r_[True, (lefts[1:] != lefts[:-1]) | (rights[1:] != rights[:-1])][: len(lefts)]
    return lefts[new], rights[new]


def turns(exchange: Exchange, tables: tuple[str, ...], number: int, width: int) -> Iterator[tuple[pa.Table, Places]]:
    """A partition, table by table in order of places, with these; in several turns where some ``width`` rows a document are too many."""
    turns = 1
    while exchange.documents * width > MOST_ROWS * exchange.partitions * turns:
        turns *= 2
    for turn in range(turns):
        batches, places = [], []
        for table in tables:
            for base, batch in exchange.partition(table, number):
                keys = batch["key"].to_numpy()
                mine = partition_of(keys, exchange.partitions * turns) == number * turns + turn
                batches.append(batch if mine.all() else batch.filter(pa.array(mine)))
                places.append(batches[-1]["row"].to_numpy().astype(np.int64) + base)
        if batches:
            yield pa.Table.from_batches(batches).combine_chunks(), np.concatenate(places)


def _column(batches: list[pa.RecordBatch], name: str) -> Places:
    return np.concatenate([batch[name].to_numpy() for batch in batches]) if batches else np.empty(0, np.int64)


def _shingles_of(exchange: Exchange, part: int, places: Places) -> Iterator[tuple[Places, pa.BinaryArray]]:
    """The shingles of some documents of a part, sorted by place, group by group of the file."""
    wanted = (places - exchange.bases[part]).astype(np.uint32)
    with pq.ParquetFile(exchange.parts[part].path("shingles")) as file:
        for batch in file.iter_batches(use_threads=False):
            rows = batch["row"].to_numpy()
            mine = np.flatnonzero(np.isin(rows, wanted, assume_unique=True))
            if len(mine):
                yield rows[mine].astype(np.int64) + exchange.bases[part], batch["shingles"].take(pa.array(mine))


def _sets(shingles: pa.BinaryArray) -> tuple[Places, npt.NDArray[np.uint32]]:
    """The shingles of documents as sorted sets, one behind the other."""
    _, offsets, data = shingles.buffers()
    bounds = np.frombuffer(offsets, np.int32)[shingles.offset : shingles.offset + len(shingles) + 1].astype(np.int64) // 4
    values = np.frombuffer(data or b"", np.uint32)[bounds[0] : bounds[-1]].copy()
    bounds = bounds - bounds[0]
    kernels.as_sets(bounds, values)
    return bounds, values
