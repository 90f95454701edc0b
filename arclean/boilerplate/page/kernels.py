"""The passes over whole pages, compiled. All are linear in the bytes or lines they read; weights are thousandths, so sums are exact."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.orthography.kernels import ONE, SPACE, TAB, U, code_at, code_before

LEAST_LINES, FEW_LINES = 8, 15
"""A page has so many lines; one of fewer than the second must be the plainer."""
LONGEST_PHRASE = 96
"""Bytes of a line that may be a phrase of a page's frame."""
HEADED = 160
"""Bytes of a line from which a phrase between two of them is a heading."""
SECTION, FRAME, CONTENTS = np.uint8(1), np.uint8(2), np.uint8(4)
"""What a phrase of the lexicon is; and a line of a table of contents, which is found out."""
SPEAKS, SURE, DATED, THREAD, CRUMB, REPEAT, FOOT, OWNS, ENDS = (np.uint16(1 << bit) for bit in range(9))
"""What a rule that cut a line tells: of a page's frame; of it wherever the line stands; of a date or writer; of a thread of a forum; of
the way to the page; of a line said before; of what comes below a text; of other texts, named under it; of the end of the text."""
OUTSIDE, LABEL = np.uint8(1), np.uint8(2)
"""Bits of evidence about a line of a whole page, as `arclean.rule.EVIDENCE` names them."""

CHARS, WORDS, END, EXCLAIMS, COMMAS, COLONS, FUNCTIONS, DIGITS, ARABIC, VOWELS, CELLS, GAP, SITE_WORDS, KIND, REST = range(15)
FEATURES = 15
"""What is told of each line, the columns of `features`; the last is the hash of all words but the first."""
MEASURED, LISTED, HEADING, CODE, ADDRESS, RELATED, STEP, RULED, NUMBERED = (1 << bit for bit in range(9))
"""Bits of KIND."""
FUNCTION, MEASURE, ORDINAL, HEAD, SITE, WORK, OTHER = (np.uint8(1 << bit) for bit in range(7))
"""Bits of a word, or of a whole line, in the table of words."""
SENTENCE, ELLIPSIS, COMMA, COLON = 1, 2, 3, 4
"""How a line ends, beside 0."""

_CLOSERS = (0x20, 0x22, 0x27, 0x29, 0x5D, 0xBB, 0x201D, 0x2019, 0x203A)
_SENTENCE_ENDS = (0x2E, 0x21, 0x3F, 0x3B, 0x61F, 0x61B, 0x6D4)
_EXCLAIMS = (0x21, 0x3F, 0x61F)
_BULLETS = (0x2D, 0x2013, 0x2022, 0x2A, 0x25AA, 0x25E6, 0x25CF)
_AFTER_NUMBER = (0x2D, 0x2013, 0x2E, 0x29, 0x3A)
_CELLS = (0x7C, 0x09, 0x2192, 0x2190)
_CODE_SIGNS = (0x7B, 0x7D, 0x3B, 0x3D, 0x3C, 0x3E, 0x60, 0x5F, 0x5C)
_BREAKS = (0x2E, 0x2A, 0x2026, 0x2F)
_STEPS = (0x2F, 0xBB, 0x203A, 0x3E)
_UNDERSCORE = 0x5F
RULE_LENGTH = 5
"""So many underscores and nothing else part a post from what its writer signs it with."""
_ZERO, _SPACE = 0x30, 0x20
_SEED = U(0xCBF29CE484222325)
_PRIME = U(0x100000001B3)


@nb.njit(nogil=True, inline="always")
def mixed(seed, code):  # type: ignore[no-untyped-def]
    """One more character in a hash (FNV-1a over code points, 64 bits)."""
    return (seed ^ U(code)) * _PRIME


@nb.njit(nogil=True, cache=True, inline="always")
def place(keys, key):  # type: ignore[no-untyped-def]
    """Where a key is in a table of keys (0: nothing), or where it would be."""
    mask = U(keys.shape[0] - 1)
    at = (key ^ (key >> U(29))) & mask
    while keys[at] != U(0) and keys[at] != key:
        at = (at + ONE) & mask
    return at


@nb.njit(nogil=True, cache=True, inline="always")
def phrase(data, p, stop, folded):  # type: ignore[no-untyped-def]
    """The hash of the words of a span, by letters and digits alone; 0 if it has none."""
    seed = _SEED
    open_word = any_word = False
    while p < stop:
        code, step = code_at(data, p)
        p += step
        shape = folded[code]
        if shape < 0:
            continue
        if shape == _SPACE:
            open_word = False
            continue
        if not open_word and any_word:
            seed = mixed(seed, _SPACE)
        open_word = any_word = True
        seed = mixed(seed, shape)
    return seed | ONE if any_word else U(0)


OPENINGS = 1 << 12
OPENING = 4


@nb.njit(nogil=True, cache=True)
def opening(data, p, stop, folded):  # type: ignore[no-untyped-def]
    """The place, of `OPENINGS`, of the first letters and digits of a span: spans with the same words have the same."""
    seed = _SEED
    taken = 0
    while p < stop and taken < OPENING:
        code, step = code_at(data, p)
        p += step
        shape = folded[code]
        if shape >= 0 and shape != _SPACE:
            seed = mixed(seed, shape)
            taken += 1
    return (seed ^ (seed >> U(29))) & U(OPENINGS - 1)


LEAST_FIELDS = 4
"""A thread of a forum is cut by so many rules for the fields of its members."""
MOST_WORDS = 5
"""Words of a phrase amid others."""


