"""Units: what is done in one go and written down when it is whole.

They are fixed before the start, so that any number of workers, and a run that was killed and started again, do the same ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from arclean.dataset.shards import Shard
from arclean.dataset.source import blocks, parse
from arclean.dataset.write import UnitWriter
from arclean.errors import PipelineError
from arclean.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from arclean.apply import Outcome
    from arclean.dataset.source import Block, Parsed, Piece, Plan
    from arclean.executors import Each
    from arclean.pipeline import Pipeline


@dataclass(frozen=True)
class Unit:
    """Pieces of input that are read one after the other, into shards of their own.

    Attributes:
        index: from 0, in the order of the input.
        pieces: what is read.
        limit: records that are read at most; None is all.
    """

    index: int
    pieces: tuple[Piece, ...]
    limit: int | None = None


@dataclass(frozen=True)
class Done:
    """What a unit left: whole shards, named as they wait for their final names, and the counts."""

    index: int
    shards: tuple[Shard, ...]
    tally: Tally

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"index": self.index, "shards": [asdict(shard) for shard in self.shards], "tally": self.tally.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Done:
        """What `to_dict` wrote."""
        return cls(data["index"], tuple(Shard.from_dict(shard) for shard in data["shards"]), Tally.from_dict(data["tally"]))


_COMPRESSION = 4
"""Bytes of text in a byte of a compressed file: roughly, for Arabic under gzip and zstd."""


def pack(pieces: Iterable[Piece], unit_bytes: int) -> list[Unit]:
    """Units of consecutive pieces, as many as fit into ``unit_bytes`` when unpacked; a larger piece is a unit alone.

    The same pieces make the same units. They do not go beyond that size, lest each one end with a small shard.
    """
    packed: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        weight = piece.size * (_COMPRESSION if piece.compression else 1)
        if not packed or weight > room:
            packed.append([])
            room = unit_bytes
        packed[-1].append(piece)
        room -= weight
    return [Unit(index, tuple(several)) for index, several in enumerate(packed)]


@dataclass(frozen=True)
class CleanUnit:
    """The task of a run: read a unit, clean it, write it.

    Attributes:
        plan: how blocks are read.
        pipe: what is done to them.
        folder: where the shards wait for their final names.
        schemas: of each kind of shard.
        shard_bytes: see `ShardWriter`.
        removed: whether the lines that were cut are written.
        on_block: told after each block its size in bytes of the input, and its counts.
        on_unit: told when all shards of the unit are whole.
    """

    plan: Plan
    pipe: Pipeline
    folder: Path
    schemas: Mapping[str, pa.Schema]
    shard_bytes: int
    removed: bool
    on_block: Callable[[int, Tally], None]
    on_unit: Callable[[Done], None]

    def __call__(self, unit: Unit, each: Each) -> Done:
        """Do one unit. Nothing of it is left if this raises."""
        total = Tally()
        with UnitWriter(self.folder, unit.index, self.schemas, self.shard_bytes, self.removed) as writer:
            for parsed, outcome in self._limited(each(self._clean, self._blocks(unit)), unit.limit):
                writer.write(outcome, parsed.quarantined)
                tally = outcome.tally + quarantine_tally(parsed.quarantined)
                self.on_block(parsed.size, tally)
                total += tally
            done = Done(unit.index, tuple(writer.close()), total)
        self.on_unit(done)
        return done

    def _blocks(self, unit: Unit) -> Iterator[Block]:
        for piece in unit.pieces:
            yield from blocks(piece, self.plan.options)

    def _clean(self, block: Block) -> tuple[Parsed, Outcome]:
        parsed = parse(block, self.plan)
        try:
            return parsed, self.pipe.apply(parsed.batch)
        except Exception as error:  # a step of the user's own may raise anything, and knows no place
            ids = parsed.batch.column("id")
            where = f"{block.piece.source}, documents {ids[0]} to {ids[-1]}" if len(ids) else block.piece.source
            raise PipelineError(f"{where}: pipeline {self.pipe.name!r} failed: {type(error).__name__}: {error}") from error

    def _limited(self, results: Iterator[tuple[Parsed, Outcome]], limit: int | None) -> Iterator[tuple[Parsed, Outcome]]:
        """The results up to the limit; the block in which it falls is cut and cleaned again, for its counts."""
        if limit is None:
            yield from results
            return
        for parsed, outcome in results:
            cut = first_records(parsed, limit)
            yield (parsed, outcome) if cut is parsed else (cut, self.pipe.apply(cut.batch))
            limit -= cut.batch.num_rows + quarantine_tally(cut.quarantined).read
            if limit <= 0:
                return


def first_records(parsed: Parsed, limit: int) -> Parsed:
    """The first ``limit`` records of a block: those that could be read, then those that could not.

    Damage that cost several records stays one piece, and may so go beyond the limit.
    """
    left = limit - parsed.batch.num_rows
    lost = np.cumsum(parsed.quarantined.column("rows").to_numpy())
    damages = int(np.searchsorted(lost, left)) + 1 if left > 0 else 0
    if left >= 0 and damages >= len(lost):
        return parsed
    return replace(parsed, batch=parsed.batch.slice(0, limit), quarantined=parsed.quarantined.slice(0, damages))


def quarantine_tally(quarantined: pa.RecordBatch) -> Tally:
    """The counts of records that could not be read; an error is counted by its kind, which stands before the colon."""
    rows = quarantined.column("rows").to_pylist()
    kinds = [error.partition(":")[0] for error in quarantined.column("error").to_pylist()]
    errors: Counter[str] = Counter()
    for kind, records in zip(kinds, rows, strict=True):
        errors[kind] += records
    return Tally(read=sum(rows), quarantined=sum(rows), errors=errors)
