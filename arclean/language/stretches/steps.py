"""Steps on the parts of a text that are in another language: cut its lines, cut its sentences, or say where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.boilerplate.lines import Page
from arclean.errors import ColumnError, PipelineError, unknown
from arclean.language.identify import CODES, identify_spans
from arclean.language.steps import demand_languages, in_tuple
from arclean.language.stretches import kernels
from arclean.language.stretches.find import UNITS, Stretches, foreign
from arclean.orthography.kernels import gather
from arclean.steps import NO_LINES, REMOVED_SCHEMA, Edit, with_column

if TYPE_CHECKING:
    from arclean.alignment.replacements import Replacements

FOREIGN_LINE: Final = "foreign_line"
FOREIGN_SENTENCE: Final = "foreign_sentence"
"""What is cut for its language goes by these, in place of a rule's name; its category is `FOREIGN`."""
FOREIGN: Final = "foreign"
SPANS: Final = "foreign_spans"
SHARE: Final = "foreign_share"
"""The columns of `ForeignSpans`."""
_SPAN: Final = pa.struct(
    {"start": pa.int32(), "end": pa.int32(), "language": pa.string(), "score": pa.float32(), "quoted": pa.bool_()},
)


@dataclass(frozen=True)
class _Foreign:
    keep: tuple[str, ...] = ("ar", "mul", "und")
    letters: int = 40
    least: float = 0.9
    _kept: npt.NDArray[np.bool_] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep", in_tuple(self.keep))
        demand_languages(self.keep, f"step {self._name!r}")
        if isinstance(self.letters, bool) or not isinstance(self.letters, int) or self.letters < 1:
            raise PipelineError(f"step {self._name!r}: letters is {self.letters!r}; give a whole number of at least 1")
        if isinstance(self.least, bool) or not isinstance(self.least, (int, float)) or not 0 <= self.least <= 1:
            raise PipelineError(f"step {self._name!r}: least is {self.least!r}; give a share between 0 and 1")
        object.__setattr__(self, "_kept", np.isin(CODES, self.keep))

    @property
    def _name(self) -> str:
        raise NotImplementedError

    def _found(self, strings: columns.Strings, unit: str) -> Stretches:
        return foreign(strings, unit, self._kept, self.letters, self.least)


@dataclass(frozen=True)
class ForeignLines(_Foreign):
    r"""Cut the lines that are in another language: a Persian paragraph in an Arabic page, the English abstract above a thesis.

    Each line is judged by itself; short ones and doubtful ones stay, and so do those that the text quotes.

    Attributes:
        keep: languages whose lines stay, as BCP 47 codes.
        letters: a line of fewer letters stays.
        least: a line stays unless its language is this sure.
        quotations: whether a line goes that stands in quotation marks or brackets, or below a line that ends with a colon.

    Raises:
        UnknownName: a language is none that the tables know.
        PipelineError: a bound is none.

    >>> page = "قرأ الطلاب القصيدة ثم كتبوا عنها صفحة.\nاین کتاب را برای دانشجویان ایرانی نوشته است و بسیار خوب است."
    >>> ForeignLines().text(pa.array([page])).to_pylist()
    ['قرأ الطلاب القصيدة ثم كتبوا عنها صفحة.']
    """

    quotations: bool = False

    @property
    def _name(self) -> str:
        return "foreign_lines"

    def text(self, texts: pa.Array) -> pa.Array:
        """The column without those lines."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column without those lines, and the lines."""
        page = Page.of(columns.view(texts), 0)
        found = self._found(page.strings, "line")
        found = found if self.quotations else found.where(~found.quoted)
        if not len(found.row):
            return Edit(texts, {}, NO_LINES)
        gone = np.full(len(page.row_of), -1, np.int64)
        gone[np.searchsorted(page.row_of, found.row) + found.line - 1] = 0
        cut = page.without(gone, pa.array([FOREIGN_LINE]), pa.array([FOREIGN]))
        return Edit(cut.texts, {FOREIGN_LINE: len(found.row)}, cut.removed)


