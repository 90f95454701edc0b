"""Steps on documents: measure them, and reject by a measure. Both from one definition, see `arclean.quality.measures`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean.errors import ColumnError, PipelineError, unknown
from arclean.quality.measures import COMPUTED_BY_PIPELINE, MEASURES, demand_measure, figures
from arclean.steps import with_column


@dataclass(frozen=True)
class Measure:
    """Add measures as columns, without dropping anything.

    Attributes:
        measures: names from `arclean.quality.measures.MEASURES`.

    Raises:
        UnknownName: there is no such measure.

    >>> Measure(("words",)).batch(pa.record_batch({"text": ["كلمة وكلمة"]})).to_pydict()["words"]
    [2]
    """

    measures: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.measures:
            demand_measure(name, "step 'measure'")

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with a column for each measure.

        Raises:
            ColumnError: the batch has a column of that name that arclean did not write.
        """
        values = figures(batch["text"], self.measures)
        for name in self.measures:
            batch = _measured(batch, name, values[name])
        return batch


@dataclass(frozen=True)
class Filter:
    """Reject documents whose measure lies outside of its bounds: ``drop`` becomes ``<measure>_low`` or ``<measure>_high``.

    A document that is rejected already keeps its first reason. The measure becomes a column.

    Attributes:
        measure: a measure, or a column of numbers that the batch has.
        least: values below this are rejected; minus infinity rejects none.
        most: values above this are rejected; infinity rejects none.

    Raises:
        PipelineError: a bound is not a number, or both leave everything, or nothing, in.

    >>> Filter("words", least=3).batch(pa.record_batch({"text": ["كلمة", "ثلاث كلمات هنا"]})).to_pydict()["drop"]
    ['words_low', None]
    """

    measure: str
    least: float = -math.inf
    most: float = math.inf

    def __post_init__(self) -> None:
        for name, bound in (("least", self.least), ("most", self.most)):
            if isinstance(bound, bool) or not isinstance(bound, (int, float)) or math.isnan(bound):
                raise PipelineError(f"filter {self.measure!r}: {name} is {bound!r}; give a number")
        if self.least > self.most:
            raise PipelineError(f"filter {self.measure!r}: least {self.least:g} is above most {self.most:g}; it would reject everything")
        if math.isinf(self.least) and math.isinf(self.most):
            raise PipelineError(f"filter {self.measure!r}: neither least nor most is given; to add the column alone use `measure`")

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with the measure, and with reasons in ``drop``.

        Raises:
            UnknownName: neither a measure nor a column of the batch is called so.
            ColumnError: it is a measure, and the batch has a column of that name that arclean did not write.
        """
        batch = self._measured(batch)
        values = batch[self.measure].cast(pa.float64(), safe=False)  # whole numbers beyond 2**53 are rounded
        numbers = pc.fill_null(values, math.nan).to_numpy()
        low, high = numbers < self.least, numbers > self.most
        hit = low | high
        before = batch["drop"] if "drop" in batch.schema.names else pa.nulls(len(batch), pa.string())
        if not hit.any():
            return with_column(batch, "drop", before)
        reason = _named(hit, low, f"{self.measure}_low", f"{self.measure}_high")
        fresh = before.null_count == len(before)
        return with_column(batch, "drop", reason if fresh else pc.if_else(pc.and_(pa.array(hit), before.is_null()), reason, before))

    def _measured(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if self.measure in MEASURES:
            return _measured(batch, self.measure, figures(batch["text"], (self.measure,))[self.measure])
        numbers = [f.name for f in batch.schema if pa.types.is_integer(f.type) or pa.types.is_floating(f.type)]
        if self.measure not in numbers:
            raise unknown("measure or column of numbers", self.measure, {*MEASURES, *COMPUTED_BY_PIPELINE, *numbers}, "step 'filter'")
        return batch


def _named(hit: npt.NDArray[np.bool_], low: npt.NDArray[np.bool_], below: str, above: str) -> pa.Array:
    """Strings: where something was hit one of the two, null elsewhere. Few are hit, and Arrow takes nulls one by one."""
    names = [(below if one else above).encode() for one in low[hit].tolist()]
    sizes = np.zeros(len(hit) + 1, np.int32)
    sizes[1:][hit] = list(map(len, names))
    valid = pa.py_buffer(np.packbits(hit, bitorder="little").tobytes())
    return pa.StringArray.from_buffers(len(hit), pa.py_buffer(np.cumsum(sizes, dtype=np.int32)), pa.py_buffer(b"".join(names)), valid)


def _measured(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    """The batch with a measure, anew if arclean measured it before; a column of that name from elsewhere is not written over.

    Raises:
        ColumnError: the batch has a column of that name that arclean did not write.
    """
    if name in batch.schema.names and batch.schema.field(name).type != values.type:
        kind = batch.schema.field(name).type
        raise ColumnError(
            f"arclean measures {name!r}, and the input has a column of that name, of {kind}; rename that: --rename {name}={name}_given"
        )
    return with_column(batch, name, values)
