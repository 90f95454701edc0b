"""The passes over characters, compiled. UTF-8 in, UTF-8 out; every loop is linear in the bytes it reads.

All take rows as ``bounds`` (int64, n + 1) over ``data`` (uint8, valid UTF-8), and know no rule: tables say what changes.
"""

from __future__ import annotations

import numba as nb
import numpy as np

LF, CR, TAB, SPACE = np.uint8(10), np.uint8(13), np.uint8(9), np.uint8(32)
U, CODE = np.uint64, np.uint32
ONE, TWO, THREE, FOUR = U(1), U(2), U(3), U(4)


@nb.njit(nogil=True)
def _holds_marked(data, p, stop, leads, pairs):  # type: ignore[no-untyped-def]
    """Whether a row may hold a wanted character; see `mark_rows`."""
    while p < stop:
        if leads[data[p]]:
            after = data[p + ONE] if p + ONE < stop else np.uint8(0)
            mark = pairs[(CODE(data[p]) << CODE(8)) | CODE(after)]
            if mark & np.uint16(1):
                return True
            if p + TWO < stop:
                tail = pairs[(CODE(after) << CODE(8)) | CODE(data[p + TWO])] >> np.uint16(8)
                if mark & np.uint16(0xFE) & tail:
                    return True
        p += ONE
    return False


