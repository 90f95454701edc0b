"""Characters: a cleaner that applies character rules in order, context-free ones fused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from arclean import columns
from arclean.errors import RuleError
from arclean.orthography import kernels
from arclean.orthography.context import Flags, demand_operation
from arclean.orthography.patchwork import Patchwork, Rows
from arclean.orthography.schedule import Pass, Schedule, schedules
from arclean.orthography.survey import Needs
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule
from arclean.steps import Edit

_NONE, _ONE = np.uint64(0), np.uint64(1)
_FIRST: Final = np.zeros(1, np.int64)
_FIRST.flags.writeable = False
Watch = Callable[[Pass, Rows, columns.Strings, columns.Strings], None]
"""Is told of a pass, the numbers of the rows that it was given, and what they were before and after it."""


@dataclass(frozen=True)
class Characters:
    """Rewrite characters by rules, in the order given.

    Neighbouring `CharRule`s are one table and one pass; a `ContextRule` or a `PatternRule` runs only on the rows that hold its characters.
    A column in which nothing is to change comes back as the same object.

    Attributes:
        rules: `CharRule`, `ContextRule` and `PatternRule`, in order.

    Raises:
        UnknownName: a context rule names an operation, or an option of it, that does not exist.
        RuleError: such an option is not a width; a rule is of another kind.

    >>> from arclean.rules.letters import STRIP_TATWEEL
    >>> Characters((STRIP_TATWEEL,)).text(pa.array(["جمـــيل", None])).to_pylist()
    ['جميل', None]
    """

    rules: tuple[CharacterRule, ...]

    def __post_init__(self) -> None:
        for rule in self.rules:
            if isinstance(rule, ContextRule):
                demand_operation(rule)
            elif not isinstance(rule, (CharRule, PatternRule)):
                raise RuleError(f"step 'characters': {rule.name!r} is no character rule; name it in the step `lines` or `entities`")

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, rewritten."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column rewritten, with the number of characters or places that each rule changed."""
        return self.watched(texts)

    def watched(self, texts: pa.Array, watch: Watch | None = None) -> Edit:
        """The same, and somebody told of what each pass does."""
        hits: Counter[str] = Counter()
        for some in schedules(self.rules):
            done = _through(some, texts, watch)
            texts = done.texts
            hits.update(done.hits)
        return Edit(texts, dict(hits))


def _through(some: Schedule, texts: pa.Array, watch: Watch | None) -> Edit:
    """The column through some passes, each on the rows in which it may have anything to do."""
    strings = columns.view(texts)
    needs = some.look.needs(strings)
    left = _together(needs)
    hits: Counter[str] = Counter()
    patch: Patchwork | None = None
    room = np.empty(len(needs) + 1, np.int64)
    while left:
        bit = (left & -left).bit_length() - 1  # a pass that is done brings work for later ones alone
        left, one = left & (left - 1), some.passes[bit]
        if one is some.passes[-1] and one.closing is not None and watch is None and len(needs) > 1:
            return _closed(one, texts, patch or Patchwork(strings), (needs >> np.uint64(bit)) & _ONE != _NONE, hits)
        rows = _FIRST if len(needs) == 1 else room[: kernels.rows_in_need(needs, np.uint64(bit), room)].copy()
        patch = patch or Patchwork(strings)
        done = one.work(_own(patch, rows))
        if done is None:
            continue
        if watch is not None:
            watch(one, rows, _own(patch, rows), done.strings)
        for name, count in done.hits.items():
            hits[name] += count
        rows = rows[done.changed]
        patch.put(rows, done.strings, done.changed)
        if one.look is not None:
            more = one.look.needs(done.strings, done.changed)
            needs[rows] |= more
            left |= _together(more)
    if patch is None or not patch.changed:
        return Edit(texts, hits)
    return Edit(columns.build(*patch.whole(), strings), hits)


def _closed(last: Pass, texts: pa.Array, patch: Patchwork, rows: Flags, hits: Counter[str]) -> Edit:
    """The last pass done while the column is put together; before that, on copies, where another pass moved the rows that want it."""
    assert last.closing is not None
    moved = patch.moved()
    elsewhere = np.flatnonzero(rows & moved)
    if len(elsewhere) and (done := last.work(_own(patch, elsewhere))) is not None:
        hits.update(done.hits)
        patch.put(elsewhere[done.changed], done.strings, done.changed)
    bounds, data, count = last.closing(columns.view(texts), rows & ~moved, patch.places())
    if count:
        hits[last.rules[0].name] += count
    return Edit(columns.build(bounds, data, columns.view(texts)) if count or patch.changed else texts, hits)


def _own(patch: Patchwork, rows: Rows) -> columns.Strings:
    """A copy of some rows, of which what works on it may do as it likes."""
    return columns.Strings(*patch.take(rows), columns.LARGE)


def _together(needs: Needs) -> int:
    return int(needs[0]) if len(needs) == 1 else int(np.bitwise_or.reduce(needs, initial=_NONE))
