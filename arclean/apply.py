"""One batch through the parts of a pipeline, with the account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import ColumnError, PipelineError
from arclean.quality.measures import forget
from arclean.stages import Stage, is_stage
from arclean.steps import NO_LINES, Cleaner, Edit, Part, Step, is_accountable, is_cleaner, is_rewriter, places_of, undecided, with_column
from arclean.tally import Tally


@dataclass(frozen=True)
class Outcome:
    """What became of a batch.

    Attributes:
        batch: same rows, same order: the columns of the input, ``drop`` (null: kept), and what the parts added.
        removed: the lines that went, of `arclean.steps.REMOVED_SCHEMA`.
        tally: the counts.
    """

    batch: pa.RecordBatch
    removed: pa.RecordBatch
    tally: Tally


@dataclass
class _Account:
    """What the parts have done to a batch so far."""

    hits: Counter[str] = field(default_factory=Counter)
    removed: list[pa.RecordBatch] = field(default_factory=list)

    def enter(self, edit: Edit) -> None:
        self.hits.update(edit.hits)
        if edit.removed is not None:
            self.removed.append(edit.removed)

    def lines(self) -> pa.RecordBatch:
        some = [removed for removed in self.removed if len(removed)]
        if len(some) > 1:
            return pa.Table.from_batches(some).combine_chunks().to_batches()[0]
        return some[0] if some else NO_LINES


def apply(parts: Sequence[Part], batch: pa.RecordBatch, marks: pa.RecordBatch | None = None) -> Outcome:
    """The batch through the parts, in order. Its column ``text`` is of strings and valid UTF-8; ``marks`` are for the stage among them.

    Raises:
        PipelineError: a part gave back other rows, or something other than strings.
        ColumnError: the batch has a column that arclean writes to, of another type.
    """
    size_in = _text_bytes(batch["text"])
    batch = with_column(batch, "drop", _reasons_so_far(batch))
    account = _Account()
    try:
        for part in parts:
            if is_stage(part):
                batch = _marked(part, batch, marks, account)
            elif is_rewriter(part) or is_cleaner(part):
                batch = _cleaned(part, batch, account)
            else:
                batch = _stepped(part, batch)
    finally:
        forget()
    removed = account.lines()
    kept = pc.is_null(batch["drop"]).to_numpy(zero_copy_only=False)
    reasons = Counter({each["values"]: each["counts"] for each in pc.value_counts(batch["drop"].drop_null()).to_pylist()})
    tally = Tally(
        read=len(batch),
        kept=len(batch) - sum(reasons.values()),
        rejected=sum(reasons.values()),
        bytes_in=size_in,
        bytes_kept=_text_bytes(batch["text"], kept),
        lines_removed=len(removed),
        rules=account.hits,
        reasons=reasons,
    )
    return Outcome(batch, removed, tally)


def rewrite(part: Cleaner, texts: pa.Array) -> Edit:
    """What a cleaner makes of a column.

    Raises:
        PipelineError: it gave back another number of rows, nulls where there were none, or something other than strings.
    """
    accountable = is_accountable(part)
    edit = part.edit(texts) if is_accountable(part) else Edit(part.text(texts))
    if edit.texts is texts:
        return edit
    name = type(part).__name__
    try:
        made = columns.string_array(edit.texts)
        if not accountable:
            columns.demand_utf8(made)
    except ColumnError as error:
        raise PipelineError(f"{name} gave back something other than text: {error}") from error
    if len(made) != len(texts):
        raise PipelineError(f"{name} gave back {len(made)} rows for {len(texts)}; a cleaner keeps every row")
    if made.null_count != texts.null_count or (made.null_count and not made.is_null().equals(texts.is_null())):
        raise PipelineError(f"{name} gave back nulls in other rows; a cleaner leaves null what is null, and an empty text is ''")
    return replace(edit, texts=made)


def _cleaned(part: Part, batch: pa.RecordBatch, account: _Account) -> pa.RecordBatch:
    """The batch with what a cleaner or rewriter does. What is rejected already stays as it was then: as the reason is about it."""
    if batch["drop"].null_count == len(batch):
        return _edited(batch, _edit(part, batch), account)
    rows = undecided(batch)
    names = batch.schema.names if is_rewriter(part) else ["text"]
    some = batch.select(names).take(pa.array(rows))
    return _edited(batch, _spread(_edit(part, some), some["text"], batch["text"], rows), account)


def _edit(part: Part, batch: pa.RecordBatch) -> Edit:
    return part.rewrite(batch) if is_rewriter(part) else rewrite(part, batch["text"])


def _spread(edit: Edit, before: pa.Array, texts: pa.Array, rows: npt.NDArray[np.int64]) -> Edit:
    """The edit of some rows, whose texts were ``before``, as one of all the texts."""
    there = places_of(rows, len(texts))
    if edit.texts is not before:
        texts = pc.replace_with_mask(columns.string_array(texts).cast(edit.texts.type), there.is_valid(), edit.texts)
    removed = edit.removed
    if removed is not None:
        removed = removed.set_column(0, removed.schema.field(0), pa.array(rows.astype(np.int32)).take(removed["row"]))
    return replace(edit, texts=texts, columns={name: values.take(there) for name, values in edit.columns.items()}, removed=removed)


def _edited(batch: pa.RecordBatch, edit: Edit, account: _Account) -> pa.RecordBatch:
    """The batch with what a cleaner or rewriter did to its texts."""
    account.enter(edit)
    if edit.texts is not batch["text"]:
        batch = with_column(batch, "text", edit.texts)
    for name, values in edit.columns.items():
        batch = with_column(batch, name, _filled(batch, name, values))
    if edit.removed is not None:
        return with_column(batch, "lines_removed", _removed_per_row(batch, edit.removed))
    return batch


def _marked(part: Stage, batch: pa.RecordBatch, marks: pa.RecordBatch | None, account: _Account) -> pa.RecordBatch:
    done = part.mark(batch, marks)
    if len(done.batch) != len(batch):
        raise PipelineError(f"{type(part).__name__} gave back {len(done.batch)} rows for {len(batch)}; a stage keeps every row")
    account.enter(Edit(done.batch["text"], done.hits, done.removed))
    after = with_column(done.batch, "drop", _reasons_so_far(done.batch))
    return after if done.removed is None else with_column(after, "lines_removed", _removed_per_row(after, done.removed))


def _filled(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.Array:
    """The column of this name, if there is one, with `values` where it is null."""
    if name not in batch.schema.names:
        return values
    there = batch[name]
    if pa.types.is_null(there.type):
        return values
    try:
        return pc.coalesce(columns.string_array(there), values.cast(columns.string_array(there).type))
    except ColumnError as error:
        raise ColumnError(f"arclean writes what a page says to the column {name!r}, which is {there.type} here; rename it") from error


def _reasons_so_far(batch: pa.RecordBatch) -> pa.Array:
    if "drop" not in batch.schema.names:
        return pa.nulls(len(batch), pa.string())
    try:
        return columns.string_array(batch["drop"]).cast(pa.string())
    except ColumnError as error:
        raise ColumnError(f"arclean writes reasons to the column 'drop', which is {batch['drop'].type} here; rename it") from error


def _removed_per_row(batch: pa.RecordBatch, removed: pa.RecordBatch) -> pa.Array:
    counts = pa.array(np.bincount(removed["row"].to_numpy(), minlength=len(batch)).astype(np.int32))
    if "lines_removed" not in batch.schema.names:
        return counts
    before = batch["lines_removed"]
    if not pa.types.is_integer(before.type):
        raise ColumnError(f"arclean counts in the column 'lines_removed', which is {before.type} here; rename it")
    return pc.add(counts, before.cast(pa.int32()).fill_null(0))


def _stepped(part: Step, batch: pa.RecordBatch) -> pa.RecordBatch:
    name = type(part).__name__
    after = part.batch(batch)
    if not isinstance(after, pa.RecordBatch):
        raise PipelineError(f"{name} gave back {type(after).__name__}; a step gives back a pyarrow.RecordBatch")
    if len(after) != len(batch):
        raise PipelineError(f"{name} gave back {len(after)} rows for {len(batch)}; a step keeps every row and writes `drop`")
    for column in batch.schema.names:
        if column not in after.schema.names:
            raise PipelineError(f"{name} took away the column {column!r}; a step may only add columns")
    if not columns.same(after["text"], batch["text"]):
        raise PipelineError(f"{name} changed the texts or their order; a step leaves both, a cleaner (method `text`) rewrites")
    return with_column(after, "drop", _reasons_so_far(after))


def _text_bytes(texts: pa.Array, kept: npt.NDArray[np.bool_] | None = None) -> int:
    strings = columns.view(texts)
    if kept is None:
        return int(strings.bounds[-1] - strings.bounds[0])
    return int(np.diff(strings.bounds)[kept].sum())
