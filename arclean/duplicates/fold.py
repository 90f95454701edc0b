"""What two texts may differ in and still say the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean.duplicates.kernels import GONE
from arclean.errors import unknown
from arclean.orthography.table import compose
from arclean.rule import CharRule
from arclean.rules import classes, matching, skeleton

IGNORED: Final = ("marks", "spelling", "digits", "case", "punctuation")
"""What can be ignored: vowels and tatweel; forms of alef, yeh, heh and kaf; rows of digits; capitals; all that is no letter or digit."""

_RULES: Final[dict[str, tuple[CharRule, ...]]] = {
    "marks": (skeleton.DROP_MARKS,),
    "spelling": (skeleton.ONE_ALEF, skeleton.ONE_YEH, skeleton.ONE_HEH, skeleton.ONE_KAF),
    "digits": (skeleton.WESTERN_DIGITS,),
}
_LETTERS: Final = (*classes.LETTERS, *classes.FORM_LETTERS, *classes.OTHER_LETTERS, *classes.DIGITS)


def demand_ignored(names: tuple[str, ...], where: str) -> None:
    """Raise if one of the names is none of `IGNORED`.

    Raises:
        UnknownName: with the nearest.
    """
    for name in names:
        if name not in IGNORED:
            raise unknown("thing to ignore", name, IGNORED, where)


@lru_cache(maxsize=16)
def fold(ignore: tuple[str, ...] = IGNORED) -> npt.NDArray[np.int32]:
    """int32, shape (0x110000,): what a code point counts as in a word; 0 ends a word, `arclean.duplicates.kernels.GONE` is looked through.

    >>> table = fold()
    >>> chr(table[ord("A")]), int(table[ord("،")]), chr(table[ord("٣")])
    ('a', 0, '3')
    """
    codes = np.arange(0x110000, dtype=np.int32)
    table = np.zeros(0x110000, np.int32)
    if "punctuation" in ignore:
        for first, last in (*_LETTERS, *classes.MARKS):
            table[first : last + 1] = codes[first : last + 1]
    else:
        table[:] = codes
        for first, last in classes.SPACES:
            table[first : last + 1] = 0
        table[0] = 0
    for first, last in matching.UNSEEN:
        table[first : last + 1] = GONE
    for char, (text, _) in compose([rule for name in ignore for rule in _RULES.get(name, ())]).items():
        table[ord(char)] = ord(text) if text else GONE
    for first, last, distance in matching.CAPITALS if "case" in ignore else ():
        table[first : last + 1] = codes[first : last + 1] + distance
    table.flags.writeable = False
    return table
