"""Documents that wait for another phase, with the signatures that a stage gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from arclean.dataset.exchange import Part, TableWriter, partition_of, with_rows
from arclean.dataset.files import Sink
from arclean.executors import together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.executors import Each
    from arclean.stages import Stage

PART_BYTES: Final = 64 << 20
"""Bytes of documents after which a part ends: what one task of a stage may have to hold."""

Signed = Mapping[str, pa.RecordBatch]
"""The signatures of a batch, by table."""


@dataclass(frozen=True)
class Spool:
    """Where the documents of a phase go, and what signs them.

    Attributes:
        folder: of the stage.
        stage: the stage.
        partitions: of its tables with a key.
        part_bytes: bytes of documents after which a part ends.
    """

    folder: str
    stage: Stage
    partitions: int
    part_bytes: int = PART_BYTES

    def sign(self, batch: pa.RecordBatch) -> Signed:
        """The signatures of a batch."""
        return self.stage.sign(batch)

    def writer(self, unit: str, each: Each = map) -> SpoolWriter:
        """A writer for the parts of a unit; where `each` has threads, the files of a part are ended at once."""
        return SpoolWriter(self, unit, each)


class SpoolWriter:
    """Writes the parts of one unit. Parts end with the batch that fills them."""

    def __init__(self, spool: Spool, unit: str, each: Each = map) -> None:
        self.parts: list[Part] = []
        self._each = each
        self._spool, self._unit, self._tables = spool, unit, spool.stage.tables()
        self._writers: dict[str, TableWriter] = {}
        self._sink: Sink | None = None
        self._documents: pa.RecordBatchStreamWriter | None = None
        self._rows = self._bytes = 0

    def write(self, batch: pa.RecordBatch, signed: Signed) -> None:
        """Add documents and their signatures."""
        if self._documents is None:
            self._begin(batch.schema)
        assert self._documents is not None
        self._documents.write_batch(batch)
        for name, table in self._tables.items():
            rows = with_rows(signed[name], self._rows)
            groups = partition_of(rows.column(table.key).to_numpy(), self._spool.partitions) if table.key else None
            self._writers[name].write(rows, groups)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._bytes >= self._spool.part_bytes:
            self.close()

    def close(self) -> None:
        """End the last part."""
        if self._documents is None or self._sink is None:
            return
        self._documents.close()
        together([self._sink.commit, *(table.close for table in self._writers.values())], self._each)
        self._writers = {}
        self.parts.append(Part(self._name, self._spool.folder, self._rows, self._bytes))
        self._documents = self._sink = None
        self._rows = self._bytes = 0

    def discard(self) -> None:
        """Remove what is not whole; parts that are will be written over."""
        if self._sink is not None:
            self._sink.discard()
        if self._documents is not None:
            self._documents.close()
        while self._writers:
            self._writers.popitem()[1].discard()

    @property
    def _name(self) -> str:
        return f"{self._unit}-{len(self.parts):04}"

    def _begin(self, schema: pa.Schema) -> None:
        self._sink = Sink(documents_path(self._spool.folder, self._name))
        self._documents = pa.ipc.new_stream(self._sink, schema, options=pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False))
        blank = Part(self._name, self._spool.folder, 0)
        self._writers = {
            name: TableWriter(blank.path(name), table.schema, self._spool.partitions if table.key else 1)
            for name, table in self._tables.items()
        }


def documents_path(folder: str, name: str) -> Path:
    """The file in which the documents of a part wait."""
    return Path(folder) / "spool" / f"{name}.arrow"


def documents(part: Part) -> Iterator[pa.RecordBatch]:
    """The documents of a part, batch by batch."""
    with pa.OSFile(str(documents_path(part.folder, part.name))) as file, pa.ipc.open_stream(file) as reader:
        yield from reader
