"""A cleaner that cuts lines as C4 does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate.lines import Page
from arclean.errors import unknown
from arclean.orthography.kernels import gather
from arclean.quality.c4 import kernels
from arclean.quality.measures import spans_with
from arclean.rules import classes, signs
from arclean.rules.c4 import ENDS, PAIRS, POLICY
from arclean.steps import NO_LINES, Edit

MODES: Final = ("mended", "faithful")
REASONS: Final = ("c4_long_word", "c4_no_end", "c4_few_words", "c4_javascript", "c4_policy")
"""What a line that is cut goes by, in the order in which C4 asks; the category is ``c4``."""
LONGEST_WORD, FEWEST_WORDS, UNMARKED_WORDS = 1000, 3, 10
"""Characters of a word, words of a line; words from which a line needs no mark at its end in the mode ``mended``."""


@dataclass(frozen=True)
class C4Lines:
    r"""Cut lines as C4 does: no mark at the end, fewer than three words, a word of over 1000 characters, JavaScript, terms of use.

    C4 knows ``. ! ?`` and the quotes of ASCII, so that a page in Arabic loses every line that ends with ؟ or ». The mode ``mended`` knows
    the marks of Arabic, looks through quotes and brackets, and leaves lines of ten words or more, since Arabic is often written without.

    Attributes:
        mode: ``mended``, or ``faithful`` to C4 as datatrove has it, without its cutting of references like [12].

    Raises:
        UnknownName: there is no such mode.

    >>> C4Lines().text(pa.array(["الرئيسية\nهل وصل القطار اليوم؟"])).to_pylist()
    ['هل وصل القطار اليوم؟']
    """

    mode: str = "mended"

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise unknown("mode", self.mode, MODES, "step 'c4_lines'")

    def text(self, texts: pa.Array) -> pa.Array:
        """The column without those lines."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column without those lines, and the lines."""
        page = Page.of(columns.view(texts), 0)
        broken = self._broken(page)
        if not (broken >= 0).any():
            return Edit(texts, {}, NO_LINES)
        cut = page.without(broken, pa.array(REASONS), pa.array(["c4"] * len(REASONS)))
        hits = {REASONS[i]: int(count) for i, count in enumerate(np.bincount(broken[broken >= 0], minlength=len(REASONS))) if count}
        return Edit(cut.texts, hits, cut.removed)

    def _broken(self, page: Page) -> npt.NDArray[np.int64]:
        """For each line the first rule that it breaks, or -1; blank lines break none."""
        size = len(page.begin)
        words, longest, ends = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.uint8)
        kernels.look(page.begin, page.end, page.strings.data, _kinds(self.mode), words, longest, ends)
        unended = ends != 1
        if self.mode == "mended":
            unended = (ends == 0) & (words < UNMARKED_WORDS)
        says = _says(page)
        rules = (longest > LONGEST_WORD, unended, words < FEWEST_WORDS, *says)
        broken = np.full(size, -1, np.int64)
        for number, rule in reversed(list(enumerate(rules))):
            broken[rule] = number
        broken[page.begin == page.end] = -1
        return broken


def _says(page: Page) -> tuple[npt.NDArray[np.bool_], ...]:
    """Which lines speak of JavaScript, and which of terms of use; those are asked that have some letters of such words."""
    asked = ("javascript", "|".join(POLICY))
    told = tuple(np.zeros(len(page.begin), np.bool_) for _ in asked)
    strings = page.strings
    lines = spans_with(strings.data, page.begin, page.end, PAIRS)
    if not len(lines):
        return told
    begin, end = page.begin[lines], page.end[lines]
    out, bounds = columns.room(int((end - begin).sum())), np.empty(len(lines) + 1, np.int64)
    gather(strings.data, begin, end, bounds, out)
    found = columns.build(bounds, out, columns.Strings(bounds, out, pa.large_string()))
    for one, says in zip(asked, told, strict=True):
        says[lines] = pc.match_substring_regex(found, one, ignore_case=True).to_numpy(zero_copy_only=False)
    return told


@lru_cache(maxsize=2)
def _kinds(mode: str) -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000, np.uint8)
    for first, last in classes.SPACES:
        table[first : last + 1] = kernels.SPACE
    ends, closers = (ENDS, "") if mode == "faithful" else (signs.ENDS, signs.CLOSERS)
    for characters, kind in ((ends, kernels.END), (closers, kernels.CLOSER)):
        for char in characters:
            table[ord(char)] |= kind
    return table
