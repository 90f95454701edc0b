"""Lists of words and phrases: folded as the skeleton folds, and looked for in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.errors import PipelineError
from arclean.quality.lists import kernels
from arclean.quality.shape import counts as shape
from arclean.quality.shape.tables import kinds
from arclean.rules import SKELETON
from arclean.rules.forms import FORMS

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What was found of a list, one entry for each row.

    Attributes:
        words: words of the text.
        hits: phrases of the list; of several that end at one word the longest counts, and no word counts twice.
        covered: words that they cover.
        different: how many different phrases of the list.
    """

    words: Counts
    hits: Counts
    covered: Counts
    different: Counts


@dataclass(frozen=True)
class Phrases:
    """A list, ready to be looked for.

    Attributes:
        keys, number: the table of `kernels.find`.
        of_words: how many words each phrase has.
        longest: how many the longest has.
    """

    keys: npt.NDArray[np.uint64]
    number: Counts
    of_words: Counts
    longest: int

    def find(self, texts: pa.Array) -> Found:
        """Count the phrases in every row."""
        strings = columns.view(texts)
        found = Found(*(np.empty(len(strings), np.int64) for _ in range(4)))
        table = (fold(), self.keys, self.number, self.of_words, self.longest)
        kernels.find(strings.bounds, strings.data, *table, found.words, found.hits, found.covered, found.different)
        return found


@lru_cache(maxsize=64)
def phrases(listed: Sequence[str]) -> Phrases:
    """The list of these words and phrases.

    Raises:
        PipelineError: one of them holds no word, or more words than `kernels.MOST_WORDS`.

    >>> phrases(("القِطُّ", "بيت كبير")).find(pa.array(["القط في بيت كبيـر"])).hits.tolist()
    [2]
    """
    strings = columns.view(pa.array(listed, pa.string()))
    size = 16
    while size < 4 * len(listed):
        size *= 2
    keys, number, of_words = np.zeros(size, np.uint64), np.zeros(size, np.int64), np.zeros(len(listed), np.int64)
    longest = int(kernels.enter(strings.data, strings.bounds, fold(), keys, number, of_words))
    for phrase, words in zip(listed, of_words, strict=True):
        if not 0 < words <= kernels.MOST_WORDS:
            raise PipelineError(f"a phrase of a list has one to {kernels.MOST_WORDS} words; {phrase!r} has {words}")
    return Phrases(keys, number, of_words, longest)


@lru_cache(maxsize=1)
def fold() -> npt.NDArray[np.uint32]:
    """uint32, shape (0x110000,): what a code point counts as in a word: the skeleton's letter; see `kernels.PARTS` for what is none."""
    made = np.arange(0x110000, dtype=np.uint32)
    made[kinds() & np.uint64(shape.WORD) == 0] = kernels.PARTS
    for char in {*FORMS, *(char for rule in SKELETON for char in rule.table)}:
        folded = FORMS.get(char, char).strip()
        for rule in SKELETON:
            folded = folded.translate({ord(key): value for key, value in rule.table.items()})
        made[ord(char)] = ord(folded[0]) if folded else kernels.SKIPPED
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF), (0x61C, 0x61C), (0xAD, 0xAD)):
        made[first : last + 1] = kernels.SKIPPED
    made.flags.writeable = False
    return made
