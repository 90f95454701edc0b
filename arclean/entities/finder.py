"""Find entities in a column: which, in which row, from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.entities.kernels.scan import scan
from arclean.entities.tables import kinds, shapes, triggers
from arclean.errors import unknown
from arclean.rule import EntityRule
from arclean.rules import entities

RULES: Final[Mapping[str, EntityRule]] = {rule.name: rule for rule in entities.RULES}
"""The kinds of entities by name, in the order of their numbers in the kernels."""
NAMES: Final = tuple(RULES)
PRIVATE: Final = tuple(rule.name for rule in entities.RULES if rule.private)
"""The kinds that lead to a person."""
_NUMBER: Final = {name: number for number, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Spans:
    """Entities, from left to right in each row, none inside of another.

    Attributes:
        rows: int32, which row.
        found: uint8, which kind, an index into `NAMES`.
        begins, ends: int64, where in the bytes of the column.
    """

    rows: npt.NDArray[np.int32]
    found: npt.NDArray[np.uint8]
    begins: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)


def find(strings: columns.Strings) -> Spans:
    """Every entity of a column."""
    given = (strings.bounds, strings.data, kinds(), triggers(), shapes())
    size = int(strings.bounds[-1] - strings.bounds[0])
    spans = _room(256 + size // 128)
    count = scan(*given, spans.rows, spans.found, spans.begins, spans.ends)
    if count < 0:
        spans = _room(1 + size // 2)  # enough for any text: no entity is shorter than two bytes
        count = scan(*given, spans.rows, spans.found, spans.begins, spans.ends)
    return Spans(spans.rows[:count], spans.found[:count], spans.begins[:count], spans.ends[:count])


def _room(size: int) -> Spans:
    return Spans(np.empty(size, np.int32), np.empty(size, np.uint8), np.empty(size, np.int64), np.empty(size, np.int64))


def report(texts: Any, *wanted: str) -> pa.RecordBatch:
    """Which entities some texts hold, without a change to them.

    Args:
        texts: a column of strings, or a sequence of them.
        wanted: kinds of entities; all if none is named.

    Returns:
        a batch with ``row`` (int32), ``kind`` (string), ``begin`` and ``end`` (int64, bytes of the text in UTF-8) and ``text`` (string).

    Raises:
        UnknownName: there is no such kind.

    >>> report(["راسلنا على info@example.com"]).to_pylist()
    [{'row': 0, 'kind': 'email', 'begin': 20, 'end': 36, 'text': 'info@example.com'}]
    """
    for name in wanted:
        demand_kind(name, "report")
    array = columns.string_array(texts)
    columns.demand_utf8(array)
    strings = columns.view(array)
    spans = find(strings)
    chosen = np.isin(spans.found, [_NUMBER[name] for name in wanted or NAMES])
    rows, found, begins, ends = (field[chosen] for field in (spans.rows, spans.found, spans.begins, spans.ends))
    said = [bytes(strings.data[first:last]).decode() for first, last in zip(begins, ends, strict=True)]
    home = strings.bounds[rows]
    names = pa.array([NAMES[kind] for kind in found], pa.string())
    return pa.record_batch({"row": rows, "kind": names, "begin": begins - home, "end": ends - home, "text": pa.array(said, pa.string())})


def demand_kind(name: str, where: str) -> None:
    """Raise if there is no such kind of entity.

    Raises:
        UnknownName: with the nearest.
    """
    if name not in RULES:
        raise unknown("kind of entity", str(name), NAMES, where)
