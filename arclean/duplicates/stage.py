"""The stage that finds documents that came before: the same words, the same address, nearly the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.dataset import manifest
from arclean.dataset.files import hash_file
from arclean.duplicates import kernels
from arclean.duplicates.candidates import Candidates, Carried, Same, Verified
from arclean.duplicates.clusters import Clusters, Marks, Ties
from arclean.duplicates.fold import IGNORED, demand_ignored
from arclean.duplicates.keep import Wish, wishes
from arclean.duplicates.older import joined, parts_of
from arclean.duplicates.signing import Bands, Signatures, sign, tuned
from arclean.duplicates.tables import BANDS, REASONS, SAME, SHINGLES, TEXT, URL, documents_table, packed
from arclean.duplicates.urls import normal_urls
from arclean.errors import ColumnError, PipelineError, unknown
from arclean.options import as_texts
from arclean.stages import Desk, Marked, Table
from arclean.steps import with_column

if TYPE_CHECKING:
    from arclean.dataset.exchange import Part

COLUMNS: Final = {"cluster": pa.string(), "cluster_size": pa.int32()}
"""What the stage adds: the id of the first document of the cluster, null where a document is alone; how many documents are in it."""


@dataclass(frozen=True)
class Duplicates:
    """Reject documents that came before; one of each cluster is kept.

    The reason in ``drop`` is ``exact_duplicate`` (the same words), ``same_url``, or ``near_duplicate``: the strongest tie to a document
    before it. Documents that were rejected already are not looked at. A document without a single word is a duplicate only of its bytes.

    Attributes:
        threshold: Jaccard similarity of the shingles from which on two documents are near duplicates.
        near: whether near duplicates are looked for at all.
        keep: which document of a cluster is kept, the first wish that decides: ``first``, ``longest``, ``newest COLUMN``,
            ``oldest COLUMN``, ``greatest COLUMN``, ``least COLUMN``, ``COLUMN in A, B, C`` (the best first). The earlier one at the end.
        url: the column of addresses; documents of one address are duplicates. None does not look.
        verify: whether the similarity of each pair that bands bring is counted out. Without it, a pair that shares a band is a duplicate.
        words: words in a shingle.
        hashes: least values of a document, at most; see `arclean.duplicates.signing.tuned`.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.
        against: datasets of arclean made with ``signatures``: their documents come first, and are not read again.
        signatures: whether the signatures are written to ``signatures/``, so that other datasets can be held against this one.

    Raises:
        PipelineError: a threshold, a size or a wish that is none.
        UnknownName: there is nothing of the name to ignore.
    """

    threshold: float = 0.75
    near: bool = True
    keep: tuple[str, ...] = ("first",)
    url: str | None = None
    verify: bool = True
    words: int = 5
    hashes: int = 112
    ignore: tuple[str, ...] = IGNORED
    against: tuple[str, ...] = ()
    signatures: bool = False

    def __post_init__(self) -> None:
        for name in ("keep", "ignore", "against"):
            object.__setattr__(self, name, as_texts(getattr(self, name), f"duplicates.{name}"))
        if not 0 < self.threshold <= 1:
            raise PipelineError(f"duplicates: threshold is {self.threshold}; it is a similarity above 0, at most 1")
        if self.words < 1 or not 1 <= self.hashes <= 4096:
            raise PipelineError(f"duplicates: {self.words} words and {self.hashes} hashes; at least 1 of each, at most 4096 hashes")
        demand_ignored(self.ignore, "duplicates")
        wishes(self.keep)

    @cached_property
    def bands(self) -> Bands:
        """The bands for the threshold."""
        return tuned(self.threshold, self.hashes)

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """The order in which documents are kept."""
        return wishes(self.keep)

    def reads(self) -> Mapping[str, str]:
        """What its work depends on beside its options: the datasets made before, each with the hash of its manifest."""
        paths = {place: Path(place) / manifest.NAME for place in self.against}
        return {place: hash_file(path) if path.is_file() else "not there" for place, path in paths.items()}

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        tables = {"documents": Table(documents_table(len(self.wishes))), "same": Table(SAME, "key")}
        if self.near:
            tables["bands"] = Table(BANDS, "key")
            if self.verify:
                tables["shingles"] = Table(SHINGLES)
        return tables

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        chosen = pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False)
        signatures = sign(columns.string_array(batch["text"]), chosen, self.ignore, self.words)
        rows = np.flatnonzero(chosen).astype(np.uint32)
        tables = {"documents": self._documents(batch, signatures, chosen), "same": self._same(batch, signatures, rows)}
        if self.near:
            fresh = rows[_first_of_text(signatures.hashes[rows, 0])]
            fresh = fresh[np.diff(signatures.bounds)[fresh] > 0]
            tables["bands"] = self._bands(signatures, fresh)
            if self.verify:
                tables["shingles"] = _shingles(signatures, fresh)
        return tables

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        exchange = desk.exchange
        desk.do(Same(exchange), range(exchange.partitions))
        if self.near:
            desk.do(Candidates(exchange, self.bands.count, joined(self.against, self)), range(exchange.partitions))
            if self.verify:
                desk.do(Carried(exchange), range(exchange.homes))
                desk.do(Verified(exchange, self.threshold), range(exchange.homes))
        near = ("verified-edges" if self.verify else "candidates",) if self.near else ()
        desk.do(Clusters(exchange, ("same-edges", *near), len(self.wishes)), [0])
        desk.do(Marks(exchange), range(exchange.homes))
        if self.signatures:
            desk.do(Ties(exchange), exchange.own)

    def older(self) -> tuple[Part, ...]:
        """See `arclean.stages.Growing`."""
        return tuple(part for place in self.against for part in parts_of(place, self))

    def kept(self) -> tuple[str, ...]:
        """See `arclean.stages.Growing`."""
        return (*self.tables(), "ties") if self.signatures else ()

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        for name in COLUMNS:
            if name in batch.schema.names:
                raise ColumnError(f"duplicates write the column {name!r}, which is there already; rename it: --rename {name}={name}_given")
        alone = pc.if_else(pc.is_null(batch["drop"]), pa.scalar(1, pa.int32()), pa.scalar(None, pa.int32()))
        cluster, size, reason = pa.nulls(len(batch), pa.string()), alone, pa.nulls(len(batch), pa.string())
        if marks is not None and len(marks):
            at = pc.index_in(pa.array(np.arange(len(batch), dtype=np.uint32)), value_set=marks["row"])
            cluster, size = marks["cluster"].take(at), pc.coalesce(marks["size"].take(at), alone)
            reason = pa.array([*REASONS, None], pa.string()).take(marks["reason"].take(at).cast(pa.int32()))
        batch = with_column(with_column(batch, "cluster", cluster), "cluster_size", size)
        reasons = pc.coalesce(batch["drop"], reason)
        return Marked(with_column(batch, "drop", reasons))

    def _documents(self, batch: pa.RecordBatch, signatures: Signatures, chosen: npt.NDArray[np.bool_]) -> pa.RecordBatch:
        ids = pc.if_else(pa.array(chosen), columns.string_array(batch["id"]).cast(pa.string()), pa.scalar(None, pa.string()))
        ranks = [pa.array(wish.ranks(batch, signatures.words)) for wish in self.wishes]
        schema = documents_table(len(self.wishes))
        return pa.RecordBatch.from_arrays([ids, *(pa.array(signatures.hashes[:, i]) for i in (0, 1)), *ranks], schema=schema)

    def _same(self, batch: pa.RecordBatch, signatures: Signatures, rows: npt.NDArray[np.uint32]) -> pa.RecordBatch:
        hashes, kinds = [signatures.hashes[rows]], [np.full(len(rows), TEXT, np.uint8)]
        if self.url is not None:
            if self.url not in batch.schema.names:
                raise unknown("column", self.url, batch.schema.names, "duplicates, url")
            urls = normal_urls(batch[self.url].take(pa.array(rows)))
            there = np.flatnonzero(pc.is_valid(urls).to_numpy(zero_copy_only=False))
            strings = columns.view(urls.take(pa.array(there)))
            found = np.empty((len(there), 2), np.uint64)
            kernels.byte_hashes(strings.bounds, strings.data, found)
            hashes.append(found)
            kinds.append(np.full(len(there), URL, np.uint8))
            rows = np.concatenate((rows, rows[there]))
        both = np.concatenate(hashes)
        return pa.RecordBatch.from_arrays([pa.array(a) for a in (both[:, 0], both[:, 1], rows, np.concatenate(kinds))], schema=SAME)

    def _bands(self, signatures: Signatures, rows: npt.NDArray[np.uint32]) -> pa.RecordBatch:
        keys = self.bands.keys(signatures)[rows]
        told = np.ones(keys.shape, np.bool_)
        told[np.diff(signatures.bounds)[rows] < self._fewest, 1:] = False
        counts = told.sum(axis=1)
        texts = signatures.hashes[rows, 1].astype(np.uint32)
        arrays = [keys[told], np.repeat(rows, counts), np.repeat(texts, counts)]
        return pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=BANDS)

    @property
    def _fewest(self) -> float:
        """A document with fewer shingles is as similar as that only to one that has the very same; so one key finds it as well as all."""
        return self.threshold / (1 - self.threshold) if self.verify and self.threshold < 1 else 0


def _first_of_text(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """The first of each; the others of a batch are found by their text, and need no bands."""
    firsts = np.unique(hashes, return_index=True)[1]
    return np.sort(firsts)


def _shingles(signatures: Signatures, rows: npt.NDArray[np.uint32]) -> pa.RecordBatch:
    taken = packed(signatures.bounds, signatures.shingles).take(pa.array(rows))
    return pa.RecordBatch.from_arrays([pa.array(rows), taken], schema=SHINGLES)
