"""Characters: a cleaner that applies character rules in order, context-free ones fused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import RuleError
from arclean.orthography import kernels
from arclean.orthography.context import OPERATIONS, WANTS, demand_operation
from arclean.orthography.patchwork import Patchwork
from arclean.orthography.survey import EVERYTHING, MOST, Needs, Survey, Wants, survey, wants
from arclean.orthography.table import fuse
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule, once_compiled
from arclean.steps import Edit


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
        hits: Counter[str] = Counter()
        for some in _passes(self.rules):
            done = _through(some, texts)
            texts = done.texts
            hits.update(done.hits)
        return Edit(texts, dict(hits))


@dataclass(frozen=True)
class _Pass:
    """A piece of work on the rows that want it."""

    wants: Wants
    work: Callable[[pa.Array], Edit]


@dataclass(frozen=True)
class _Passes:
    """Up to 64 of them, and the look that tells what rows they want."""

    passes: tuple[_Pass, ...]
    look: Survey


def _through(some: _Passes, texts: pa.Array) -> Edit:
    """The column through some passes, each on the rows in which it may have anything to do."""
    strings = columns.view(texts)
    needs = some.look.needs(strings)
    left = _together(needs)
    hits: Counter[str] = Counter()
    patch: Patchwork | None = None
    for bit, one in enumerate(some.passes):
        if not left & (1 << bit):
            continue
        rows = np.flatnonzero(needs & np.uint64(1 << bit))
        patch = patch or Patchwork(strings)
        taken = patch.take(rows)
        before = columns.build(*taken)
        done = one.work(before)
        if done.texts is not before:
            after = columns.view(done.texts)
            changed = np.empty(len(rows), np.bool_)
            kernels.differing(*taken, after.bounds, after.data, changed)
            rows = rows[changed]
            patch.put(rows, after, changed)
            if bit + 1 < len(some.passes):
                needs[rows] = some.look.needs(after, changed)
                left = _together(needs)
        hits.update(done.hits)
    if patch is None or not patch.changed:
        return Edit(texts, hits)
    return Edit(columns.build(*patch.whole(), strings), hits)


def _together(needs: Needs) -> int:
    return int(np.bitwise_or.reduce(needs, initial=np.uint64(0)))


@once_compiled
def _passes(rules: tuple[CharacterRule, ...]) -> tuple[_Passes, ...]:
    passes: list[_Pass] = []
    for fusible, group in groupby(rules, key=lambda rule: isinstance(rule, CharRule)):
        if fusible:
            passes.append(_table_pass([rule for rule in group if isinstance(rule, CharRule)]))
        else:
            passes += [_context_pass(rule) if isinstance(rule, ContextRule) else _pattern_pass(rule) for rule in group]  # type: ignore[arg-type]
    groups = [tuple(passes[i : i + MOST]) for i in range(0, len(passes), MOST)]
    return tuple(_Passes(group, survey(tuple(one.wants for one in group))) for group in groups)


def _table_pass(rules: Sequence[CharRule]) -> _Pass:
    table = fuse(tuple(rules))

    def work(texts: pa.Array) -> Edit:
        done = table.rewrite(columns.view(texts))
        return Edit(texts) if done is None else Edit(done[0], table.hits_by_rule(done[1], rules))

    return _Pass(table.wants, work)


def _context_pass(rule: ContextRule) -> _Pass:
    operation = OPERATIONS[rule.operation]

    def work(texts: pa.Array) -> Edit:
        done = operation(columns.view(texts), rule)
        return Edit(texts) if done is None else Edit(done[0], {rule.name: done[1]})

    return _Pass(WANTS.get(rule.operation, EVERYTHING), work)


def _pattern_pass(rule: PatternRule) -> _Pass:
    def work(texts: pa.Array) -> Edit:
        matches = pc.sum(pc.count_substring_regex(texts, rule.pattern)).as_py()
        return Edit(pc.replace_substring_regex(texts, rule.pattern, rule.becomes), {rule.name: matches}) if matches else Edit(texts)

    return _Pass(wants(rule.needs), work)
