"""Whether bytes are UTF-8, told of 64 together. Every other pass relies on it, and reads what Arrow alone does not look at.

What is UTF-8 is table 3-7 of the Unicode Standard: a first byte says how many follow it, and bounds the second one.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.masks import ONE

U, B = np.uint64, np.uint8
TWO, THREE = U(2), U(3)


@nb.njit(nogil=True, forceinline=True)
def _out_of_bounds(address, after):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes are no first byte, or have a second one behind them that they cannot have; ``after`` is one byte further on."""
    early = masks.equal(address, B(0xE0)) & masks.below(after, B(0xA0))
    early |= masks.equal(address, B(0xF0)) & masks.below(after, B(0x90))
    late = masks.equal(address, B(0xED)) & masks.at_least(after, B(0xA0))
    late |= masks.equal(address, B(0xF4)) & masks.at_least(after, B(0x90))
    return early | late | masks.between(address, B(0xC0), B(0xC1)) | masks.at_least(address, B(0xF5))


@nb.njit(nogil=True, cache=True)
def are_valid(bounds, data):  # type: ignore[no-untyped-def]
    """Whether each row, ``data[bounds[i]:bounds[i + 1]]``, is UTF-8; bounds (int64) are in order and within the data (uint8)."""
    p, stop = U(bounds[0]), U(bounds[-1])
    due = U(0)
    while p < stop:
        address, valid = masks.window(data, p), masks.upto(stop - p)
        follows = masks.between(address, B(0x80), B(0xBF)) & valid
        first = masks.at_least(address, B(0xC0)) & valid
        wanted = due | (first << ONE)
        due = first >> masks.LAST
        long = masks.at_least(address, B(0xE0)) & valid
        if long or masks.between(address, B(0xC0), B(0xC1)) & valid:
            longest = masks.at_least(address, B(0xF0)) & valid
            wanted |= (long << TWO) | (longest << THREE)
            due |= (long >> U(62)) | (longest >> U(61))
            if _out_of_bounds(address, masks.window(data, p + ONE)) & valid:
                return False
        if wanted != follows:
            return False
        p += masks.SIZE
    if due:
        return False
    for row in range(U(bounds.shape[0] - 1)):
        first_byte = U(bounds[row])
        if first_byte < stop and (data[first_byte] & B(0xC0)) == B(0x80):
            return False
    return True
