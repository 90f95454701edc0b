"""Measures of documents: each has a name, a unit, a formula and a source.

Only what is asked for is computed. Four of them, `BASE`, come from the fastest pass; the others from `arclean.quality.shape`, which looks
at words and lines; what religious texts repeat from `arclean.language`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import unknown
from arclean.language.identify import religious_share
from arclean.quality import kernels, unread
from arclean.quality.definition import Definition
from arclean.quality.shape.measures import DEFINITIONS, FORMULAS, counted
from arclean.rules import classes

_BASE: Final = (
    Definition("characters", "code points", "code points of the text", "Gopher (Rae et al. 2021), C4 (Raffel et al. 2020)"),
    Definition(
        "words", "words", "runs of what is not white space that hold a letter or a digit; clitics stay on", "Gopher (Rae et al. 2021)"
    ),
    Definition("lines", "lines", "lines that are not blank", "FineWeb (Penedo et al. 2024)"),
    Definition(
        "arabic_share", "share of letters, 0-1", "Arabic letters / letters; 0 where there are no letters", "script share, as in GlotScript"
    ),
)
_RELIGIOUS: Final = Definition(
    "religious_share", "share of words, 0-1", "words that religious texts repeat, see `arclean.rules.varieties` / words", "arclean"
)
_LOREM: Final = Definition("lorem_ipsum", "times", "occurrences of 'lorem ipsum', in any case", "C4 (Raffel et al. 2020)")
_UNREAD: Final = frozenset(one.name for one in unread.DEFINITIONS)
BASE: Final = tuple(one.name for one in _BASE)
"""Measures that are all counted in one fast pass."""
MEASURES: Final[Mapping[str, Definition]] = MappingProxyType(
    {one.name: one for one in (*_BASE, *DEFINITIONS, _LOREM, *unread.DEFINITIONS, _RELIGIOUS)}
)
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
    """The column measured last in this thread, and what of it: a filter after a filter asks for the same."""

    texts: pa.Array | None = None
    figures: Mapping[str, pa.Array] = MappingProxyType({})


_last = _Last()


def forget() -> None:
    """Let go of the column measured last: it may be another engine's memory, which must not outlive its batch."""
    _last.texts, _last.figures = None, MappingProxyType({})


def figures(texts: pa.Array, names: Iterable[str] = BASE) -> Mapping[str, pa.Array]:
    """The measures of these names, and maybe more, of every row; a null row measures 0.

    >>> {name: values.to_pylist() for name, values in figures(pa.array(["في البدء كان Word"])).items()}
    {'characters': [17], 'words': [4], 'lines': [1], 'arabic_share': [0.7142857313156128]}
    """
    known = _last.figures if _last.texts is not None and _same(_last.texts, texts) else {}
    missing = [name for name in names if name not in known]
    if missing:
        strings = columns.view(texts)
        made = dict(known)
        if not set(BASE).isdisjoint(missing):
            made |= base(strings)
        shapes = [name for name in missing if name in FORMULAS]
        if shapes:
            made |= {name: pa.array(values) for name, values in counted(strings, shapes)[0].items()}
        if _RELIGIOUS.name in missing:
            made[_RELIGIOUS.name] = pa.array(religious_share(texts))
        if _LOREM.name in missing:
            made[_LOREM.name] = lorem_ipsum(texts)
        if not _UNREAD.isdisjoint(missing):
            made |= unread.unread(texts)
        known = MappingProxyType(made)
        _last.figures, _last.texts = known, texts
    return known


def _same(one: pa.Array, other: pa.Array) -> bool:
    """Whether two arrays are the same rows of the same buffers: a batch gives a new array each time it is asked for a column."""
    if one is other:
        return True
    both = [(a.address if a else 0, b.address if b else 0) for a, b in zip(one.buffers(), other.buffers(), strict=True)]
    return one.type == other.type and (one.offset, len(one)) == (other.offset, len(other)) and all(a == b for a, b in both)


def spans_with(data: columns.Bytes, begin: columns.Bounds, end: columns.Bounds, pairs: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """The numbers of the spans ``data[begin:end]`` that hold one of these pairs of letters of ASCII, given as small ones, in any case."""
    may = np.empty(len(begin), np.bool_)
    kernels.may_hold(begin, end, data, np.frombuffer("".join(pairs).encode(), np.uint8).reshape(-1, 2), may)
    found: npt.NDArray[np.int64] = np.flatnonzero(may)
    return found


def lorem_ipsum(texts: pa.Array) -> pa.Array:
    """How often each row says "lorem ipsum" (int32), in any case; none but those that hold some letters of it are asked.

    >>> lorem_ipsum(pa.array(["Lorem Ipsum dolor", "نص", None])).to_pylist()
    [1, 0, 0]
    """
    strings = columns.view(texts)
    rows = spans_with(strings.data, strings.bounds[:-1], strings.bounds[1:], ("lo",))
    counts = np.zeros(len(texts), np.int32)
    if len(rows):
        counts[rows] = pc.count_substring(texts.take(pa.array(rows)).fill_null(""), "lorem ipsum", ignore_case=True).to_numpy()
    return pa.array(counts)


def base(strings: columns.Strings) -> dict[str, pa.Array]:
    """The measures of `BASE` of every row."""
    characters, words, letters, arabic, lines = (np.empty(len(strings), np.int32) for _ in range(5))
    kernels.count(strings.bounds, strings.data, kinds(), characters, words, letters, arabic, lines)
    share = (arabic / np.maximum(letters, 1)).astype(np.float32)
    return {"characters": pa.array(characters), "words": pa.array(words), "lines": pa.array(lines), "arabic_share": pa.array(share)}
