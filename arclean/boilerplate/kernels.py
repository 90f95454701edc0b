"""The passes over lines, compiled. All loops are linear in the bytes or lines they read; no rule is known by name."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import LF, ONE, SPACE, TAB, U, code_at, code_before, in_range, lower_bound, move, put

PROSE_BYTES, OPEN_PROSE_BYTES = 160, 480
"""A line is prose from 160 bytes (some 85 Arabic letters) if it ends a sentence, from 480 anyhow: teasers are cut at some 300."""

TITLE_REACH = 8
EIGHT = U(8)
SHORT, OPEN_ENDED, AMID_PROSE, OUTSIDE_BODY = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
NO_ITEM, NO_TITLE = np.uint8(16), np.uint8(32)
ANY, NEVER = np.uint8(64), np.uint8(128)
"""Bits of evidence about a line, as `arclean.rule.EVIDENCE` names them; one that every line has, and one that none has."""
SHORT_CHARACTERS = 140

_ENDS = (0x2E, 0x21, 0x3F, 0x3A, 0x3B, 0x61F, 0x61B, 0x6D4)
_CLOSERS = (0x22, 0x27, 0x29, 0x5D, 0xBB, 0x201D, 0x2019, 0x203A)


@nb.njit(nogil=True)
def _ends_sentence(data, first, stop):  # type: ignore[no-untyped-def]
    """0: no sentence mark at the end of the line, 1: one, 2: an ellipsis. Closing quotes and brackets are looked through."""
    code, p = code_before(data, first, stop)
    while code in _CLOSERS:
        code, p = code_before(data, first, p)
    if code == 0x2026:
        return 2
    if code == 0x2E:
        return 2 if code_before(data, first, p)[0] == 0x2E else 1
    return 1 if code in _ENDS else 0


@nb.njit(nogil=True, forceinline=True)
def _line_end(data, p, stop):  # type: ignore[no-untyped-def]
    """Where the line that p is in ends."""
    while p < stop:
        step = masks.first(masks.equal(masks.window(data, p), LF))
        p += step
        if step < masks.SIZE:
            break
    return min(p, stop)


@nb.njit(nogil=True, cache=True)
def feeds(bounds, data):  # type: ignore[no-untyped-def]
    """How many line feeds there are."""
    p, stop = U(bounds[0]), U(bounds[-1])
    total = U(0)
    while p < stop:
        total += masks.count(masks.equal(masks.window(data, p), LF) & masks.upto(stop - p))
        p += masks.SIZE
    return np.int64(total)


@nb.njit(nogil=True, cache=True)
def numbers(row_of, number):  # type: ignore[no-untyped-def]
    """The number of each line in its row, from 1."""
    for line in range(row_of.shape[0]):
        number[line] = number[line - 1] + 1 if line > 0 and row_of[line - 1] == row_of[line] else 1


@nb.njit(nogil=True, cache=True)
def split(bounds, data, longest, row_of, begin, end, prose, suspect):  # type: ignore[no-untyped-def]
    """Where each line lies, without white space at its ends; which are prose; which are short enough to be furniture.

    Answers how many lines there are, and how many suspects: ``suspect`` holds their numbers, in order.
    """
    lines = suspects = U(0)
    for row in range(U(bounds.shape[0] - 1)):
        p, stop = U(bounds[row]), U(bounds[row + ONE])
        while True:
            q = _line_end(data, p, stop)
            a, b = p, q
            while a < b and (data[a] == SPACE or data[a] == TAB):
                a += ONE
            while b > a and (data[b - ONE] == SPACE or data[b - ONE] == TAB):
                b -= ONE
            size = np.int64(b - a)
            row_of[lines], begin[lines], end[lines] = row, a, b
            prose[lines] = size >= OPEN_PROSE_BYTES or (size >= PROSE_BYTES and _ends_sentence(data, a, b) == 1)
            if 0 < size <= longest:
                suspect[suspects] = lines
                suspects += ONE
            lines += ONE
            if q >= stop:
                break
            p = q + ONE
    return np.int64(lines), np.int64(suspects)


@nb.njit(nogil=True)
def _hash(data, p, stop):  # type: ignore[no-untyped-def]
    """A span as 64 bits, never 0: FNV-1a over eight bytes together, the last of them one by one."""
    mixed = U(0xCBF29CE484222325)
    while p + EIGHT <= stop:
        mixed = (mixed ^ masks.eight(data, p)) * U(0x9E3779B97F4A7C15)
        mixed ^= mixed >> U(32)
        p += EIGHT
    while p < stop:
        mixed = (mixed ^ U(data[p])) * U(0x100000001B3)
        p += ONE
    return mixed | ONE


@nb.njit(nogil=True, cache=True)
def skeletons(  # type: ignore[no-untyped-def]
    data,
    begin,
    end,
    entry,
    start,
    size,
    pool,
    signs,
    repeats,
    new_bounds,
    out,
    hashes,
    words,
):
    """The skeleton of each span, runs of spaces as one, without the ``signs`` (uint8, 0x110000) in front of it.

    With it its words and, where ``repeats`` (bool) says so, its hash, else 0. The tables are those of `arclean.orthography.table.Table`,
    which here never make a text longer.
    """
    at = U(0)
    new_bounds[0] = 0
    for line in range(begin.shape[0]):
        p, stop = U(begin[line]), U(end[line])
        home = at
        while p < stop:
            code, step = code_at(data, p)
            e = entry[code]
            if e != 0:
                at = put(out, at, pool, U(start[e]), size[e])
            elif at == home:
                if signs[code] == 0:
                    at = put(out, at, data, p, step)
            elif code != SPACE or out[at - ONE] != SPACE:
                at = put(out, at, data, p, step)
            p += step
        if at > home and out[at - ONE] == SPACE:
            at -= ONE
        spaces = 0
        for i in range(home, at):
            spaces += out[i] == SPACE
        hashes[line] = _hash(out, home, at) if repeats[line] else U(0)
        words[line] = spaces + (at > home)
        new_bounds[line + 1] = np.int64(at)
    return np.int64(at)


@nb.njit(nogil=True, cache=True)
def lines_of(row_of, rows):  # type: ignore[no-untyped-def]
    """The numbers of the lines of some rows, in order; both are sorted."""
    some, total = rows.shape[0], 0
    head, tail = np.empty(some, np.int64), np.empty(some, np.int64)
    for i in range(some):
        head[i], tail[i] = lower_bound(row_of, rows[i]), lower_bound(row_of, rows[i] + 1)
        total += tail[i] - head[i]
    lines = np.empty(total, np.int64)
    size = 0
    for i in range(some):
        for line in range(head[i], tail[i]):
            lines[size] = line
            size += 1
    return lines


@nb.njit(nogil=True, cache=True)
def bodies(row_of, prose, first, last):  # type: ignore[no-untyped-def]
    """The first and the last line of prose of each row; -1 where a row has none."""
    first[:] = -1
    last[:] = -1
    for line in range(row_of.shape[0]):
        if prose[line]:
            row = row_of[line]
            if first[row] < 0:
                first[row] = line
            last[row] = line


@nb.njit(nogil=True, forceinline=True)
def mixed(seed, code):  # type: ignore[no-untyped-def]
    """One more character in the hash of a beginning (FNV-1a, 32 bits)."""
    return np.uint32((seed ^ np.uint32(code)) * np.uint32(0x01000193))  # numba widens a product


@nb.njit(nogil=True, forceinline=True)
def _is_short(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether a span has few enough characters."""
    if stop - p <= U(SHORT_CHARACTERS):
        return True
    size = stop - p
    while p < stop:
        size -= masks.count(masks.between(masks.window(data, p), np.uint8(0x80), np.uint8(0xBF)) & masks.upto(stop - p))
        p += masks.SIZE
    return size <= U(SHORT_CHARACTERS)


