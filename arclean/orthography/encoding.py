"""Passes for misread and turned round text: a scan of the column, then Python on the few rows that look like it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from arclean import columns
from arclean.orthography import visual_order
from arclean.orthography.repair import HINTS, all_repaired
from arclean.orthography.survey import wants

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from arclean.orthography.hints import Hint
    from arclean.rule import ContextRule

    Work = Callable[[Sequence[str]], Sequence[str]]

_FIRSTS: Final = {
    "repair_utf8_as_cp1252": "\xc3\xef\xd8\xd9\xda\xdb",
    "repair_utf8_as_cp1256": "\xef\u20ac\u201a\u0192\u201e\u2020\u2021\u02c6\u2030\u2122\u0152\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xac\xae\xaf"
    "\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xbc\xbd\xbe",
    "repair_cp1256_as_cp1252": "".join(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xDF)))),
    "turn_visual_order": "".join(map(chr, (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFE80, 0xFEFD)))),
}
"""Characters one of which a text holds if the pass has anything to do; what is scanned for."""


def _by_text(hint: Hint, work: Work) -> Callable[[columns.Strings, ContextRule], tuple[columns.Written, int] | None]:
    def operation(strings: columns.Strings, rule: ContextRule) -> tuple[columns.Written, int] | None:  # noqa: ARG001
        return _replaced(strings, hint.holding(strings).nonzero()[0], work)

    return operation


def turn_visual_order(strings: columns.Strings, rule: ContextRule) -> tuple[columns.Written, int] | None:  # noqa: ARG001
    """Turn what is in the order of the eye; see `visual_order.turned`."""
    return _replaced(strings, visual_order.perhaps_turned(strings).nonzero()[0], lambda texts: list(map(visual_order.turned, texts)))


def _replaced(strings: columns.Strings, rows: npt.NDArray[np.int64], work: Work) -> tuple[columns.Written, int] | None:
    """The column with some rows done, and the number of lines changed; None if none was."""
    sizes = np.diff(strings.bounds)
    pieces: list[bytes | memoryview] = []
    data = memoryview(strings.data)  # type: ignore[arg-type]
    done = int(strings.bounds[0])
    lines = 0
    spans = list(zip(strings.bounds[rows].tolist(), strings.bounds[rows + 1].tolist(), strict=True))
    texts = [bytes(data[first:last]).decode() for first, last in spans]
    for row, (first, last), before, after in zip(rows, spans, texts, work(texts), strict=True):
        if after == before:
            continue
        pieces += (data[done:first], after.encode())
        sizes[row] = len(pieces[-1])
        done = last
        lines += _lines_changed(before, after)
    if not lines:
        return None
    pieces.append(data[done : int(strings.bounds[-1])])
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)))
    return columns.held(bounds, np.frombuffer(b"".join(pieces), np.uint8), strings), lines


def _lines_changed(before: str, after: str) -> int:
    """Line ends are ASCII, and no pass here touches those."""
    return sum(one != other for one, other in zip(before.split("\n"), after.split("\n"), strict=True))


OPERATIONS: Final = {
    **{kind: _by_text(hint, partial(all_repaired, kind=kind)) for kind, hint in HINTS.items()},
    "turn_visual_order": turn_visual_order,
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final = {operation: wants(firsts) for operation, firsts in _FIRSTS.items()}
"""In which rows each of them may have anything to do."""
