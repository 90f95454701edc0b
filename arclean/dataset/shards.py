"""Shards: rows of one kind, in the order they come, in Parquet files of bounded size.

The settings are for training: row groups small enough to stream, a page index to look into them, zstd. Text and ids get neither
dictionary nor statistics: no two are alike, and their least and greatest value help nobody. Level 3 makes a shard a tenth smaller
than level 1 and writes at three quarters of its speed; reading does not feel the difference, and a dataset is read more often. What was
rejected or removed is for looking into, and may be most of the input: level 1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean.dataset.files import sink_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclean.dataset.files import Sink
    from arclean.dataset.place import Place

GROUP_BYTES: Final = 16 << 20
"""Bytes of rows, before compression, in a row group."""

_PLAIN: Final = ("id", "text", "raw")
"""Columns in which hardly a value comes twice."""


@dataclass(frozen=True)
class Shard:
    """A whole file.

    Attributes:
        kind: which of the folders it belongs to: ``data``, ``rejected``, ``removed``, ``quarantine``.
        path: where it is, relative to the output directory, with forward slashes.
        size: bytes.
        xxh3_128: hash of its bytes, in hex.
        rows: how many.
    """

    kind: str
    path: str
    size: int
    xxh3_128: str
    rows: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Shard:
        """The shard that `to_dict` wrote."""
        return cls(**data)


def row_bytes(batch: pa.RecordBatch) -> npt.NDArray[np.int64]:
    """Bytes of each row before compression; a row of a nested column counts as the mean of its batch.

    >>> row_bytes(pa.record_batch({"text": ["ab", None], "words": pa.array([1, 2], pa.int32())})).tolist()
    [6, 4]
    """
    total = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        if _has_length(column.type):
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy(zero_copy_only=False)
        else:
            total += -(-column.nbytes // max(len(column), 1)) if pa.types.is_nested(column.type) else _width(column.type)
    return total


def _has_length(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_string(kind) or types.is_binary(kind) or types.is_large_string(kind) or types.is_large_binary(kind))


def _width(kind: pa.DataType) -> int:
    try:
        return -(-int(kind.bit_width) // 8)
    except ValueError:  # null, dictionaries and other types that have none
        return 4


class ShardWriter:
    """Writes the rows of one kind, within one unit.

    Groups and shards end with the row that fills them, so where they end depends on the rows alone, not on the batches they came in.
    """

    def __init__(self, folder: Place, prefix: str, kind: str, schema: pa.Schema, shard_bytes: int) -> None:
        """Open nothing yet.

        Args:
            folder: where the shards are written.
            prefix: what their names begin with.
            kind: see `Shard`.
            schema: of the rows, metadata and all.
            shard_bytes: bytes of rows, before compression, after which a shard ends.
        """
        self._folder, self._prefix, self._kind, self._schema = folder, prefix, kind, schema
        self._shard_bytes, self._group_bytes = shard_bytes, min(GROUP_BYTES, shard_bytes)
        self._group: list[pa.RecordBatch] = []
        self._in_group = self._in_shard = self._rows = 0
        self._sink: Sink | None = None
        self._parquet: pq.ParquetWriter | None = None
        self._shards: list[Shard] = []

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows.

        Raises:
            OutputError: the disk is full, or does not let itself be written.
        """
        ends = np.cumsum(row_bytes(batch))
        start = 0
        while start < batch.num_rows:
            before = int(ends[start - 1]) if start else 0
            full = np.searchsorted(ends, before + self._group_bytes - self._in_group)
            stop = min(int(full), batch.num_rows - 1) + 1
            self._group.append(batch.slice(start, stop - start))
            self._in_group += int(ends[stop - 1]) - before
            if self._in_group >= self._group_bytes:
                self._end_group()
            start = stop

    def close(self) -> list[Shard]:
        """End the last shard; all shards, in order. Without a row there is none."""
        self._end_group()
        self._end_shard()
        return self._shards

    def discard(self) -> None:
        """Remove everything that was written."""
        if self._sink is not None:
            self._sink.discard()
        if self._parquet is not None:
            self._parquet.close()
        for shard in self._shards:
            (self._folder / shard.path).unlink(missing_ok=True)

    def _end_group(self) -> None:
        if not self._group:
            return
        if self._sink is None or self._parquet is None:
            self._sink = sink_for(self._folder / f"{self._prefix}-{self._kind}-{len(self._shards):04}.parquet")
            self._parquet = open_parquet(self._sink, self._schema, self._kind)
        table = pa.Table.from_batches(self._group, self._group[0].schema).replace_schema_metadata(self._schema.metadata)
        self._parquet.write_table(table, row_group_size=table.num_rows)
        self._rows += table.num_rows
        self._in_shard += self._in_group
        self._group, self._in_group = [], 0
        if self._in_shard >= self._shard_bytes:
            self._end_shard()

    def _end_shard(self) -> None:
        if self._sink is None or self._parquet is None:
            return
        self._parquet.close()
        self._sink.commit()
        self._shards.append(Shard(self._kind, self._sink.path.name, self._sink.size, self._sink.xxh3_128, self._rows))
        self._sink = self._parquet = None
        self._in_shard = self._rows = 0


def open_parquet(sink: Sink, schema: pa.Schema, kind: str) -> pq.ParquetWriter:
    """A Parquet writer with arclean's settings for shards of a kind; equal rows give equal bytes."""
    repeated = [name for name in schema.names if name not in _PLAIN]
    return pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        compression_level=3 if kind == "data" else 1,
        use_dictionary=repeated or False,
        write_statistics=repeated or False,
        write_page_index=True,
    )


def empty_shard(folder: Place, kind: str, schema: pa.Schema) -> Shard:
    """Write a shard without rows, so that what nothing fell into still has a schema, and opens in whatever reads Parquet."""
    sink = sink_for(folder / f"empty-{kind}.parquet")
    try:
        open_parquet(sink, schema, kind).close()
        sink.commit()
    finally:
        sink.discard()
    return Shard(kind, sink.path.name, sink.size, sink.xxh3_128, 0)
