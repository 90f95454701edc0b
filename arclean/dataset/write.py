"""What a unit writes: every record goes to one place, and every line that was cut to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from arclean.dataset.shards import Shard, ShardWriter
from arclean.dataset.source import QUARANTINE_SCHEMA
from arclean.executors import together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self

    from arclean.apply import Outcome
    from arclean.dataset.exchange import Part
    from arclean.dataset.place import Place
    from arclean.dataset.spool import Signed, Spool
    from arclean.executors import Each
    from arclean.tally import Tally

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


@dataclass(frozen=True)
class Sorted:
    """What became of a batch, put apart by where it is written.

    Attributes:
        tally: the counts.
        size: bytes of the documents in memory.
        rows: by the writer that takes them; none that is empty.
        documents: those that wait for another phase, instead of in shards; None without one.
        signed: their signatures.
    """

    tally: Tally
    size: int
    rows: Mapping[str, pa.RecordBatch]
    documents: pa.RecordBatch | None = None
    signed: Signed = field(default_factory=dict)


@dataclass(frozen=True)
class Sorter:
    """Puts apart what became of a batch. Whoever cleaned it does so, and lets go of what is not written.

    Attributes:
        removed: whether the lines that were cut are written.
        splits: of `SPLITS`, those that have shards of their own.
        spool: what signs documents that wait for another phase, if there is one.
    """

    removed: bool = True
    splits: tuple[str, ...] = ()
    spool: Spool | None = None

    @classmethod
    def of(cls, documents: pa.Schema, removed: bool, spool: Spool | None) -> Self:
        """The one for documents of a schema."""
        split = "split" in documents.names and pa.types.is_string(documents.field("split").type)
        return cls(removed, SPLITS[1:] if split else (), spool)

    def __call__(self, outcome: Outcome) -> Sorted:
        """Put apart."""
        cut = {"removed": removed_lines(outcome)} if self.removed and len(outcome.removed) else {}
        if self.spool is not None:
            return Sorted(outcome.tally, outcome.batch.nbytes, cut, outcome.batch, self.spool.sign(outcome.batch))
        return Sorted(outcome.tally, outcome.batch.nbytes, {**self._documents(outcome.batch), **cut})

    def _documents(self, batch: pa.RecordBatch) -> dict[str, pa.RecordBatch]:
        found = {}
        kept = pc.is_null(batch.column("drop"))
        if kept.true_count < batch.num_rows:
            found["rejected"] = batch.filter(pc.invert(kept))
            batch = batch.filter(kept)
        for split in self.splits:
            if (mine := pc.fill_null(pc.equal(batch.column("split"), split), False)).true_count:
                found[split] = batch.filter(mine)
                batch = batch.filter(pc.invert(mine))
        return {"data": batch, **found} if batch.num_rows else found


def removed_lines(outcome: Outcome) -> pa.RecordBatch:
    """The lines that were cut from a batch, in the columns of `REMOVED`."""
    lines = outcome.removed
    place = pc.binary_join_element_wise("line", lines.column("line").cast(pa.string()), " ")
    ids = outcome.batch.column("id").take(lines.column("row"))
    columns = [ids, place, lines.column("rule"), lines.column("category"), lines.column("text")]
    return pa.RecordBatch.from_arrays([pc.cast(c, pa.string()) for c in columns], schema=REMOVED)


class UnitWriter:
    """Writes one unit; leaves nothing half-written when it ends by an error.

    Attributes:
        sorter: puts apart what is to be written.

    Raises:
        OutputError: (from `write` and `close`) the disk is full, or does not let itself be written.
    """

    def __init__(
        self,
        folder: Place,
        unit: str,
        schemas: Mapping[str, pa.Schema],
        shard_bytes: int,
        removed: bool,
        spool: Spool | None = None,
        each: Each = map,
    ) -> None:
        """Open nothing yet.

        Args:
            folder: where the shards are written, named by unit.
            unit: name of the unit.
            schemas: see `schemas`.
            shard_bytes: see `ShardWriter`.
            removed: whether the lines that were cut are written.
            spool: where documents wait for another phase, instead of in shards.
            each: of the executor; where it has threads, files are ended at once.
        """
        self.sorter = Sorter.of(schemas["data"], removed, spool)
        self._shards = {kind: ShardWriter(folder, unit, kind, schemas[kind], shard_bytes) for kind in KINDS}
        for split in self.sorter.splits:
            self._shards[split] = ShardWriter(folder, f"{unit}-{split}", "data", schemas["data"], shard_bytes)
        self._spool = spool.writer(unit, each) if spool else None
        self._each = each

    def write(self, made: Sorted, quarantined: pa.RecordBatch | None = None) -> None:
        """Write what became of a block, as `sorter` put it apart."""
        if self._spool is not None and made.documents is not None:
            self._spool.write(made.documents, made.signed)
        for name, rows in made.rows.items():
            self._shards[name].write(rows)
        if quarantined is not None:
            self._shards["quarantine"].write(quarantined)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Where the documents wait; known when it is closed."""
        return tuple(self._spool.parts) if self._spool else ()

    def close(self) -> list[Shard]:
        """End all shards; all of them, kind by kind, in order."""
        if self._spool is not None:
            self._spool.close()
        return [shard for shards in together([writer.close for writer in self._shards.values()], self._each) for shard in shards]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            for writer in self._shards.values():
                writer.discard()
            if self._spool is not None:
                self._spool.discard()