@nb.njit(nogil=True)
def _frame_of(data, p, stop, folded, keys, marks):  # type: ignore[no-untyped-def]
    """The phrase of the lexicon that a span is, and its place; or, if it is several in a row, the one that tells most. 0 if it is none.

    Several are three, or two of which one is of the frame; the longest phrase that fits is taken each time. The first has as many letters
    as are looked at by `opening`.
    """
    key = phrase(data, p, stop, folded)
    at = place(keys, key)
    if key == U(0) or keys[at] == key:
        return key, at
    count = 0
    best = at
    while p < stop:
        seed = _SEED
        words = letters = size = 0
        after = p
        found = at
        matched = open_word = False
        while words <= MOST_WORDS:
            code, step = (SPACE, ONE) if p >= stop else code_at(data, p)
            shape = folded[code]
            if shape == _SPACE:
                if open_word:
                    here = place(keys, seed | ONE)
                    if keys[here] == seed | ONE:
                        matched = True
                        found, after, size = here, p, letters
                    open_word = False
                if p >= stop:
                    break
            elif shape >= 0:
                if not open_word:
                    if words == MOST_WORDS:
                        break
                    if words > 0:
                        seed = mixed(seed, _SPACE)
                    words += 1
                    open_word = True
                seed = mixed(seed, shape)
                letters += 1
            p += step
        if words == 0:
            break
        if not matched or (count == 0 and size < OPENING):
            return U(0), at
        if count == 0 or marks[found] > marks[best]:
            best = found
        count += 1
        p = after
    if count > 2 or (count == 2 and marks[best] & FRAME):
        return keys[best], best
    return U(0), at


@nb.njit(nogil=True, cache=True)
def regimes(row_of, begin, end, data, rule_of, tells, folded, keys, marks, openings, framed, whole):  # type: ignore[no-untyped-def]
    """Which rows are whole pages turned to text: ``whole[row]``. A line that is a phrase of the lexicon gets its mark, ``framed[line]``.

    ``rule_of`` is the rule that cut a line, or -1, and ``tells`` what a rule tells. The lexicon is ``keys`` (uint64) and ``marks`` (uint8),
    and ``openings`` (bool) the places of what its phrases begin with.
    """
    rule_seen = np.full(tells.shape[0] + 1, -1, np.int64)
    key_seen = np.full(keys.shape[0], -1, np.int64)
    lines = row_of.shape[0]
    head = np.int64(0)  # a literal would compile `_longest_list` twice
    while head < lines:
        row = row_of[head]
        stop_line = head
        count = 0
        while stop_line < lines and row_of[stop_line] == row:
            count += end[stop_line] > begin[stop_line]
            stop_line += 1
        if count >= LEAST_LINES:
            distinct = sure = furniture = before = members = fields = 0
            for line in range(head, stop_line):
                size = end[line] - begin[line]
                if size == 0:
                    continue
                rule = rule_of[line]
                member = rule >= 0 and tells[rule] & THREAD != 0
                fields += member
                told = rule >= 0 and tells[rule] & SPEAKS != 0 and not member
                if (told or member) and rule_seen[rule] != row:
                    rule_seen[rule] = row
                    distinct += told
                    members += member
                    sure += told and (tells[rule] & SURE) != 0
                if size <= LONGEST_PHRASE and openings[opening(data, U(begin[line]), U(end[line]), folded)]:
                    key, at = _frame_of(data, U(begin[line]), U(end[line]), folded, keys, marks)
                    if key != U(0):
                        heading = rule < 0 and before >= HEADED and _next_size(row_of, begin, end, line) >= HEADED
                        if rule < 0 and not (heading and marks[at] == SECTION):
                            framed[line] = marks[at]
                        if not heading:
                            told = True
                            if key_seen[at] != row:
                                key_seen[at] = row
                                distinct += 1
                                sure += marks[at] == FRAME
                before = size
                furniture += told
            if sure >= 2:
                many = count >= 20 and distinct >= 5 and furniture >= 6 and furniture * 25 >= count
                dense = distinct >= 4 and furniture * 4 >= count and (count >= FEW_LINES or (sure >= 3 and furniture * 3 >= count))
                lists = count >= 60 and distinct >= 3 and furniture * 100 >= count
                thread = members >= LEAST_FIELDS and distinct >= 2 and (fields + furniture) * 8 >= count
                whole[row] = many or dense or thread or (lists and _longest_list(begin, end, data, rule_of, head, stop_line) >= 40)
        head = stop_line


@nb.njit(nogil=True)
def _longest_list(begin, end, data, rule_of, head, stop_line):  # type: ignore[no-untyped-def]
    """The most lines on end that are cut, or short and of Arabic; blank ones do not count."""
    run = longest = 0
    for line in range(head, stop_line):
        size = end[line] - begin[line]
        if size == 0:
            continue
        if rule_of[line] < 0 and (
            size >= 250
            or (size >= 100 and _ending(data, U(begin[line]), U(end[line])) == SENTENCE)
            or _foreign(data, U(begin[line]), U(end[line]))
        ):
            run = 0
        else:
            run += 1
            longest = max(longest, run)
    return longest


@nb.njit(nogil=True)
def _next_size(row_of, begin, end, line):  # type: ignore[no-untyped-def]
    """The bytes of the next line of the row that is not blank; 0 if there is none."""
    i = line + 1
    while i < row_of.shape[0] and row_of[i] == row_of[line]:
        if end[i] > begin[i]:
            return end[i] - begin[i]
        i += 1
    return 0


