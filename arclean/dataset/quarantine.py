"""What could not be read: file, place, error, rows lost, raw bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

QUARANTINE_SCHEMA: Final = pa.schema(
    [
        ("file", pa.string()),
        ("place", pa.string()),
        ("error", pa.string()),
        ("rows", pa.int64()),
        ("raw", pa.binary()),
    ]
)
"""``file``: the source; ``place``: ``line 12``, ``byte 123``, ``row 7``, ``row group 3``; ``error``: ``kind: detail``;
``rows``: records lost, 0 for damage that cost none; ``raw``: the bytes as they stand in the (decompressed) file."""


@dataclass
class Quarantine:
    """Collects what could not be read of one source and gives it back in the order of the file.

    >>> lost = Quarantine("a.jsonl")
    >>> lost.add(5, "line 6", "bad JSON: no end", b"{")
    >>> lost.batch().to_pylist()
    [{'file': 'a.jsonl', 'place': 'line 6', 'error': 'bad JSON: no end', 'rows': 1, 'raw': b'{'}]
    """

    source: str
    _rows: list[tuple[int, str, str, str, int, bytes]] = field(default_factory=list)

    def add(self, order: int, place: str, error: str, raw: bytes, rows: int = 1, source: str | None = None) -> None:
        """Note a loss.

        Args:
            order: where it stands among the others.
            place: where in the file, in words.
            error: kind and detail.
            raw: its bytes.
            rows: how many records are lost with it.
            source: the file, if it is not the one of the whole.
        """
        self._rows.append((order, source or self.source, place, error, rows, raw))

    def batch(self) -> pa.RecordBatch:
        """All of it, with `QUARANTINE_SCHEMA`."""
        rows = sorted(self._rows, key=lambda row: row[0])
        columns = list(zip(*(row[1:] for row in rows), strict=True)) or [()] * len(QUARANTINE_SCHEMA)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, QUARANTINE_SCHEMA, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=QUARANTINE_SCHEMA)
