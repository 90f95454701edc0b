"""A piece, read in order and cut into blocks of whole records. Only I/O and decompression happen here; parsing is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arclean.dataset.stream import Raw, stream
from arclean.dataset.stream_lines import Cutter, begin, until

if TYPE_CHECKING:
    from collections.abc import Generator

    from arclean.dataset.read_model import Piece, ReadOptions


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
    """

    piece: Piece
    data: bytes
    offset: int = 0
    line: int = 0
    size: int = 0
    fault: str = ""


def blocks(piece: Piece, options: ReadOptions) -> Generator[Block, None, None]:
    """The blocks of a piece, in order. Where they are cut depends on the data and on `ReadOptions.block_bytes` alone.

    Args:
        piece: what to read.
        options: how.

    Raises:
        SourceError: the file cannot be opened, or its disk or network fails. Damage in its content is no error but a `Block.fault`.
    """
    return _line_blocks(piece, options)


def _line_blocks(piece: Piece, options: ReadOptions) -> Generator[Block, None, None]:
    raw = Raw(piece.path, max(piece.start - 1, 0))
    try:
        offset, items = begin(stream(raw, piece.compression), piece.start)
        taken = 0
        for span in Cutter(offset, options.block_bytes).spans(until(items, offset, piece.end)):
            line = span.line if piece.start == 0 else 0
            yield Block(piece, span.data, span.offset, line, raw.taken - taken, span.fault)
            taken = raw.taken
    finally:
        raw.close()