@nb.njit(nogil=True, forceinline=True)
def _ranges_of(asked, marks, chosen):  # type: ignore[no-untyped-def]
    """The numbers of the ranges that the rules ``asked`` about name, into ``chosen``; answers how many they are."""
    size = 0
    for k in range(marks.shape[0]):
        if marks[k] & asked:
            chosen[size] = k
            size += 1
    return size


@nb.njit(nogil=True, forceinline=True)
def _held(data, first, stop, asked, chosen, size, folded, leads, lows, highs, afters, marks):  # type: ignore[no-untyped-def]
    """Which of the rules ``asked`` about, as bits, a span may hold a character for; one too many is possible. See `in_range`.

    ``chosen[:size]`` are their ranges, see `_ranges_of`.
    """
    found, p = U(0), first
    while p < stop:
        address, after, valid = masks.window(data, p), masks.window(data, p + ONE), masks.upto(stop - p)
        for n in range(U(size)):
            k = chosen[n]
            here = in_range(address, after, leads[k], lows[k], highs[k]) & valid
            if here and (afters[k] == 0 or _any_after(data, first, p, here, folded, afters[k])):
                found |= marks[k]
        p += masks.SIZE
    return found & asked


@nb.njit(nogil=True)
def _any_after(data, first, p, here, folded, wanted):  # type: ignore[no-untyped-def]
    """Whether one of the characters at these of the 64 bytes at p comes after the one wanted, what skeletons leave out aside."""
    while here:
        q, shape = p + masks.first(here), np.int32(-1)
        here &= here - ONE
        while q > first and shape < 0:
            code, q = code_before(data, first, q)
            shape = folded[code]
        if shape == wanted:
            return True
    return False


