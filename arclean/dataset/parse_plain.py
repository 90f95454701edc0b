"""Plain records of JSON into columns: what `arclean.dataset.kernels` understands, which is nearly all there is.

Columns of strings are cut out of the lines. What other columns hold is written out as lines of their own, short ones, for Arrow to read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns, masks
from arclean.dataset import kernels
from arclean.dataset.parse_lines import Index, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

CELLS: Final = 1 << 22
"""Values of a block, beyond which its places would take more memory than the block."""

_SLACK: Final = int(masks.SIZE)


@dataclass(frozen=True)
class Places:
    """Where the values of lines lie.

    Attributes:
        lines: the lines.
        schema: the columns.
        plain: which lines are understood, as bool.
        firsts, lasts: int64, shape (columns, lines), see `kernels.records`.
    """

    lines: Lines
    schema: pa.Schema
    plain: npt.NDArray[np.bool_]
    firsts: npt.NDArray[np.int64]
    lasts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, lines: Lines, schema: pa.Schema) -> Places | None:
        """Look for them; None if there may be too many.

        Args:
            lines: UTF-8, with braces at both ends.
            schema: the columns that records may have.
        """
        if len(lines) * len(schema) > CELLS:
            return None
        firsts, lasts = np.empty((2, len(schema), len(lines)), np.int64)
        plain = np.empty(len(lines), np.uint8)
        strings = np.array([pa.types.is_string(field.type) for field in schema], np.uint8)
        kernels.records(lines.view, lines.starts, lines.ends, *_joined(schema.names), strings, firsts, lasts, plain)
        return cls(lines, schema, plain.view(np.bool_), firsts, lasts)

    def strings(self, column: int, rows: Index | slice) -> pa.Array:
        """A column of strings, of some of the lines."""
        firsts, lasts = np.ascontiguousarray(self.firsts[column, rows]), np.ascontiguousarray(self.lasts[column, rows])
        there = firsts >= 0
        bounds, out = np.empty(len(firsts) + 1, np.int32), columns.room(int((lasts - firsts)[there].sum()) + _SLACK)
        kernels.strings(self.lines.view, firsts, lasts, bounds, out)
        validity = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
        return pa.Array.from_buffers(pa.string(), len(firsts), [validity, pa.py_buffer(bounds), pa.py_buffer(out[: bounds[-1]])])

    def others(self, which: list[int], rows: Index | slice) -> bytes:
        """Lines of JSON with some of the columns alone."""
        firsts, lasts = self.firsts[which][:, rows], self.lasts[which][:, rows]
        names, bounds = _joined(json.dumps(self.schema.names[column], ensure_ascii=False) + ":" for column in which)
        there = firsts >= 0
        sizes = (lasts - firsts)[there].sum() + (there.sum(axis=1) * (np.diff(bounds) + 1)).sum() + 3 * firsts.shape[1]
        out = np.empty(int(sizes), np.uint8)
        return out[: kernels.others(self.lines.view, firsts, lasts, names, bounds, out)].tobytes()


def _joined(names: Iterable[str]) -> tuple[npt.NDArray[np.uint8], Index]:
    """Names as UTF-8, one after the other, and where each begins and ends."""
    encoded = [name.encode() for name in names]
    return np.frombuffer(b"".join(encoded) or b"\0", np.uint8), np.cumsum([0, *map(len, encoded)], dtype=np.int64)


def read_plain(lines: Lines, schema: pa.Schema) -> tuple[Index, pa.RecordBatch | None]:
    """Which lines are plain records, and these as a batch with all columns of the schema; None if there are none.

    Args:
        lines: UTF-8, with braces at both ends.
        schema: the columns that they may have.
    """
    from arclean.dataset.parse_json import arrow

    nothing = np.empty(0, np.int64)
    places = Places.of(lines, schema) if len(lines) and len(schema) else None
    rows = nothing if places is None else np.flatnonzero(places.plain)
    if places is None or not len(rows):
        return nothing, None
    some = slice(None) if len(rows) == len(lines) else rows
    arrays = {at: places.strings(at, some) for at, field in enumerate(schema) if pa.types.is_string(field.type)}
    if which := [at for at in range(len(schema)) if at not in arrays]:
        batch = arrow(Lines.of(places.others(which, some)), 0, len(rows), pa.schema([schema.field(at) for at in which]))
        if batch is None:
            return nothing, None
        arrays |= {at: batch.column(batch.schema.get_field_index(schema.names[at])) for at in which}
    return rows, pa.RecordBatch.from_arrays([arrays[at] for at in range(len(schema))], schema=schema)


def counts(lines: Lines, schema: pa.Schema) -> list[int] | None:
    r"""How many of these lines have a value in each column; None unless all are plain records and all columns of strings.

    >>> counts(Lines.of(b'{"a": "b"}\n{}'), pa.schema([("a", pa.string())]))
    [1]
    """
    if not len(schema) or not all(pa.types.is_string(kind) for kind in schema.types):
        return None
    places = Places.of(lines, schema)
    return (places.firsts >= 0).sum(axis=1).tolist() if places is not None and places.plain.all() else None
