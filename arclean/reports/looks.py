"""Looks at the input: some of its documents, explained, for examples that a finished dataset no longer holds."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import xxhash

from arclean.apply import rewrite
from arclean.columns import column_of
from arclean.dataset.read_columns import evenly
from arclean.dataset.source import ReadOptions, blocks, parse, plan
from arclean.steps import Cleaner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from arclean.explain import Difference, Explanation
    from arclean.pipeline import Pipeline

_PIECES: Final = 8
_BLOCKS: Final = 2
"""Of how many pieces of the input so many blocks are read: at most 128 MB, however large the input."""
_EXPLAINED: Final = 160
_SHOWN: Final = 12
_PER_RULE: Final = 4
_LONGEST: Final = 6000
"""Characters of a document that is explained or shown; longer ones are passed over."""


@dataclass(frozen=True)
class Line:
    """A line of a document, and what became of it.

    Attributes:
        before: as it was.
        after: as it is now; None if it was cut.
        rules: that cut or changed it.
    """

    before: str
    after: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """A document of the input, line by line.

    Attributes:
        id: of the document.
        lines: those that are not blank.
        drop: why it was rejected; None if it was kept.
    """

    id: str
    lines: tuple[Line, ...]
    drop: str | None


@dataclass
class Looks:
    """What a look at the input gave.

    Attributes:
        documents: some, each of which shows rules that those before it do not.
        changes: by rule that rewrites, some of the lines that it changed.
    """

    documents: list[Look] = field(default_factory=list)
    changes: dict[str, list[Difference]] = field(default_factory=dict)


def looks(pipe: Pipeline, inputs: Sequence[str], options: Mapping[str, Any], cut_from: Collection[str] = ()) -> Looks:
    """Explain a sample of the input, the same one for the same input.

    Args:
        pipe: the pipeline of the run.
        inputs: as they were given to the run.
        options: of the run, from its manifest.
        cut_from: ids of documents that lost lines: where they are few, a look at random would miss them.

    Raises:
        SourceError: an input is not there.
    """
    told = [(key, pipe.explain(text)) for key, text in _sampled(inputs, options, cut_from)]
    found = Looks()
    for _, explanation in told:
        for change in explanation.changes:
            if change.rule and not change.category:
                shown = found.changes.setdefault(change.rule, [])
                shown += change.differences[: max(0, min(1, _PER_RULE - len(shown)))]
    told_of = [Look(key, tuple(_lines(pipe, one)), one.drop) for key, one in islice(_telling(told), _SHOWN)]
    found.documents = sorted(told_of, key=lambda look: look.drop is not None or not any(line.after is None for line in look.lines))
    return found


def _lines(pipe: Pipeline, told: Explanation) -> Iterator[Line]:
    """The lines of a document, first to last.

    Lines are cut from a text whose characters are repaired already: `middle` is that text. Repair seldom adds or takes a line; where it
    does, the repaired lines stand for those before.
    """
    middle, cut = _before_cutting(pipe, told.before)
    numbered = [(number, line) for number, line in enumerate(middle.split("\n"), 1) if line.strip()]
    kept = [line for number, line in numbered if number not in cut]
    first, last = _filled(told.before), _filled(told.after)
    before = first if len(first) == len(numbered) else [line for _, line in numbered]
    after = iter(last if len(last) == len(kept) else kept)
    for old, (number, _) in zip(before, numbered, strict=True):
        if number in cut:
            yield Line(old, None, (cut[number],))
        else:
            new = next(after)
            yield Line(old, new, tuple(_changing(told, old)) if new != old else ())


def _filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _before_cutting(pipe: Pipeline, text: str) -> tuple[str, dict[int, str]]:
    """The text as it comes to the first cleaner that cuts lines, and by number of the line the rule that cuts it."""
    column = column_of([text])
    for part in pipe.parts:
        if isinstance(part, Cleaner):
            edit = rewrite(part, column)
            if edit.removed is not None:
                lines = column[0].as_py().split("\n")
                gone = edit.removed.to_pylist()
                return column[0].as_py(), {
                    row["line"]: row["rule"] for row in gone if lines[row["line"] - 1].strip() == row["text"].strip()
                }
            column = edit.texts
    return column[0].as_py(), {}


def _changing(told: Explanation, line: str) -> Iterator[str]:
    """The rules that changed a line, one after the other."""
    for change in told.changes:
        for one in change.differences:
            if not change.category and one.before == (line,) and len(one.after) == 1:
                line = one.after[0]
                yield change.rule or change.step
                break


def _sampled(inputs: Sequence[str], options: Mapping[str, Any], cut_from: Collection[str]) -> list[tuple[str, str]]:
    """Id and text of the documents whose hashes are least, of blocks from all over the input; a quarter of them lost lines, if any did."""
    rename = tuple((old, new) for old, new in options["rename"])
    read = ReadOptions(text=options["text"], id=options["id"], format=options["format"], rename=rename, encoding=options["encoding"])
    planned = plan(inputs, read)
    cut: list[tuple[int, str, str]] = []
    others: list[tuple[int, str, str]] = []
    for piece in evenly(planned.pieces, _PIECES):
        for block in islice(blocks(piece, planned.options), _BLOCKS):
            batch = parse(block, planned).batch
            for key, text in zip(batch.column("id").to_pylist(), batch.column("text").to_pylist(), strict=True):
                if text and len(text) <= _LONGEST:
                    entry = (-xxhash.xxh3_64_intdigest(key.encode()), key, text)
                    chosen, most = (cut, _EXPLAINED // 4) if key in cut_from else (others, _EXPLAINED - _EXPLAINED // 4)
                    (heapq.heappush if len(chosen) < most else heapq.heappushpop)(chosen, entry)
    return [(key, text) for _, key, text in sorted([*cut, *others], reverse=True)]


def _telling(told: list[tuple[str, Explanation]]) -> Iterator[tuple[str, Explanation]]:
    """The documents, each time the one that shows the most rules not yet shown, until none shows another."""
    left, shown = list(told), set[str]()
    while left:
        best = max(left, key=lambda one: len({change.rule for change in one[1].changes} - shown))
        fresh = {change.rule for change in best[1].changes} - shown
        if not fresh:
            return
        shown |= fresh
        left.remove(best)
        yield best