@nb.njit(nogil=True)
def _foreign(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether fewer than a third of the bytes of a span are of two-byte characters, and it holds an ASCII letter."""
    double = letters = 0
    for q in range(p, stop):
        byte = data[q]
        double += byte >= np.uint8(0x80)
        letters += (np.uint8(0x61) <= (byte | np.uint8(0x20))) and ((byte | np.uint8(0x20)) <= np.uint8(0x7A))
    return letters > 0 and double * 3 < np.int64(stop - p)


@nb.njit(nogil=True)
def _ending(data, first, stop):  # type: ignore[no-untyped-def]
    """How a span ends; closing quotes and brackets are looked through."""
    code, p = code_before(data, first, stop)
    while code in _CLOSERS:
        code, p = code_before(data, first, p)
    if code == 0x2026:
        return ELLIPSIS
    if code == 0x2E and code_before(data, first, p)[0] == 0x2E:
        return ELLIPSIS
    if code in _SENTENCE_ENDS:
        return SENTENCE
    if code == 0x3A:
        return COLON
    return COMMA if code == 0x60C else 0


@nb.njit(nogil=True)
def _exclaims(data, first, stop):  # type: ignore[no-untyped-def]
    code, p = code_before(data, first, stop)
    while code in _CLOSERS:
        code, p = code_before(data, first, p)
    return code in _EXCLAIMS


@nb.njit(nogil=True, inline="always")
def _word(keys, marks, word):  # type: ignore[no-untyped-def]
    at = place(keys, word)
    return marks[at] if keys[at] == word else np.uint8(0)


@nb.njit(nogil=True)
def _listed(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether a span begins with a bullet, or with a number of up to three digits and a sign after it."""
    if p >= stop:
        return False
    code, step = code_at(data, p)
    if code in _BULLETS:
        return p + step < stop
    digits = 0
    while (0x30 <= code <= 0x39 or 0x660 <= code <= 0x669 or 0x6F0 <= code <= 0x6F9) and digits < 4:
        digits += 1
        p += step
        if p >= stop:
            return False
        code, step = code_at(data, p)
    if digits == 0 or digits > 3:
        return False
    if code == SPACE and p + step < stop:
        code, step = code_at(data, p + step)
    return code in _AFTER_NUMBER


@nb.njit(nogil=True)
def _is_address(data, p, stop):  # type: ignore[no-untyped-def]
    """Whether a span begins like an address of the web."""
    if stop - p < U(8):
        return False
    lower = np.uint8(0x20)
    http = data[p] | lower == 0x68 and data[p + ONE] | lower == 0x74 and data[p + U(2)] | lower == 0x74 and data[p + U(3)] | lower == 0x70
    return http and (data[p + U(4)] == 0x3A or data[p + U(5)] == 0x3A)


@nb.njit(nogil=True, cache=True)
def features(data, begin, end, folded, keys, marks, told, phrases):  # type: ignore[no-untyped-def]
    """What can be told of each span by itself: ``told`` (int64, spans x FEATURES) and the hash of its words, ``phrases`` (uint64)."""
    for i in range(begin.shape[0]):
        first, stop = U(begin[i]), U(end[i])
        p = first
        seed, word, rest = _SEED, _SEED, _SEED
        chars = words = commas = colons = functions = site = digits = arabic = vowels = cells = signs = spaces = lows = 0
        first_mark = second_mark = np.uint8(0)
        letters_in_word = 0
        gap = 0
        breaks_only = has_token = seen_token = pending = False
        while p <= stop:
            ended = p == stop
            code, step = (SPACE, ONE) if ended else code_at(data, p)
            p += step
            if code == SPACE or code == TAB:
                if has_token:
                    if pending:
                        gap = max(gap, 1)  # a token of nothing but dots or stars stood between two others
                    pending = breaks_only and seen_token
                    seen_token = True
                    has_token = False
                if not ended:
                    spaces += code == SPACE
            else:
                if spaces >= 3 and seen_token:
                    gap = 2
                spaces = 0
                if not has_token:
                    has_token = breaks_only = True
                breaks_only &= code in _BREAKS
            shape = folded[code]
            if ended:
                shape = np.int32(_SPACE)
            else:
                chars += 1
                commas += code == 0x60C
                colons += code == 0x3A
                cells += code in _CELLS
                vowels += 0x64B <= code <= 0x652 or code == 0x670
                signs += code in _CODE_SIGNS
                lows += code == _UNDERSCORE
            if shape < 0:
                continue
            if shape == _SPACE:
                if word != _SEED:
                    mark = _word(keys, marks, word | ONE)
                    functions += (mark & FUNCTION) != 0
                    site += (mark & SITE) != 0
                    if words == 1:
                        first_mark = mark
                        if letters_in_word == 0:
                            first_mark |= np.uint8(128)
                    elif words == 2:
                        second_mark = mark
                word = _SEED
                letters_in_word = 0
                continue
            if word == _SEED:
                if words > 0:
                    seed = mixed(seed, _SPACE)
                if words > 1:
                    rest = mixed(rest, _SPACE)
                words += 1
            seed, word = mixed(seed, shape), mixed(word, shape)
            if words > 1:
                rest = mixed(rest, shape)
            digits += shape == _ZERO
            letters_in_word += shape != _ZERO
            arabic += 0x600 <= shape < 0x700 or 0xFB50 <= shape < 0xFF00
        key = seed | ONE if words > 0 else U(0)
        phrases[i] = key
        kind = 0
        if first_mark & WORK and words <= 7 and (second_mark & OTHER or (first_mark & OTHER and words <= 5)):
            kind |= RELATED
        if stop > first and code_at(data, first)[0] in _STEPS:
            kind |= STEP
        if words > 1 and first_mark & np.uint8(128):
            kind |= NUMBERED
        if words == 0 and chars >= RULE_LENGTH and lows == chars:
            kind |= RULED
        if first_mark & MEASURE or (first_mark & np.uint8(128) and second_mark & MEASURE):
            kind |= MEASURED
        if first_mark & ORDINAL or _listed(data, first, stop):
            kind |= LISTED
        if words > 0 and _word(keys, marks, key) & HEAD:
            kind |= HEADING
        if _is_address(data, first, stop):
            kind |= ADDRESS
        elif arabic * 3 < chars and signs > 0 and not kind & RULED:
            kind |= CODE
        row = told[i]
        row[CHARS], row[WORDS], row[END] = chars, words, _ending(data, first, stop)
        row[EXCLAIMS], row[COMMAS], row[COLONS], row[FUNCTIONS] = _exclaims(data, first, stop), commas, colons, functions
        row[DIGITS], row[ARABIC], row[VOWELS], row[CELLS], row[GAP], row[SITE_WORDS] = digits, arabic, vowels, cells, gap, site
        row[KIND], row[REST] = kind, np.int64(rest | ONE)


@nb.njit(nogil=True, inline="always")
def _number_like(told, i):  # type: ignore[no-untyped-def]
    return told[i, ARABIC] == 0 and told[i, WORDS] <= 6


@nb.njit(nogil=True)
def _verses(told, cut, numbers, owns, first, stop, plain, verse):  # type: ignore[no-untyped-def]
    """Which of the lines ``first..stop`` are verse: two or more, half of them with a wide gap; six with any; if ``plain``, eight alike."""
    i = first
    while i < stop:
        j = i
        lines = gaps = wide = words = size = squares = 0
        while j < stop and not cut[j] and not numbers[j] and _may_be_verse(told, j):
            lines += 1
            gaps += told[j, GAP] > 0
            wide += told[j, GAP] > 1
            words += told[j, WORDS]
            size += told[j, CHARS]
            squares += told[j, CHARS] * told[j, CHARS]
            j += 1
        gapped = (lines >= 2 and wide * 2 >= lines) or (lines >= 6 and gaps * 2 >= lines)
        even = lines * squares - size * size <= 144 * lines * lines
        owned = i > first and owns[i - 1]
        alike = plain and lines >= 8 and words * 10 >= 32 * lines and 17 * lines <= size <= 45 * lines and even
        if (gapped or alike) and not owned:
            verse[i:j] = True
        i = max(j, i + 1)


@nb.njit(nogil=True, inline="always")
def _may_be_verse(told, i):  # type: ignore[no-untyped-def]
    most = 85 if told[i, GAP] else 55
    letters = told[i, ARABIC] * 3 >= told[i, CHARS] and told[i, KIND] & RELATED == 0
    return 2 <= told[i, WORDS] <= 16 and 12 <= told[i, CHARS] <= most and told[i, DIGITS] == 0 and told[i, CELLS] == 0 and letters


REACH = 4
"""Lines on either side in which the density of furniture is counted."""


@nb.njit(nogil=True)
def _weight(told, i, first, stop, density, times, verse, is_number, thread, plain, plainly, cut):  # type: ignore[no-untyped-def]
    """What a line that no rule and no phrase names says for the main text, in thousandths."""
    n, w, end, kind = told[i, CHARS], told[i, WORDS], told[i, END], told[i, KIND]
    if kind & ADDRESS:
        return -200
    if kind & RELATED:
        return -400
    if kind & CODE:
        return 30
    if _vowelled(told, i):
        return min(300 + n * 20 // 3, 3000)
    if told[i, CELLS] > 0 and _beside(told, i, first, stop, CELLS):
        return 50
    if is_number:
        return -350 if density > 300 else -80
    if n < 100 and end != SENTENCE and times > 1 and not verse:
        return -400 if density > 100 else -150
    if end == ELLIPSIS and 25 <= n < 400:
        return -300 if density > 120 else 100
    if end == SENTENCE and w >= 4:
        weight = min(300 + n * 20 // 3, 3000)
        return weight * 2 // 5 if told[i, EXCLAIMS] and n < 80 else weight
    if plain and end == SENTENCE and w >= 2 and not told[i, EXCLAIMS]:
        return 400
    if plain and _runs_on(told, i) and _beside_running(told, cut, i, first, stop):
        return 350
    if n >= 140:
        if told[i, ARABIC] * 3 < n:
            return -100
        weight = min(n * 16 // 3, 2400)
        if told[i, FUNCTIONS] < 3 and told[i, COMMAS] == 0:
            weight = weight * 3 // 5
        return weight if plainly or _in_company(told, cut, i, first, stop) else weight * 3 // 10
    if n >= 80 and end >= COMMA:
        return 300 + 2 * n
    if n >= 70 and told[i, FUNCTIONS] * 6 >= w and told[i, COMMAS] > 0:
        return 300
    if verse:
        return 300 if told[i, GAP] > 1 else 200
    if kind & (LISTED | MEASURED) and w >= 2:
        return 50
    if end >= COMMA or kind & HEADING:
        return -20
    if told[i, COLONS] > 0 and w >= 3 and _beside(told, i, first, stop, COLONS):
        return -40
    if thread and w >= 4:
        return 100
    if n >= 60:
        return -(120 + density // 2)
    return -((80 if w <= 2 else 50) + density * 3 // 5)


@nb.njit(nogil=True, inline="always")
def _in_company(told, cut, i, first, stop):  # type: ignore[no-untyped-def]
    """Whether a neighbour that stays is a sentence or of some length."""
    before = i > first and not cut[i - 1] and (told[i - 1, END] == SENTENCE or told[i - 1, CHARS] >= 140)
    return before or (i + 1 < stop and not cut[i + 1] and (told[i + 1, END] == SENTENCE or told[i + 1, CHARS] >= 140))


@nb.njit(nogil=True, inline="always")
def _runs_on(told, i):  # type: ignore[no-untyped-def]
    """Whether a line is of some length and as full of small words as sentences are."""
    return told[i, CHARS] >= 80 and told[i, FUNCTIONS] >= 2 and told[i, FUNCTIONS] * 8 >= told[i, WORDS] and told[i, END] != ELLIPSIS


@nb.njit(nogil=True, inline="always")
def _beside_running(told, cut, i, first, stop):  # type: ignore[no-untyped-def]
    """Whether a neighbour that stays runs on too, or is long."""
    before = i > first and not cut[i - 1] and (_runs_on(told, i - 1) or told[i - 1, CHARS] >= 140)
    return before or (i + 1 < stop and not cut[i + 1] and (_runs_on(told, i + 1) or told[i + 1, CHARS] >= 140))


@nb.njit(nogil=True, inline="always")
def _beside(told, i, first, stop, what):  # type: ignore[no-untyped-def]
    """Whether a neighbour has as many of something."""
    before = i > first and told[i - 1, what] == told[i, what]
    return before or (i + 1 < stop and told[i + 1, what] == told[i, what])


@nb.njit(nogil=True)
def _smooth_code(told, first, stop):  # type: ignore[no-untyped-def]
    """A line with few Arabic letters beside a line of code is one too."""
    for i in range(first + 1, stop):
        if told[i - 1, KIND] & CODE and told[i, ARABIC] * 3 < told[i, CHARS]:
            told[i, KIND] |= CODE
    for i in range(stop - 2, first - 1, -1):
        if told[i + 1, KIND] & CODE and told[i, ARABIC] * 3 < told[i, CHARS]:
            told[i, KIND] |= CODE


@nb.njit(nogil=True)
def _ends_plainly(told, cut, first, stop):  # type: ignore[no-untyped-def]
    """Whether the long lines of a page mostly go without a sentence mark at their end: then that tells nothing."""
    marked = plain = 0
    for i in range(first, stop):
        marked += not cut[i] and told[i, END] == SENTENCE and told[i, CHARS] >= 60
        plain += not cut[i] and told[i, END] != SENTENCE and told[i, CHARS] >= 140
    return marked * 2 < plain


@nb.njit(nogil=True)
def _entry(rules, tells, first, stop):  # type: ignore[no-untyped-def]
    """The first of some lines that is a field of a member of a forum."""
    for i in range(first, stop):
        if rules[i] >= 0 and tells[rules[i]] & THREAD:
            return i
    return stop


@nb.njit(nogil=True)
def _weigh(told, times, rules, framed, tells, first, stop, plain, weights, cut, numbers, owns, verse):  # type: ignore[no-untyped-def]
    """The weights of the lines ``first..stop`` of one page."""
    count = stop - first
    verse[first:stop] = False
    marks = np.zeros(count + 1, np.int64)
    members = 0
    for i in range(first, stop):
        tell = tells[rules[i]] if rules[i] >= 0 else np.uint16(0)
        member = (tell & THREAD) != 0
        members += member
        cut[i] = rules[i] >= 0 or framed[i] != 0
        numbers[i] = _number_like(told, i)
        related = told[i, KIND] & RELATED != 0
        owns[i] = related or (tell & OWNS) != 0
        furniture = framed[i] != 0 or (tell & SPEAKS) != 0 or related
        often = times[i] > 2 and told[i, WORDS] <= 5 and not numbers[i]
        mark = (furniture or numbers[i] or (tell & DATED) != 0 or often) and not member
        marks[i - first + 1] = marks[i - first] + mark
    thread = members >= 4
    entry = _entry(rules, tells, first, stop)
    plainly = _ends_plainly(told, cut, first, stop)
    _verses(told, cut, numbers, owns, first, stop, plain, verse)
    for i in range(first, stop):
        a, b = max(i - REACH, first), min(i + REACH + 1, stop)
        density = 1000 * (marks[b - first] - marks[a - first]) // (b - a)
        if not cut[i]:
            weights[i] = _weight(told, i, first, stop, density, times[i], verse[i], numbers[i], thread and i > entry, plain, plainly, cut)
        elif rules[i] >= 0 and tells[rules[i]] & THREAD:
            weights[i] = -20 if thread else -150
        elif framed[i] == CONTENTS:
            weights[i] = -20
        else:
            weights[i] = -150 if framed[i] == 0 and tells[rules[i]] & SPEAKS == 0 else -600
    return thread


@nb.njit(nogil=True)
def maximal(weights, first, stop, starts, stops, scores):  # type: ignore[no-untyped-def]
    """All maximal scoring runs of lines, by Ruzzo and Tompa (1999), in order; answers how many.

    These are what one finds by taking the run of the largest sum, then the same on either side of it, and so on; in linear time.
    """
    found = 0
    lefts, rights = np.empty(stop - first, np.int64), np.empty(stop - first, np.int64)
    before = np.empty(stop - first, np.int64)
    total = 0
    for i in range(first, stop):
        left, start = total, i
        total += weights[i]
        if weights[i] <= 0:
            continue
        k = found
        j = k - 1
        while True:
            while j >= 0 and lefts[j] >= left:
                j = before[j]
            if j < 0 or rights[j] >= total:
                break
            left, start, k = lefts[j], starts[j], j
            j = before[j]
        starts[k], stops[k], lefts[k], rights[k], before[k] = start, i + 1, left, total, j
        found = k + 1
    for j in range(found):
        scores[j] = rights[j] - lefts[j]
    return found


LEAST_SCORE, LEAST_PLAIN_SCORE = 900, 1300
"""A main text scores so much: with a whole sentence in it, and without."""


@nb.njit(nogil=True)
def _solid(told, i):  # type: ignore[no-untyped-def]
    """A line that is a sentence and no call, or that has the look of verse or of scripture."""
    sentence = told[i, END] == SENTENCE and told[i, EXCLAIMS] == 0 and told[i, CHARS] >= 60
    return sentence or told[i, GAP] > 1 or _vowelled(told, i)


@nb.njit(nogil=True, inline="always")
def _vowelled(told, i):  # type: ignore[no-untyped-def]
    return told[i, VOWELS] >= 3 and told[i, VOWELS] * 4 >= told[i, ARABIC]


@nb.njit(nogil=True)
def _quality(told, weights, first, stop):  # type: ignore[no-untyped-def]
    """Of a run: how many thousandths of its weight end a sentence, how many such lines weigh over 500, and the weight of the rest."""
    good = ended = lines = 0
    for i in range(first, stop):
        if weights[i] > 0:
            good += weights[i]
            if told[i, END] == SENTENCE:
                ended += weights[i]
                lines += weights[i] > 500
    return (1000 * ended // good if good > 0 else 0), lines, good - ended


@nb.njit(nogil=True)
def _chosen(told, rules, framed, tells, weights, thread, first, stop, main):  # type: ignore[no-untyped-def]
    """Marks the lines of the main text: the best run, and further ones that are as well written; answers the first of them, or -1.

    The best is the heaviest, where lines that end no sentence count half: a list of teasers may outweigh a short text.
    """
    starts, stops = np.empty(stop - first, np.int64), np.empty(stop - first, np.int64)
    scores = np.empty(stop - first, np.int64)
    runs = maximal(weights, first, stop, starts, stops, scores)
    best = -1
    most = 0
    for j in range(runs):
        worth = scores[j] - _quality(told, weights, starts[j], stops[j])[2] // 2
        if _of_site(told, rules, framed, tells, starts[j], stops[j], first, stop):
            worth //= 3
        if best < 0 or worth > most:
            best, most = j, worth
    if best < 0 or scores[best] < LEAST_SCORE:
        return -1
    if scores[best] < LEAST_PLAIN_SCORE:
        solid = False
        for i in range(starts[best], stops[best]):
            solid |= _solid(told, i)
        if not solid:
            return -1
    last = -1
    standard, _, _ = _quality(told, weights, starts[best], stops[best])
    entry = _entry(rules, tells, first, stop) if thread else first
    top = -1
    for j in range(runs):
        score = scores[j]
        take = j == best or (thread and score >= LEAST_POST and _is_post(told, rules, tells, starts[j], stops[j], first))
        if not take and score > 500:
            quality, sentences, _ = _quality(told, weights, starts[j], stops[j])
            behind = not thread and j > best and _has_ended(rules, tells, stops[best], starts[j])
            large = score * 10 >= scores[best] * (BEHIND if behind else BESIDE)
            sound = not behind and score >= max(3000, scores[best] * 8 // 100) and sentences >= 4
            take = quality >= min(600, standard * 8 // 10) and (large or sound)
            take = take and not _of_site(told, rules, framed, tells, starts[j], stops[j], first, stop)
        take = take and (j == best or not thread or stops[j] > entry)
        if take:
            if last >= 0 and _is_seam(rules, framed, last, starts[j]):
                main[last : starts[j]] = True
            start = _opening_of_post(told, rules, framed, tells, starts[j], first) if thread else starts[j]
            main[start : stops[j]] = True
            last = stops[j]
            if top < 0:
                top = start
    return top


LONGEST_OPENING = 3
"""Lines of a greeting."""
LEAST_POST = 100
"""The least that a post of a thread scores."""


@nb.njit(nogil=True)
def _opening_of_post(told, rules, framed, tells, start, first):  # type: ignore[no-untyped-def]
    """Where a post begins: some lines may stand between the fields of its writer and its first sentence."""
    i = start - 1
    while i >= max(first, start - LONGEST_OPENING) and rules[i] < 0 and framed[i] == 0 and not _number_like(told, i):
        i -= 1
    return i + 1 if i >= first and rules[i] >= 0 and tells[rules[i]] & THREAD else start


@nb.njit(nogil=True)
def _is_post(told, rules, tells, start, stop, first):  # type: ignore[no-untyped-def]
    """Whether what was cut last over a run are fields of a member of a forum, no list of others began, and it is more than questions."""
    asks = True
    for i in range(start, stop):
        asks &= rules[i] >= 0 or (told[i, EXCLAIMS] != 0 and told[i, CHARS] < 60)
    field = False
    for i in range(start - 1, first - 1, -1):
        if told[i, KIND] & RELATED or (rules[i] >= 0 and tells[rules[i]] & OWNS):
            return False
        if rules[i] >= 0 and not field:
            if tells[rules[i]] & THREAD == 0:
                return False
            field = True
    return field and not asks


BESIDE, BEHIND = 3, 7
"""Tenths of the best run that another must have to be of the text: anywhere, and behind what ends a text."""


@nb.njit(nogil=True)
def _has_ended(rules, tells, first, stop):  # type: ignore[no-untyped-def]
    """Whether one of some lines is such as comes when a text is at its end."""
    ended = False
    for i in range(first, stop):
        ended |= rules[i] >= 0 and tells[rules[i]] & ENDS != 0
    return ended


@nb.njit(nogil=True)
def _of_site(told, rules, framed, tells, a, b, first, stop):  # type: ignore[no-untyped-def]
    """Whether a run speaks of the site: most of its lines have a word of that, or it is three lines at most, at the page's foot."""
    lines = about = 0
    for i in range(a, b):
        if rules[i] < 0 and framed[i] == 0:
            lines += 1
            about += told[i, SITE_WORDS] > 0
    if lines > 2 and about * 2 > lines:
        return True
    foot = False
    for i in range(max(a - SEAM, first), min(b + SEAM, stop)):
        foot |= (i < a or i >= b) and rules[i] >= 0 and tells[rules[i]] & FOOT != 0
    return foot and lines <= 3


SEAM = 2


@nb.njit(nogil=True)
def _is_seam(rules, framed, first, stop):  # type: ignore[no-untyped-def]
    """Whether hardly anything stands between two runs but what goes anyhow: then they are one text, and that is of it."""
    own = 0
    for i in range(first, stop):
        own += rules[i] < 0 and framed[i] == 0
    return own <= SEAM


@nb.njit(nogil=True, inline="always")
def _is_heading(told, rules, framed, i):  # type: ignore[no-untyped-def]
    """Whether a line says by itself that a text comes under it."""
    return rules[i] < 0 and framed[i] == 0 and (told[i, END] == COLON or told[i, KIND] & HEADING != 0)


HEADLINE_REACH = 30
LEAST_STRANGE = 500
"""A headline that shares less than half of its words with its text must score so much."""
_WAW, _BEH, _FEH, _KAF, _LAM, _ALEF = 0x648, 0x628, 0x641, 0x643, 0x644, 0x627
STEM = 4


@nb.njit(nogil=True)
def _stem(word, size):  # type: ignore[no-untyped-def]
    """The hash of the first letters of a word, without article, conjunction and preposition in front; 0 if fewer than three letters stay.

    ``word`` holds the first letters of a word of ``size`` letters.
    """
    skip = 0
    a, b, c = word[0], word[1], word[2]
    article = b == _ALEF and c == _LAM
    if size >= 3 and article and (a == _WAW or a == _BEH or a == _FEH or a == _KAF):
        skip = 3
    elif size >= 2 and ((a == _LAM and b == _LAM) or (a == _ALEF and b == _LAM)):
        skip = 2
    elif (size >= 4 and a == _WAW) or (size >= 5 and (a == _BEH or a == _LAM)):
        skip = 1
    if size - skip < 3:
        return U(0)
    seed = _SEED
    for i in range(skip, min(size, skip + STEM)):
        seed = mixed(seed, word[i])
    return seed | ONE


@nb.njit(nogil=True)
def _stems(data, p, stop, folded, known, add, word):  # type: ignore[no-untyped-def]
    """Adds the stems of a span to the table ``known``, or counts: how many there are, and how many are known."""
    size = total = met = 0
    while p <= stop:
        shape = np.int32(_SPACE)
        step = ONE
        if p < stop:
            code, step = code_at(data, p)
            shape = folded[code]
        p += step
        if shape < 0:
            continue
        if shape != _SPACE:
            if size < word.shape[0]:
                word[size] = shape
            size += 1
            continue
        if size > 0:
            word[size:] = 0
            stem = _stem(word, size)
            if stem != U(0):
                at = place(known, stem)
                if add:
                    known[at] = stem
                total += 1
                met += known[at] == stem
        size = 0
    return total, met


@nb.njit(nogil=True, inline="always")
def _over_member(told, rules, tells, thread, i, stop):  # type: ignore[no-untyped-def]
    """Whether the fields of a member of a forum stand under a line, or under a rank of a few words below it."""
    if not thread:
        return False
    for j in range(i + 1, min(i + 3, stop)):
        if rules[j] >= 0:
            return tells[rules[j]] & THREAD != 0
        if told[j, WORDS] > 4 or told[j, WORDS] == 0:
            return False
    return False


@nb.njit(nogil=True)
def _is_right_above(rules, framed, told, times, i, head, top):  # type: ignore[no-untyped-def]
    """Whether nothing but dates and what goes anyhow is around a line of two words or more that stands over the text."""
    dated = told[i, DIGITS] > 0 and told[i, WORDS] <= 5
    if dated or told[i, WORDS] < 2 or times[i] > 2 or top - i > 1 + SEAM:
        return False
    if told[i, END] == SENTENCE or (i > head and rules[i - 1] < 0 and framed[i - 1] == 0):
        return False
    own = 0
    for j in range(i + 1, top):
        own += rules[j] < 0 and framed[j] == 0 and told[j, DIGITS] == 0
    return own == 0


@nb.njit(nogil=True)
def _headline(  # type: ignore[no-untyped-def]
    data, begin, end, folded, told, phrases, times, rules, framed, tells, thread, head, stop, top, main
):
    """The line above the main text that is most likely its headline, or -1; and another, under it, that is the heading of the first part.

    Words that are in the main text speak for it, a date or the same line under it, the way to the page above it, its length, and the same
    line anywhere; against it the lines in between that do not go anyhow.
    """
    size = 16
    for i in range(head, stop):
        if main[i]:
            size += told[i, WORDS]
    room = 16
    while room < 2 * size:
        room *= 2
    known = np.zeros(room, np.uint64)
    word = np.zeros(8, np.int32)
    for i in range(head, stop):
        if main[i]:
            _stems(data, U(begin[i]), U(end[i]), folded, known, True, word)
    best = below = near = -1
    most = away = 0
    for i in range(top - 1, max(top - HEADLINE_REACH, head) - 1, -1):
        if rules[i] >= 0 or framed[i] != 0:
            continue
        away += 1
        if (
            _number_like(told, i)
            or told[i, KIND] & (RELATED | STEP)
            or (told[i, WORDS] <= 4 and _over_member(told, rules, tells, thread, i, stop))
        ):
            continue
        total, met = _stems(data, U(begin[i]), U(end[i]), folded, known, False, word)
        if total == 0:
            continue
        follows = 0
        for j in range(max(i - 3, head), i):
            if (rules[j] >= 0 and tells[rules[j]] & CRUMB) or (told[j, KIND] & STEP and rules[j] < 0):
                follows = 400 if j == i - 1 else 200
        dated = again = False
        for j in range(i + 1, min(i + 3, top)):
            tell = tells[rules[j]] if rules[j] >= 0 else np.uint8(0)
            dated |= (tell & DATED) != 0 or _number_like(told, j)
            again |= (tell & REPEAT) != 0 or phrases[j] == phrases[i]
        score = 500 * met // total + 300 * min(total, 8) // 8 + follows + 100 * (times[i] > 1)
        score += 400 if dated else 200 if again else 0
        score -= 30 * away
        if near < 0 and _is_right_above(rules, framed, told, times, i, head, top):
            near = i
        if i == top - 1 and met * 2 >= total:
            below = i
        if met * 2 < total and score < LEAST_STRANGE:
            continue
        if best < 0 or score > most:
            best, most = i, score
        elif best == top - 1 and met * 2 >= total and total > 1 and (dated or follows) and score >= LEAST_STRANGE:
            best = i
            break
    return (near if best < 0 else best), below


@nb.njit(nogil=True)
def _lists_above(told, rules, framed, main, head, top):  # type: ignore[no-untyped-def]
    """Headings with lists over the main text are of it, if hardly anything but what goes anyhow is between; answers the first line."""
    while True:
        own = 0
        i = top - 1
        while i >= head and own <= SEAM and (rules[i] >= 0 or framed[i] != 0 or (own < SEAM and not told[i, KIND] & MEASURED)):
            own += rules[i] < 0 and framed[i] == 0
            i -= 1
        if i < head or own > SEAM or rules[i] >= 0 or framed[i] != 0 or not told[i, KIND] & MEASURED:
            return top
        last = i
        heading = -1
        while i >= head and last - i <= LONGEST_TAIL and rules[i] < 0 and framed[i] == 0:
            if _is_heading(told, rules, framed, i):
                heading = i
            i -= 1
        if heading < 0:
            return top
        main[heading : last + 1] = True
        top = heading


@nb.njit(nogil=True)
def _sentences_above(told, times, rules, framed, main, headline, top):  # type: ignore[no-untyped-def]
    """Whole sentences between headline and main text are of it."""
    for i in range(headline + 1, top):
        if rules[i] < 0 and framed[i] == 0 and told[i, SITE_WORDS] == 0 and times[i] == 1:
            main[i] |= told[i, END] == SENTENCE and told[i, EXCLAIMS] == 0 and told[i, CHARS] >= 60


@nb.njit(nogil=True)
def _grow_up(told, rules, framed, main, headline, top):  # type: ignore[no-untyped-def]
    """What stands right above the main text and under the headline is of it, if it is a line or two."""
    first = top
    while first - 1 > headline and rules[first - 1] < 0 and framed[first - 1] == 0 and not _number_like(told, first - 1):
        first -= 1
    if headline >= 0 and top - first <= SEAM:
        main[first:top] = True


LONGEST_TAIL = 40
"""Lines of a list under a heading at the end of a text."""


@nb.njit(nogil=True)
def _grow_down(told, times, rules, framed, main, head, stop):  # type: ignore[no-untyped-def]
    """What hangs on the main text below: headings with lists; a line of four words or more, if what comes next goes anyhow."""
    last = stop - 1
    while last > head and not main[last]:
        last -= 1
    i = last + 1
    while i < stop and i <= last + LONGEST_TAIL and rules[i] < 0 and framed[i] == 0 and told[i, KIND] & (RELATED | STEP | ADDRESS) == 0:
        i += 1
    if last + 1 < i <= last + LONGEST_TAIL and _is_heading(told, rules, framed, last + 1):
        main[last + 1 : i] = True
        return
    i = last + 1
    if i < stop and rules[i] < 0 and framed[i] == 0 and told[i, WORDS] >= 4 and times[i] == 1:
        main[i] = i + 1 == stop or rules[i + 1] >= 0 or framed[i + 1] != 0


SIGNATURE = 5
"""Lines of a signature, the rule over them included."""


@nb.njit(nogil=True)
def _is_label(told, times, rules, framed, tells, weights, thread, signed, i, stop):  # type: ignore[no-untyped-def]
    """Whether a line amid the main text is a label of the page: a phrase of its frame, one that comes again and again, a member's name."""
    if framed[i] != 0 or told[i, KIND] & ADDRESS:
        return True
    if told[i, WORDS] == 0 and times[i] == 1 and 0 < told[i, CHARS] <= 3 and told[i, KIND] & CODE == 0:
        return thread
    few = told[i, WORDS] <= 5 and told[i, KIND] & (LISTED | HEADING) == 0
    if few and times[i] >= 4 and told[i, END] != SENTENCE and not _number_like(told, i) and weights[i] < 0:
        return True
    if signed or told[i, KIND] & RULED:
        return thread
    return told[i, WORDS] <= 4 and _over_member(told, rules, tells, thread, i, stop) and weights[i] <= 100


@nb.njit(nogil=True, cache=True)
def main_texts(  # type: ignore[no-untyped-def]
    data, begin, end, bounds, folded, told, phrases, times, rules, framed, tells, weights, flags
):
    """For each page, whose lines are ``bounds[page]..bounds[page + 1]``: ``flags[line]`` gets OUTSIDE, or LABEL amid the main text.

    ``times`` is how often the words of a line come in its page, ``rules`` the rule that cut it, or -1. ``weights`` is filled.
    """
    lines = begin.shape[0]
    cut, numbers, verse = np.zeros(lines, np.bool_), np.zeros(lines, np.bool_), np.zeros(lines, np.bool_)
    owns, main = np.zeros(lines, np.bool_), np.zeros(lines, np.bool_)
    for page in range(bounds.shape[0] - 1):
        head, stop = bounds[page], bounds[page + 1]
        _smooth_code(told, head, stop)
        thread = _weigh(told, times, rules, framed, tells, head, stop, False, weights, cut, numbers, owns, verse)
        top = _chosen(told, rules, framed, tells, weights, thread, head, stop, main)
        if top < 0:
            _weigh(told, times, rules, framed, tells, head, stop, True, weights, cut, numbers, owns, verse)
            top = _chosen(told, rules, framed, tells, weights, thread, head, stop, main)
        headline = -1
        while top > head and _is_heading(told, rules, framed, top - 1):
            top -= 1
            main[top] = True
        if top >= 0:
            top = _lists_above(told, rules, framed, main, head, top)
            _grow_down(told, times, rules, framed, main, head, stop)
            about = (told, phrases, times, rules, framed, tells, thread, head, stop, top, main)
            headline, below = _headline(data, begin, end, folded, *about)
            if below >= 0 and below != headline:
                main[below:top] = True
            _grow_up(told, rules, framed, main, headline, top)
            if headline >= 0:
                _sentences_above(told, times, rules, framed, main, headline, top)
        signed = 0
        for i in range(head, stop):
            signed = SIGNATURE if told[i, KIND] & RULED else 0 if rules[i] >= 0 else signed - 1
            if not main[i]:
                flags[i] = np.uint8(0) if i == headline else OUTSIDE
            elif _is_label(told, times, rules, framed, tells, weights, thread, signed > 0, i, stop):
                flags[i] = LABEL
