"""Compiled passes over the bytes of a block: where its lines lie, and what their records hold.

A record is understood here if it is plain: an object whose keys are columns that are known, each once and without an escape, and whose
values are what their columns hold. Of any other it is only said that it is not; it is read elsewhere, as slowly as it needs.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.masks import NONE, ONE
from arclean.orthography.passes.codes import put_code

U, B = np.uint64, np.uint8

MISSING: Final = -1
"""The start of a value that a record does not have."""
NULL: Final = -2
"""The start of a value that is null."""

NEWLINE, RETURN, TAB, SPACE = B(10), B(13), B(9), B(32)
QUOTE, BACKSLASH, COMMA, COLON, MINUS = B(34), B(92), B(44), B(58), B(45)
OPEN, CLOSE, OPEN_LIST, CLOSE_LIST = B(123), B(125), B(91), B(93)
_N, _U, _L, _R, _T, _F, _BS = B(110), B(117), B(108), B(114), B(116), B(102), B(98)
SLASH: Final = B(47)
_NO: Final = U(0xFFFFFFFFFFFFFFFF)
"""Where what is no string ends; also what is no number of four digits."""


@nb.njit(nogil=True, cache=True)
def breaks(data):  # type: ignore[no-untyped-def]
    """How many line feeds the bytes (uint8) hold."""
    found, p, stop = U(0), U(0), U(data.shape[0])
    while p < stop:
        found += masks.count(masks.equal(masks.window(data, p), NEWLINE) & masks.upto(stop - p))
        p += masks.SIZE
    return found


@nb.njit(nogil=True, forceinline=True)
def _is_space(byte):  # type: ignore[no-untyped-def]
    return byte == SPACE or byte == TAB or byte == RETURN


@nb.njit(nogil=True, cache=True)
def find_lines(data, strip, starts, ends, numbers):  # type: ignore[no-untyped-def]
    """Where the lines that are not empty begin and end, and which of all lines they are; how many there are.

    With ``strip`` the space around a line is left out, and so are lines of nothing else; otherwise only the return of a CRLF. ``starts``,
    ``ends`` and ``numbers`` (int64, one longer than there are line feeds) are written to.
    """
    size, kept, number = U(data.shape[0]), 0, 0
    begin, p = U(0), U(0)
    while p <= size:
        found = NONE
        if p < size:
            found = masks.equal(masks.window(data, p), NEWLINE) & masks.upto(size - p)
        last = p + masks.SIZE > size
        while found or last:
            end = p + masks.first(found) if found else size
            if not found:
                last = False
            low, high = begin, end
            if strip:
                while low < high and _is_space(data[low]):
                    low += ONE
                while high > low and _is_space(data[high - ONE]):
                    high -= ONE
            elif high > low and data[high - ONE] == RETURN:
                high -= ONE
            if high > low:
                starts[kept], ends[kept], numbers[kept] = low, high, number
                kept += 1
            number += 1
            begin = end + ONE
            found &= found - ONE
        p += masks.SIZE
    return kept


@nb.njit(nogil=True, forceinline=True)
def _past_space(data, p, end):  # type: ignore[no-untyped-def]
    while p < end and (data[p] == SPACE or data[p] == TAB):
        p += ONE
    return p


@nb.njit(nogil=True, forceinline=True)
def _hex(byte):  # type: ignore[no-untyped-def]
    """What a digit is worth; 16 and more is none."""
    if B(48) <= byte <= B(57):
        return U(byte) - U(48)
    lower = U(byte) | U(32)
    return lower - U(87) if U(97) <= lower <= U(102) else U(16)


@nb.njit(nogil=True, forceinline=True)
def _four(data, p):  # type: ignore[no-untyped-def]
    """The number that four hexadecimal digits write; `_NO` if they are none."""
    one, two, three, four = _hex(data[p]), _hex(data[p + U(1)]), _hex(data[p + U(2)]), _hex(data[p + U(3)])
    if one > U(15) or two > U(15) or three > U(15) or four > U(15):
        return _NO
    return (one << U(12)) | (two << U(8)) | (three << U(4)) | four


@nb.njit(nogil=True, forceinline=True)
def _past_escape(data, p, end):  # type: ignore[no-untyped-def]
    """After the escape whose backslash is at p; `_NO` if it is none, or half a surrogate pair."""
    if p + ONE >= end:
        return _NO
    byte = data[p + ONE]
    if byte == _U:
        if p + U(6) > end:
            return _NO
        code = _four(data, p + U(2))
        if code == _NO or U(0xDC00) <= code <= U(0xDFFF):
            return _NO
        if code < U(0xD800) or code > U(0xDFFF):
            return p + U(6)
        if p + U(12) > end or data[p + U(6)] != BACKSLASH or data[p + U(7)] != _U:
            return _NO
        low = _four(data, p + U(8))
        return p + U(12) if low != _NO and U(0xDC00) <= low <= U(0xDFFF) else _NO
    if byte == _N or byte == QUOTE or byte == BACKSLASH or byte == SLASH or byte == _T or byte == _R or byte == _BS or byte == _F:
        return p + U(2)
    return _NO


@nb.njit(nogil=True)
def _string_end(data, p, end):  # type: ignore[no-untyped-def]
    """The quote that ends the string whose first byte is at p; `_NO` if it is none that JSON allows."""
    while p < end:
        address = masks.window(data, p)
        stop = masks.equal(address, QUOTE) | masks.equal(address, BACKSLASH) | masks.below(address, SPACE)
        if stop == NONE:
            p += masks.SIZE
            continue
        p += masks.first(stop)
        if p >= end:
            return _NO
        if data[p] == QUOTE:
            return p
        while p < end and data[p] == BACKSLASH:
            p = _past_escape(data, p, end)
        if p == _NO:
            return _NO
        if p < end and data[p] < SPACE:
            return _NO
    return _NO


@nb.njit(nogil=True)
def _value_end(data, p, end):  # type: ignore[no-untyped-def]
    """After the value of any kind that begins at p, as far as brackets and quotes tell; `_NO` if they tell of none."""
    depth, begin = 0, p
    while p < end:
        byte = data[p]
        if byte == QUOTE:
            p = _string_end(data, p + ONE, end)
            if p == _NO:
                return _NO
        elif byte == OPEN or byte == OPEN_LIST:
            depth += 1
        elif byte == CLOSE or byte == CLOSE_LIST:
            if depth == 0:
                break
            depth -= 1
        elif byte == COMMA and depth == 0:
            break
        elif byte < SPACE and byte != TAB:
            return _NO
        p += ONE
    return p if p > begin else _NO


@nb.njit(nogil=True, forceinline=True)
def _same(data, p, size, names, at):  # type: ignore[no-untyped-def]
    step = U(0)
    while step < size and data[p + step] == names[at + step]:
        step += ONE
    return step == size


@nb.njit(nogil=True)
def _column(data, p, end, names, bounds, guess):  # type: ignore[no-untyped-def]
    """Which column a key names; as many as there are if none."""
    columns, size = U(bounds.shape[0]) - ONE, end - p
    for step in range(columns):
        column = guess + step
        if column >= columns:
            column -= columns
        if bounds[column + ONE] - bounds[column] == size and _same(data, p, size, names, bounds[column]):
            return column
    return columns


@nb.njit(nogil=True)
def _record(data, p, end, names, bounds, strings, firsts, lasts, row):  # type: ignore[no-untyped-def]
    """Whether one line is a plain record; where its values lie."""
    columns, guess = U(bounds.shape[0]) - ONE, U(0)
    if data[p] != OPEN:
        return False
    p = _past_space(data, p + ONE, end)
    if p < end and data[p] == CLOSE:
        return p + ONE == end
    while p < end:
        if data[p] != QUOTE:
            return False
        last = _string_end(data, p + ONE, end)
        if last == _NO:
            return False
        column = _column(data, p + ONE, last, names, bounds, guess)
        if column == columns or firsts[column, row] != MISSING:
            return False
        guess = column + ONE if column + ONE < columns else U(0)
        p = _past_space(data, last + ONE, end)
        if p >= end or data[p] != COLON:
            return False
        p = _past_space(data, p + ONE, end)
        if p + U(4) < end and data[p] == _N:
            if data[p + U(1)] != _U or data[p + U(2)] != _L or data[p + U(3)] != _L:
                return False
            firsts[column, row] = NULL
            p += U(4)
        elif strings[column]:
            if p >= end or data[p] != QUOTE:
                return False
            last = _string_end(data, p + ONE, end)
            if last == _NO:
                return False
            firsts[column, row], lasts[column, row] = p + ONE, last
            p = last + ONE
        else:
            last = _value_end(data, p, end)
            if last == _NO:
                return False
            firsts[column, row], lasts[column, row] = p, last
            p = last
        p = _past_space(data, p, end)
        if p >= end:
            return False
        if data[p] == CLOSE:
            return p + ONE == end
        if data[p] != COMMA:
            return False
        p = _past_space(data, p + ONE, end)
    return False


@nb.njit(nogil=True, cache=True)
def records(data, starts, ends, names, bounds, strings, firsts, lasts, plain):  # type: ignore[no-untyped-def]
    """Which lines of a block are plain records, written to ``plain`` (uint8), and where their values lie.

    Lines lie from ``starts`` to ``ends`` (int64), without space around them. ``names`` holds the names of the columns as UTF-8, one after
    the other, between ``bounds`` (int64); ``strings`` (uint8) says which are of strings. ``firsts`` and ``lasts`` (int64, shape (columns,
    lines)) are written to: where each value lies, a string without its quotes. The first is `NULL` or `MISSING` if there is none, and of
    no account if the line is no plain record.
    """
    firsts[:, :] = MISSING
    edges = bounds.astype(np.uint64)
    for row in range(starts.shape[0]):
        plain[row] = _record(data, U(starts[row]), U(ends[row]), names, edges, strings, firsts, lasts, row)


@nb.njit(nogil=True, forceinline=True)
def _meant(byte):  # type: ignore[no-untyped-def]
    """What the letter of an escape stands for; itself if it is a sign."""
    if byte == _N:
        return NEWLINE
    if byte == _T:
        return TAB
    if byte == _R:
        return RETURN
    if byte == _BS:
        return B(8)
    return B(12) if byte == _F else byte


@nb.njit(nogil=True)
def _unescaped(data, p, end, out, at):  # type: ignore[no-untyped-def]
    """Write a string without its escapes; after it."""
    while p < end:
        address = masks.window(data, p)
        stop = masks.equal(address, BACKSLASH) & masks.upto(end - p)
        masks.store(out, at, address)
        if stop == NONE:
            size = min(masks.SIZE, end - p)
            p, at = p + size, at + size
            continue
        size = masks.first(stop)
        p, at = p + size, at + size
        while p < end and data[p] == BACKSLASH:
            byte = data[p + ONE]
            if byte != _U:
                out[at] = _meant(byte)
                p, at = p + U(2), at + ONE
                continue
            code = _four(data, p + U(2))
            p += U(6)
            if U(0xD800) <= code <= U(0xDBFF):
                code = U(0x10000) + ((code - U(0xD800)) << U(10)) + (_four(data, p + U(2)) - U(0xDC00))
                p += U(6)
            at = put_code(out, at, np.uint32(code))
    return at


@nb.njit(nogil=True, cache=True)
def strings(data, firsts, lasts, bounds, out):  # type: ignore[no-untyped-def]
    """Write the strings of a column to ``out``, one after the other, without their escapes, and their bounds to ``bounds`` (int32).

    They lie in the block between ``firsts`` and ``lasts`` (int64); a negative first is no string. There must be room for all of them as
    they stand, and for 64 bytes more.
    """
    at = U(0)
    bounds[0] = 0
    for row in range(firsts.shape[0]):
        if firsts[row] >= 0:
            at = _unescaped(data, U(firsts[row]), U(lasts[row]), out, at)
        bounds[row + 1] = at


@nb.njit(nogil=True, cache=True)
def others(data, firsts, lasts, names, bounds, out):  # type: ignore[no-untyped-def]
    """Write records of some columns alone to ``out``, as they stand, a line each; how many bytes these are.

    Values lie between ``firsts`` and ``lasts`` (int64, shape (columns, rows)); a negative first is none. ``names`` are those of the
    columns, ready to be written, ``"name":``, between ``bounds``.
    """
    at = U(0)
    for row in range(firsts.shape[1]):
        out[at] = OPEN
        at += ONE
        many = False
        for column in range(firsts.shape[0]):
            if firsts[column, row] < 0:
                continue
            if many:
                out[at] = COMMA
                at += ONE
            many = True
            for p in range(bounds[column], bounds[column + 1]):
                out[at] = names[p]
                at += ONE
            for p in range(firsts[column, row], lasts[column, row]):
                out[at] = data[p]
                at += ONE
        out[at], out[at + ONE] = CLOSE, NEWLINE
        at += U(2)
    return at
