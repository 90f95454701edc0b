"""Learn: the lines that sites repeat, counted over a crawl; out of core, and the same whatever the workers, the shards and their order."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean.boilerplate.templates.count import look, rows_of
from arclean.boilerplate.templates.step import is_templates
from arclean.boilerplate.templates.table import SCHEMA, settled
from arclean.dataset.memory import give_back
from arclean.dataset.pages import refuse_bare_pages, with_html
from arclean.dataset.source import Piece, Plan, ReadOptions, blocks, parse, plan
from arclean.errors import OutputError, SourceError, unknown
from arclean.executors import Local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.executors import Each, Executor
    from arclean.pipeline import Pipeline

_SPILL: Final = 32 << 20
"""Bytes of rows that one worker holds before they are sorted and written."""

_GROUP: Final = 1 << 16
_TOGETHER: Final = 96 << 20
"""Bytes of tables, as they are in memory, that are merged at once; to sort them takes four times as much."""


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        out: the file.
        lines: how many lines of sites it holds.
        sites: of how many sites.
    """

    out: Path
    lines: int
    sites: int

    def __str__(self) -> str:
        """In one line, for a terminal."""
        return f"{self.lines:,} lines of {self.sites:,} sites written to {self.out}"


def learn(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    pipeline: Pipeline | str | PathLike[str] = "light",
    text: str = "text",
    id: str = "id",  # noqa: A002 - as `arclean.run` has it
    format: str = "auto",  # noqa: A002 - as above
    html: str | None = None,
    url: str = "url",
    least: int = 2,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Learned:
    """Count the lines of a crawl by site, over distinct documents, into a file for the step ``templates``.

    Copies of a document count once, near copies too. Files that this wrote are inputs as well: those of shards add up to that of all, if
    they were written with ``least=1``.

    Args:
        inputs: a crawl as `arclean.run` reads it, or files of templates.
        out: the file to write, Parquet.
        pipeline: what the texts go through first; pages as HTML become texts in any case.
        text: the column with the text.
        id: the column with the id.
        format: of the inputs, see `arclean.run`.
        html: the column with pages as HTML, instead of one with texts.
        url: the column with the address of each document.
        least: lines in fewer documents are not written.
        workers: threads; all cores of this process if None.
        executor: who does the work, instead of threads.

    Raises:
        UnknownName: there is no such column, preset or format.
        SourceError: an input cannot be opened, or files of templates and others are mixed.
        OutputError: the file cannot be written.
    """
    paths = [fspath(path) for path in ([inputs] if isinstance(inputs, (str, PathLike)) else inputs)]
    tables = [path for path in paths if Path(path).is_file() and is_templates(path)]
    if tables and len(tables) < len(paths):
        raise SourceError(f"{tables[0]} is a file of templates, others are not; learn from the crawl first, then put the files together")
    target = Path(out)
    if not target.parent.is_dir():
        raise OutputError(f"{target.parent}: there is no such directory to write {target.name} in")
    with _workplace(target) as folder:
        if tables:
            return _merged([Path(path) for path in tables], target, least)
        pipe = _prepared(pipeline)
        planned = plan(paths, ReadOptions(text=html or text, id=id, format=format))
        refuse_bare_pages(pipe, planned)
        if url not in planned.schema.names:
            raise unknown("column", url, planned.schema.names, "the crawl (name the column of addresses with `url`)")
        task = CountPiece(planned, pipe, url, str(folder))
        numbers = list(range(len(planned.pieces)))
        files = [Path(name) for names in (executor or Local(workers)).map(task, numbers) for name in names]
        return _merged(files, target, least)


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(pipeline: Pipeline | str | PathLike[str]) -> Pipeline:
    from arclean.loading import load
    from arclean.pipeline import Pipeline

    pipe = pipeline if isinstance(pipeline, Pipeline) else load(pipeline)
    return with_html(pipe).without_stages()


@dataclass(frozen=True)
class CountPiece:
    """The task of learning: the lines of one piece, as sorted tables of bounded size.

    Attributes:
        plan: what is read.
        pipe: what the texts go through.
        url: the column of addresses.
        folder: where the tables are written.
    """

    plan: Plan
    pipe: Pipeline
    url: str
    folder: str

    def __call__(self, number: int, each: Each) -> list[str]:
        """Count one piece; the names of its tables, in order."""
        piece: Piece = self.plan.pieces[number]
        names: list[str] = []
        held: list[pa.Table] = []
        size = 0
        for table in each(self._rows, blocks(piece, self.plan.options)):
            held.append(table)
            size += table.nbytes
            if size >= _SPILL:
                names.append(self._spilled(held, number, len(names)))
                held, size = [], 0
                give_back()
        if held:
            names.append(self._spilled(held, number, len(names)))
        return names

    def _rows(self, block: object) -> pa.Table:
        batch = self.pipe.apply(parse(block, self.plan).batch).batch  # type: ignore[arg-type]
        return settled(rows_of(look(batch["text"], batch[self.url])))

    def _spilled(self, held: list[pa.Table], number: int, part: int) -> str:
        name = Path(self.folder) / f"{number:06}-{part:04}.parquet"
        pq.write_table(settled(pa.concat_tables(held)), name, row_group_size=_GROUP, compression="zstd")
        return str(name)


def _merged(files: Sequence[Path], out: Path, least: int) -> Learned:
    """Tables put together, a stretch of keys after the other, so that no more than `_TOGETHER` of them is in memory."""
    readers = [pq.ParquetFile(path) for path in files]
    groups = (reader.metadata.row_group(number) for reader in readers for number in range(reader.num_row_groups))
    stretches = max(1, -(-sum(group.total_byte_size for group in groups) // _TOGETHER))
    edges = [i * (1 << 64) // stretches for i in range(stretches + 1)]
    part = out.with_name(f".{out.name}.part")
    lines, sites = 0, set[str]()
    with pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
        for low, high in pairwise(edges):
            table = settled(pa.concat_tables([SCHEMA.empty_table(), *(_between(reader, low, high) for reader in readers)]))
            table = table.filter(pc.greater_equal(table["documents"], least))
            writer.write_table(table, row_group_size=_GROUP)
            lines += len(table)
            sites |= set(pc.unique(table["site"]).to_pylist())
            give_back()
    for reader in readers:
        reader.close()
    with part.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(part, out)
    return Learned(out, lines, len(sites))


def _between(reader: pq.ParquetFile, low: int, high: int) -> pa.Table:
    """The rows of a table with keys from `low` to before `high`."""
    wanted = []
    for number in range(reader.num_row_groups):
        told = reader.metadata.row_group(number).column(0).statistics
        if told is None or not told.has_min_max or (told.min < high and told.max >= low):
            wanted.append(number)
    if not wanted:
        return SCHEMA.empty_table()
    table = reader.read_row_groups(wanted).cast(SCHEMA)
    keys = table["key"].to_numpy()
    return table.filter(pa.array((keys >= np.uint64(low)) & (keys <= np.uint64(high - 1))))
