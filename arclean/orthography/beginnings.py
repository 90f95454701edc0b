"""Which rows hold some characters: the look of a pass that is alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography.survey import Survey, survey, wants


@dataclass(frozen=True)
class Beginnings:
    """What to look for."""

    survey: Survey

    def rows(self, strings: columns.Strings) -> npt.NDArray[np.bool_] | None:
        """Which rows hold such characters, or None if none does."""
        rows: npt.NDArray[np.bool_] = self.survey.needs(strings) != 0
        return rows if rows.any() else None


def beginnings(characters: Iterable[str]) -> Beginnings:
    """Look for these characters.

    >>> texts = columns.string_array(["أهلا", "“أهلا”", "a\N{ZERO WIDTH SPACE}b", "x"])
    >>> found = beginnings("\N{ZERO WIDTH SPACE}x").rows(columns.view(texts))
    >>> found.tolist()
    [False, False, True, True]
    """
    return Beginnings(survey((wants(characters),)))