@nb.njit(nogil=True, cache=True)
def mark_rows(bounds, data, leads, pairs, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (uint8) to 1 where row i may hold a wanted character, else to 0.

    ``leads`` (uint8, 256) marks first bytes; most rows are done with by it alone. ``pairs`` (uint16, 65536) is about two neighbours:
    bit 0, a wanted character of one or two bytes; bits 1-7, the group of longer ones that begin so; bits 9-15, the groups that go on so.
    """
    for row in range(bounds.shape[0] - 1):
        found = np.uint8(0)
        for p in range(U(bounds[row]), U(bounds[row + 1])):
            found |= leads[data[p]]
        rows[row] = found != 0 and _holds_marked(data, U(bounds[row]), U(bounds[row + 1]), leads, pairs)


@nb.njit(nogil=True, cache=True)
def mark_pair(bounds, data, lead, tail, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (uint8) to 1 where row i holds one character of two bytes, else to 0."""
    for row in range(bounds.shape[0] - 1):
        seen = np.uint8(0)
        for p in range(U(bounds[row]) + ONE, U(bounds[row + 1])):
            seen |= np.uint8(data[p - ONE] == lead) & np.uint8(data[p] == tail)
        rows[row] = seen  # not `seen != 0`: as soon as LLVM sees it compared, it no longer vectorises the loop


@nb.njit(nogil=True, inline="always")
def code_at(data, p):  # type: ignore[no-untyped-def]
    """The code point that starts at byte p, and how many bytes it has."""
    b = CODE(data[p])
    if b < CODE(0x80):
        return b, ONE
    if b < CODE(0xE0):
        return ((b & CODE(0x1F)) << CODE(6)) | (CODE(data[p + ONE]) & CODE(0x3F)), TWO
    tail = ((CODE(data[p + ONE]) & CODE(0x3F)) << CODE(6)) | (CODE(data[p + TWO]) & CODE(0x3F))
    if b < CODE(0xF0):
        return ((b & CODE(0x0F)) << CODE(12)) | tail, THREE
    return ((b & CODE(0x07)) << CODE(18)) | (tail << CODE(6)) | (CODE(data[p + THREE]) & CODE(0x3F)), FOUR


@nb.njit(nogil=True, inline="always")
def put(out, at, data, p, size):  # type: ignore[no-untyped-def]
    """Copy ``size`` bytes from ``data[p]`` to ``out[at]``; answers where the next one goes."""
    for i in range(U(size)):
        out[at + i] = data[p + i]
    return at + U(size)


@nb.njit(nogil=True, cache=True)
def rewritten_size(begin, end, data, chosen, entry, size):  # type: ignore[no-untyped-def]
    """How many bytes `rewrite` will write."""
    total = 0
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        total += end[row] - begin[row]
        if chosen[row]:
            while p < stop:
                code, step = code_at(data, p)
                p += step
                e = entry[code]
                if e != 0:
                    total += size[e] - np.int64(step)
    return total


@nb.njit(nogil=True, cache=True)
def rewrite(begin, end, data, chosen, entry, start, size, pool, slack, hits, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows ``data[begin:end]``, each code point c of a chosen row with ``e = entry[c] > 0`` as ``pool[start[e]:][:size[e]]``.

    ``hits[e]`` counts. Rows that are not chosen are copied whole. Answers the bytes written, or -1 if the text outgrew its input by more
    than ``slack`` bytes, for which ``out`` has no room.
    """
    at = U(0)
    new_bounds[0] = 0
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        if not chosen[row]:
            at = put(out, at, data, p, stop - p)
        else:
            while p < stop:
                code, step = code_at(data, p)
                e = entry[code]
                if e == 0:
                    out[at] = data[p]
                    if step > ONE:
                        out[at + ONE] = data[p + ONE]
                        if step > TWO:
                            out[at + TWO] = data[p + TWO]
                            if step > THREE:
                                out[at + THREE] = data[p + THREE]
                    at += step
                else:
                    hits[e] += 1
                    slack += np.int64(step) - size[e]
                    if slack < 0:
                        return -1
                    at = put(out, at, pool, U(start[e]), size[e])
                p += step
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at)


@nb.njit(nogil=True, cache=True)
def gather(data, begin, end, new_bounds, out):  # type: ignore[no-untyped-def]
    """The spans ``data[begin:end]`` one after the other."""
    at = U(0)
    new_bounds[0] = 0
    for i in range(begin.shape[0]):
        at = put(out, at, data, U(begin[i]), end[i] - begin[i])
        new_bounds[i + 1] = np.int64(at)
    return np.int64(at)


@nb.njit(nogil=True, inline="always")
def _untidy(z, a, b):  # type: ignore[no-untyped-def]
    """Whether three bytes in a row, the last of them b, show white space out of order."""
    white = np.uint8(b == SPACE) | np.uint8(b == TAB)
    end = np.uint8(b == LF)
    wrong = np.uint8(a == SPACE) & (white | end)
    wrong |= np.uint8(a == TAB) & (np.uint8(b == SPACE) | end)
    return wrong | (np.uint8(a == LF) & (white | (end & np.uint8(z == LF))))


@nb.njit(nogil=True)
def _untidy_ends(data, first, stop):  # type: ignore[no-untyped-def]
    """The same where a row begins and ends: it must not with white space, nor begin with indented Arabic, which `tidy_spaces` decides."""
    if stop == first:
        return False
    head, tail = data[first], data[stop - ONE]
    if head == SPACE or head == TAB or head == LF or tail == SPACE or tail == TAB or tail == LF:
        return True
    return stop > first + ONE and _untidy(LF, head, data[first + ONE]) != 0


@nb.njit(nogil=True, cache=True)
def mark_untidy(bounds, data, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (uint8) to 1 where `tidy_spaces` may have work: runs, ends and starts of lines, blank lines; else to 0."""
    for row in range(bounds.shape[0] - 1):
        wrong = np.uint8(0)
        for p in range(U(bounds[row]) + TWO, U(bounds[row + 1])):
            wrong |= _untidy(data[p - TWO], data[p - ONE], data[p])
        rows[row] = wrong  # as it is, see `mark_pair`
    for row in range(bounds.shape[0] - 1):
        if rows[row] == 0:
            rows[row] = _untidy_ends(data, U(bounds[row]), U(bounds[row + 1]))


@nb.njit(nogil=True, inline="always")
def _is_blank(byte):  # type: ignore[no-untyped-def]
    return byte == SPACE or byte == TAB


@nb.njit(nogil=True)
def _is_plain(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether the line at p is ASCII alone."""
    while p < stop and data[p] != LF:
        if data[p] >= np.uint8(0x80):
            return False
        p += ONE
    return True


@nb.njit(nogil=True, inline="always")
def _put_run(out, at, data, a, b, gap):  # type: ignore[no-untyped-def]
    """Write the run of white space ``data[a:b]`` from inside a line: its tabs, else a gap of columns, else one space."""
    tabs = 0
    for p in range(a, b):
        tabs += data[p] == TAB
    width = tabs if tabs else gap if np.int64(b - a) >= gap else 1
    for _ in range(width):
        out[at] = TAB if tabs else SPACE
        at += ONE
    return at


@nb.njit(nogil=True, inline="always")
def _put_line(out, at, data, p, stop, gap):  # type: ignore[no-untyped-def]
    """Write the line at p, which begins with no white space; answers where the output and the line end."""
    home = p
    plain = -1
    while p < stop:
        byte = data[p]
        if byte > SPACE:
            out[at] = byte
            at += ONE
            p += ONE
        elif byte == LF:
            break
        elif byte == SPACE or byte == TAB:
            q = p + ONE
            while q < stop and _is_blank(data[q]):
                q += ONE
            if q == stop or data[q] == LF:
                p = q
                break
            if q == p + ONE:
                out[at] = byte
                at += ONE
            else:
                if plain < 0:
                    plain = np.int64(_is_plain(data, home, stop))
                at = put(out, at, data, p, q - p) if plain else _put_run(out, at, data, p, q, gap)
            p = q
        else:
            out[at] = byte
            at += ONE
            p += ONE
    return at, p


@nb.njit(nogil=True, cache=True)
def tidy_spaces(bounds, data, chosen, gap, new_bounds, out):  # type: ignore[no-untyped-def]
    """White space of the chosen rows put in order; answers bytes written and lines changed.

    Ends of lines are trimmed; blank lines come one at a time and never first or last; runs of spaces inside a line become one space, or
    ``gap`` spaces if they are at least so wide (two halves of a verse, columns of a table); indentation stays before an ASCII character
    (code, lists) and goes before another; lines of ASCII alone keep their inside.
    """
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        if not chosen[row]:
            at = put(out, at, data, p, stop - p)
            new_bounds[row + 1] = np.int64(at)
            continue
        home = at
        so_far = changed
        blanks = 0
        while p < stop:
            a = p
            while a < stop and _is_blank(data[a]):
                a += ONE
            if a == stop or data[a] == LF:
                blanks += 1
                changed += a > p or blanks > 1 or at == home
                p = a + ONE
                continue
            for _ in range((at > home) + (at > home and blanks > 0)):
                out[at] = LF
                at += ONE
            blanks = 0
            before = at
            if data[a] < np.uint8(0x80):
                at = put(out, at, data, p, a - p)
            at, end = _put_line(out, at, data, a, stop, gap)
            changed += at - before != end - p
            p = end + ONE
        changed += changed == so_far and at - home != stop - U(bounds[row])
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), changed


@nb.njit(nogil=True, cache=True)
def join_carriage_returns(bounds, data, chosen, new_bounds, out):  # type: ignore[no-untyped-def]
    """A carriage return, with the line feed after it if there is one, as a line feed; answers bytes written and returns changed."""
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        if not chosen[row]:
            at = put(out, at, data, p, stop - p)
        else:
            while p < stop:
                byte = data[p]
                p += ONE
                if byte == CR:
                    byte = LF
                    changed += 1
                    p += ONE if p < stop and data[p] == LF else U(0)
                out[at] = byte
                at += ONE
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), changed


TATWEEL, HEH, ALEF, HAMZA_ABOVE, HAMZA_BELOW = 0x640, 0x647, 0x627, 0x654, 0x655
LAM, BEH, KAF, WAW, FEH = 0x644, 0x628, 0x643, 0x648, 0x641
RULER = 5
_TATWEEL_LEAD, _TATWEEL_TAIL = np.uint8(0xD9), np.uint8(0x80)


@nb.njit(nogil=True, inline="always")
def code_before(data, first, p):  # type: ignore[no-untyped-def]
    """The code point that ends before byte p and where it starts; 0 at the start of the row."""
    if p <= first:
        return CODE(0), p
    p -= ONE
    while p > first and (data[p] & np.uint8(0xC0)) == np.uint8(0x80):
        p -= ONE
    return code_at(data, p)[0], p


@nb.njit(nogil=True, inline="always")
def _code_or_end(data, p, stop):  # type: ignore[no-untyped-def]
    """The code point at byte p and its size, or (0, 0) where the row ends."""
    if p >= stop:
        return CODE(0), U(0)
    return code_at(data, p)


@nb.njit(nogil=True, inline="always")
def _is_white(code):  # type: ignore[no-untyped-def]
    return code == 0 or code == SPACE or code == TAB or code == LF


@nb.njit(nogil=True, inline="always")
def _is_digit(code):  # type: ignore[no-untyped-def]
    return 0x30 <= code <= 0x39 or 0x660 <= code <= 0x669 or 0x6F0 <= code <= 0x6F9


@nb.njit(nogil=True)
def _stands_for_word(data, first, p, kind):  # type: ignore[no-untyped-def]
    """Whether heh alone ends before byte p (1445 AH, the letter that counts as five), or alef-heh alone ("here ends")."""
    heh, at = code_before(data, first, p)
    if heh != HEH:
        return False
    before, at = code_before(data, first, at)
    if before == ALEF:
        before, at = code_before(data, first, at)
    return kind[before] == 0


@nb.njit(nogil=True)
def _is_dash(data, first, p, after_letter):  # type: ignore[no-untyped-def]
    """Whether tatweel at byte p is typed for a dash: after a number, or after a number and a space if no letter follows."""
    before, at = code_before(data, first, p)
    if before == SPACE and not after_letter:
        before, at = code_before(data, first, at)
    return _is_digit(before)


@nb.njit(nogil=True)
def _is_proclitic(data, first, p, kind):  # type: ignore[no-untyped-def]
    """Whether the word that ends before byte p is the article or a preposition, perhaps after "and": tatweel joins it to a foreign word."""
    code, p = code_before(data, first, p)
    if code == LAM:
        code, p = code_before(data, first, p)
        if code == ALEF:
            code, p = code_before(data, first, p)
            if code == BEH or code == KAF:
                code, p = code_before(data, first, p)
        elif code == LAM:
            code, p = code_before(data, first, p)
    elif code == BEH or code == KAF:
        code, p = code_before(data, first, p)
    else:
        return False
    if code == WAW or code == FEH:
        code, p = code_before(data, first, p)
    return kind[code] == 0


@nb.njit(nogil=True)
def _tatweels_kept(data, first, p, q, stop, kind):  # type: ignore[no-untyped-def]
    """How many bytes of the run of tatweel ``data[p:q]`` stay; see `strip_tatweel`."""
    before, _ = code_before(data, first, p)
    after, step = _code_or_end(data, q, stop)
    marked = kind[after] == 2
    r = q
    while kind[after] == 2:
        if after == HAMZA_ABOVE or after == HAMZA_BELOW:
            return 2
        r += step
        after, step = _code_or_end(data, r, stop)
    if marked:
        return 2 if kind[before] == 0 else 0
    if _is_dash(data, first, p, kind[after] != 0):
        return 2
    if kind[after] == 0 and (_stands_for_word(data, first, p, kind) or _is_proclitic(data, first, p, kind)):
        return 2
    if _is_white(before) and _is_white(after) and q - p >= U(2 * RULER):
        return np.int64(q - p)
    return 0


@nb.njit(nogil=True, cache=True)
def strip_tatweel(bounds, data, chosen, kind, new_bounds, out):  # type: ignore[no-untyped-def]
    """Drop runs of tatweel, but keep one where it carries something; answers bytes written and tatweels dropped.

    ``kind`` (uint8, 0x110000): 1 for an Arabic letter, 2 for a mark over or under one. One tatweel stays as the seat of a hamza, under a
    mark that has no letter, in the abbreviations of `_stands_for_word`, after the words of `_is_proclitic`, and as the dash of `_is_dash`.
    A ruler, five or more on their own, stays whole.
    """
    at = U(0)
    dropped = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = first
        if not chosen[row]:
            at = put(out, at, data, p, stop - p)
            new_bounds[row + 1] = np.int64(at)
            continue
        while p < stop:
            q = p
            while q + ONE < stop and (data[q + ONE] != _TATWEEL_TAIL or data[q] != _TATWEEL_LEAD):
                q += ONE
            if q + ONE >= stop:
                q = stop
            at = put(out, at, data, p, q - p)
            p = q
            while q + ONE < stop and data[q] == _TATWEEL_LEAD and data[q + ONE] == _TATWEEL_TAIL:
                q += TWO
            if q > p:
                keep = _tatweels_kept(data, first, p, q, stop, kind)
                at = put(out, at, data, p, keep)
                dropped += (np.int64(q - p) - keep) // 2
                p = q
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), dropped
