"""The pass over words, signs and lines, compiled: one walk over each text, and one over the hashes of its words for each length of n-gram.

A *token* is a run of letters, digits, marks and what joins them, or one sign; a run of dots or dashes is one, and so is an address.
"""

from __future__ import annotations

import math

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import FOUR, LF, ONE, TWO, U, code_at

SPACE, WORD, LETTER, DIGIT, END, TAIL, CLOSER, CODE = 1, 2, 4, 8, 16, 32, 64, 128
THEIR_PUNCTUATION, THEIR_END, BULLET, THEIR_BULLET, DOT, DASH, LATIN, INK = 256, 512, 1024, 2048, 4096, 8192, 16384, 32768
"""Flags of a code point, the lowest 16 bits of its kind: INK of all but white space. Above are fields of 8 bits, added up over a token."""
FIELD, ARABIC_FIELD, MARK_FIELD, DIGIT_FIELD, UPPER_FIELD, LETTER_FIELD = 8, 16, 24, 32, 40, 48
LONGEST = U(200)
"""Characters after which the fields of a token are taken over, before one runs into the next."""

(
    CHARACTERS, TOKENS, THEIR_WORDS, THEIR_WORD_CHARACTERS, WORDS, WORD_CHARACTERS, ALPHA, HASHES, ELLIPSES, LETTERS, ARABIC,
    MARKS, DIGITS, UPPER, FEEDS, BRACES, LINES, THEIR_END_LINES, END_LINES, SHORT_LINES, THEIR_BULLET_LINES, BULLET_LINES,
    ELLIPSIS_LINES, CODE_LINES, TABLE_LINES, LONG_LINES, ALL_LINES, SENTENCES, SIGNS, DUP_LINES, DUP_LINE_CHARACTERS, SPLIT_LINES,
    DUP_PARAGRAPHS, DUP_PARAGRAPH_CHARACTERS, PARAGRAPHS, DUP_TEXT_CHARACTERS, TOP_2, TOP_3, TOP_4, DUP_5, DUP_6, DUP_7, DUP_8,
    DUP_9, DUP_10, UNIQUE, ENTROPY, LISTED, PROSE_LINES, DUP_TEXT_LINES,
) = range(50)  # fmt: skip
COUNTS = 50
"""What is counted, each a column."""

SHORT, PROSE, LONG = 30, 80, 200
"""A line is short up to 30 characters (FineWeb), prose without a mark from 80 on, a paragraph from 200 on (mC4)."""
OF_LINES, OF_WORDS = 1, 2
OF_UNIQUE, OF_LIST = 4, 8
"""What else may be wanted beside the walk: repeated lines and paragraphs; n-grams of 2 to 10 tokens; unique tokens; tokens of a list."""

_PRIME = U(0x9E3779B97F4A7C15)
_STAMP = U(0xFFFF)
MOST_STAMPS = 0xFF00
"""Uses of a table before it is emptied; the lowest 16 bits of a key say of which use it is."""
_GROWTH = np.array([0.0, 0.0] + [n * math.log(n) - (n - 1) * math.log(n - 1) for n in range(2, 1 << 10)])
"""By how much a token's count times its logarithm grows when it is met the n-th time."""
_EMPTY, _BLANK, _INKED = 0, 1, 2
_LESS_THAN, _HASH, _DOT, _BRACE, _CLOSING, _ELLIPSIS, _BAR, _TAB, _COLON, _SLASH, _QUOTE = (
    0x3C,
    0x23,
    0x2E,
    0x7B,
    0x7D,
    0x2026,
    0x7C,
    9,
    0x3A,
    0x2F,
    0x27,
)


@nb.njit(nogil=True, inline="always")
def stirred(seed):  # type: ignore[no-untyped-def]
    """A hash, every bit of which bears on every other."""
    made = (seed ^ (seed >> U(31))) * _PRIME
    return made ^ (made >> U(29))


@nb.njit(nogil=True, inline="always")
def _field(sums, shift):  # type: ignore[no-untyped-def]
    return np.int64((sums >> U(shift)) & U(0xFF))


