"""The columns of JSONL, from a sample.

Python looks at a few records; Arrow then checks the others against what was found, which is fast; where it refuses, Python looks again.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from arclean.dataset.parse_json import FEW, BadRecord, arrow, load, plausible
from arclean.dataset.parse_lines import Lines
from arclean.dataset.parse_plain import counts
from arclean.dataset.read_types import JSON, settled, type_of, unify, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.dataset.blocks import Block

MOST_COLUMNS: Final = 10_000
"""Columns that JSONL may have."""

WIDE: Final = 256
"""Columns beyond which only those stay that one record in `SPARSE` has; otherwise a block could need gigabytes for its nulls."""

SPARSE: Final = 20

_CELLS: Final = 1 << 24
_STRIDE: Final = 1 << 12


class Sample:
    """Collects the columns of JSONL.

    Args:
        text: the column of the documents, which are strings.
        id: the column of their names.

    Attributes:
        records: how many were seen.
        overfull: whether there are fields that did not become columns.
    """

    def __init__(self, text: str, id: str) -> None:  # noqa: A002
        self._text, self._id = text, id
        self._types: dict[str, pa.DataType] = {}
        self._counts: Counter[str] = Counter()
        self._no_text = pa.null()
        self.records = 0
        self.overfull = False

    def look(self, block: Block) -> None:
        """Take in the records of a block."""
        lines = Lines.of(block.data)
        which = plausible(lines)
        lines = lines.take(which).compact() if len(which) < len(lines) else lines
        at, step, stride = 0, FEW, FEW
        while at < len(lines):
            high = min(at + step, len(lines))
            if at and self._known(lines, at, high):
                at, stride = high, FEW
                step = max(FEW, min(step * 2, _CELLS // len(self._types)))
            elif step > FEW:
                step = max(FEW, step // 4)
            else:
                high = min(at + stride, len(lines))
                self._read(lines, at, high)
                at, stride = high, min(stride * 2, _STRIDE)

    def _known(self, lines: Lines, low: int, high: int) -> bool:
        """Whether the columns found so far hold these records."""
        if JSON in self._types.values() or self.overfull:
            return False
        known = pa.schema(list(self._types.items()))
        if (there := counts(lines.part(low, high), known)) is not None:
            self.records += high - low
            self._counts.update(dict(zip(known.names, there, strict=True)))
            return True
        batch = arrow(lines, low, high, known)
        if batch is None:
            return False
        self.records += len(batch)
        self._counts.update({name: len(batch) - array.null_count for name, array in zip(batch.schema.names, batch.columns, strict=True)})
        return True

    def _read(self, lines: Lines, low: int, high: int) -> None:
        for record in _records(lines, low, high):
            self.records += 1
            for key, value in record.items():
                self._see(well_formed(key), value)

    def _see(self, name: str, value: object) -> None:
        if name not in self._types and len(self._types) >= MOST_COLUMNS and name not in (self._text, self._id):
            self.overfull = True
            return
        self._counts[name] += value is not None
        known = self._types.get(name, pa.null())
        if name == self._text and not isinstance(value, str):
            self._no_text = type_of(value) if pa.types.is_null(self._no_text) else self._no_text
            self._types[name] = known
        else:
            self._types[name] = known if known == JSON else unify(known, type_of(value))

    def schema(self) -> pa.Schema:
        """The columns, in order of first appearance; that of the documents has its wrong type if none of them is a text."""
        kept = [name for name in self._types if name in (self._text, self._id) or self._often(name)]
        self.overfull = self.overfull or len(kept) < len(self._types)
        return pa.schema([settled(name, self._kind(name, self._types[name])) for name in kept])

    def _often(self, name: str) -> bool:
        return len(self._types) <= WIDE or self._counts[name] * SPARSE >= self.records

    def _kind(self, name: str, kind: pa.DataType) -> pa.DataType:
        if name == self._text and pa.types.is_null(kind):
            return pa.int64() if self._no_text == JSON else self._no_text
        plain = kind in (pa.string(), pa.int64(), pa.null())
        return JSON if name == self._id and not plain else kind


def _records(lines: Lines, low: int, high: int) -> Iterator[dict[str, object]]:
    for at in range(low, high):
        with suppress(BadRecord):  # parsing quarantines it
            yield load(lines.line(at))
