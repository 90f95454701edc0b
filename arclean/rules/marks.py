"""How letters and marks go together: composed or apart, in which order, on which letter."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

SEAT_HAMZA: Final = ContextRule(
    name="seat_hamza",
    why="A hamza over Farsi yeh or alef maksura looks like one over yeh, and only that one composes to a letter.",
    operation="seat_hamza",
    fixes=(
        (
            "شاط\N{ARABIC LETTER FARSI YEH}\N{ARABIC HAMZA ABOVE}",
            "شاط\N{ARABIC LETTER YEH}\N{ARABIC HAMZA ABOVE}",
        ),
        (
            "س\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC HAMZA ABOVE}ل",
            "س\N{ARABIC LETTER YEH}\N{ARABIC HAMZA ABOVE}ل",
        ),
    ),
    leaves=(
        "شَيْـًٔا",
        "إلى أحمد",
        "خانه\N{ARABIC HAMZA ABOVE} ما",
    ),
    harm="visual",
)

COMPOSE: Final = ContextRule(
    name="compose",
    why="Unicode's form C (UAX #15): one way to write a letter with its hamza, its madda, its marks, and one order of those.",
    operation="compose",
    fixes=(
        (
            "ا\N{ARABIC HAMZA ABOVE}حمد من القرا\N{ARABIC MADDAH ABOVE}ن",
            "أحمد من القرآن",
        ),
        (
            "مدر\N{ARABIC SHADDA}\N{ARABIC KASRA}س",
            "مدر\N{ARABIC KASRA}\N{ARABIC SHADDA}س",
        ),
        (
            "cafe\N{COMBINING ACUTE ACCENT}",
            "café",
        ),
    ),
    leaves=(
        "شَيْـًٔا",
        "x² + ½ = ① ℃",
        "مُدَرِّس",
    ),
)

SHADDA_FIRST: Final = ContextRule(
    name="shadda_first",
    why="Keyboards, vocalised corpora and Buckwalter's tables have shadda right after its letter; form C has it after the vowel.",
    operation="shadda_first",
    fixes=(
        (
            "مدر\N{ARABIC KASRA}\N{ARABIC SHADDA}س",
            "مدر\N{ARABIC SHADDA}\N{ARABIC KASRA}س",
        ),
    ),
    leaves=(
        "مدر\N{ARABIC SHADDA}\N{ARABIC KASRA}س",
        "كَتَبَ",
    ),
)

COMPOSE_IN_PLACE: Final = ContextRule(
    name="compose_in_place",
    why="Letters with their hamza or madda as form C has them, while every other mark keeps the place in which it was typed.",
    operation="compose_in_place",
    fixes=(
        (
            "ا\N{ARABIC FATHA}\N{ARABIC HAMZA ABOVE}حمد",
            "أ\N{ARABIC FATHA}حمد",
        ),
    ),
    leaves=(
        "مدر\N{ARABIC SHADDA}\N{ARABIC KASRA}س",
        "شَيْـًٔا",
    ),
)

DROP_REPEATED_MARKS: Final = ContextRule(
    name="drop_repeated_marks",
    why="The same mark twice is a slip that nobody sees; more than four on one letter are a prank, of which one of each sort stays.",
    operation="drop_repeated_marks",
    fixes=(
        (
            "مُ\N{ARABIC DAMMA}درّ\N{ARABIC SHADDA}س",
            "مُدرّس",
        ),
        (
            "سَ\N{ARABIC DAMMA}\N{ARABIC KASRA}\N{ARABIC SUKUN}\N{ARABIC SHADDA}\N{ARABIC FATHATAN}لام",
            "سَ\N{ARABIC SHADDA}لام",
        ),
    ),
    leaves=(
        "مُدَرِّسٌ",
        "أُو۟لَـٰٓئِكَ",
    ),
    harm="visual",
)

DROP_STRAY_MARKS: Final = ContextRule(
    name="drop_stray_marks",
    why="A vowel, shadda or sukun that stands on no letter is the trace of a wrong key, or of a letter that was deleted.",
    operation="drop_stray_marks",
    fixes=(
        (
            "قال \N{ARABIC FATHA}الراوي ٣\N{ARABIC SHADDA}",
            "قال الراوي ٣",
        ),
    ),
    leaves=(
        "ذَٰلِكَ ٱلْكِتَٰبُ لَا رَيْبَ ۛ فِيهِ",
        "علامة الفتحة \N{DOTTED CIRCLE}\N{ARABIC FATHA} والضمة ـ\N{ARABIC DAMMA}",
    ),
    harm="visual",
)

STRIP_DECORATION: Final = ContextRule(
    name="strip_decoration",
    why="Accents, strokes and rings of other scripts on Arabic letters decorate names and titles on social media.",
    operation="strip_decoration",
    fixes=(
        (
            "ال\N{COMBINING TILDE OVERLAY}لغ\N{COMBINING LOW LINE}ة",
            "اللغة",
        ),
    ),
    leaves=(
        "cafe\N{COMBINING ACUTE ACCENT} في القرية",
        "مُدَرِّسٌ",
    ),
    harm="visual",
)

STRIP_FILLERS: Final = ContextRule(
    name="strip_fillers",
    why="Heh goal, with a dagger alef or without, is put after every letter to decorate a word; no language spells so.",
    operation="strip_fillers",
    fixes=(
        (
            "ا\N{ARABIC LETTER HEH GOAL}ل\N{ARABIC LETTER HEH GOAL}ل\N{ARABIC LETTER HEH GOAL}غة",
            "اللغة",
        ),
    ),
    leaves=(
        "یہ ہماری جگہ ہے",
        "ہہہہہ",
    ),
    harm="visual",
)

RULES: Final = (
    STRIP_DECORATION,
    STRIP_FILLERS,
    SEAT_HAMZA,
    COMPOSE,
    COMPOSE_IN_PLACE,
    SHADDA_FIRST,
    DROP_REPEATED_MARKS,
    DROP_STRAY_MARKS,
)
