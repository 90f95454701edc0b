"""Benchmarks out of training data: documents that hold runs of words of a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean import columns
from arclean.duplicates import kernels
from arclean.duplicates.fold import IGNORED, demand_ignored
from arclean.duplicates.signing import sign
from arclean.errors import ColumnError, PipelineError, SourceError, unknown
from arclean.options import as_texts
from arclean.steps import with_column

if TYPE_CHECKING:
    from arclean.dataset.result import RunResult

ADDED: Final = ("contaminated_by", "contaminated_runs", "contaminated_share")
"""The columns: which item of which benchmark, how many of its runs of words the document holds, which share of all it has."""


@dataclass(frozen=True)
class Decontaminate:
    """Reject documents that hold runs of words of a benchmark, whatever the spelling: ``drop`` becomes ``contaminated``.

    Each row of a benchmark is an item, and its texts are cut into all runs of so many words. An item that has fewer is one run, as long as
    it is; below ``short`` it is left out, for such words stand anywhere. The document is told the item of which it holds most.

    Attributes:
        against: the files of the benchmarks, in any format that arclean reads.
        columns: of theirs that hold text: questions, answers, passages.
        words: in a run.
        short: words that an item must have to be looked for.
        least: runs of an item that a document must hold.
        share: of the runs of an item that a document must hold, 0 to 1.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.

    Raises:
        PipelineError: no file, or numbers that mean nothing.
        UnknownName: there is nothing of the name to ignore.
    """

    against: tuple[str, ...]
    columns: tuple[str, ...] = ("text",)
    words: int = 10
    short: int = 5
    least: int = 1
    share: float = 0.0
    ignore: tuple[str, ...] = IGNORED

    def __post_init__(self) -> None:
        for name in ("against", "columns", "ignore"):
            object.__setattr__(self, name, as_texts(getattr(self, name), f"decontaminate.{name}"))
        if not self.against or not self.columns:
            raise PipelineError("decontaminate: name the files of the benchmarks in `against`, and their columns of text in `columns`")
        if not (1 <= self.short <= self.words) or self.least < 1 or not 0 <= self.share <= 1:
            raise PipelineError(
                f"decontaminate: words {self.words}, short {self.short}, least {self.least}, share {self.share:g}; "
                "short is at most words, least at least 1, share from 0 to 1"
            )
        demand_ignored(self.ignore, "decontaminate")

    def reads(self) -> Mapping[str, str]:
        """What its work depends on beside its options: the files, each with the hash of its bytes."""
        from arclean.dataset.files import hash_file
        from arclean.dataset.read_inputs import files_of

        try:
            found = files_of(self.against, "auto")
        except SourceError:  # elsewhere than where it ran; a run says so
            return dict.fromkeys(self.against, "not there")
        return {file.source: hash_file(Path(file.path)) for file in found if Path(file.path).is_file()}

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with the columns `ADDED`, null where a document holds nothing of a benchmark, and reasons in ``drop``.

        Raises:
            SourceError: a file of a benchmark cannot be read.
            UnknownName: a benchmark has no such column.
            ColumnError: the batch has a column of these names.
        """
        for name in ADDED:
            if name in batch.schema.names:
                raise ColumnError(f"decontaminate writes the column {name!r}, which is there already; rename it: --rename {name}=OTHER")
        best = self._best(batch)
        names = _benchmark(self).names
        batch = with_column(batch, ADDED[0], pa.array([names[item] if item >= 0 else None for item in best.items], pa.string()))
        batch = with_column(batch, ADDED[1], pa.array(best.runs, pa.int32(), mask=best.items < 0))
        batch = with_column(batch, ADDED[2], pa.array(best.shares, pa.float32(), mask=best.items < 0))
        guilty = pa.array((best.items >= 0) & (best.runs >= self.least) & (best.shares >= self.share))
        reason = pc.if_else(guilty, "contaminated", pa.scalar(None, pa.string()))
        return with_column(batch, "drop", pc.coalesce(batch["drop"], reason) if "drop" in batch.schema.names else reason)

    def _best(self, batch: pa.RecordBatch) -> _Best:
        benchmark = _benchmark(self)
        every = np.ones(len(batch), np.bool_)
        rows, items, slots = [], [], []
        for size, table in benchmark.tables.items():
            made = sign(columns.string_array(batch["text"]), every, self.ignore, size, np.uint64)
            enough = np.where(made.words >= size, np.diff(made.bounds), 0)  # a document shorter than a run holds none
            most = int(enough.sum())
            where, found = np.empty(len(made.shingles), np.int64), np.empty(len(made.shingles), np.int64)
            count = kernels.look_up(made.shingles, made.bounds[1:], table.slots, where, found) if most else 0
            mine = np.flatnonzero(made.words[where[:count]] >= size)
            rows.append(where[mine])
            items.append(table.owners[found[mine]])
            slots.append(found[mine])
        return _Best.of(len(batch), np.concatenate(rows), np.concatenate(items), np.concatenate(slots), benchmark.sizes)


@dataclass(frozen=True)
class _Best:
    """Of each row, the item of which it holds most (-1 for none), how many runs, which share."""

    items: npt.NDArray[np.int64]
    runs: npt.NDArray[np.int64]
    shares: npt.NDArray[np.float64]

    @classmethod
    def of(cls, count: int, rows: Any, items: Any, slots: Any, sizes: npt.NDArray[np.int64]) -> _Best:
        held = np.unique(np.stack([rows, items.astype(np.int64), slots]), axis=1) if len(rows) else np.empty((3, 0), np.int64)
        pairs, runs = np.unique(held[:2], axis=1, return_counts=True)
        order = np.lexsort((pairs[1], -runs, pairs[0]))  # by row, the most runs first, then the first item
        pairs, runs = pairs[:, order], runs[order]
        heads = np.flatnonzero(np.r_[True, pairs[0, 1:] != pairs[0, :-1]][: len(runs)])
        best = cls(np.full(count, -1, np.int64), np.zeros(count, np.int64), np.zeros(count))
        at = pairs[0, heads]
        best.items[at], best.runs[at] = pairs[1, heads], runs[heads]
        best.shares[at] = runs[heads] / sizes[pairs[1, heads]]
        return best


