"""Several runs side by side: what each kept, what each rule and filter took in each, how the measures lie."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from arclean.dataset.card import ranked
from arclean.reports.page import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from arclean.reports.facts import Facts


def comparison(runs: Sequence[Facts]) -> str:
    """The HTML of the page of several runs; differences are those of the last to the first.

    Args:
        runs: two or more.
    """
    measures = [name for name in runs[0].histograms if all(name in run.histograms for run in runs)]
    return (
        environment()
        .get_template("compare.html.jinja")
        .render(
            runs=runs,
            reasons=_matrix(runs, lambda run: run.tally.reasons),
            rules=_matrix(runs, lambda run: run.tally.rules),
            measures=measures,
            differences=list(_differences(runs)),
        )
    )


def _matrix(runs: Sequence[Facts], counts: Callable[[Facts], Mapping[str, int]]) -> list[tuple[str, list[int], int]]:
    """Name, count in each run, and what the last has more than the first; the largest differences first."""
    names = dict.fromkeys(name for run in runs for name in counts(run))
    rows = {name: [counts(run).get(name, 0) for run in runs] for name in names}
    order = ranked({name: abs(row[-1] - row[0]) for name, row in rows.items()})
    return [(name, rows[name], rows[name][-1] - rows[name][0]) for name, _ in order]


def _differences(runs: Sequence[Facts]) -> Iterable[str]:
    """The definitions of the first and the last pipeline as a diff."""
    old, new = (json.dumps(run.made["pipeline"]["definition"], ensure_ascii=False, indent=1).split("\n") for run in (runs[0], runs[-1]))
    return difflib.unified_diff(old, new, runs[0].name, runs[-1].name, lineterm="", n=2)
