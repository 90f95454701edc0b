"""From ties to clusters to marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.exchange import Exchange, TableWriter, one_batch, partition_of
from arclean.duplicates import kernels
from arclean.duplicates.tables import KEPT, MARKS, MEMBERS, NEAR, SAME, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typing_extensions import Self

_MAPPED_FROM: Final = 1 << 22
"""Documents from which on the arrays of the clusters lie in files that are mapped into memory, which the system may take back."""

_ROWS: Final = 1 << 20


@dataclass(frozen=True)
class Clusters:
    """All ties as clusters (union-find over an array of places), and which document of each is kept.

    The one task that sees the whole corpus: 13 bytes a document, and 8 for each wish, in files that are mapped into memory.

    Attributes:
        edges: the steps that wrote the ties.
        wishes: ranks of a document.
    """

    exchange: Exchange
    edges: tuple[str, ...]
    wishes: int
    step: str = "clusters"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        exchange = self.exchange
        with _Arrays(Path(exchange.folder), exchange.documents) as arrays:
            parents, ties = arrays.make("parents", np.int64), arrays.make("ties", np.uint8)
            parents[:] = np.arange(exchange.documents, dtype=np.int64)
            ties[:] = KEPT | KEPT << 2
            for edges in _ties(exchange, self.edges):
                lefts, rights = edges["left"].to_numpy(), edges["right"].to_numpy()
                kinds = edges["kind"].to_numpy() if "kind" in edges.schema.names else np.full(len(lefts), NEAR, np.uint8)
                kernels.unite(parents, lefts, rights)
                kernels.tighten(ties, lefts, rights, kinds)
            sizes = arrays.make("sizes", np.int32)
            sizes[:] = 0
            kernels.flatten(parents, sizes)
            best = parents if not self.wishes else self._best(arrays, parents)
            with TableWriter(exchange.path(self.step, number), MEMBERS, exchange.homes) as writer:
                for start in range(exchange.older, exchange.documents, _ROWS):
                    self._members(writer, start, parents, sizes, ties, best)

    def _best(self, arrays: _Arrays, parents: Any) -> Any:
        best, ranks = arrays.make("best", np.int64), arrays.make("ranks", np.float64, self.wishes)
        best[:] = parents
        names = [f"rank_{n}" for n in range(self.wishes)]
        for part, base in zip(self.exchange.parts, self.exchange.bases.tolist(), strict=False):
            if part.older:
                continue
            with pq.ParquetFile(part.path("documents")) as file:
                for batch in file.iter_batches(columns=names, use_threads=False):
                    some = np.stack([batch[name].to_numpy() for name in names], axis=1)
                    kernels.choose(parents, best, ranks, base, some, self.exchange.older)
                    base += len(some)  # noqa: PLW2901 - the place of the next
        return best

    def _members(self, writer: TableWriter, start: int, parents: Any, sizes: Any, ties: Any, best: Any) -> None:
        roots = np.array(parents[start : start + _ROWS])
        several = np.flatnonzero(sizes[roots] > 1)
        roots, places = roots[several], several + start
        kept = np.array(best[roots]) == places
        some = np.array(ties[places])
        reasons = np.where(kept, np.uint8(KEPT), np.where(some & 3 == KEPT, some >> 2, some & 3))
        arrays = [roots, places, sizes[roots], reasons.astype(np.uint8)]
        writer.write(pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], schema=MEMBERS), self.exchange.home_of(roots))


@dataclass(frozen=True)
class Marks:
    """What each document of a cluster is told, sent to its home by the first of the cluster."""

    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        with TableWriter(self.exchange.path(self.step, number), MARKS, self.exchange.homes) as writer:
            for some, first in with_documents(self.exchange, "clusters", number, "root"):
                arrays = [some["place"], first["id"], some["size"], some["reason"], first["key"], first["other"]]
                marks = pa.RecordBatch.from_arrays(arrays, schema=MARKS)
                writer.write(marks, self.exchange.home_of(some["place"].to_numpy()))


@dataclass(frozen=True)
class Ties:
    """For later datasets: which cluster each document of a part belongs to, said by the hashes of the words of its first document."""

    exchange: Exchange
    step: str = "ties"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        marks = self.exchange.marks(number)
        kinds = pa.array(np.full(len(marks), TEXT, np.uint8))
        table = pa.table([marks["key"], marks["other"], marks["row"], kinds], schema=SAME)
        with TableWriter(self.exchange.path(self.step, number), SAME, self.exchange.partitions) as writer:
            for batch in table.to_batches():
                writer.write(batch, partition_of(batch["key"].to_numpy(), self.exchange.partitions))


def _ties(exchange: Exchange, steps: Sequence[str]) -> Iterator[pa.RecordBatch]:
    for step in steps:
        yield from exchange.step(step, 0, 1)


def with_documents(exchange: Exchange, step: str, home: int, column: str) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """What a step sent to a home, part by part, and beside each row what is known of the document whose place is in a column."""
    batches = list(exchange.step(step, home, exchange.homes))
    if not batches:
        return
    sent = one_batch(batches, batches[0].schema)
    places = sent[column].to_numpy()
    for part in exchange.of_home(home):
        low, high = exchange.bases[part : part + 2].tolist()
        mine = np.flatnonzero((places >= low) & (places < high))
        if len(mine):
            wanted, at = np.unique(places[mine], return_inverse=True)
            yield sent.take(pa.array(mine)), _documents_of(exchange, part, wanted - low).take(pa.array(at))


def _documents_of(exchange: Exchange, part: int, rows: npt.NDArray[np.int64]) -> pa.RecordBatch:
    """Id and hashes of some documents of a part, by sorted row."""
    found, base = [], 0
    with pq.ParquetFile(exchange.parts[part].path("documents")) as file:
        for batch in file.iter_batches(columns=["id", "key", "other"], use_threads=False):
            low, high = np.searchsorted(rows, [base, base + batch.num_rows])
            found.append(batch.take(pa.array(rows[low:high] - base)))
            base += batch.num_rows
    return one_batch(found, found[0].schema)


class _Arrays:
    """Arrays of one value a document; in files where there are many, which go when it is done."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._size = folder, size
        self._files: list[Path] = []

    def make(self, name: str, kind: type, width: int = 0) -> Any:
        """An array whose values are not set."""
        shape = (self._size, width) if width else (self._size,)
        if self._size < _MAPPED_FROM:
            return np.empty(shape, kind)
        path = self._folder / f"{name}.mapped"
        self._files.append(path)
        return np.memmap(path, kind, "w+", shape=shape)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for path in self._files:
            path.unlink(missing_ok=True)
