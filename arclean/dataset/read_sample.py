"""The columns of JSONL, from a sample.

Python looks at a few records; Arrow then checks the others against what was found, which is fast; where it refuses, Python looks again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa

from arclean.dataset.parse_json import FEW, BadRecord, arrow, load, plausible
from arclean.dataset.parse_lines import Lines
from arclean.dataset.read_types import JSON, settled, type_of, unify, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.dataset.blocks import Block

MOST_COLUMNS = 10_000
"""Columns that JSONL may have; fields beyond go to the column ``extra``."""


class Sample:
    """Collects the columns of JSONL.

    Args:
        text: the column of the documents, which are strings.
        id: the column of their names.

    Attributes:
        overfull: whether there were more columns than `MOST_COLUMNS`.
    """

    def __init__(self, text: str, id: str) -> None:  # noqa: A002
        self._text, self._id = text, id
        self._types: dict[str, pa.DataType] = {}
        self._no_text = pa.null()
        self.overfull = False

    def look(self, block: Block) -> None:
        """Take in the records of a block."""
        lines = Lines.of(block.data)
        which = plausible(lines)
        lines = lines.take(which).compact() if len(which) < len(lines) else lines
        at, step = 0, FEW
        while at < len(lines):
            high = min(at + step, len(lines))
            if at and self._known(lines, at, high):
                at, step = high, step * 2
            elif step > FEW:
                step = max(FEW, step // 4)
            else:
                self._read(lines, at, high)
                at = high

    def _known(self, lines: Lines, low: int, high: int) -> bool:
        """Whether the columns found so far hold these records."""
        return JSON not in self._types.values() and arrow(lines, low, high, pa.schema(list(self._types.items()))) is not None

    def _read(self, lines: Lines, low: int, high: int) -> None:
        for record in _records(lines, low, high):
            for key, value in record.items():
                self._see(well_formed(key), value)

    def _see(self, name: str, value: object) -> None:
        if name not in self._types and len(self._types) >= MOST_COLUMNS:
            self.overfull = True
            return
        known = self._types.get(name, pa.null())
        if name == self._text and not isinstance(value, str):
            self._no_text = type_of(value) if pa.types.is_null(self._no_text) else self._no_text
            self._types[name] = known
        elif known != JSON:
            self._types[name] = unify(known, type_of(value))

    def schema(self) -> pa.Schema:
        """The columns, in order of first appearance; that of the documents has its wrong type if none of them is a text."""
        return pa.schema([settled(name, self._kind(name, kind)) for name, kind in self._types.items()])

    def _kind(self, name: str, kind: pa.DataType) -> pa.DataType:
        if name == self._text and pa.types.is_null(kind):
            return pa.int64() if self._no_text == JSON else self._no_text
        plain = kind in (pa.string(), pa.int64(), pa.null())
        return JSON if name == self._id and not plain else kind


def _records(lines: Lines, low: int, high: int) -> Iterator[dict[str, object]]:
    for at in range(low, high):
        with suppress(BadRecord):  # parsing quarantines it
            yield load(lines.line(at))
