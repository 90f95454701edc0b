"""Keys: what is left of a text when two that say the same are to be told alike. Never written as text."""

from __future__ import annotations

import string
from typing import Final

from arclean.rule import CharRule, ContextRule
from arclean.rules import lookalikes
from arclean.rules.properties import SIGNS

LOWER_LATIN: Final = CharRule(
    name="lower_latin",
    why="A search for a name in Latin letters does not ask for capitals.",
    table=dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)),
    fixes=(
        (
            "شركة IBM",
            "شركة ibm",
        ),
    ),
    leaves=("شركة ibm 2024",),
    harm="lossy",
)

DROP_SIGNS: Final = CharRule(
    name="drop_signs",
    why="Punctuation and symbols differ between copies of one text.",
    table=dict.fromkeys((chr(code) for first, last in SIGNS for code in range(first, last + 1)), ""),
    fixes=(
        (
            "قال: «نعم»، ثم سكت!",
            "قال نعم ثم سكت",
        ),
    ),
    leaves=("مُدَرِّسٌ 2024 IBM",),
    harm="lossy",
)

DROP_TATWEEL: Final = CharRule(
    name="drop_tatweel",
    why="Nobody searches for a stretched word, or for the tatweel of an abbreviation.",
    table={"\N{ARABIC TATWEEL}": ""},
    fixes=(
        (
            "جمـــيل 1445هـ",
            "جميل 1445ه",
        ),
    ),
    leaves=("جميل - 1445 _ ه",),
    harm="lossy",
)

DROP_JOINERS: Final = CharRule(
    name="drop_joiners",
    why="Joiners and selectors choose shapes; a search does not ask for shapes.",
    table=dict.fromkeys(("\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}", *map(chr, range(0xFE00, 0xFE10))), ""),
    fixes=(
        (
            "می\N{ZERO WIDTH NON-JOINER}خواهم",
            "میخواهم",
        ),
    ),
    leaves=("کتاب من",),
    harm="lossy",
)

FOLD_LOOKALIKES: Final = CharRule(
    name="fold_lookalikes",
    why="Keyboards of Persian and Urdu have another kaf, yeh and heh; for a key the language of the document is of no account.",
    table={
        **lookalikes.BECOMES,
        "\N{ARABIC LETTER HEH WITH YEH ABOVE}": "ه",
        "\N{ARABIC LETTER HEH GOAL WITH HAMZA ABOVE}": "ه",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER YEH WITH TAIL}": "\N{ARABIC LETTER YEH}",
    },
    fixes=(
        (
            "کتاب علی و هیچ",
            "كتاب علي و هيچ",
        ),
    ),
    leaves=("كتاب علي گلستان پژوهش",),
    harm="lossy",
)

SPELL_HAMZA: Final = ContextRule(
    name="spell_hamza",
    why="Scripture seats a hamza on a tatweel where today's spelling has a letter; on its own line it is the hamza that is searched for.",
    operation="spell_hamza",
    fixes=(
        (
            "شيـ\N{ARABIC HAMZA ABOVE}ا",
            "شيءا",
        ),
    ),
    leaves=(
        "جمـــيل",
        "ـ\N{ARABIC FATHA}",
    ),
    harm="lossy",
)

ZERO_DIGITS: Final = CharRule(
    name="zero_digits",
    why="Texts that differ in their numbers alone, dates and prices and counters, come from one template.",
    table=dict.fromkeys("123456789", "0"),
    fixes=(
        (
            "الجلسة 123 في 2024",
            "الجلسة 000 في 0000",
        ),
    ),
    leaves=("الجلسة الأولى",),
    harm="lossy",
)

DROP_SPACES: Final = CharRule(
    name="drop_spaces",
    why="Where a copy breaks its lines and its words says nothing of what it says.",
    table=dict.fromkeys(" \t\n\r", ""),
    fixes=(
        (
            "قال\nالراوي ثم",
            "قالالراويثم",
        ),
    ),
    leaves=("قال",),
    harm="lossy",
)

RULES: Final = (
    LOWER_LATIN,
    SPELL_HAMZA,
    DROP_TATWEEL,
    DROP_JOINERS,
    FOLD_LOOKALIKES,
    DROP_SIGNS,
    ZERO_DIGITS,
    DROP_SPACES,
)
