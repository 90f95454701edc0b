"""Context-free character rules, fused: however many they are, one table and one pass.

Rules apply in order, so that ``a -> b`` and then ``b -> c`` is ``a -> c``; what a rule writes, a later one may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.orthography import kernels
from arclean.orthography.survey import Ranges, Wants, survey, wants
from arclean.rule import CharRule

CODES = 0x110000
_SLACK = 1 << 16
"""Bytes that a column may grow by before its size is counted out."""


@dataclass(frozen=True)
class Table:
    """What each code point becomes.

    Attributes:
        entry: int32, shape (0x110000,); 0 leaves a code point, otherwise the number of its replacement.
        start: int64, where replacement e starts in `pool`.
        size: int64, how many bytes it has; 0 deletes.
        pool: uint8, the replacements.
        wants: the characters that change.
        common: the common ones among them, as bytes.
        rules: for each replacement, the indices of the rules that made it.
    """

    entry: npt.NDArray[np.int32]
    start: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]
    pool: columns.Bytes
    wants: Wants
    common: Ranges
    rules: tuple[tuple[int, ...], ...]

    def rewrite(self, strings: columns.Strings) -> tuple[columns.Strings, npt.NDArray[np.int64]] | None:
        """The column rewritten and the hits per replacement, or None if nothing in it is to change."""
        size, bounds, out, hits = self._rewritten(strings, _size(strings) + _SLACK, _SLACK)
        if size < 0:  # it grew by more than is usual: now to the byte
            room = int(kernels.rewritten_size(strings.bounds, strings.data, self.entry, self.size))
            size, bounds, out, hits = self._rewritten(strings, room, room)
        return (columns.held(bounds, out[:size], strings), hits) if hits.any() else None

    def _rewritten(
        self, strings: columns.Strings, room: int, slack: int
    ) -> tuple[int, columns.Bounds, columns.Bytes, npt.NDArray[np.int64]]:
        bounds, hits = np.empty_like(strings.bounds), np.zeros(len(self.start), np.int64)
        out = columns.room(room + kernels.SPARE)
        table = (self.entry, self.start, self.size, self.pool, self.common.leads, self.common.lows, self.common.highs)
        return kernels.rewrite(strings.bounds, strings.data, *table, slack, hits, bounds, out), bounds, out, hits

    def hits_by_rule(self, hits: npt.NDArray[np.int64], rules: Sequence[CharRule]) -> dict[str, int]:
        """How many characters each rule changed."""
        found: dict[int, int] = {}
        for entry in hits.nonzero()[0].tolist():
            for rule in self.rules[entry]:
                found[rule] = found.get(rule, 0) + int(hits[entry])
        counts: dict[str, int] = {}
        for rule in sorted(found):
            counts[rules[rule].name] = counts.get(rules[rule].name, 0) + found[rule]
        return counts


def _size(strings: columns.Strings) -> int:
    return int(strings.bounds[-1] - strings.bounds[0])


def compose(rules: Sequence[CharRule]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Each character that the rules change, with what it becomes and the indices of the rules that did it.

    >>> dash = CharRule("a", "x", {"a": "b"}, fixes=(("a", "b"),), leaves=("b",))
    >>> star = CharRule("b", "x", {"b": "c"}, fixes=(("b", "c"),), leaves=("a",))
    >>> compose([dash, star])
    {'a': ('c', (0, 1)), 'b': ('c', (1,))}
    """
    becomes: dict[str, tuple[str, tuple[int, ...]]] = {}
    for index, rule in enumerate(rules):
        for char, (text, by) in list(becomes.items()):
            made = "".join(rule.table.get(c, c) for c in text)
            if made != text:
                becomes[char] = (made, (*by, index))
        for char, text in rule.table.items():
            if text != char:
                becomes.setdefault(char, (text, (index,)))
    return {char: made for char, made in becomes.items() if made[0] != char}


@lru_cache(maxsize=64)
def fuse(rules: tuple[CharRule, ...]) -> Table:
    """The table of these rules, applied in order."""
    becomes = compose(rules)
    texts = sorted(set(becomes.values()))
    number = {made: i + 1 for i, made in enumerate(texts)}
    encoded = [b"", *(text.encode() for text, _ in texts)]
    entry = np.zeros(CODES, np.int32)
    for char, made in becomes.items():
        entry[ord(char)] = number[made]
    size = np.array([len(e) for e in encoded], np.int64)
    pool = np.frombuffer(b"".join(encoded) or b"\0", np.uint8)
    start = np.concatenate(([0], np.cumsum(size)[:-1]))
    changed = wants(becomes)
    return Table(entry, start, size, pool, changed, survey((changed,)).ranges, ((), *(by for _, by in texts)))
