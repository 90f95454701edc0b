"""Parquet as it is cut: footers, pieces and blocks are ranges of row groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.block_model import Block
from arclean.dataset.read_model import Piece, ReadOptions
from arclean.dataset.stream import open_file
from arclean.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Generator

    from arclean.dataset.read_inputs import File

DAMAGE: Final = (OSError, pa.ArrowException)
"""What Arrow raises on Parquet that is damaged."""

HUGE: Final = 512 << 20
"""Bytes of a row group beyond which it is read in parts."""

Footers = Mapping[str, Any]
"""The metadata of each Parquet file by path; for one that cannot be read, why."""


def footers_of(files: Sequence[File]) -> dict[str, Any]:
    """Every footer.

    Raises:
        SourceError: none of them can be read.
    """
    footers = {file.path: footer_of(file.path) for file in files}
    if files and all(isinstance(footer, str) for footer in footers.values()):
        raise SourceError(f"{files[0].path}: {footers[files[0].path]}; is it whole, and is it Parquet?")
    return footers


def footer_of(path: str) -> Any:
    """The metadata of a file, or, as a string, why it cannot be read.

    Raises:
        SourceError: the file cannot be opened.
    """
    with open_file(path) as raw:
        try:
            return pq.ParquetFile(raw).metadata
        except DAMAGE as error:
            return f"bad Parquet: footer: {first_line(error)}"


def first_line(error: BaseException) -> str:
    """What Arrow says, without its call stack."""
    return str(error).partition("\n")[0]


def parquet_pieces(file: File, footer: Any, piece_bytes: int) -> Iterator[Piece]:
    """Ranges of row groups of about so many bytes on disk; a file without a footer is one piece."""
    if isinstance(footer, str):
        yield Piece(file.path, file.source, "parquet", size=file.size)
        return
    start = size = 0
    for at in range(footer.num_row_groups):
        size += _on_disk(footer.row_group(at))
        if size >= piece_bytes or at + 1 == footer.num_row_groups:
            yield Piece(file.path, file.source, "parquet", "", start, at + 1, size)
            start, size = at + 1, 0


def _on_disk(group: Any) -> int:
    return sum(int(group.column(at).total_compressed_size) for at in range(group.num_columns))


def parquet_blocks(piece: Piece, options: ReadOptions) -> Generator[Block, None, None]:
    """The blocks of a piece: small row groups together, huge ones in parts."""
    footer = footer_of(piece.path)
    if isinstance(footer, str):
        yield Block(piece, b"", size=piece.size, fault=footer)
        return
    if piece.end > footer.num_row_groups:
        raise SourceError(
            f"{piece.path}: has {footer.num_row_groups} row groups, not {piece.end} as planned: the file has changed; plan again"
        )
    row = sum(footer.row_group(at).num_rows for at in range(piece.start))
    for groups in _gathered(piece, footer, options.block_bytes):
        rows = sum(footer.row_group(at).num_rows for at in groups)
        size = sum(_on_disk(footer.row_group(at)) for at in groups)
        parts = -(-footer.row_group(groups[0]).total_byte_size // HUGE) if len(groups) == 1 else 1
        step = max(-(-rows // parts), 1)
        if parts <= 1:
            yield Block(piece, b"", row, size=size, groups=groups, footer=footer)
        else:
            for low in range(0, rows, step):
                part = (low, min(low + step, rows))
                yield Block(piece, b"", row, size=size * (part[1] - low) // rows, groups=groups, rows=part, footer=footer)
        row += rows


def _gathered(piece: Piece, footer: Any, block_bytes: int) -> Iterator[tuple[int, ...]]:
    groups: list[int] = []
    size = 0
    for at in range(piece.start, piece.end):
        more = footer.row_group(at).total_byte_size
        if groups and size + more > block_bytes:
            yield tuple(groups)
            groups, size = [], 0
        groups.append(at)
        size += more
    if groups:
        yield tuple(groups)
