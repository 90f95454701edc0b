"""Digits and the signs inside numbers, as the rest of the world writes them."""

from __future__ import annotations

import string
from typing import Final

from arclean.rule import CharRule, ContextRule

TO_WESTERN_DIGITS: Final = CharRule(
    name="to_western_digits",
    why="Three rows of digits say the same; code, tables and most tokenizers know the Western one.",
    table={
        **dict(zip(map(chr, range(0x660, 0x66A)), string.digits, strict=True)),
        **dict(zip(map(chr, range(0x6F0, 0x6FA)), string.digits, strict=True)),
    },
    fixes=(
        (
            "عام ٢٠٢٤",
            "عام 2024",
        ),
        (
            "ساعت \N{EXTENDED ARABIC-INDIC DIGIT FOUR}",
            "ساعت 4",
        ),
    ),
    leaves=("عام 2024، ½ و²",),
    harm="lossy",
)

WESTERN_PER_MILLE: Final = CharRule(
    name="western_per_mille",
    why="The signs for one in a thousand and one in ten thousand have a Western shape that more fonts and tokenizers know.",
    table={
        "\N{ARABIC-INDIC PER MILLE SIGN}": "\N{PER MILLE SIGN}",
        "\N{ARABIC-INDIC PER TEN THOUSAND SIGN}": "\N{PER TEN THOUSAND SIGN}",
    },
    fixes=(("5\N{ARABIC-INDIC PER MILLE SIGN}", "5\N{PER MILLE SIGN}"),),
    leaves=("5\N{PER MILLE SIGN} 5\N{ARABIC PERCENT SIGN}",),
    harm="lossy",
)

WESTERN_SEPARATORS: Final = ContextRule(
    name="western_separators",
    why="The decimal point, the thousands separator and the percent sign of Arabic belong to its digits and change with them.",
    operation="western_separators",
    fixes=(
        (
            "1\N{ARABIC THOUSANDS SEPARATOR}234\N{ARABIC DECIMAL SEPARATOR}5",
            "1,234.5",
        ),
        (
            "بنسبة ٥٠\N{ARABIC PERCENT SIGN} و\N{ARABIC PERCENT SIGN} ٦٠",
            "بنسبة ٥٠% و% ٦٠",
        ),
        (
            "٧\N{ARABIC DATE SEPARATOR}٩",
            "٧/٩",
        ),
    ),
    leaves=(
        "الفاصلة \N{ARABIC DECIMAL SEPARATOR} والنسبة \N{ARABIC PERCENT SIGN}",
        "٣، ٤",
    ),
    harm="lossy",
)

RULES: Final = (
    TO_WESTERN_DIGITS,
    WESTERN_PER_MILLE,
    WESTERN_SEPARATORS,
)
