"""Signs that change by whether digits stand beside them, as one compiled pass."""

from __future__ import annotations

from typing import Final

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import CODE, ONE, SPACE, TWO, U, put

INSIDE, BESIDE, OUTSIDE = np.uint8(1), np.uint8(2), np.uint8(3)
"""Where a sign is taken: between two digits; next to one, a space in between or not; anywhere but between two digits."""

Signs = tuple[tuple[str, str, np.uint8], ...]
"""Signs of two bytes, each with the ASCII character that it becomes and where it is taken."""

SEPARATORS: Final[Signs] = (
    ("\N{ARABIC DECIMAL SEPARATOR}", ".", INSIDE),
    ("\N{ARABIC THOUSANDS SEPARATOR}", ",", INSIDE),
    ("\N{ARABIC DATE SEPARATOR}", "/", INSIDE),
    ("\N{ARABIC PERCENT SIGN}", "%", BESIDE),
)
COMMA: Final[Signs] = (("\N{ARABIC COMMA}", ",", OUTSIDE),)


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _is_digit(data, p, first, stop):  # type: ignore[no-untyped-def]
    """Whether a digit of one of the three rows of Arabic text starts at byte p."""
    if p < first or p >= stop:
        return False
    lead = data[p]
    if lead < np.uint8(0x80):
        return np.uint8(0x30) <= lead <= np.uint8(0x39)
    if p + ONE >= stop:
        return False
    tail = data[p + ONE]
    return (lead == np.uint8(0xD9) and np.uint8(0xA0) <= tail <= np.uint8(0xA9)) or (
        lead == np.uint8(0xDB) and np.uint8(0xB0) <= tail <= np.uint8(0xB9)
    )


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _digit_before(data, p, first):  # type: ignore[no-untyped-def]
    """Whether a digit ends before byte p."""
    if p > first and data[p - ONE] < np.uint8(0x80):
        return _is_digit(data, p - ONE, first, p)
    return p > first + ONE and data[p - TWO] >= np.uint8(0x80) and _is_digit(data, p - TWO, first, p)


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _is_taken(data, p, q, first, stop, where):  # type: ignore[no-untyped-def]
    """Whether the sign ``data[p:q]`` stands where its kind is taken."""
    before, after = _digit_before(data, p, first), _is_digit(data, q, first, stop)
    if where == INSIDE:
        return before and after
    if where == OUTSIDE:
        return not (before and after)
    if before or after:
        return True
    if p > first and data[p - ONE] == SPACE and _digit_before(data, p - ONE, first):
        return True
    return q < stop and data[q] == SPACE and _is_digit(data, q + ONE, first, stop)


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def rewrite_signs(bounds, data, becomes, where, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows with the signs that are taken as their ASCII characters; answers bytes written and signs changed.

    ``where`` (uint8, 0x800): for a code point of at most two bytes, where it is taken, 0 for one that is no sign; ``becomes`` likewise.
    """
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = first
        while p < stop:
            lead = data[p]
            if np.uint8(0xC0) <= lead < np.uint8(0xE0):
                code = ((CODE(lead) & CODE(0x1F)) << CODE(6)) | (CODE(data[p + ONE]) & CODE(0x3F))
                if where[code] and _is_taken(data, p, p + TWO, first, stop, where[code]):
                    out[at] = becomes[code]
                    at += ONE
                    changed += 1
                else:
                    at = put(out, at, data, p, TWO)
                p += TWO
            else:
                out[at] = lead
                at += ONE
                p += ONE
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), changed


def tables(signs: Signs) -> tuple[np.typing.NDArray[np.uint8], np.typing.NDArray[np.uint8]]:
    """``becomes`` and ``where`` of `rewrite_signs`.

    >>> becomes, where = tables(COMMA)
    >>> chr(becomes[0x60C]), int(where[0x60C]), int(where.sum())
    (',', 3, 3)
    """
    becomes, where = np.zeros(0x800, np.uint8), np.zeros(0x800, np.uint8)
    for sign, ascii_sign, taken in signs:
        becomes[ord(sign)], where[ord(sign)] = ord(ascii_sign), taken
    return becomes, where
