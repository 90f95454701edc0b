"""Quotes, punctuation and dashes, as a keyboard without Arabic has them."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule

PLAIN_DOUBLE_QUOTES: Final = CharRule(
    name="plain_double_quotes",
    why="Six shapes of quotation marks say the same.",
    table=dict.fromkeys(
        (
            "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
            "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
            "\N{LEFT DOUBLE QUOTATION MARK}",
            "\N{RIGHT DOUBLE QUOTATION MARK}",
            "\N{DOUBLE LOW-9 QUOTATION MARK}",
            "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}",
        ),
        '"',
    ),
    fixes=(
        (
            "قال «نعم» و“لا”",
            'قال "نعم" و"لا"',
        ),
    ),
    leaves=(
        'قال "نعم"',
        "أ ≪ ب",
    ),
    harm="lossy",
)

PLAIN_SINGLE_QUOTES: Final = CharRule(
    name="plain_single_quotes",
    why="Six shapes of single quotation marks and apostrophes say the same.",
    table=dict.fromkeys(
        (
            "\N{LEFT SINGLE QUOTATION MARK}",
            "\N{RIGHT SINGLE QUOTATION MARK}",
            "\N{SINGLE LOW-9 QUOTATION MARK}",
            "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}",
            "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
            "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        ),
        "'",
    ),
    fixes=(("don\N{RIGHT SINGLE QUOTATION MARK}t", "don't"),),
    leaves=("5\N{PRIME}, \N{MODIFIER LETTER APOSTROPHE}alif",),
    harm="lossy",
)

PLAIN_ORNATE_PARENTHESES: Final = CharRule(
    name="plain_ornate_parentheses",
    why="The brackets around verses; in Unicode the one named right opens, and they are not mirrored.",
    table={
        "\N{ORNATE RIGHT PARENTHESIS}": "(",
        "\N{ORNATE LEFT PARENTHESIS}": ")",
    },
    fixes=(
        (
            "قال \N{ORNATE RIGHT PARENTHESIS}آمين\N{ORNATE LEFT PARENTHESIS}",
            "قال (آمين)",
        ),
    ),
    leaves=("قال (آمين) [٣]",),
    harm="lossy",
)

WESTERN_PUNCTUATION: Final = CharRule(
    name="western_punctuation",
    why="The other marks of Arabic are the Western ones, turned or set higher.",
    table={
        "\N{ARABIC SEMICOLON}": ";",
        "\N{ARABIC QUESTION MARK}": "?",
        "\N{ARABIC FULL STOP}": ".",
        "\N{ARABIC FIVE POINTED STAR}": "*",
    },
    fixes=(
        (
            "كيف؟ هكذا؛ نعم",
            "كيف? هكذا; نعم",
        ),
    ),
    leaves=("أولا، ثم ثانيا.",),
    harm="lossy",
)

SPELL_ELLIPSIS: Final = CharRule(
    name="spell_ellipsis",
    why="Three dots are typed as one character or as three.",
    table={"\N{HORIZONTAL ELLIPSIS}": "..."},
    fixes=(
        (
            "ثم\N{HORIZONTAL ELLIPSIS}",
            "ثم...",
        ),
    ),
    leaves=("ثم.. سكت",),
    harm="lossy",
)

PLAIN_DASHES: Final = CharRule(
    name="plain_dashes",
    why="Seven dashes of several widths, the minus sign among them, are typed as a hyphen as often.",
    table=dict.fromkeys((*map(chr, range(0x2010, 0x2016)), "\N{MINUS SIGN}"), "-"),
    fixes=(
        (
            "الرياض \N{EN DASH} واس",
            "الرياض - واس",
        ),
    ),
    leaves=("الرياض - واس \N{BULLET} خبر",),
    harm="lossy",
)

WESTERN_COMMA: Final = ContextRule(
    name="western_comma",
    why="The comma of Arabic is turned for a text written from the right; between digits it may be a decimal point and stays.",
    operation="western_comma",
    fixes=(
        (
            "أولا، ثم ثانيا",
            "أولا, ثم ثانيا",
        ),
    ),
    leaves=("قيمته ١،٥ متر",),
    harm="lossy",
)

RULES: Final = (
    PLAIN_DOUBLE_QUOTES,
    PLAIN_SINGLE_QUOTES,
    PLAIN_ORNATE_PARENTHESES,
    WESTERN_PUNCTUATION,
    SPELL_ELLIPSIS,
    PLAIN_DASHES,
    WESTERN_COMMA,
)