@nb.njit(nogil=True)
def walk(data, p, stop, kinds, counts, hashes, sizes, line_hashes, line_sizes, line_kinds):  # type: ignore[no-untyped-def]
    """Count one text into ``counts`` (float64, COUNTS), and list its tokens and lines: their hashes, and how many characters they have.

    Answers how many tokens and lines it has; -1 tokens if there is no room for them all.
    """
    room = hashes.shape[0]
    if line_hashes.shape[0] < room:
        room = line_hashes.shape[0]
    tokens = lines = np.int64(0)
    n = their_words = their_characters = words = word_characters = alpha = hash_signs = ellipses = signs = np.int64(0)
    letters = arabic = marks = digits = upper = braces = sentences = np.int64(0)
    full = their_ends = ends = short = their_bullets = bullets = ellipsis_lines = np.int64(0)
    code_lines = table_lines = long_lines = prose_lines = line_marks = np.int64(0)
    line_hash, line_start, code_signs, bars = U(0), np.int64(0), np.int64(0), np.int64(0)
    first, tail, raw, pending, has_word = U(0), U(0), U(0), False, False
    last_code = np.uint32(0)
    while p <= stop:
        if tokens >= room or lines >= room:
            return np.int64(-1), lines
        code, step = np.uint32(LF), ONE
        if p < stop:
            code, step = code_at(data, p)
        kind = kinds[code]
        if p == stop or code == LF:
            size = n - line_start
            inked = first != U(0)
            line_hashes[lines], line_sizes[lines] = line_hash, size
            line_kinds[lines] = _INKED if inked else (_BLANK if size > 0 else _EMPTY)
            lines += 1
            if inked:
                full += 1
                their_ends += np.int64((raw & U(THEIR_END)) != U(0))
                ends += np.int64((tail & U(TAIL)) != U(0))
                prose_lines += np.int64(size >= PROSE or (tail & U(TAIL)) != U(0) or (marks - line_marks) * 4 >= size)
                short += np.int64(size <= SHORT)
                long_lines += np.int64(size >= LONG)
                their_bullets += np.int64((first & U(THEIR_BULLET)) != U(0))
                bullets += np.int64((first & U(BULLET)) != U(0))
                ellipsis_lines += np.int64(last_code == np.uint32(_ELLIPSIS))
                code_lines += np.int64(code_signs >= 3 and code_signs * 10 >= size)
                table_lines += np.int64(bars >= 2)
                sentences += np.int64(has_word)
            n += np.int64(p < stop)
            p += ONE
            line_hash, line_start, line_marks, code_signs, bars = U(0), n, marks, np.int64(0), np.int64(0)
            first, tail, raw, pending, has_word = U(0), U(0), U(0), False, False
            last_code = np.uint32(0)
            continue
        if kind & U(WORD):
            seed, size, flags, sums, taken = U(WORD), U(0), U(0), U(0), U(0)
            said, shown, last_code, dots = U(WORD), U(WORD), np.uint32(0), np.int64(0)
            if first == U(0):
                first = kind
            while True:
                seed = seed * _PRIME + U(code)
                flags |= kind
                sums += kind & U(0xFFFFFFFFFFFF0000)
                size += ONE
                if size - taken == LONGEST:
                    letters += _field(sums, LETTER_FIELD)
                    arabic += _field(sums, ARABIC_FIELD)
                    marks += _field(sums, MARK_FIELD)
                    digits += _field(sums, DIGIT_FIELD)
                    upper += _field(sums, UPPER_FIELD)
                    word_characters += _field(sums, LETTER_FIELD) + _field(sums, DIGIT_FIELD)
                    sums, taken = U(0), size
                p += step
                if p >= stop:
                    break
                before = kind
                code, step = code_at(data, p)
                kind = kinds[code]
                if not kind & U(WORD):
                    if kind & U(SPACE):
                        break
                    if code == np.uint32(_COLON) and p + TWO < stop and data[p + ONE] == _SLASH and data[p + TWO] == _SLASH:
                        while p < stop:
                            if (data[p] & 0xC0) != 0x80:
                                code = code_at(data, p)[0]
                                kind = kinds[code]
                                if kind & U(SPACE):
                                    break
                                flags |= kind
                                size += ONE
                                dots = dots + 1 if code == np.uint32(_DOT) else np.int64(0)
                                last_code, shown = code, kind
                                said = said if kind & U(CLOSER) else kind
                            seed = seed * _PRIME + U(data[p])
                            p += ONE
                        break
                    if not kind & U(DOT) or p + step >= stop:
                        break
                    beyond = kinds[code_at(data, p + step)[0]]
                    both = before & beyond
                    if not (
                        (both & U(DIGIT))
                        or (code == np.uint32(_DOT) and (both & U(LATIN)))
                        or (code == np.uint32(_QUOTE) and (both & U(LETTER)))
                    ):
                        break
            letters += _field(sums, LETTER_FIELD)
            arabic += _field(sums, ARABIC_FIELD)
            marks += _field(sums, MARK_FIELD)
            digits += _field(sums, DIGIT_FIELD)
            upper += _field(sums, UPPER_FIELD)
            n += np.int64(size)
            seed = stirred(seed)
            hashes[tokens], sizes[tokens] = seed, np.int64(size)
            tokens += 1
            their_words += 1
            their_characters += np.int64(size)
            if flags & U(LETTER | DIGIT):
                words += 1
                word_characters += _field(sums, LETTER_FIELD) + _field(sums, DIGIT_FIELD)
                alpha += np.int64((flags & U(LETTER)) != U(0))
                sentences += np.int64(pending)
                pending, has_word = False, True
            line_hash = (line_hash ^ seed) * _PRIME
            tail, raw = said, shown
            last_code = np.uint32(_ELLIPSIS) if dots >= 3 else last_code
            continue
        if kind & U(SPACE):
            line_hash = (line_hash ^ U(code)) * _PRIME
            bars += np.int64(code == np.uint32(_TAB))
            raw = kind
            n += 1
            p += step
            continue
        size, after = np.int64(0), p
        while True:
            size += 1
            after += step
            if after >= stop or (code != np.uint32(_DOT) and not kind & U(DASH)):
                break
            if code_at(data, after)[0] != code:
                break
        p = after
        n += size
        if first == U(0):
            first = kind
        dots = size if code == np.uint32(_DOT) else 0
        ellipses += dots // 3 + np.int64(code == np.uint32(_ELLIPSIS))
        hash_signs += np.int64(code == np.uint32(_HASH))
        braces += np.int64(code == np.uint32(_BRACE)) + np.int64(code == np.uint32(_CLOSING))
        bars += np.int64(code == np.uint32(_BAR))
        code_signs += size * np.int64((kind & U(CODE)) != U(0))
        signs += size
        seed = stirred(U(code) * _PRIME + U(size))
        hashes[tokens], sizes[tokens] = seed, size
        tokens += 1
        if not kind & U(THEIR_PUNCTUATION):
            their_words += 1
            their_characters += size
        line_hash = (line_hash ^ seed) * _PRIME
        pending = pending or (has_word and (kind & U(END)) != U(0))
        if not kind & U(CLOSER):
            tail = kind
        raw = kind
        last_code = np.uint32(_ELLIPSIS) if dots >= 3 or code == np.uint32(_ELLIPSIS) else np.uint32(1)
    counts[CHARACTERS], counts[TOKENS], counts[WORDS], counts[WORD_CHARACTERS] = n, tokens, words, word_characters
    counts[THEIR_WORDS], counts[THEIR_WORD_CHARACTERS], counts[ALPHA], counts[HASHES] = their_words, their_characters, alpha, hash_signs
    counts[ELLIPSES], counts[LETTERS], counts[ARABIC], counts[MARKS], counts[DIGITS] = ellipses, letters, arabic, marks, digits
    counts[UPPER], counts[FEEDS], counts[BRACES], counts[LINES], counts[SENTENCES], counts[SIGNS] = (
        upper,
        lines - 1,
        braces,
        full,
        sentences,
        signs,
    )
    counts[THEIR_END_LINES], counts[END_LINES], counts[SHORT_LINES], counts[LONG_LINES] = their_ends, ends, short, long_lines
    counts[THEIR_BULLET_LINES], counts[BULLET_LINES], counts[ELLIPSIS_LINES] = their_bullets, bullets, ellipsis_lines
    counts[CODE_LINES], counts[TABLE_LINES], counts[PROSE_LINES] = code_lines, table_lines, prose_lines
    counts[ALL_LINES] = lines - np.int64(line_kinds[lines - 1] == _EMPTY)
    return tokens, lines


