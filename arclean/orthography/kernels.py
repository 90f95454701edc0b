"""The passes over characters, compiled. UTF-8 in, UTF-8 out; every loop is linear in the bytes it reads.

All take rows as ``bounds`` (int64, n + 1) over ``data`` (uint8, valid UTF-8), and know no rule: tables say what changes.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks

LF, CR, TAB, SPACE = np.uint8(10), np.uint8(13), np.uint8(9), np.uint8(32)
U, CODE = np.uint64, np.uint32
ONE, TWO, THREE, FOUR = U(1), U(2), U(3), U(4)


SPARE = 64
"""How many bytes more than its text the room has that a pass writes to: 64 are written together, whether so many are meant or not."""


@nb.njit(nogil=True, forceinline=True)
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


@nb.njit(nogil=True)
def lower_bound(keys, key):  # type: ignore[no-untyped-def]
    """The first place among ascending keys that holds this one or a greater one; their number if none does.

    NumPy's search knows complex numbers too, and compiles for as long as a pass.
    """
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@nb.njit(nogil=True, forceinline=True)
def put(out, at, data, p, size):  # type: ignore[no-untyped-def]
    """Copy ``size`` bytes from ``data[p]`` to ``out[at]``; answers where the next one goes."""
    for i in range(U(size)):
        out[at + i] = data[p + i]
    return at + U(size)


@nb.njit(nogil=True, forceinline=True)
def move(out, at, data, p, size):  # type: ignore[no-untyped-def]
    """The same for many bytes."""
    masks.fetch(out, at, masks.window(data, p), size)
    return at + size


@nb.njit(nogil=True, forceinline=True)
def odd(address):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes begin a character that is neither of U+0600-06FF nor printing ASCII, space, tab or line feed."""
    return _others(address) | _controls(address)


@nb.njit(nogil=True, forceinline=True)
def _controls(address):  # type: ignore[no-untyped-def]
    return masks.below(address, SPACE) & ~masks.equal(address, LF) & ~masks.equal(address, TAB)


@nb.njit(nogil=True, forceinline=True)
def _others(address):  # type: ignore[no-untyped-def]
    """Those of `odd` that are no controls below space."""
    others = masks.at_least(address, np.uint8(0xC0)) & ~masks.between(address, np.uint8(0xD8), np.uint8(0xDB))
    return others | masks.equal(address, np.uint8(0x7F))


