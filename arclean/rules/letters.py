"""Shapes of letters: the stretching of words, forms for old screens, ligatures that stand for phrases."""

from __future__ import annotations

from typing import Final

from arclean.rule import CharRule, ContextRule
from arclean.rules.forms import FORMS

_NEWER_HONORIFICS: Final = {
    chr(0xFD40): "رحمه الله",
    chr(0xFD41): "رضي الله عنه",
    chr(0xFD42): "رضي الله عنها",
    chr(0xFD43): "رضي الله عنهم",
    chr(0xFD44): "رضي الله عنهما",
    chr(0xFD45): "رضي الله عنهن",
    chr(0xFD46): "صلى الله عليه وآله",
    chr(0xFD47): "عليه السلام",
    chr(0xFD48): "عليهم السلام",
    chr(0xFD49): "عليهما السلام",
    chr(0xFD4A): "عليه الصلاة والسلام",
    chr(0xFD4B): "قدس سره",
    chr(0xFD4C): "صلى الله عليه وآله وسلم",
    chr(0xFD4D): "عليها السلام",
    chr(0xFD4E): "تبارك وتعالى",
    chr(0xFD4F): "رحمهم الله",
    chr(0xFDCF): "سلامه علينا",
    chr(0xFDFE): "سبحانه وتعالى",
    chr(0xFDFF): "عز وجل",
}
"""By number: the Unicode of older interpreters does not know their names."""

STRIP_TATWEEL: Final = ContextRule(
    name="strip_tatweel",
    why="Kashida only stretches a word on a line; it stays as a hamza's seat, a dash, in abbreviations, and joining foreign words.",
    operation="strip_tatweel",
    fixes=(
        (
            "العـــربية",
            "العربية",
        ),
        (
            "جمـــيل جـــدا",
            "جميل جدا",
        ),
    ),
    leaves=(
        "شَيْـًٔا",
        "سنة 1445هـ",
        "(ت 256 هـ)",
        "والله أعلم. اهـ",
        "1ـ النظام: هذا النظام",
        "2 ـ اللائحة",
        "د. هـ. و.",
        "الـ buffer",
        "لـ«الأيام»",
        "وبالـ 24 ساعة",
        "قال أنس ـ رضي الله عنه ـ ثم سكت",
        "ـُ ـِ",
        "ـــــــــــ",
    ),
    harm="visual",
)

UNSHAPE_FORMS: Final = CharRule(
    name="unshape_forms",
    why="Presentation forms are shapes of letters for old screens and PDF fonts; a model knows the letters.",
    table=FORMS,
    fixes=(
        (
            "\N{ARABIC LETTER MEEM INITIAL FORM}\N{ARABIC LETTER NOON FINAL FORM}",
            "من",
        ),
        (
            "\N{ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM}نه",
            "لأنه",
        ),
    ),
    leaves=(
        "x² + ½ = ①",
        "\N{ORNATE LEFT PARENTHESIS}آية\N{ORNATE RIGHT PARENTHESIS}",
    ),
    harm="visual",
)

PART_LIGATURES: Final = ContextRule(
    name="part_ligatures",
    why="A ligature that stands for a phrase is often typed against the word before; spelt out, the two would be one word.",
    operation="part_ligatures",
    fixes=(
        (
            "محمد\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}قال",
            "محمد \N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM} قال",
        ),
        (
            "500\N{RIAL SIGN}",
            "500 \N{RIAL SIGN}",
        ),
    ),
    leaves=(
        "(\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM})، ثم",
        "و\N{ARABIC LIGATURE ALLAH ISOLATED FORM}",
    ),
    harm="visual",
)

EXPAND_HONORIFICS: Final = CharRule(
    name="expand_honorifics",
    why="A ligature that stands for a phrase is one rare token; the words are known.",
    table={
        "\N{ARABIC LIGATURE SALLA USED AS KORANIC STOP SIGN ISOLATED FORM}": "صلے",
        "\N{ARABIC LIGATURE QALA USED AS KORANIC STOP SIGN ISOLATED FORM}": "قلے",
        "\N{ARABIC LIGATURE ALLAH ISOLATED FORM}": "الله",
        "\N{ARABIC LIGATURE AKBAR ISOLATED FORM}": "أكبر",
        "\N{ARABIC LIGATURE MOHAMMAD ISOLATED FORM}": "محمد",
        "\N{ARABIC LIGATURE SALAM ISOLATED FORM}": "صلعم",
        "\N{ARABIC LIGATURE RASOUL ISOLATED FORM}": "رسول",
        "\N{ARABIC LIGATURE ALAYHE ISOLATED FORM}": "عليه",
        "\N{ARABIC LIGATURE WASALLAM ISOLATED FORM}": "وسلم",
        "\N{ARABIC LIGATURE SALLA ISOLATED FORM}": "صلى",
        "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}": "صلى الله عليه وسلم",
        "\N{ARABIC LIGATURE JALLAJALALOUHOU}": "جل جلاله",
        "\N{RIAL SIGN}": "ريال",
        "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}": "بسم الله الرحمن الرحيم",
        **_NEWER_HONORIFICS,
    },
    fixes=(
        (
            "قال النبي \N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
            "قال النبي صلى الله عليه وسلم",
        ),
        (
            "\N{ARABIC LIGATURE ALLAH ISOLATED FORM} أكبر",
            "الله أكبر",
        ),
    ),
    leaves=("قال النبي صلى الله عليه وسلم",),
    harm="visual",
)

RULES: Final = (
    STRIP_TATWEEL,
    UNSHAPE_FORMS,
    PART_LIGATURES,
    EXPAND_HONORIFICS,
)
