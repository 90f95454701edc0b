"""What each pass over characters may touch, so that what it did can be told afterwards; see `arclean.alignment.touch`.

A new pass needs an entry here, or it is not aligned and a test says so. Read off the pass which characters it may delete, replace or
write, and name them all; `how` is ``cuts`` for one that deletes or inserts, ``letters`` for one that writes letters anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from arclean.alignment.touch import CODES, Touch, everything_but
from arclean.orthography import digits
from arclean.rules import normal_forms, parity

_NOT_ASCII: Final = ((0x80, CODES - 1),)
_SIGNS: Final = "".join(sign + plain for sign, plain, _ in (*digits.SEPARATORS, *digits.COMMA))


def _form_kc() -> Touch:
    known = [line.split() for line in normal_forms.DECOMPOSITIONS.strip().split("\n")]
    marks = tuple((first, last) for first, last, _ in normal_forms.CLASSES)
    is_mark = {code for first, last in marks for code in range(first, last + 1)}
    becomes = {chr(int(code, 16)): max(1, sum(int(one, 16) not in is_mark for one in plain)) for code, *plain in known}
    becomes |= {char: len(text) for char, text in parity.CAMEL_SIGNS.items()}
    return Touch(everything_but("\n"), "letters", marks, {char: count for char, count in becomes.items() if count != 1})


TOUCHES: Final[Mapping[str, Callable[[], Touch]]] = MappingProxyType(
    {
        "arabert_alphabet": lambda: Touch(everything_but(""), "whole"),
        "arabert_mentions": lambda: Touch(everything_but("\n"), "whole"),
        "arabert_repeats": lambda: Touch(everything_but("\n"), "whole"),
        "arabert_tweet_alphabet": lambda: Touch(everything_but(""), "whole"),
        "arabert_unescape": lambda: Touch(everything_but(""), "whole"),
        "camel_unicode": _form_kc,
        "join_carriage_returns": lambda: Touch("\r\n"),
        "repair_cp1256_as_cp1252": lambda: Touch(_NOT_ASCII, "whole"),
        "repair_utf8_as_cp1252": lambda: Touch(_NOT_ASCII, "whole"),
        "repair_utf8_as_cp1256": lambda: Touch(_NOT_ASCII, "whole"),
        "strip_tatweel": lambda: Touch("\N{ARABIC TATWEEL}"),
        "tidy_spaces": lambda: Touch(" \t\n"),
        "turn_visual_order": lambda: Touch(everything_but("\n"), "whole"),
        "western_comma": lambda: Touch(_SIGNS, "letters"),
        "western_separators": lambda: Touch(_SIGNS, "letters"),
    }
)
"""By the name of the pass, as in `arclean.orthography.context.OPERATIONS`."""


@lru_cache(maxsize=64)
def touch_of(operation: str) -> Touch | None:
    """What a pass may touch, or None if nobody has said."""
    return TOUCHES[operation]() if operation in TOUCHES else None
