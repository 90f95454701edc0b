"""Html: a cleaner that makes texts of pages, and columns of what the pages say about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate.html import kernels
from arclean.boilerplate.html.metadata import COLUMNS, Spans, metadata
from arclean.boilerplate.html.tables import Tables, tables
from arclean.errors import unknown
from arclean.orthography.kernels import gather
from arclean.rule import ElementRule
from arclean.steps import NO_LINES, REMOVED_SCHEMA, Edit

_COSTLY: Final = 100_000_000
"""Nesting beyond which a page is read as it stands: parsers look at every open element for each that opens."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Html:
    r"""Make texts of pages: the title, and the text of the element that holds the text. Texts that are no markup stay as they are.

    A conforming HTML5 parser builds the tree and writes it out again; compiled passes find the lines and what holds them. Paragraphs,
    headings, items of lists, rows of tables (cells apart by tabs) and lines of code are lines.

    Attributes:
        rules: what is not text, and where the text is likely to be.
        columns: what is read about the page, some of `COLUMNS`; a column that the batch has already is filled where it is null.

    Raises:
        UnknownName: a column that is not among them.

    >>> from arclean.rules.elements import RULES
    >>> page = "<nav>الأخبار</nav><h1>عودة القطار</h1><p>عاد القطار أمس إلى المحطة القديمة بعد عشرين عاما، وركبه مئتا راكب.</p>"
    >>> Html(RULES).text(pa.array([page])).to_pylist()
    ['عودة القطار\nعاد القطار أمس إلى المحطة القديمة بعد عشرين عاما، وركبه مئتا راكب.']
    """

    rules: tuple[ElementRule, ...]
    columns: tuple[str, ...] = COLUMNS

    def __post_init__(self) -> None:
        for name in self.columns:
            if name not in COLUMNS:
                raise unknown("column of a page", name, COLUMNS, "html")

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, pages as their texts."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column, the lines that went by row and number of the line on its page, and the columns of what pages say."""
        given = columns.view(texts)
        page = np.zeros(len(given), np.bool_)
        if not kernels.are_pages(given.data, given.bounds, page):
            return Edit(texts, {}, NO_LINES, metadata(self.columns, len(texts)))
        known = tables(self.rules)
        return _read(self, written_out(given, page, known), page, known)


def written_out(given: columns.Strings, page: npt.NDArray[np.bool_], known: Tables) -> columns.Strings:
    """The column with its pages as a conforming parser writes them: every element closed, every attribute quoted."""
    from selectolax.lexbor import LexborHTMLParser

    parts: list[bytes] = []
    for row in range(len(given)):
        raw = given.data[given.bounds[row] : given.bounds[row + 1]]
        if page[row] and kernels.nesting(raw, known.tag_keys, known.tag_kinds) < _COSTLY:
            parts.append((LexborHTMLParser(raw.tobytes()).html or "").encode("utf-8", "replace"))
        else:
            parts.append(raw.tobytes())
    bounds = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=bounds[1:])
    data = np.frombuffer(b"".join(parts), np.uint8)
    return columns.Strings(bounds, data, given.type, given.validity)


def _read(part: Html, given: columns.Strings, page: npt.NDArray[np.bool_], known: Tables) -> Edit:
    rows, size = len(given), len(given.data)
    most = 2 * int(np.count_nonzero(given.data == ord("<"))) + int(np.count_nonzero(given.data == ord("\n"))) + 3 * rows
    text, lost = columns.room(size + 64), columns.room(size + 64)
    text_bounds, title = np.zeros(rows + 1, np.int64), np.zeros((rows, 2), np.int64)
    spans, span_row = np.empty((min(most, rows * kernels.MOST_SPANS), 5), np.int64), np.empty(most, np.int64)
    lost_bounds, lost_row, lost_line, lost_rule = (np.zeros(most + 1, np.int64) for _ in range(4))
    tabled = (known.tag_keys, known.tag_kinds, known.tag_masks, known.word_keys, known.word_masks, known.hidden, known.apart)
    weighed = (known.drop, known.believed, known.outside, known.weight, known.denied, known.shapes)
    into = (text, text_bounds, title, spans, span_row, lost, lost_bounds, lost_row, lost_line, lost_rule)
    used, _, count, said = kernels.read_pages(given.data, given.bounds, page, *tabled, *weighed, *into)
    texts = columns.build(text_bounds, text[:used], given)
    removed = _removed(part.rules, lost, lost_bounds[: count + 1], lost_row[:count], lost_line[:count], lost_rule[:count])
    hits = {e["values"]: e["counts"] for e in pc.value_counts(removed["rule"]).to_pylist()}
    found = Spans(given, page, spans[:said], span_row[:said], text, title, removed)
    return Edit(texts, hits, removed, metadata(part.columns, rows, found))


def _removed(
    rules: tuple[ElementRule, ...], lost: columns.Bytes, bounds: Numbers, row: Numbers, line: Numbers, rule: Numbers
) -> pa.RecordBatch:
    out, gathered = columns.room(int(bounds[-1])), np.empty(len(row) + 1, np.int64)
    gather(lost, bounds[:-1], bounds[1:], gathered, out)
    which = pa.array(rule)
    values = [
        pa.array(row.astype(np.int32)),
        pa.array(line.astype(np.int32)),
        pa.array([one.name for one in rules], pa.string()).take(which),
        pa.array([one.category for one in rules], pa.string()).take(which),
        columns.build(gathered, out),
    ]
    return pa.RecordBatch.from_arrays(values, schema=REMOVED_SCHEMA)
