"""Letters, signs and pictures that are there for emphasis: stretched words, rows of exclamation marks, emoji."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

SHORTEN_LETTERS: Final = ContextRule(
    name="shorten_letters",
    why="A stretched word has as many spellings as writers; no Arabic word has a letter three times in a row, save teh at its start.",
    operation="shorten_letters",
    fixes=(
        (
            "جمييييل جدااااا",
            "جمييل جداا",
        ),
        (
            "ههههههههه sooooo",
            "ههه soo",
        ),
    ),
    leaves=(
        "الله ممتاز تتتالى",
        "1000000 www III",
    ),
    harm="lossy",
)

SHORTEN_SIGNS: Final = ContextRule(
    name="shorten_signs",
    why="Signs are repeated for emphasis without end; four are as good as forty.",
    operation="shorten_signs",
    options=(("most", 4),),
    fixes=(
        (
            "لماذا؟؟؟؟؟؟؟؟ ........",
            "لماذا؟؟؟؟ ....",
        ),
    ),
    leaves=(
        "1000000",
        "نعم!!! ...",
        "اااااا",
    ),
    harm="lossy",
)

DROP_EMOJI: Final = ContextRule(
    name="drop_emoji",
    why="Emoji, each sequence whole, by Unicode's property; signs such as © stay unless they ask to be drawn, and a keycap its digit.",
    operation="drop_emoji",
    fixes=(
        (
            "جميل😍جدا 👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧 شكرا ❤\N{VARIATION SELECTOR-16}",
            "جميل جدا شكرا",
        ),
        (
            "ﻣﺮﺣﺒﺎ😍",
            "ﻣﺮﺣﺒﺎ",
        ),
        (
            "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP} الأول 🇸🇦",
            "1 الأول",
        ),
    ),
    leaves=(
        "© 2024 ™ → ■ ✓",
        "中文 ﷺ",
    ),
    harm="lossy",
)

NAME_EMOJI: Final = ContextRule(
    name="name_emoji",
    why="Each emoji as words, its short name in CLDR, with a space where it would touch a word; of a keycap what is on it.",
    operation="name_emoji",
    fixes=(
        (
            "جميل😂جدا، ❤\N{VARIATION SELECTOR-16}!",
            "جميل وجه بدموع فرح جدا، قلب أحمر!",
        ),
        (
            "👍🏽👩\N{ZERO WIDTH JOINER}🏫",
            "قبول: بشرة بلون معتدل معلمة",
        ),
        (
            "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP} المغرب 🇲🇦",
            "1 المغرب علم: المغرب",
        ),
    ),
    leaves=(
        "© 2024 ™ → ■ ✓ ★",
        "❤\N{VARIATION SELECTOR-15} بلا لون",
        "中文 ﷺ 1. نعم",
    ),
    harm="lossy",
)

ALIAS_EMOJI: Final = ContextRule(
    name="alias_emoji",
    why="Each emoji as one token between colons, its short name in CLDR: told from text, and no two alike, so that it can be turned back.",
    operation="alias_emoji",
    fixes=(
        (
            "جميل😂جدا ❤\N{VARIATION SELECTOR-16}❤",
            "جميل:وجه_بدموع_فرح:جدا :قلب_أحمر::قلب_أحمر:",
        ),
        (
            "👍🏽 1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP} المغرب 🇲🇦",
            ":قبول_بشرة_بلون_معتدل: :مفتاح_1: المغرب :علم_المغرب:",
        ),
    ),
    leaves=(
        "© 2024 ™ → ■ ✓ ★",
        "\N{REGIONAL INDICATOR SYMBOL LETTER X}\N{REGIONAL INDICATOR SYMBOL LETTER X} ليس علما",
        "الساعة 10:30:15",
    ),
    harm="lossy",
)

RULES: Final = (
    SHORTEN_LETTERS,
    SHORTEN_SIGNS,
    DROP_EMOJI,
    NAME_EMOJI,
    ALIAS_EMOJI,
)
