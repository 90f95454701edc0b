"""What the kernel of languages looks up, built once from the tables of knowledge."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean.language import kernels
from arclean.rules import classes, languages, varieties
from arclean.rules.forms import FORMS

LANGUAGES: Final = tuple(languages.NAMES)
VARIETIES: Final = tuple(varieties.NAMES)
ARABIZI, LATIN, RELIGIOUS = "arabizi", "latin", "religious"
COLUMNS: Final = (*LANGUAGES, *VARIETIES, ARABIZI, LATIN, RELIGIOUS)
"""The columns of the sums that `kernels.weigh` makes."""

NAT: Final = 256
"""What one nat weighs: weights are whole numbers, so that sums do not depend on their order."""
WORD: Final = int(3.5 * NAT)
"""A small word is evidence of 3.5 nats: some thirty times likelier in its language than elsewhere."""
ARTICLE: Final = int(1.5 * NAT)
"""The article alef-lam on a word that no table lists: one word of five in Arabic, one of a hundred as a loan in the others."""
PRIOR: Final = 4.0 * NAT
"""By so much a text is Arabic before it is read: what is too short to tell is what a crawl of Arabic holds."""
HIT: Final = 60
"""What one word of a variety weighs; a word of two weighs half of it for each, and so on."""

SAME: Final[dict[str, str]] = {
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
}
"""Letters of a word that are spelled as the keyboard or the hand has it: they count as one in the words, and apart as letters."""


@dataclass(frozen=True)
class Tables:
    """What `kernels.weigh` looks up; see there."""

    entry: npt.NDArray[np.uint32]
    slots: npt.NDArray[np.uint32]
    letter_weights: npt.NDArray[np.float64]
    word_weights: npt.NDArray[np.float64]
    prior: npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables of the built-in identifier."""
    entry = _entries()
    groups = _groups(entry)
    weights: dict[tuple[tuple[str, int], ...], int] = {(): 0, (("ar", ARTICLE),): 1, ((ARABIZI, HIT),): 2}
    numbers = {seed: weights.setdefault(tuple(sorted(of.items())), len(weights)) for seed, of in sorted(groups.items())}
    assert len(weights) <= kernels.MOST_GROUPS
    word_weights = np.zeros((len(weights), len(COLUMNS)))
    for of, number in weights.items():
        for column, weight in of:
            word_weights[number, COLUMNS.index(column)] = weight
    return Tables(entry, _slots(numbers), _letter_weights(), word_weights, np.array([PRIOR] + [0.0] * (len(COLUMNS) - 1)))


def _slots(numbers: Mapping[int, int]) -> npt.NDArray[np.uint32]:
    """The map of words, with as many buckets as it takes for each to have room."""
    size = kernels.WAYS
    while True:
        slots = np.zeros(size, np.uint32)
        if len(numbers) < size and all(kernels.enter(slots, np.uint64(seed), np.uint64(number)) for seed, number in numbers.items()):
            return slots
        size *= 2


def _entries() -> npt.NDArray[np.uint32]:
    kind, fold = np.zeros(0x110000, np.uint32), np.arange(0x110000, dtype=np.uint32)
    for ranges, what in ((classes.OTHER_LETTERS, kernels.OTHER), (classes.LETTERS, kernels.ARABIC), (classes.MARKS, kernels.MARK)):
        for first, last in ranges:
            kind[first : last + 1] = what
    for first, last in ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F)):
        kind[first : last + 1] = kernels.LATIN
    fold[0x41:0x5B] += 0x20
    kind[0x30:0x3A] = kernels.FIGURE
    for digit in languages.ARABIZI_DIGITS:
        kind[ord(digit)] = kernels.DIGIT
    kind[ord("\N{ARABIC TATWEEL}")] = kernels.MARK
    kind[ord("@")], kind[ord("/")] = kernels.HANDLE, kernels.SLASH
    for number, letter in enumerate(languages.LETTER_SHARES, kernels.ARABIC + 1):
        kind[ord(letter)] = number
    for letter, other in SAME.items():
        fold[ord(letter)] = ord(other)
    for form, letters in FORMS.items():
        letter = letters.strip()[:1] or "\N{ARABIC TATWEEL}"
        kind[ord(form)], fold[ord(form)] = kind[ord(letter)], fold[ord(letter)]
    return np.asarray(kind | (fold << np.uint32(8)), np.uint32)


def _hash(word: str, entry: npt.NDArray[np.uint32]) -> np.uint64:
    codes = [entry[ord(char)] >> np.uint32(8) for char in word if entry[ord(char)] & np.uint32(0xFF) != kernels.MARK]
    seed: np.uint64 = kernels.word_hash(np.array(codes, np.uint64))
    return seed


def _groups(entry: npt.NDArray[np.uint32]) -> dict[int, dict[str, int]]:
    """The hash of each listed word, and what it weighs in which column."""
    groups: dict[int, dict[str, int]] = defaultdict(dict)
    for weight, listed in ((WORD, languages.WORDS), (0, varieties.WORDS)):
        for column, words in listed.items():
            for word in _words(words):
                groups[int(_hash(word, entry))][column] = weight
    for column, words in ((RELIGIOUS, varieties.RELIGIOUS), (ARABIZI, languages.ARABIZI), (LATIN, languages.LATIN_WORDS)):
        for word in _words(words):
            groups[int(_hash(word, entry))][column] = HIT
    for weighed in groups.values():
        of = [column for column in VARIETIES if column in weighed]
        weighed.update(dict.fromkeys(of, HIT // max(len(of), 1)))
        if of:
            weighed.setdefault("ar", WORD // 2)
    return groups


def _words(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def _letter_weights() -> npt.NDArray[np.float64]:
    """Logarithms of the shares, which are brought to a sum of one; a letter that no language of the table writes says nothing."""
    weights = np.zeros((len(LANGUAGES), kernels.ARABIC + 1 + len(languages.LETTER_SHARES)))
    totals = [sum(column) for column in zip(*languages.LETTER_SHARES.values(), strict=True)]
    for number, shares in enumerate(languages.LETTER_SHARES.values(), kernels.ARABIC + 1):
        for column, share in enumerate(shares):
            weights[column, number] = round(NAT * math.log(max(share, languages.RARE) / totals[column]))
    return weights
