"""Parsing: a block becomes columns, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclean.dataset.parse_jsonl import parse_jsonl
from arclean.dataset.parse_lines import parse_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclean.dataset.blocks import Block
    from arclean.dataset.parse_model import Parsed
    from arclean.dataset.read_model import Plan

_PARSERS: Final[dict[str, Callable[[Block, Plan], Parsed]]] = {"jsonl": parse_jsonl, "lines": parse_lines}


def parse(block: Block, plan: Plan) -> Parsed:
    """The documents of a block, and what could not be read of it.

    Pure, safe to call from many threads, and mostly without Python's lock.

    Args:
        block: what `blocks` gave.
        plan: what `plan` gave; every batch has its schema.

    Raises:
        SourceError: the file is not what it was when it was planned.
    """
    return _PARSERS[block.piece.format](block, plan)
