"""Rules for SentencePiece: one line for each string that becomes another, both in hexadecimal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arclean.orthography import emoji_strings
from arclean.orthography.table import compose
from arclean.rule import CharacterRule, CharRule, ContextRule

_RETURNS, _ALIASES = "join_carriage_returns", "alias_emoji"


def can_say(rules: Sequence[CharacterRule], rule: CharacterRule) -> bool:
    """Whether a rule can be said as strings that become others.

    A table can. Carriage returns can, if no table has them. Aliases of emoji can, if no table before them deletes, or touches what emoji
    are made of: strings are looked for once, in the text as it is given.
    """
    if isinstance(rule, CharRule):
        return True
    if not isinstance(rule, ContextRule):
        return False
    if rule.operation == _ALIASES:
        parts = {char for string in emoji_strings.strings() for char in string}
        before = [other.table for other in rules[: rules.index(rule)] if isinstance(other, CharRule)]
        return all(text and parts.isdisjoint(char + text) for table in before for char, text in table.items())
    tables = [other.table for other in rules if isinstance(other, CharRule)]
    touched = any("\r" in text for table in tables for item in table.items() for text in item)
    return rule.operation == _RETURNS and not touched


def strings(rules: Sequence[CharacterRule]) -> dict[str, str]:
    r"""What becomes what, all rules applied in order.

    U+0000 is not among the keys: SentencePiece ends a string there.

    >>> strings([CharRule("a", "x", {"a": "b", "\0": ""}, fixes=(("a", "b"),), leaves=("b",))])
    {'a': 'b'}
    """
    becomes = _table(rules)
    for i, rule in enumerate(rules):
        if isinstance(rule, ContextRule) and rule.operation == _RETURNS:
            line_end = becomes.get("\n", "\n")
            becomes |= {"\r\n": line_end, "\r": line_end}
        elif isinstance(rule, ContextRule):
            after = {ord(char): text for char, text in _table(rules[i:]).items()}
            becomes |= {string: name.translate(after) for string, name in emoji_strings.aliases().items()}
    return becomes


def _table(rules: Sequence[CharacterRule]) -> dict[str, str]:
    return {char: text for char, (text, _) in compose([rule for rule in rules if isinstance(rule, CharRule)]).items() if char != "\0"}


def written(rules: Sequence[CharacterRule]) -> str:
    """The text of the file."""
    return lines(strings(rules))


def lines(becomes: Mapping[str, str]) -> str:
    r"""What becomes what, a line each.

    >>> lines({"b": "cd", "a": ""})
    '0061\t\n0062\t0063 0064\n'
    """
    return "".join(f"{_codes(key)}\t{_codes(value)}\n" for key, value in sorted(becomes.items()))


def _codes(text: str) -> str:
    return " ".join(f"{ord(char):04X}" for char in text)
