"""A second, closer look of a pass at the rows that the survey gave it, before it takes them apart: most need nothing after all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography.patchwork import Patchwork
from arclean.rule import ContextRule

Operation = Callable[[columns.Strings, ContextRule], tuple[columns.Written, int] | None]
Look = Callable[[columns.Strings], npt.NDArray[np.bool_]]
"""Which rows the pass may change. One row too many is possible, one too few is not."""


def narrowed(look: Look, operation: Operation) -> Operation:
    """The operation, on the rows alone that a look finds. It must do every row by itself, and count nothing in rows it leaves."""

    def closer(strings: columns.Strings, rule: ContextRule) -> tuple[columns.Written, int] | None:
        found = look(strings)
        rows = found.nonzero()[0]
        if not len(rows) or len(rows) == len(found):
            return operation(strings, rule) if len(rows) else None
        patch = Patchwork(strings)
        done = operation(columns.held(*patch.take(rows)), rule)
        if done is None:
            return None
        patch.put(rows, columns.seen(done[0]))
        return columns.held(*patch.whole(), strings), done[1]

    return closer


def looked(kernel: Callable[..., None], *tables: Callable[[], npt.NDArray[np.generic]]) -> Look:
    """A look by a kernel: ``kernel(bounds, data, *tables, rows)`` sets ``rows[i]`` (bool)."""

    def look(strings: columns.Strings) -> npt.NDArray[np.bool_]:
        rows = np.empty(len(strings), np.bool_)
        kernel(strings.bounds, strings.data, *(table() for table in tables), rows)
        return rows

    return look
