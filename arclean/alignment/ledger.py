"""What became of each row so far, put together pass by pass: a pass enters the rows that it changed, and no other is touched."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.alignment.replacements import Numbers, Replacements
from arclean.orthography.patchwork import Patchwork

_STRETCH = 4 * 8
"""Bytes of a stretch: four int64."""


class Ledger:
    """The stretches of each row, counted from its beginning, wherever they lie; see `Patchwork`, which holds them as bytes.

    >>> ledger = Ledger(3)
    >>> deleted = Replacements(np.array([0, 1]), np.array([[2, 4, 2, 2]]), np.array([False]))
    >>> ledger.enter(np.array([1]), deleted)
    >>> ledger.enter(np.array([1]), deleted)
    >>> ledger.whole().spans.tolist(), ledger.whole().first.tolist()
    ([[2, 4, 2, 2], [4, 6, 2, 2]], [0, 0, 2, 2])
    """

    def __init__(self, rows: int) -> None:
        """Nothing became of so many rows."""
        none = np.zeros(rows + 1, np.int64)
        self._spans, self._coarse = (Patchwork(_bytes(none, np.empty(0, np.uint8))) for _ in range(2))

    def enter(self, rows: Numbers, found: Replacements) -> None:
        """Have these rows, as they are now, become something else; `found` counts from the beginning of each."""
        if not len(found):
            return
        nowhere = np.zeros(len(rows) + 1, np.int64)
        done = self._of(self._spans.take(rows), self._coarse.take(rows)).then(found, (nowhere, nowhere, nowhere))
        changed = np.diff(found.first) > 0
        self._spans.put(rows[changed], _bytes(done.first * _STRETCH, done.spans), changed)
        self._coarse.put(rows[changed], _bytes(done.first, done.coarse), changed)

    def whole(self) -> Replacements:
        """What became of all rows."""
        return self._of(self._spans.whole(), self._coarse.whole())

    @staticmethod
    def _of(spans: tuple[columns.Bounds, columns.Bytes], coarse: tuple[columns.Bounds, columns.Bytes]) -> Replacements:
        return Replacements(coarse[0], spans[1].view(np.int64).reshape(-1, 4), coarse[1].view(np.bool_))


def _bytes(bounds: Numbers, values: npt.NDArray[np.generic]) -> columns.Strings:
    return columns.Strings(bounds, np.ascontiguousarray(values).reshape(-1).view(np.uint8), columns.LARGE)
