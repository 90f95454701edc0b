"""Lines: a cleaner that drops what a page put around its text, and says for each line why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate import kernels
from arclean.boilerplate.matcher import Glance, Matcher, matcher
from arclean.orthography.kernels import gather
from arclean.rule import LineRule
from arclean.steps import NO_LINES, REMOVED_SCHEMA, Edit

_MOST_ROUNDS = 16
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lines:
    r"""Drop the lines that line rules name. Matched on the skeleton, cut in the original; what stays is not touched.

    Attributes:
        rules: in order; where several fit a line, it goes by the first.
        longest: lines of more bytes than this are never looked at.

    >>> from arclean.rules import lines
    >>> Lines(lines.FAMILIES["footer"]).text(pa.array(["انتهى المؤتمر أمس.\nجميع الحقوق محفوظة"])).to_pylist()
    ['انتهى المؤتمر أمس.']
    """

    rules: tuple[LineRule, ...]
    longest: int = 320

    def text(self, texts: pa.Array) -> pa.Array:
        """The column without those lines."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column without those lines, and the lines: row, number in the text given, rule, category."""
        found = matcher(self.rules)
        cuts: list[Cut] = []
        whole = Page.of(columns.view(texts), self.longest)
        cut = whole.cut(found)
        while cut is not None:
            cuts.append(cut)
            # What is prose bears on the lines around it: if prose went, those that stay are to be looked at once more.
            if not cut.lost_prose or len(cuts) == _MOST_ROUNDS:
                break
            cut = Page.of(columns.view(cut.texts), self.longest, cut).cut(found)
        if not cuts:
            return Edit(texts, {}, NO_LINES)
        removed = _in_order([c.removed for c in cuts])
        hits = {e["values"]: e["counts"] for e in pc.value_counts(removed["rule"]).to_pylist()}
        return Edit(cuts[-1].texts, hits, removed)


@dataclass(frozen=True)
class Cut:
    """One round of cutting.

    Attributes:
        texts: the column afterwards.
        removed: the lines that went.
        lost_prose: whether prose was among them.
        numbers: of the lines that stayed and are not blank, their numbers in the document as first given.
    """

    texts: pa.Array
    removed: pa.RecordBatch
    lost_prose: bool
    numbers: Numbers


@dataclass(frozen=True)
class Page:
    """A column split into lines.

    Attributes:
        strings: the column.
        row_of, begin, end: int64, one per line: its row, and where it lies without white space around it.
        prose: bool, one per line.
        suspect: int64: the numbers of the lines short enough to be furniture.
        number: int64, one per line: its number in its document as first given, from 1.
    """

    strings: columns.Strings
    row_of: Numbers
    begin: Numbers
    end: Numbers
    prose: npt.NDArray[np.bool_]
    suspect: Numbers
    number: Numbers = field(repr=False)

    @classmethod
    def of(cls, strings: columns.Strings, longest: int, before: Cut | None = None) -> Page:
        """Split a column; `before` is the round that left it so."""
        most = kernels.feeds(strings.bounds, strings.data) + len(strings)
        row_of, begin, end, suspect = (np.empty(most, np.int64) for _ in range(4))
        prose = np.empty(most, np.bool_)
        lines, suspects = kernels.split(strings.bounds, strings.data, longest, row_of, begin, end, prose, suspect)
        row_of = row_of[:lines]
        begin, end = begin[:lines], end[:lines]
        number = _numbers(row_of)
        if before is not None:
            number[end > begin] = before.numbers
        return cls(strings, row_of, begin, end, prose[:lines], suspect[:suspects], number)

    def cut(self, found: Matcher) -> Cut | None:
        """The column without the lines that the rules name, or None if they name none."""
        seen = self.first_look(found)
        chosen = np.flatnonzero(seen.wanted)
        if not len(chosen):
            return None
        lines, seen = self.suspect[chosen], seen.of(chosen)
        shapes = found.shapes(self.strings.data, self.begin[lines], self.end[lines], seen.wanted & 2 != 0)
        rule_of = np.full(len(self.row_of), -1, np.int64)
        where = (self.row_of, self.begin, self.end, self.prose, lines, shapes.hashes)
        if not kernels.sweep(*where, *found.verdicts(shapes, seen, self.row_of[lines]), found.takes, rule_of):
            return None
        return self.without(rule_of, found.names, found.categories)

    def first_look(self, found: Matcher) -> Glance:
        """A first look at the suspects, see `kernels.glance`."""
        rows, suspects = len(self.strings), len(self.suspect)
        first, last = np.empty(rows, np.int64), np.empty(rows, np.int64)
        kernels.bodies(self.row_of, self.prose, first, last)
        seen = Glance.blank(suspects)
        where = (self.strings.data, self.begin, self.end, self.row_of, first, last, self.suspect)
        glance: Any = kernels.glance
        glance(*where, found.folded, found.signs, *found.index.tables, seen.evidence, seen.held, seen.wanted, seen.limit)
        return seen

    def without(self, rule_of: Numbers, names: pa.Array, categories: pa.Array) -> Cut:
        """The column without the lines for which ``rule_of`` (int64, one per line) has an index into names and categories, not -1."""
        strings = self.strings
        out, bounds = np.empty(int(strings.bounds[-1] - strings.bounds[0]), np.uint8), np.empty_like(strings.bounds)
        size = kernels.join(strings.bounds, strings.data, self.row_of, self.begin, self.end, rule_of, bounds, out)
        gone = np.flatnonzero(rule_of >= 0)
        texts = columns.build(bounds, out[:size], strings)
        lost_prose = bool(self.prose[gone].any())
        kept = self.number[(rule_of < 0) & (self.end > self.begin)]
        return Cut(texts, self._removed(gone, rule_of[gone], names, categories), lost_prose, kept)

    def _removed(self, gone: Numbers, rules: Numbers, names: pa.Array, categories: pa.Array) -> pa.RecordBatch:
        begin, end = self.begin[gone], self.end[gone]
        out, bounds = np.empty(int((end - begin).sum()), np.uint8), np.empty(len(gone) + 1, np.int64)
        gather(self.strings.data, begin, end, bounds, out)
        which = pa.array(rules)
        values = [
            pa.array(self.row_of[gone].astype(np.int32)),
            pa.array(self.number[gone].astype(np.int32)),
            names.take(which),
            categories.take(which),
            columns.build(bounds, out),
        ]
        return pa.RecordBatch.from_arrays(values, schema=REMOVED_SCHEMA)


def _numbers(row_of: Numbers) -> Numbers:
    """The number of each line in its row, from 1."""
    made = np.empty_like(row_of)
    kernels.numbers(row_of, made)
    return made


def _in_order(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(parts) == 1:
        return parts[0]
    return pa.Table.from_batches(parts).sort_by([("row", "ascending"), ("line", "ascending")]).combine_chunks().to_batches()[0]
