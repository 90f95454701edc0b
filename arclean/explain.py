"""Explain: what happens to a text, one rule at a time, by the same kernels that clean a column."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from arclean import columns
from arclean.apply import apply, rewrite
from arclean.rule import ElementRule, LineRule, Rule
from arclean.steps import Accountable, Cleaner, Edit, Part, having

if TYPE_CHECKING:
    from arclean.pipeline import Pipeline

LONGEST_CONTEXT: Final = 72
"""Characters of a line around one that went, as they are shown."""
_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_END: Final = "\N{POP DIRECTIONAL ISOLATE}"
_STEERING: Final = frozenset(
    (*range(9), *range(10, 0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)


@dataclass(frozen=True)
class Difference:
    """A line that changed, or some lines that became others.

    Attributes:
        line: number of the first line in the text before, from 1.
        before: the lines before; none if lines were added.
        after: the lines after; none if lines went.
        above, below: of a line that a line rule took: the next lines around it that are not blank; empty at an edge, and for other rules.
    """

    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    above: str = ""
    below: str = ""


@dataclass(frozen=True)
class Change:
    """What one rule, or one part without rules, did to a text.

    Attributes:
        step: the kind of the part.
        rule: the rule's name; empty for a part without rules.
        why: its reason.
        category: of a line rule; else empty.
        differences: what it changed, in order.
    """

    step: str
    rule: str
    why: str
    category: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Explanation:
    """Everything that happens to a text.

    Attributes:
        before, after: the text given, and the text that `Pipeline.clean` returns.
        changes: in order.
        drop: why a filter rejects the document; None if it is kept.
        measures: the columns that the steps added.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    drop: str | None
    measures: dict[str, Any]

    def __str__(self) -> str:
        """The changes as a diff; right-to-left text isolated, so that it reads right in a left-to-right terminal."""
        return "\n".join(_shown(self))


def explain(pipe: Pipeline, text: str) -> Explanation:
    """See `arclean.pipeline.Pipeline.explain`."""
    column = given = columns.column_of([text])
    changes: list[Change] = []
    for part in pipe.parts:
        if isinstance(part, Cleaner):
            edit = rewrite(part, column)
            changes += _changes(part, column, edit)
            column = edit.texts
    outcome = apply(pipe.without_stages().parts, pa.record_batch({"text": given}))
    row = outcome.batch.to_pylist()[0]
    measures = {name: value for name, value in row.items() if name not in {"text", "drop"}}
    return Explanation(text, column[0].as_py(), tuple(changes), row["drop"], measures)


def _changes(part: Part, column: pa.Array, edit: Edit) -> Iterator[Change]:
    """One change a rule: the part with the rules that act, up to and with this one, against the same without it."""
    rules: tuple[Rule, ...] = getattr(part, "rules", ())
    before = column[0].as_py()
    if not rules or not isinstance(part, Accountable):
        after = edit.texts[0].as_py()
        if after != before:
            yield Change(type(part).__name__.lower(), "", _first_line(part), "", differences(before, after))
        return
    if edit.removed is not None:
        yield from _cuts(part, rules, edit.removed, before.split("\n"))
        return
    acting: tuple[Rule, ...] = ()
    for rule in rules:
        if rule.name in edit.hits:
            acting = (*acting, rule)
            after = having(part, acting).text(column)[0].as_py()
            yield Change(type(part).__name__.lower(), rule.name, rule.why, "", differences(before, after))
            before = after


def _cuts(part: Part, rules: tuple[Rule, ...], removed: pa.RecordBatch, text: list[str]) -> Iterator[Change]:
    """One change a line rule, with the lines that it took, numbered as in the text that the part was given."""
    lines = removed.to_pylist()
    around = _around(text)
    for rule in rules:
        cut = [line for line in lines if line["rule"] == rule.name]
        if isinstance(rule, LineRule):
            taken = tuple(Difference(line["line"], (line["text"],), (), *around[line["line"] - 1]) for line in cut)
        else:
            taken = tuple(Difference(line["line"], (line["text"],), ()) for line in cut)
        if taken and isinstance(rule, LineRule | ElementRule):
            yield Change(type(part).__name__.lower(), rule.name, rule.why, rule.category, taken)


def _around(text: list[str]) -> list[tuple[str, str]]:
    """For each line the next ones above and below that are not blank."""
    lines = [line.strip(" \t") for line in text]
    above, below = [""], [""]
    for line in lines[:-1]:
        above.append(line or above[-1])
    for line in lines[:0:-1]:
        below.append(line or below[-1])
    return list(zip(above, reversed(below), strict=True))


def _first_line(part: Any) -> str:
    return (type(part).__doc__ or "").strip().split("\n")[0]


def differences(before: str, after: str) -> tuple[Difference, ...]:
    r"""Where two texts differ, by lines.

    >>> differences("a\nb\nc", "a\nc")
    (Difference(line=2, before=('b',), after=(), above='', below=''),)
    """
    old, new = before.split("\n"), after.split("\n")
    if len(old) == len(new):
        return tuple(Difference(i, (a,), (b,)) for i, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Difference(first + 1, tuple(old[first:last]), tuple(new[start:stop]))
        for kind, first, last, start, stop in matcher.get_opcodes()
        if kind != "equal"
    )


def _shown(told: Explanation) -> Iterator[str]:
    for change in told.changes:
        label = f"  [{change.category}]" if change.category else ""
        yield f"{change.step}  {change.rule or '-'}{label}  {change.why}"
        last = ""
        for at, difference in enumerate(change.differences):
            if difference.above and difference.above != last:
                yield _context(difference.above)
            yield from (f"  {difference.line:>4} - {_ISOLATE}{_visible(line)}{_END}" for line in difference.before if line.strip())
            yield from (f"  {difference.line:>4} + {_ISOLATE}{_visible(line)}{_END}" for line in difference.after if line.strip())
            last = difference.before[-1] if difference.before else ""
            following = change.differences[at + 1].before if at + 1 < len(change.differences) else ()
            if difference.below and (difference.below,) != following:
                yield _context(difference.below)
                last = difference.below
    if not told.changes:
        yield "nothing changes"
    if told.measures:
        yield "measures  " + "  ".join(f"{n} {v:.3g}" if isinstance(v, float) else f"{n} {v}" for n, v in told.measures.items())
    yield "kept" if told.drop is None else f"rejected  {told.drop}"


def _context(line: str) -> str:
    """A line that stays, or goes by another rule, as it stands beside one that goes by this; its beginning."""
    short = line if len(line) <= LONGEST_CONTEXT else f"{line[:LONGEST_CONTEXT].rstrip()} …"
    return f"       | {_ISOLATE}{_visible(short)}{_END}"


def _visible(line: str) -> str:
    """Characters that steer the display, written out, so that they cannot."""
    return "".join(f"<U+{ord(char):04X}>" if ord(char) in _STEERING else char for char in line)
