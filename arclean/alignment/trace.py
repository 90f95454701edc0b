"""How cleaners are traced: each runs as it always does, and what it did is told from the column before and after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean.alignment import kernels
from arclean.alignment.ledger import Ledger
from arclean.alignment.replacements import Numbers, Replacements, from_zero, noted, room_for
from arclean.alignment.unknown import trace_unknown
from arclean.apply import rewrite
from arclean.boilerplate.lines import Lines
from arclean.columns import Strings
from arclean.errors import AlignmentError
from arclean.orthography.beginnings import beginnings
from arclean.orthography.characters import Characters
from arclean.orthography.schedule import Pass
from arclean.orthography.table import fuse
from arclean.orthography.touches import touch_of
from arclean.orthography.transliterate import Transliterate
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule
from arclean.steps import Cleaner, Edit, Part

_SPARE = tuple(map(chr, range(0xFDD0, 0xFDF0)))
"""Code points that are never characters; three of them mark what a pattern matches."""


@runtime_checkable
class Traceable(Protocol):
    """A cleaner that says itself what it did to a column."""

    def traced(self, before: Strings, after: Strings, edit: Edit) -> Replacements:
        """The stretches that it changed; both columns begin at byte 0."""
        ...


def trace(parts: Sequence[Part], texts: pa.Array) -> tuple[pa.Array, Replacements]:
    """The column as the cleaners among the parts leave it, and what they did together. Steps change no text.

    Raises:
        AlignmentError: a pass touched what it is declared not to touch.
    """
    start, ledger = from_zero(texts), Ledger(len(texts))
    for part in parts:
        if isinstance(part, (Characters, Transliterate)):
            rules = part.rules if isinstance(part, Characters) else (part.rule,)
            texts = Characters(rules).watched(texts, partial(_enter, ledger)).texts
        elif isinstance(part, Cleaner):
            texts = _trace_cleaner(part, texts, ledger)
    after = from_zero(texts)
    found = ledger.whole().from_columns(start.bounds, after.bounds)
    return texts, found.changing(start.data, after.data)


def _enter(ledger: Ledger, one: Pass, rows: Numbers, before: Strings, after: Strings) -> None:
    """Enter what a pass made of some rows."""
    try:
        found = _told(one.rules, before, after)
    except AlignmentError as error:
        raise AlignmentError(f"rule {one.rules[0].name!r}, among the rows that it was given: {error}") from error
    ledger.enter(rows, found.from_rows(before.bounds, after.bounds))


def _trace_cleaner(cleaner: Any, texts: pa.Array, ledger: Ledger) -> pa.Array:
    edit = rewrite(cleaner, texts)
    if edit.texts is texts:
        return texts
    before, after = from_zero(texts), from_zero(edit.texts)
    if isinstance(cleaner, Traceable):
        found = cleaner.traced(before, after, edit)
    elif isinstance(cleaner, Lines) and edit.removed is not None:
        found = _trace_lines(before, after, edit.removed)
    else:
        found = trace_unknown(before, after)
    rows = np.flatnonzero(np.diff(found.first))
    some = Replacements(np.concatenate((found.first[rows], found.first[-1:])), found.spans, found.coarse)
    ledger.enter(rows, some.from_rows(before.bounds[rows], after.bounds[rows]))
    return edit.texts


def _told(rules: tuple[CharacterRule, ...], before: Strings, after: Strings) -> Replacements:
    """What a pass of these rules did to a column: several are one table."""
    rule = rules[0]
    if isinstance(rule, CharRule):
        return _trace_table(rules, before)
    if isinstance(rule, PatternRule):
        return _trace_pattern(rule, before, after)
    touch = touch_of(rule.operation) if isinstance(rule, ContextRule) else None
    return trace_unknown(before, after) if touch is None else touch.traced(before, after)


def _trace_table(rules: tuple[CharacterRule, ...], before: Strings) -> Replacements:
    table = fuse(tuple(rule for rule in rules if isinstance(rule, CharRule)))
    arrays = (table.entry, table.size, table.common.leads, table.common.lows, table.common.highs)
    return noted(kernels.trace_table, len(before), before.bounds, before.data, *arrays, room=room_for(before))


def _trace_lines(before: Strings, after: Strings, removed: pa.RecordBatch) -> Replacements:
    rows, lines = removed["row"].to_numpy(), removed["line"].to_numpy().astype(np.int64)
    gone_from = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(before))))).astype(np.int64)
    columns = (before.bounds, before.data, after.bounds, after.data)
    return noted(kernels.trace_lines, len(before), *columns, gone_from, lines)


def _trace_pattern(rule: PatternRule, before: Strings, after: Strings) -> Replacements:
    """The pattern once more, with marks around what it finds and what it writes."""
    texts = _column(before)
    free = list(islice((mark for mark in _SPARE if beginnings(mark).rows(before) is None), 3))
    if len(free) < 3:  # text that is made of what is no text
        return trace_unknown(before, after)
    opens, becomes, closes = free
    marked = from_zero(pc.replace_substring_regex(texts, rule.pattern, f"{opens}\\0{becomes}{rule.becomes}{closes}"))
    marks = (np.uint32(ord(mark)) for mark in (opens, becomes, closes))
    return noted(kernels.trace_marked, len(before), before.bounds, before.data, marked.bounds, marked.data, *marks)


def _column(strings: Strings) -> pa.Array:
    buffers = [strings.validity, pa.py_buffer(strings.bounds), pa.py_buffer(strings.data)]
    return pa.Array.from_buffers(pa.large_string(), len(strings), buffers)
