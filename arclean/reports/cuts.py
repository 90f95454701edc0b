"""What rules cut: for each rule the lines and words that went, and some of the lines, the same for the same dataset."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from arclean.quality.measures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN: Final = 12
"""Different lines that are kept of each rule."""


@dataclass
class Sample:
    """Some of the different texts met, chosen by their hashes alone, with the exact number of times that each was met.

    The texts with the least hashes stay. One that is among them at the end was among them from its first time on, so no time of it was
    missed (the bottom-k sketch of Bar-Yossef et al. 2002, "Counting distinct elements in a data stream").
    """

    size: int = SHOWN
    _heap: list[tuple[int, str]] = field(default_factory=list)
    _times: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, times: int = 1) -> None:
        """Meet a text."""
        if text in self._times:
            self._times[text] += times
            return
        rank = -xxhash.xxh3_64_intdigest(text.encode())
        if len(self._heap) < self.size:
            heapq.heappush(self._heap, (rank, text))
        elif rank > self._heap[0][0]:
            del self._times[heapq.heapreplace(self._heap, (rank, text))[1]]
        else:
            return
        self._times[text] = times

    def texts(self) -> list[tuple[str, int]]:
        """The texts, those met most often first.

        >>> sample = Sample(2)
        >>> for text in "abab": sample.add(text)
        >>> sample.texts()
        [('a', 2), ('b', 2)]
        """
        return sorted(self._times.items(), key=lambda item: (-item[1], item[0]))


@dataclass
class Cut:
    """What one rule cut.

    Attributes:
        rule, category: of the rule.
        lines, words: that went.
        sample: some of the lines.
    """

    rule: str
    category: str
    lines: int = 0
    words: int = 0
    sample: Sample = field(default_factory=Sample)


def cuts_of(batches: Iterable[pa.RecordBatch]) -> dict[str, Cut]:
    """By rule, what the batches of ``removed/`` tell."""
    found: dict[str, Cut] = {}
    for batch in batches:
        words = figures(batch.column("text"))["words"]
        table = pa.table({name: batch.column(name) for name in ("rule", "category", "text")} | {"words": words})
        for row in table.group_by(["rule", "category"]).aggregate([("words", "sum"), ("words", "count")]).to_pylist():
            cut = found.setdefault(row["rule"], Cut(row["rule"], row["category"]))
            cut.lines += row["words_count"]
            cut.words += row["words_sum"]
        for row in table.group_by(["rule", "text"]).aggregate([([], "count_all")]).to_pylist():
            found[row["rule"]].sample.add(row["text"], row["count_all"])
    return found


def first_characters(texts: pa.Array, most: int) -> pa.Array:
    """The first characters of each text: enough to show, whatever its length."""
    return pc.utf8_slice_codeunits(texts, 0, most)
