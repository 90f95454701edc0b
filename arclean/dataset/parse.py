"""Parsing: a block becomes columns, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclean.dataset.blocks import Block
    from arclean.dataset.parse_model import Parsed
    from arclean.dataset.read_model import Plan


def parse(block: Block, plan: Plan) -> Parsed:
    """The documents of a block, and what could not be read of it.

    Pure, safe to call from many threads, and mostly without Python's lock.

    Args:
        block: what `blocks` gave.
        plan: what `plan` gave; every batch has its schema.

    Raises:
        SourceError: the file is not what it was when it was planned.
    """
    return _parser(block.piece.format)(block, plan)


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
