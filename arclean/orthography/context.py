"""Changes to characters that depend on what stands around them: one compiled pass each, run only on the rows that may need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.errors import RuleError, unknown
from arclean.orthography import arabert, digits, encoding, kernels, normal_form
from arclean.orthography.passes import composition, eastern, emoji, finals, invisibles, lookalikes, marks, markup, repeats, scripture
from arclean.orthography.passes.codes import InPlace
from arclean.orthography.survey import Wants, wants
from arclean.orthography.table import CODES
from arclean.rule import ContextRule
from arclean.rules import classes

Changed = tuple[columns.Written, int]
"""The new column, and how often the pass acted."""
Operation = Callable[[columns.Strings, ContextRule], Changed | None]
Flags = npt.NDArray[np.bool_]
Places = tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]
"""Where rows lie in memory, and their sizes in bytes."""
Closing = Callable[[columns.Strings, Flags, Places, ContextRule], tuple[columns.Bounds, columns.Bytes, int]]
"""Puts all rows of a column together, those chosen rewritten; see `tidy_whole`."""
_NOWHERE: Final = np.empty(0, np.uint64)


@lru_cache(maxsize=1)
def letters_and_marks() -> npt.NDArray[np.uint8]:
    """uint8, shape (0x110000,): 1 for what words are made of, 2 for a mark that is written over or under a letter, else 0.

    Words are made of Arabic letters, tatweel, and the non-joiner, at which a word does not end.
    """
    kinds = np.zeros(CODES, np.uint8)
    kinds[ord("\N{ZERO WIDTH NON-JOINER}")] = 1
    for first, last in classes.LETTERS:
        kinds[first : last + 1] = 1
    for first, last in classes.MARKS:
        kinds[first : last + 1] = 2
    return kinds


def join_carriage_returns(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    """Line feeds for carriage returns, alone or before a line feed."""
    bounds, out = _room(strings)
    size, changed = kernels.join_carriage_returns(strings.bounds, strings.data, bounds, out)
    return (columns.held(bounds, out[:size], strings), int(changed)) if changed else None


def strip_tatweel(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    """Delete tatweel, but where it carries something; see `kernels.strip_tatweel`."""
    bounds, out = _room(strings)
    size, dropped = kernels.strip_tatweel(strings.bounds, strings.data, letters_and_marks(), bounds, out)
    return _changed(strings, bounds, out, size, dropped)


def tidy_spaces(strings: columns.Strings, rule: ContextRule) -> Changed | None:
    """Put white space in order; see `kernels.tidy_spaces`. Option ``gap``: how many spaces make a gap that stays."""
    bounds, out = _room(strings)
    starts = strings.bounds[:-1].copy()
    size, changed = kernels.tidy_spaces(starts, np.diff(strings.bounds), strings.data, _option(rule, "gap"), _NOWHERE, bounds, out)
    return _changed(strings, bounds, out, size, changed)


def tidy_whole(strings: columns.Strings, chosen: Flags, places: Places, rule: ContextRule) -> tuple[columns.Bounds, columns.Bytes, int]:
    """The same of the chosen rows of a column, while all its rows are put together from where they lie."""
    addresses, sizes = places
    starts = np.where(chosen, strings.bounds[:-1], -1)
    bounds, out = np.empty(len(sizes) + 1, np.int64), columns.room(int(sizes.sum()) + kernels.SPARE)
    size, changed = kernels.tidy_spaces(starts, sizes, strings.data, _option(rule, "gap"), addresses, bounds, out)
    return bounds, out[:size], int(changed)


def western_separators(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    """The signs inside and beside numbers as ASCII; see `digits.SEPARATORS`."""
    return _rewrite_signs(strings, digits.SEPARATORS)


def western_comma(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    """The comma as ASCII, but not between two digits."""
    return _rewrite_signs(strings, digits.COMMA)


def _rewrite_signs(strings: columns.Strings, signs: digits.Signs) -> Changed | None:
    bounds, out = _room(strings)
    becomes, where = digits.tables(signs)
    size, changed = digits.rewrite_signs(strings.bounds, strings.data, becomes, where, bounds, out)
    return _changed(strings, bounds, out, size, changed)


def _room(strings: columns.Strings) -> tuple[columns.Bounds, columns.Bytes]:
    """Bounds, and bytes: as many as the column has, and those that a kernel may write behind them."""
    return np.empty_like(strings.bounds), columns.room(int(strings.bounds[-1] - strings.bounds[0]) + kernels.SPARE)


def _changed(strings: columns.Strings, bounds: columns.Bounds, out: columns.Bytes, size: int, hits: int) -> Changed | None:
    return None if size == strings.bounds[-1] - strings.bounds[0] else (columns.held(bounds, out[:size], strings), int(hits))


OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {
        **normal_form.OPERATIONS,
        **encoding.OPERATIONS,
        **arabert.OPERATIONS,
        **markup.OPERATIONS,
        **invisibles.OPERATIONS,
        **composition.OPERATIONS,
        **marks.OPERATIONS,
        **lookalikes.OPERATIONS,
        **repeats.OPERATIONS,
        **emoji.OPERATIONS,
        **eastern.OPERATIONS,
        **finals.OPERATIONS,
        **scripture.OPERATIONS,
        "join_carriage_returns": join_carriage_returns,
        "strip_tatweel": strip_tatweel,
        "tidy_spaces": tidy_spaces,
        "western_comma": western_comma,
        "western_separators": western_separators,
    }
)
"""The passes that write rows anew, by the name that a `ContextRule` gives."""

WANTS: Final[Mapping[str, Wants]] = MappingProxyType(
    {
        **encoding.WANTS,
        **arabert.WANTS,
        **markup.WANTS,
        **invisibles.WANTS,
        **composition.WANTS,
        **marks.WANTS,
        **lookalikes.WANTS,
        **repeats.WANTS,
        **emoji.WANTS,
        **eastern.WANTS,
        **finals.WANTS,
        **scripture.WANTS,
        "join_carriage_returns": wants("\r"),
        "strip_tatweel": wants("\N{ARABIC TATWEEL}"),
        "tidy_spaces": Wants(untidy=True),
        "western_comma": wants(sign for sign, *_ in digits.COMMA),
        "western_separators": wants(sign for sign, *_ in digits.SEPARATORS),
    }
)
"""In which rows each of them may have anything to do; one that is not here looks for itself."""

IN_PLACE: Final[Mapping[str, tuple[Wants, InPlace]]] = MappingProxyType({**composition.IN_PLACE, **lookalikes.IN_PLACE})
"""The passes that change bytes where they are, and the rows that they want; one that is in `OPERATIONS` too does that first."""

CLOSING: Final[Mapping[str, Closing]] = MappingProxyType({"tidy_spaces": tidy_whole})
"""Passes that, where they come last, put the column together as well: many rows want them, and so are written once and not three times."""

KNOWN: Final = frozenset((*OPERATIONS, *IN_PLACE))
"""What a `ContextRule` may name."""

OPTIONS: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {"tidy_spaces": MappingProxyType({"gap": 4}), "shorten_signs": MappingProxyType({"most": 4})}
)
"""The options of the passes that take any, with what they are if not given. They are widths: 1 or more."""


def demand_operation(rule: ContextRule) -> None:
    """Raise if a rule asks for a pass or an option that does not exist.

    Raises:
        UnknownName: the pass, or an option of it.
        RuleError: an option is not a width.
    """
    owner = f"ContextRule {rule.name!r}"
    if rule.operation not in KNOWN:
        raise unknown("operation", rule.operation, sorted(KNOWN), owner)
    known = OPTIONS.get(rule.operation, {})
    for name, value in rule.options:
        if name not in known:
            raise unknown(f"option of {rule.operation}", name, known, owner)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise RuleError(f"{owner}: option {name!r} is {value!r}; give a whole number, 1 or more")


def _option(rule: ContextRule, name: str) -> int:
    return dict(rule.options).get(name, OPTIONS[rule.operation][name])
