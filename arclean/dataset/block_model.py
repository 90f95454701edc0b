"""What passes from reading to parsing: bytes, and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arclean.dataset.read_model import Piece


@dataclass(frozen=True)
class Block:
    """Bytes, and where they lie.

    Attributes:
        piece: whose block it is.
        data: whole records; under a `fault`, what follows the last line end is the record that was cut.
        offset: of ``data[0]`` in the decompressed file.
        line: number of the first line, from 1; 0 if it is not known.
        size: bytes on disk that it took, for progress.
        fault: why the stream broke after `data`, as ``kind: detail``; empty if it did not.
        header: the names of the columns of CSV.
        files: for documents of a file each, the source, bytes and fault of each, instead of `data`.
        groups: the row groups of Parquet, instead of `data`; `offset` is then the number of the first row.
        rows: the rows of the one row group, if they are not all.
        footer: the metadata of the Parquet file.
    """

    piece: Piece
    data: bytes
    offset: int = 0
    line: int = 0
    size: int = 0
    fault: str = ""
    header: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes, str], ...] = ()
    groups: tuple[int, ...] = ()
    rows: tuple[int, int] | None = None
    footer: Any = None
