"""Which language a text is in, how sure that is, and which Arabic it looks like. Letters and small words, weighed in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.language import kernels
from arclean.language.tables import COLUMNS, HIT, LANGUAGES, NAT, RELIGIOUS, VARIETIES, tables

SAMPLE: Final = 50
"""Letters that a score is about: it is the probability that a text of so many letters, like this one, is in the language."""
ARABIZI_LEAST, ARABIZI_SHARE = 2, 0.08
"""Words that must be known as Arabizi, how many and of all; more than are known as of other languages."""

ARABIC, IN_LATIN, OTHER_LATIN, MIXED, UNKNOWN = "ar", "ar-Latn", "und-Latn", "mul", "und"
CODES: Final = (*LANGUAGES, IN_LATIN, OTHER_LATIN, MIXED, UNKNOWN)
"""Every language that the built-in identifier answers, as BCP 47 has it.

A text of which half the letters are Arabic is in a language of that script; one with a quarter is mixed (``mul``); ``und`` is any other
script, or none.
"""
NO_VARIETY: Final = ""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Languages:
    """What was found, one entry for each span.

    Attributes:
        language: index into `CODES`.
        score: 0-1; see `SAMPLE`; times the share of the letters that are in its script.
        variety: index into `VARIETIES`, -1 where there is no sign of any.
        variety_score: share of the signs of varieties that point to this one, 0-1.
        religious: words of religious texts, of all words, 0-1.
        letters: letters of any script.
        marked: marks and tatweel, for each Arabic letter.
    """

    language: npt.NDArray[np.int64]
    score: Floats
    variety: npt.NDArray[np.int64]
    variety_score: Floats
    religious: Floats
    letters: npt.NDArray[np.int64]
    marked: Floats

    def columns(self) -> dict[str, pa.Array]:
        """As Arrow arrays: language and variety as strings, scores as float32."""
        return {
            "language": pa.array(CODES, pa.string()).take(pa.array(self.language)),
            "language_score": pa.array(self.score.astype(np.float32)),
            "variety": pa.array((*VARIETIES, NO_VARIETY), pa.string()).take(pa.array(self.variety % (len(VARIETIES) + 1))),
            "variety_score": pa.array(self.variety_score.astype(np.float32)),
        }


def identify(texts: pa.Array) -> Languages:
    """The language of every row of a string column.

    >>> identify(pa.array(["ذهب الولد إلى المدرسة", "این کتاب را خواندم"])).columns()["language"].to_pylist()
    ['ar', 'fa']
    """
    strings = columns.view(texts)
    return identify_spans(strings.data, strings.bounds[:-1], strings.bounds[1:])


def is_arabic(texts: pa.Array, least: float = 0.0) -> npt.NDArray[np.bool_]:
    """Which rows are Arabic in Arabic script, of at least this score: what rules may touch that would harm Persian or Urdu.

    >>> is_arabic(pa.array(["ذهب الولد إلى المدرسة", "این کتاب را خواندم", "no"])).tolist()
    [True, False, False]
    """
    found = identify(texts)
    made: npt.NDArray[np.bool_] = (found.language == CODES.index(ARABIC)) & (found.score >= least)
    return made


def religious_share(texts: pa.Array) -> Floats:
    """`Languages.religious` of every row of a string column, without the rest: no letter is weighed, and of words one column.

    >>> religious_share(pa.array(["بسم الله الرحمن الرحيم", "ذهب الولد إلى المدرسة"])).tolist()
    [0.25, 0.0]
    """
    strings = columns.view(texts)
    found, sums = np.empty((len(strings), 5), np.int64), np.empty((len(strings), 1))
    t = tables()
    at = COLUMNS.index(RELIGIOUS)
    weights = (np.ascontiguousarray(t.word_weights[:, at : at + 1]), t.prior[at : at + 1])
    kernels.weigh(strings.bounds[:-1], strings.bounds[1:], strings.data, t.entry, t.slots, None, *weights, found, sums)
    return _religious(sums[:, 0], found)


def _religious(sums: Floats, found: npt.NDArray[np.int64]) -> Floats:
    share: Floats = sums / (HIT * np.maximum(found[:, 3], 1))
    return share


def identify_spans(data: columns.Bytes, begin: columns.Bounds, end: columns.Bounds) -> Languages:
    """The language of every span ``data[begin:end]``; spans are whole characters of UTF-8."""
    found = np.empty((len(begin), 5), np.int64)
    sums = np.empty((len(begin), len(COLUMNS)))
    t = tables()
    kernels.weigh(begin, end, data, t.entry, t.slots, t.letter_weights, t.word_weights, t.prior, found, sums)
    language, variety = np.empty(len(begin), np.int64), np.empty(len(begin), np.int64)
    score, variety_score = np.empty(len(begin)), np.empty(len(begin))
    sizes = (len(LANGUAGES), len(VARIETIES))
    least, share = HIT * ARABIZI_LEAST, HIT * ARABIZI_SHARE
    kernels.decide(found, sums, sizes, float(NAT), SAMPLE, least, share, language, score, variety, variety_score)
    religious = _religious(sums[:, COLUMNS.index(RELIGIOUS)], found)
    marked = found[:, 4] / np.maximum(found[:, 0], 1)
    return Languages(language, score, variety, variety_score, religious, found[:, :3].sum(axis=1), marked)
