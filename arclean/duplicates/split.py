"""Train, validation and test without leaks: a cluster of near duplicates lies in one of them, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean import columns
from arclean.dataset.exchange import Exchange, TableWriter
from arclean.duplicates import kernels
from arclean.errors import ColumnError, PipelineError, unknown
from arclean.stages import Desk, Marked, Table
from arclean.steps import undecided, with_column

GROUPS: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32()})
"""A document that is kept, and the hash of what keeps it together with others."""

_CUTS: Final = pa.schema({"test": pa.uint64(), "validation": pa.uint64()})
_MARKS: Final = pa.schema({"place": pa.int64(), "split": pa.uint8()})
_NAMES: Final = pa.array(["test", "validation"])
_ALL: Final = 1 << 64


@dataclass(frozen=True)
class Split:
    """Write ``train``, ``validation`` or ``test`` into the column ``split`` of each document that is kept, and into shards of their own.

    Documents that share a value of the column ``by`` go together; one that has none goes by its id. Which split a group falls into hangs
    on a hash of that value, the lowest to ``test``, those behind to ``validation``. So a group stays where it was when the corpus grows.
    With ``exact`` the shares are met to within a group, and the cuts move a little with the corpus: by some hundred documents in a million
    when it doubles. Without, no document ever moves, and the shares are met as nearly as chance does.

    Attributes:
        validation: share of the documents, 0 to 1.
        test: share of the documents, 0 to 1.
        by: the column that keeps documents together; that of `arclean.Duplicates`, unless the corpus has families of another kind.
        exact: whether the shares are met to within a group.
        seed: another one is another split.

    Raises:
        PipelineError: the shares are no shares, or leave nothing to train on.
    """

    validation: float = 0.01
    test: float = 0.01
    by: str = "cluster"
    exact: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.validation < 1 and 0 <= self.test < 1 and self.validation + self.test < 1):
            raise PipelineError(
                f"split: validation {self.validation:g} and test {self.test:g} are to be shares that leave some to train on"
            )

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        return {"groups": Table(GROUPS, "key")}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        if self.by not in batch.schema.names:
            hint = "; put `duplicates` before `split`" if self.by == "cluster" else ""
            raise unknown("column", self.by, batch.schema.names, f"split by {self.by!r}{hint}")
        if "split" in batch.schema.names:
            raise ColumnError("split writes the column 'split', which is there already; rename it: --rename split=split_given")
        rows = undecided(batch).astype(np.uint32)
        some = batch.take(pa.array(rows))
        together = pc.coalesce(some[self.by].cast(pa.string()), columns.string_array(some["id"]).cast(pa.string()))
        return {"groups": pa.RecordBatch.from_arrays([pa.array(self._keys(together)), pa.array(rows)], schema=GROUPS)}

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        desk.do(Cuts(desk.exchange, self.test, self.validation, self.exact), [0])
        desk.do(Sides(desk.exchange), range(desk.exchange.partitions))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        split = pc.if_else(pc.is_null(batch["drop"]), "train", pa.scalar(None, pa.string()))
        if marks is not None and len(marks):
            at = pc.index_in(pa.array(np.arange(len(batch), dtype=np.uint32)), value_set=marks["row"])
            split = pc.coalesce(_NAMES.take(marks["split"].take(at).cast(pa.int32())), split)
        return Marked(with_column(batch, "split", split))

    def _keys(self, together: pa.Array) -> npt.NDArray[np.uint64]:
        strings = columns.view(together)
        hashes = np.empty((len(strings), 2), np.uint64)
        kernels.byte_hashes(strings.bounds, strings.data, hashes)
        keys: npt.NDArray[np.uint64] = (hashes[:, 0] + np.uint64(self.seed % _ALL)) * kernels.STEP
        keys ^= keys >> np.uint64(31)
        return keys


@dataclass(frozen=True)
class Cuts:
    """Up to which hash a group is of ``test``, and from there up to which of ``validation``."""

    exchange: Exchange
    test: float
    validation: float
    exact: bool
    step: str = "cuts"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        shares = (self.test, self.test + self.validation)
        cuts = self._exact(shares) if self.exact else [min(int(share * _ALL), _ALL - 1) for share in shares]
        with TableWriter(self.exchange.path(self.step, number), _CUTS) as writer:
            writer.write(pa.RecordBatch.from_arrays([pa.array([cut], pa.uint64()) for cut in cuts], schema=_CUTS))

    def _exact(self, shares: tuple[float, float]) -> list[int]:
        """Partitions are in the order of hashes, so only the one that a cut falls into is sorted."""
        counts = np.zeros(self.exchange.partitions, np.int64)
        for partition in range(self.exchange.partitions):
            counts[partition] = sum(len(batch) for _, batch in self.exchange.partition("groups", partition))
        ends = np.cumsum(counts)
        return [self._cut(round(share * int(ends[-1])), ends) for share in shares]

    def _cut(self, wanted: int, ends: npt.NDArray[np.int64]) -> int:
        """The hash below which the number of documents is nearest to the one wanted."""
        if wanted == 0:
            return 0
        partition = int(np.searchsorted(ends, wanted))
        before = int(ends[partition - 1]) if partition else 0
        keys = np.concatenate([batch["key"].to_numpy() for _, batch in self.exchange.partition("groups", partition)])
        values, counts = np.unique(keys, return_counts=True)
        below = before + np.concatenate(([0], np.cumsum(counts)))
        nearest = int(np.argmin(np.abs(below - wanted)))
        return int(values[nearest]) if nearest < len(values) else int(values[-1]) + 1


@dataclass(frozen=True)
class Sides:
    """The documents that are not trained on."""

    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        cuts = pq.read_table(self.exchange.path("cuts", 0)).to_pylist()[0]
        with TableWriter(self.exchange.path(self.step, number), _MARKS, self.exchange.homes) as writer:
            for base, batch in self.exchange.partition("groups", number):
                keys = batch["key"].to_numpy()
                mine = np.flatnonzero(keys < np.uint64(cuts["validation"]))
                places = batch["row"].to_numpy()[mine].astype(np.int64) + base
                sides = (keys[mine] >= np.uint64(cuts["test"])).astype(np.uint8)
                writer.write(pa.RecordBatch.from_arrays([pa.array(places), pa.array(sides)], schema=_MARKS), self.exchange.home_of(places))
