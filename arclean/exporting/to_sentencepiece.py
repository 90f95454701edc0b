"""Rules for SentencePiece: one line for each string that becomes another, both in hexadecimal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from arclean.orthography.table import compose
from arclean.rule import CharacterRule, CharRule, ContextRule

_RETURNS: Final = "join_carriage_returns"


def can_say(rules: Sequence[CharacterRule], rule: CharacterRule) -> bool:
    """Whether a rule can be said as strings that become others: one table, or carriage returns, if no table has them."""
    if isinstance(rule, CharRule):
        return True
    tables = [other.table for other in rules if isinstance(other, CharRule)]
    touched = any("\r" in text for table in tables for item in table.items() for text in item)
    return isinstance(rule, ContextRule) and rule.operation == _RETURNS and not touched


def strings(rules: Sequence[CharacterRule]) -> dict[str, str]:
    r"""What becomes what, all rules applied in order.

    U+0000 is not among the keys: SentencePiece ends a string there.

    >>> strings([CharRule("a", "x", {"a": "b", "\0": ""}, fixes=(("a", "b"),), leaves=("b",))])
    {'a': 'b'}
    """
    becomes = {char: text for char, (text, _) in compose([rule for rule in rules if isinstance(rule, CharRule)]).items() if char != "\0"}
    if any(isinstance(rule, ContextRule) for rule in rules):
        line_end = becomes.get("\n", "\n")
        becomes |= {"\r\n": line_end, "\r": line_end}
    return becomes


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
