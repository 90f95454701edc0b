"""Where to look for characters: the bytes with which they begin, so that a scan can pass over the rows that hold none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography import kernels

_GROUPS = 7
_FEW = 3
_ARABIC_LEADS = frozenset(range(0xD8, 0xDC))


@dataclass(frozen=True)
class Beginnings:
    """The bytes with which some characters begin.

    Attributes:
        leads: uint8, shape (256,): first bytes.
        pairs: uint16, shape (65536,): two neighbouring bytes, see `kernels.mark_rows`.
        few: Arabic letters and marks among the characters, two bytes each, if they are so few that looking for them one by one is faster:
            every row of Arabic has their first bytes. They are not in `leads` then.
    """

    leads: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.uint16]
    few: tuple[bytes, ...]

    def rows(self, strings: columns.Strings) -> npt.NDArray[np.bool_] | None:
        """Which rows hold such characters, or None if none does. A row too many is possible, one too few is not."""
        rows = np.zeros(len(strings), np.uint8)
        if self.leads.any():
            kernels.mark_rows(strings.bounds, strings.data, self.leads, self.pairs, rows)
        one = np.empty_like(rows)
        for lead, tail in self.few:
            kernels.mark_pair(strings.bounds, strings.data, np.uint8(lead), np.uint8(tail), one)
            rows |= one
        return rows.view(np.bool_) if rows.any() else None


def beginnings(characters: Iterable[str]) -> Beginnings:
    """Where to look for these characters.

    >>> texts = columns.string_array(["أهلا", "“أهلا”", "a\N{ZERO WIDTH SPACE}b", "x"])
    >>> found = beginnings("\N{ZERO WIDTH SPACE}x").rows(columns.view(texts))
    >>> found.tolist()
    [False, False, True, True]
    """
    encoded = sorted({char.encode() for char in characters})
    few = tuple(data for data in encoded if len(data) == 2 and data[0] in _ARABIC_LEADS)
    if len(few) > _FEW:
        few = ()
    encoded = [data for data in encoded if data not in few]
    pairs = np.zeros((256, 256), np.uint16)
    groups: dict[bytes, int] = {}
    for data in encoded:
        if len(data) == 1:
            pairs[data[0], :] |= 1
        elif len(data) == 2:
            pairs[data[0], data[1]] |= 1
        else:
            group = 1 + groups.setdefault(data[:2], len(groups)) % _GROUPS
            pairs[data[0], data[1]] |= 1 << group
            pairs[data[1], data[2]] |= 1 << (group + 8)
    leads = np.zeros(256, np.uint8)
    leads[[data[0] for data in encoded]] = 1
    return Beginnings(leads, pairs.reshape(-1), few)
