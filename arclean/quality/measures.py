"""Measures of documents: each has a name, a unit, a formula and a source; all are counted in one pass over the column."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.errors import unknown
from arclean.quality import kernels
from arclean.rules import classes


@dataclass(frozen=True)
class Definition:
    """What a measure is.

    Attributes:
        name: its column.
        unit: of its values.
        formula: in words.
        source: who uses it so.
    """

    name: str
    unit: str
    formula: str
    source: str


_ALL: Final = (
    Definition("characters", "code points", "code points of the text", "Gopher (Rae et al. 2021), C4 (Raffel et al. 2020)"),
    Definition(
        "words", "words", "runs of what is not white space that hold a letter or a digit; clitics stay on", "Gopher (Rae et al. 2021)"
    ),
    Definition("lines", "lines", "lines that are not blank", "FineWeb (Penedo et al. 2024)"),
    Definition(
        "arabic_share", "share of letters, 0-1", "Arabic letters / letters; 0 where there are no letters", "script share, as in GlotScript"
    ),
)
MEASURES: Final[Mapping[str, Definition]] = MappingProxyType({one.name: one for one in _ALL})
"""Every measure, by name."""

COMPUTED_BY_PIPELINE: Final = ("lines_removed",)
"""Columns that a pipeline adds by itself and a filter may ask for."""


def demand_measure(name: str, where: str) -> None:
    """Raise if there is no such measure.

    Raises:
        UnknownName: with the nearest.
    """
    if name not in MEASURES:
        raise unknown("measure", name, MEASURES, where)


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint8]:
    """uint8, shape (0x110000,): what each code point is, as bits, for `kernels.count`."""
    table = np.zeros(0x110000, np.uint8)
    members = (
        (classes.OTHER_LETTERS, kernels.LETTER),
        (classes.LETTERS, kernels.ARABIC | kernels.LETTER),
        (classes.FORM_LETTERS, kernels.ARABIC | kernels.LETTER),
        (classes.DIGITS, kernels.DIGIT),
        (classes.SPACES, kernels.BLANK),
    )
    for ranges, kind in members:
        for first, last in ranges:
            table[first : last + 1] = kind
    return table


class _Last(threading.local):
    """The column measured last in this thread: a filter after a filter asks for the same."""

    texts: pa.Array | None = None
    figures: Mapping[str, pa.Array] = MappingProxyType({})


_last = _Last()


def forget() -> None:
    """Let go of the column measured last: it may be another engine's memory, which must not outlive its batch."""
    _last.texts, _last.figures = None, MappingProxyType({})


def figures(texts: pa.Array) -> Mapping[str, pa.Array]:
    """Every measure of every row; a null row measures 0.

    >>> {name: values.to_pylist() for name, values in figures(pa.array(["في البدء كان Word"])).items()}
    {'characters': [17], 'words': [4], 'lines': [1], 'arabic_share': [0.7142857313156128]}
    """
    if _last.texts is None or not _same(_last.texts, texts):
        _last.figures = MappingProxyType(_count(columns.view(texts)))
        _last.texts = texts
    return _last.figures


def _same(one: pa.Array, other: pa.Array) -> bool:
    """Whether two arrays are the same rows of the same buffers: a batch gives a new array each time it is asked for a column."""
    if one is other:
        return True
    both = [(a.address if a else 0, b.address if b else 0) for a, b in zip(one.buffers(), other.buffers(), strict=True)]
    return one.type == other.type and (one.offset, len(one)) == (other.offset, len(other)) and all(a == b for a, b in both)


def _count(strings: columns.Strings) -> dict[str, pa.Array]:
    characters, words, letters, arabic, lines = (np.empty(len(strings), np.int32) for _ in range(5))
    kernels.count(strings.bounds, strings.data, kinds(), characters, words, letters, arabic, lines)
    share = (arabic / np.maximum(letters, 1)).astype(np.float32)
    return {"characters": pa.array(characters), "words": pa.array(words), "lines": pa.array(lines), "arabic_share": pa.array(share)}
