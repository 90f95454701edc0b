"""Recipe: the bounds on measures by which a published pipeline rejects documents."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """A document outside of it is rejected, as `<measure>_low` or `<measure>_high`.

    Attributes:
        measure: a name of `arclean.quality.measures.MEASURES`.
        least, most: the bounds, which are inside.
    """

    measure: str
    least: float = -math.inf
    most: float = math.inf


@dataclass(frozen=True)
class StopWords:
    """A document with fewer different words of the list is rejected, as `stop_words_low`.

    Attributes:
        words: the list.
        least: how many different ones are needed.
        folded: whether spelling does not matter (marks, alef, yeh, kaf; `arclean.quality.lists`), or tokens must be equal, commas too.
    """

    words: tuple[str, ...]
    least: int
    folded: bool


@dataclass(frozen=True)
class Recipe:
    """What a pipeline asks of a document.

    Attributes:
        name: of the recipe, and of its preset.
        source: where the values are published.
        faithful: its rules as its own code has them.
        mended: the same with what goes wrong on Arabic put right.
        why: what was put right, and why.
    """

    name: str
    source: str
    faithful: tuple[Bound | StopWords, ...]
    mended: tuple[Bound | StopWords, ...]
    why: str
