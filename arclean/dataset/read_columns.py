"""What columns the inputs have: of JSONL a sample is read, of CSV the headers, of Parquet the footers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

import pyarrow as pa

from arclean.dataset.blocks import blocks
from arclean.dataset.read_inputs import MAGICS
from arclean.dataset.read_model import WHOLE, Member, Piece
from arclean.dataset.read_sample import Sample
from arclean.dataset.read_schema import CRAWL, DOCUMENTS, LINES, Part
from arclean.dataset.stream_lines import LONGEST
from arclean.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.dataset.block_model import Block
    from arclean.dataset.read_inputs import File
    from arclean.dataset.read_model import ReadOptions
    from arclean.dataset.read_parquet import Footers

SAMPLED: Final = 64
"""Files whose first block settles the columns of JSONL."""

_HEADER: Final = 1 << 16

T = TypeVar("T")


def jsonl_columns(files: Sequence[File], options: ReadOptions) -> tuple[pa.Schema, bool]:
    """The columns of the JSONL files, and whether there may be others.

    Raises:
        SourceError: no record can be read, or a file is plainly something else.
    """
    if not files:
        return pa.schema([]), False
    sample, chosen = Sample(options.text, options.id), evenly(files, SAMPLED)
    whole, seen = len(chosen) == len(files), False
    with ThreadPoolExecutor(2) as pool:
        for block, last in pool.map(lambda file: first_block(file, options), chosen):
            whole = whole and last
            if block is not None:
                seen = seen or bool(block.data.strip())
                sample.look(block)
    found = sample.schema()
    if seen and not len(found):
        raise SourceError(
            f"{chosen[0].path}: no record of JSON could be read; JSONL has an object a line (of one array, jq -c '.[]' makes that)"
        )
    return found if len(found) else pa.schema([(options.text, pa.string())]), not whole or sample.overfull


def other_columns(files: Sequence[File], footers: Footers, options: ReadOptions) -> Iterator[Part]:
    """The columns of all but JSONL.

    Raises:
        SourceError: a file is plainly not what it is taken for.
    """
    kinds = {file.format for file in files}
    for file in files:
        if file.format in ("csv", "tsv"):
            yield from _header(file, options)
        elif file.format == "parquet" and not isinstance(footers[file.path], str):
            yield Part(file.path, footers[file.path].schema.to_arrow_schema())
        elif file.format in WHOLE and file.size > LONGEST:
            raise SourceError(f"{file.path}: {file.size} bytes are too many for one document; say the format lines if each line is one")
    if "lines" in kinds:
        yield Part("the lines", LINES, final=True)
    if kinds & set(WHOLE):
        yield Part("the text files", DOCUMENTS, final=True)
    if "warc" in kinds:
        yield Part("the WARC files", CRAWL, final=True)


def _header(file: File, options: ReadOptions) -> Iterator[Part]:
    block, _ = first_block(file, replace(options, block_bytes=_HEADER))
    names = block.header if block is not None else ()
    if not names and (block is None or not block.fault):
        names = (options.text,)  # an empty file has any columns
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SourceError(f"{file.path}: the header names {sorted(twice)} twice; rename one in the file")
    if names:
        yield Part(file.path, pa.schema([(name, pa.string()) for name in names]))


def evenly(files: Sequence[T], count: int) -> list[T]:
    """So many of the files, the first and the last among them.

    >>> evenly(range(5), 3)
    [0, 2, 4]
    """
    if len(files) <= count:
        return list(files)
    return [files[at * (len(files) - 1) // (count - 1)] for at in range(count)]


def first_block(file: File, options: ReadOptions) -> tuple[Block | None, bool]:
    """The first block of a file that is not blank, and whether it is all there is."""
    members = (Member(file.path, file.source, file.compression, file.size, file.encoding),) if file.format in WHOLE else ()
    items = blocks(Piece(file.path, file.source, file.format, file.compression, members=members, encoding=file.encoding), options)
    taken, block = 0, None
    try:
        for block in items:
            taken += block.size
            refuse_mistaken(file, block.data)
            if block.data.strip() or block.fault:
                break
        return block, taken >= file.size and next(items, None) is None
    finally:
        items.close()


def refuse_mistaken(file: File, data: bytes) -> None:
    """Raise if a file is plainly not what it is taken for.

    Raises:
        SourceError: it is compressed, UTF-16, or one JSON array.
    """
    for magic, kind in MAGICS.items():
        if data.startswith(magic):
            raise SourceError(f"{file.path}: is {kind} data, but its name does not say so; rename it, or decompress it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{file.path}: is UTF-16; leave `encoding` at auto, or convert it (iconv -f UTF-16 -t UTF-8)")
    if file.format == "jsonl" and _begins_array(data):
        raise SourceError(f"{file.path}: is one JSON array; write a record a line (jq -c '.[]')")


def _begins_array(data: bytes) -> bool:
    """Whether an array begins that does not end on the first line: the file is one, not JSONL with a bad line."""
    line = data.lstrip().partition(b"\n")[0].strip()
    return line.startswith(b"[") and not line.endswith(b"]")
