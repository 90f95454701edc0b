"""Characters that nobody sees: line ends, controls, direction marks, spaces of many widths."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule, PatternRule

_SPACES: Final = (
    "\N{NO-BREAK SPACE}",
    "\N{OGHAM SPACE MARK}",
    "\N{EN QUAD}",
    "\N{EM QUAD}",
    "\N{EN SPACE}",
    "\N{EM SPACE}",
    "\N{THREE-PER-EM SPACE}",
    "\N{FOUR-PER-EM SPACE}",
    "\N{SIX-PER-EM SPACE}",
    "\N{FIGURE SPACE}",
    "\N{PUNCTUATION SPACE}",
    "\N{THIN SPACE}",
    "\N{HAIR SPACE}",
    "\N{NARROW NO-BREAK SPACE}",
    "\N{MEDIUM MATHEMATICAL SPACE}",
    "\N{IDEOGRAPHIC SPACE}",
)

_DIRECTIONS: Final = (
    "\N{ARABIC LETTER MARK}",
    "\N{LEFT-TO-RIGHT MARK}",
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{LEFT-TO-RIGHT EMBEDDING}",
    "\N{RIGHT-TO-LEFT EMBEDDING}",
    "\N{POP DIRECTIONAL FORMATTING}",
    "\N{LEFT-TO-RIGHT OVERRIDE}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{LEFT-TO-RIGHT ISOLATE}",
    "\N{RIGHT-TO-LEFT ISOLATE}",
    "\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
)

_ZERO_WIDTH: Final = (
    "\N{ZERO WIDTH SPACE}",
    "\N{WORD JOINER}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{SOFT HYPHEN}",
)

_CONTROLS: Final = (
    *map(chr, range(0x09)),
    *map(chr, range(0x0E, 0x20)),
    *map(chr, range(0x7F, 0x85)),
    *map(chr, range(0x86, 0xA0)),
    *map(chr, range(0xFDD0, 0xFDF0)),
    *map(chr, range(0xFFF9, 0xFFFC)),
    *map(chr, range(0x2061, 0x2065)),
    *map(chr, range(0x206A, 0x2070)),
    "\N{HANGUL CHOSEONG FILLER}",
    "\N{HANGUL JUNGSEONG FILLER}",
    "\N{HANGUL FILLER}",
    "\N{HALFWIDTH HANGUL FILLER}",
    "\N{MONGOLIAN VOWEL SEPARATOR}",
    *(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)),
)

JOIN_CARRIAGE_RETURNS: Final = ContextRule(
    name="join_carriage_returns",
    why="Windows and old Macintosh files end lines with a carriage return.",
    operation="join_carriage_returns",
    fixes=(
        (
            "سطر\r\nوسطر",
            "سطر\nوسطر",
        ),
        (
            "سطر\rوسطر",
            "سطر\nوسطر",
        ),
    ),
    leaves=("سطر\nوسطر",),
)

UNIFY_LINE_ENDS: Final = CharRule(
    name="unify_line_ends",
    why="Unicode knows seven line ends (UAX #14); training code splits at one.",
    table={
        "\N{LINE TABULATION}": "\n",
        "\N{FORM FEED}": "\n",
        "\N{NEXT LINE}": "\n",
        "\N{LINE SEPARATOR}": "\n",
        "\N{PARAGRAPH SEPARATOR}": "\n\n",
    },
    fixes=(
        (
            "سطر\N{LINE SEPARATOR}وسطر",
            "سطر\nوسطر",
        ),
        (
            "فقرة\N{PARAGRAPH SEPARATOR}وفقرة",
            "فقرة\n\nوفقرة",
        ),
    ),
    leaves=("سطر\nوسطر\tوعمود",),
)

STRIP_CONTROLS: Final = CharRule(
    name="strip_controls",
    why="Control codes, non-characters and fillers carry no text; they come from broken exports.",
    table=dict.fromkeys(_CONTROLS, ""),
    fixes=(
        (
            "نص\N{NULL}سليم\N{BACKSPACE}",
            "نصسليم",
        ),
    ),
    leaves=("عمود\tثم سطر\nثم \N{REPLACEMENT CHARACTER}",),
)

SETTLE_JOINERS: Final = ContextRule(
    name="settle_joiners",
    why="Joiners and selectors stay where they do something: in emoji, between letters, in other scripts; words stay apart.",
    operation="settle_joiners",
    fixes=(
        (
            "كلمة\N{LEFT-TO-RIGHT MARK}أخرى",
            "كلمة أخرى",
        ),
        (
            "كلا\N{ZERO WIDTH JOINER}م \N{ZERO WIDTH NON-JOINER}هنا\N{VARIATION SELECTOR-16}",
            "كلام هنا",
        ),
        (
            "سنة 1445ه\N{ZERO WIDTH JOINER}",
            "سنة 1445هـ",
        ),
    ),
    leaves=(
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
        "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 ❤\N{VARIATION SELECTOR-16}",
        "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP} أولا",
        "क्\N{ZERO WIDTH JOINER}ष",
    ),
)

STRIP_DIRECTIONS: Final = CharRule(
    name="strip_directions",
    why="Direction marks steer the display (UAX #9) and break words apart for a tokenizer.",
    table=dict.fromkeys(_DIRECTIONS, ""),
    fixes=(
        (
            "\N{RIGHT-TO-LEFT MARK}سعر الذهب\N{LEFT-TO-RIGHT MARK} اليوم",
            "سعر الذهب اليوم",
        ),
        (
            "\N{RIGHT-TO-LEFT EMBEDDING}قال\N{POP DIRECTIONAL FORMATTING}",
            "قال",
        ),
    ),
    leaves=("می\N{ZERO WIDTH NON-JOINER}خواهم",),
)

STRIP_ZERO_WIDTH: Final = CharRule(
    name="strip_zero_width",
    why="Zero-width spaces, joiners of words, byte order marks and soft hyphens split words that read as one.",
    table=dict.fromkeys(_ZERO_WIDTH, ""),
    fixes=(
        (
            "\N{ZERO WIDTH NO-BREAK SPACE}مقدمة",
            "مقدمة",
        ),
        (
            "الاقتصا\N{SOFT HYPHEN}دية",
            "الاقتصادية",
        ),
    ),
    leaves=("می\N{ZERO WIDTH NON-JOINER}خواهم",),
)

CLOSE_THIN_GAPS: Final = PatternRule(
    name="close_thin_gaps",
    why="Fonts of scripture set a thin space under a small alef to carry it; the space is no end of a word.",
    pattern=r"[\x{2009}\x{200A}\x{202F}]+([\x{64B}-\x{65F}\x{670}])",
    becomes=r"\1",
    needs="\N{THIN SPACE}\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}",
    fixes=(
        (
            "سم\N{ARABIC FATHA}و\N{ARABIC FATHA}\N{HAIR SPACE}\N{ARABIC LETTER SUPERSCRIPT ALEF}ت",
            "سم\N{ARABIC FATHA}و\N{ARABIC FATHA}\N{ARABIC LETTER SUPERSCRIPT ALEF}ت",
        ),
    ),
    leaves=(
        "1\N{NARROW NO-BREAK SPACE}000 \N{THIN SPACE} نص",
        "لا ريب ۛ فيه",
    ),
    harm="visual",
)

UNIFY_SPACES: Final = CharRule(
    name="unify_spaces",
    why="Sixteen spaces of other widths look like a space and are another token.",
    table=dict.fromkeys(_SPACES, " "),
    fixes=(
        (
            "ألف\N{NO-BREAK SPACE}ريال",
            "ألف ريال",
        ),
    ),
    leaves=("ألف ريال",),
)

TIDY_SPACES: Final = ContextRule(
    name="tidy_spaces",
    why="Pages leave runs of spaces, trailing spaces and piles of blank lines; verses, tables and code need theirs.",
    operation="tidy_spaces",
    options=(("gap", 4),),
    fixes=(
        (
            "قال  الراوي \n\n\n\nثم سكت",
            "قال الراوي\n\nثم سكت",
        ),
        (
            "   في البدء كان النص",
            "في البدء كان النص",
        ),
    ),
    leaves=(
        "قفا نبك من ذكرى حبيب ومنزل    بسقط اللوى بين الدخول فحومل",
        "المدينة\tالسكان\nتعز\t600",
        "def مرحبا():\n    return  1",
    ),
    harm="visual",
)

RULES: Final = (
    JOIN_CARRIAGE_RETURNS,
    UNIFY_LINE_ENDS,
    STRIP_CONTROLS,
    SETTLE_JOINERS,
    STRIP_DIRECTIONS,
    STRIP_ZERO_WIDTH,
    CLOSE_THIN_GAPS,
    UNIFY_SPACES,
    TIDY_SPACES,
)
