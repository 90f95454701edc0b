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

from typing import TYPE_CHECKING

from arclean.dataset.blocks import Block, blocks
from arclean.dataset.parse import parse
from arclean.dataset.parse_model import Parsed
from arclean.dataset.quarantine import QUARANTINE_SCHEMA
from arclean.dataset.read_columns import jsonl_columns, other_columns
from arclean.dataset.read_encoding import encoded
from arclean.dataset.read_inputs import files_of
from arclean.dataset.read_model import FORMATS, Member, Piece, Plan, ReadOptions
from arclean.dataset.read_parquet import footers_of
from arclean.dataset.read_pieces import pieces_of
from arclean.dataset.read_schema import Part, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FORMATS", "QUARANTINE_SCHEMA", "Block", "Member", "Parsed", "Piece", "Plan", "ReadOptions", "blocks", "parse", "plan"]


def plan(inputs: Sequence[str], options: ReadOptions = ReadOptions()) -> Plan:  # noqa: B008
    """Settle what is read, before any work.

    Args:
        inputs: files, folders (recursive, sorted), globs, ``"-"`` for standard input, URLs that fsspec opens.
        options: how to read them.

    Raises:
        SourceError: a path that is not there, a file of unknown format, columns that do not fit.
        UnknownName: a column that is not there; the message has the nearest one.
    """
    files = encoded(files_of(inputs, options.format), options.encoding)
    footers = footers_of([file for file in files if file.format == "parquet"])
    found, loose = jsonl_columns([file for file in files if file.format == "jsonl"], options)
    parts = [Part("the JSONL inputs", found)] if len(found) else []
    schema = settle([*parts, *other_columns(files, footers, options)], options, loose)
    return Plan(tuple(pieces_of(files, options, footers)), schema, options, found, loose)
