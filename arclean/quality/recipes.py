"""The recipes: Gopher, C4, and FineWeb2 for each variety of Arabic, as published and with what goes wrong on Arabic put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from arclean.quality.recipe import Bound, Recipe, StopWords
from arclean.rules.fineweb2 import VALUES, Values
from arclean.rules.stop_words import STOP_WORDS

Rules = tuple[Bound | StopWords, ...]

ENGLISH_STOP_WORDS: Final = ("the", "be", "to", "of", "and", "that", "have", "with")
_MENDED: Final[dict[str, str]] = {
    "datatrove_words": "words",
    "datatrove_word_length": "word_length",
    "datatrove_alpha_share": "alpha_word_share",
    "datatrove_bullet_line_share": "bullet_line_share",
    "datatrove_ellipsis_line_share": "ellipsis_line_share",
    "datatrove_end_line_share": "prose_line_share",
    "dup_line_share": "dup_text_line_share",
    "dup_line_char_share": "dup_text_char_share",
}
"""Measures that go wrong on Arabic, and what takes their place."""
_FEEDS: Final = 0.3
_WHY: Final = (
    "Stop words are a list made by hand, whatever their spelling, no comma among them. Vowels and tatweel do not lengthen a word. "
    "Arabic commas and quotes are no words. A line may end with ؟ ؛ … ، : or with a quote or bracket after a mark; one of 80 "
    "characters, and one with vowels, needs no mark, since old books have none; more signs are bullets. Lines of white space are no "
    "repeats. Length is asked first: in a short text every run of words is a large share. "
)


@lru_cache(maxsize=1)
def recipes() -> Mapping[str, Recipe]:
    """Every recipe by name.

    >>> recipes()["fineweb2-arb"].faithful[0]
    Bound(measure='dup_line_share', least=-inf, most=0.304)
    """
    every = (_gopher(), _c4(), *(_fineweb2(code, values) for code, values in VALUES.items()))
    return MappingProxyType({recipe.name: recipe for recipe in every})


def _quality(length: tuple[int, int], alpha: float, stop: StopWords) -> Rules:
    """The filter GopherQualityFilter of datatrove, in its order."""
    return (
        Bound("datatrove_words", 50, 100_000),
        Bound("datatrove_word_length", *length),
        Bound("hash_ratio", most=0.1),
        Bound("ellipsis_ratio", most=0.1),
        Bound("datatrove_bullet_line_share", most=0.9),
        Bound("datatrove_ellipsis_line_share", most=0.3),
        Bound("datatrove_alpha_share", alpha),
        stop,
    )


def _grams(top: tuple[float, ...], dup: tuple[float, ...]) -> Rules:
    tops = (Bound(f"top_{n}gram_share", most=most) for n, most in enumerate(top, 2))
    return (*tops, *(Bound(f"dup_{n}gram_share", most=most) for n, most in enumerate(dup, 5)))


def _mended(rules: Rules, *codes: str) -> Rules:
    lines = (line for code in codes for line in STOP_WORDS[code])
    words = tuple(dict.fromkeys(word for line in lines for word in line.split()))
    changed = (
        replace(r, measure=_MENDED.get(r.measure, r.measure)) if isinstance(r, Bound) else StopWords(words, r.least, True) for r in rules
    )
    return tuple(sorted(changed, key=lambda rule: not (isinstance(rule, Bound) and rule.measure == "words")))


def _gopher() -> Recipe:
    repetition = (
        Bound("dup_paragraph_share", most=0.3),
        Bound("dup_paragraph_char_share", most=0.2),
        Bound("dup_line_share", most=0.3),
        Bound("dup_line_char_share", most=0.2),
        *_grams((0.2, 0.18, 0.16), (0.15, 0.14, 0.13, 0.12, 0.11, 0.1)),
    )
    faithful = (*repetition, *_quality((3, 10), 0.8, StopWords(ENGLISH_STOP_WORDS, 2, False)))
    mended = _mended(faithful, "arb", *(code for code in STOP_WORDS if code != "arb"))
    source = "Rae et al. 2021, arXiv:2112.11446, table A1 and section A.1.1, as datatrove 0.10.1 has them"
    why = f"{_WHY}Gopher's own stop words are English: as published it keeps no Arabic at all."
    return Recipe("gopher-ar", source, faithful, mended, why)


def _c4() -> Recipe:
    faithful = (Bound("lorem_ipsum", most=0), Bound("braces", most=0), Bound("sentences", 5))
    mended = (Bound("lorem_ipsum", most=0), Bound("code_line_share", most=0.5), Bound("words", 50))
    source = "Raffel et al. 2020, JMLR 21(140), section 2.2, as datatrove 0.10.1 has them; lines are cut by `c4_lines`"
    why = (
        "A page is code if half of its lines are, not if it has one brace: pages about programs are kept. Fifty words are asked for in "
        "place of five sentences, since Arabic puts one mark at the end of a paragraph, and old books none."
    )
    return Recipe("c4-ar", source, faithful, mended, why)


def _fineweb2(code: str, values: Values) -> Recipe:
    ends = (Bound("datatrove_end_line_share", values.ends),) if values.ends > 0 else ()
    faithful = (
        Bound("dup_line_share", most=values.dup_lines),
        *_grams(values.top, values.dup),
        *ends,
        Bound("dup_text_char_share", most=0.1),
        Bound("line_feed_ratio", most=values.feeds),
        *_quality(values.length, values.alpha, StopWords(values.stop_words, 2, False)),
    )
    standard = VALUES["arb"]
    again = {
        "word_length": Bound("word_length", *standard.length),
        "alpha_word_share": Bound("alpha_word_share", min(values.alpha, standard.alpha)),
        "line_feed_ratio": Bound("line_feed_ratio", most=_FEEDS),
    }
    mended = tuple(
        again.get(rule.measure, rule) if isinstance(rule, Bound) else rule for rule in _mended(faithful, *dict.fromkeys(("arb", code)))
    )
    score = f"without its bound on GlotLID's score, {values.language_score:g}"
    source = f"Penedo et al. 2025, arXiv:2506.20920, huggingface/fineweb-2, configs, {code}_Arab; {score}"
    list_ = f"The published list of {values.name} comes from word counts, commas and topics among them."
    more = (
        f"Words have 2 to 9 letters in every variety, and no more than {standard.alpha:g} of them need hold a letter: lives are full of "
        "years. "
        f"Line feeds may be {_FEEDS:g} for each token, as in FineWeb: verses are short."
    )
    why = f"{_WHY}{list_} {more}"
    return Recipe(f"fineweb2-{code}", source, faithful, mended, why)
