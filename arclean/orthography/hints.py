"""Signs of misread text: two characters near each other, as a pattern for Python and as a table for a compiled look at a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography.kernels import ONE, U, code_at

_CODES: Final = 0x10000
_TAGS: Final = 0xE0000
"""Behind the first plane a character can only stand between, and only one that nobody sees."""
_MOST: Final = 2
_EVERY: Final = "".join(map(chr, range(_CODES)))


@dataclass(frozen=True)
class Pair:
    """A character of one class, any number of another, and one of a third; classes as they stand in the brackets of a pattern."""

    first: str
    second: str
    between: str = ""

    @property
    def pattern(self) -> str:
        """The pair as a pattern."""
        return f"[{self.first}]" + (f"[{self.between}]*" if self.between else "") + f"[{self.second}]"


@dataclass(frozen=True)
class Hint:
    """Pairs one of which a text holds if there is anything to do in it.

    Raises:
        ValueError: there are more than two pairs, for which the table has no bits.

    >>> hint = Hint((Pair("ab", "c"), Pair("x", "z", "y")))
    >>> [bool(hint.pattern.search(text)) for text in ("ab", "ac", "xyyz")]
    [False, True, True]
    >>> hint.holding(columns.view(columns.string_array(["ab", "ac", "xyyz", ""]))).tolist()
    [False, True, True, False]
    """

    pairs: tuple[Pair, ...]

    def __post_init__(self) -> None:
        if len(self.pairs) > _MOST:
            raise ValueError(f"a hint has {_MOST} pairs at most, this one {len(self.pairs)}")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pairs as one pattern."""
        return re.compile("|".join(pair.pattern for pair in self.pairs))

    @cached_property
    def table(self) -> npt.NDArray[np.uint8]:
        """uint8, shape (0x10000,): of a code point, bit i if it may be the first of pair i, bit 2 + i if between, bit 4 + i if second."""
        table = np.zeros(_CODES, np.uint8)
        for number, pair in enumerate(self.pairs):
            for place, chars in ((0, pair.first), (2, pair.between), (4, pair.second)):
                found = re.findall(f"[{chars}]", _EVERY) if chars else []
                table[[ord(char) for char in found]] |= np.uint8(1 << (place + number))
        return table

    def holding(self, strings: columns.Strings) -> npt.NDArray[np.bool_]:
        """Which rows hold a pair: bool, shape (rows,)."""
        rows = np.empty(len(strings), np.bool_)
        holding(strings.bounds, strings.data, self.table, rows)
        return rows


@nb.njit(nogil=True, cache=True)
def holding(bounds, data, table, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether row i holds a pair; for the table see `Hint.table`."""
    for row in range(U(rows.shape[0])):
        p, stop = U(bounds[row]), U(bounds[row + ONE])
        open_, found = np.uint8(0), np.uint8(0)
        while p < stop and not found:
            code, step = code_at(data, p)
            p += step
            kind = table[code] if code < np.uint32(_CODES) else np.uint8(0xC if code >= np.uint32(_TAGS) else 0)
            found = open_ & (kind >> np.uint8(4))
            open_ = (kind | (open_ & (kind >> np.uint8(2)))) & np.uint8(3)
        rows[row] = found != 0
