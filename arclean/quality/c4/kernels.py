"""The pass over lines for C4, compiled."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import U, code_at

SPACE, END, CLOSER = np.uint8(1), np.uint8(2), np.uint8(4)
ELLIPSIS = 0x2E


@nb.njit(nogil=True, cache=True)
def look(begin, end, data, kinds, words, longest, ends):  # type: ignore[no-untyped-def]
    """Of each span: its words, as white space parts them, the characters of the longest, and how it ends.

    ``kinds`` (uint8, 0x110000): SPACE, END, CLOSER. ``ends`` (uint8): 1 if the last character is an end, or closers and an end before
    them; 2 if it is three dots.
    """
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        count = most = size = 0
        one = two = last = np.uint32(0)
        closed = False
        while p < stop:
            code, step = code_at(data, p)
            p += step
            if kinds[code] & SPACE:
                most = max(most, size)
                size = 0
                continue
            count += size == 0
            size += 1
            if not kinds[code] & CLOSER or kinds[code] & END:
                one, two, last, closed = two, last, code, False
            else:
                closed = True
        dots = one == ELLIPSIS and two == ELLIPSIS and last == ELLIPSIS and not closed
        words[row], longest[row] = count, max(most, size)
        ends[row] = 2 if dots else np.uint8((kinds[last] & END) != 0)
