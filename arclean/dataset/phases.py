"""The phases of a run whose pipeline has stages: read and sign, settle, mark; each resumable, and the same on any executor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean.dataset.exchange import Exchange, Part, partitions_for
from arclean.dataset.files import hash_file
from arclean.dataset.memory import give_back
from arclean.dataset.shards import Shard
from arclean.dataset.spool import Spool, documents
from arclean.dataset.unit import Done, share, unit_name
from arclean.dataset.write import UnitWriter
from arclean.errors import PipelineError
from arclean.stages import Desk, Growing, Phase, Stage, Task, segments
from arclean.steps import holds_gil
from arclean.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from arclean.dataset.place import Place
    from arclean.dataset.staging import Staging
    from arclean.dataset.write import Sorted, Sorter
    from arclean.executors import Each, Executor
    from arclean.pipeline import Pipeline

SIGNATURES: Final = "signatures"
"""The folder of the tables that an output keeps."""

_ROWS: Final = 1 << 14
"""Documents of a batch in a later phase, at most: what one thread works on."""


def phases(pipe: Pipeline) -> list[Phase]:
    """The phases of a pipeline; the pipeline itself, where it has no stage."""
    found = segments(getattr(pipe, "parts", ()))
    return [Phase(parts, pipe.name) for parts in found] if len(found) > 1 else [pipe]  # type: ignore[list-item]


def documents_schema(pipe: Pipeline, schema: pa.Schema) -> pa.Schema:
    """The schema that comes out of all phases; what a stage cannot do with these columns is known here, before any work."""
    batch = pa.RecordBatch.from_pylist([], schema)
    first, *later = phases(pipe)
    batch = first.apply(batch).batch
    for phase in later:
        stage = phase.parts[0]
        stage.sign(batch)
        if isinstance(stage, Growing):
            stage.older()
        batch = phase.apply(batch).batch
    return batch.schema


def spool_of(staging: Staging, phase: Phase, number: int, size: int) -> Spool:
    """Where the documents of phase ``number - 1`` wait for the stage that opens this one.

    Args:
        staging: the directory at work.
        phase: what comes next.
        number: of it, from 1.
        size: bytes of the input, unpacked, about; so that partitions are fixed before the start.
    """
    stage = phase.parts[0]
    assert isinstance(stage, Stage)
    return Spool(str(staging.stage(number).absolute()), stage, partitions_for(size))


@dataclass(frozen=True)
class Stretch:
    """A unit of a later phase: neighbouring parts, which become shards of their own.

    Attributes:
        index: from 0.
        parts: their numbers in the exchange.
    """

    index: int
    parts: tuple[int, ...]


def stretches(parts: Sequence[Part], most: int) -> list[Stretch]:
    """Neighbouring parts of this run, as many as fit into the `share` of a unit; a larger one is alone."""
    unit_bytes = share(sum(part.size for part in parts if not part.older), most)
    packed: list[list[int]] = []
    room = 0
    for number, part in enumerate(parts):
        if part.older:
            continue
        if not packed or part.size > room:
            packed.append([])
            room = unit_bytes
        packed[-1].append(number)
        room -= part.size
    return [Stretch(index, tuple(several)) for index, several in enumerate(packed)]


@dataclass(frozen=True)
class MarkUnit:
    """The task of a later phase: read parts, mark them, apply what comes behind the stage, write.

    Attributes:
        phase: its stage first.
        number: of the phase, from 1.
        exchange: where the stage settled.
        folder, schemas, shard_bytes, removed, on_block, on_unit, spool: as in `arclean.dataset.unit.CleanUnit`.
    """

    phase: Phase
    number: int
    exchange: Exchange
    folder: Place
    schemas: Mapping[str, pa.Schema]
    shard_bytes: int
    removed: bool
    on_block: Callable[[int, Tally], None]
    on_unit: Callable[[Done], None]
    spool: Spool | None = None

    def __call__(self, unit: Stretch, each: Each) -> Done:
        """Do one unit. Nothing of it is left if this raises."""
        total = Tally()
        name = unit_name(self.number, unit.index)
        with UnitWriter(self.folder, name, self.schemas, self.shard_bytes, self.removed, self.spool, each) as writer:
            for made in each(MarkBatch(self.phase, writer.sorter), self._batches(unit)):
                writer.write(made)
                self.on_block(made.size, made.tally)
                total += made.tally
            done = Done(unit.index, tuple(writer.close()), total, self.number, writer.parts)
        give_back()
        self.on_unit(done)
        return done

    def _batches(self, unit: Stretch) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
        """The documents of the unit with their marks."""
        for part in unit.parts:
            marks = self.exchange.marks(part).combine_chunks()
            base = 0
            for whole in documents(self.exchange.parts[part]):
                for start in range(0, max(whole.num_rows, 1), _ROWS):
                    batch = whole.slice(start, _ROWS)
                    yield batch, _marks_between(marks, base, base + batch.num_rows)
                    base += batch.num_rows


@dataclass(frozen=True)
class MarkBatch:
    """What is done to one batch of a later phase, in any thread or process.

    Attributes:
        phase: its stage first.
        sorter: puts apart what comes out.
    """

    phase: Phase
    sorter: Sorter

    @property
    def holds_gil(self) -> bool:
        """Whether threads would wait for each other."""
        return any(map(holds_gil, self.phase.parts))

    def __call__(self, given: tuple[pa.RecordBatch, pa.RecordBatch]) -> Sorted:
        """Mark, apply, put apart."""
        batch, marks = given
        try:
            return self.sorter(self.phase.apply(batch, marks))
        except Exception as error:  # a step of the user's own may raise anything, and knows no place
            ids = batch.column("id")
            where = f"documents {ids[0]} to {ids[-1]}" if len(ids) else "no documents"
            raise PipelineError(f"{where}: pipeline {self.phase.name!r} failed: {type(error).__name__}: {error}") from error


def _marks_between(marks: pa.Table, low: int, high: int) -> pa.RecordBatch:
    """The marks of rows in a stretch, numbered from its start."""
    rows = marks["row"].to_numpy()
    first, last = np.searchsorted(rows, [low, high])
    found = marks.slice(int(first), int(last - first))
    moved = pc.subtract(found["row"], pa.scalar(low, pa.uint32()))
    table = found.set_column(found.column_names.index("row"), "row", moved).combine_chunks()
    batches = table.to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], table.schema)


def exchange_of(spool: Spool, done: Iterable[Done]) -> Exchange:
    """The exchange of a stage: what older datasets left, then what the units before it left."""
    older = spool.stage.older() if isinstance(spool.stage, Growing) else ()
    return Exchange(spool.folder, (*older, *(part for unit in done for part in unit.parts)), spool.partitions)


def kept_signatures(spool: Spool, exchange: Exchange, number: int) -> Done | None:
    """The tables that the output keeps, as shards of a unit behind all others; None if there are none."""
    tables = spool.stage.kept() if isinstance(spool.stage, Growing) else ()
    shards = []
    for table in tables:
        for part in exchange.own:
            path = exchange.parts[part].path(table)
            if exchange.path(table, part).exists():  # what a task wrote bears its number
                exchange.path(table, part).replace(path)
            if path.exists():
                shards.append(_kept(table, path))
    return Done(len(exchange.parts), tuple(shards), Tally(), number) if shards else None


def _kept(table: str, path: Path) -> Shard:
    rows = pq.read_metadata(path).num_rows
    return Shard(f"{SIGNATURES}/{table}", f"../{path.parent.parent.name}/{table}/{path.name}", path.stat().st_size, hash_file(path), rows)


def settle(executor: Executor, phase: Phase, exchange: Exchange) -> None:
    """Let the stage of a phase settle. What is whole of an earlier run is not done again."""
    stage = phase.parts[0]
    assert isinstance(stage, Stage)
    stage.settle(Desk(exchange, partial(_do, executor, exchange)))


def _do(executor: Executor, exchange: Exchange, task: Task, numbers: Sequence[int]) -> None:
    waiting = [number for number in numbers if not exchange.path(task.step, number).exists()]
    for _ in executor.map(_Alone(task), waiting):
        pass
    give_back()


@dataclass(frozen=True)
class _Alone:
    """A task of the settling as one of an executor: it has no inner loop to share."""

    task: Task

    def __call__(self, number: int, each: Each) -> None:  # noqa: ARG002 - the form of a task
        self.task(number)


def merged(done: Iterable[Done], last: int) -> Tally:
    """The tally of a run: what was read counts in the first phase, what was kept in the last, what was done in each."""
    total = Tally()
    for unit in done:
        now = unit.tally
        kept: dict[str, Any] = {"rules": now.rules, "lines_removed": now.lines_removed}
        if unit.phase == 0:
            kept |= {"read": now.read, "bytes_in": now.bytes_in, "quarantined": now.quarantined, "errors": now.errors}
        if unit.phase == last:
            kept |= {"kept": now.kept, "rejected": now.rejected, "bytes_kept": now.bytes_kept, "reasons": now.reasons}
        total += Tally(**kept)
    return total
