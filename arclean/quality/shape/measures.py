"""Measures of the shape of a text: each a definition, and how it is made of what the kernel counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean.quality.definition import Definition
from arclean.quality.shape import counts as k
from arclean.quality.shape.kernels.measure import measure
from arclean.quality.shape.tables import kinds, word_hashes

Floats = npt.NDArray[np.float64]
NO_WORDS: Final[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Formula:
    """How a measure is made: a count over another; over nothing: the count itself. Nothing by nothing is 0.

    Attributes:
        count: one of `counts.COUNTS`.
        over: another that it is divided by, or -1.
        less: a third that is taken from `over` first, or -1.
        wants: what the kernel must be asked for.
    """

    count: int
    over: int = -1
    less: int = -1
    wants: int = 0

    def asks(self) -> set[int]:
        """The counts that it is made of."""
        return {count for count in (self.count, self.over, self.less) if count >= 0}

    def of(self, counts: Mapping[int, Floats]) -> Floats:
        """The measure of each row (float64), by what the kernel counted: a row for each of `counts.COUNTS` that was asked for."""
        total: Floats = counts[self.count]
        if self.over < 0:
            return total
        base = counts[self.over] if self.less < 0 else counts[self.over] - counts[self.less]
        made: Floats = total / np.maximum(base, 1.0)  # counts are whole, so only 0 becomes 1
        made *= base > 0.0
        return made


_GOPHER: Final = "Gopher (Rae et al. 2021)"
_FINEWEB: Final = "FineWeb (Penedo et al. 2024)"
_REDPAJAMA: Final = "RedPajama v2 (Together 2023)"
_OURS: Final = "arclean"
_SHARE: Final = "share, 0-1"


def _row(name: str, unit: str, formula: str, source: str, how: Formula) -> tuple[Definition, Formula]:
    return Definition(name, unit, formula, source), how


_TABLE: Final = (
    _row("tokens", "tokens", "words, and signs one by one; rows of dots or dashes and addresses are one", _GOPHER, Formula(k.TOKENS)),
    _row(
        "word_length",
        "letters and digits",
        "letters and digits of words / words; marks and tatweel are none",
        _GOPHER,
        Formula(k.WORD_CHARACTERS, k.WORDS),
    ),
    _row("alpha_word_share", _SHARE, "words with a letter / words", _GOPHER, Formula(k.ALPHA, k.WORDS)),
    _row("hash_ratio", "per token", "signs # / tokens", _GOPHER, Formula(k.HASHES, k.TOKENS)),
    _row("ellipsis_ratio", "per token", "ellipses, three dots or one sign / tokens", _GOPHER, Formula(k.ELLIPSES, k.TOKENS)),
    _row(
        "bullet_line_share",
        _SHARE,
        "lines that begin with a bullet / lines that are not blank",
        _GOPHER,
        Formula(k.BULLET_LINES, k.LINES),
    ),
    _row(
        "ellipsis_line_share",
        _SHARE,
        "lines that end with an ellipsis / lines that are not blank",
        _GOPHER,
        Formula(k.ELLIPSIS_LINES, k.LINES),
    ),
    _row(
        "dup_line_share",
        _SHARE,
        "lines met before / lines, as runs of line feeds part them",
        _GOPHER,
        Formula(k.DUP_LINES, k.SPLIT_LINES, wants=k.OF_LINES),
    ),
    _row(
        "dup_line_char_share",
        _SHARE,
        "characters of lines met before / characters",
        _GOPHER,
        Formula(k.DUP_LINE_CHARACTERS, k.CHARACTERS, wants=k.OF_LINES),
    ),
    _row(
        "dup_paragraph_share",
        _SHARE,
        "paragraphs met before / paragraphs, as empty lines part them",
        _GOPHER,
        Formula(k.DUP_PARAGRAPHS, k.PARAGRAPHS, wants=k.OF_LINES),
    ),
    _row(
        "dup_paragraph_char_share",
        _SHARE,
        "characters of paragraphs met before / characters",
        _GOPHER,
        Formula(k.DUP_PARAGRAPH_CHARACTERS, k.CHARACTERS, wants=k.OF_LINES),
    ),
    *(
        _row(
            f"top_{n}gram_share",
            "share, 0-n",
            f"characters of the most frequent run of {n} tokens, times how often / characters",
            _GOPHER,
            Formula(k.TOP_2 + n - 2, k.CHARACTERS, wants=k.OF_WORDS),
        )
        for n in range(2, 5)
    ),
    *(
        _row(
            f"dup_{n}gram_share",
            _SHARE,
            f"characters of tokens in runs of {n} met before / characters",
            _GOPHER,
            Formula(k.DUP_5 + n - 5, k.CHARACTERS, wants=k.OF_WORDS),
        )
        for n in range(5, 11)
    ),
    _row(
        "end_line_share",
        _SHARE,
        "lines that end with a mark of the end, of Latin or Arabic script, quotes and brackets looked through / lines that are not blank",
        _FINEWEB,
        Formula(k.END_LINES, k.LINES),
    ),
    _row(
        "prose_line_share",
        _SHARE,
        f"lines that end with such a mark, have {k.PROSE} characters, or vowels for a quarter of them / lines that are not blank",
        _OURS,
        Formula(k.PROSE_LINES, k.LINES),
    ),
    _row(
        "short_line_share",
        _SHARE,
        f"lines of up to {k.SHORT} characters / lines that are not blank",
        _FINEWEB,
        Formula(k.SHORT_LINES, k.LINES),
    ),
    _row(
        "dup_text_line_share",
        _SHARE,
        "lines met before that are not blank / lines that are not blank",
        _OURS,
        Formula(k.DUP_TEXT_LINES, k.LINES, wants=k.OF_LINES),
    ),
    _row(
        "dup_text_char_share",
        _SHARE,
        "characters of lines met before that are not blank / characters without line feeds",
        _FINEWEB,
        Formula(k.DUP_TEXT_CHARACTERS, k.CHARACTERS, k.FEEDS, k.OF_LINES),
    ),
    _row("line_feed_ratio", "per token", "line feeds / tokens", _FINEWEB, Formula(k.FEEDS, k.TOKENS)),
    _row(
        "sentences",
        "sentences",
        "runs of words in a line up to a mark that ends a sentence, or to the end of the line",
        "C4 (Raffel et al. 2020)",
        Formula(k.SENTENCES),
    ),
    _row("braces", "signs", "signs { and }", "C4 (Raffel et al. 2020)", Formula(k.BRACES)),
    _row("long_lines", "lines", f"lines of at least {k.LONG} characters", "mC4 (Xue et al. 2021)", Formula(k.LONG_LINES)),
    _row("unique_token_share", _SHARE, "different tokens / tokens", _REDPAJAMA, Formula(k.UNIQUE, k.TOKENS, wants=k.OF_UNIQUE)),
    _row("token_entropy", "nats", "entropy of the distribution of tokens", _REDPAJAMA, Formula(k.ENTROPY, wants=k.OF_UNIQUE)),
    _row("digit_share", _SHARE, "digits of any script / characters", _REDPAJAMA, Formula(k.DIGITS, k.CHARACTERS)),
    _row("uppercase_share", _SHARE, "capital letters of ASCII / characters", _REDPAJAMA, Formula(k.UPPER, k.CHARACTERS)),
    _row(
        "sign_share",
        _SHARE,
        "characters that are part of no word and no space / characters",
        "ROOTS (Laurençon et al. 2022)",
        Formula(k.SIGNS, k.CHARACTERS),
    ),
    _row("vocalised_share", "marks per letter", "Arabic marks / Arabic letters; tatweel is neither", _OURS, Formula(k.MARKS, k.ARABIC)),
    _row(
        "code_line_share",
        _SHARE,
        "lines with three signs of programs, one in ten characters or more / lines that are not blank",
        _OURS,
        Formula(k.CODE_LINES, k.LINES),
    ),
    _row("table_line_share", _SHARE, "lines with two tabs or bars / lines that are not blank", _OURS, Formula(k.TABLE_LINES, k.LINES)),
    _row(
        "datatrove_words",
        "tokens",
        "tokens that are not all of datatrove's punctuation: the Arabic comma is a word",
        "datatrove 0.10.1",
        Formula(k.THEIR_WORDS),
    ),
    _row(
        "datatrove_word_length",
        "characters",
        "characters of those, vowels and tatweel among them / those",
        "datatrove 0.10.1",
        Formula(k.THEIR_WORD_CHARACTERS, k.THEIR_WORDS),
    ),
    _row(
        "datatrove_alpha_share",
        _SHARE,
        "tokens with a letter / tokens, signs among them",
        "datatrove 0.10.1",
        Formula(k.ALPHA, k.TOKENS),
    ),
    _row(
        "datatrove_bullet_line_share",
        _SHARE,
        "lines that begin with • or - / lines, blank ones among them",
        "datatrove 0.10.1",
        Formula(k.THEIR_BULLET_LINES, k.ALL_LINES),
    ),
    _row(
        "datatrove_ellipsis_line_share",
        _SHARE,
        "lines that end with an ellipsis / lines, blank ones among them",
        "datatrove 0.10.1",
        Formula(k.ELLIPSIS_LINES, k.ALL_LINES),
    ),
    _row(
        "datatrove_end_line_share",
        _SHARE,
        "lines whose last character is . ! ? ؟ or ۔ / lines that are not blank: no ellipsis, no quote after it",
        "datatrove 0.10.1",
        Formula(k.THEIR_END_LINES, k.LINES),
    ),
)
FORMULAS: Final[Mapping[str, Formula]] = MappingProxyType({definition.name: formula for definition, formula in _TABLE})
DEFINITIONS: Final = tuple(definition for definition, _ in _TABLE)


def counted(
    strings: columns.Strings, names: Iterable[str], words: tuple[str, ...] = NO_WORDS, rows: npt.NDArray[np.int64] | None = None
) -> tuple[dict[str, Floats], Floats]:
    """The measures of these names (float64, one for each row), and how many different ones of the given words are among the tokens.

    Args:
        strings: the texts.
        names: of measures of `FORMULAS`.
        words: up to 64, each one token.
        rows: which texts are measured, and in which order; all of them if it is not given.
    """
    formulas = {name: FORMULAS[name] for name in names}
    wanted = k.OF_LIST if words else 0
    which = {k.LISTED}
    for formula in formulas.values():
        wanted |= formula.wants
        which |= formula.asks()
    begin, end = strings.bounds[:-1], strings.bounds[1:]
    if rows is not None:
        begin, end = begin[rows], end[rows]
    counts = np.empty((len(which), len(begin)))
    measure(begin, end, strings.data, kinds(), wanted, word_hashes(words), np.array(sorted(which)), counts)
    found = dict(zip(sorted(which), counts, strict=True))
    return {name: formula.of(found) for name, formula in formulas.items()}, found[k.LISTED]
