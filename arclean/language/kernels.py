"""The pass that tells languages apart, compiled: letters and small words counted in one walk, then weighed."""

from __future__ import annotations

import numpy as np

from arclean import compiling as nb
from arclean.masks import first
from arclean.orthography.kernels import CODE, FOUR, ONE, THREE, TWO, U, code_at

NEUTRAL, HANDLE, SLASH, MARK, FIGURE, DIGIT, LATIN, OTHER, ARABIC = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""What a character is, in the lowest 8 bits of its entry: it ends a word; what comes behind it is a name; a slash; it is passed over
inside of a word; a digit; one that stands for a letter in Arabizi; Latin letter; letter of another script; from ARABIC on, one class for
each letter of the Arabic script that the tables weigh, the first for all others."""

WAYS = 4
"""Words that one bucket of the map has room for."""
SEED, PRIME = U(0xCBF29CE484222325), U(0x9E3779B97F4A7C15)
_TAG, _GROUP = U(0xFFFFFF00), U(0xFF)
MOST_GROUPS = 64
"""Groups of words; those that a text has are the bits of a number."""
LONGEST_WORD = 30
"""Letters of other scripts in one word; more are no language but a picture or a key written out, and do not count."""
PLAIN, ARTICLE, DIGIT_INSIDE = 0, 1, 2
"""Groups of words that no table lists: any word; one that begins with the article; Latin letters with a digit that stands for a letter."""


@nb.njit(nogil=True, inline="always")
def mixed(seed, code):  # type: ignore[no-untyped-def]
    """One more letter in the running hash of a word; `settled` ends it."""
    return seed * PRIME + U(code)


@nb.njit(nogil=True, inline="always")
def settled(seed):  # type: ignore[no-untyped-def]
    """The hash of a word: every letter bears on its upper bits, which are the slot, and on the tag below them."""
    made = (seed ^ (seed >> U(31))) * PRIME
    return made ^ (made >> U(32))


@nb.njit(nogil=True, inline="always")
def _bucket(slots, seed):  # type: ignore[no-untyped-def]
    """Where the four slots of a word begin, by the highest bits of its hash."""
    return (((seed >> U(32)) * U(slots.shape[0] // WAYS)) >> U(32)) * U(WAYS)


@nb.njit(nogil=True, inline="always")
def _group(slots, seed):  # type: ignore[no-untyped-def]
    """The group of a word, by its hash; PLAIN if it is not in the map. No branch: which words a text has cannot be guessed."""
    at = _bucket(slots, seed)
    group = U(PLAIN)
    for k in range(WAYS):
        slot = U(slots[at + U(k)])
        group |= (slot & _GROUP) * U(((slot ^ seed) & _TAG) == U(0))
    return group


@nb.njit(nogil=True, cache=True)
def enter(slots, seed, group):  # type: ignore[no-untyped-def]
    """Put a word into the map: 24 bits of its hash, and its group; answers whether there was room in its bucket."""
    at = _bucket(slots, U(seed))
    for k in range(WAYS):
        if slots[at + U(k)] == 0:
            slots[at + U(k)] = np.uint32((U(seed) & _TAG) | U(group))
            return True
    return False


@nb.njit(nogil=True, cache=True)
def word_hash(codes):  # type: ignore[no-untyped-def]
    """The hash of a word, given the codes that its letters fold to."""
    seed = SEED
    for code in codes:
        seed = mixed(seed, code)
    return settled(seed)


@nb.njit(nogil=True, inline="always")
def _next(data, p, stop, entry, letters):  # type: ignore[no-untyped-def]
    """The character at p or, where that is a mark, after the marks: its entry, where it starts, where it ends. Entry 0 at the end."""
    while p < stop:
        code, step = code_at(data, p)
        e = entry[code]
        if (e & CODE(0xFF)) != CODE(MARK):
            return e, p, p + step
        letters[MARK] += 1
        p += step
    return CODE(0), p, p


@nb.njit(nogil=True, inline="always")
def _begins_with_article(data, p):  # type: ignore[no-untyped-def]
    """Whether alef and lam stand at p; there are more bytes behind them."""
    return (data[p] == 0xD8) & (data[p + ONE] == 0xA7) & (data[p + TWO] == 0xD9) & (data[p + THREE] == 0x84)


@nb.njit(nogil=True, fastmath={"reassoc"})
def _weighed(counts, weights):  # type: ignore[no-untyped-def]
    """The sum of counts times weights. All are whole numbers, so it is exact in any order."""
    total = 0.0
    for i in range(weights.shape[0]):
        total += counts[i] * weights[i]
    return total


@nb.njit(nogil=True, cache=True)
def weigh(begin, end, data, entry, slots, letter_weights, word_weights, prior, found, scores):  # type: ignore[no-untyped-def]
    """Count letters and words of each span ``data[begin:end]``, and add up what they weigh.

    ``entry`` (uint32, 0x110000): the class of a code point in its lowest 8 bits, above them what it folds to in a word. ``slots`` (uint32):
    the map of words, see `enter`. ``letter_weights`` (float64): for each language, which are the first columns, a weight for each class;
    ``word_weights`` (float64): for each group of words, a weight for each column; ``prior`` (float64): what each column begins with. They
    are whole numbers, so that the sums in ``scores`` (float64) are exact, and the same in any order. ``found`` (int64, n x 5) gets Arabic
    letters, Latin letters, other letters, words, marks. Of one letter many times in a row two count: laughter is no language. Addresses,
    and names behind @, do not count. With None for ``letter_weights`` the pass is compiled without the letters, all but marks: of those
    ``found`` says nothing then.
    """
    letters = np.zeros(256, np.int32)
    words = np.zeros(MOST_GROUPS, np.int64)
    width = word_weights.shape[1]
    for row in range(begin.shape[0]):
        p, stop = U(begin[row]), U(end[row])
        number_of_words = latin = np.int64(0)
        met = U(0)
        e, p, after = _next(data, p, stop, entry, letters)
        while p < stop:
            what = e & CODE(0xFF)
            if what >= CODE(ARABIC):
                home, seed, size, last, run = p, SEED, U(0), CODE(0), U(0)
                while what >= CODE(ARABIC):
                    if letter_weights is not None:
                        run = (run + ONE) * U(e == last)
                        last = e
                        letters[what] += np.int32(run < TWO)
                    seed = mixed(seed, e >> CODE(8))
                    size += ONE
                    e, p, after = _next(data, after, stop, entry, letters)
                    what = e & CODE(0xFF)
                group = _group(slots, settled(seed))
                if size >= FOUR:
                    group |= U(ARTICLE) * U((group == U(PLAIN)) & _begins_with_article(data, home))
                number_of_words += 1
                words[group] += 1
                met |= ONE << group
            elif what >= CODE(FIGURE):
                seed, size, figures, digits, script, trailing, latin = SEED, U(0), U(0), U(0), what, False, np.int64(0)
                while CODE(FIGURE) <= what < CODE(ARABIC):
                    trailing = what <= CODE(DIGIT)
                    figures += U(trailing)
                    digits += U(what == CODE(DIGIT))
                    letters[what] += 1
                    latin += what == CODE(LATIN)
                    script = max(script, what)
                    seed = mixed(seed, e >> CODE(8))
                    size += ONE
                    e, p, after = _next(data, after, stop, entry, letters)
                    what = e & CODE(0xFF)
                number_of_words += size > figures
                letters[LATIN] -= np.int32(latin * np.int64(size > U(LONGEST_WORD)))
                if script == CODE(LATIN):
                    group = _group(slots, settled(seed))
                    if group == U(PLAIN) and digits == ONE and figures == ONE and not trailing and size >= THREE:
                        group = U(DIGIT_INSIDE)
                    words[group] += 1
                    met |= ONE << group
            else:
                glued = what == CODE(HANDLE)
                if what == CODE(SLASH) and p > U(begin[row]) and data[p - ONE] == 0x3A and after < stop and data[after] == 0x2F:
                    letters[LATIN] -= latin
                    glued = True
                latin *= np.int64(e != CODE(0) and data[p] == 0x3A)
                p = after
                while glued and p < stop and data[p] > 0x20 and data[p] < 0x80:
                    p += ONE
                e, p, after = _next(data, p, stop, entry, letters)
        arabic = 0
        for k in range(width):
            scores[row, k] = prior[k]
        if letter_weights is not None:
            for c in range(ARABIC, letter_weights.shape[1]):
                arabic += letters[c]
            for k in range(letter_weights.shape[0]):
                scores[row, k] += _weighed(letters, letter_weights[k])
        words[PLAIN] = 0
        met &= ~ONE
        while met != U(0):
            group = first(met)
            met &= met - ONE
            for k in range(width):
                scores[row, k] += words[group] * word_weights[group, k]
            words[group] = 0
        found[row, 0], found[row, 1], found[row, 2] = arabic, letters[LATIN], letters[OTHER]
        found[row, 3], found[row, 4] = number_of_words, letters[MARK]
        letters[:] = 0


@nb.njit(nogil=True, inline="always")
def _likeliest(sums, first, after):  # type: ignore[no-untyped-def]
    """The first of the greatest of ``sums[first:after]``."""
    top = first
    for k in range(first + 1, after):
        if sums[k] > sums[top]:
            top = k
    return top


@nb.njit(nogil=True, cache=True)
def decide(found, scores, sizes, nat, sample, arabizi_least, arabizi_share, language, score, variety, variety_score):  # type: ignore[no-untyped-def]
    """The language of each row, and its variety of Arabic, by the sums of `weigh`.

    ``sizes``: how many languages and varieties there are; they are the first columns of ``scores``, and behind them are the hits of Arabizi
    and of other languages in Latin letters. Languages are numbered as the columns are, and then: Arabizi, other Latin, mixed, unknown.
    Arabizi has at least so many hits, and so many for each word. ``nat``: what a nat weighs; evidence is scaled down to what ``sample``
    letters of such a text would give.
    """
    languages, varieties = sizes
    end = languages + varieties
    for row in range(scores.shape[0]):
        arabic, latin, other, words = found[row, 0], found[row, 1], found[row, 2], found[row, 3]
        letters = arabic + latin + other
        sums = scores[row]
        variety[row], variety_score[row] = -1, 0.0
        if letters == 0:
            language[row], score[row] = languages + 3, 0.0
        elif 2 * arabic >= letters:
            top = _likeliest(sums, 0, languages)
            scale = np.float64(sample) / np.float64(max(arabic, sample)) / nat
            total = 0.0
            for k in range(languages):
                gap = (sums[k] - sums[top]) * scale
                if gap > -20.0:
                    total += np.exp(gap)
            language[row], score[row] = top, np.float64(arabic) / np.float64(letters) / total
            if top == 0:
                hits = 0.0
                for k in range(languages, end):
                    hits += sums[k]
                if hits > 0.0:
                    best = _likeliest(sums, languages, end)
                    variety[row], variety_score[row] = best - languages, sums[best] / hits
        else:
            score[row] = np.float64(max(latin, other)) / np.float64(letters)
            if 4 * arabic >= letters:
                language[row] = languages + 2
            elif latin <= other:
                language[row] = languages + 3
            else:
                is_arabizi = sums[end] > sums[end + 1] and sums[end] >= arabizi_least and sums[end] >= arabizi_share * np.float64(words)
                language[row] = languages if is_arabizi else languages + 1
