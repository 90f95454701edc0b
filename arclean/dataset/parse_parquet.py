"""Parquet into batches: types as they are, row groups that are damaged quarantined by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.parse_lines import are_utf8, utf8_error
from arclean.dataset.parse_model import Parsed, as_batch, assemble
from arclean.dataset.quarantine import Quarantine
from arclean.dataset.read_model import final_name
from arclean.dataset.read_parquet import DAMAGE, first_line
from arclean.dataset.stream import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.dataset.blocks import Block
    from arclean.dataset.parse_lines import Index
    from arclean.dataset.read_model import Plan


def parse_parquet(block: Block, plan: Plan) -> Parsed:
    """A block of Parquet: some row groups, or some rows of one."""
    quarantine = Quarantine(block.piece.source)
    if block.fault:
        quarantine.add(0, "byte 0", block.fault, b"")
        return Parsed(assemble(plan, block.piece.source, np.empty(0, np.int64), {}), quarantine.batch(), block.size)
    batches = [_readable(table, places, plan, quarantine) for table, places in _groups(block, quarantine)]
    batch = batches[0] if len(batches) == 1 else as_batch(pa.Table.from_batches(batches, plan.schema))
    return Parsed(batch, quarantine.batch(), block.size)


def _groups(block: Block, quarantine: Quarantine) -> Iterator[tuple[pa.Table, Index]]:
    """Each row group of a block as a table, with the numbers of its rows in the file."""
    at = block.offset
    for group in block.groups:
        rows = block.footer.row_group(group).num_rows
        low, high = block.rows or (0, rows)
        try:
            table = _table(block, group, low, high)
        except DAMAGE as error:
            quarantine.add(at, f"row group {group}", f"bad Parquet: {first_line(error)}", b"", rows=high - low)
        else:
            yield table, np.arange(at + low, at + high, dtype=np.int64)
        at += rows


def _table(block: Block, group: int, low: int, high: int) -> pa.Table:
    with open_file(block.piece.path) as raw:
        file = pq.ParquetFile(raw, metadata=block.footer, page_checksum_verification=True)
        if not block.rows:
            return file.read_row_group(group, use_threads=False)
        for start, batch in zip(range(0, high, high - low), file.iter_batches(high - low, [group], use_threads=False), strict=False):
            if start == low:
                return pa.Table.from_batches([batch])
    raise OSError("the row group is shorter than the footer says")


def _readable(table: pa.Table, places: Index, plan: Plan, quarantine: Quarantine) -> pa.RecordBatch:
    """A table with the schema of the plan, without the rows that cannot be used."""
    columns = {final_name(name, plan.options): _whole(column) for name, column in zip(table.schema.names, table.columns, strict=True)}
    for name in {"id", "text"} & columns.keys():
        columns[name] = _plain(columns[name])
    lost: dict[int, tuple[str, bytes]] = {}
    for name, array in columns.items():
        for at in _broken(array):
            raw = array.slice(at, 1).cast(pa.binary())[0].as_py() if pa.types.is_string(array.type) else b""
            lost.setdefault(at, (f"{utf8_error(raw)} of {name!r}" if raw else f"bad UTF-8: inside {name!r}", raw))
    for at in np.flatnonzero(columns["text"].is_null().to_numpy(zero_copy_only=False)).tolist():
        lost.setdefault(at, (f"no text: {plan.options.text!r} is null", b""))
    for at, (error, raw) in lost.items():
        quarantine.add(int(places[at]), f"row {places[at] + 1}", error, raw)
    if lost:
        good = np.ones(len(table), bool)
        good[list(lost)] = False
        places, columns = places[good], {name: array.filter(pa.array(good)) for name, array in columns.items()}
    return assemble(plan, quarantine.source, places, columns)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    chunks = column.unify_dictionaries().combine_chunks()
    return chunks if isinstance(chunks, pa.Array) else pa.concat_arrays(chunks.chunks)


def _plain(array: pa.Array) -> pa.Array:
    """Ids and texts as strings; bytes are taken for UTF-8, which is looked at later."""
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type):
        return array.cast(pa.large_string(), safe=False)
    return array.cast(pa.string(), safe=False)


def _broken(array: pa.Array, first: int = 0) -> list[int]:
    """The rows that hold a string, somewhere inside, that is not UTF-8; `first` is the number of the first row."""
    if are_utf8(array):
        return []
    if len(array) == 1:
        return [first]
    # Rows are taken, not sliced: a slice of an object or list validates all of its children.
    low, high = np.array_split(np.arange(len(array)), 2)
    return _broken(array.take(pa.array(low)), first) + _broken(array.take(pa.array(high)), first + len(low))