@nb.njit(nogil=True, inline="always")
def _seat(keys, key, mask):  # type: ignore[no-untyped-def]
    """Where a key is in the table, or the place where it goes: one whose key bears another stamp in its lowest 16 bits.

    Keys stand at even places, and what is known of each right behind it, so that both are fetched at once.
    """
    at = (key >> U(15)) & mask
    while keys[at] != key and (keys[at] & _STAMP) == (key & _STAMP):
        at = (at + TWO) & mask
    return at


@nb.njit(nogil=True, inline="always")
def _stamped(hash_, stamp):  # type: ignore[no-untyped-def]
    """A hash as a key of the table: 48 bits of it, and the stamp of this use of the table, which makes all older keys free places."""
    return (hash_ & ~_STAMP) | U(stamp)


@nb.njit(nogil=True, inline="always")
def _met(first):  # type: ignore[no-untyped-def]
    """What is known of a key that was met once, at this token: its first place in the upper half, how often in the lower."""
    return (U(first) << U(32)) | ONE


@nb.njit(nogil=True, inline="always")
def _first_and_times(known):  # type: ignore[no-untyped-def]
    return np.int64(known >> U(32)), np.int64(known & U(0xFFFFFFFF))


@nb.njit(nogil=True, inline="always")
def _gram(prefixes, first, length, power):  # type: ignore[no-untyped-def]
    """The hash of the n-gram that begins at a token; ``power`` is the prime to the power of its length."""
    return stirred(prefixes[first + length] - prefixes[first] * power)


