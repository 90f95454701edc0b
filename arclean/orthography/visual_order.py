"""Presentation forms in the order of the eye, from left to right: told by forms that cannot stand where they stand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns, masks
from arclean import compiling as nb
from arclean.orthography.kernels import LF, ONE, THREE, U, code_at, code_before
from arclean.orthography.visual_runs import turner

RANGES: Final = ((0xFB50, 0xFBB2), (0xFBD3, 0xFD3E), (0xFE80, 0xFEFD))
"""Letters and ligatures that joined Unicode in 1993: their decompositions are the same in every version since. First and end."""
_SHAPES: Final = {"<isolated>": "o", "<final>": "f", "<initial>": "i", "<medial>": "m"}
_FORM: Final = re.compile("[" + "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in RANGES) + "]")
_FORWARD: Final = re.compile("(?<![ofim?])[im]|i(?=m)|m(?=f)|[fm](?![ofim?])")
"""In reading order words begin with an initial form and end in a final one; an initial is before a medial, a medial before a final."""
_BACKWARD: Final = re.compile("(?<![ofim?])[fm]|m(?=i)|f(?=m)|[im](?![ofim?])")
_O, _F, _I, _M, _PLAIN, _NO_LETTER = (np.uint8(ord(shape)) for shape in "ofim? ")
_LEAD: Final = np.uint8(0xEF)
"""The first byte of every form."""
_ENOUGH: Final = 3
_DOMINANT: Final = 10


class _Shapes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return " "


def _shapes() -> _Shapes:
    """Form to one letter for its shape; marks, which neither join nor part, to nothing; other Arabic to a question mark."""
    shapes = _Shapes(dict.fromkeys(range(0x0620, 0x064B), "?"))
    shapes.update(dict.fromkeys((*range(0x064B, 0x0660), 0x0670), ""))
    for code in (code for first, end in RANGES for code in range(first, end)):
        shapes[code] = _SHAPES.get(unicodedata.decomposition(chr(code)).split(" ", 1)[0], "?")
    return shapes


_SHAPE_OF: Final = _shapes()


def votes(text: str) -> tuple[int, int]:
    """How many forms stand as they do in the order of reading, and how many as they do in the order of the eye.

    Text that is not nearly all forms has no vote: there a form is an ornament, or a slip of the keyboard.

    >>> votes("\N{ARABIC LETTER MEEM INITIAL FORM}\N{ARABIC LETTER NOON FINAL FORM}")
    (2, 0)
    >>> votes("\N{ARABIC LETTER NOON FINAL FORM}\N{ARABIC LETTER MEEM INITIAL FORM}")
    (0, 2)
    >>> votes("\N{ARABIC LETTER ALEF FINAL FORM}ليوم")
    (0, 0)
    """
    return _votes(text.translate(_SHAPE_OF))


def _votes(shapes: str) -> tuple[int, int]:
    plain = shapes.count("?")
    if plain and plain * _DOMINANT > len(shapes) - shapes.count(" "):
        return 0, 0
    return len(_FORWARD.findall(shapes)), len(_BACKWARD.findall(shapes))


@lru_cache(maxsize=1)
def _by_code() -> npt.NDArray[np.uint8]:
    """uint8, shape (0x110000,): `_SHAPE_OF` as a table, 0 for nothing."""
    table = np.full(0x110000, ord(" "), np.uint8)
    for code, shape in _SHAPE_OF.items():
        table[code] = ord(shape or "\0")
    table[ord("\n")] = ord("\n")
    return table


def _shapes_of(text: str) -> str:
    """``text.translate(_SHAPE_OF)``, for long texts; lines stay lines."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return _by_code()[codes].tobytes().replace(b"\0", b"").decode("ascii")


@nb.njit(nogil=True, inline="always")
def _joins(shape):  # type: ignore[no-untyped-def]
    """Whether a shape is that of a letter: one of ``ofim?``."""
    return shape in (_O, _F, _I, _M, _PLAIN)


