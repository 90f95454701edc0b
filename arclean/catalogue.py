"""The catalogue: what every rule is, for the command `rules`, for docs/rules.md, and for programs."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from arclean.check import examples
from arclean.codec import RULE_KINDS
from arclean.errors import unknown
from arclean.rule import ElementRule, LineRule, Rule
from arclean.rules import FAMILIES

if TYPE_CHECKING:
    from arclean.pipeline import Pipeline

OWN: Final = "own"
"""The family of rules that a pipeline has and the catalogue has not."""

_PLAIN: Final = frozenset(" \n")
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cn", "Zl", "Zp", "Zs"))


@dataclass(frozen=True)
class Entry:
    """A rule as the catalogue shows it.

    Attributes:
        name, why: as the rule has them.
        family: the family that holds it; ``own`` for a rule of the user's.
        kind: ``char``, ``context``, ``element``, ``entity``, ``line`` or ``pattern``.
        category: what a dropped line was, ``text`` for a rule that says where the text is; of other rules the harm: ``safe``, ``visual``,
            ``lossy``.
        changes: texts before and after; a line that goes entirely leaves an empty text.
        leaves: near-misses.
    """

    name: str
    family: str
    kind: str
    category: str
    why: str
    changes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """The rule with its first example, for a terminal; right-to-left text isolated."""
        isolated = (f"    {line[0]} \N{FIRST STRONG ISOLATE}{line[2:]}\N{POP DIRECTIONAL ISOLATE}" for line in diff(*self.changes[0]))
        return "\n".join((f"{self.name}  [{self.category}]  {self.family}", f"    {self.why}", *isolated))


def entries(pipeline: Pipeline | None = None, family: str | None = None) -> list[Entry]:
    """The rules of the catalogue in order of families, or those of a pipeline in order of its parts.

    Args:
        pipeline: whose rules; None for the whole catalogue.
        family: this family alone.

    Raises:
        UnknownName: there is no such family; the message has the nearest.

    >>> entries(family="letters")[0].name
    'strip_tatweel'
    """
    if family is not None and family not in FAMILIES and family != OWN:
        raise unknown("family of rules", family, [*FAMILIES, OWN])
    family_of = {rule: name for name, rules in FAMILIES.items() for rule in rules}
    rules = family_of if pipeline is None else _rules_of(pipeline)
    every = [_entry(rule, family_of.get(rule, OWN)) for rule in rules]
    return [entry for entry in every if family in (None, entry.family)]


def _rules_of(pipeline: Pipeline) -> list[Rule]:
    return [rule for part in pipeline.parts for rule in getattr(part, "rules", ())]


def _entry(rule: Rule, family: str) -> Entry:
    kind = next(name for name, known in RULE_KINDS.items() if isinstance(rule, known))
    category = (rule.category or "text") if isinstance(rule, LineRule | ElementRule) else rule.harm
    return Entry(rule.name, family, kind, category, rule.why, examples(rule), rule.leaves)


def diff(before: str, after: str) -> Iterator[str]:
    r"""The lines of a text, ``- `` in front of those that go, ``+ `` of those that come, two spaces of those that stay.

    >>> list(diff("a\nb", "a"))
    ['  a', '- b']
    """
    new = after.split("\n") if after else []
    for line in difflib.ndiff(before.split("\n"), new):
        if line[0] != "?":
            yield line[:2] + visible(line[2:])


def visible(text: str) -> str:
    r"""A text whose unseen characters are written out.

    >>> visible("a\u200eb c\N{NO-BREAK SPACE}d")
    'a<U+200E>b c<U+00A0>d'
    """
    return "".join(f"<U+{ord(c):04X}>" if c not in _PLAIN and unicodedata.category(c) in _UNSEEN else c for c in text)
