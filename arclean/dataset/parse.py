"""Parsing: a block becomes columns, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from arclean.dataset.read_encoding import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclean.dataset.blocks import Block
    from arclean.dataset.parse_model import Parsed
    from arclean.dataset.read_model import Piece, Plan


def parse(block: Block, plan: Plan) -> Parsed:
    """The documents of a block, and what could not be read of it.

    Pure, safe to call from many threads, and mostly without Python's lock.

    Args:
        block: what `blocks` gave.
        plan: what `plan` gave; every batch has its schema.

    Raises:
        SourceError: the file is not what it was when it was planned.
    """
    return _with_encoding(_parser(block.piece.format)(block, plan), block.piece)


def _with_encoding(parsed: Parsed, piece: Piece) -> Parsed:
    """What was put aside, with what the encoding of the file has to do with it."""
    encodings = {file.source: file.encoding for file in piece.members or (piece,)}
    if not len(parsed.quarantined) or not any(encodings.values()):
        return parsed
    lost = parsed.quarantined.to_pydict()
    errors = [in_words(error, encodings.get(source, "")) for source, error in zip(lost["file"], lost["error"], strict=True)]
    at = parsed.quarantined.schema.get_field_index("error")
    return replace(
        parsed, quarantined=parsed.quarantined.set_column(at, parsed.quarantined.schema.field(at), pa.array(errors, pa.string()))
    )


def _parser(format_: str) -> Callable[[Block, Plan], Parsed]:
    match format_:
        case "jsonl":
            from arclean.dataset.parse_jsonl import parse_jsonl as parser
        case "csv" | "tsv":
            from arclean.dataset.parse_csv import parse_csv as parser
        case "parquet":
            from arclean.dataset.parse_parquet import parse_parquet as parser
        case "text":
            from arclean.dataset.parse_text import parse_text as parser
        case "html":
            from arclean.dataset.parse_html import parse_html as parser
        case "warc":
            from arclean.dataset.parse_warc import parse_warc as parser
        case _:
            from arclean.dataset.parse_lines import parse_lines as parser
    return parser