@nb.njit(nogil=True, forceinline=True)
def _line_evidence(data, p, stop):  # type: ignore[no-untyped-def]
    """The bits of evidence that a line tells by itself."""
    bits = SHORT if _is_short(data, p, stop) else np.uint8(0)
    return bits if _ends_sentence(data, p, stop) == 1 else bits | OPEN_ENDED


ITEMS = (0x2A, 0x2B, 0x2D)
PARTED = (0x7C, 0x2F, 0x3E, 0xBB, 0x203A)
"""What stands in front of an item of a list; and between the parts of a path, which a title does not have."""


@nb.njit(nogil=True)
def _standing(data, begin, end, row_of, first, line):  # type: ignore[no-untyped-def]
    """The bits of evidence that tell how a line stands: it is no item of a list; it is no title, the first line and right over prose."""
    p, stop = U(begin[line]), U(end[line])
    item = stop - p > U(1) and data[p] in ITEMS and data[p + ONE] == SPACE
    bits = ANY if item else ANY | NO_ITEM
    row, under = row_of[line], line + 1
    if first[row] <= line:
        return bits | NO_TITLE
    while under < first[row]:
        if end[under] > begin[under]:
            return bits | NO_TITLE
        under += 1
    above = line - 1
    while above >= 0 and row_of[above] == row:
        if end[above] > begin[above]:
            return bits | NO_TITLE
        above -= 1
    while p < stop:
        code, step = code_at(data, p)
        if code in PARTED:
            return bits | NO_TITLE
        p += step
    return bits


PASSED = 255
"""The class of code points that are passed over."""


@nb.njit(nogil=True)
def _words(data, p, stop, letter, go, found, quiet):  # type: ignore[no-untyped-def]
    """The owners, as bits, of the words that a span holds; runs of what counts as a space are one."""
    owners = U(0)
    state = np.uint32(0)
    after_blank = False
    while p < stop:
        code, step = code_at(data, p)
        p += step
        kind = letter[code]
        if kind == PASSED or (kind == 1 and after_blank):
            continue
        after_blank = kind == 1
        state = go[state, kind]
        if state >= quiet:
            owners |= found[state]
    return owners


