"""Widths and styles of letters: full width for East Asian print, Arabic letters as symbols of mathematics."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule

_STYLES: Final = (
    (0x1EE00, range(0x04)),
    (0x1EE00, range(0x05, 0x20)),
    (0x1EE20, (0x01, 0x02, 0x04, 0x07, *range(0x09, 0x13), *range(0x14, 0x18), 0x19, 0x1B)),
    (0x1EE40, (0x02, 0x07, 0x09, 0x0B, 0x0D, 0x0E, 0x0F, 0x11, 0x12, 0x14, 0x17, 0x19, 0x1B, 0x1D, 0x1F)),
    (0x1EE60, (0x01, 0x02, 0x04, *range(0x07, 0x0B), *range(0x0C, 0x13), *range(0x14, 0x18), *range(0x19, 0x1D), 0x1E)),
    (0x1EE80, (*range(0x0A), *range(0x0B, 0x1C))),
    (0x1EEA0, (*range(0x01, 0x04), *range(0x05, 0x0A), *range(0x0B, 0x1C))),
)
_ABJAD: Final = (
    "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
    "\N{ARABIC LETTER DOTLESS BEH}\N{ARABIC LETTER NOON GHUNNA}\N{ARABIC LETTER DOTLESS FEH}\N{ARABIC LETTER DOTLESS QAF}"
)

NARROW_LATIN: Final = CharRule(
    name="narrow_latin",
    why="East Asian fonts set ASCII as wide as an ideograph; the words are the same.",
    table={chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    fixes=(("\N{FULLWIDTH LATIN CAPITAL LETTER A}\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH EXCLAMATION MARK}", "A1!"),),
    leaves=("x² + ½ = ①, 25 ℃ ™",),
    harm="visual",
)

PLAIN_MATHEMATICAL_LETTERS: Final = CharRule(
    name="plain_mathematical_letters",
    why="Arabic letters styled as symbols of mathematics are used to decorate text; a model knows the letters.",
    table={chr(base + at): _ABJAD[at] for base, letters in _STYLES for at in letters},
    fixes=(
        (
            "\N{ARABIC MATHEMATICAL SEEN} + \N{ARABIC MATHEMATICAL LOOPED SAD}",
            "س + ص",
        ),
    ),
    leaves=("س + ص = ∑",),
    harm="visual",
)

RULES: Final = (
    NARROW_LATIN,
    PLAIN_MATHEMATICAL_LETTERS,
)
