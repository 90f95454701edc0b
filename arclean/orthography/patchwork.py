"""A column in the middle of being rewritten: rows that lie in one buffer or another, put together once at the end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography import kernels

Rows = npt.NDArray[np.int64]


class Patchwork:
    """Rows by where they lie. Passes take those they have work in and put them back; the others are not touched until the end.

    Attributes:
        changed: whether any row was put back.

    >>> patch = Patchwork(columns.view(columns.string_array(["a", "b", "c"])))
    >>> patch.put(np.array([1]), columns.view(columns.string_array(["BB"])))
    >>> columns.build(*patch.take(np.array([1, 2]))).to_pylist()
    ['BB', 'c']
    """

    def __init__(self, strings: columns.Strings) -> None:
        """The rows of a column as they are."""
        self._held = [strings]  # an address keeps nothing alive
        self.changed = False
        self._addresses, self._sizes = _where(strings)

    def take(self, rows: Rows) -> tuple[columns.Bounds, columns.Bytes]:
        """These rows, one after the other."""
        return _collected(self._addresses[rows], self._sizes[rows])

    def put(self, rows: Rows, strings: columns.Strings, which: slice | npt.NDArray[np.bool_] = slice(None)) -> None:
        """Have these rows be those of a column, or some of those, from now on."""
        self._held.append(strings)
        self.changed = True
        addresses, sizes = _where(strings)
        self._addresses[rows], self._sizes[rows] = addresses[which], sizes[which]

    def moved(self) -> npt.NDArray[np.bool_]:
        """Which rows no longer lie where the column has them."""
        return np.not_equal(self._addresses, _where(self._held[0])[0])

    def places(self) -> tuple[npt.NDArray[np.uint64], Rows]:
        """Where each row lies in memory, and how many bytes it has; good for as long as this object is."""
        return self._addresses, self._sizes

    def whole(self) -> tuple[columns.Bounds, columns.Bytes]:
        """All rows."""
        return _collected(self._addresses, self._sizes)


def _where(strings: columns.Strings) -> tuple[npt.NDArray[np.uint64], Rows]:
    start, bounds = np.uint64(strings.data.ctypes.data), strings.bounds
    return bounds[:-1].view(np.uint64) + start, bounds[1:] - bounds[:-1]


def _collected(addresses: npt.NDArray[np.uint64], sizes: Rows) -> tuple[columns.Bounds, columns.Bytes]:
    bounds, out = np.empty(len(sizes) + 1, np.int64), columns.room(int(np.add.reduce(sizes)))
    kernels.collect(addresses, sizes, bounds, out)
    return bounds, out
