"""Where the records of CSV begin and end. A quote opens a field only at its first byte, and is doubled inside."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb

WHOLE = 0
"""The record ends with a line end."""

UNENDED = 1
"""The bytes end before the record does, outside quotes."""

OPEN = 2
"""The bytes end inside quotes."""

STRAY = 3
"""Something other than a delimiter follows a closing quote, or a quote is not closed for too long: only its first line is taken."""

Bytes = npt.NDArray[np.uint8]
Index = npt.NDArray[np.int64]

_QUOTE, _RETURN, _NEWLINE = 34, 13, 10


@nb.njit(nogil=True, cache=True)
def record(data: Bytes, at: int, delimiter: int, longest: int) -> tuple[int, int, int]:
    """One record: where the next begins, how many fields it has, what it is.

    Args:
        data: bytes.
        at: where it begins.
        delimiter: a byte.
        longest: bytes after which a quote that spans lines counts as never closed.
    """
    size = data.shape[0]
    fields = 1
    p = at
    while True:
        if p < size and data[p] == _QUOTE:
            p += 1
            line_end = -1
            while True:
                if p >= size:
                    return size, fields, OPEN
                byte = data[p]
                if byte == _QUOTE:
                    if p + 1 < size and data[p + 1] == _QUOTE:
                        p += 1
                    else:
                        break
                elif byte == _NEWLINE and line_end < 0:
                    line_end = p
                if line_end >= 0 and p - at > longest:
                    return first_line(data, at), fields, STRAY
                p += 1
            p += 1
            if p < size and data[p] != delimiter and data[p] != _NEWLINE and data[p] != _RETURN:
                return first_line(data, at), fields, STRAY
        while p < size and data[p] != delimiter and data[p] != _NEWLINE and data[p] != _RETURN:
            p += 1
        if p >= size:
            return size, fields, UNENDED
        if data[p] == delimiter:
            fields += 1
            p += 1
            continue
        if data[p] == _RETURN:
            if p + 1 >= size:
                return size, fields, UNENDED
            if data[p + 1] == _NEWLINE:
                p += 1
        return p + 1, fields, WHOLE


@nb.njit(nogil=True, cache=True)
def first_line(data: Bytes, at: int) -> int:
    """Where the line after this one begins."""
    p = at
    while p < data.shape[0] and data[p] != _NEWLINE:
        p += 1
    return p + 1 if p < data.shape[0] else p


@nb.njit(nogil=True, cache=True)
def last_end(data: Bytes, delimiter: int, longest: int, size: int) -> int:
    """Where the last record ends that ends within `size` bytes, or else the first beyond; 0 if none ends for sure."""
    end = 0
    while True:
        after, _, kind = record(data, end, delimiter, longest)
        if kind in (UNENDED, OPEN):
            return end
        if kind == STRAY and after >= data.shape[0] and data[data.shape[0] - 1] != _NEWLINE:
            return end
        if after > size:
            return end if end > 0 else after
        end = after


@nb.njit(nogil=True, cache=True)
def scan(data: Bytes, delimiter: int, longest: int) -> tuple[Index, Index, Index, Index]:
    """All records but blank lines: where each begins and ends (with its line end), its number of fields, and what it is.

    A record that is still open at the end of the bytes is there as its first line, `OPEN`, and the lines after it are records again.
    """
    most = 2
    for byte in data:
        most += byte in (_NEWLINE, _RETURN)
    begins, ends = np.empty(most, np.int64), np.empty(most, np.int64)
    fields, kinds = np.empty(most, np.int64), np.empty(most, np.int64)
    count = p = 0
    while p < data.shape[0]:
        if data[p] == _NEWLINE or data[p] == _RETURN:
            p += 1
            continue
        after, width, kind = record(data, p, delimiter, longest)
        if kind == OPEN:
            after = first_line(data, p)
        begins[count], ends[count], fields[count], kinds[count] = p, after, width, kind
        count += 1
        p = after
    return begins[:count], ends[:count], fields[:count], kinds[:count]
