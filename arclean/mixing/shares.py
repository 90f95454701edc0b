"""How a budget is shared out: by weight, and what a source has too little of goes to the others."""

from __future__ import annotations

from collections.abc import Mapping


def shares(budget: float, weights: Mapping[str, float], there: Mapping[str, int]) -> dict[str, int]:
    """How much each source gives, in whole units; no source gives more than it has.

    Args:
        budget: of all together.
        weights: of each source; 0 gives nothing.
        there: what each source has.

    >>> shares(100, {"news": 3, "books": 1}, {"news": 1000, "books": 1000})
    {'news': 75, 'books': 25}
    >>> shares(100, {"news": 3, "books": 1}, {"news": 20, "books": 1000})
    {'news': 20, 'books': 80}
    """
    given = dict.fromkeys(there, 0)
    open_ = {source for source in there if weights.get(source, 0) > 0 and there[source] > 0}
    left = budget
    while open_:
        total = sum(weights[source] for source in sorted(open_))
        full = {source for source in open_ if left * weights[source] / total >= there[source]}
        if not full:
            given |= {source: int(left * weights[source] / total) for source in open_}
            break
        given |= {source: there[source] for source in full}
        left -= sum(there[source] for source in full)
        open_ -= full
    return given
