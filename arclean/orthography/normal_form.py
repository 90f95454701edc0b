"""Unicode's normal forms C and KC over a column, from tables frozen in the package: the interpreter's own Unicode has no say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns, masks
from arclean import compiling as nb
from arclean.orthography.beginnings import Beginnings, beginnings
from arclean.orthography.kernels import (
    CODE,
    FOUR,
    ONE,
    TWO,
    U,
    code_at,
    code_before,
    in_range,
    lower_bound,
    move,
    odd,
    out_of_order,
    vowels,
)
from arclean.orthography.survey import Ranges, survey, wants
from arclean.orthography.table import CODES
from arclean.rules import normal_forms, parity

if TYPE_CHECKING:
    from arclean.rule import ContextRule

L_BASE, V_BASE, T_BASE, S_BASE = 0x1100, 0x1161, 0x11A7, 0xAC00
L_COUNT, V_COUNT, T_COUNT = 19, 21, 28
S_COUNT = L_COUNT * V_COUNT * T_COUNT
_FEW = 16
_SLACK = 1 << 14
"""Code points of a stretch, and bytes that a column may grow by, before they are counted out."""
_MARK, _WORK = np.uint8(1), np.uint8(2)
_EDGES = U(0xC000000000000003)
"""Bytes of 64 beside which others stand that are not looked at."""
VOWELS: Final = frozenset((*range(0x64B, 0x653), 0x670))
"""Marks each of a class of its own, in the order of their codes."""


@dataclass(frozen=True)
class Tables:
    """What the pass needs to know of Unicode.

    Attributes:
        entry: int32, shape (0x110000,); 0 for a code point that stays, otherwise the number of its decomposition.
        start: int64, where decomposition e starts in `pool`; it ends where the next one starts.
        pool: uint32, the code points of the decompositions, each full and in canonical order.
        order: uint8, shape (0x110000,): canonical combining classes.
        kind: uint8, shape (0x110000,): 0 for a code point that starts anew and stays, `_MARK` for one with a class, `_WORK` for one
            that decomposes or may be the second of a pair that composes.
        pairs: int64, ascending: ``first << 21 | second``.
        composed: uint32, what each pair composes to.
        gate: where the characters are to be found without which a text is in form KC already.
        grown: the same for those that decompose into more bytes than they have.
        ranges: where those of `gate` are to be found that are common and no vowels, and perhaps others.
        widest: as how many code points, at most, one byte is decomposed.
    """

    entry: npt.NDArray[np.int32]
    start: npt.NDArray[np.int64]
    pool: npt.NDArray[np.uint32]
    order: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.int64]
    composed: npt.NDArray[np.uint32]
    gate: Beginnings
    grown: Beginnings
    ranges: Ranges
    widest: np.uint64


def tables(instead: Mapping[str, str], decompositions: str = normal_forms.DECOMPOSITIONS) -> Tables:
    """The tables of form KC, with characters that become another text than Unicode says: one that is in form KC itself.

    With the canonical decompositions, the tables of form C: a character that its own parts compose to stays, until a mark follows it.
    """
    known = [[int(code, 16) for code in line.split()] for line in decompositions.strip().split("\n")]
    becomes = {code: plain for code, *plain in known} | {ord(char): list(map(ord, text)) for char, text in instead.items()}
    entry = np.zeros(CODES, np.int32)
    entry[list(becomes)] = np.arange(1, len(becomes) + 1)
    start = np.cumsum([0, 0, *map(len, becomes.values())], dtype=np.int64)
    pool = np.array([code for plain in becomes.values() for code in plain], np.uint32)
    order = np.zeros(CODES, np.uint8)
    for first, last, one in normal_forms.CLASSES:
        order[first : last + 1] = one
    pairs = sorted([int(code, 16) for code in line.split()] for line in normal_forms.PAIRS.strip().split("\n"))
    keys = np.array([before << 21 | after for before, after, _ in pairs], np.int64)
    composed = np.array([made for *_, made in pairs], np.uint32)
    restless = becomes.keys() - (set(composed.tolist()) if decompositions is normal_forms.CANONICAL else set())
    kind = np.where(order != 0, _MARK, np.uint8(0))
    kind[[*restless, *(after for _, after, _ in pairs)]] = _WORK
    kind[V_BASE : V_BASE + V_COUNT] = kind[T_BASE + 1 : T_BASE + T_COUNT] = _WORK
    gate = beginnings(map(chr, np.flatnonzero(kind)))
    grown = beginnings(chr(code) for code, plain in becomes.items() if len("".join(map(chr, plain)).encode()) > len(chr(code).encode()))
    look = survey((wants(map(chr, np.flatnonzero(kind == _WORK))), wants(map(chr, set(np.flatnonzero(kind == _MARK).tolist()) - VOWELS))))
    ranges = look.wide if len(look.wide.leads) else look.ranges
    widest = np.uint64(max(-(-len(plain) // len(chr(code).encode())) for code, plain in becomes.items()))
    return Tables(entry, start, pool, order, kind, keys, composed, gate, grown, ranges, widest)


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _utf8_size(code):  # type: ignore[no-untyped-def]
    return 1 if code < CODE(0x80) else 2 if code < CODE(0x800) else 3 if code < CODE(0x10000) else 4


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _put_code(out, at, code):  # type: ignore[no-untyped-def]
    """Write a code point as UTF-8; answers where the next one goes."""
    size = _utf8_size(code)
    if size == 1:
        out[at] = np.uint8(code)
    else:
        lead = CODE(0xC0) if size == 2 else CODE(0xE0) if size == 3 else CODE(0xF0)
        out[at] = np.uint8(lead | (code >> CODE(6 * (size - 1))))
        for i in range(1, size):
            out[at + U(i)] = np.uint8(CODE(0x80) | ((code >> CODE(6 * (size - 1 - i))) & CODE(0x3F)))
    return at + U(size)


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _decompose(data, p, stop, entry, start, pool, codes):  # type: ignore[no-untyped-def]
    """Write the decomposed code points of ``data[p:stop]``; answers how many."""
    n = 0
    while p < stop:
        code, step = code_at(data, p)
        e = entry[code]
        if e == 0:
            codes[n] = code
            n += 1
        else:
            for i in range(start[e], start[e + 1]):
                codes[n] = pool[i]
                n += 1
        p += step
    return n


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _sort_run(codes, first, last, order, spare):  # type: ignore[no-untyped-def]
    """Sort the marks ``codes[first:last]`` by class, equal ones as they stand: a few by insertion, many by counting."""
    if last - first <= _FEW:
        for i in range(first + 1, last):
            code, j = codes[i], i
            while j > first and order[codes[j - 1]] > order[code]:
                codes[j] = codes[j - 1]
                j -= 1
            codes[j] = code
        return
    place = np.zeros(257, np.int64)
    for i in range(first, last):
        place[order[codes[i]] + 1] += 1
        spare[i] = codes[i]
    for one in range(256):
        place[one + 1] += place[one]
    for i in range(first, last):
        one = order[spare[i]]
        codes[first + place[one]] = spare[i]
        place[one] += 1


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _reorder(codes, n, order, spare):  # type: ignore[no-untyped-def]
    """Put every run of marks in canonical order."""
    i = 0
    while i < n:
        if order[codes[i]] == 0:
            i += 1
            continue
        first = i
        sorted_so_far = True
        i += 1
        while i < n and order[codes[i]] != 0:
            sorted_so_far &= order[codes[i - 1]] <= order[codes[i]]
            i += 1
        if not sorted_so_far:
            _sort_run(codes, first, i, order, spare)


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _pair(first, second, pairs, composed):  # type: ignore[no-untyped-def]
    """What two code points compose to, or 0."""
    a, b = np.int64(first), np.int64(second)
    if L_BASE <= a < L_BASE + L_COUNT and V_BASE <= b < V_BASE + V_COUNT:
        return CODE(S_BASE + ((a - L_BASE) * V_COUNT + b - V_BASE) * T_COUNT)
    if S_BASE <= a < S_BASE + S_COUNT and (a - S_BASE) % T_COUNT == 0 and T_BASE < b < T_BASE + T_COUNT:
        return CODE(a + b - T_BASE)
    key = a << 21 | b
    at = lower_bound(pairs, key)
    return composed[at] if at < pairs.shape[0] and pairs[at] == key else CODE(0)


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _compose(codes, n, order, kind, pairs, composed):  # type: ignore[no-untyped-def]
    """Compose in place (UAX #15); answers how many code points are left."""
    kept, starter, last = 0, -1, -1
    for i in range(n):
        code = codes[i]
        one = np.int64(order[code])
        if starter >= 0 and kind[code] == _WORK and last < one + (last == 0 and one == 0):
            made = _pair(codes[starter], code, pairs, composed)
            if made:
                codes[starter] = made
                continue
        if one == 0:
            starter = kept
        last = one
        codes[kept] = code
        kept += 1
    return kept


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def decomposed_size(bounds, data, grown, entry, start, pool):  # type: ignore[no-untyped-def]
    """At most how many bytes all rows have, and the longest of them has, if those of ``grown`` are decomposed."""
    total, most = 0, 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        size = bounds[row + 1] - bounds[row]
        while grown[row] and p < stop:
            code, step = code_at(data, p)
            e = entry[code]
            more = -np.int64(step)
            for i in range(start[e], start[e + 1]):
                more += _utf8_size(pool[i])
            if e:
                size += max(more, 0)
            p += step
        total += size
        most = max(most, size)
    return total, most


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _is_same(out, home, at, data, first, stop):  # type: ignore[no-untyped-def]
    """Whether ``out[home:at]`` and ``data[first:stop]`` are the same bytes."""
    same = at - home == stop - first
    i = U(0)
    while same and i < at - home:
        same = out[home + i] == data[first + i]
        i += ONE
    return same


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _stretch_end(data, before, p, stop, entry, order, kind, pairs, composed):  # type: ignore[no-untyped-def]
    """Where the marks and parts that begin at byte p end, and whether they need work: they are not in order, decompose or may compose.

    What is first composed, is composed with the code point at byte ``before``.
    """
    work, last = False, np.uint8(0)
    starter = code_at(data, before)[0] if before < p else CODE(0)
    made = entry[starter] != 0
    while p < stop:
        code, step = code_at(data, p)
        if kind[code] == 0:
            break
        work |= order[code] < last
        if kind[code] == _WORK and not work:
            work = made or order[code] == 0 or entry[code] != 0 or _pair(starter, code, pairs, composed) != 0
        last = order[code]
        p += step
    return p, work


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _stretch_start(data, first, p, kind):  # type: ignore[no-untyped-def]
    """Where the marks and parts begin that byte p is among, and the code point before them if there is one."""
    while True:
        code, before = code_before(data, first, p)
        if p == first or kind[code] == 0:
            return p, before
        p = before


@nb.njit(nogil=True, forceinline=True)  # type: ignore[untyped-decorator, unused-ignore]
def _restless(data, p, stop, leads, lows, highs, works):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes at p may begin a part or a mark that is no vowel, or a vowel that is out of order with the next.

    A mark that composes with nothing is left out where it has no other beside it: alone it is in order. One of three bytes is seen itself.
    """
    address, after = masks.window(data, p), masks.window(data, p + ONE)
    found, marks = odd(address), U(0)
    for k in range(leads.shape[0]):
        some = in_range(address, after, leads[k], lows[k], highs[k])
        if works[k]:
            found |= some
        else:
            marks |= some
    small = vowels(address, after) & masks.upto(stop - p)
    if marks:
        every = found | marks | small
        found |= marks & ((every << TWO) | (every >> TWO) | _EDGES)
    if small:
        found |= small & out_of_order(data, p, stop, after)
    return found & masks.upto(stop - p)


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def normalise(  # type: ignore[no-untyped-def]
    bounds, data, chosen, entry, start, pool, order, kind, pairs, composed, leads, lows, highs, works, widest, most, new_bounds, out
):
    """Write the rows, the chosen ones in form KC; answers bytes written and rows changed. Composing never makes a text longer.

    ``most`` is how many code points a stretch has room for, and ``widest`` how many one byte may become; the answer is -1 if there is not
    room for a stretch, or in ``out`` for what is written, and 0 for ``widest`` says that there is.

    Only stretches that need work are taken apart, each with the code point before it; what lies between is copied. They are found by
    the ranges that ``leads``, ``lows`` and ``highs`` give, see `kernels.survey`, and by vowels out of order.
    """
    codes, spare = np.empty(most, np.uint32), np.empty(most, np.uint32)
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        room = U(out.shape[0]) - U(bounds[-1] - bounds[row + 1])
        p = copied = seen = first
        same = True
        while chosen[row] and p < stop:
            found = _restless(data, p, stop, leads, lows, highs, works)
            while found:
                a = p + masks.first(found)
                found &= found - ONE
                if a < seen or kind[code_at(data, a)[0]] == 0:
                    continue
                a, before = _stretch_start(data, first, a, kind)
                seen, work = _stretch_end(data, before, a, stop, entry, order, kind, pairs, composed)
                if work:
                    size = (seen - before) * widest
                    if size > U(codes.shape[0]) or (widest and at + (before - copied) + size * FOUR + (stop - seen) > room):
                        return np.int64(-1), 0
                    at = move(out, at, data, copied, before - copied)
                    n = _decompose(data, before, seen, entry, start, pool, codes)
                    _reorder(codes, n, order, spare)
                    n = _compose(codes, n, order, kind, pairs, composed)
                    home = at
                    for i in range(n):
                        at = _put_code(out, at, codes[i])
                    same &= _is_same(out, home, at, data, before, seen)
                    copied = seen
            p += masks.SIZE
        at = move(out, at, data, copied, stop - copied)
        changed += not same
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), changed


@lru_cache(maxsize=1)
def _camel() -> Tables:
    return tables(parity.CAMEL_SIGNS)


def camel_unicode(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """Form KC, but for the signs that camel-tools spells out first. Counts texts."""
    chosen = _camel().gate.rows(strings)
    return None if chosen is None else in_form(strings, chosen, _camel())


def in_form(strings: columns.Strings, chosen: npt.NDArray[np.bool_], known: Tables) -> tuple[pa.Array, int] | None:
    """The column with the chosen rows in the form of these tables, and how many texts changed; None if none did."""
    size = int(strings.bounds[-1] - strings.bounds[0]) + _SLACK
    done = _written(strings, chosen, known, size, (known.widest, _SLACK))
    if done is None:  # it has longer stretches, or grows by more, than is usual: now to the byte
        grown = known.grown.rows(strings)
        some = chosen & (False if grown is None else grown)
        size, most = decomposed_size(strings.bounds, strings.data, some, known.entry, known.start, known.pool)
        done = _written(strings, chosen, known, size, (np.uint64(0), most))
    assert done is not None
    return done if done[1] else None


def _written(
    strings: columns.Strings, chosen: npt.NDArray[np.bool_], known: Tables, size: int, stretch: tuple[np.uint64, int]
) -> tuple[pa.Array, int] | None:
    bounds, out = np.empty_like(strings.bounds), columns.room(size)
    arrays = (known.entry, known.start, known.pool, known.order, known.kind, known.pairs, known.composed)
    ranges = (known.ranges.leads, known.ranges.lows, known.ranges.highs, (known.ranges.marks & ONE).astype(np.uint8))
    size, changed = normalise(strings.bounds, strings.data, chosen, *arrays, *ranges, *stretch, bounds, out)
    return None if size < 0 else (columns.build(bounds, out[:size], strings), int(changed))


OPERATIONS: Final = {"camel_unicode": camel_unicode}
"""The passes, by the name that a `ContextRule` gives."""
