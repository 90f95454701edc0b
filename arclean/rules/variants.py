"""Other ways to fold a letter or to drop what nobody reads, which few want; each to be named by itself."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule, PatternRule

SPACE_ZERO_WIDTH: Final = CharRule(
    name="space_zero_width",
    why="Sites that break lines by zero-width spaces mean an end of a word by it; name it before `settle_joiners`.",
    table={"\N{ZERO WIDTH SPACE}": " "},
    fixes=(
        (
            "كلمة\N{ZERO WIDTH SPACE}أخرى",
            "كلمة أخرى",
        ),
    ),
    leaves=("كلمة\N{WORD JOINER}أخرى",),
    harm="lossy",
)

DROP_REPLACEMENTS: Final = CharRule(
    name="drop_replacements",
    why="The sign for what could not be decoded, and the one for an object that is not in the text, say that something is lost, not what.",
    table=dict.fromkeys(("\N{REPLACEMENT CHARACTER}", "\N{OBJECT REPLACEMENT CHARACTER}"), ""),
    fixes=(
        (
            "نص\N{REPLACEMENT CHARACTER} ناقص",
            "نص ناقص",
        ),
    ),
    leaves=("نص؟ □",),
    harm="lossy",
)

DROP_PRIVATE_USE: Final = PatternRule(
    name="drop_private_use",
    why="Code points that a font gives a meaning of its own, icons mostly, say nothing without it.",
    pattern=r"[\x{E000}-\x{F8FF}]",
    becomes="",
    needs="".join(map(chr, range(0xE000, 0xF900))),
    fixes=(
        (
            "\ue0a5 اتصل بنا",
            " اتصل بنا",
        ),
    ),
    leaves=("☎ اتصل بنا",),
    harm="lossy",
)

FOLD_TEH_MARBUTA_TO_TEH: Final = CharRule(
    name="fold_teh_marbuta_to_teh",
    why="Where it is spoken teh marbuta is a teh; some transcriptions and song texts write it so.",
    table={"\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER TEH}"},
    fixes=(
        (
            "مدرسة",
            "مدرست",
        ),
    ),
    leaves=("بنت في البيت",),
    harm="lossy",
)

FOLD_FINAL_YEH: Final = ContextRule(
    name="fold_final_yeh",
    why="Egyptian spelling has no dots under a yeh that ends a word; folded so, both spellings are one.",
    operation="fold_final_yeh",
    fixes=(
        (
            "علي في بيتي، يمشيِ",
            "على فى بيتى، يمشىِ",
        ),
    ),
    leaves=(
        "يمين بين مصطفى",
        "ي",
    ),
    harm="lossy",
)

DROP_HAMZA: Final = CharRule(
    name="drop_hamza",
    why="Dialects drop a hamza on its own line, and with it most who write them.",
    table={"\N{ARABIC LETTER HAMZA}": ""},
    fixes=(
        (
            "شيء جاء",
            "شي جا",
        ),
    ),
    leaves=("سأل رئيس مؤتمر",),
    harm="lossy",
)

SPLIT_HIGH_HAMZA: Final = CharRule(
    name="split_high_hamza",
    why="The high hamza of Kazakh, alone or with its letter, is a hamza to a search in Arabic.",
    table={
        "\N{ARABIC LETTER HIGH HAMZA}": "\N{ARABIC LETTER HAMZA}",
        "\N{ARABIC LETTER HIGH HAMZA ALEF}": "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}",
        "\N{ARABIC LETTER HIGH HAMZA WAW}": "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}",
        "\N{ARABIC LETTER U WITH HAMZA ABOVE}": "\N{ARABIC LETTER U}\N{ARABIC LETTER HAMZA}",
        "\N{ARABIC LETTER HIGH HAMZA YEH}": "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}",
    },
    fixes=(
        (
            "\N{ARABIC LETTER HIGH HAMZA WAW}من",
            "ؤمن",
        ),
    ),
    leaves=("سأل رئيس مؤتمر بدء",),
    harm="lossy",
)

DROP_FINAL_VOWELS: Final = ContextRule(
    name="drop_final_vowels",
    why="The vowel at the end of a word is its case and is seldom spoken; the ones inside tell which word it is.",
    operation="drop_final_vowels",
    fixes=(
        (
            "كَتَبَ الطَّالِبُ دَرْسًا ثُمَّ",
            "كَتَب الطَّالِب دَرْسًا ثُمّ",
        ),
    ),
    leaves=("كتب الطالب",),
    harm="lossy",
)

RULES: Final = (
    SPACE_ZERO_WIDTH,
    DROP_REPLACEMENTS,
    DROP_PRIVATE_USE,
    FOLD_TEH_MARBUTA_TO_TEH,
    FOLD_FINAL_YEH,
    DROP_HAMZA,
    SPLIT_HIGH_HAMZA,
    DROP_FINAL_VOWELS,
)
