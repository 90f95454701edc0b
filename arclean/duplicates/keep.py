"""Which document of a cluster is kept: an order, stated, that ends with the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean.errors import PipelineError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FORMS: Final = ("first", "longest", "newest COLUMN", "oldest COLUMN", "greatest COLUMN", "least COLUMN", "COLUMN in A, B, C")
_BY_COLUMN: Final = re.compile(r"(newest|oldest|greatest|least) (\S+)")
_BY_VALUE: Final = re.compile(r"(\S+) in (.+)")


@dataclass(frozen=True)
class Wish:
    """One part of the order.

    Attributes:
        how: ``first``, ``longest``, ``newest``, ``oldest``, ``greatest``, ``least`` or ``in``.
        column: that it looks at, if any.
        values: of ``in``, the best first.
    """

    how: str
    column: str = ""
    values: tuple[str, ...] = ()

    def ranks(self, batch: pa.RecordBatch, words: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """A rank for each row, less is better; a value that is missing, or none of those named, comes last.

        Raises:
            UnknownName: the batch has no such column.
            PipelineError: the column cannot be ordered so.
        """
        if self.how == "longest":
            return -words.astype(np.float64)
        if self.column not in batch.schema.names:
            raise unknown("column", self.column, batch.schema.names, f"duplicates, keep {self.how}")
        column = batch[self.column]
        if self.how == "in":
            found = pc.index_in(column.cast(pa.string()), value_set=pa.array(self.values, pa.string()))
            return _floats(found, 1.0)
        if self.how in ("newest", "oldest"):
            column = _times(column, self.column)
        elif not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            raise PipelineError(f"duplicates, keep {self.how} {self.column}: the column is {column.type}; it is to be of numbers")
        return _floats(column, -1.0 if self.how in ("newest", "greatest") else 1.0)


def wishes(keep: Sequence[str]) -> tuple[Wish, ...]:
    """The order that these words state.

    Raises:
        PipelineError: one of them is of none of the forms.

    >>> wishes(["source in books, news", "longest"])
    (Wish(how='in', column='source', values=('books', 'news')), Wish(how='longest', column='', values=()))
    """
    return tuple(_wishes(keep))


def _wishes(keep: Sequence[str]) -> Iterator[Wish]:
    for words in keep:
        if words == "longest":
            yield Wish("longest")
        elif found := _BY_COLUMN.fullmatch(words):
            yield Wish(found[1], found[2])
        elif found := _BY_VALUE.fullmatch(words):
            yield Wish("in", found[1], tuple(value.strip() for value in found[2].split(",")))
        elif words != "first":
            raise PipelineError(f"duplicates: keep {words!r} is none of: {'; '.join(_FORMS)}")


def _floats(column: pa.Array, sign: float) -> npt.NDArray[np.float64]:
    values = sign * column.cast(pa.float64(), safe=False).fill_null(np.nan).to_numpy(zero_copy_only=False)
    return np.where(np.isnan(values), np.inf, values)


def _times(column: pa.Array, name: str) -> pa.Array:
    """Moments as numbers; strings are read as ISO 8601, and what is none counts as missing."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return column
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return column.cast(pa.timestamp("us"), safe=False).cast(pa.int64())
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        raise PipelineError(
            f"duplicates, keep newest or oldest {name}: the column is {column.type}; it is to be of dates, or of ISO 8601 text"
        )
    date = pc.match_substring_regex(column, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")
    days = pc.if_else(date, pc.utf8_slice_codeunits(column, 0, 10), pa.scalar(None, column.type))
    clock = pc.and_(date, pc.match_substring_regex(column, r"^.{10}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}"))
    seconds = pc.if_else(clock, pc.utf8_slice_codeunits(column, 11, 19), "00:00:00")
    moments = pc.strptime(pc.binary_join_element_wise(days, seconds, "T"), "%Y-%m-%dT%H:%M:%S", "s", error_is_null=True)
    return moments.cast(pa.int64())
