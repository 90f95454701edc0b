"""A piece, read in order and cut into blocks of whole records. Only I/O and decompression happen here; parsing is elsewhere."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from arclean.dataset.block_model import Block
from arclean.dataset.read_encoding import as_utf8
from arclean.dataset.read_model import WHOLE
from arclean.dataset.stream import Fault, Raw, stream
from arclean.dataset.stream_lines import LONGEST, SHOWN, Cutter, End, begin, line_end, until
from arclean.dataset.warc_records import record_end

if TYPE_CHECKING:
    from collections.abc import Generator

    from arclean.dataset.read_model import Member, Piece, ReadOptions

__all__ = ["Block", "blocks"]


def blocks(piece: Piece, options: ReadOptions) -> Generator[Block, None, None]:
    """The blocks of a piece, in order. Where they are cut depends on the data and on `ReadOptions.block_bytes` alone.

    Args:
        piece: what to read.
        options: how.

    Raises:
        SourceError: the file cannot be opened, or its disk or network fails. Damage in its content is no error but a `Block.fault`.
    """
    if piece.format == "parquet":
        from arclean.dataset.read_parquet import parquet_blocks

        return parquet_blocks(piece, options)
    if piece.format in WHOLE:
        return _file_blocks(piece)
    if piece.format == "warc":
        return _line_blocks(piece, options, record_end)
    return _csv_blocks(piece, options) if piece.format in ("csv", "tsv") else _line_blocks(piece, options)


def _line_blocks(piece: Piece, options: ReadOptions, end: End = line_end) -> Generator[Block, None, None]:
    raw = Raw(piece.path, max(piece.start - 1, 0))
    try:
        offset, items = begin(as_utf8(stream(raw, piece.compression), piece.encoding), piece.start)
        taken, part, mark = 0, piece.start > 0 or piece.end >= 0, offset if piece.start == 0 else 0
        last = max(piece.end, mark + 1) if mark and part else piece.end  # a byte order mark may be longer than the piece
        for span in Cutter(offset, options.block_bytes, end).spans(until(items, offset, last)):
            line = span.line if piece.start == 0 else 0
            size = mark + len(span.data) if part else raw.taken - taken
            yield Block(piece, span.data, span.offset, line, size, span.fault)
            taken, mark = raw.taken, 0
    finally:
        raw.close()


def _csv_blocks(piece: Piece, options: ReadOptions) -> Generator[Block, None, None]:
    from arclean.dataset.parse_csv import header_of, record_end

    header: tuple[str, ...] | None = None
    for block in _line_blocks(piece, options, partial(record_end, piece.format)):
        if header is not None or (not block.fault and not block.data.strip(b"\r\n")):  # blank lines may stand before the names
            yield replace(block, header=header or ())
            continue
        header, at = header_of(block)
        line = block.line + block.data.count(b"\n", 0, at)
        yield replace(block, data=block.data[at:], offset=block.offset + at, line=line, header=header)


def _file_blocks(piece: Piece) -> Generator[Block, None, None]:
    files: list[tuple[str, bytes, str]] = []
    taken = 0
    for member in piece.members:
        raw = Raw(member.path)
        try:
            data, fault = _whole_file(raw, member)
            files.append((member.source, data, fault))
        finally:
            raw.close()
        taken += raw.taken
    yield Block(piece, b"", size=taken, files=tuple(files))


def _whole_file(raw: Raw, member: Member) -> tuple[bytes, str]:
    """A file that is a document, and what is wrong with it."""
    _, items = begin(as_utf8(stream(raw, member.compression), member.encoding), 0)
    parts: list[bytes] = []
    size = 0
    for item in items:
        if isinstance(item, Fault):
            return b"".join(parts), item.error
        parts.append(item)
        size += len(item)
        if size > LONGEST:
            return b"".join(parts)[:SHOWN], f"too long: a document of more than {LONGEST} bytes, of which the first {SHOWN} are kept"
    return b"".join(parts), ""
