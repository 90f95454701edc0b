"""Marks over and under letters, dropped class by class: vowels, tanwin, shadda, sukun, and the signs of scripture."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule

_HARAKAT: Final = (
    *map(chr, range(0x618, 0x61B)),
    *map(chr, range(0x64E, 0x651)),
    "\N{ARABIC INVERTED DAMMA}",
    "\N{ARABIC REVERSED DAMMA}",
    "\N{ARABIC FATHA WITH TWO DOTS}",
    *map(chr, range(0x8E4, 0x8E7)),
    *map(chr, range(0x8F4, 0x8F7)),
    "\N{ARABIC DAMMA WITH DOT}",
)

_TANWIN: Final = (
    *map(chr, range(0x64B, 0x64E)),
    *map(chr, range(0x8E7, 0x8EA)),
    *map(chr, range(0x8F0, 0x8F3)),
)

_SUKUN: Final = (
    "\N{ARABIC SUKUN}",
    "\N{ARABIC SMALL HIGH DOTLESS HEAD OF KHAH}",
    chr(0x8D0),
)

_QURANIC: Final = (
    *map(chr, range(0x615, 0x618)),
    *map(chr, range(0x6D6, 0x6DD)),
    *map(chr, range(0x6DF, 0x6E1)),
    *map(chr, range(0x6E2, 0x6E9)),
    *map(chr, range(0x6EA, 0x6EE)),
    *map(chr, range(0x898, 0x8A0)),
    *map(chr, range(0x8CA, 0x8D0)),
    *map(chr, range(0x8D1, 0x8E2)),
    "\N{ARABIC SMALL HIGH WAW}",
    chr(0x10EF0),
    *map(chr, range(0x10EF3, 0x10EF9)),
    chr(0x10EFB),
    *map(chr, range(0x10EFD, 0x10F00)),
)

_FOREIGN: Final = (
    "\N{ARABIC SUBSCRIPT ALEF}",
    *map(chr, range(0x658, 0x65D)),
    "\N{ARABIC WAVY HAMZA BELOW}",
    chr(0x897),
    "\N{ARABIC TURNED DAMMA BELOW}",
    *map(chr, range(0x8EA, 0x8F0)),
    *map(chr, range(0x8F7, 0x8FE)),
    "\N{ARABIC MARK SIDEWAYS NOON GHUNNA}",
    *map(chr, range(0x10ECB, 0x10ED0)),
    *map(chr, range(0x10EF1, 0x10EF3)),
    *map(chr, range(0x10EF9, 0x10EFB)),
    chr(0x10EFC),
)

_AYAH_SIGNS: Final = (
    "\N{ARABIC END OF AYAH}",
    "\N{ARABIC START OF RUB EL HIZB}",
    "\N{ARABIC PLACE OF SAJDAH}",
    "\N{ARABIC DISPUTED END OF AYAH}",
)

DROP_HARAKAT: Final = CharRule(
    name="drop_harakat",
    why="Short vowels are written or not, as the writer likes; a vocalised word is another token.",
    table=dict.fromkeys(_HARAKAT, ""),
    fixes=(
        (
            "كَتَبَ الطالِبُ",
            "كتب الطالب",
        ),
    ),
    leaves=(
        "شكرًا جدّا",
        "رحم\N{ARABIC LETTER SUPERSCRIPT ALEF}ن",
    ),
    harm="lossy",
)

DROP_TANWIN: Final = CharRule(
    name="drop_tanwin",
    why="The doubled vowel at the end of a word marks its case and is mostly left out.",
    table=dict.fromkeys(_TANWIN, ""),
    fixes=(
        (
            "شكرًا جزيلاً",
            "شكرا جزيلا",
        ),
    ),
    leaves=("كَتَبَ جدّا",),
    harm="lossy",
)

DROP_SHADDA: Final = CharRule(
    name="drop_shadda",
    why="The doubling of a letter is mostly left out, though it tells words apart.",
    table={"\N{ARABIC SHADDA}": ""},
    fixes=(
        (
            "مدرّس",
            "مدرس",
        ),
    ),
    leaves=("مُدَرِس",),
    harm="lossy",
)

DROP_SUKUN: Final = CharRule(
    name="drop_sukun",
    why="The sign for no vowel says little where vowels are not written.",
    table=dict.fromkeys(_SUKUN, ""),
    fixes=(
        (
            "مكْتب",
            "مكتب",
        ),
    ),
    leaves=("مَكتَب",),
    harm="lossy",
)

DROP_MADDA: Final = CharRule(
    name="drop_madda",
    why="A madda on its own lengthens a vowel in scripture, or comes from decomposed text.",
    table={"\N{ARABIC MADDAH ABOVE}": ""},
    fixes=(
        (
            "القرا\N{ARABIC MADDAH ABOVE}ن",
            "القران",
        ),
    ),
    leaves=("القرآن",),
    harm="lossy",
)

DROP_DAGGER_ALEF: Final = CharRule(
    name="drop_dagger_alef",
    why="The small alef over a letter stands in scripture; everyday spelling leaves it out.",
    table={"\N{ARABIC LETTER SUPERSCRIPT ALEF}": ""},
    fixes=(
        (
            "هـ\N{ARABIC LETTER SUPERSCRIPT ALEF}ذا",
            "هـذا",
        ),
    ),
    leaves=("هذا الكتاب",),
    harm="lossy",
)

DROP_HONORIFIC_MARKS: Final = CharRule(
    name="drop_honorific_marks",
    why="A blessing or a sign of a pen name, as a mark over a name, is a rare token that few fonts show.",
    table=dict.fromkeys(map(chr, range(0x610, 0x615)), ""),
    fixes=(
        (
            "محمد\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}",
            "محمد",
        ),
    ),
    leaves=("محمد صلى الله عليه وسلم",),
    harm="lossy",
)

DROP_QURANIC_MARKS: Final = CharRule(
    name="drop_quranic_marks",
    why="Pauses, small letters and signs of recitation are notes on how scripture is read aloud.",
    table=dict.fromkeys(_QURANIC, ""),
    fixes=(
        (
            "لا ريب\N{ARABIC SMALL HIGH THREE DOTS} فيه\N{ARABIC SMALL HIGH THREE DOTS}",
            "لا ريب فيه",
        ),
        (
            "له\N{ARABIC SMALL WAW} ما في",
            "له ما في",
        ),
    ),
    leaves=(
        "لَا رَيْبَ فِيهِ",
        "آية \N{ARABIC END OF AYAH}",
    ),
    harm="lossy",
)

DROP_FOREIGN_MARKS: Final = CharRule(
    name="drop_foreign_marks",
    why="Vowels and tones of other languages in Arabic script do not belong to an Arabic word.",
    table=dict.fromkeys(_FOREIGN, ""),
    fixes=(
        (
            "دو\N{ARABIC VOWEL SIGN SMALL V ABOVE}ر",
            "دور",
        ),
    ),
    leaves=("دَوْرٌ",),
    harm="lossy",
)

DROP_AYAH_SIGNS: Final = CharRule(
    name="drop_ayah_signs",
    why="The ends of verses and the places of prostration are page furniture of a printed Quran.",
    table=dict.fromkeys(_AYAH_SIGNS, ""),
    fixes=(
        (
            "رب العالمين \N{ARABIC END OF AYAH}٢",
            "رب العالمين ٢",
        ),
    ),
    leaves=("\N{ORNATE RIGHT PARENTHESIS}رب العالمين\N{ORNATE LEFT PARENTHESIS}",),
    harm="lossy",
)

RULES: Final = (
    DROP_HARAKAT,
    DROP_TANWIN,
    DROP_SHADDA,
    DROP_SUKUN,
    DROP_MADDA,
    DROP_DAGGER_ALEF,
    DROP_HONORIFIC_MARKS,
    DROP_QURANIC_MARKS,
    DROP_FOREIGN_MARKS,
    DROP_AYAH_SIGNS,
)
