"""A pass that notes what it replaces: asked again, it says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arclean.alignment.replacements import Numbers, Replacements
from arclean.columns import Strings

_LEADS = np.array([1] * 0xC0 + [2] * 0x20 + [3] * 0x10 + [4] * 0x10, np.int64)
"""How many bytes the character has that begins with each."""


@dataclass(frozen=True)
class Told:
    """What a pass replaces, if it can say that itself.

    Attributes:
        tell: of a column, where those of each row begin (int64, (rows + 1,)), of each where it begins and ends (int64, (n, 2 or more)),
            and how many bytes are written for it (int64, (n,)).
    """

    tell: Callable[[Strings], tuple[tuple[Numbers, Numbers], Numbers]]

    def traced(self, before: Strings, after: Strings) -> Replacements:  # noqa: ARG002 - what it became follows from what it was
        """What the pass did to a column."""
        (first, found), written = self.tell(before)
        begin, end = found[:, 0], found[:, 1]
        new_end = end + np.cumsum(written - (end - begin))
        spans = np.stack((begin, end, new_end - written, new_end), axis=1)
        return Replacements(first, spans, _LEADS[before.data[begin]] < end - begin)
