"""What went, in short: the reasons of documents, the kinds of lines, the repairs, each with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arclean.dataset.card import ranked
from arclean.reports import words
from arclean.reports.draw import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclean.reports.facts import Facts
    from arclean.reports.rows import Row

MOST: Final = 5
"""Entries of a list; the others are one entry more."""


@dataclass(frozen=True)
class Entry:
    """A line of a list.

    Attributes:
        name: as in the dataset; empty for the others together.
        english, arabic: what it is, in words.
        count: documents, lines or places.
    """

    name: str
    english: str
    arabic: str
    count: int


@dataclass(frozen=True)
class Short:
    """The three lists, most first."""

    reasons: list[Entry]
    kinds: list[Entry]
    repairs: list[Entry]


def short(found: Facts, line_rows: Sequence[Row], character_rows: Sequence[Row]) -> Short:
    """The lists of a dataset."""
    kinds: Counter[str] = Counter()
    for row in line_rows:
        kinds[row.kind] += row.count
    return Short(
        _listed(found.tally.reasons, {name: reason_words(found, name) for name in found.tally.reasons}),
        _listed(kinds, words.KINDS),
        _listed(
            {row.name: row.count for row in character_rows},
            {row.name: words.REPAIRS.get(row.name, (row.why, row.why)) for row in character_rows},
        ),
    )


def _listed(counts: Mapping[str, int], said: Mapping[str, words.Both]) -> list[Entry]:
    first, rest = ranked(counts)[:MOST], ranked(counts)[MOST:]
    entries = [Entry(name, *said.get(name, (name, name)), count) for name, count in first]
    if rest:
        entries.append(Entry("", f"{len(rest)} more", f"{len(rest)} أخرى", sum(count for _, count in rest)))
    return entries


def reason_words(found: Facts, reason: str) -> words.Both:
    """A reason in words, with the bound of the filter where the pipeline tells it.

    Args:
        found: the dataset.
        reason: as in the column ``drop``.
    """
    if reason in words.REASONS:
        return words.REASONS[reason]
    if reason.startswith("language_"):
        return _filled(words.LANGUAGE, (reason, reason), code=reason.removeprefix("language_"))
    measure, _, side = reason.rpartition("_")
    if side not in ("low", "high"):
        return reason, reason
    said = words.MEASURES.get(measure, (measure, measure))
    histogram = found.histograms.get(measure)
    bound = None if histogram is None else histogram.least if side == "low" else histogram.most
    if bound is None:
        return _filled(words.LOW if side == "low" else words.HIGH, said)
    shown = f"{bound:.0%}" if measure.endswith("_share") else amount(bound)
    return _filled(words.UNDER if side == "low" else words.OVER, said, bound=shown)


def _filled(form: words.Both, measure: words.Both, **more: str) -> words.Both:
    return form[0].format(measure=measure[0], **more), form[1].format(measure=measure[1], **more)
