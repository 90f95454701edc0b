"""JSONL into columns: Arrow for all that is as planned, Python for the rest.

Arrow refuses a block if anything in it is not as planned; it is halved until what is refused is a few lines. Python's json reads those:
it says what is wrong with them, and can do what Arrow does not (a key twice, a lone surrogate, a field beyond the schema).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from arclean.dataset.parse_json import BadRecord, a, halved, load, plausible
from arclean.dataset.parse_lines import Index, Lines, cut_off, note_fault, place_of
from arclean.dataset.parse_model import Parsed, as_batch, assemble
from arclean.dataset.parse_plain import read_plain
from arclean.dataset.quarantine import Quarantine
from arclean.dataset.read_model import EXTRA, Plan, final_name
from arclean.dataset.read_types import Misfit, fitted, is_json, json_text, well_formed
from arclean.errors import SourceError

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block


def parse_jsonl(block: Block, plan: Plan) -> Parsed:
    """A block of JSONL."""
    return _Reader(block, plan).parsed()


class _Reader:
    """One block on its way into columns."""

    def __init__(self, block: Block, plan: Plan) -> None:
        self.block, self.plan = block, plan
        self.text, self.id = plan.options.text, plan.options.id
        self.quarantine = Quarantine(block.piece.source)
        self.lines = Lines.of(self._whole())
        fields = [pa.field(f.name, pa.string() if f.name == self.id else f.type) for f in plan.found]
        self.schema = pa.schema([*fields, (EXTRA, pa.string())] if plan.loose else fields)

    def parsed(self) -> Parsed:
        rows, batch = self._in_order([*self._at_once(), *self._one_by_one()])
        rows, batch = self._with_text(rows, batch)
        named = {final_name(name, self.plan.options): array for name, array in zip(batch.schema.names, batch.columns, strict=True)}
        places = self.lines.starts[rows] + self.block.offset
        return Parsed(assemble(self.plan, self.block.piece.source, places, named), self.quarantine.batch(), self.block.size)

    def _whole(self) -> bytes:
        """The data up to a fault, which is noted; a last record that a fault left readable is whole."""
        whole, rest = cut_off(self.block)
        if rest and not self.block.fault.startswith("too long"):
            try:
                load(rest)
            except BadRecord:
                pass
            else:
                whole, rest = whole + rest, b""
        note_fault(self.block, self.quarantine, whole, rest)
        return whole

    def _at_once(self) -> list[tuple[Index, pa.RecordBatch]]:
        """What is plain, and what Arrow can read; `slow` is left."""
        every = np.arange(len(self.lines))
        which = every[:0] if any(map(is_json, self.plan.found)) else plausible(self.lines)
        self.slow, parts = [np.setdiff1d(every, which, assume_unique=True)], []
        if not len(which):
            return []
        lines = self.lines if len(which) == len(every) else self.lines.take(which)
        rows, batch = read_plain(lines, self.plan.found)
        if batch is not None:
            parts.append((which[rows], self._as_strings(batch)))
        if len(rows) == len(which):
            return parts
        left = np.setdiff1d(np.arange(len(which)), rows, assume_unique=True)
        which, lines = which[left], lines.take(left)
        lines = self.lines if len(lines) == len(every) else lines.compact()
        for low, high, batch in halved(lines, self.plan.found):
            if batch is None:
                self.slow.append(which[low:high])
            else:
                parts.append((which[low:high], self._as_strings(batch)))
        return parts

    def _as_strings(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """With the ids as strings, and nothing extra."""
        columns = []
        for field in self.schema:
            at = batch.schema.get_field_index(field.name)
            columns.append(pa.nulls(len(batch), field.type) if at < 0 else batch.column(at).cast(field.type))
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _one_by_one(self) -> list[tuple[Index, pa.RecordBatch]]:
        """What Arrow could not read, but Python can; the rest goes to the quarantine."""
        rows, records = [], []
        for at in np.concatenate(self.slow).tolist():
            line = self.lines.line(at)
            try:
                records.append(self._record(load(line)))
                rows.append(at)
            except BadRecord as error:
                self._lose(at, str(error))
        if not rows:
            return []
        columns = [pa.array([record.get(field.name) for record in records], field.type) for field in self.schema]
        return [(np.array(rows, np.int64), pa.RecordBatch.from_arrays(columns, schema=self.schema))]

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        row, extra = {}, {}
        for key, value in record.items():
            name = well_formed(key)
            at = self.plan.found.get_field_index(name)
            try:
                row[name] = self._value(name, value, self.plan.found.field(at)) if at >= 0 else fitted(value, pa.null())
            except Misfit:
                extra[name] = value
        if self.text in extra:
            raise BadRecord(f"no text: {self.text!r} is {a(extra[self.text])}")
        if extra:
            row[EXTRA] = self._extra(extra)
        return row

    def _value(self, name: str, value: Any, field: pa.Field) -> Any:
        if name == self.id and value is not None:
            return well_formed(value) if isinstance(value, str) else json_text(value)
        return json_text(value) if value is not None and is_json(field) else fitted(value, field.type)

    def _extra(self, extra: dict[str, Any]) -> str:
        if self.plan.loose:
            return json_text(extra)
        raise SourceError(
            f"{self.block.piece.source}: {sorted(extra)} do not fit the columns that were planned, though every byte was looked at: "
            "the file has changed; plan again"
        )

    def _in_order(self, parts: list[tuple[Index, pa.RecordBatch]]) -> tuple[Index, pa.RecordBatch]:
        if len(parts) == 1:
            return parts[0]
        rows = np.concatenate([np.empty(0, np.int64), *(rows for rows, _ in parts)])
        batch = as_batch(pa.Table.from_batches([batch for _, batch in parts], self.schema))
        order = np.argsort(rows)
        return rows[order], batch.take(pa.array(order))

    def _with_text(self, rows: Index, batch: pa.RecordBatch) -> tuple[Index, pa.RecordBatch]:
        texts = batch.column(batch.schema.get_field_index(self.text))
        if not texts.null_count:
            return rows, batch
        there = texts.is_valid()
        for at in rows[~there.to_numpy(zero_copy_only=False)].tolist():
            self._lose(at, f"no text: {self.text!r} is null or missing")
        return rows[there.to_numpy(zero_copy_only=False)], batch.filter(there)

    def _lose(self, at: int, error: str) -> None:
        start = int(self.lines.starts[at])
        self.quarantine.add(start, place_of(self.block, int(self.lines.numbers[at]), start), error, self.lines.line(at))