@nb.njit(nogil=True, inline="always")
def _spoken(sizes, first, length):  # type: ignore[no-untyped-def]
    """Characters of an n-gram with a space between its words."""
    characters = length - 1
    for i in range(first, first + length):
        characters += sizes[i]
    return characters


@nb.njit(nogil=True)
def _top(prefixes, sizes, total, length, power, may, keys, stamp, mask):  # type: ignore[no-untyped-def]
    """Characters of the most frequent n-gram, the first of several, times how often it occurs, and how often; spaces in it count.

    ``may`` (uint8, one for each token) says where an n-gram that occurs twice can begin, and after that where one of this length does.
    """
    best, where = 1, 0
    end = total - length + 1
    for i in range(end):
        if not may[i]:
            continue
        key = _stamped(_gram(prefixes, i, length, power), stamp)
        at = _seat(keys, key, mask)
        if keys[at] != key:
            keys[at], keys[at + ONE] = key, _met(i)
            may[i] = 0
        else:
            keys[at + ONE] += ONE
            first, times = _first_and_times(keys[at + ONE])
            may[i] = 1
            may[first] = 1
            if times > best or (times == best and first < where):
                best, where = times, first
    may[max(end, 0) : total] = 0
    return _spoken(sizes, where, length) * best, best


@nb.njit(nogil=True)
def _repeated(prefixes, sizes, total, length, power, may, keys, stamp, mask):  # type: ignore[no-untyped-def]
    """Characters of the words in n-grams met before; after one the count goes on behind it, so that no word counts twice."""
    characters, i = 0, 0
    while i <= total - length:
        if not may[i]:
            i += 1
            continue
        key = _stamped(_gram(prefixes, i, length, power), stamp)
        at = _seat(keys, key, mask)
        if keys[at] == key:
            for k in range(i, i + length):
                characters += sizes[k]
            i += length
        else:
            keys[at] = key
            i += 1
    return characters