@dataclass(frozen=True)
class ForeignSentences(_Foreign):
    """Cut the sentences that are in another language, wherever in a line they stand.

    A sentence ends with its line, or with a mark that white space follows. Neighbours in one language are judged together. What is too
    short to tell, or doubtful, stays. So does what the text quotes, unless `quotations` says otherwise: a sentence in quotation marks
    or brackets, one behind a colon, and words of another script with a sentence around them.

    Attributes:
        keep: languages whose sentences stay, as BCP 47 codes.
        letters: sentences of fewer letters stay.
        least: sentences stay unless their language is this sure.
        quotations: whether quotations go too.

    Raises:
        UnknownName: a language is none that the tables know.
        PipelineError: a bound is none.

    >>> page = "قرأ الطلاب القصيدة. این کتاب را برای دانشجویان ایرانی نوشته است و بسیار خوب است. ثم كتبوا عنها صفحة."
    >>> ForeignSentences().text(pa.array([page])).to_pylist()
    ['قرأ الطلاب القصيدة. ثم كتبوا عنها صفحة.']
    """

    least: float = 0.98
    quotations: bool = False

    @property
    def _name(self) -> str:
        return "foreign_sentences"

    def text(self, texts: pa.Array) -> pa.Array:
        """The column without those sentences."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column without those sentences, and the sentences."""
        strings = columns.view(texts)
        found = self._cut(strings)
        if not len(found.row):
            return Edit(texts, {}, NO_LINES)
        gone = _gone(strings, found)
        first, last = int(strings.bounds[0]), int(strings.bounds[-1])
        bounds = strings.bounds - first
        made = columns.build(bounds - _before(gone)[bounds], strings.data[first:last][~gone], strings)
        return Edit(made, {FOREIGN_SENTENCE: len(found.row)}, _removed(strings, found))

    def traced(self, before: columns.Strings, after: columns.Strings, edit: Edit) -> Replacements:  # noqa: ARG002 - as all have it
        """See `arclean.alignment.trace.Traceable`."""
        from arclean.alignment.replacements import Replacements

        gone = _gone(before, self._cut(before))
        edges = np.union1d(np.flatnonzero(gone[1:] != gone[:-1]) + 1, before.bounds)
        begins = gone[np.minimum(edges[:-1], len(gone) - 1)]
        begin, end = edges[:-1][begins], edges[1:][begins]
        there = begin - _before(gone)[begin]
        spans = np.stack([begin, end, there, there], axis=1)
        return Replacements(np.searchsorted(begin, before.bounds), spans, np.zeros(len(begin), np.bool_))

    def _cut(self, strings: columns.Strings) -> Stretches:
        found = self._found(strings, "sentence")
        return found if self.quotations else found.where(~found.quoted)


@dataclass(frozen=True)
class ForeignSpans(_Foreign):
    """Say where a text is in another language, and cut nothing: the columns ``foreign_spans`` and ``foreign_share``.

    ``foreign_spans`` is a list for each document: ``start`` and ``end`` in code points, as Python counts them, ``language``, ``score``, and
    whether the text quotes it (``quoted``). ``foreign_share`` is the share of the letters that they have.

    Attributes:
        keep: languages that are not told.
        letters: what has fewer letters is not told.
        least: the score that it takes.
        unit: ``sentence``, or ``line``.

    Raises:
        UnknownName: a language is none that the tables know, or there is no such unit.
        PipelineError: a bound is none; when it runs: see `arclean.errors.ColumnError`.

    >>> page = "قرأ الطلاب القصيدة. این کتاب را برای دانشجویان ایرانی نوشته است و بسیار خوب است. ثم كتبوا عنها صفحة."
    >>> (span,) = ForeignSpans().batch(pa.record_batch({"text": [page]}))["foreign_spans"][0].as_py()
    >>> span["language"], span["quoted"], page[span["start"] : span["end"]][-8:]
    ('fa', False, 'خوب است.')
    """

    unit: str = "sentence"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.unit not in UNITS:
            raise unknown("unit", self.unit, UNITS, f"step {self._name!r}")

    @property
    def _name(self) -> str:
        return "foreign_spans"

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with those columns."""
        for name in (SPANS, SHARE):
            if name in batch.schema.names:
                raise ColumnError(f"foreign_spans writes the column {name!r}, which is there; rename it: --rename {name}={name}_given")
        strings = columns.view(batch["text"])
        found = self._found(strings, self.unit)
        start, end = np.empty(len(found.row), np.int64), np.empty(len(found.row), np.int64)
        kernels.places(strings.bounds, strings.data, found.row, found.begin, found.end, start, end)
        fields = (
            pa.array(start.astype(np.int32)),
            pa.array(end.astype(np.int32)),
            pa.array(CODES, pa.string()).take(pa.array(found.language)),
            pa.array(found.score.astype(np.float32)),
            pa.array(found.quoted),
        )
        bounds = np.searchsorted(found.row, np.arange(len(strings) + 1)).astype(np.int32)
        spans = pa.ListArray.from_arrays(pa.array(bounds), pa.StructArray.from_arrays(fields, fields=list(_SPAN)))
        letters = identify_spans(strings.data, strings.bounds[:-1], strings.bounds[1:]).letters
        share = np.bincount(found.row, found.letters, len(strings)) / np.maximum(letters, 1)
        return with_column(with_column(batch, SPANS, spans), SHARE, pa.array(np.minimum(share, 1).astype(np.float32)))


def _gone(strings: columns.Strings, found: Stretches) -> npt.NDArray[np.bool_]:
    """Which bytes of a column go with stretches, the first byte of its first row at 0."""
    first, last = int(strings.bounds[0]), int(strings.bounds[-1])
    gone = np.zeros(last - first, np.bool_)
    kernels.take(strings.bounds - first, strings.data[first:last], found.row, found.begin - first, found.end - first, gone)
    return gone


def _before(gone: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(gone)))


def _removed(strings: columns.Strings, found: Stretches) -> pa.RecordBatch:
    bounds, out = np.empty(len(found.row) + 1, np.int64), np.empty(int((found.end - found.begin).sum()), np.uint8)
    gather(strings.data, found.begin, found.end, bounds, out)
    told = [pa.array([word] * len(found.row), pa.string()) for word in (FOREIGN_SENTENCE, FOREIGN)]
    arrays = [pa.array(found.row.astype(np.int32)), pa.array(found.line.astype(np.int32)), *told, columns.build(bounds, out)]
    return pa.RecordBatch.from_arrays(arrays, schema=REMOVED_SCHEMA)