@dataclass(frozen=True)
class _Table:
    """The runs of one length: a table of hashes, and the item of each."""

    slots: npt.NDArray[np.uint64]
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, values: npt.NDArray[np.uint64], owners: npt.NDArray[np.int32]) -> _Table:
        size = 1 << max(4, int(len(values) * 4 - 1).bit_length())
        table = cls(np.zeros(size, np.uint64), np.zeros(size, np.int32))
        kernels.fill_slots(values, table.slots, owners, table.owners)
        return table


@dataclass(frozen=True)
class _Benchmark:
    """All items: their names, how many different runs each has, and the runs by length."""

    names: Sequence[str]
    sizes: npt.NDArray[np.int64]
    tables: Mapping[int, _Table]


@lru_cache(maxsize=4)
def _benchmark(part: Decontaminate) -> _Benchmark:
    names: list[str] = []
    texts: list[str] = []
    owners: list[int] = []
    for name, some in _items(part):
        owners += [len(names)] * len(some)
        texts += some
        names.append(name)
    column, owner = columns.column_of(texts), np.array(owners, np.int32)
    words = sign(column, np.ones(len(texts), np.bool_), part.ignore, part.words).words
    if not (words >= part.short).any():
        raise SourceError(f"decontaminate: no text in {', '.join(part.against)} has {part.short} words; there is nothing to look for")
    tables, sizes = {}, np.zeros(len(names), np.int64)
    for size in range(part.short, part.words + 1):
        mine = words >= size if size == part.words else words == size
        if mine.any():
            made = sign(column, mine, part.ignore, size, np.uint64)
            owned = np.repeat(owner, np.diff(made.bounds))
            both = np.unique(np.stack([owned.astype(np.uint64), made.shingles]), axis=1)
            sizes += np.bincount(both[0].astype(np.int64), minlength=len(names))
            tables[size] = _Table.of(made.shingles, owned)
    return _Benchmark(names, sizes, tables)


def _items(part: Decontaminate) -> Iterator[tuple[str, list[str]]]:
    """The name of each item, ``file:number`` from 1, and its texts."""
    from arclean.dataset.source import ReadOptions, blocks, parse, plan

    planned = plan(list(part.against), ReadOptions(text=part.columns[0]))
    for column in part.columns[1:]:
        if column not in planned.schema.names:
            raise unknown("column", column, planned.schema.names, "decontaminate, the benchmarks")
    numbers: Counter[str] = Counter()
    for piece in planned.pieces:
        for block in blocks(piece, planned.options):
            parsed = parse(block, planned)
            if len(parsed.quarantined):
                raise SourceError(f"{piece.source}: {parsed.quarantined['error'][0]}; a benchmark is to be read whole")
            wanted = [parsed.batch[name].to_pylist() for name in ("text", *part.columns[1:])]
            for values in zip(*wanted, strict=True):
                numbers[piece.source] += 1
                yield f"{piece.source}:{numbers[piece.source]}", [text for value in values for text in _texts(value)]


def _texts(value: Any) -> Iterator[str]:
    """Texts of a value: itself, or those in its list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)


def decontaminate(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    against: str | PathLike[str] | Sequence[str | PathLike[str]],
    **options: Any,
) -> RunResult:
    """Files in, a dataset out without the documents that hold words of a benchmark; those are in ``rejected/``, with what they hold.

    Args:
        inputs: files, directories or patterns.
        out: the output directory.
        against: the files of the benchmarks.
        options: of `arclean.Decontaminate` (``columns``, ``words`` ...) and of `arclean.run` (``workers``, ``text`` ...).

    Raises:
        UnknownName: an option of neither.
        PipelineError, SourceError, OutputError: as `arclean.run` and `arclean.Decontaminate`.
    """
    from arclean.dataset.run import run
    from arclean.pipeline import Pipeline

    own = {field.name for field in fields(Decontaminate)} - {"against"}
    others = {*(run.__kwdefaults__ or {})}
    for name in options:
        if name not in own | others:
            raise unknown("option of decontaminate", name, own | others)
    files = [fspath(path) for path in ([against] if isinstance(against, (str, PathLike)) else against)]
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items() if name in own}
    rest = {name: value for name, value in options.items() if name not in own}
    return run(Pipeline((Decontaminate(tuple(files), **given),), "decontaminate"), inputs, out, **rest)


def found_in(out: str | PathLike[str]) -> dict[str, dict[str, int]]:
    """What a dataset was found to hold of each benchmark: documents rejected, and different items they hold.

    Args:
        out: a dataset whose pipeline has `arclean.Decontaminate`.
    """
    documents: Counter[str] = Counter()
    items: dict[str, set[str]] = {}
    for path in sorted((Path(out) / "rejected").glob("*.parquet")):
        table = pq.read_table(path, columns=["drop", ADDED[0]])
        for name in table.filter(pc.equal(table["drop"], "contaminated"))[ADDED[0]].to_pylist():
            benchmark = name.rpartition(":")[0]
            documents[benchmark] += 1
            items.setdefault(benchmark, set()).add(name)
    return {name: {"documents": count, "items": len(items[name])} for name, count in sorted(documents.items())}
