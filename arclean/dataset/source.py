"""Reading, from here: `plan` settles what is read, `blocks` brings the bytes, `parse` makes columns of them.

::

    made = plan(["dump/"], ReadOptions(text="body"))
    for piece in made.pieces:                        # by one worker each
        for block in blocks(piece, made.options):    # in order
            parsed = parse(block, made)              # in any thread

The schema is settled before any work, from the first block of up to 64 files, evenly chosen. If that was not every byte of the JSONL
inputs, the schema ends with a column ``extra``: the fields of a record that the settled schema does not have, or whose value does not
fit its column (null there), as JSON. So nothing is lost, however late a field appears.

A JSONL column whose values share no type holds the JSON text of each. Blank lines, of JSONL, CSV and lines, are no records.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from arclean.dataset.blocks import Block, blocks
from arclean.dataset.parse import parse
from arclean.dataset.parse_model import Parsed
from arclean.dataset.quarantine import QUARANTINE_SCHEMA
from arclean.dataset.read_inputs import MAGICS, File, files_of
from arclean.dataset.read_model import FORMATS, Member, Piece, Plan, ReadOptions
from arclean.dataset.read_pieces import pieces_of
from arclean.dataset.read_sample import Sample
from arclean.dataset.read_schema import DOCUMENTS, LINES, Part, settle
from arclean.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FORMATS", "QUARANTINE_SCHEMA", "Block", "Member", "Parsed", "Piece", "Plan", "ReadOptions", "blocks", "parse", "plan"]

SAMPLED: Final = 64
"""Files whose first block settles the schema."""


def plan(inputs: Sequence[str], options: ReadOptions = ReadOptions()) -> Plan:  # noqa: B008
    """Settle what is read, before any work.

    Args:
        inputs: files, folders (recursive, sorted), globs, ``"-"`` for standard input, URLs that fsspec opens.
        options: how to read them.

    Raises:
        SourceError: a path that is not there, a file of unknown format, columns that do not fit.
        UnknownName: a column that is not there; the message has the nearest one.
    """
    files = files_of(inputs, options.format)
    found, loose = _jsonl([file for file in files if file.format == "jsonl"], options)
    parts = [Part("the JSONL files", found)] if len(found) else []
    schema = settle([*parts, *_others(files)], options, loose)
    return Plan(tuple(pieces_of(files, options)), schema, options, found, loose)


def _others(files: Sequence[File]) -> list[Part]:
    kinds = {file.format for file in files}
    parts = [Part("the text files", DOCUMENTS, final=True)] if "text" in kinds else []
    return [*parts, Part("the lines", LINES, final=True)] if "lines" in kinds else parts


def _jsonl(files: Sequence[File], options: ReadOptions) -> tuple[pa.Schema, bool]:
    """The columns of the JSONL files, and whether there may be others."""
    if not files:
        return pa.schema([]), False
    sample, chosen = Sample(options.text, options.id), evenly(files, SAMPLED)
    whole = len(chosen) == len(files)
    with ThreadPoolExecutor(2) as pool:
        for block, last in pool.map(lambda file: first_block(file, options), chosen):
            whole = whole and last
            if block is not None:
                sample.look(block)
    return sample.schema(), not whole or sample.overfull


def evenly(files: Sequence[File], count: int) -> list[File]:
    """So many of the files, the first and the last among them.

    >>> evenly(range(5), 3)
    [0, 2, 4]
    """
    if len(files) <= count:
        return list(files)
    return [files[at * (len(files) - 1) // (count - 1)] for at in range(count)]


def first_block(file: File, options: ReadOptions) -> tuple[Block | None, bool]:
    """The first block of a file, and whether it is all there is."""
    items = blocks(Piece(file.path, file.source, file.format, file.compression), options)
    try:
        block = next(items, None)
        if block is not None:
            refuse_mistaken(file, block.data)
        done = block is None or (block.size >= file.size and next(items, None) is None)
    finally:
        items.close()
    return block, done


def refuse_mistaken(file: File, data: bytes) -> None:
    """Raise if a file is plainly not what it is taken for.

    Raises:
        SourceError: it is compressed, UTF-16, or one JSON array.
    """
    for magic, kind in MAGICS.items():
        if data.startswith(magic):
            raise SourceError(f"{file.path}: is {kind} data, but its name does not say so; rename it, or decompress it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{file.path}: is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)")
    if file.format == "jsonl" and data.lstrip().startswith(b"["):
        raise SourceError(f"{file.path}: is one JSON array; write a record a line (jq -c '.[]')")
