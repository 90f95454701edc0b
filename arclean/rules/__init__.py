"""Knowledge: rules as tables. Files here hold no logic; this one lists them, so that a rule is found by its name.

>>> get("strip_tatweel").why.split(";")[0]
'Kashida only stretches a word on a line'
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from arclean.errors import unknown
from arclean.rule import CharacterRule, Rule
from arclean.rules import (
    arabert,
    digits,
    eastern,
    elements,
    emphasis,
    encoding,
    endings,
    entities,
    folding,
    inline,
    invisible,
    keys,
    letters,
    lines,
    lookalikes,
    marks,
    markup,
    parity,
    punctuation,
    scripture,
    skeleton,
    tashkeel,
    variants,
    width,
)

CHARACTERS: Final[dict[str, tuple[CharacterRule, ...]]] = {
    "encoding": encoding.RULES,
    "markup": markup.RULES,
    "invisible": invisible.RULES,
    "letters": letters.RULES,
    "width": width.RULES,
    "marks": marks.RULES,
    "lookalikes": lookalikes.RULES,
    "emphasis": emphasis.RULES,
    "punctuation": punctuation.RULES,
    "digits": digits.RULES,
    "eastern": eastern.RULES,
    "folding": folding.RULES,
    "endings": endings.RULES,
    "variants": variants.RULES,
    "tashkeel": tashkeel.RULES,
    "scripture": scripture.RULES,
    "keys": keys.RULES,
    "parity": parity.RULES,
    "inline": inline.RULES,
    "arabert": arabert.RULES,
}
"""Families of character rules; those from `emphasis` on lose information, `parity` and `arabert` are for reproducing others alone."""

SKELETON: Final = skeleton.RULES
"""How the skeleton of a line is made; see `arclean.rule.LineRule`."""

FAMILIES: Final[dict[str, tuple[Rule, ...]]] = {"elements": elements.RULES, **CHARACTERS, "entities": entities.RULES, **lines.FAMILIES}
"""Every family of rules that a pipeline may name, in order."""
ALL_LINES: Final = "all_lines"
"""A name for every line rule."""


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Rule]:
    """Every rule that a pipeline may name, by name, in order of families."""
    return {rule.name: rule for family in FAMILIES.values() for rule in family}


def get(name: str, where: str = "") -> Rule:
    """The rule of this name.

    Raises:
        UnknownName: there is none; the message has the nearest.
    """
    rules = catalogue()
    if name not in rules:
        raise unknown("rule", name, rules, where)
    return rules[name]


def resolve(name: str, where: str = "") -> tuple[Rule, ...]:
    """The rules that a name stands for: itself, or all of a family.

    Raises:
        UnknownName: neither a rule nor a family has it.
    """
    if name in FAMILIES:
        return FAMILIES[name]
    if name == ALL_LINES:
        return tuple(rule for family in lines.FAMILIES.values() for rule in family)
    rules = catalogue()
    if name not in rules:
        raise unknown("rule or family of rules", name, [*rules, *FAMILIES, ALL_LINES], where)
    return (rules[name],)
