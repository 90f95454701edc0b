"""Compiled: a column of pages becomes a column of texts, with the lines that went and what the pages say about themselves."""

from __future__ import annotations

import numba as nb
import numpy as np

from arclean.boilerplate.html.body.kernels import choose
from arclean.boilerplate.html.kernels import VOID, find, name_hash, walk

U = np.uint64
MOST_SPANS = 512
"""Things said about one page that are looked at."""


@nb.njit(nogil=True, cache=True)
def are_pages(data: np.ndarray, bounds: np.ndarray, into: np.ndarray) -> int:
    """Mark the rows that are markup: they begin with ``<`` and a letter, ``!``, ``?`` or ``/``, or open a page within 4,096 bytes."""
    count = 0
    for row in range(len(bounds) - 1):
        at, end = U(bounds[row]), U(bounds[row + 1])
        while at < end and (data[at] <= U(32) or data[at] == U(0xEF) or data[at] == U(0xBB) or data[at] == U(0xBF)):
            at += U(1)
        page = False
        if at + U(1) < end and data[at] == U(60):
            byte = data[at + U(1)]
            page = U(65) <= (byte & U(0xDF)) <= U(90) or byte == U(33) or byte == U(63) or byte == U(47)
        stop = min(end, at + U(4096))
        while not page and at + U(5) < stop:
            if data[at] == U(60):
                a, b = data[at + U(1)] & U(0xDF), data[at + U(2)] & U(0xDF)
                c, d = data[at + U(3)] & U(0xDF), data[at + U(4)] & U(0xDF)
                page = (a == U(72) and b == U(84) and c == U(77) and d == U(76)) or (  # html
                    a == U(66) and b == U(79) and c == U(68) and d == U(89)  # body
                )
            at += U(1)
        into[row] = page
        count += page
    return count


@nb.njit(nogil=True, cache=True)
def nesting(data: np.ndarray, tag_keys: np.ndarray, tag_kinds: np.ndarray) -> np.int64:
    """How deep elements lie, summed over the tags that open: about what it costs to build the tree of a page."""
    depth, cost = np.int64(0), np.int64(0)
    at, end = U(0), U(len(data))
    while at + U(1) < end:
        if data[at] != U(60):
            at += U(1)
            continue
        at += U(1)
        if data[at] == U(47):
            depth = max(depth - 1, 0)
        elif U(65) <= (data[at] & U(0xDF)) <= U(90):
            first = at
            while at < end and U(65) <= (data[at] & U(0xDF)) <= U(90):
                at += U(1)
            slot = find(tag_keys, name_hash(data, first, at))
            if slot < 0 or not tag_kinds[slot] & VOID:
                depth += 1
                cost += depth
    return cost


@nb.njit(nogil=True, cache=True)
def read_pages(
    data: np.ndarray,
    bounds: np.ndarray,
    page: np.ndarray,
    tag_keys: np.ndarray,
    tag_kinds: np.ndarray,
    tag_masks: np.ndarray,
    word_keys: np.ndarray,
    word_masks: np.ndarray,
    hidden: np.uint64,
    drop: np.uint64,
    believed: np.ndarray,
    outside: np.uint64,
    weight: np.ndarray,
    denied: np.ndarray,
    shapes: np.ndarray,
    text: np.ndarray,
    text_bounds: np.ndarray,
    title: np.ndarray,
    spans: np.ndarray,
    span_row: np.ndarray,
    lost: np.ndarray,
    lost_bounds: np.ndarray,
    lost_row: np.ndarray,
    lost_line: np.ndarray,
    lost_rule: np.ndarray,
) -> tuple[int, int, int, int]:
    """Every row that is a page as its text, every other row as it is.

    Args:
        data, bounds: the column; pages as the parser wrote them out.
        page: which rows are pages.
        tag_keys ... shapes: `arclean.boilerplate.html.tables.Tables`.
        text, text_bounds: room for the texts.
        title: where in `text` the title of each row lies; shape (rows, 2).
        spans, span_row: room for what is said about the pages, see `walk`, and of which row it is.
        lost, lost_bounds: room for the lines that went.
        lost_row, lost_line, lost_rule: their rows, their numbers among the lines of the page from 1, and the rules.

    Returns:
        Bytes of `text`, of `lost`, the numbers of lines that went and of spans.
    """
    most_nodes, most_lines, most_bytes = 1, 1, 0
    for row in range(len(bounds) - 1):
        if page[row]:
            opening, ends = 0, 0
            for at in range(U(bounds[row]), U(bounds[row + 1])):
                opening += data[at] == U(60)
                ends += data[at] == U(10)
            most_nodes, most_lines = max(most_nodes, opening + 2), max(most_lines, 2 * opening + ends + 3)
            most_bytes = max(most_bytes, bounds[row + 1] - bounds[row])
    parent, kind = np.empty(most_nodes, np.int64), np.empty(most_nodes, np.int64)
    opens, closes = np.empty(most_nodes, np.int64), np.empty(most_nodes, np.int64)
    mask, look = np.empty(most_nodes, np.uint64), np.empty(most_nodes, np.uint64)
    begin, end, owner = np.empty(most_lines, np.int64), np.empty(most_lines, np.int64), np.empty(most_lines, np.int64)
    letters, linked, shape = np.empty(most_lines, np.int64), np.empty(most_lines, np.int64), np.empty(most_lines, np.int64)
    verdict = np.empty(most_lines, np.int64)
    out = np.empty(most_bytes + 64, np.uint8)
    found = np.empty((MOST_SPANS, 5), np.int64)
    at_text, at_lost, lines_lost, spans_found = 0, 0, 0, 0
    text_bounds[0], lost_bounds[0] = 0, 0
    for row in range(len(bounds) - 1):
        title[row, 0] = title[row, 1] = at_text
        if not page[row]:
            for at in range(U(bounds[row]), U(bounds[row + 1])):
                text[at_text] = data[at]
                at_text += 1
            text_bounds[row + 1] = at_text
            continue
        nodes, lines, said = walk(
            data, bounds[row], bounds[row + 1], tag_keys, tag_kinds, tag_masks, word_keys, word_masks, hidden,
            parent, kind, mask, look, opens, closes, out, begin, end, owner, letters, linked, shape, found,
        )  # fmt: skip
        name = choose(
            data, out, found, said, parent, kind, mask, look, opens, closes, nodes, begin, end, owner, letters, linked, shape, lines,
            drop, believed, outside, weight, denied, shapes, verdict,
        )  # fmt: skip
        first = at_text
        for line in range(lines):
            size = end[line] - begin[line]
            if verdict[line] < 0:
                if at_text > first:
                    text[at_text] = np.uint8(10)
                    at_text += 1
                if line == name:
                    title[row, 0], title[row, 1] = at_text, at_text + size
                for step in range(size):
                    text[at_text + step] = out[begin[line] + step]
                at_text += size
            else:
                for step in range(size):
                    lost[at_lost + step] = out[begin[line] + step]
                at_lost += size
                lost_row[lines_lost], lost_line[lines_lost], lost_rule[lines_lost] = row, line + 1, verdict[line]
                lines_lost += 1
                lost_bounds[lines_lost] = at_lost
        text_bounds[row + 1] = at_text
        for number in range(said):
            if spans_found < len(spans):
                spans[spans_found] = found[number]
                span_row[spans_found] = row
                spans_found += 1
    return at_text, at_lost, lines_lost, spans_found
