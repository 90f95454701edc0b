"""What other tools do, step by step, for those who must reproduce it: Lucene's ArabicNormalizer, camel-tools."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule

_MARKS: Final = tuple(map(chr, range(0x64B, 0x653)))

LUCENE_LETTERS: Final = CharRule(
    name="lucene_letters",
    why="Lucene's ArabicNormalizer, which Elasticsearch and Solr call arabic_normalization, folds these five letters.",
    table={
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    },
    fixes=(
        (
            "إلى آخر القاعة",
            "الي اخر القاعه",
        ),
    ),
    leaves=(
        "رئيس مؤتمر",
        "\N{ARABIC LETTER ALEF WASLA}لكتاب",
    ),
    harm="lossy",
)

LUCENE_MARKS: Final = CharRule(
    name="lucene_marks",
    why="Lucene's ArabicNormalizer deletes eight marks and every tatweel, and no sign of scripture.",
    table={**dict.fromkeys(_MARKS, ""), "\N{ARABIC TATWEEL}": ""},
    fixes=(
        (
            "مُدَرِّسٌ قديــــر",
            "مدرس قدير",
        ),
    ),
    leaves=(
        "رحم\N{ARABIC LETTER SUPERSCRIPT ALEF}ن",
        "القرا\N{ARABIC MADDAH ABOVE}ن",
    ),
    harm="lossy",
)

CAMEL_SIGNS: Final = {
    "\N{RIAL SIGN}": "ريال",
    "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}": "بسم الله الرحمن الرحيم",
}
"""What camel-tools spells out before it asks for form KC, which has another yeh for the one and nothing for the other."""

CAMEL_UNICODE: Final = ContextRule(
    name="camel_unicode",
    why="What normalize_unicode of camel-tools does: form KC, with its loss of superscripts and fractions, and two signs spelt out.",
    operation="camel_unicode",
    fixes=(
        (
            "\N{ARABIC LETTER MEEM INITIAL FORM}\N{ARABIC LETTER NOON FINAL FORM} x² ا\N{ARABIC HAMZA ABOVE}",
            "من x2 أ",
        ),
        (
            "500 \N{RIAL SIGN}",
            "500 ريال",
        ),
    ),
    leaves=(
        "مُدَرِس قديــر",
        "\N{ORNATE RIGHT PARENTHESIS}آية\N{ORNATE LEFT PARENTHESIS}",
    ),
    harm="lossy",
)

CAMEL_ALEF: Final = CharRule(
    name="camel_alef",
    why="What normalize_alef_ar of camel-tools does: four forms of alef become one.",
    table={
        "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
        "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    },
    fixes=(
        (
            "إلى آخر \N{ARABIC LETTER ALEF WASLA}لكتاب",
            "الى اخر الكتاب",
        ),
    ),
    leaves=("\N{ARABIC LETTER ALEF WITH WAVY HAMZA ABOVE} رئيس مؤتمر",),
    harm="lossy",
)

CAMEL_ALEF_MAKSURA: Final = CharRule(
    name="camel_alef_maksura",
    why="What normalize_alef_maksura_ar of camel-tools does.",
    table={"\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}"},
    fixes=(
        (
            "مصطفى",
            "مصطفي",
        ),
    ),
    leaves=("عل\N{ARABIC LETTER FARSI YEH}",),
    harm="lossy",
)

CAMEL_TEH_MARBUTA: Final = CharRule(
    name="camel_teh_marbuta",
    why="What normalize_teh_marbuta_ar of camel-tools does.",
    table={"\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}"},
    fixes=(
        (
            "مدرسة",
            "مدرسه",
        ),
    ),
    leaves=("سور\N{ARABIC LETTER TEH MARBUTA GOAL}",),
    harm="lossy",
)

CAMEL_DEDIAC: Final = CharRule(
    name="camel_dediac",
    why="What dediac_ar of camel-tools does: nine marks go, no tatweel and no sign of scripture.",
    table={**dict.fromkeys(_MARKS, ""), "\N{ARABIC LETTER SUPERSCRIPT ALEF}": ""},
    fixes=(
        (
            "مُدَرِّسٌ هـ\N{ARABIC LETTER SUPERSCRIPT ALEF}ذا",
            "مدرس هـذا",
        ),
    ),
    leaves=("القرا\N{ARABIC MADDAH ABOVE}ن جميـــل",),
    harm="lossy",
)

RULES: Final = (
    LUCENE_LETTERS,
    LUCENE_MARKS,
    CAMEL_UNICODE,
    CAMEL_ALEF,
    CAMEL_ALEF_MAKSURA,
    CAMEL_TEH_MARBUTA,
    CAMEL_DEDIAC,
)
