"""The walk over a column that finds every entity, from the signs that give them away."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.entities.kernels.addresses import NOWHERE, email_at, hashtag_at, mention_at, url_at, www_at
from arclean.entities.kernels.characters import AT, COLON, DOT, HASH, NONE, PLUS, ROUND, ROUND_END, SLASH, byte_at, digit_at, word_before
from arclean.entities.kernels.numbers import MOST, card_size, gather, iban_at, id_size, ipv4_end, ipv6_at, is_version, may_begin, may_end
from arclean.entities.kernels.phones import phone_size
from arclean.orthography.kernels import ONE, TWO, U

EMAIL, URL, MENTION, HASHTAG, PHONE, IP, IBAN, CARD, NATIONAL_ID = range(9)
"""Kinds of entities, by number."""
BLOCK = 64
_D9, _DB = np.uint8(0xD9), np.uint8(0xDB)


@nb.njit(nogil=True)
def _number_at(data, first, last, p, stop, shapes, value, begin, end, gap):  # type: ignore[no-untyped-def]
    """Kind, begin and end of the number whose first digit is at byte p, the end `NOWHERE` if it is none; and where its digits end."""
    n = gather(data, p, stop, value, begin, end, gap)
    run = 1
    while run < n and gap[run] == 0:
        run += 1
    over = end[run - 1]
    bank = iban_at(data, first, last, p, stop, shapes.ibans)
    if bank != NOWHERE:
        return IBAN, p - TWO, bank, over
    if n < 4 or not may_begin(data, first, last, p):
        return IBAN, p, NOWHERE, over
    other = word_before(data, first, p, shapes.others, shapes.other_bounds)
    if run <= 3:
        machine = ipv4_end(data, p, stop)
        if machine != NOWHERE and not other and not is_version(data, first, p, shapes.others, shapes.other_bounds):
            return IP, p, machine, over
    if n < 7 or other:
        return IBAN, p, NOWHERE, over
    size = card_size(n, value, gap, shapes.cards)
    if size and may_end(data, end[size - 1], stop):
        return CARD, p, end[size - 1], over
    size = id_size(n, value, gap, word_before(data, first, p, shapes.id_cues, shapes.id_cue_bounds), shapes.governorates)
    if size and may_end(data, end[size - 1], stop):
        return NATIONAL_ID, p, end[size - 1], over
    at = p
    plus = p > last and data[p - ONE] == PLUS
    at -= ONE if plus else U(0)
    cued = word_before(data, first, at, shapes.phone_cues, shapes.phone_cue_bounds)
    size = phone_size(data, n, value, end, gap, plus, cued, stop, shapes.phones)
    if not size or (plus and not may_begin(data, first, last, at)):
        return IBAN, p, NOWHERE, over
    stop_at = end[size - 1]
    if not plus and size == n and byte_at(data, stop_at, stop) == PLUS:
        stop_at += ONE
    if not may_end(data, stop_at, stop):
        return IBAN, p, NOWHERE, over
    if at > last and data[at - ONE] == ROUND:
        for q in range(at, stop_at):
            if data[q] == ROUND_END:
                at -= ONE
                break
    return PHONE, at, stop_at, over


@nb.njit(nogil=True)
def _address_at(data, first, last, p, stop, kinds, shapes):  # type: ignore[no-untyped-def]
    """Kind, begin and end of the entity that the sign at byte p gives away; the end is `NOWHERE` if it does not."""
    byte = data[p]
    if byte == AT:
        begin, end = email_at(data, last, p, stop, kinds, shapes)
        if end != NOWHERE:
            return EMAIL, begin, end
        return MENTION, p, mention_at(data, first, p, stop, kinds)
    if byte == HASH:
        return HASHTAG, p, hashtag_at(data, first, last, p, stop, kinds)
    if byte == DOT:
        begin, end = www_at(data, last, p, stop, kinds, shapes)
        return URL, begin, end
    if byte_at(data, p + ONE, stop) == SLASH:
        if byte_at(data, p + TWO, stop) != SLASH:
            return URL, p, NOWHERE
        begin, end = url_at(data, last, p, stop, kinds, shapes)
        return URL, begin, end
    begin, end = ipv6_at(data, last, p, stop)
    return IP, begin, end


@nb.njit(nogil=True)
def _is_between(byte, first, last):  # type: ignore[no-untyped-def]
    return np.uint8(byte >= np.uint8(first)) & np.uint8(byte <= np.uint8(last))


@nb.njit(nogil=True)
def _calls(data, p):  # type: ignore[no-untyped-def]
    """Whether one of the `BLOCK` bytes from p on may give an entity away, as a number that is not 0; the bytes around are looked at too."""
    seen = np.uint8(0)
    for q in range(p, p + U(BLOCK)):
        before, byte, after = data[q - ONE], data[q], data[q + ONE]
        seen |= np.uint8(byte == AT) | np.uint8(byte == HASH) | _is_between(byte, 0x30, 0x39)
        seen |= np.uint8(byte == DOT) & np.uint8((before | np.uint8(0x20)) == np.uint8(0x77))
        hexadecimal = _is_between(after, 0x30, 0x39) | _is_between(after | np.uint8(0x20), 0x61, 0x66)
        seen |= np.uint8(byte == COLON) & (np.uint8(after == SLASH) | np.uint8(after == COLON) | hexadecimal)
        seen |= np.uint8(byte == _D9) & _is_between(after, 0xA0, 0xA9)
        seen |= np.uint8(byte == _DB) & _is_between(after, 0xB0, 0xB9)
    return seen


@nb.njit(nogil=True, cache=True)
def scan(bounds, data, kinds, triggers, shapes, rows, found, begins, ends):  # type: ignore[no-untyped-def]
    """Find the entities, from left to right, none inside of another; answers how many, or -1 if there is no room.

    ``triggers`` (uint8, 256): 1 for a sign that may give an entity away, 2 for a byte that is, or begins, a digit. Most blocks of a text
    hold none, and are passed over. ``rows`` (int32), ``found`` (uint8), ``begins`` and ``ends`` (int64, into ``data``) take what is found.
    """
    value, gap = np.empty(MOST, np.uint8), np.empty(MOST, np.uint8)
    begin, end = np.empty(MOST, np.uint64), np.empty(MOST, np.uint64)
    n = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = last = quiet = first
        while p < stop:
            if p >= quiet:
                while p > first and p + U(BLOCK) < stop and _calls(data, p) == 0:
                    p += U(BLOCK)
                quiet = p + U(BLOCK)
            trigger = triggers[data[p]]
            if trigger == 0:
                p += ONE
                continue
            if trigger == 2:
                if digit_at(data, p, stop)[0] == NONE:
                    p += ONE
                    continue
                kind, at, to, after = _number_at(data, first, last, p, stop, shapes, value, begin, end, gap)
            else:
                kind, at, to = _address_at(data, first, last, p, stop, kinds, shapes)
                after = p + ONE
            if to == NOWHERE:
                p = after
                continue
            if n == rows.shape[0]:
                return -1
            rows[n], found[n], begins[n], ends[n] = row, kind, np.int64(at), np.int64(to)
            n += 1
            p = last = to
    return n
