"""Rows as code points: what a pass needs that looks around, and runs on few rows.

The rows are decoded into one array, a kernel writes them anew, and what it wrote is encoded again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography.kernels import CODE, ONE, U, code_at
from arclean.rule import ContextRule

Changed = tuple[columns.Written, int]
Operation = Callable[[columns.Strings, ContextRule], Changed | None]
InPlace = Callable[[columns.Bounds, columns.Bytes, npt.NDArray[np.bool_]], int]
"""Changes rows where they are: of their bounds and bytes, sets to whether it changed them the rows (bool), and answers its hits."""
Codes = npt.NDArray[np.uint32]
Cuts = npt.NDArray[np.int64]
Kernel = Callable[..., int]
CODES: Final = 0x110000


@nb.njit(nogil=True, inline="always")
def put_code(out, at, code):  # type: ignore[no-untyped-def]
    """Write a code point as UTF-8; answers where the next one goes."""
    if code < CODE(0x80):
        out[at] = np.uint8(code)
        return at + ONE
    if code < CODE(0x800):
        out[at] = np.uint8(CODE(0xC0) | (code >> CODE(6)))
        out[at + U(1)] = np.uint8(CODE(0x80) | (code & CODE(0x3F)))
        return at + U(2)
    if code < CODE(0x10000):
        out[at] = np.uint8(CODE(0xE0) | (code >> CODE(12)))
        out[at + U(1)] = np.uint8(CODE(0x80) | ((code >> CODE(6)) & CODE(0x3F)))
        out[at + U(2)] = np.uint8(CODE(0x80) | (code & CODE(0x3F)))
        return at + U(3)
    out[at] = np.uint8(CODE(0xF0) | (code >> CODE(18)))
    out[at + U(1)] = np.uint8(CODE(0x80) | ((code >> CODE(12)) & CODE(0x3F)))
    out[at + U(2)] = np.uint8(CODE(0x80) | ((code >> CODE(6)) & CODE(0x3F)))
    out[at + U(3)] = np.uint8(CODE(0x80) | (code & CODE(0x3F)))
    return at + U(4)


@nb.njit(nogil=True, cache=True)
def decode_rows(bounds, data, codes, cuts):  # type: ignore[no-untyped-def]
    """The code points of the rows one after the other; ``cuts[i]`` is where row i begins."""
    n = 0
    cuts[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        while p < stop:
            code, step = code_at(data, p)
            codes[n] = code
            n += 1
            p += step
        cuts[row + 1] = n


@nb.njit(nogil=True, cache=True)
def encode_rows(codes, cuts, new_bounds, out):  # type: ignore[no-untyped-def]
    """The rows ``codes[cuts[i]:cuts[i + 1]]`` as UTF-8; answers bytes written."""
    at = U(0)
    new_bounds[0] = 0
    for row in range(cuts.shape[0] - 1):
        for i in range(cuts[row], cuts[row + 1]):
            at = put_code(out, at, codes[i])
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at)


def rewritten(strings: columns.Strings, work: Callable[[Codes, Cuts, Codes, Cuts], int], grows: int = 1) -> Changed | None:
    """The column done by ``work``, and how often it acted; None if it did not.

    Args:
        strings: the column.
        work: writes its code points anew, at most ``grows`` times as many; see `Kernel`.
        grows: how many times.
    """
    codes, cuts = _room(int(strings.bounds[-1] - strings.bounds[0])), np.zeros(len(strings) + 1, np.int64)
    decode_rows(strings.bounds, strings.data, codes, cuts)
    made, new_cuts = _room(grows * int(cuts[-1])), np.zeros_like(cuts)
    hits = int(work(codes[: cuts[-1]], cuts, made, new_cuts))
    if not hits:
        return None
    bounds, out = np.empty_like(strings.bounds), columns.room(4 * int(new_cuts[-1]))
    size = encode_rows(made, new_cuts, bounds, out)
    return columns.held(bounds, out[:size], strings), hits


def _room(size: int) -> Codes:
    return columns.room(4 * size).view(np.uint32)


def by_codes(kernel: Kernel, *tables: Callable[[], Any], grows: int = 1) -> Operation:
    """An operation: ``kernel(codes, cuts, *tables, made, new_cuts)`` writes the rows anew and answers how often it acted."""

    def operation(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
        given = [table() for table in tables]
        return rewritten(strings, lambda codes, cuts, made, new_cuts: kernel(codes, cuts, *given, made, new_cuts), grows)

    return operation


def characters_of(ranges: Iterable[tuple[int, int]]) -> str:
    """The characters of some ranges of code points.

    >>> characters_of([(0x41, 0x43), (0x61, 0x61)])
    'ABCa'
    """
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


def table_of(kinds: Iterable[tuple[int, Iterable[tuple[int, int]]]]) -> npt.NDArray[np.uint16]:
    """uint16, shape (0x110000,): for each code point the flags of the ranges that hold it.

    >>> table_of([(1, [(0x41, 0x5A)]), (2, [(0x41, 0x41)])])[[0x40, 0x41, 0x42]].tolist()
    [0, 3, 1]
    """
    table = np.zeros(CODES, np.uint16)
    for flag, ranges in kinds:
        for first, last in ranges:
            table[first : last + 1] |= flag
    return table