SLOTS = 1 << 18
DEPTH = 6
REPEAT_DEPTH, REPEAT_REACH, REPEAT_LETTERS = 12, 32, 6
"""Two lines that say the same have these many characters in front in common, and more, up to the reach, until there are enough letters."""
REPEAT_SLOTS = 1 << 13
PREFIXES = 1 << 17
WHOLE = np.uint8(128)
ZERO = 0x30
SEED = np.uint32(0x811C9DC5)


@nb.njit(nogil=True, forceinline=True)
def slot(seed):  # type: ignore[no-untyped-def]
    """Where a hash falls in a map of `SLOTS`."""
    return np.uint32(seed ^ (seed >> np.uint32(15))) & np.uint32(SLOTS - 1)


@nb.njit(nogil=True, forceinline=True)
def _met(known, seed, bits, most):  # type: ignore[no-untyped-def]
    """The most words that a rule allows of those met so far, and of those of one more beginning."""
    at = slot(seed)
    while known[at] != U(0):
        mark = known[at]
        if np.uint32(mark >> U(32)) == seed:
            evidence = np.uint8(mark)
            return max(most, np.uint8(mark >> U(16))) if bits & evidence == evidence else most
        at = np.uint32(at + np.uint32(1)) & np.uint32(SLOTS - 1)
    return most


@nb.njit(nogil=True)
def _read(data, p, stop, repeats, folded, signs, prefixes, known, bits):  # type: ignore[no-untyped-def]
    """The first characters of a span: the most words that a rule allows that begins so, their hash, how many are letters.

    No more of them than some rule has, or, if the line may repeat another, as many as it takes to tell.
    """
    most = np.uint8(0)
    seed = SEED
    taken = letters = 0
    alive = after_blank = True
    while p < stop and (alive or (repeats and (taken < REPEAT_DEPTH or (letters < REPEAT_LETTERS and taken < REPEAT_REACH)))):
        code, step = code_at(data, p)
        p += step
        shape = folded[code]
        blank = code == SPACE
        if shape < 0 or (blank and after_blank) or (taken == 0 and signs[code] != 0):
            continue
        after_blank = blank
        seed = mixed(seed, shape)
        taken += 1
        letters += shape > ZERO
        if alive:
            mark = prefixes[slot(seed) & np.uint32(PREFIXES - 1)]
            gate = mark & ~WHOLE
            if mark & WHOLE:
                most = _met(known, seed, bits, most)
            alive = taken < DEPTH and gate != 0 and (bits & gate) == gate
    if alive:
        most = _met(known, mixed(seed, 0), bits, most)
    return most, seed, letters


