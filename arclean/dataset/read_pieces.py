"""Files cut into pieces, each for one worker."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from arclean.dataset.read_encoding import UNKNOWN
from arclean.dataset.read_model import WHOLE, Member, Piece, ReadOptions
from arclean.dataset.read_parquet import parquet_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.dataset.read_inputs import File
    from arclean.dataset.read_parquet import Footers

TOGETHER: Final = 1024
"""Files of one document each that make a piece, at most."""

_SPLITTABLE: Final = frozenset({"jsonl", "lines"})


def pieces_of(files: Sequence[File], options: ReadOptions, footers: Footers) -> Iterator[Piece]:
    """The pieces, in the order of the files.

    Args:
        files: the inputs.
        options: how finely.
        footers: of the Parquet files, by path; they say where those can be cut.
    """
    for kind, group in groupby(files, key=lambda file: file.format):
        if kind in WHOLE:
            yield from _together(list(group), options.block_bytes)
        elif kind == "parquet":
            for file in group:
                yield from parquet_pieces(file, footers[file.path], options.piece_bytes)
        else:
            for file in group:
                yield from _pieces(file, options)


def _pieces(file: File, options: ReadOptions) -> Iterator[Piece]:
    decoded = file.encoding not in ("", UNKNOWN)
    if file.compression or decoded or file.format not in _SPLITTABLE or file.size <= options.piece_bytes:
        yield Piece(file.path, file.source, file.format, file.compression, size=file.size, encoding=file.encoding)
        return
    for start in range(0, file.size, options.piece_bytes):
        end = start + options.piece_bytes
        last = end >= file.size
        size = min(end, file.size) - start
        yield Piece(file.path, file.source, file.format, "", start, -1 if last else end, size, encoding=file.encoding)


def _together(files: Sequence[File], block_bytes: int) -> Iterator[Piece]:
    members: list[Member] = []
    for file in files:
        size = sum(member.size for member in members)
        if members and (len(members) == TOGETHER or size + file.size > block_bytes):
            yield _piece(members, files[0].format)
            members = []
        members.append(Member(file.path, file.source, file.compression, file.size, file.encoding))
    yield _piece(members, files[0].format)


def _piece(members: Sequence[Member], kind: str) -> Piece:
    first = members[0]
    return Piece(first.path, first.source, kind, size=sum(member.size for member in members), members=tuple(members))
