"""The spelling of scripture, and its signs, brought to what books print today; for comparing and searching, never for scripture itself."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule, PatternRule

SPELL_SCRIPTURE: Final = ContextRule(
    name="spell_scripture",
    why="The spelling of the Uthmani codex leaves letters to marks, so that a verse is not found by how it is written today.",
    operation="spell_scripture",
    fixes=(
        (
            "ٱلۡكِتَٰبُ ٱلصَّلَوٰةَ وَٱلتَّوۡرَىٰةَ",
            "ٱلۡكِتَابُ ٱلصَّلَاةَ وَٱلتَّوۡرَاةَ",
        ),
        (
            "شَيۡـًٔا مَسۡـُٔولٗا ٱلۡأَفۡـِٔدَةَ يَسۡـَٔلُونَ",
            "شَيۡئًا مَسۡؤُولٗا ٱلۡأَفۡئِدَةَ يَسۡأَلُونَ",
        ),
        (
            "ٱلۡقُرۡءَانُ إِبۡرَٰهِـۧمَ يَٰمُوسَىٰ ٱلَّذِى",
            "ٱلۡقُرۡآنُ إِبۡرَاهِيمَ يَا مُوسَى ٱلَّذِي",
        ),
    ),
    leaves=(
        "هُدًى إِجْرَاءَات قُرْآن عَلَى",
        "الكتاب الذي قرأته",
    ),
    harm="lossy",
)

PLAIN_SCRIPTURE_SIGNS: Final = CharRule(
    name="plain_scripture_signs",
    why="Scripture has a sukun, a tanwin and an alef of its own, and signs of how it is read aloud; other books have neither.",
    table={
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC SMALL HIGH DOTLESS HEAD OF KHAH}": "\N{ARABIC SUKUN}",
        chr(0x8D0): "\N{ARABIC SUKUN}",
        "\N{ARABIC OPEN FATHATAN}": "\N{ARABIC FATHATAN}",
        "\N{ARABIC OPEN DAMMATAN}": "\N{ARABIC DAMMATAN}",
        "\N{ARABIC OPEN KASRATAN}": "\N{ARABIC KASRATAN}",
        "\N{ARABIC INVERTED DAMMA}": "\N{ARABIC FATHATAN}",
        "\N{ARABIC FATHA WITH TWO DOTS}": "\N{ARABIC DAMMATAN}",
        "\N{ARABIC SUBSCRIPT ALEF}": "\N{ARABIC KASRATAN}",
        **dict.fromkeys(map(chr, (*range(0x6D6, 0x6DD), *range(0x6DE, 0x6E1), *range(0x6E2, 0x6EE))), ""),
    },
    fixes=(
        (
            "ٱلۡحَمۡدُ لَهُۥ مُلۡكࣱ ۖ",
            "الْحَمْدُ لَهُ مُلْكٌ ",
        ),
    ),
    leaves=("الْحَمْدُ لِلَّهِ",),
    harm="lossy",
)

DROP_VERSE_NUMBERS: Final = PatternRule(
    name="drop_verse_numbers",
    why="The number of a verse in its sign is no word of it.",
    pattern=r" ?\x{6DD}[0-9\x{660}-\x{669}\x{6F0}-\x{6F9}]*",
    becomes="",
    needs="\N{ARABIC END OF AYAH}",
    fixes=(
        (
            "رب العالمين \N{ARABIC END OF AYAH}٢ الرحمن",
            "رب العالمين الرحمن",
        ),
    ),
    leaves=("رب العالمين ٢ (٣)",),
    harm="lossy",
)

RULES: Final = (
    SPELL_SCRIPTURE,
    PLAIN_SCRIPTURE_SIGNS,
    DROP_VERSE_NUMBERS,
)
