"""The walk over a text that counts its characters, words, signs and lines, and lists the hashes of its tokens and lines; compiled.

A *token* is a run of letters, digits, marks and what joins them, or one sign; a run of dots or dashes is one, and so is an address.
Three of four tokens of Arabic text are words of plain letters and vowels: `_letters` finds those 64 bytes at a time.
"""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import LF, ONE, TWO, U, code_at, vowels
from arclean.quality.shape import counts as c

PRIME = U(0x9E3779B97F4A7C15)
_LOW, _HIGH = U(0xA0761D6478BD642F), U(0xE7037ED1A0B428DB)
EMPTY, BLANK, INKED = 0, 1, 2
"""What a line is: without a character, of white space, or neither."""
_ELSEWHERE = U(40)
"""Bytes into the 64 that were looked at, after which the next 64 are: the word that begins there is likely to end among them."""
_BOTH = U(16)
_UNTIL = U(0xFFFFFFFFFFFF0000)
_HASH, _DOT, _BRACE, _CLOSING, _ELLIPSIS, _BAR, _TAB, _COLON, _SLASH, _QUOTE = 0x23, 0x2E, 0x7B, 0x7D, 0x2026, 0x7C, 9, 0x3A, 0x2F, 0x27


@nb.njit(nogil=True, inline="always")
def stirred(seed):  # type: ignore[no-untyped-def]
    """A hash, every bit of which bears on every other."""
    made = (seed ^ (seed >> U(31))) * PRIME
    return made ^ (made >> U(29))


@nb.njit(nogil=True, forceinline=True)
def _hash(data, p, q):  # type: ignore[no-untyped-def]
    """The hash of a token, ``data[p:q]``: sixteen bytes at a time, multiplied and folded (wyhash, Wang Yi)."""
    made = U(0)
    while True:
        size = q - p
        if p + _BOTH <= U(data.shape[0]):
            low, high = masks.eight(data, p), masks.eight(data, p + U(8))
        else:
            low = high = U(0)
            for i in range(min(size, U(8))):
                low |= U(data[p + i]) << (U(8) * i)
            for i in range(U(8), min(size, _BOTH)):
                high |= U(data[p + i]) << (U(8) * (i - U(8)))
        bits = size << U(3)
        low &= masks.upto(bits)
        high &= masks.upto(max(bits, masks.SIZE) - masks.SIZE)
        made = masks.folded(low ^ _LOW ^ made, high ^ _HIGH)
        if size <= _BOTH:
            return made
        p += _BOTH


@nb.njit(nogil=True, forceinline=True)
def _letters(address, after):  # type: ignore[no-untyped-def]
    """Which of the 64 bytes begin a letter of U+0620-064A; tatweel is none."""
    early = masks.equal(address, np.uint8(0xD8)) & masks.at_least(after, np.uint8(0xA0))
    return early | (masks.equal(address, np.uint8(0xD9)) & masks.between(after, np.uint8(0x81), np.uint8(0x8A)))


@nb.njit(nogil=True, forceinline=True)
def _goes_on(data, q, stop, kinds):  # type: ignore[no-untyped-def]
    """Whether a word of plain letters may go on with the character at q: a full stop ends it, since no Latin letter stands before."""
    if q >= stop or data[q] <= 32 or data[q] == _DOT:
        return False
    code = code_at(data, q)[0]
    return (kinds[code] & U(c.WORD | c.DOT)) != U(0) or code == np.uint32(_COLON)


@nb.njit(nogil=True, inline="always")
def _field(sums, shift):  # type: ignore[no-untyped-def]
    return np.int64((sums >> U(shift)) & U(0xFF))


@nb.njit(nogil=True)
def _add(counts, sums):  # type: ignore[no-untyped-def]
    """Add up the fields of a word."""
    counts[c.LETTERS] += _field(sums, c.LETTER_FIELD)
    counts[c.ARABIC] += _field(sums, c.ARABIC_FIELD)
    counts[c.MARKS] += _field(sums, c.MARK_FIELD)
    counts[c.DIGITS] += _field(sums, c.DIGIT_FIELD)
    counts[c.UPPER] += _field(sums, c.UPPER_FIELD)
    counts[c.WORD_CHARACTERS] += _field(sums, c.LETTER_FIELD) + _field(sums, c.DIGIT_FIELD)


