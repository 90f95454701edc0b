"""What parsing gives, and the columns that every batch has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclean.dataset.read_model import Plan

Places = npt.NDArray[np.int64]
"""Where each record lies in its file: a byte, or a row of Parquet."""

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_HEX: Final = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint8).reshape(256, 2)


@dataclass(frozen=True)
class Parsed:
    """A block as columns.

    Attributes:
        batch: the documents, with exactly the schema of the plan.
        quarantined: what could not be read, with `QUARANTINE_SCHEMA`.
        size: bytes of input on disk that it took, for progress.
    """

    batch: pa.RecordBatch
    quarantined: pa.RecordBatch
    size: int

    def without_documents(self) -> Parsed:
        """What is not of the documents: these are let go."""
        return replace(self, batch=_no_rows(self.batch.schema))


def made_ids(source: str, places: Places) -> pa.Array:
    """Names for documents that have none: 16 hexadecimal digits, different for every place of a file.

    They depend on the name of the file and the place alone (splitmix64 of the place, keyed by xxh3_64 of the name).

    >>> made_ids("a.jsonl", np.array([0, 12])).to_pylist()
    ['9a11f02a7b92e87f', '996400a86f2e5f69']
    """
    mixed = np.uint64(xxhash.xxh3_64_intdigest(source.encode("utf-8", "surrogateescape"))) + places.astype(np.uint64) * _GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    digits = _HEX[mixed.astype(">u8").view(np.uint8)].reshape(-1)
    bounds = np.arange(0, 16 * len(places) + 1, 16, dtype=np.int32)
    return pa.StringArray.from_buffers(len(places), pa.py_buffer(bounds), pa.py_buffer(digits))


def assemble(plan: Plan, source: str, places: Places, columns: Mapping[str, pa.Array]) -> pa.RecordBatch:
    """Columns as the plan wants them: ids made where none was given, columns that the file lacks null.

    Args:
        plan: its schema decides.
        source: name of the file.
        places: one a row, for the ids.
        columns: by their final names; ``id`` as strings, may be absent.
    """
    arrays = []
    for field in plan.schema:
        array = columns.get(field.name)
        if field.name == "id":
            array = _ids(array, source, places)
        elif array is None:
            array = pa.nulls(len(places), field.type)
        arrays.append(array if array.type == field.type else array.cast(field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=plan.schema)


def _ids(given: pa.Array | None, source: str, places: Places) -> pa.Array:
    if given is None:
        return made_ids(source, places)
    return pc.coalesce(given, made_ids(source, places)) if given.null_count else given


def as_batch(table: pa.Table) -> pa.RecordBatch:
    """A table as one batch.

    >>> len(as_batch(pa.table({"a": pa.chunked_array([[1], [2]])})))
    2
    """
    batches = table.combine_chunks().to_batches()
    if len(batches) == 1:
        return batches[0]
    if batches:
        return pa.RecordBatch.from_arrays([pa.concat_arrays(column.chunks) for column in table.columns], schema=table.schema)
    return _no_rows(table.schema)


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
