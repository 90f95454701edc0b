"""A bare copy: what pyarrow does by itself between files of JSONL or Parquet and zstd Parquet, with no code of arclean in it but its
writer's settings. It reads, unpacks, cuts at line ends into blocks of arclean's size, parses, writes and syncs; it makes no ids, checks no
UTF-8, hashes nothing, and stops at the first damage.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import arclean  # noqa: F401  first, as the command has it, so that the allocator is told before Arrow is loaded

# isort: split
import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

from arclean.dataset.shards import open_parquet
from arclean.executors import Local

BLOCK: Final = 8 << 20
_LOOK: Final = 1 << 20
_CODECS: Final = {".gz": "gzip", ".zst": "zstd"}


def blocks(path: str, size: int = BLOCK) -> Iterator[pa.Buffer]:
    """Whole lines of a file."""
    codec = _CODECS.get(Path(path).suffix)
    with pa.OSFile(path) as raw:
        file = pa.CompressedInputStream(raw, codec) if codec else raw
        left = b""
        while data := file.read(size - len(left)):
            data = left + data if left else data
            cut = data.rfind(b"\n") + 1
            yield pa.py_buffer(data).slice(0, cut)
            left = data[cut:]
        if left:
            yield pa.py_buffer(left)


def parse(data: pa.Buffer, schema: pa.Schema | None = None) -> pa.RecordBatch:
    """A block as columns."""
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore" if schema else "infer")
    return pj.read_json(pa.BufferReader(data), pj.ReadOptions(use_threads=False, block_size=data.size + 1), options).to_batches()[0]


def schema_of(path: str) -> pa.Schema:
    """The columns of a file, from its beginning."""
    return parse(next(blocks(path, _LOOK))).schema


def batches(path: str) -> Iterator[pa.RecordBatch]:
    """A file, block by block."""
    schema = schema_of(path)
    return (parse(block, schema) for block in blocks(path))


class Copy:
    """The task of copying one file to another."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __call__(self, path: str, each: Any) -> None:
        """Copy, blocks being parsed by the crew that `each` stands for."""
        if path.endswith(".parquet"):
            found = each(lambda batch: batch, pq.ParquetFile(path).iter_batches(1 << 13, use_threads=False))
        else:
            schema = schema_of(path)
            found = each(lambda block: parse(block, schema), blocks(path))
        writer = None
        with Path(self._folder, f"{Path(path).name}.parquet").open("wb") as file:
            for batch in found:
                writer = writer or open_parquet(file, batch.schema, "data")  # type: ignore[arg-type]
                writer.write_batch(batch, row_group_size=batch.num_rows)
            if writer is not None:
                writer.close()
            file.flush()
            os.fsync(file.fileno())


def copy(source: str, folder: str, workers: int) -> None:
    """Copy a file, or the files of a folder, with so many threads."""
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(source, name) for name in sorted(os.listdir(source))] if os.path.isdir(source) else [source]
    list(Local(workers).map(Copy(folder), paths))
