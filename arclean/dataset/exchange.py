"""What units exchange: tables of Parquet under the run directory, by part of the corpus and by hash partition.

A *part* is a stretch of documents, of bounded size, in the order they were read. Each of its tables is one file. A table with a key holds
a row group for each partition, again and again as its buffer fills: the group number modulo the partitions is the partition. So a corpus
of n parts has n files a table, however many partitions there are, and a task reads from each just the groups it is about.

::

    stage-1/spool/000000-0000.arrow       the documents of a part, as they wait for their marks
    stage-1/bands/000000-0000.parquet     a table of signatures
    stage-1/edges/000003.parquet          what task 3 of a step of the settling wrote

Nothing here is known to memory as a whole: what a task holds is bounded by a part, or by a partition, which it may read in turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.files import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from typing_extensions import Self

BUFFER_BYTES: Final = 32 << 20
"""Bytes of a table that wait in memory for their row groups, at most."""

_GROUP_BYTES: Final = 256 << 10
"""Bytes of a row group for which a table waits: smaller ones cost more to find than to read."""

_LEAST_BYTES: Final = 4 << 20

MOST_HOMES: Final = 256
"""Partitions by part, at most: beyond that several neighbouring parts share one."""

_PARTITIONS: Final = b"partitions"


@dataclass(frozen=True)
class Part:
    """A stretch of documents whose tables are files of their own.

    Attributes:
        name: of its files, without an ending.
        folder: where the folders of its tables lie.
        rows: documents.
        size: bytes of them in memory.
        older: whether it belongs to a dataset made before, whose documents come first and are not written again.
    """

    name: str
    folder: str
    rows: int
    size: int = 0
    older: bool = False

    def path(self, table: str) -> Path:
        """The file of a table."""
        return Path(self.folder) / table / f"{self.name}.parquet"


@dataclass(frozen=True)
class Exchange:
    """The files of a stage, as plain data.

    A document has a *place*: its number from 0, over all parts in their order. Earlier places come first in every order.

    Attributes:
        folder: of the stage.
        parts: of the corpus, in order.
        partitions: a power of two: into how many a table with a key is parted by the highest bits of that key.
    """

    folder: str
    parts: tuple[Part, ...]
    partitions: int

    @cached_property
    def bases(self) -> npt.NDArray[np.int64]:
        """The place of the first document of each part, and behind the last one the number of all."""
        return np.concatenate(([0], np.cumsum([part.rows for part in self.parts], dtype=np.int64)))

    @property
    def documents(self) -> int:
        """How many there are."""
        return int(self.bases[-1])

    @property
    def older(self) -> int:
        """How many of them are of older datasets; their places come first."""
        return sum(part.rows for part in self.parts if part.older)

    @property
    def homes(self) -> int:
        """Into how many a table is parted that goes to the part of a document."""
        return max(1, min(len(self.parts), MOST_HOMES))

    def home_of(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The home of each place: a group of neighbouring parts."""
        part = np.searchsorted(self.bases, places, side="right") - 1
        return part * self.homes // max(len(self.parts), 1)

    def of_home(self, home: int) -> list[int]:
        """The parts of a home, by number."""
        return [part for part in range(len(self.parts)) if part * self.homes // len(self.parts) == home]

    def path(self, step: str, number: int) -> Path:
        """The file that a task of the settling writes."""
        return Path(self.folder) / step / f"{number:06}.parquet"

    @property
    def own(self) -> list[int]:
        """The parts that are not of older datasets, by number."""
        return [number for number, part in enumerate(self.parts) if not part.older]

    def partition(self, table: str, number: int) -> Iterator[tuple[int, pa.RecordBatch]]:
        """A partition of a table over all parts that have it: the base of each part and its rows, in order of places."""
        for part, base in zip(self.parts, self.bases.tolist(), strict=False):
            if part.path(table).exists():
                yield from ((base, batch) for batch in read_groups(part.path(table), number, self.partitions))

    def step(self, step: str, group: int, of: int) -> Iterator[pa.RecordBatch]:
        """What all tasks of a step wrote for one partition, in the order of the tasks."""
        for path in sorted((Path(self.folder) / step).glob("*.parquet")):
            yield from read_groups(path, group, of)

    def marks(self, part: int) -> pa.Table:
        """What was settled about a part: the table ``marks`` by ``place``, sorted, with ``row`` in its stead."""
        low, high = int(self.bases[part]), int(self.bases[part + 1])
        home = part * self.homes // len(self.parts)
        schema = pq.read_schema(self.path("marks", 0)).remove_metadata()
        found = pa.Table.from_batches(self.step("marks", home, self.homes), schema)
        places = found["place"].to_numpy()
        mine = np.flatnonzero((places >= low) & (places < high))
        mine = mine[np.argsort(places[mine], kind="stable")]
        rows = pa.array((places[mine] - low).astype(np.uint32))
        return found.take(pa.array(mine)).drop_columns(["place"]).append_column("row", rows)


class TableWriter:
    """Writes a table, row group by partition; whole or not at all.

    Raises:
        OutputError: (from `write` and `close`) the disk is full, or does not let itself be written.
    """

    def __init__(self, path: Path, schema: pa.Schema, partitions: int = 1) -> None:
        """Open the file.

        Args:
            path: its final name.
            schema: of the rows.
            partitions: how many there are.
        """
        self.path = path
        self.rows = 0
        self._schema = schema.with_metadata({"partitions": str(partitions)})
        self._partitions = partitions
        self._most = waiting(partitions)
        self._batches: list[pa.RecordBatch] = []
        self._groups: list[npt.NDArray[np.int64]] = []
        self._waiting = 0
        self._sink = Sink(path)
        self._parquet = pq.ParquetWriter(
            self._sink, self._schema, compression=_compression(schema), use_dictionary=False, write_statistics=False
        )

    def write(self, batch: pa.RecordBatch, groups: npt.NDArray[Any] | None = None) -> None:
        """Add rows.

        Args:
            batch: the rows.
            groups: the partition of each; all belong to the first if it is not given.
        """
        if not batch.num_rows:
            return
        self._batches.append(batch)
        if self._partitions > 1:
            self._groups.append(np.asarray(groups, np.int64))
        self.rows += batch.num_rows
        self._waiting += batch.get_total_buffer_size() if batch.num_rows > BUFFER_BYTES else batch.nbytes
        if self._waiting >= self._most:
            self._flush()

    def close(self) -> None:
        """End the file and give it its name."""
        try:
            self._flush()
            self._parquet.close()
            self._sink.commit()
        finally:
            self._sink.discard()

    def discard(self) -> None:
        """Remove what has not got its name."""
        self._sink.discard()
        self._parquet.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self.close()
        else:
            self.discard()

    @property
    def size(self) -> int:
        """Bytes written."""
        return self._sink.size

    @property
    def xxh3_128(self) -> str:
        """The hash of the file, in hex."""
        return self._sink.xxh3_128

    def _flush(self) -> None:
        if not self._batches:
            return
        table = pa.Table.from_batches(self._batches, self._batches[0].schema).replace_schema_metadata(self._schema.metadata)
        groups = np.concatenate(self._groups) if self._groups else None
        self._batches, self._groups, self._waiting = [], [], 0
        if groups is None:
            self._parquet.write_table(table, row_group_size=max(table.num_rows, 1))
            return
        order = np.argsort(groups.astype(np.uint16), kind="stable")  # a radix sort: partitions are few
        ends = np.cumsum(np.bincount(groups, minlength=self._partitions))
        table = table.take(pa.array(order))
        for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            self._parquet.write_table(table.slice(start, end - start), row_group_size=max(end - start, 1))


def _compression(schema: pa.Schema) -> dict[str, str]:
    """How each column is compressed: hashes, which are numbers of 64 bits and runs of bytes, are not; they do not grow smaller."""
    hashes = (pa.uint64(), pa.binary())
    return {
        f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name: "none" if field.type in hashes else "lz4"
        for field in schema
    }


def waiting(partitions: int) -> int:
    """Bytes of a table that wait for their row groups, of which there is one for each partition.

    >>> waiting(1) >> 20, waiting(32) >> 20, waiting(1024) >> 20
    (4, 8, 32)
    """
    return min(BUFFER_BYTES, max(_LEAST_BYTES, partitions * _GROUP_BYTES))


def partition_of(keys: npt.NDArray[np.uint64], partitions: int) -> npt.NDArray[np.int64]:
    """The partition of each key, by its highest bits.

    >>> partition_of(np.array([0, 1 << 63, (1 << 64) - 1], np.uint64), 4).tolist()
    [0, 2, 3]
    """
    if partitions == 1:
        return np.zeros(len(keys), np.int64)
    highest: npt.NDArray[np.int64] = (keys >> np.uint64(65 - partitions.bit_length())).astype(np.int64)
    return highest


def read_groups(path: Path, number: int, of: int) -> Iterator[pa.RecordBatch]:
    """The rows of a file that belong to one partition of so many, in the order they were written.

    A file that was parted more finely is read group by group; of one that was parted more coarsely, or not at all, the rows that belong
    elsewhere come along: its reader knows the key.
    """
    with pq.ParquetFile(path) as file:
        there = int(file.schema_arrow.metadata[_PARTITIONS])
        wanted = groups_between(number, of, there)
        for group in range(file.num_row_groups):
            if group % there in wanted:
                yield from file.read_row_group(group, use_threads=False).replace_schema_metadata(None).to_batches()


def groups_between(number: int, of: int, there: int) -> range:
    """The partitions of a file that hold rows of one partition of another parting; both are powers of two, or equal.

    >>> groups_between(1, 2, 8), groups_between(5, 8, 2)
    (range(4, 8), range(1, 2))
    """
    if there >= of:
        return range(number * (there // of), (number + 1) * (there // of))
    return range(number * there // of, number * there // of + 1)


def partitions_for(size: int) -> int:
    """How many partitions a corpus of so many bytes gets: one for each 64 MiB, as a power of two, at most 1024.

    >>> partitions_for(1), partitions_for(1 << 30), partitions_for(1 << 50)
    (1, 16, 1024)
    """
    wanted = max(1, -(-size // (64 << 20)))
    return min(1024, 1 << (wanted - 1).bit_length())


def with_rows(batch: pa.RecordBatch, base: int) -> pa.RecordBatch:
    """A table of a batch as one of its part: the column ``row`` moved on by the rows before."""
    at = batch.schema.get_field_index("row")
    if at < 0 or base == 0:
        return batch
    rows = batch.column(at).to_numpy() + np.uint32(base)
    return batch.set_column(at, batch.schema.field(at), pa.array(rows, pa.uint32()))


def one_batch(batches: Sequence[pa.RecordBatch] | Iterator[pa.RecordBatch], schema: pa.Schema) -> pa.RecordBatch:
    """Batches as one."""
    found = list(batches)
    if len(found) == 1:
        return found[0]
    whole = pa.Table.from_batches(found, found[0].schema if found else schema).combine_chunks().to_batches()
    return whole[0] if whole else pa.RecordBatch.from_pylist([], schema=schema)