@nb.njit(nogil=True, forceinline=True)
def _word(data, p, stop, kinds, counts):  # type: ignore[no-untyped-def]
    """Count a word that begins at p.

    Answers where it ends, its characters, its flags, the kinds of its last character and of the last that closes nothing, and how many
    dots it ends with.
    """
    code, step = code_at(data, p)
    kind = kinds[code]
    size, flags, sums, taken, dots = np.int64(0), U(0), U(0), np.int64(0), np.int64(0)
    said, shown = U(c.WORD), U(c.WORD)
    while True:
        flags |= kind
        sums += kind & _UNTIL
        size += 1
        if size - taken == c.LONGEST:
            _add(counts, sums)
            sums, taken = U(0), size
        p += step
        if p >= stop:
            break
        before = kind
        code, step = code_at(data, p)
        kind = kinds[code]
        if not kind & U(c.WORD):
            if kind & U(c.SPACE):
                break
            if code == np.uint32(_COLON) and p + TWO < stop and data[p + ONE] == _SLASH and data[p + TWO] == _SLASH:
                while p < stop:
                    code, step = code_at(data, p)
                    kind = kinds[code]
                    if kind & U(c.SPACE):
                        break
                    flags |= kind
                    size += 1
                    dots = dots + 1 if code == np.uint32(_DOT) else np.int64(0)
                    dots = np.int64(3) if code == np.uint32(_ELLIPSIS) else dots
                    shown, said = kind, (said if kind & U(c.CLOSER) else kind)
                    p += step
                break
            if not kind & U(c.DOT) or p + step >= stop:
                break
            both = before & kinds[code_at(data, p + step)[0]]
            if not (
                (both & U(c.DIGIT))
                or (code == np.uint32(_DOT) and (both & U(c.LATIN)))
                or (code == np.uint32(_QUOTE) and (both & U(c.LETTER)))
            ):
                break
    _add(counts, sums)
    return p, size, flags, shown, said, dots


@nb.njit(nogil=True)
def _end_line(counts, size, first, tail, raw, ellipsis, code_signs, bars, marks, has_word):  # type: ignore[no-untyped-def]
    """Count a line that is not blank.

    ``first``, ``tail`` and ``raw`` are the kinds of its first character, of the last that closes nothing, and of the last, spaces among
    them; ``ellipsis`` is whether it ends with one.
    """
    ended = (tail & U(c.TAIL)) != U(0)
    counts[c.LINES] += 1
    counts[c.THEIR_END_LINES] += (raw & U(c.THEIR_END)) != U(0)
    counts[c.END_LINES] += ended
    counts[c.PROSE_LINES] += size >= c.PROSE or ended or marks * 4 >= size
    counts[c.SHORT_LINES] += size <= c.SHORT
    counts[c.LONG_LINES] += size >= c.LONG
    counts[c.THEIR_BULLET_LINES] += (first & U(c.THEIR_BULLET)) != U(0)
    counts[c.BULLET_LINES] += (first & U(c.BULLET)) != U(0)
    counts[c.ELLIPSIS_LINES] += ellipsis
    counts[c.CODE_LINES] += code_signs >= 3 and code_signs * 10 >= size
    counts[c.TABLE_LINES] += bars >= 2
    counts[c.SENTENCES] += has_word


@nb.njit(nogil=True, forceinline=True)
def _sign(data, p, stop, kinds):  # type: ignore[no-untyped-def]
    """Where the sign ends that stands at p, and of how many characters it is: a run of dots or dashes is one."""
    code, step = code_at(data, p)
    size = np.int64(1)
    p += step
    if code == np.uint32(_DOT) or kinds[code] & U(c.DASH):
        while p < stop and code_at(data, p)[0] == code:
            size += 1
            p += step
    return p, size


