"""Digits and signs as Arabic prints them: the way back from `digits` and `punctuation`, each to be named by itself."""

from __future__ import annotations

import string
from typing import Final

from arclean.rule import CharRule, ContextRule

_ARABIC: Final = tuple(map(chr, range(0x660, 0x66A)))
_EXTENDED: Final = tuple(map(chr, range(0x6F0, 0x6FA)))

TO_ARABIC_DIGITS: Final = CharRule(
    name="to_arabic_digits",
    why="Print of the Arab East has its own row of digits; a corpus of one kind of them has one token for each number.",
    table=dict(zip((*string.digits, *_EXTENDED), _ARABIC * 2, strict=True)),
    fixes=(
        (
            "عام 2024",
            "عام ٢٠٢٤",
        ),
    ),
    leaves=("عام ٢٠٢٤، ½ و²",),
    harm="lossy",
)

PLAIN_EXTENDED_DIGITS: Final = CharRule(
    name="plain_extended_digits",
    why="The digits of Persian keyboards have another code, and seven of ten the same shape; Western ones stay.",
    table=dict(zip(_EXTENDED, _ARABIC, strict=True)),
    fixes=(
        (
            "عام \N{EXTENDED ARABIC-INDIC DIGIT ONE}\N{EXTENDED ARABIC-INDIC DIGIT NINE}",
            "عام ١٩",
        ),
    ),
    leaves=("عام ٢٠٢٤ و 2025",),
    harm="lossy",
)

ARABIC_SEPARATORS: Final = ContextRule(
    name="arabic_separators",
    why="A number in Arabic digits has separators of its own; dates, versions and whatever else is no plain number keep their points.",
    operation="arabic_separators",
    fixes=(
        (
            "بلغ ١,٢٣٤.٥ بنسبة ٥٠%.",
            "بلغ ١\N{ARABIC THOUSANDS SEPARATOR}٢٣٤\N{ARABIC DECIMAL SEPARATOR}٥ بنسبة ٥٠\N{ARABIC PERCENT SIGN}.",
        ),
    ),
    leaves=(
        "1,234.5 50%",
        "يوم ١٢.٥.٢٠٢٤",
        "الأرقام ١,٢,٣",
    ),
    harm="lossy",
)

ARABIC_PUNCTUATION: Final = ContextRule(
    name="arabic_punctuation",
    why="A keyboard without Arabic has only the Western comma, semicolon, question mark; behind an Arabic word they mean the Arabic ones.",
    operation="arabic_punctuation",
    fixes=(
        (
            "كيف?? هكذا; نعم, (لا), ثم",
            "كيف؟؟ هكذا؛ نعم، (لا)، ثم",
        ),
    ),
    leaves=(
        "1,234 a, b; c?",
        "أولا، ثم ثانيا.",
    ),
    harm="lossy",
)

DECIMAL_COMMA: Final = ContextRule(
    name="decimal_comma",
    why="Many write the point of a number as a comma; the only one among its digits is taken for that, several are a list.",
    operation="decimal_comma",
    fixes=(
        (
            "طوله ١،٥ متر و2،5 قدم",
            "طوله ١\N{ARABIC DECIMAL SEPARATOR}٥ متر و2.5 قدم",
        ),
    ),
    leaves=(
        "الأعداد ١،٢،٣",
        "عام ٢٠٢٤، ثم ٢٠٢٥",
    ),
    harm="lossy",
)

RULES: Final = (
    TO_ARABIC_DIGITS,
    PLAIN_EXTENDED_DIGITS,
    ARABIC_SEPARATORS,
    ARABIC_PUNCTUATION,
    DECIMAL_COMMA,
)
