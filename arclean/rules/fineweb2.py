"""FineWeb2's values for Arabic and its varieties, as huggingface/fineweb-2 publishes them in configs/*.yml (Penedo et al. 2025).

Some are odd: the comma is a stop word, so are topics of Wikipedia; shares of n-grams above 1 reject next to nothing; the vowelled lists of
the smaller varieties are those of one book. Recipes use them as they are in the mode `faithful`.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Values(NamedTuple):
    """What FineWeb2 sets for one language; all else is the same for all of them.

    Attributes:
        name: of the variety.
        language_score: of GlotLID, at least.
        dup_lines: share of lines met before, at most.
        top: share of the most frequent 2-, 3-, 4-gram, at most.
        dup: share of repeated 5- to 10-grams, at most.
        ends: share of lines that end with a mark, at least; below 0: off.
        feeds: line feeds for each token, at most.
        length: mean length of words, at least and at most.
        alpha: share of tokens with a letter, at least.
        stop_words: of which two different ones are needed; one line of the published list each, in order.
    """

    name: str
    language_score: float
    dup_lines: float
    top: tuple[float, float, float]
    dup: tuple[float, float, float, float, float, float]
    ends: float
    feeds: float
    length: tuple[int, int]
    alpha: float
    stop_words: tuple[str, ...]


VALUES: Final[dict[str, Values]] = {
    "arb": Values(
        name="Standard Arabic",
        language_score=0.711,
        dup_lines=0.304,
        top=(0.197, 0.172, 0.146),
        dup=(0.165, 0.153, 0.142, 0.131, 0.12, 0.109),
        ends=0.143,
        feeds=0.189,
        length=(2, 9),
        alpha=0.787,
        stop_words=(
            "\N{ARABIC COMMA}",
            "في",
            "من",
            "على",
            "إلى",
            "عام",
            "أن",
            "مع",
            "أو",
            "هو",
            "عن",
            "التي",
            "كان",
            "بين",
            "ما",
            "كانت",
            "هي",
            "المتحدة",
            "بعد",
        ),
    ),
    "arz": Values(
        name="Egyptian",
        language_score=0.339,
        dup_lines=0.368,
        top=(0.269, 0.249, 0.225),
        dup=(0.223, 0.207, 0.19, 0.174, 0.158, 0.143),
        ends=0.188,
        feeds=0.308,
        length=(3, 8),
        alpha=0.83,
        stop_words=(
            "فى",
            "و",
            "من",
            "لينكات",
            "هيا",
            "اللى",
            "برانيه",
            "يوم",
            "مواليد",
            "حياته",
            "كان",
        ),
    ),
    "ary": Values(
        name="Moroccan",
        language_score=0.418,
        dup_lines=0.32,
        top=(0.245, 0.224, 0.197),
        dup=(0.196, 0.183, 0.169, 0.157, 0.145, 0.13),
        ends=0.111,
        feeds=0.162,
        length=(3, 7),
        alpha=0.743,
        stop_words=(
            "\N{ARABIC COMMA}",
            "ف",
            "د",
            "و",
            "ديال",
            "من",
            "ؤ",
            "نسبة",
            "اللي",
            "ل",
            "على",
            "لي",
            "ب",
        ),
    ),
    "ars": Values(
        name="Najdi",
        language_score=0.407,
        dup_lines=0.356,
        top=(0.328, 0.299, 0.273),
        dup=(0.204, 0.192, 0.18, 0.166, 0.153, 0.141),
        ends=-1,
        feeds=0.25,
        length=(2, 55),
        alpha=0.75,
        stop_words=(
            "في",
            "من",
            "\N{ARABIC COMMA}",
            "على",
            "ما",
            "لو",
            "سمحت",
            "الله",
            "اللي",
        ),
    ),
    "apc": Values(
        name="Levantine",
        language_score=0.3,
        dup_lines=0.334,
        top=(0.722, 0.471, 0.408),
        dup=(0.248, 0.23, 0.208, 0.192, 0.174, 0.159),
        ends=-1,
        feeds=0.25,
        length=(2, 8),
        alpha=0.857,
        stop_words=(
            "و",
            "ما",
            "من",
            "على",
            "بس",
            "انا",
            "في",
            "عم",
            "شو",
        ),
    ),
    "acm": Values(
        name="Mesopotamian",
        language_score=0.304,
        dup_lines=0.486,
        top=(0.455, 0.41, 0.343),
        dup=(0.326, 0.305, 0.282, 0.264, 0.241, 0.216),
        ends=-1,
        feeds=0.25,
        length=(2, 12),
        alpha=0.75,
        stop_words=(
            "\N{ARABIC COMMA}",
            "من",
            "على",
            "ما",
            "هذا",
            "رجاءا",
            "راح",
            "ممكن",
            "اريد",
            "اللي",
            "بس",
            "اي",
        ),
    ),
    "arq": Values(
        name="Algerian",
        language_score=0.305,
        dup_lines=0.422,
        top=(1.647, 1.676, 1.596),
        dup=(0.377, 0.37, 0.355, 0.337, 0.306, 0.284),
        ends=-1,
        feeds=0.25,
        length=(2, 11),
        alpha=0.75,
        stop_words=(
            "و",
            "ما",
            "في",
            "من",
            "تاع",
            "على",
            "اللّٰه",
            "اللّي",
            "باش",
            "واش",
            "\N{ARABIC COMMA}",
            "هاد",
            "الكتاب",
            "كي",
            "توم",
            "\N{RIGHT-TO-LEFT MARK}",
            "رايح",
            "هو",
            "كان",
            "بلّي",
            "ڤاع",
            "واحد",
        ),
    ),
    "aeb": Values(
        name="Tunisian",
        language_score=0.316,
        dup_lines=0.387,
        top=(0.475, 0.459, 0.407),
        dup=(0.329, 0.293, 0.255, 0.227, 0.203, 0.184),
        ends=-1,
        feeds=0.2,
        length=(2, 33),
        alpha=0.75,
        stop_words=(
            "\N{ARABIC COMMA}",
            "فِي",
            "مَا",
            "بَاشْ",
            "في",
            "الِّي",
            "عْلَى",
            "الِّي",
            "و",
            "من",
            "آمَا",
            "مِنْ",
        ),
    ),
    "ayp": Values(
        name="North Mesopotamian",
        language_score=0.311,
        dup_lines=0.672,
        top=(0.485, 0.463, 0.361),
        dup=(0.706, 0.707, 0.676, 0.667, 0.663, 0.64),
        ends=-1,
        feeds=0.111,
        length=(3, 10),
        alpha=0.769,
        stop_words=(
            "\N{ARABIC COMMA}",
            "لَ",
            "منْ",
            "تَ",
            "ف",
            "موُ",
            "اَلله",
            "كانْ",
            "عَلى",
            "فَ",
            "شي",
            "ما",
            "واِ",
        ),
    ),
    "shu": Values(
        name="Chadian",
        language_score=0.3,
        dup_lines=0.82,
        top=(1.046, 1.258, 1.325),
        dup=(0.415, 0.4, 0.382, 0.37, 0.345, 0.326),
        ends=-1,
        feeds=0.083,
        length=(4, 13),
        alpha=0.913,
        stop_words=(
            "وَ",
            "\N{ARABIC COMMA}",
            "فِي",
            "مَا",
            "أَشَانْ",
            "اللهْ",
            "هُو",
            "دَا",
            "مِنْ",
            "أَنَا",
            "لَاكِنْ",
            "النَّاسْ",
            "كُلَّ",
            "كَانْ",
            "نَادُمْ",
            "مِثِلْ",
        ),
    ),
}
