"""Signatures of documents: the hash of their words, their shingles, the keys of their bands.

MinHash (Broder 1997): the least value of a random function over the shingles of two documents is the same with a chance that is their
Jaccard similarity. Bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4): b keys of r least values each find a pair of
similarity s with a chance of 1 - (1 - s^r)^b.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.duplicates import kernels
from arclean.duplicates.fold import fold
from arclean.duplicates.lanes import LANES

MISSED: Final = 0.03
"""Share of the pairs just at the threshold that bands may miss; of more similar pairs they miss fewer."""

_WORD: Final = (1 << 64) - 1


@dataclass(frozen=True)
class Signatures:
    """What is known of the rows of a column.

    Attributes:
        words: int32, shape (n,): how many words each row has; 0 for a row that was not chosen.
        hashes: uint64, shape (n, 2): 128 bits over the sequence of its words; over its bytes where it has no word.
        bounds: int64, shape (n + 1,): where the shingles of each row lie.
        shingles: uint32 (or uint64, if asked for), in order of the text.
    """

    words: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    bounds: npt.NDArray[np.int64]
    shingles: npt.NDArray[Any]


def sign(texts: pa.Array, chosen: npt.NDArray[np.bool_], ignore: tuple[str, ...], size: int, kind: type = np.uint32) -> Signatures:
    """The signatures of the chosen rows of a column.

    Args:
        texts: strings.
        chosen: one a row.
        ignore: what does not count, see `arclean.duplicates.fold.IGNORED`.
        size: words in a shingle.
        kind: of the shingles. 32 bits do to compare two documents; to look one up among millions it takes 64.

    >>> from arclean.duplicates.fold import IGNORED
    >>> made = sign(pa.array(["قال الوَزير", "قـال، الوزير!"]), np.ones(2, np.bool_), IGNORED, 5)
    >>> made.words.tolist(), bool((made.hashes[0] == made.hashes[1]).all())
    ([2, 2], True)
    """
    strings = columns.view(texts)
    rows = len(strings)
    most = int(strings.bounds[-1] - strings.bounds[0]) // 2 + rows + 1
    words, hashes = np.zeros(rows, np.int32), np.zeros((rows, 2), np.uint64)
    bounds = np.zeros(rows + 1, np.int64)
    out: npt.NDArray[Any] = np.empty(most, kind)
    power = np.uint64(pow(int(kernels.STEP), size + 1, 1 << 64))
    shift, recent = np.uint64(32 if kind is np.uint32 else 0), np.zeros(size, np.uint64)
    text = (strings.bounds, strings.data, chosen, fold(ignore))
    count = kernels.shingles(*text, size, power, shift, recent, words, hashes, bounds[1:], out)
    return Signatures(words, hashes, bounds, out[:count])


@dataclass(frozen=True)
class Bands:
    """How signatures are cut into keys.

    Attributes:
        count: keys of a document.
        rows: least values in a key.
    """

    count: int
    rows: int

    def found(self, similarity: float) -> float:
        """The chance that a pair of this similarity shares a key.

        >>> round(Bands(14, 8).found(0.8), 3)
        0.924
        """
        return 1.0 - (1.0 - similarity**self.rows) ** self.count

    def keys(self, signatures: Signatures) -> npt.NDArray[np.uint64]:
        """uint64, shape (n, count); 0 for rows without a shingle."""
        factor, offset = functions(self.count * self.rows)
        keys = np.zeros((len(signatures.words), self.count), np.uint64)
        least = np.empty(len(factor), np.uint32)
        kernels.bands(signatures.shingles, signatures.bounds[1:], factor, offset, self.rows, least, keys)
        return keys


def tuned(threshold: float, hashes: int, missed: float = MISSED) -> Bands:
    """The bands for a threshold: the longest keys, which bring the fewest pairs in vain, that miss no more than so many at the threshold.

    Args:
        threshold: Jaccard similarity from which on two documents are near duplicates.
        hashes: least values of a document, at most.
        missed: share of the pairs just at the threshold that may be missed.

    >>> tuned(0.75, 112)
    Bands(count=18, rows=6)
    """
    fitting = [Bands(hashes // rows, rows) for rows in range(1, hashes + 1)]
    return [bands for bands in fitting if 1 - bands.found(threshold) <= missed or bands.rows == 1][-1]


@lru_cache(maxsize=8)
def functions(count: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Factors (odd) and offsets of so many functions, and of a few more that fill a register: always the same (splitmix64 from 1)."""
    state, values = 1, []
    for _ in range(-(-count // LANES) * LANES):
        state = (state + 0x9E3779B97F4A7C15) & _WORD
        mixed = state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        values.append(mixed ^ (mixed >> 31))
    drawn = np.array(values, np.uint64)
    return (drawn >> np.uint64(32)).astype(np.uint32) | np.uint32(1), drawn.astype(np.uint32)
