"""The passes that character rules come to, in order, and what each may leave to do for those after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from arclean import columns
from arclean.alignment.touch import Touch
from arclean.orthography import kernels
from arclean.orthography.context import CLOSING, IN_PLACE, OPERATIONS, WANTS, Flags, Places
from arclean.orthography.passes.codes import InPlace
from arclean.orthography.survey import EVERYTHING, MOST, NOTHING, Survey, Wants, survey, wants
from arclean.orthography.table import fuse
from arclean.orthography.touches import touch_of
from arclean.rule import CharacterRule, CharRule, ContextRule, PatternRule, once_compiled

_SPACES: Final = frozenset(" \t\n")
_VOWELS: Final = frozenset(map(chr, (*range(0x64B, 0x653), 0x670)))


@dataclass(frozen=True)
class Done:
    """What became of some rows.

    Attributes:
        strings: the rows.
        changed: bool, shape (rows,): which of them are not what they were.
        hits: how often each rule acted.
    """

    strings: columns.Strings
    changed: npt.NDArray[np.bool_]
    hits: Mapping[str, int]


Work = Callable[[columns.Strings], Done | None]
"""Does rows that are its own, their bytes too; None if it changed nothing."""
Rewriting = Callable[[columns.Strings], tuple[columns.Written, Mapping[str, int]] | None]
"""Writes rows anew, with how often each rule acted; None if it did not."""
Closing = Callable[[columns.Strings, Flags, Places], tuple[columns.Bounds, columns.Bytes, int]]
"""Puts all rows of a column together from where they lie, those chosen, which lie in it, rewritten; with how often the rule acted."""
Brings = Callable[[Wants], Wants]
"""What of that which another pass wants may be in a row afterwards that was not there before."""


@dataclass(frozen=True)
class Pass:
    """A piece of work on the rows that want it.

    Attributes:
        wants: which those are.
        work: what is done.
        brings: what it may bring.
        rules: what it does: one, or several that are one table.
        look: tells of rows that changed which passes after this one may have work in them only now; None if none can.
        closing: does its work while the column is put together, if it is the last of its schedule.
    """

    wants: Wants
    work: Work
    brings: Brings
    rules: tuple[CharacterRule, ...]
    look: Survey | None = None
    closing: Closing | None = None


@dataclass(frozen=True)
class Schedule:
    """Up to 64 passes, and the look that tells what rows they want."""

    passes: tuple[Pass, ...]
    look: Survey


@once_compiled
def schedules(rules: tuple[CharacterRule, ...]) -> tuple[Schedule, ...]:
    """The passes of these rules; neighbouring `CharRule`s are one."""
    passes: list[Pass] = []
    for fusible, group in groupby(rules, key=lambda rule: isinstance(rule, CharRule)):
        if fusible:
            passes.append(_table_pass([rule for rule in group if isinstance(rule, CharRule)]))
        else:
            passes += [one for rule in group for one in _passes_of(rule)]
    return tuple(_schedule(passes[i : i + MOST]) for i in range(0, len(passes), MOST))


def _schedule(passes: Sequence[Pass]) -> Schedule:
    asked = [one.wants for one in passes]
    looks = [_look([NOTHING] * (i + 1) + [one.brings(other) for other in asked[i + 1 :]]) for i, one in enumerate(passes)]
    return Schedule(tuple(replace(one, look=look) for one, look in zip(passes, looks, strict=True)), survey(tuple(asked)))


def _look(asked: Sequence[Wants]) -> Survey | None:
    return None if all(one == NOTHING for one in asked) else survey(tuple(asked))


def bringing(characters: Callable[[frozenset[str]], frozenset[str]], cuts: bool) -> Brings:
    r"""What a pass brings that may write some of any characters and, if it cuts, has those meet that stood around what it deletes.

    >>> brings = bringing(frozenset("ab").intersection, cuts=False)
    >>> sorted(brings(wants("bc")).characters), brings(Wants(untidy=True)) == NOTHING
    (['b'], True)
    """
    untidy, unordered = cuts or bool(characters(_SPACES)), cuts or bool(characters(_VOWELS))
    return lambda asked: Wants(characters(asked.characters), untidy and asked.untidy, unordered and asked.unordered, asked.anything)


def _anything(asked: Wants) -> Wants:
    return asked


def _rewriting(operation: Rewriting) -> Work:
    """Work that writes the rows anew."""

    def work(strings: columns.Strings) -> Done | None:
        strings.data.flags.writeable = False  # as `columns.view` has it: one compilation of each kernel
        made = operation(strings)
        if made is None:
            return None
        after, changed = columns.seen(made[0]), np.empty(len(strings), np.bool_)
        kernels.differing(strings.bounds, strings.data, after.bounds, after.data, changed)
        return Done(after, changed, made[1])

    return work


def _changing(in_place: InPlace, name: str) -> Work:
    """Work that changes bytes of the rows where they are; its hits are the rows."""

    def work(strings: columns.Strings) -> Done | None:
        changed = np.empty(len(strings), np.bool_)
        hits = int(in_place(strings.bounds, strings.data, changed))
        strings.data.flags.writeable = False
        return Done(strings, changed, {name: hits}) if hits else None

    return work


def _table_pass(rules: Sequence[CharRule]) -> Pass:
    table = fuse(tuple(rules))

    def work(strings: columns.Strings) -> tuple[columns.Written, Mapping[str, int]] | None:
        done = table.rewrite(strings)
        return None if done is None else (done[0], table.hits_by_rule(done[1], rules))

    writes, cuts = frozenset(bytes(table.pool).decode()), bool((table.size[1:] == 0).any())
    return Pass(table.wants, _rewriting(work), bringing(writes.intersection, cuts), tuple(rules))


def _passes_of(rule: CharacterRule) -> list[Pass]:
    if isinstance(rule, PatternRule):
        return [_pattern_pass(rule)]
    assert isinstance(rule, ContextRule)
    touch, passes = touch_of(rule.operation), []
    brings = bringing(touch.touching, cuts=touch.how != "letters") if isinstance(touch, Touch) else _anything
    if rule.operation in OPERATIONS:
        closing = _closing(rule) if rule.operation in CLOSING else None
        passes.append(Pass(WANTS.get(rule.operation, EVERYTHING), _rewriting(_operation(rule)), brings, (rule,), closing=closing))
    if rule.operation in IN_PLACE:
        asked, in_place = IN_PLACE[rule.operation]
        passes.append(Pass(asked, _changing(in_place, rule.name), brings, (rule,)))
    return passes


def _operation(rule: ContextRule) -> Rewriting:
    def work(strings: columns.Strings) -> tuple[columns.Written, Mapping[str, int]] | None:
        done = OPERATIONS[rule.operation](strings, rule)
        return None if done is None else (done[0], {rule.name: done[1]})

    return work


def _closing(rule: ContextRule) -> Closing:
    return lambda strings, chosen, places: CLOSING[rule.operation](strings, chosen, places, rule)


def _pattern_pass(rule: PatternRule) -> Pass:
    def work(strings: columns.Strings) -> tuple[columns.Written, Mapping[str, int]] | None:
        texts = columns.build(strings.bounds, strings.data, strings)
        matches = pc.sum(pc.count_substring_regex(texts, rule.pattern)).as_py()
        return (pc.replace_substring_regex(texts, rule.pattern, rule.becomes), {rule.name: matches}) if matches else None

    return Pass(wants(rule.needs), _rewriting(work), _anything, (rule,))