@nb.njit(nogil=True)
def walk(data, p, stop, kinds, counts, hashes, sizes, line_hashes, line_sizes, line_kinds):  # type: ignore[no-untyped-def]
    """Count one text into ``counts`` (float64, zeros), and list its tokens and lines: their hashes, and how many characters they have.

    Answers how many tokens and lines it has; -1 tokens if there is no room for them all.
    """
    room = min(hashes.shape[0], line_hashes.shape[0])
    tokens = lines = n = np.int64(0)
    words = letters = characters = np.int64(0)
    line_hash, line_start, line_marks, code_signs, bars = U(0), np.int64(0), 0.0, np.int64(0), np.int64(0)
    first, tail, raw, pending, has_word, ellipsis = U(0), U(0), U(0), False, False, False
    base, plain, vowelled, within = p - masks.SIZE, U(0), U(0), U(0)
    while p <= stop:
        if tokens >= room or lines >= room:
            return np.int64(-1), lines
        off = p - base
        if off > _ELSEWHERE:
            base, off = p, U(0)
            address, after = masks.window(data, p), masks.window(data, min(p + ONE, stop))
            plain, vowelled = _letters(address, after), vowels(address, after)
            within = plain | vowelled
            within |= within << ONE
        run = min(masks.first(~(within >> off)), stop - p)
        whole = (plain >> off) & masks.upto(run)
        begun = p
        if whole and off + run < masks.SIZE and not _goes_on(data, p + run, stop, kinds):
            p += run
            marks = np.int64(masks.count((vowelled >> off) & masks.upto(run)))
            size = np.int64(masks.count(whole)) + marks
            if marks:
                counts[c.MARKS] += marks
            letters += size - marks
            words += 1
            characters += size
            if first == U(0):
                first = kinds[code_at(data, begun)[0]]
            tail = raw = U(c.WORD)
            ellipsis = False
            counts[c.SENTENCES] += pending
            pending, has_word = False, True
            seed = _hash(data, begun, p)
        else:
            code, step = np.uint32(LF), ONE
            if p < stop:
                code, step = code_at(data, p)
            kind = kinds[code]
            if p == stop or code == LF:
                size = n - line_start
                line_hashes[lines], line_sizes[lines] = line_hash, size
                line_kinds[lines] = INKED if first else (BLANK if size > 0 else EMPTY)
                lines += 1
                if first:
                    _end_line(counts, size, first, tail, raw, ellipsis, code_signs, bars, counts[c.MARKS] - line_marks, has_word)
                n += np.int64(p < stop)
                p += ONE
                line_hash, line_start, line_marks, code_signs, bars = U(0), n, counts[c.MARKS], np.int64(0), np.int64(0)
                first, tail, raw, pending, has_word, ellipsis = U(0), U(0), U(0), False, False, False
                continue
            if kind & U(c.SPACE):
                line_hash = (line_hash ^ U(code)) * PRIME
                bars += np.int64(code == np.uint32(_TAB))
                raw = kind
                n += 1
                p += step
                continue
            first = kind if first == U(0) else first
            if kind & U(c.WORD):
                p, size, flags, raw, tail, dots = _word(data, p, stop, kinds, counts)
                counts[c.THEIR_WORDS] += 1
                counts[c.THEIR_WORD_CHARACTERS] += size
                if flags & U(c.LETTER | c.DIGIT):
                    counts[c.WORDS] += 1
                    counts[c.ALPHA] += (flags & U(c.LETTER)) != U(0)
                    counts[c.SENTENCES] += pending
                    pending, has_word = False, True
                ellipsis = dots >= 3
                seed = _hash(data, begun, p)
            else:
                p, size = _sign(data, p, stop, kinds)
                dots = size if code == np.uint32(_DOT) else np.int64(0)
                ellipsis = dots >= 3 or code == np.uint32(_ELLIPSIS)
                counts[c.ELLIPSES] += dots // 3 + np.int64(code == np.uint32(_ELLIPSIS))
                counts[c.HASHES] += code == np.uint32(_HASH)
                counts[c.BRACES] += code == np.uint32(_BRACE) or code == np.uint32(_CLOSING)
                counts[c.SIGNS] += size
                if not kind & U(c.THEIR_PUNCTUATION):
                    counts[c.THEIR_WORDS] += 1
                    counts[c.THEIR_WORD_CHARACTERS] += size
                bars += np.int64(code == np.uint32(_BAR))
                code_signs += size * np.int64((kind & U(c.CODE)) != U(0))
                pending = pending or (has_word and (kind & U(c.END)) != U(0))
                tail, raw = (tail if kind & U(c.CLOSER) else kind), kind
                seed = stirred(U(code) * PRIME + U(size))
        hashes[tokens], sizes[tokens] = seed, size
        tokens += 1
        n += size
        line_hash = (line_hash ^ seed) * PRIME
        if p < stop and data[p] == 32:
            line_hash = (line_hash ^ U(32)) * PRIME
            raw = U(c.SPACE)
            n += 1
            p += ONE
    for what, more in ((c.LETTERS, letters), (c.ARABIC, letters), (c.WORD_CHARACTERS, letters), (c.ALPHA, words), (c.WORDS, words)):
        counts[what] += more
    counts[c.THEIR_WORDS] += words
    counts[c.THEIR_WORD_CHARACTERS] += characters
    counts[c.CHARACTERS], counts[c.TOKENS], counts[c.FEEDS] = n, tokens, lines - 1
    counts[c.ALL_LINES] = lines - np.int64(line_kinds[lines - 1] == EMPTY)
    return tokens, lines