@nb.njit(nogil=True, forceinline=True)
def in_range(address, after, lead, low, high):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes are in a range, or, if a first byte is given, are it before one that is; ``after`` is one byte further on."""
    if lead == 0:
        return masks.between(address, low, high)
    return masks.equal(address, lead) & masks.between(after, low, high)


@nb.njit(nogil=True, cache=True)
def survey(  # type: ignore[no-untyped-def]
    begin, end, data, entry, wanted, leads, lows, highs, marks, wide_leads, wide_lows, wide_highs, untidy, unordered, always, needs
):
    """Set ``needs[i]`` (uint64) to the bits of what row i holds, ``data[begin[i]:end[i]]``.

    Of an `odd` character c they are ``wanted[entry[c]]`` (uint64); of the others, ``marks[k]`` (uint64) if c is of the range k, whose
    first byte is ``leads[k]`` (0 for ASCII) and whose last one from ``lows[k]`` to ``highs[k]``; fewer and wider ranges, which hold these,
    are asked first. ``untidy`` are the bits of white space out
    of order, ``unordered`` those of two vowels of which the first comes later in Unicode, ``always`` those of every row that is not empty.
    """
    every = U(0)
    for k in range(marks.shape[0]):
        every |= marks[k]
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        if p == stop:
            needs[row] = 0
            continue
        first, was_blank, need = p, U(0), always
        if untidy and _untidy_ends(data[p], data[stop - ONE]):
            need |= untidy
        while p < stop:
            address, after, valid = masks.window(data, p), masks.window(data, p + ONE), masks.upto(stop - p)
            if untidy:
                low = masks.below(address, SPACE)
                blank = (low | masks.equal(address, SPACE)) & valid
                if blank & ((blank << ONE) | was_blank) and _is_untidy(data, first, p, address, valid):
                    need |= untidy
                was_blank = blank >> masks.LAST
                rare = _others(address) | (_controls(address) if low else U(0))
            else:
                rare = odd(address)
            if unordered and need & unordered != unordered:
                marks_here = vowels(address, after) & valid
                if marks_here and marks_here & out_of_order(data, p, stop, after):
                    need |= unordered
            if need & every != every:
                near = U(0) if wide_leads.shape[0] else masks.ALL
                for k in range(wide_leads.shape[0]):
                    near |= in_range(address, after, wide_leads[k], wide_lows[k], wide_highs[k])
                if near & valid:
                    for k in range(marks.shape[0]):
                        need |= marks[k] if in_range(address, after, leads[k], lows[k], highs[k]) & valid else U(0)
            rare &= valid
            while rare:
                need |= wanted[entry[code_at(data, p + masks.first(rare))[0]]]
                rare &= rare - ONE
            p += masks.SIZE
        needs[row] = need


@nb.njit(nogil=True)
def _is_untidy(data, first, p, address, valid):  # type: ignore[no-untyped-def]
    """Whether white space is out of order among the 64 bytes at p, of a row that begins at ``first``, or with those before."""
    space, tab, feed = masks.equal(address, SPACE) & valid, masks.equal(address, TAB) & valid, masks.equal(address, LF) & valid
    before = data[p - ONE] if p > first else np.uint8(0)
    was_feed = p > first + ONE and data[p - TWO] == LF
    on_space, on_tab = (space << ONE) | U(before == SPACE), (tab << ONE) | U(before == TAB)
    on_feed = (feed << ONE) | U(before == LF)
    on_feeds = (on_feed << ONE) | U(was_feed)
    wrong = (on_space & (space | tab | feed)) | (on_tab & (space | feed)) | (on_feed & (space | tab | (feed & on_feeds)))
    return wrong != U(0)


@nb.njit(nogil=True, forceinline=True)
def vowels(address, after):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes begin a vowel, U+064B-0652 or U+0670."""
    tails = masks.between(after, np.uint8(0x8B), np.uint8(0x92)) | masks.equal(after, np.uint8(0xB0))
    return masks.equal(address, np.uint8(0xD9)) & tails


@nb.njit(nogil=True)
def out_of_order(data, p, stop, after):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes are before one that is greater than the one two bytes on, which ends a vowel."""
    if p + THREE >= stop:
        return U(0)
    second, second_after = masks.window(data, p + TWO), masks.window(data, p + THREE)
    return vowels(second, second_after) & masks.above(after, second_after)


@nb.njit(nogil=True, forceinline=True)
def _untidy_ends(head, tail):  # type: ignore[no-untyped-def]
    return head == SPACE or head == TAB or head == LF or tail == SPACE or tail == TAB or tail == LF


@nb.njit(nogil=True, cache=True)
def rows_in_need(needs, bit, rows):  # type: ignore[no-untyped-def]
    """The numbers of the rows whose ``needs`` (uint64) have a bit, into ``rows`` (int64); answers how many they are."""
    size = U(0)
    for row in range(U(needs.shape[0])):
        rows[size] = row
        size += (needs[row] >> bit) & ONE
    return np.int64(size)


@nb.njit(nogil=True, cache=True)
def collect(addresses, sizes, new_bounds, out):  # type: ignore[no-untyped-def]
    """The spans that lie at these addresses (uint64), one after the other; neighbours are copied together."""
    at = U(0)
    new_bounds[0] = 0
    i = 0
    while i < addresses.shape[0]:
        start, size = addresses[i], U(0)
        while i < addresses.shape[0] and addresses[i] == start + size:
            size += U(sizes[i])
            i += 1
            new_bounds[i] = np.int64(at + size)
        masks.fetch(out, at, start, size)
        at += size


@nb.njit(nogil=True, cache=True)
def differing(bounds, data, other_bounds, other, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether row i of one column is not what it is in another."""
    for row in range(bounds.shape[0] - 1):
        p, stop, q = U(bounds[row]), U(bounds[row + 1]), U(other_bounds[row])
        unlike = stop - p != U(other_bounds[row + 1]) - q
        while p < stop and not unlike:
            unlike = (masks.differing(masks.window(data, p), masks.window(other, q)) & masks.upto(stop - p)) != U(0)
            p += masks.SIZE
            q += masks.SIZE
        rows[row] = unlike


