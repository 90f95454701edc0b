"""What a pipeline is made of: cleaners that rewrite text, steps that add columns, and the account that both give.

A *cleaner* has one method, ``text(column) -> column``: it cannot drop a row or touch another column. A *step* has
``batch(batch) -> batch``:
same rows, same order, more columns. A cleaner or step that has `edit` as well says what it did, by rule and by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, TypeGuard, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

REMOVED_SCHEMA: Final = pa.schema(
    [
        ("row", pa.int32()),
        ("line", pa.int32()),
        ("rule", pa.string()),
        ("category", pa.string()),
        ("text", pa.string()),
    ]
)
"""A removed line: index of its row in the batch, its number in that document (from 1), the rule and category, and what it said."""
NO_LINES: Final = pa.RecordBatch.from_pylist([], schema=REMOVED_SCHEMA)


@dataclass(frozen=True)
class Edit:
    """What a cleaner did to a column.

    Attributes:
        texts: the column afterwards; the same object if nothing changed.
        hits: rule name to how often it acted.
        removed: the lines that went, of `REMOVED_SCHEMA`, by row and line; None from a cleaner that does not look at lines.
        columns: what the texts said about themselves, by the name of a column of the batch, which is filled where it is null.
    """

    texts: pa.Array
    hits: Mapping[str, int] = field(default_factory=dict)
    removed: pa.RecordBatch | None = None
    columns: Mapping[str, pa.Array] = field(default_factory=dict)


@runtime_checkable
class Cleaner(Protocol):
    """Rewrites text. Cannot drop a row or touch another column."""

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, rewritten: as many rows, in the same order, nulls where nulls were."""
        ...


@runtime_checkable
class Accountable(Cleaner, Protocol):
    """A cleaner that says what it did."""

    def edit(self, texts: pa.Array) -> Edit:
        """The column rewritten, with the account."""
        ...


@runtime_checkable
class Step(Protocol):
    """Adds columns, or a reason to the column ``drop``. Same rows out, same order."""

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with more columns."""
        ...


@runtime_checkable
class Rewriter(Protocol):
    """Rewrites text by what stands in other columns. Same rows, same order; touches no other column."""

    def rewrite(self, batch: pa.RecordBatch) -> Edit:
        """What becomes of the column ``text`` of a batch."""
        ...


def is_rewriter(part: Part) -> TypeGuard[Rewriter]:
    """Whether a part is a `Rewriter`."""
    return has_method(type(part), "rewrite")


Part = Any
"""A `Cleaner` or a `Step`: a frozen dataclass, known to `arclean.registry` by the name of its kind."""


def having(part: Part, rules: tuple[Any, ...]) -> Part:
    """The part with these of its rules alone: by its own method `having` if it has one, else by its field ``rules``."""
    return part.having(rules) if hasattr(part, "having") else replace(part, rules=rules)


def is_cleaner(part: Part) -> TypeGuard[Cleaner]:
    """Whether a part is a `Cleaner`. To ask `isinstance` of a protocol takes longer than to clean a short text."""
    return has_method(type(part), "text")


def is_accountable(part: Part) -> TypeGuard[Accountable]:
    """Whether a part is a cleaner that says what it did."""
    return has_method(type(part), "text") and has_method(type(part), "edit")


def holds_gil(part: Part) -> bool:
    """Whether a part keeps other threads from working: functions, and parts of the user's own that do not say ``releases_gil = True``.

    >>> from arclean import load
    >>> holds_gil(load("light").parts[0])
    False
    """
    kind = type(part)
    known: bool = getattr(kind, "releases_gil", kind.__module__.partition(".")[0] == "arclean")
    return not known


def has_method(kind: type, method: str) -> bool:
    """Whether a class has a method of that name."""
    return callable(getattr(kind, method, None))


def undecided(batch: pa.RecordBatch) -> npt.NDArray[np.int64]:
    """The rows that nothing has rejected so far, by the column ``drop``.

    >>> undecided(pa.record_batch({"drop": pa.array([None, "words_low", None], pa.string())})).tolist()
    [0, 2]
    """
    return np.flatnonzero(pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False))


def places_of(rows: npt.NDArray[np.int64], size: int) -> pa.Array:
    """Where each of ``size`` rows stands among some ``rows``, null for the others: to take what was made of the some for all.

    >>> places_of(np.array([0, 2]), 3).to_pylist()
    [0, None, 1]
    """
    places = np.full(size, -1)
    places[rows] = np.arange(len(rows))
    return pa.array(places, mask=places < 0)


def with_column(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    """The batch with this column set, in its place if it has one of the name, at the end otherwise. Metadata of the schema stay.

    >>> with_column(pa.record_batch({"a": [1]}), "b", pa.array([2])).to_pydict()
    {'a': [1], 'b': [2]}
    """
    at = batch.schema.get_field_index(name)
    if at < 0:
        return batch.append_column(pa.field(name, values.type), values)
    field = batch.schema.field(at).with_type(values.type).with_nullable(True)
    return batch.set_column(at, field, values)