@nb.njit(nogil=True)
def _grams(hashes, sizes, total, prefixes, may, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """The most frequent n-grams of 2 to 4 tokens, the repeated ones of 5 to 10; answers the last stamp that it used.

    What occurs twice begins and ends with something shorter that does, so that most places are passed over: ``may`` (uint8) says of each
    token whether it may be met twice.
    """
    prefixes[0] = U(0)
    for i in range(total):
        prefixes[i + 1] = prefixes[i] * _PRIME + hashes[i]
    power, best = _PRIME, 2
    for length in range(2, 5):
        power *= _PRIME
        if total < length:
            return stamp
        for i in range(total - 1):
            may[i] &= may[i + 1]
        if best > 1:
            stamp += 1
            counts[TOP_2 + length - 2], best = _top(prefixes, sizes, total, length, power, may, keys, stamp, mask)
        else:
            counts[TOP_2 + length - 2] = _spoken(sizes, 0, length)
    if best == 1:
        return stamp
    for length in range(5, 11):
        power *= _PRIME
        for i in range(total - 1):
            may[i] &= may[i + 1]
        stamp += 1
        counts[DUP_5 + length - 5] = _repeated(prefixes, sizes, total, length, power, may, keys, stamp, mask)
        if counts[DUP_5 + length - 5] == 0.0:
            break
    return stamp


@nb.njit(nogil=True)
def _unique(hashes, total, may, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Different tokens, and the entropy of their distribution in nats. ``may`` (uint8) becomes whether a token is there twice."""
    unique, logs = 0, 0.0
    for i in range(total):
        key = _stamped(hashes[i], stamp)
        at = _seat(keys, key, mask)
        if keys[at] != key:
            keys[at], keys[at + ONE] = key, _met(i)
            may[i] = 0
            unique += 1
        else:
            keys[at + ONE] += ONE
            first, n = _first_and_times(keys[at + ONE])
            may[i] = may[first] = 1
            logs += _GROWTH[n] if n < _GROWTH.shape[0] else n * math.log(n) - (n - 1) * math.log(n - 1)
    counts[UNIQUE] = unique
    counts[ENTROPY] = math.log(total) - logs / total if total > 0 else 0.0


@nb.njit(nogil=True)
def _lines(hashes, sizes, kinds, total, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Lines that say what one before them said. Gopher: what feeds part, blank or not; FineWeb: those that are not blank."""
    parts = dup = dup_characters = text_lines = text_characters = 0
    for i in range(total):
        if kinds[i] == _EMPTY and 0 < i < total - 1:
            continue
        parts += 1
        key = _stamped(stirred(hashes[i] ^ U(sizes[i])), stamp)
        at = _seat(keys, key, mask)
        if keys[at] == key:
            dup += 1
            dup_characters += sizes[i]
            text_lines += kinds[i] == _INKED
            text_characters += sizes[i] * (kinds[i] == _INKED)
        else:
            keys[at] = key
    counts[SPLIT_LINES], counts[DUP_LINES] = parts, dup
    counts[DUP_LINE_CHARACTERS], counts[DUP_TEXT_LINES], counts[DUP_TEXT_CHARACTERS] = dup_characters, text_lines, text_characters


@nb.njit(nogil=True)
def _paragraphs(hashes, sizes, kinds, total, keys, stamp, mask, counts):  # type: ignore[no-untyped-def]
    """Paragraphs, which empty lines part, that say what one before them said; blank ones at both ends do not count."""
    first, last = 0, total - 1
    while first < total and kinds[first] != _INKED:
        first += 1
    while last > first and kinds[last] != _INKED:
        last -= 1
    parts = dup = dup_characters = size = 0
    mixed = U(0)
    for i in range(first, last + 1):
        if kinds[i] != _EMPTY:
            size += sizes[i] + (size > 0)
            mixed = (mixed ^ stirred(hashes[i] ^ U(sizes[i]))) * _PRIME
        if (kinds[i] == _EMPTY or i == last) and size > 0:
            parts += 1
            key = _stamped(stirred(mixed), stamp)
            at = _seat(keys, key, mask)
            if keys[at] == key:
                dup += 1
                dup_characters += size
            else:
                keys[at] = key
            mixed, size = U(0), 0
    counts[PARAGRAPHS], counts[DUP_PARAGRAPHS], counts[DUP_PARAGRAPH_CHARACTERS] = parts, dup, dup_characters


@nb.njit(nogil=True)
def _grown(room):  # type: ignore[no-untyped-def]
    """Arrays for so many tokens or lines, a power of two: hashes and sizes of tokens, then of lines, and a table of twice as many pairs."""
    return (
        (np.empty(room, np.uint64), np.empty(room, np.int64)),
        (np.empty(room, np.uint64), np.empty(room, np.int64), np.empty(room, np.uint8)),
        (np.empty(room + 1, np.uint64), np.empty(room, np.uint8)),
        np.zeros(4 * room, np.uint64),
    )


@nb.njit(nogil=True)
def _listed(hashes, total, words):  # type: ignore[no-untyped-def]
    """How many different words of a list of up to 64 are among the tokens; ``words`` (uint64): their hashes."""
    seen = U(0)
    for i in range(total):
        for k in range(words.shape[0]):
            if words[k] == hashes[i]:
                seen |= ONE << U(k)
    met = 0
    while seen != U(0):
        seen &= seen - ONE
        met += 1
    return met


@nb.njit(nogil=True, cache=True)
def token_hashes(data, kinds, hashes):  # type: ignore[no-untyped-def]
    """The hashes of the tokens of a text, as many as ``hashes`` (uint64) has room for; answers how many."""
    room = hashes.shape[0]
    counts = np.zeros(COUNTS)
    sizes, line_hashes, line_sizes = np.empty(room, np.int64), np.empty(room, np.uint64), np.empty(room, np.int64)
    line_kinds = np.empty(room, np.uint8)
    return walk(data, U(0), U(data.shape[0]), kinds, counts, hashes, sizes, line_hashes, line_sizes, line_kinds)[0]


@nb.njit(nogil=True, cache=True)
def measure(bounds, data, kinds, wanted, words, counts):  # type: ignore[no-untyped-def]
    """Fill ``counts`` (float64, COUNTS x n), column by column. What is not ``wanted``, see `OF_LINES`, is 0."""
    room = 1 << 12
    here = np.zeros(COUNTS)
    (hashes, sizes), (line_hashes, line_sizes, line_kinds), (prefixes, may), keys = _grown(room)
    stamp = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        here[:] = 0.0
        tokens, lines = walk(data, p, stop, kinds, here, hashes, sizes, line_hashes, line_sizes, line_kinds)
        while tokens < 0:
            room *= 2
            (hashes, sizes), (line_hashes, line_sizes, line_kinds), (prefixes, may), keys = _grown(room)
            stamp = 0
            tokens, lines = walk(data, p, stop, kinds, here, hashes, sizes, line_hashes, line_sizes, line_kinds)
        if stamp > MOST_STAMPS:
            keys[:] = U(0)
            stamp = 0
        if wanted & OF_LINES:
            _lines(line_hashes, line_sizes, line_kinds, lines, keys, stamp + 1, _mask(lines), here)
            _paragraphs(line_hashes, line_sizes, line_kinds, lines, keys, stamp + 2, _mask(lines), here)
            stamp += 2
        if wanted & OF_LIST:
            here[LISTED] = _listed(hashes, tokens, words)
        if wanted & OF_UNIQUE:
            stamp += 1
            _unique(hashes, tokens, may, keys, stamp, _mask(tokens), here)
        else:
            may[:tokens] = 1
        if wanted & OF_WORDS:
            stamp = _grams(hashes, sizes, tokens, prefixes, may, keys, stamp, _mask(tokens), here)
        for what in range(COUNTS):
            counts[what, row] = here[what]


@nb.njit(nogil=True, inline="always")
def _mask(entries):  # type: ignore[no-untyped-def]
    """What leaves of a number an even place in a table of pairs, of which there are a power of two, twice so many as entries or more."""
    size = U(32)
    while size < FOUR * U(entries):
        size *= TWO
    return size - TWO