@nb.njit(nogil=True, cache=True)
def rewritten_size(bounds, data, entry, size):  # type: ignore[no-untyped-def]
    """How many bytes `rewrite` will write."""
    p, stop = U(bounds[0]), U(bounds[-1])
    total = np.int64(stop - p)
    while p < stop:
        code, step = code_at(data, p)
        p += step
        e = entry[code]
        if e != 0:
            total += size[e] - np.int64(step)
    return total


@nb.njit(nogil=True, cache=True)
def rewrite(bounds, data, entry, start, size, pool, leads, lows, highs, slack, hits, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows, each code point c with ``e = entry[c] > 0`` as ``pool[start[e]:][:size[e]]``; ``hits[e]`` counts.

    Those that are not `odd` are in the ranges that ``leads``, ``lows`` and ``highs`` give, see `survey`. Answers the bytes written, or -1
    if the text outgrew its input by more than ``slack`` bytes; ``out`` has room for those, and for SPARE.
    """
    at = U(0)
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        while p < stop:
            address, after = masks.window(data, p), masks.window(data, p + ONE)
            found = odd(address)
            for k in range(leads.shape[0]):
                found |= in_range(address, after, leads[k], lows[k], highs[k])
            masks.store(out, at, address)
            step = min(masks.first(found), stop - p)
            at += step
            p += step
            while p < stop and step < masks.SIZE:
                code, step = code_at(data, p)
                e = entry[code]
                if e == 0:
                    at = put(out, at, data, p, step)
                    p += step
                    break
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
        at = move(out, at, data, U(begin[i]), U(end[i] - begin[i]))
        new_bounds[i + 1] = np.int64(at)
    return np.int64(at)


@nb.njit(nogil=True, forceinline=True)
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


@nb.njit(nogil=True, forceinline=True)
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


@nb.njit(nogil=True, forceinline=True)
def _put_plain(out, at, data, p, stop):  # type: ignore[no-untyped-def]
    """Copy up to where the line ends, or a run of white space or white space before its end begins."""
    while p < stop:
        address, after = masks.window(data, p), masks.window(data, p + ONE)
        blank = masks.equal(address, SPACE) | masks.equal(address, TAB)
        goes_on = masks.equal(after, SPACE) | masks.equal(after, TAB) | masks.equal(after, LF)
        halt = masks.first(masks.equal(address, LF) | (blank & goes_on))
        masks.store(out, at, address)
        step = min(halt, stop - p)
        at += step
        p += step
        if halt < masks.SIZE:
            break
    return at, p


@nb.njit(nogil=True, forceinline=True)
def _put_line(out, at, data, p, stop, gap):  # type: ignore[no-untyped-def]
    """Write the line at p, which begins with no white space; answers where the output and the line end."""
    home = p
    plain = -1
    while True:
        at, p = _put_plain(out, at, data, p, stop)
        if p == stop:
            return at - U(_is_blank(data[stop - ONE])), p
        if data[p] == LF:
            return at, p
        q = p + ONE
        while q < stop and _is_blank(data[q]):
            q += ONE
        if q == stop or data[q] == LF:
            return at, q
        if plain < 0:
            plain = np.int64(_is_plain(data, home, stop))
        at = put(out, at, data, p, q - p) if plain else _put_run(out, at, data, p, q, gap)
        p = q


@nb.njit(nogil=True, forceinline=True)
def _tidy_row(data, p, stop, gap, out, at):  # type: ignore[no-untyped-def]
    """Write a row with its white space in order; answers where the output ends and how many lines changed."""
    first, home = p, at
    blanks = changed = 0
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
    return at, changed + (changed == 0 and at - home != stop - first)


@nb.njit(nogil=True, cache=True)
def tidy_spaces(starts, sizes, data, gap, addresses, new_bounds, out):  # type: ignore[no-untyped-def]
    """White space put in order; answers bytes written and lines changed. ``out`` has SPARE bytes more than the text.

    Ends of lines are trimmed; blank lines come one at a time and never first or last; runs of spaces inside a line become one space, or
    ``gap`` spaces if they are at least so wide (two halves of a verse, columns of a table); indentation stays before an ASCII character
    (code, lists) and goes before another; lines of ASCII alone keep their inside.

    Row i has ``sizes[i]`` bytes (int64) from ``data[starts[i]]`` (int64) on. One that starts at -1 lies at ``addresses[i]`` (uint64); it is
    copied as it is, together with its neighbours.
    """
    at, changed = U(0), 0
    new_bounds[0] = 0
    i, rows = 0, starts.shape[0]
    while i < rows:
        if starts[i] >= 0:
            at, lines = _tidy_row(data, U(starts[i]), U(starts[i] + sizes[i]), gap, out, at)
            changed += lines
            i += 1
            new_bounds[i] = np.int64(at)
            continue
        first, size = addresses[i], U(0)
        while i < rows and starts[i] < 0 and addresses[i] == first + size:
            size += U(sizes[i])
            i += 1
            new_bounds[i] = np.int64(at + size)
        masks.fetch(out, at, first, size)
        at += size
    return np.int64(at), changed


@nb.njit(nogil=True, cache=True)
def join_carriage_returns(bounds, data, new_bounds, out):  # type: ignore[no-untyped-def]
    """A carriage return, with the line feed after it if there is one, as a line feed; answers bytes written and returns changed.

    ``out`` has SPARE bytes more than the text.
    """
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        while p < stop:
            address = masks.window(data, p)
            masks.store(out, at, address)
            step = min(masks.first(masks.equal(address, CR)), stop - p)
            at += step
            p += step
            if p < stop and data[p] == CR:
                out[at] = LF
                at += ONE
                changed += 1
                p += ONE
                p += U(p < stop and data[p] == LF)
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), changed


TATWEEL, HEH, ALEF, HAMZA_ABOVE, HAMZA_BELOW = 0x640, 0x647, 0x627, 0x654, 0x655
LAM, BEH, KAF, WAW, FEH = 0x644, 0x628, 0x643, 0x648, 0x641
RULER = 5
_TATWEEL_LEAD, _TATWEEL_TAIL = np.uint8(0xD9), np.uint8(0x80)


@nb.njit(nogil=True, forceinline=True)
def code_before(data, first, p):  # type: ignore[no-untyped-def]
    """The code point that ends before byte p and where it starts; 0 at the start of the row."""
    if p <= first:
        return CODE(0), p
    p -= ONE
    while p > first and (data[p] & np.uint8(0xC0)) == np.uint8(0x80):
        p -= ONE
    return code_at(data, p)[0], p


@nb.njit(nogil=True, forceinline=True)
def _code_or_end(data, p, stop):  # type: ignore[no-untyped-def]
    """The code point at byte p and its size, or (0, 0) where the row ends."""
    if p >= stop:
        return CODE(0), U(0)
    return code_at(data, p)


@nb.njit(nogil=True, forceinline=True)
def _is_white(code):  # type: ignore[no-untyped-def]
    return code == 0 or code == SPACE or code == TAB or code == LF


@nb.njit(nogil=True, forceinline=True)
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
    if _is_white(before) and _is_white(after):
        return np.int64(q - p) if q - p >= U(2 * RULER) else 2
    return 0


@nb.njit(nogil=True, cache=True)
def strip_tatweel(bounds, data, kind, new_bounds, out):  # type: ignore[no-untyped-def]
    """Drop runs of tatweel, but keep one where it carries something; answers bytes written and tatweels dropped.

    ``kind`` (uint8, 0x110000): 1 for an Arabic letter, 2 for a mark over or under one. One tatweel stays as the seat of a hamza, under a
    mark that has no letter, in the abbreviations of `_stands_for_word`, after the words of `_is_proclitic`, as the dash of `_is_dash`, and
    between spaces, where it is one too. A ruler, five or more on their own, stays whole. ``out`` has SPARE bytes more than the text.
    """
    at = U(0)
    dropped = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = first
        while p < stop:
            address, after = masks.window(data, p), masks.window(data, p + ONE)
            masks.store(out, at, address)
            step = min(masks.first(masks.equal(address, _TATWEEL_LEAD) & masks.equal(after, _TATWEEL_TAIL)), stop - p)
            at += step
            p += step
            q = p
            while q + ONE < stop and data[q] == _TATWEEL_LEAD and data[q + ONE] == _TATWEEL_TAIL:
                q += TWO
            if q > p:
                keep = _tatweels_kept(data, first, p, q, stop, kind)
                at = put(out, at, data, p, keep)
                dropped += (np.int64(q - p) - keep) // 2
                p = q
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), dropped
