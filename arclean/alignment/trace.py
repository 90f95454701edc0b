"""How cleaners are traced: each runs as it always does, and what it did is told from the column before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean.alignment import kernels
from arclean.alignment.replacements import Replacements, from_zero, noted
from arclean.alignment.unknown import trace_unknown
from arclean.apply import rewrite
from arclean.boilerplate.lines import Lines
from arclean.columns import Strings
from arclean.orthography.beginnings import beginnings
from arclean.orthography.characters import Characters
from arclean.orthography.survey import survey
from arclean.orthography.table import fuse
from arclean.orthography.touches import touch_of
from arclean.orthography.transliterate import Transliterate
from arclean.rule import CharRule, ContextRule, PatternRule
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
    start = here = from_zero(texts)
    done = Replacements.none(len(texts))
    for cleaner in _one_by_one(parts):
        edit = rewrite(cleaner, texts)
        if edit.texts is texts:
            continue
        after = from_zero(edit.texts)
        done = done.then(_told(cleaner, here, after, edit), (start.bounds, here.bounds, after.bounds))
        texts, here = edit.texts, after
    return texts, done.changing(start.data, here.data)


def _one_by_one(parts: Sequence[Part]) -> Iterator[Cleaner]:
    """The cleaners, those of characters rule by rule, the rules that are one table together."""
    for part in parts:
        rules = (part.rule,) if isinstance(part, Transliterate) else part.rules if isinstance(part, Characters) else ()
        if not rules and isinstance(part, Cleaner):
            yield part
        for fusible, group in groupby(rules, key=lambda rule: isinstance(rule, CharRule)):
            if fusible:
                yield Characters(tuple(group))
            else:
                yield from (Characters((rule,)) for rule in group)


def _told(cleaner: Any, before: Strings, after: Strings, edit: Edit) -> Replacements:
    if isinstance(cleaner, Traceable):
        return cleaner.traced(before, after, edit)
    if isinstance(cleaner, Lines) and edit.removed is not None:
        return _trace_lines(before, after, edit.removed)
    rule = cleaner.rules[0] if isinstance(cleaner, Characters) else None
    if isinstance(rule, CharRule):
        return _trace_table(cleaner, before)
    if isinstance(rule, PatternRule):
        return _trace_pattern(rule, before, after)
    touch = touch_of(rule.operation) if isinstance(rule, ContextRule) else None
    return trace_unknown(before, after) if touch is None else touch.traced(before, after)


def _trace_table(cleaner: Characters, before: Strings) -> Replacements:
    table = fuse(tuple(rule for rule in cleaner.rules if isinstance(rule, CharRule)))
    chosen = survey((table.wants,)).needs(before) != 0
    return noted(kernels.trace_table, len(before), before.bounds, before.data, chosen, table.entry, table.size)


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
