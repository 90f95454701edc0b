"""The skeleton: what stays of a word when the ways of spelling it are taken away. For matching only, never written to a document."""

from __future__ import annotations

import string
from typing import Final

from arclean.rule import CharRule
from arclean.rules.classes import MARKS

_MARKS: Final = tuple(chr(code) for first, last in MARKS for code in range(first, last + 1))
_ARABIC_INDIC: Final = tuple(map(chr, range(0x660, 0x66A)))
_EXTENDED: Final = tuple(map(chr, range(0x6F0, 0x6FA)))

DROP_MARKS: Final = CharRule(
    name="drop_marks",
    why="Vowels are written or not, as the writer likes.",
    table={**dict.fromkeys(_MARKS, ""), "\N{ARABIC TATWEEL}": ""},
    fixes=(
        (
            "شاهِد أيضـــاً",
            "شاهد أيضا",
        ),
    ),
    leaves=("شاهد أيضا",),
    harm="lossy",
)

SEE_THROUGH_JOINERS: Final = CharRule(
    name="see_through_joiners",
    why="A joiner inside of a word does not show, and goes from Arabic documents when their lines have been looked at.",
    table=dict.fromkeys(("\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"), ""),
    fixes=(
        (
            "إرسا\N{ZERO WIDTH NON-JOINER}ل",
            "إرسال",
        ),
    ),
    leaves=("إرسال",),
    harm="lossy",
)

ONE_ALEF: Final = CharRule(
    name="one_alef",
    why="Half of the web leaves the hamza off an alef.",
    table={
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    },
    fixes=(
        (
            "إقرأ أيضا",
            "اقرا ايضا",
        ),
    ),
    leaves=("مؤتمر رئيس",),
    harm="lossy",
)

ONE_YEH: Final = CharRule(
    name="one_yeh",
    why="Egyptian and Persian keyboards swap the forms of yeh.",
    table={
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    },
    fixes=(
        (
            "على",
            "علي",
        ),
    ),
    leaves=("رئيس",),
    harm="lossy",
)

ONE_HEH: Final = CharRule(
    name="one_heh",
    why="A final teh marbuta is often written as heh.",
    table={"\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}"},
    fixes=(
        (
            "محفوظة",
            "محفوظه",
        ),
    ),
    leaves=("بيت",),
    harm="lossy",
)

ONE_KAF: Final = CharRule(
    name="one_kaf",
    why="A Persian keyboard types another kaf.",
    table={"\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}"},
    fixes=(
        (
            "مشار\N{ARABIC LETTER KEHEH}ة",
            "مشاركة",
        ),
    ),
    leaves=("مشاركة",),
    harm="lossy",
)

WESTERN_DIGITS: Final = CharRule(
    name="western_digits",
    why="Two more rows of digits say the same.",
    table={**dict(zip(_ARABIC_INDIC, string.digits, strict=True)), **dict(zip(_EXTENDED, string.digits, strict=True))},
    fixes=(
        (
            "٢٠٢٤",
            "2024",
        ),
    ),
    leaves=("2024",),
    harm="lossy",
)

LOWER_CASE: Final = CharRule(
    name="lower_case",
    why="Buttons shout.",
    table=dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)),
    fixes=(("Source Link", "source link"),),
    leaves=("source link",),
    harm="lossy",
)

RULES: Final = (
    DROP_MARKS,
    SEE_THROUGH_JOINERS,
    ONE_ALEF,
    ONE_YEH,
    ONE_HEH,
    ONE_KAF,
    WESTERN_DIGITS,
    LOWER_CASE,
)

SIGNS: Final = (
    (0x20, 0x21),
    (0x24, 0x27),
    (0x2A, 0x2F),
    (0x3A, 0x3F),
    (0x5C, 0x60),
    (0x7C, 0x7E),
    (0xA6, 0xA8),
    (0xAB, 0xB1),
    (0xB4, 0xB8),
    (0xBB, 0xBB),
    (0xD7, 0xD7),
    (0x60C, 0x60C),
    (0x61B, 0x61B),
    (0x61E, 0x61F),
    (0x66D, 0x66D),
    (0x6D4, 0x6D4),
    (0x2010, 0x2018),
    (0x201A, 0x201B),
    (0x2020, 0x203F),
    (0x2190, 0x2BFF),
    (0x3000, 0x3003),
    (0xE000, 0xF8FF),
    (0xFE00, 0xFE0F),
    (0x1F000, 0x1FAFF),
)
"""Bullets, arrows, bars, emoji: what may stand in front of a line and says nothing. Not brackets, quotes, @, © or #."""