@nb.njit(nogil=True, inline="always")
def _is_backward(before, shape, after):  # type: ignore[no-untyped-def]
    """Whether `_BACKWARD` matches a shape between these two."""
    if shape == _F:
        return after == _M or not _joins(before)
    if shape == _M:
        return after == _I or not _joins(before) or not _joins(after)
    return shape == _I and not _joins(after)


@nb.njit(nogil=True)
def _shape_before(data, first, p, shapes):  # type: ignore[no-untyped-def]
    """The shape that ends before byte p, those of nothing aside."""
    shape = np.uint8(0)
    while p > first and not shape:
        code, p = code_before(data, first, p)
        shape = shapes[code]
    return shape or _NO_LETTER


@nb.njit(nogil=True)
def _shape_after(data, p, stop, shapes):  # type: ignore[no-untyped-def]
    shape = np.uint8(0)
    while p < stop and not shape:
        code, step = code_at(data, p)
        p += step
        shape = shapes[code]
    return shape or _NO_LETTER


@nb.njit(nogil=True)
def _line_of_forms(data, first, p, stop, shapes, dominant):  # type: ignore[no-untyped-def]
    """Where the line ends that holds byte p, and whether it has a vote; see `votes`."""
    while p > first and data[p - ONE] != LF:
        p -= ONE
    plain = letters = 0
    while p < stop and data[p] != LF:
        code, step = code_at(data, p)
        p += step
        letters += _joins(shapes[code])
        plain += shapes[code] == _PLAIN
    return p, plain * dominant <= letters


@nb.njit(nogil=True, cache=True)
def backward(bounds, data, shapes, enough, dominant, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether the lines of row i have ``enough`` votes for the order of the eye; ``shapes`` is `_by_code`."""
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = line = first
        count, counts = 0, False
        while p < stop and count < enough:
            forms = masks.equal(masks.window(data, p), _LEAD) & masks.upto(stop - p)
            while forms and count < enough:
                q = p + masks.first(forms)
                forms &= forms - ONE
                shape = shapes[code_at(data, q)[0]]
                if shape in (_F, _I, _M) and (counts or q >= line):
                    before = _shape_before(data, first, q, shapes)
                    found = _is_backward(before, shape, _shape_after(data, q + THREE, stop, shapes))
                    if found and q >= line:
                        line, counts = _line_of_forms(data, first, q, stop, shapes, dominant)
                    count += found and counts
            p += masks.SIZE
        rows[row] = count >= enough


def perhaps_turned(strings: columns.Strings) -> npt.NDArray[np.bool_]:
    """In which rows there are votes enough for the order of the eye for `turned` to have anything to do."""
    rows = np.empty(len(strings), np.bool_)
    backward(strings.bounds, strings.data, _by_code(), _ENOUGH, _DOMINANT, rows)
    return rows


def _visual(forward: int, backward: int) -> bool:
    return backward >= max(_ENOUGH, _DOMINANT * forward)


def turned(text: str) -> str:
    """The text with the lines that are in visual order turned into the order of reading.

    If all of it speaks for visual order, every line with forms is turned that does not speak against; else only lines that are clear.
    """
    shapes = _shapes_of(text)
    if len(_BACKWARD.findall(shapes)) < _ENOUGH:
        return text
    lines = text.split("\n")
    counts = [_votes(line) for line in shapes.split("\n")]
    whole = _visual(sum(forward for forward, _ in counts), sum(backward for _, backward in counts))
    chosen = [
        (whole and forward <= backward and _formed(line)) or _visual(forward, backward)
        for line, (forward, backward) in zip(lines, counts, strict=True)
    ]
    if not any(chosen):
        return text
    turn = turner([line for line, choose in zip(lines, chosen, strict=True) if choose])
    return "\n".join(turn(line) if choose else line for line, choose in zip(lines, chosen, strict=True))


def _formed(line: str) -> bool:
    """Whether the Arabic of a line is nearly all forms."""
    forms = len(_FORM.findall(line))
    return forms > 0 and _DOMINANT * line.translate(_SHAPE_OF).count("?") <= forms
