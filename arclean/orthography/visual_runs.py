"""How to turn a line: what had been turned with it - numbers, Latin words, brackets, marks - is read off all the lines together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LATIN: Final = "A-Za-z\xc0-\u024f"
_DIGIT: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_MARK: Final = "\u064b-\u065f\u0670"
_RUN: Final = re.compile(
    f"[{_LATIN}][{_LATIN}{_DIGIT}]*(?:[ .,:/@_'&+-]+[{_LATIN}{_DIGIT}]+)*|[{_DIGIT}]+(?:[.,:/\u066b\u066c-][{_DIGIT}]+)*"
)
"""What runs from left to right in Arabic too: Latin words and numbers."""
_NUMBER: Final = re.compile(f"[{_DIGIT}]+(?:[.,\u066b\u066c][{_DIGIT}]+)+|[{_DIGIT}]{{2,}}")
_CLUSTER: Final = re.compile(f"[^{_MARK}]?[{_MARK}]*", re.DOTALL)
_MARK_FIRST: Final = re.compile(f"(?:^|[ ])[{_MARK}]")
_MARK_LAST: Final = re.compile(f"[{_MARK}](?:[ ]|$)")
_PLAIN: Final = {ord(chr(base + value)): str(value) for base in (0x0660, 0x06F0) for value in range(10)} | {0x066B: ".", 0x066C: ","}
_PAIRS: Final = (("(", ")"), ("[", "]"), ("{", "}"), ("\xab", "\xbb"))
_MIRRORED: Final = str.maketrans(dict(_PAIRS) | {closing: opening for opening, closing in _PAIRS})
_YEAR: Final = re.compile("1[0-9]{3}|20[0-9]{2}")
_GROUPED: Final = re.compile("[0-9]{1,2}(?:[.,][0-9]{3})+")


def turner(lines: Sequence[str]) -> Callable[[str], str]:
    """What turns such lines.

    In the order of the eye (UAX #9) numbers and Latin words run as ever, and brackets are mirrored. If brackets and numbers tell that the
    characters were simply reversed, so they are again.

    >>> turner(["(50) ﺮﻌﺳ"])("(50) ﺮﻌﺳ")
    'ﺳﻌﺮ (50)'
    >>> turner([")6091( ﺔﻨﺳ"])(")6091( ﺔﻨﺳ")
    'ﺳﻨﺔ (1906)'
    """
    marks_follow = sum(len(_MARK_LAST.findall(line)) - len(_MARK_FIRST.findall(line)) for line in lines) > 0
    turn = _by_cluster if marks_follow else _by_character
    if _reversed_votes(lines) > 0:
        return turn
    return lambda line: _RUN.sub(lambda run: run[0][::-1], turn(line)).translate(_MIRRORED)


def _by_character(line: str) -> str:
    return line[::-1]


def _by_cluster(line: str) -> str:
    return "".join(reversed(_CLUSTER.findall(line)))


def _reversed_votes(lines: Sequence[str]) -> int:
    """More than 0 if the lines speak for having been reversed character by character, less if for the order of the eye."""
    numbers = sum(_number_vote(number.translate(_PLAIN)) for line in lines for number in _NUMBER.findall(line))
    read = "".join(line[::-1] for line in lines)
    return numbers + sum(_bracket_vote(re.sub(f"[^{re.escape(''.join(pair))}]", "", read), *pair) for pair in _PAIRS)


def _number_vote(number: str) -> int:
    """Numbers end in 0 and hardly begin with 00 or 01; years begin with 1 or 20; thousands are grouped from the right."""
    vote = (number[0] == "0" and number[1].isdigit()) - (number[-1] == "0" and number[-2].isdigit())
    vote += bool(_YEAR.fullmatch(number[::-1])) - bool(_YEAR.fullmatch(number))
    return vote + bool(_GROUPED.fullmatch(number[::-1])) - bool(_GROUPED.fullmatch(number))


def _bracket_vote(brackets: str, opening: str, closing: str) -> int:
    """Brackets read from right to left: reversed characters open before they close, mirrored ones close before they open."""
    return 2 * (brackets.count(opening + closing) - brackets.count(closing + opening))
