"""Telephone numbers: of the Arab countries by their numbering plans, of others by their +, and any after a word that says so."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.entities.kernels.characters import PLUS, ROUND, byte_at
from arclean.entities.kernels.numbers import TIGHT, is_date, is_whole, number_of

CODE_SIZE, PREFIX, PREFIX_SIZE, SIZE, PLAINNESS, COUNTRY = 1, 2, 3, 4, 5, 0
"""Columns of a row of a numbering plan: see `arclean.entities.tables`."""
LEAST, MOST_DIGITS, LEAST_ABROAD = 7, 15, 10


@nb.njit(nogil=True)
def _is_dated(n, value, gap):  # type: ignore[no-untyped-def]
    """Whether the digits begin with a date: day, month, year or the other way round."""
    sizes = np.zeros(3, np.int64)
    group = 0
    for i in range(n):
        if i > 0 and gap[i] != TIGHT:
            group += 1
            if group == 3:
                break
        sizes[group] += 1
    if sizes[0] <= 2 and sizes[1] <= 2 and sizes[2] == 4:
        one, two = number_of(value, 0, sizes[0]), number_of(value, sizes[0], sizes[0] + sizes[1])
        year = number_of(value, sizes[0] + sizes[1], sizes[0] + sizes[1] + 4)
        return 1000 <= year <= 2199 and (is_date(2000, two, one) or is_date(2000, one, two))
    if sizes[0] == 4 and sizes[1] <= 2 and sizes[2] <= 2:
        return 1000 <= number_of(value, 0, 4) <= 2199 and is_date(2000, number_of(value, 4, 4 + sizes[1]), 1)
    return False


@nb.njit(nogil=True)
def _is_grouped(first, size, gap, home):  # type: ignore[no-untyped-def]
    """Whether the digits up to ``size`` stand together, or in at most five groups of two or more with one sign between; brackets are free.

    With the code of a country there may be six, and the first two may be one digit: the code, the area, and pairs as in the Maghreb.
    """
    sign = TIGHT
    groups = 1
    since = first
    for i in range(first + 1, size):
        if gap[i] == TIGHT:
            continue
        if gap[i] != ROUND:
            if sign != TIGHT and gap[i] != sign:
                return False
            sign = gap[i]
            if i - since < 2 and (home or groups > 2):
                return False
        groups += 1
        since = i
    return groups <= (5 if home else 6) and size - since >= 2


@nb.njit(nogil=True)
def _fits(plan, row, at, n, value, gap):  # type: ignore[no-untyped-def]
    """How many of the digits are used if those from ``at`` on are a number of this row; 0 if they are not."""
    size = at + plan[row, SIZE]
    if size > n or not is_whole(n, size, gap) or number_of(value, at, at + plan[row, PREFIX_SIZE]) != plan[row, PREFIX]:
        return 0
    return size


@nb.njit(nogil=True)
def _abroad(at, n, value, gap, plan):  # type: ignore[no-untyped-def]
    """How many digits a number with the code of its country has, code from ``at`` on; 0 if it is none."""
    best = 0
    for row in range(plan.shape[0]):
        begin = at + plan[row, CODE_SIZE]
        if n < begin + LEAST or number_of(value, at, begin) != plan[row, COUNTRY]:
            continue
        for trunk in range(2):
            if trunk == 0 or value[begin] == 0:
                size = _fits(plan, row, begin + trunk, n, value, gap)
                best = max(best, size)
    if best or value[at] == 0:
        return best
    for size in range(at + LEAST_ABROAD, min(n, at + MOST_DIGITS) + 1):
        if is_whole(n, size, gap):
            best = size
    return best


@nb.njit(nogil=True)
def _at_home(n, value, gap, plan, cued):  # type: ignore[no-untyped-def]
    """How many digits a number without the code of its country has; 0 if it is none."""
    best = 0
    for row in range(plan.shape[0]):
        plain = plan[row, PLAINNESS]
        if value[0] == 0 and plain > 0:
            size = _fits(plan, row, 1, n, value, gap)
            area = 1 + plan[row, PREFIX_SIZE]
            if size and (plain == 2 or cued or gap[area] == ROUND):
                best = max(best, size)
        if cued and value[0] != 0:
            best = max(best, _fits(plan, row, 0, n, value, gap))
    if best == 0 and cued:
        for size in range(LEAST, min(n, MOST_DIGITS) + 1):
            if is_whole(n, size, gap):
                return size
    return best


@nb.njit(nogil=True)
def phone_size(data, n, value, end, gap, plus, cued, stop, plan):  # type: ignore[no-untyped-def]
    """How many of the digits are a telephone number; 0 if none are. ``plus``: whether a + stands before them."""
    if n < LEAST:
        return 0
    at = 2 if value[0] == 0 and value[1] == 0 and gap[1] == TIGHT and not plus else 0
    after = byte_at(data, end[n - 1], stop) == PLUS
    if not plus and ((value[0] != 0 and not after and not cued) or _is_dated(n, value, gap)):
        return 0
    size = _abroad(at, n, value, gap, plan) if plus or at or (after and is_whole(n, n, gap)) else 0
    if size and after and not plus and at == 0 and size != n:
        size = 0
    if size == 0 and not plus and at == 0:
        size = _at_home(n, value, gap, plan, cued)
    return size if size and _is_grouped(at, size, gap, not plus and at == 0 and not after) else 0
