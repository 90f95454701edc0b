"""Lines: a cleaner that drops what a page put around its text, and says for each line why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate import kernels
from arclean.boilerplate.matcher import Glance, Matcher, matcher
from arclean.boilerplate.page.regime import Regime, asks_for_page
from arclean.orthography.kernels import gather
from arclean.rule import LineRule, once_compiled
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
        engine = engine_of(self.rules)
        rounds: list[Round] = []
        before, rows, now = None, np.arange(len(texts)), texts
        while len(rows) and len(rounds) < _MOST_ROUNDS:
            cut = Page.of(columns.view(now), self.longest, before).cut(engine)
            if cut is None:
                break
            rounds.append(Round(rows, cut))
            # What is prose bears on the lines around it, and so does the frame of a page: rows that lost such are looked at once more.
            before = cut.again()
            rows, now = rows[cut.unsettled], before.texts
        if not rounds:
            return Edit(texts, {}, NO_LINES)
        removed = _in_order([one.removed() for one in rounds])
        return Edit(_assembled(rounds), Counter(removed["rule"].to_pylist()), removed)


@dataclass(frozen=True)
class Engine:
    """Rules ready to be asked: those that look at a line and its neighbours, and those that ask for a whole page."""

    matcher: Matcher
    regime: Regime
    names: pa.Array
    categories: pa.Array


@once_compiled
def engine_of(rules: tuple[LineRule, ...]) -> Engine:
    """These rules, compiled once.

    Raises:
        RuleError: one of them can never drop a line; see `arclean.boilerplate.matcher.matcher`.
    """
    plain = tuple(rule for rule in rules if not asks_for_page(rule))
    paged = tuple(rule for rule in rules if asks_for_page(rule))
    names, categories = ([getattr(rule, field) for rule in (*plain, *paged)] for field in ("name", "category"))
    return Engine(matcher(plain), Regime.of(plain, paged), pa.array(names, pa.string()), pa.array(categories, pa.string()))


@dataclass(frozen=True)
class Cut:
    """One round of cutting.

    Attributes:
        texts: the column afterwards.
        removed: the lines that went.
        unsettled: int64: the rows in which something went that bears on other lines.
        numbers: int64, one per line of those rows that stayed and is not blank: its number in the document as first given.
    """

    texts: pa.Array
    removed: pa.RecordBatch
    unsettled: Numbers
    numbers: Numbers

    def again(self) -> Before:
        """The rows that are to be looked at once more."""
        return Before(self.texts.take(pa.array(self.unsettled)), self.numbers)


@dataclass(frozen=True)
class Before:
    """What an earlier round left: texts, and the numbers of their lines that are not blank."""

    texts: pa.Array
    numbers: Numbers


@dataclass(frozen=True)
class Round:
    """A cut of some rows of a column."""

    rows: Numbers
    cut: Cut

    def removed(self) -> pa.RecordBatch:
        """The lines that went, by the rows of the whole column."""
        there = pa.array(self.rows[self.cut.removed["row"].to_numpy()].astype(np.int32))
        return self.cut.removed.set_column(0, REMOVED_SCHEMA.field(0), there)


def _assembled(rounds: list[Round]) -> pa.Array:
    """The column of the first round, each row as the last round left it that had it."""
    first = rounds[0].cut.texts
    if len(rounds) == 1:
        return first
    where = np.arange(len(first))
    size = len(first)
    for one in rounds[1:]:
        where[one.rows] = size + np.arange(len(one.rows))
        size += len(one.rows)
    return pa.concat_arrays([one.cut.texts for one in rounds]).take(pa.array(where))


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
    def of(cls, strings: columns.Strings, longest: int, before: Before | None = None) -> Page:
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

    def cut(self, engine: Engine) -> Cut | None:
        """The column without the lines that the rules name, or None if they name none."""
        rule_of = np.full(len(self.row_of), -1, np.int64)
        found = engine.matcher
        seen = self.first_look(found)
        chosen = np.flatnonzero(seen.wanted)
        if len(chosen):
            lines, seen = self.suspect[chosen], seen.of(chosen)
            shapes = found.shapes(self.strings.data, self.begin[lines], self.end[lines], seen.wanted & 2 != 0)
            where = (self.row_of, self.begin, self.end, self.prose, lines, shapes.hashes)
            earlier, later = np.empty(len(lines), np.int64), np.empty(len(lines), np.int64)
            kernels.said_before(self.row_of, lines, shapes.hashes, earlier, later)
            again = np.flatnonzero(earlier >= 0)
            contents = found.asked("announced", shapes, seen, np.flatnonzero(later >= 0))
            own = found.alone(shapes, seen, self.listed(lines, later, contents))
            titles = np.zeros(len(lines), np.bool_)
            if len(again):
                kernels.titles(*where, own, found.takes, titles)
            title = found.asked("title_again", shapes, seen, np.flatnonzero(titles))
            kernels.sweep(*where, own, title, found.asked("line_again", shapes, seen, again), found.takes, rule_of)
        whole = engine.regime.cut(self, rule_of)
        return self.without(rule_of, engine.names, engine.categories, whole) if (rule_of >= 0).any() else None

    def listed(self, lines: Numbers, later: Numbers, rules: Numbers) -> Numbers:
        """Of the ``rules`` for tables of contents that may name some lines, -1 for none, those of lines that are part of one.

        ``later`` is of `kernels.said_before`.
        """
        may = rules >= 0
        if np.count_nonzero(may) < kernels.ANNOUNCED:
            return np.full(len(lines), -1, np.int64)
        found = np.empty(len(lines), np.bool_)
        kernels.announced(self.row_of, self.begin, self.end, self.prose, lines, later, may, found)
        return np.where(found, rules, -1)

    def matches(self, pattern: str, lines: Numbers) -> npt.NDArray[np.bool_]:
        """Which of some lines a pattern is found in, on their skeletons."""
        alike = np.zeros(len(lines), np.bool_)
        shapes = matcher(()).shapes(self.strings.data, self.begin[lines], self.end[lines], alike)
        found: npt.NDArray[np.bool_] = pc.match_substring_regex(shapes.texts, pattern).to_numpy(zero_copy_only=False)
        return found

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

    def without(self, rule_of: Numbers, names: pa.Array, categories: pa.Array, whole: npt.NDArray[np.bool_] | None = None) -> Cut:
        """The column without the lines for which ``rule_of`` (int64, one per line) has an index into names and categories, not -1.

        ``whole`` (bool, one per row) are the whole pages; what goes of them bears on all that stays.
        """
        strings = self.strings
        out, bounds = columns.room(int(strings.bounds[-1] - strings.bounds[0])), np.empty_like(strings.bounds)
        size = kernels.join(strings.bounds, strings.data, self.row_of, self.begin, self.end, rule_of, bounds, out)
        gone = np.flatnonzero(rule_of >= 0)
        bears = self.prose[gone] if whole is None else self.prose[gone] | whole[self.row_of[gone]]
        unsettled = np.unique(self.row_of[gone[bears]])
        around = kernels.lines_of(self.row_of, unsettled)
        kept = around[(rule_of[around] < 0) & (self.end[around] > self.begin[around])]
        texts = columns.build(bounds, out[:size], strings)
        removed = self._removed(gone, rule_of[gone], names, categories)
        return Cut(texts, removed, unsettled, self.number[kept])

    def _removed(self, gone: Numbers, rules: Numbers, names: pa.Array, categories: pa.Array) -> pa.RecordBatch:
        begin, end = self.begin[gone], self.end[gone]
        out, bounds = columns.room(int((end - begin).sum())), np.empty(len(gone) + 1, np.int64)
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
