"""Units: what is done in one go and written down when it is whole.

They are fixed before the start, so that any number of workers, and a run that was killed and started again, do the same ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from arclean.dataset.exchange import Part
from arclean.dataset.memory import give_back
from arclean.dataset.shards import Shard
from arclean.dataset.source import blocks, parse
from arclean.dataset.write import Sorter, UnitWriter
from arclean.errors import PipelineError
from arclean.steps import holds_gil
from arclean.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa

    from arclean.dataset.place import Place
    from arclean.dataset.source import Block, Parsed, Piece, Plan
    from arclean.dataset.spool import Spool
    from arclean.dataset.write import Sorted
    from arclean.executors import Each
    from arclean.stages import Phase

    Cleaned = tuple[Parsed, Sorted]


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
    """What a unit left.

    Attributes:
        index: see `Unit`.
        shards: whole, named as they wait for their final names.
        tally: the counts.
        phase: of a run whose pipeline has stages; 0 reads the input.
        parts: where its documents wait for the next phase.
    """

    index: int
    shards: tuple[Shard, ...]
    tally: Tally
    phase: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """What its page and its shards are called."""
        return unit_name(self.phase, self.index)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        lists = {"shards": [asdict(shard) for shard in self.shards], "parts": [asdict(part) for part in self.parts]}
        return {"index": self.index, "tally": self.tally.to_dict(), "phase": self.phase, **lists}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Done:
        """What `to_dict` wrote."""
        shards = tuple(Shard.from_dict(shard) for shard in data["shards"])
        return cls(data["index"], shards, Tally.from_dict(data["tally"]), data["phase"], tuple(Part(**part) for part in data["parts"]))


def unit_name(phase: int, index: int) -> str:
    """What the page of a unit and its shards are called; in the order of phases and units.

    >>> unit_name(0, 7), unit_name(1, 7)
    ('000007', 'p1-000007')
    """
    return f"p{phase}-{index:06}" if phase else f"{index:06}"


_COMPRESSION = 4
"""Bytes of text in a byte of a compressed file: roughly, for Arabic under gzip and zstd, and in Parquet."""

_SHARES = 8
"""Units that an input makes at least, if it is many files: each is written by one thread."""

_WORTH_WHILE = 64 << 20
"""Bytes of a unit, unpacked, below which it is not made smaller for that."""


def share(size: int, most: int) -> int:
    """Bytes of a unit when there are so many in all: an eighth, but 64 MiB at least, so that a small input has work for several at once.

    >>> share(1 << 20, most=256 << 20) >> 20, share(1 << 30, most=256 << 20) >> 20, share(1 << 40, most=256 << 20) >> 20
    (64, 128, 256)
    """
    return min(most, max(_WORTH_WHILE, size // _SHARES))


def pack(pieces: Iterable[Piece], most: int) -> list[Unit]:
    """Units of consecutive pieces, as many as fit into the `share` of a unit when unpacked; a larger piece is a unit alone.

    The same pieces make the same units. They do not go beyond that size, lest each one end with a small shard.
    """
    pieces = list(pieces)
    unit_bytes = share(sum(map(_weight, pieces)), most)
    packed: list[list[Piece]] = []
    room = 0
    for piece in pieces:
        weight = _weight(piece)
        if not packed or weight > room:
            packed.append([])
            room = unit_bytes
        packed[-1].append(piece)
        room -= weight
    return [Unit(index, tuple(several)) for index, several in enumerate(packed)]


def _weight(piece: Piece) -> int:
    return piece.size * (_COMPRESSION if piece.compression or piece.format == "parquet" else 1)


def unpacked(units: Iterable[Unit]) -> int:
    """Bytes of all units when unpacked, about."""
    return sum(_weight(piece) for unit in units for piece in unit.pieces)


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
        spool: where documents wait and what signs them, if another phase follows; else they go into shards.
    """

    plan: Plan
    pipe: Phase
    folder: Place
    schemas: Mapping[str, pa.Schema]
    shard_bytes: int
    removed: bool
    on_block: Callable[[int, Tally], None]
    on_unit: Callable[[Done], None]
    spool: Spool | None = None

    def __call__(self, unit: Unit, each: Each) -> Done:
        """Do one unit. Nothing of it is left if this raises."""
        total = Tally()
        name = unit_name(0, unit.index)
        with UnitWriter(self.folder, name, self.schemas, self.shard_bytes, self.removed, self.spool, each) as writer:
            work = CleanBlock(replace(self.plan, pieces=()), self.pipe, writer.sorter, unit.limit is not None)
            for parsed, made in self._limited(work, each(work, self._blocks(unit)), unit.limit):
                writer.write(made, parsed.quarantined)
                tally = made.tally + quarantine_tally(parsed.quarantined)
                self.on_block(parsed.size, tally)
                total += tally
            done = Done(unit.index, tuple(writer.close()), total, parts=writer.parts)
        give_back()
        self.on_unit(done)
        return done

    def _blocks(self, unit: Unit) -> Iterator[Block]:
        for piece in unit.pieces:
            yield from blocks(piece, self.plan.options)

    def _limited(self, work: CleanBlock, results: Iterator[Cleaned], limit: int | None) -> Iterator[Cleaned]:
        """The results up to the limit; the block in which it falls is cut and cleaned again, for its counts."""
        if limit is None:
            yield from results
            return
        for parsed, made in results:
            cut = first_records(parsed, limit)
            yield (parsed, made) if cut is parsed else (cut, work.cleaned(cut.batch))
            limit -= cut.batch.num_rows + quarantine_tally(cut.quarantined).read
            if limit <= 0:
                return


@dataclass(frozen=True)
class CleanBlock:
    """What is done to one block, in any thread or process.

    Attributes:
        plan, pipe: as in `CleanUnit`; the plan without its pieces, which may be many.
        sorter: puts apart what comes out.
        again: whether the documents may have to be cleaned once more; else what was read is let go.
    """

    plan: Plan
    pipe: Phase
    sorter: Sorter = field(default_factory=Sorter)
    again: bool = False

    @property
    def holds_gil(self) -> bool:
        """Whether threads would wait for each other."""
        return any(map(holds_gil, getattr(self.pipe, "parts", ())))

    def __call__(self, block: Block) -> Cleaned:
        """Parse, clean, put apart."""
        parsed = parse(block, self.plan)
        try:
            made = self.cleaned(parsed.batch)
        except Exception as error:  # a step of the user's own may raise anything, and knows no place
            ids = parsed.batch.column("id")
            where = f"{block.piece.source}, documents {ids[0]} to {ids[-1]}" if len(ids) else block.piece.source
            raise PipelineError(f"{where}: pipeline {self.pipe.name!r} failed: {type(error).__name__}: {error}") from error
        return (parsed if self.again else parsed.without_documents()), made

    def cleaned(self, batch: pa.RecordBatch) -> Sorted:
        """What became of a batch."""
        return self.sorter(self.pipe.apply(batch))


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