@nb.njit(nogil=True, cache=True)
def glance(  # type: ignore[no-untyped-def]
    data,
    begin,
    end,
    row_of,
    first,
    last,
    suspect,
    folded,
    signs,
    prefixes,
    known,
    fits,
    leads,
    lows,
    highs,
    afters,
    marks,
    free,
    letter,
    go,
    found,
    quiet,
    blind,
    repeating,
    evidence,
    held,
    wanted,
    limit,
):
    """Which suspect lines are worth a look; sets the bits of evidence of those.

    ``wanted[i]`` gets bit 0 if the line begins as some rule asks, bit 2 if it may be one for a rule that asks for no beginning, bit 1
    if it may say the same as another line of its row (it has six letters, and the same characters in front).

    For rules of the first kind the line is read as ``folded`` (int32, 0x110000) has it, -1 for nothing, up to DEPTH characters, as long
    as some beginning goes on so: ``prefixes`` (uint8, PREFIXES) holds, by the hash of what was read, ANY and the evidence that all rules
    ask for that begin so, and WHOLE if a beginning ends there. ``known`` (uint64, SLOTS) holds, from the slot of the hash of a whole
    beginning on, the hash (upper half), the most words that one of its rules allows (third byte), and ANY and the evidence that all of
    them ask for (lowest byte). A line that begins so has in ``limit[i]`` the most words that those rules could do with.

    Rules of the second kind are bits: ``fits`` (uint64, 256) those that ask for no more than the evidence; ``marks`` (uint64), ``leads``,
    ``lows``, ``highs`` and ``afters`` the characters that they need, ``free`` those that need none; ``letter``, ``go``, ``found``,
    ``quiet`` and ``blind`` the words that they need, see `arclean.boilerplate.automaton`. ``held[i]`` gets those that are left.
    ``repeating`` is the evidence that bit 1 asks for.
    """
    latest = np.empty(REPEAT_SLOTS, np.int64)
    ranges, sizes = np.empty((256, marks.shape[0]), np.uint64), np.empty(256, np.int64)
    latest[:], sizes[:] = -1, -1
    lines = row_of.shape[0]
    for i in range(suspect.shape[0]):
        line = suspect[i]
        row = row_of[line]
        p, stop = U(begin[line]), U(end[line])
        bits = ANY | AMID_PROSE if first[row] >= 0 else ANY
        if line < first[row] or line > last[row]:
            bits |= OUTSIDE_BODY
        if bits & AMID_PROSE:
            bits |= _line_evidence(data, p, stop)
        at_best = (bits if bits & AMID_PROSE else bits | SHORT | OPEN_ENDED) | NO_ITEM | NO_TITLE
        may_be = fits[at_best] & free
        if fits[at_best] & ~free:
            if sizes[at_best] < 0:
                sizes[at_best] = _ranges_of(fits[at_best], marks, ranges[at_best])
            may_be |= _held(data, p, stop, fits[at_best], ranges[at_best], sizes[at_best], folded, *(leads, lows, highs, afters, marks))
        repeats = (at_best & repeating) == repeating
        repeats = repeats and ((line > 0 and row_of[line - 1] == row) or (line + 1 < lines and row_of[line + 1] == row))
        most, seed, letters = _read(data, p, stop, repeats, folded, signs, prefixes, known, at_best)
        wanted[i] = limit[i] = 0
        if may_be == 0 and most == 0 and not repeats:
            continue
        if not bits & AMID_PROSE:
            bits |= _line_evidence(data, p, stop)
        bits |= _standing(data, begin, end, row_of, first, line)
        if most > 0 and bits != at_best:
            most, _, _ = _read(data, p, stop, np.bool_(0), folded, signs, prefixes, known, bits)
        evidence[i] = bits
        may_be &= fits[bits]
        if may_be & ~blind:
            may_be &= blind | _words(data, p, stop, letter, go, found, quiet)
        held[i] = may_be
        wanted[i] = (np.uint8(4) if may_be else np.uint8(0)) | np.uint8(most > 0)
        limit[i] = most
        if repeats and letters >= REPEAT_LETTERS:
            place = slot(seed) & np.uint32(REPEAT_SLOTS - 1)
            other = latest[place]
            if other >= 0 and row_of[suspect[other]] == row:
                wanted[other] |= np.uint8(2)
                wanted[i] |= np.uint8(2)
            latest[place] = i


ANNOUNCED = 3


@nb.njit(nogil=True, cache=True)
def said_before(row_of, suspect, hashes, earlier, later):  # type: ignore[no-untyped-def]
    """For each suspect the one of its row before it that says the same, and the one after it; -1 for none, or if its hash is 0."""
    earlier[:] = -1
    later[:] = -1
    size = 2
    while size < 2 * suspect.shape[0]:
        size *= 2
    mask = U(size - 1)
    latest = np.full(size, -1, np.int64)
    for i in range(suspect.shape[0]):
        if hashes[i] == U(0):
            continue
        row = row_of[suspect[i]]
        mixture = hashes[i] + U(row) * U(0x9E3779B97F4A7C15)
        at = (mixture ^ (mixture >> U(29))) & mask
        while latest[at] >= 0 and not (hashes[latest[at]] == hashes[i] and row_of[suspect[latest[at]]] == row):
            at = (at + ONE) & mask
        if latest[at] >= 0:
            earlier[i] = latest[at]
            later[latest[at]] = i
        latest[at] = i


