"""Lines of JSON, read two ways that agree: many at once by Arrow, one by one by Python.

Arrow ends records where braces end, not lines. A record is a line if every line begins with ``{`` and ends with ``}`` (no JSON has
a line end between a ``}`` and a ``{`` but between records) and there are as many records as lines; both are checked here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from arclean.dataset.parse_lines import Index, Lines, utf8_error
from arclean.dataset.parse_model import as_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW: Final = 64
"""Lines that are read one by one rather than halved again."""

TRIES: Final = 200
"""Refusals of Arrow, each about as costly as reading a few lines one by one, after which the rest of a block is read so."""

DEEPEST: Final = 500
"""Levels of nesting that are read; Python's own limit would depend on who calls."""

_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKETS: Final = re.compile(rb"[\[{]+|[\]}]+")


class BadRecord(Exception):
    """A line that is no record; says why, as ``kind: detail``."""


def load(line: bytes) -> dict[str, Any]:
    """The record that a line holds. The last of equal keys wins.

    Raises:
        BadRecord: it holds none.

    >>> load(b'{"a": 1, "a": 2}')
    {'a': 2}
    """
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise BadRecord(utf8_error(line)) from None
    if _depth(line) > DEEPEST:
        raise BadRecord(f"bad JSON: nested deeper than {DEEPEST} levels")
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRecord(f"bad JSON: {error.msg} at character {error.pos}") from None
    except ValueError as error:  # a number of thousands of digits
        raise BadRecord(f"bad JSON: {error}") from None
    if not isinstance(record, dict):
        raise BadRecord(f"bad JSON: {_A[type(record)]}, not an object")
    return record


_A: Final = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
}


def a(value: Any) -> str:
    """What a JSON value is, in words.

    >>> a([1])
    'an array'
    """
    return _A[type(value)]


def _depth(line: bytes) -> int:
    if line.count(b"[") + line.count(b"{") <= DEEPEST:
        return 0
    depth = deepest = 0
    for run in _BRACKETS.findall(_STRING.sub(b"", line)):
        depth += len(run) if run[:1] in b"[{" else -len(run)
        deepest = max(deepest, depth)
    return deepest


def plausible(lines: Lines) -> Index:
    """Which lines Arrow may be given: those of UTF-8 that begin and end with a brace."""
    view = np.frombuffer(lines.data, np.uint8)
    braced = np.flatnonzero((view[lines.starts] == ord("{")) & (view[lines.ends - 1] == ord("}"))) if len(lines) else lines.starts
    return np.setdiff1d(braced, lines.broken(), assume_unique=True)


def halved(lines: Lines, schema: pa.Schema) -> Iterator[tuple[int, int, pa.RecordBatch | None]]:
    """Lines as batches, as large as Arrow can read them; none for a few lines that it cannot, or for many if it refuses too often.

    Args:
        lines: plausible ones, with nothing but blank lines between them.
        schema: the fields that they may have.

    Yields:
        The first line, the one after the last, and their batch, in order.
    """
    waiting, refused = [(0, len(lines))], 0
    while waiting:
        low, high = waiting.pop()
        batch = arrow(lines, low, high, schema) if refused < TRIES else None
        refused += batch is None
        if batch is not None or high - low <= FEW or refused >= TRIES:
            yield low, high, batch
        else:
            middle = (low + high) // 2
            waiting += [(middle, high), (low, middle)]


def arrow(lines: Lines, low: int, high: int, schema: pa.Schema) -> pa.RecordBatch | None:
    """Some plausible lines as a batch; none if any of them is damaged, or not as the schema says."""
    data = lines.slice(low, high)
    try:
        table = pj.read_json(
            pa.BufferReader(data),
            pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
            pj.ParseOptions(schema, newlines_in_values=False, unexpected_field_behavior="error"),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != high - low or not all(_finite(column) for column in table.columns):
        return None
    return as_batch(table)


def _finite(column: pa.ChunkedArray) -> bool:
    """Whether no number is infinite or none at all; Arrow and Python differ in how these may be spelled."""
    kind = column.type
    if pa.types.is_floating(kind):
        return pc.all(pc.is_finite(column)).as_py() is not False
    if pa.types.is_struct(kind):
        return all(_finite(child) for child in column.flatten())
    return _finite(pc.list_flatten(column)) if pa.types.is_list(kind) else True
