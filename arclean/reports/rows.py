"""Rules as the page and the card list them: what each did in a dataset, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arclean.catalogue import entries, visible
from arclean.dataset.card import ranked
from arclean.reports.diffs import Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclean.catalogue import Entry
    from arclean.pipeline import Pipeline
    from arclean.reports.facts import Facts
    from arclean.reports.looks import Looks

_LONGEST: Final = 400
"""Characters shown of an example line."""


@dataclass(frozen=True)
class Row:
    """A rule as the page lists it.

    Attributes:
        name, why, kind: of the rule; `kind` is the category of a line rule, the harm of another.
        count: lines that it cut, or places that it changed.
        words: in the lines that it cut.
        examples: what it did, each with how often it was met; 0 says that the example is the rule's own.
    """

    name: str
    why: str
    kind: str
    count: int
    words: int
    examples: tuple[tuple[list[Stretch], int], ...]


def line_rows(found: Facts, pipe: Pipeline | None) -> list[Row]:
    """The rules that cut lines, those that cut the most first; from the tally alone where the lines were not written.

    Args:
        found: the dataset.
        pipe: its pipeline, whose rules tell their reasons; None if it is not known here.
    """
    return list(_line_rows(found, _known(pipe)))


def _known(pipe: Pipeline | None) -> dict[str, Entry]:
    return {entry.name: entry for entry in entries(pipe)} if pipe else {}


def _line_rows(found: Facts, known: dict[str, Entry]) -> Iterator[Row]:
    from_tally = {name: count for name, count in found.tally.rules.items() if name in known and known[name].kind == "line"}
    for name, count in ranked({name: cut.lines for name, cut in found.cuts.items()} or from_tally):
        cut, entry = found.cuts.get(name), known.get(name)
        shown = tuple(([("gone", shortened(text))], times) for text, times in cut.sample.texts()) if cut else ()
        kind = cut.category if cut else entry.category if entry else ""
        yield Row(name, entry.why if entry else "", kind, count, cut.words if cut else 0, shown)


def character_rows(found: Facts, pipe: Pipeline | None, look: Looks | None = None) -> list[Row]:
    """The rules that rewrote text, those that acted most often first, with lines of `look`, else with an example of their own."""
    return list(_character_rows(found, _known(pipe), look))


def _character_rows(found: Facts, known: dict[str, Entry], look: Looks | None) -> Iterator[Row]:
    for name, count in ranked(found.tally.rules):
        entry = known.get(name)
        if name in found.cuts or (entry and entry.kind == "line"):
            continue
        seen = look.changes.get(name, []) if look else []
        shown = [(stretches("\n".join(one.before), "\n".join(one.after)), 1) for one in seen]
        if not shown and entry:
            shown = [(stretches(*entry.changes[0]), 0)]
        yield Row(name, entry.why if entry else "", entry.category if entry else "", count, 0, tuple(shown))


def shortened(text: str) -> str:
    """The beginning of a line, with unseen characters written out."""
    return visible(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