@nb.njit(nogil=True, cache=True)
def announced(row_of, begin, end, prose, suspect, later, may, found):  # type: ignore[no-untyped-def]
    """Which suspects are part of a table of contents: ``found`` (bool).

    Such are three lines or more that some rule ``may`` (bool) name, none of them prose, with none but blank ones between them, each of
    which comes again further down, tables there left out. Where they come again the next time it is in the same order, few of them follow
    each other, and half of them or more have prose under them, up to the next: a heading stands over its part of the text, while the steps
    of a manual come again among other steps. ``later`` is of `said_before`.
    """
    found[:] = False
    some = suspect.shape[0]
    gone = np.zeros(row_of.shape[0], np.bool_)
    again = later.copy()
    for i in range(some):
        if prose[suspect[i]] or not may[i]:
            again[i] = -1
    text = _next_prose(prose)
    j = some
    while j > 0:  # from the last on, so that a table sees what stands below it without the tables there
        i = j - 1
        if again[i] >= 0:
            while i > 0 and again[i - 1] >= 0 and _follows(row_of, begin, end, gone, suspect[i - 1], suspect[i]):
                i -= 1
        if j - i >= ANNOUNCED:
            for k in range(i, j):
                while found[again[k]]:
                    again[k] = again[again[k]]
            ordered, together = again[i] >= j, 0
            for k in range(i + 1, j):
                ordered &= again[k] > again[k - 1]
                together += _follows(row_of, begin, end, gone, suspect[again[k - 1]], suspect[again[k]])
            if ordered and together * 3 < j - i and _with_prose(row_of, text, suspect, again[i:j]) * 2 >= j - i:
                found[i:j] = True
                for k in range(i, j):
                    gone[suspect[k]] = True
        j = i


@nb.njit(nogil=True)
def _next_prose(prose):  # type: ignore[no-untyped-def]
    """For each line the first line of prose from it on; the number of lines if there is none."""
    lines = prose.shape[0]
    text = np.empty(lines, np.int64)
    latest = lines
    for line in range(lines - 1, -1, -1):
        if prose[line]:
            latest = line
        text[line] = latest
    return text


@nb.njit(nogil=True)
def _with_prose(row_of, text, suspect, heads):  # type: ignore[no-untyped-def]
    """How many of these headings have prose under them before the next, the last one before its row ends; ``text`` is of `_next_prose`."""
    count, lines = 0, row_of.shape[0]
    for k in range(heads.shape[0]):
        line = suspect[heads[k]]
        bound = suspect[heads[k + 1]] if k + 1 < heads.shape[0] else lines
        under = text[line]
        count += under < bound and row_of[under] == row_of[line]
    return count


@nb.njit(nogil=True)
def _follows(row_of, begin, end, gone, line, other):  # type: ignore[no-untyped-def]
    """Whether a line comes right after one, of the same row; blank lines do not count, nor do those that are gone."""
    if other <= line or row_of[line] != row_of[other]:
        return False
    blank = True
    for i in range(line + 1, other):
        blank &= gone[i] | (end[i] <= begin[i])
    return blank


@nb.njit(nogil=True, cache=True)
def titles(row_of, begin, end, prose, suspect, hashes, own, takes, found):  # type: ignore[no-untyped-def]
    """Which suspects say what the first line kept of their row says, further down: ``found`` (bool). See `sweep`.

    Before a line is kept none can repeat it, so which one is the first is told by ``own`` and ``takes`` alone.
    """
    s = owed = 0
    row = np.int64(-1)
    kept = False
    first_hash = U(0)
    for line in range(row_of.shape[0]):
        if row_of[line] != row:
            row = row_of[line]
            kept, first_hash, owed = False, U(0), 0
        mine = s < suspect.shape[0] and suspect[s] == line
        i = s
        s += mine
        if mine:
            found[i] = kept and hashes[i] != U(0) and hashes[i] == first_hash
        if kept or end[line] == begin[line]:
            continue
        if owed > 0 and prose[line]:
            owed = 0
        rule = own[i] if mine else -1
        if rule >= 0 and takes[rule] > 0:
            owed = takes[rule]
        elif owed > 0:
            owed -= 1
        elif rule < 0:
            kept = True
            first_hash = hashes[i] if mine else U(0)


