"""What a unit writes: every record goes to one place, and every line that was cut to another."""

from __future__ import annotations

from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from arclean.dataset.shards import Shard, ShardWriter
from arclean.dataset.source import QUARANTINE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self

    from arclean.apply import Outcome
    from arclean.dataset.exchange import Part
    from arclean.dataset.place import Place
    from arclean.dataset.spool import Signed, Spool

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"data": "train", "rejected": "rejected", "removed": "removed", "quarantine": "quarantine"}
)
"""Folder to what the names of its shards begin with."""

SPLITS: Final = ("train", "validation", "test")
"""What the column ``split`` may say; documents that are kept lie in shards of their split, and in ``train`` without one."""

REMOVED: Final = pa.schema({"id": pa.string(), "place": pa.string(), "rule": pa.string(), "category": pa.string(), "text": pa.string()})
"""A line that was cut: out of which document, where it stood (``line 7``, from 1), by which rule, what it was, its words."""


def schemas(documents: pa.Schema, metadata: Mapping[str, str]) -> dict[str, pa.Schema]:
    """The schema of each kind of shard.

    Args:
        documents: what the pipeline puts out.
        metadata: what every Parquet file says about its making.
    """
    plain = {"data": documents, "rejected": documents, "removed": REMOVED, "quarantine": QUARANTINE_SCHEMA}
    return {kind: schema.with_metadata(dict(metadata)) for kind, schema in plain.items()}


def removed_lines(outcome: Outcome) -> pa.RecordBatch:
    """The lines that were cut from a batch, in the columns of `REMOVED`."""
    lines = outcome.removed
    place = pc.binary_join_element_wise("line", lines.column("line").cast(pa.string()), " ")
    ids = outcome.batch.column("id").take(lines.column("row"))
    columns = [ids, place, lines.column("rule"), lines.column("category"), lines.column("text")]
    return pa.RecordBatch.from_arrays([pc.cast(c, pa.string()) for c in columns], schema=REMOVED)


class UnitWriter:
    """Writes one unit; leaves nothing half-written when it ends by an error.

    Raises:
        OutputError: (from `write` and `close`) the disk is full, or does not let itself be written.
    """

    def __init__(
        self, folder: Place, unit: str, schemas: Mapping[str, pa.Schema], shard_bytes: int, removed: bool, spool: Spool | None = None
    ) -> None:
        """Open nothing yet.

        Args:
            folder: where the shards are written, named by unit.
            unit: name of the unit.
            schemas: see `schemas`.
            shard_bytes: see `ShardWriter`.
            removed: whether the lines that were cut are written.
            spool: where documents wait for another phase, instead of in shards.
        """
        self._shards = {kind: ShardWriter(folder, unit, kind, schemas[kind], shard_bytes) for kind in KINDS}
        if "split" in schemas["data"].names and pa.types.is_string(schemas["data"].field("split").type):
            for split in SPLITS[1:]:
                self._shards[split] = ShardWriter(folder, f"{unit}-{split}", "data", schemas["data"], shard_bytes)
        self._spool = spool.writer(unit) if spool else None
        self._removed = removed

    def write(self, outcome: Outcome, quarantined: pa.RecordBatch | None, signed: Signed) -> None:
        """Write what became of a block."""
        if self._spool is not None:
            self._spool.write(outcome.batch, signed)
        else:
            self._write_documents(outcome.batch)
        if self._removed:
            self._shards["removed"].write(removed_lines(outcome))
        if quarantined is not None:
            self._shards["quarantine"].write(quarantined)

    def _write_documents(self, batch: pa.RecordBatch) -> None:
        kept = pc.is_null(batch.column("drop"))
        if kept.true_count < batch.num_rows:
            self._shards["rejected"].write(batch.filter(pc.invert(kept)))
            batch = batch.filter(kept)
        for split in SPLITS[1:]:
            if split in self._shards and (mine := pc.fill_null(pc.equal(batch.column("split"), split), False)).true_count:
                self._shards[split].write(batch.filter(mine))
                batch = batch.filter(pc.invert(mine))
        self._shards["data"].write(batch)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Where the documents wait; known when it is closed."""
        return tuple(self._spool.parts) if self._spool else ()

    def close(self) -> list[Shard]:
        """End all shards; all of them, kind by kind, in order."""
        if self._spool is not None:
            self._spool.close()
        return [shard for writer in self._shards.values() for shard in writer.close()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            for writer in self._shards.values():
                writer.discard()
            if self._spool is not None:
                self._spool.discard()
