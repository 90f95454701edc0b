"""Code points as the beginnings and the words of line rules have them, for tables by code point."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean.boilerplate.kernels import PASSED
from arclean.boilerplate.prefixes import folds
from arclean.orthography.table import compose
from arclean.rules.skeleton import RULES as SKELETON

_MOST: Final = 250


@lru_cache(maxsize=1)
def folded() -> npt.NDArray[np.int32]:
    """int32, shape (0x110000,): what a code point counts as: its skeleton, as `prefixes.folds` has it; -1 if its skeleton is nothing."""
    made: npt.NDArray[np.int32] = folds().copy()
    for char, (text, _) in compose(SKELETON).items():
        made[ord(char)] = folds()[ord(text)] if text else -1
    return made


def lettered(chars: Iterable[str]) -> tuple[npt.NDArray[np.uint8], dict[str, int]]:
    """uint8, shape (0x110000,): the class of each code point: `PASSED` for none, 1 for a space, 0 for one that is not among the characters.

    Beside it the class of each character, of the first 250 if they are more; under the empty text, how many classes there are.

    >>> letter, classes = lettered("اب")
    >>> [int(letter[ord(char)]) for char in "ابآ ،1\N{ARABIC FATHA}"]
    [2, 3, 2, 1, 1, 0, 255]
    >>> classes
    {' ': 1, 'ا': 2, 'ب': 3, '': 4}
    """
    classes = {" ": 1}
    for char in sorted(set(chars) - {" "})[:_MOST]:
        classes[char] = len(classes) + 1
    by_fold = np.zeros(len(folded()), np.uint8)
    for char, number in classes.items():
        by_fold[ord(char)] = number
    letter = np.where(folded() < 0, PASSED, by_fold[np.maximum(folded(), 0)]).astype(np.uint8)
    return letter, {**classes, "": len(classes) + 1}
