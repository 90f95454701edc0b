"""The alef and the tanwin of an indefinite accusative: put in one order, or off."""

from __future__ import annotations

from typing import Final

from arclean.rule import ContextRule

TANWIN_BEFORE_ALEF: Final = ContextRule(
    name="tanwin_before_alef",
    why="Schools differ on whether the tanwin of an accusative sits on its alef or on the letter before; the second is the older way.",
    operation="tanwin_before_alef",
    fixes=(
        (
            "شكرا\N{ARABIC FATHATAN} جزيلا\N{ARABIC FATHATAN}",
            "شكر\N{ARABIC FATHATAN}ا جزيل\N{ARABIC FATHATAN}ا",
        ),
    ),
    leaves=(
        "شكر\N{ARABIC FATHATAN}ا هد\N{ARABIC FATHATAN}ى",
        "ا\N{ARABIC FATHATAN}",
    ),
    harm="visual",
)

DROP_ACCUSATIVE: Final = ContextRule(
    name="drop_accusative",
    why="An indefinite accusative adds an alef to its word, so that a search for the word misses it; short words are left, as in معا.",
    operation="drop_accusative",
    fixes=(
        (
            "كتاب\N{ARABIC FATHATAN}ا جميلا\N{ARABIC FATHATAN}",
            "كتاب جميل",
        ),
    ),
    leaves=(
        "معا\N{ARABIC FATHATAN} إذا\N{ARABIC FATHATAN} جد\N{ARABIC FATHATAN}ا",
        "مستشف\N{ARABIC FATHATAN}ى ماء\N{ARABIC FATHATAN} كتابا",
    ),
    harm="lossy",
)

RULES: Final = (
    TANWIN_BEFORE_ALEF,
    DROP_ACCUSATIVE,
)
