"""Characters: a cleaner that applies character rules in order, context-free ones fused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.orthography.beginnings import beginnings
from arclean.orthography.context import OPERATIONS, demand_operation
from arclean.orthography.table import fuse
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule
from arclean.steps import Edit

Pass = Callable[[pa.Array], Edit]


@dataclass(frozen=True)
class Characters:
    """Rewrite characters by rules, in the order given.

    Neighbouring `CharRule`s are one table and one pass; a `ContextRule` or a `PatternRule` runs only on the rows that hold its characters.
    A column in which nothing is to change comes back as the same object.

    Attributes:
        rules: `CharRule`, `ContextRule` and `PatternRule`, in order.

    Raises:
        UnknownName: a context rule names an operation, or an option of it, that does not exist.
        RuleError: such an option is not a width.

    >>> from arclean.rules.letters import STRIP_TATWEEL
    >>> Characters((STRIP_TATWEEL,)).text(pa.array(["جمـــيل", None])).to_pylist()
    ['جميل', None]
    """

    rules: tuple[CharacterRule, ...]

    def __post_init__(self) -> None:
        for rule in self.rules:
            if isinstance(rule, ContextRule):
                demand_operation(rule)

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, rewritten."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column rewritten, with the number of characters or places that each rule changed."""
        hits: dict[str, int] = {}
        for work in _passes(self.rules):
            done = work(texts)
            texts = done.texts
            for name, count in done.hits.items():
                hits[name] = hits.get(name, 0) + count
        return Edit(texts, hits)


@lru_cache(maxsize=64)
def _passes(rules: tuple[CharacterRule, ...]) -> tuple[Pass, ...]:
    passes: list[Pass] = []
    for fusible, group in groupby(rules, key=lambda rule: isinstance(rule, CharRule)):
        if fusible:
            passes.append(_table_pass([rule for rule in group if isinstance(rule, CharRule)]))
        else:
            passes += [_context_pass(rule) if isinstance(rule, ContextRule) else _pattern_pass(rule) for rule in group]  # type: ignore[arg-type]
    return tuple(passes)


def _table_pass(rules: Sequence[CharRule]) -> Pass:
    table = fuse(tuple(rules))

    def work(texts: pa.Array) -> Edit:
        done = table.rewrite(columns.view(texts))
        return Edit(texts) if done is None else Edit(done[0], table.hits_by_rule(done[1], rules))

    return work


def _context_pass(rule: ContextRule) -> Pass:
    operation = OPERATIONS[rule.operation]

    def work(texts: pa.Array) -> Edit:
        done = operation(columns.view(texts), rule)
        return Edit(texts) if done is None else Edit(done[0], {rule.name: done[1]})

    return work


def _pattern_pass(rule: PatternRule) -> Pass:
    needed = beginnings(rule.needs)

    def work(texts: pa.Array) -> Edit:
        chosen = needed.rows(columns.view(texts))
        if chosen is None:
            return Edit(texts)
        mask = pa.array(chosen)
        some = texts.filter(mask)
        matches = pc.sum(pc.count_substring_regex(some, rule.pattern)).as_py()
        if not matches:
            return Edit(texts)
        after = pc.replace_substring_regex(some, rule.pattern, rule.becomes)
        return Edit(pc.replace_with_mask(texts, mask, after), {rule.name: matches})

    return work
