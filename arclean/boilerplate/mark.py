"""Lines that line rules name, told in a column instead of dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from arclean.boilerplate.lines import Lines
from arclean.rule import LineRule
from arclean.steps import NO_LINES, with_column

COLUMN: Final = "boilerplate"
"""What the column is called."""
MARKS: Final = pa.list_(pa.struct([("line", pa.int32()), ("rule", pa.string()), ("category", pa.string())]))
"""Of each document the lines, by their numbers from 1, each with the rule that names it and what such a line is."""


@dataclass(frozen=True)
class MarkLines:
    r"""Say which lines are boilerplate, and leave them: the column ``boilerplate``, of `MARKS`.

    For those who decide later, or train a model to do it. The lines are those that `Lines` would drop, with the same rules.

    Attributes:
        rules: in order; where several fit a line, it goes by the first.
        longest: lines of more bytes than this are never looked at.

    >>> from arclean.rules import lines
    >>> batch = pa.record_batch({"text": ["انتهى المؤتمر أمس.\nجميع الحقوق محفوظة"]})
    >>> MarkLines(lines.FAMILIES["footer"]).batch(batch)["boilerplate"].to_pylist()
    [[{'line': 2, 'rule': 'rights_line', 'category': 'copyright'}]]
    """

    rules: tuple[LineRule, ...]
    longest: int = 320

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with the column; texts stay."""
        removed = Lines(self.rules, self.longest).edit(batch["text"]).removed or NO_LINES
        counts = np.bincount(removed["row"].to_numpy(), minlength=len(batch))
        offsets = pa.array(np.concatenate(([0], np.cumsum(counts))).astype(np.int32))
        fields = [MARKS.value_type.field(number) for number in range(3)]
        marks = pa.StructArray.from_arrays([removed[field.name] for field in fields], fields=fields)
        return with_column(batch, COLUMN, pa.ListArray.from_arrays(offsets, marks).cast(MARKS))
