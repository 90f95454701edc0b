"""One batch through the parts of a pipeline, with the account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import PipelineError
from arclean.steps import NO_LINES, Accountable, Cleaner, Edit, Part, with_column
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


def apply(parts: Sequence[Part], batch: pa.RecordBatch) -> Outcome:
    """The batch through the parts, in order. Its column ``text`` is of strings and valid UTF-8.

    Raises:
        PipelineError: a part gave back another number of rows, or something other than strings.
    """
    size_in = _text_bytes(batch["text"])
    if "drop" not in batch.schema.names:
        batch = with_column(batch, "drop", pa.nulls(len(batch), pa.string()))
    account = _Account()
    for part in parts:
        batch = _cleaned(part, batch, account) if isinstance(part, Cleaner) else _stepped(part, batch)
    removed = account.lines()
    kept = pc.is_null(batch["drop"])
    reasons = Counter({e["values"]: e["counts"] for e in pc.value_counts(batch["drop"].drop_null()).to_pylist()})
    tally = Tally(
        read=len(batch),
        kept=len(batch) - sum(reasons.values()),
        rejected=sum(reasons.values()),
        bytes_in=size_in,
        bytes_kept=_text_bytes(batch["text"].filter(kept)) if reasons else _text_bytes(batch["text"]),
        lines_removed=len(removed),
        rules=account.hits,
        reasons=reasons,
    )
    return Outcome(batch, removed, tally)


def _cleaned(part: Part, batch: pa.RecordBatch, account: _Account) -> pa.RecordBatch:
    texts = batch["text"]
    edit = part.edit(texts) if isinstance(part, Accountable) else Edit(part.text(texts))
    account.enter(edit)
    if edit.texts is not texts:
        if len(edit.texts) != len(texts):
            raise PipelineError(f"{type(part).__name__} gave back {len(edit.texts)} rows for {len(texts)}; a cleaner keeps every row")
        batch = with_column(batch, "text", columns.string_array(edit.texts))
    if edit.removed is not None:
        return with_column(batch, "lines_removed", _removed_per_row(batch, edit.removed))
    return batch


def _removed_per_row(batch: pa.RecordBatch, removed: pa.RecordBatch) -> pa.Array:
    counts = np.bincount(removed["row"].to_numpy(), minlength=len(batch)).astype(np.int32)
    if "lines_removed" in batch.schema.names:
        counts = counts + batch["lines_removed"].to_numpy()
    return pa.array(counts)


def _stepped(part: Part, batch: pa.RecordBatch) -> pa.RecordBatch:
    after: pa.RecordBatch = part.batch(batch)
    if len(after) != len(batch):
        raise PipelineError(f"{type(part).__name__} gave back {len(after)} rows for {len(batch)}; a step keeps every row and writes `drop`")
    return after


def _text_bytes(texts: pa.Array) -> int:
    strings = columns.view(texts)
    return int(strings.bounds[-1] - strings.bounds[0])
