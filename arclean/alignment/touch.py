"""What a pass may touch: all that is to be known of it to tell afterwards what it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from arclean.alignment import kernels
from arclean.alignment.replacements import Replacements, noted, room_for
from arclean.columns import Strings
from arclean.errors import PipelineError, unknown

CODES: Final = 0x110000
How = Literal["cuts", "letters", "whole"]
_HOW: Final = {"cuts": kernels.CUTS, "letters": kernels.LETTERS, "whole": kernels.WHOLE}
Flags = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Touch:
    r"""The characters that a pass reads as its own and may write; every other one it copies.

    So between two others that follow one another stands, before and after, the same stretch. That makes alignment exact to the stretch
    for any pass, and ``how`` makes it finer:

    - ``cuts``: characters go or come; those that stay are in order.
    - ``letters``: each letter becomes one, or as many as ``becomes`` says, together with the marks after it.
    - ``whole``: there is no telling inside a stretch: it was decoded anew, or turned round.

    Attributes:
        characters: as text, or as pairs of first and last code points.
        how: see above. If a stretch does not fit, it is trimmed at both ends, and what is left of it is one replacement.
        marks: those of the characters that belong to the letter before them.
        becomes: for `letters`, as how many letters a character is written, if not as one.

    Raises:
        UnknownName: there is no such `how`.
        PipelineError: there are no characters.

    >>> touch = Touch("\N{ARABIC TATWEEL}", "cuts")
    >>> from arclean.alignment.replacements import from_zero
    >>> import pyarrow as pa
    >>> touch.traced(from_zero(pa.array(["جمـــيل"])), from_zero(pa.array(["جميل"]))).spans.tolist()
    [[4, 10, 4, 4]]
    """

    characters: str | tuple[tuple[int, int], ...]
    how: How = "cuts"
    marks: str | tuple[tuple[int, int], ...] = ""
    becomes: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.how not in _HOW:
            raise unknown("way of a touch", self.how, _HOW)
        if not self.characters:
            raise PipelineError("a touch without characters: a pass that changes nothing is none")

    def __hash__(self) -> int:
        return hash((self.characters, self.how, self.marks))

    def traced(self, before: Strings, after: Strings) -> Replacements:
        """What such a pass did to a column.

        Raises:
            AlignmentError: it changed another character.
        """
        columns = (before.bounds, before.data, after.bounds, after.data)
        return noted(kernels.trace, len(before), *columns, self.touched, _HOW[self.how], self.counts, ones(), room=room_for(before))

    def touching(self, characters: frozenset[str]) -> frozenset[str]:
        """Those of some characters that it may touch.

        >>> sorted(Touch("bd", marks="x").touching(frozenset("abcx")))
        ['b', 'x']
        """
        ranges = (*_ranges(self.characters), *_ranges(self.marks))
        return frozenset(char for char in characters if any(first <= ord(char) <= last for first, last in ranges))

    @cached_property
    def touched(self) -> Flags:
        """uint8, shape (0x110000,): see `kernels.trace`."""
        flags = np.zeros(CODES, np.uint8)
        for codes, flag in ((self.characters, kernels.TOUCHED), (self.marks, kernels.TOUCHED | kernels.MARK)):
            for first, last in _ranges(codes):
                flags[first : last + 1] |= flag
        return flags

    @cached_property
    def counts(self) -> Flags:
        """uint8, shape (0x110000,): as how many letters each character is written."""
        if not self.becomes:
            return ones()
        counts: Flags = ones().copy()
        for char, count in self.becomes.items():
            counts[ord(char)] = count
        return counts


@lru_cache(maxsize=1)
def ones() -> Flags:
    """uint8, shape (0x110000,): 1 for every character."""
    return np.ones(CODES, np.uint8)


def everything_but(characters: Iterable[str]) -> tuple[tuple[int, int], ...]:
    r"""The code points that are not among these, as pairs of first and last.

    >>> everything_but("\n")
    ((0, 9), (11, 1114111))
    """
    edges = [-1, *sorted(map(ord, characters)), CODES]
    return tuple((low + 1, high - 1) for low, high in pairwise(edges) if high - low > 1)


def _ranges(codes: str | tuple[tuple[int, int], ...]) -> Iterable[tuple[int, int]]:
    return ((ord(char), ord(char)) for char in codes) if isinstance(codes, str) else codes