@nb.njit(nogil=True, cache=True)
def sweep(  # type: ignore[no-untyped-def]
    row_of,
    begin,
    end,
    prose,
    suspect,
    hashes,
    own,
    title,
    again,
    takes,
    rule_of,
):
    """Decide which lines go, front to back; only lines kept so far count as what came before. Answers how many go.

    For suspect i: ``own[i]`` is the rule that drops it by itself, ``title[i]`` the one that drops it if it repeats the first line kept,
    ``again[i]`` if it repeats the line kept before it; -1 is none. ``hashes[i]`` is 0 for a line that repeats none. ``takes[r]`` says how
    many lines under it rule r takes along, up to prose. ``rule_of[line]`` becomes the rule by which the line goes, or stays -1.
    """
    gone = s = 0
    row = np.int64(-1)
    first_hash = last_hash = U(0)
    since = owed = 0
    owner = -1
    for line in range(row_of.shape[0]):
        if row_of[line] != row:
            row = row_of[line]
            first_hash = last_hash = U(0)
            since = owed = 0
        mine = s < suspect.shape[0] and suspect[s] == line
        i = s
        s += mine
        if end[line] == begin[line]:
            continue
        if owed > 0 and prose[line]:
            owed = 0
        rule = own[i] if mine else -1
        if rule >= 0 and takes[rule] > 0:
            owner, owed = rule, takes[rule]
        elif owed > 0:
            owed -= 1
            if rule < 0:
                rule = owner
        elif rule < 0 and mine and title[i] >= 0 and hashes[i] != U(0) and hashes[i] == first_hash and since <= TITLE_REACH:
            rule = title[i]
        elif rule < 0 and mine and again[i] >= 0 and hashes[i] != U(0) and hashes[i] == last_hash:
            rule = again[i]
        if rule >= 0:
            rule_of[line] = rule
            gone += 1
        else:
            last_hash = hashes[i] if mine else U(0)
            since += 1
            if since == 1:
                first_hash = last_hash
    return gone


@nb.njit(nogil=True, cache=True)
def join(bounds, data, row_of, begin, end, rule_of, new_bounds, out):  # type: ignore[no-untyped-def]
    """The rows without the lines that go. A row that loses none is copied; where lines went, blank lines close up to one."""
    at = U(0)
    line = np.int64(0)
    lines = row_of.shape[0]
    whole = U(bounds[0])
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        head = line
        cut = False
        while line < lines and row_of[line] == row:
            cut |= rule_of[line] >= 0
            line += 1
        first, stop = U(bounds[row]), U(bounds[row + 1])
        if not cut:
            new_bounds[row + 1] = np.int64(at + stop - whole)
            continue
        at = move(out, at, data, whole, first - whole)
        whole = stop
        home = at
        feeds = 0
        closing = True
        p = first
        for i in range(head, line):
            q = _line_end(data, p, stop)
            if rule_of[i] >= 0:
                closing = True
            elif begin[i] == end[i]:
                feeds += 1
            else:
                if at > home:
                    breaks = 1 + (min(feeds, 1) if closing else feeds)
                    for _ in range(breaks):
                        out[at] = LF
                        at += ONE
                at = move(out, at, data, p, q - p)
                feeds = 0
                closing = False
            p = q + ONE
        new_bounds[row + 1] = np.int64(at)
    return np.int64(move(out, at, data, whole, U(bounds[-1]) - whole))
