"""Letters of Persian and Urdu keyboards in documents that are Arabic, and nowhere else.

Whether a document is Arabic is read off its words: those with teh marbuta, a hamza on or under alef, or the article are a third of
Arabic and next to none of Persian, Urdu, Kurdish, Pashto, Sindhi and Uyghur, all of which have letters that Arabic does not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns, masks
from arclean import compiling as nb
from arclean.orthography.kernels import CODE, ONE, THREE, TWO, U, code_at, code_before, in_range, lower_bound, move
from arclean.orthography.passes.codes import Changed, InPlace, Operation, characters_of, table_of
from arclean.orthography.passes.markup import BASIS, PRIME, hash_name
from arclean.orthography.survey import Wants, wants
from arclean.rule import ContextRule
from arclean.rules import classes, lookalikes, properties

LETTER, MARK, FOREIGN, ARABIC, JOINS_BACK, WORD, LOOKALIKE, YEH_OF_FARSI, OPENS, HAMZA = (1 << bit for bit in range(10))
FOREIGN_BIT = 2
ALEF, ALEF_MADDA, LAM, YEH, FARSI_YEH, ALEF_MAKSURA, TATWEEL = 0x627, 0x622, 0x644, 0x64A, 0x6CC, 0x649, 0x640
WAW, FEH, BEH, KAF, FATHA, FATHATAN, KASRA, SHADDA, KASRATAN = 0x648, 0x641, 0x628, 0x643, 0x64E, 0x64B, 0x650, 0x651, 0x64D
HAMZA_ABOVE, HAMZA_BELOW, ZWNJ, ZWJ, SPACE = 0x654, 0x655, 0x200C, 0x200D, 0x20
_SHARE = 10
"""One word in so many must be Arabic on its face."""
_FOREIGN_SHARE = 100
"""One letter in so many, at the most, may be of another language."""
_VERSE = 6
"""Words of a line from which on it must have one that is Arabic on its face, in a document that is."""
_LONGEST = 16
_OPENING = 5
"""Letters of the shortest word with a particle and the article."""
_AROUND: Final = ((0x6A9, 0x6BF), (0x6C0, 0x6D5))
"""The look-alikes and what stands between them: two ranges are looked for faster than a dozen characters."""
_FROM_KEHEH: Final = (np.uint8(0xDA), np.uint8(0xA9), np.uint8(0xBF))
_FROM_HEH: Final = (np.uint8(0xDB), np.uint8(0x80), np.uint8(0x95))
"""The same as bytes: the first, and the least and the greatest second one."""
_ZWNJ_LEAD: Final = np.uint8(0xE2)
LINE_FEED: Final = np.uint8(0x0A)


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point.

    `LETTER` (Arabic script, no tatweel), `MARK`, `FOREIGN` (no letter of Arabic), `ARABIC` (of Arabic alone), `JOINS_BACK` (a letter that
    does not join the next), `WORD` (what words are made of: letters, marks, tatweel, joiners), `LOOKALIKE` (what is written anew),
    `YEH_OF_FARSI`, `OPENS` (what the article may begin with, or a particle before it), `HAMZA` (that is a mark).
    """
    kinds = [(LETTER, classes.LETTERS), (MARK, classes.MARKS), (FOREIGN, classes.LETTERS), (JOINS_BACK, classes.LETTERS)]
    table = table_of(kinds)
    table[TATWEEL] = 0
    table[(table & (LETTER | MARK)) != 0] |= WORD
    table[[TATWEEL, ZWNJ, ZWJ]] |= WORD
    table[[FARSI_YEH, *map(ord, lookalikes.BECOMES)]] |= LOOKALIKE
    table[FARSI_YEH] |= YEH_OF_FARSI
    table[[ALEF, ALEF_MADDA, *range(0x671, 0x676), LAM, WAW, FEH, BEH, KAF]] |= OPENS
    table[[HAMZA_ABOVE, HAMZA_BELOW]] |= HAMZA
    for first, last in properties.JOINING:
        table[first : last + 1] &= ~np.uint16(JOINS_BACK)
    for first, last in (*lookalikes.NOT_FOREIGN, *((ord(char), ord(char)) for char in lookalikes.UNIFIED + "\N{ARABIC LETTER FARSI YEH}")):
        table[first : last + 1] &= ~np.uint16(FOREIGN)
    for first, last in lookalikes.ARABIC_ALONE:
        table[first : last + 1] |= ARABIC
    return table


@lru_cache(maxsize=1)
def becomes() -> npt.NDArray[np.uint32]:
    """uint32, shape (0x110000,): what each look-alike becomes, 0 for other code points."""
    table = np.zeros(0x110000, np.uint32)
    for char, text in lookalikes.BECOMES.items():
        table[ord(char)] = ord(text)
    return table


@nb.njit(nogil=True, inline="always")
def _flags_before(data, first, p, kind):  # type: ignore[no-untyped-def]
    """The flags of the code point before byte p, 0 at the start of the row, and where it begins."""
    code, before = code_before(data, first, p)
    return (kind[code] if before < p else np.uint16(0)), before


@nb.njit(nogil=True)
def _word_around(data, first, p, stop, kind):  # type: ignore[no-untyped-def]
    """Where the word begins and ends that holds the code point at byte p: letters, marks, tatweel and joiners."""
    begin, end = p, p
    flags, before = _flags_before(data, first, begin, kind)
    while flags & WORD:
        begin = before
        flags, before = _flags_before(data, first, begin, kind)
    while end < stop:
        code, step = code_at(data, end)
        if kind[code] & WORD == 0:
            break
        end += step
    return begin, end


@nb.njit(nogil=True)
def _line_around(data, first, p, stop):  # type: ignore[no-untyped-def]
    """Where the line begins and ends that holds byte p."""
    begin, end = p, p
    while begin > first and data[begin - ONE] != LINE_FEED:
        begin -= ONE
    while end < stop and data[end] != LINE_FEED:
        end += ONE
    return begin, end


@nb.njit(nogil=True)
def _is_on_its_face(data, p, stop, kind, hamza):  # type: ignore[no-untyped-def]
    """Whether the word ``data[p:stop]``, which has no letter of Arabic alone, is Arabic on its face.

    That is the article, perhaps after a particle, in a word that goes on, or hamza with alef, if there is a mark ``hamza``.
    """
    first = second = third = CODE(0)
    n, on_alef = 0, False
    # any alef may begin the article: what folds one into another must not make a document more Arabic than it was
    while p < stop and (n < _OPENING or hamza):
        code, step = code_at(data, p)
        p += step
        flags = kind[code]
        if on_alef and (code == HAMZA_ABOVE or code == HAMZA_BELOW):
            return True
        on_alef = code == ALEF or (on_alef and flags & MARK != 0)
        if flags & LETTER:
            n += 1
            code = CODE(ALEF) if code == ALEF_MADDA or 0x671 <= code <= 0x675 else code
            third = code if n == 3 else third
            second = code if n == 2 else second
            first = code if n == 1 else first
            if n == 4 and second == LAM and (first == ALEF or first == LAM):
                return True
    return n >= _OPENING and second == ALEF and third == LAM and (first == WAW or first == FEH or first == BEH or first == KAF)


@nb.njit(nogil=True)
def _count(data, p, stop, kind):  # type: ignore[no-untyped-def]
    """Words, those that are Arabic on their face, letters, and letters of other languages.

    On its face Arabic is a word with teh marbuta, a hamza on or under alef, or the article.
    """
    words = faces = letters = foreign = 0
    while p < stop:
        code, step = code_at(data, p)
        flags = kind[code]
        if flags & WORD == 0:
            p += step
            continue
        begin, spelt, seen, opens = p, letters, np.uint16(0), flags
        while flags & WORD:
            seen |= flags
            letters += np.int64(flags & LETTER)
            foreign += np.int64((flags & FOREIGN) >> FOREIGN_BIT)
            p += step
            if p >= stop:
                break
            code, step = code_at(data, p)
            flags = kind[code]
        words += letters > spelt
        if seen & ARABIC:
            faces += 1
        elif opens & OPENS or seen & HAMZA or opens & LETTER == 0:
            faces += _is_on_its_face(data, begin, p, kind, seen & HAMZA != 0)
    return words, faces, letters, foreign


@nb.njit(nogil=True)
def _is_arabic(data, p, stop, kind):  # type: ignore[no-untyped-def]
    words, faces, letters, foreign = _count(data, p, stop, kind)
    return faces > 0 and faces * _SHARE >= words and foreign * _FOREIGN_SHARE <= letters


@nb.njit(nogil=True)
def _is_foreign_line(data, p, stop, kind):  # type: ignore[no-untyped-def]
    words, faces, letters, foreign = _count(data, p, stop, kind)
    return (faces == 0 and words >= _VERSE) or foreign * 20 > letters


@nb.njit(nogil=True)
def _is_foreign_word(data, p, stop, kind):  # type: ignore[no-untyped-def]
    """Whether a word holds a letter of another language, or what Persian joins words with."""
    while p < stop:
        code, step = code_at(data, p)
        if kind[code] & FOREIGN or code == ZWNJ:
            return True
        p += step
    return False


@nb.njit(nogil=True, inline="always")
def _goes_on(data, p, stop, kind):  # type: ignore[no-untyped-def]
    """Whether, its marks aside, the letter that ends at byte p is followed by another one of the word that ends at ``stop``."""
    while p < stop:
        code, step = code_at(data, p)
        if kind[code] & MARK == 0:
            return code != ZWNJ
        p += step
    return False


@nb.njit(nogil=True, inline="always")
def _put_letter(data, p, code):  # type: ignore[no-untyped-def]
    """Write a letter of two bytes over another."""
    data[p] = np.uint8(CODE(0xC0) | (CODE(code) >> CODE(6)))
    data[p + ONE] = np.uint8(CODE(0x80) | (CODE(code) & CODE(0x3F)))


@nb.njit(nogil=True)
def _unify_word(data, p, stop, kind, becomes):  # type: ignore[no-untyped-def]
    """Write the word ``data[p:stop]`` with the letters of Arabic; answers whether that changes it."""
    changed = False
    while p < stop:
        code, step = code_at(data, p)
        new = CODE(YEH) if code == FARSI_YEH and _goes_on(data, p + step, stop, kind) else becomes[code]
        if new:
            _put_letter(data, p, new)
            changed = True
        p += step
    return changed


@nb.njit(nogil=True)
def _next(data, p, stop, kind, flag):  # type: ignore[no-untyped-def]
    """Where the next code point with a flag begins, which is of U+0600-06FF, or where the row ends."""
    while p < stop:
        address, after = masks.window(data, p), masks.window(data, p + ONE)
        found = (in_range(address, after, *_FROM_KEHEH) | in_range(address, after, *_FROM_HEH)) & masks.upto(stop - p)
        while found:
            if kind[code_at(data, p + masks.first(found))[0]] & flag:
                return p + masks.first(found)
            found &= found - ONE
        p += masks.SIZE
    return stop


@nb.njit(nogil=True, cache=True)
def unify_lookalikes(bounds, data, kind, becomes, rows):  # type: ignore[no-untyped-def]
    """Look-alikes in Arabic documents, but for Farsi yeh where it ends a word, in place; answers how many words changed."""
    hits = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        so_far, end, arabic = hits, first, False
        at = _next(data, first, stop, kind, LOOKALIKE)
        while at < stop:
            p, q = _word_around(data, first, at, stop, kind)
            if _is_foreign_word(data, p, q, kind):
                at = _next(data, q, stop, kind, LOOKALIKE)
                continue
            if at >= end:
                begin, end = _line_around(data, first, at, stop)
                if _is_foreign_line(data, begin, end, kind):
                    at = _next(data, end, stop, kind, LOOKALIKE)
                    continue
            if not arabic and not _is_arabic(data, first, stop, kind):
                break
            arabic = True
            hits += _unify_word(data, p, q, kind, becomes)
            at = _next(data, q, stop, kind, LOOKALIKE)
        rows[row] = hits > so_far
    return hits


@nb.njit(nogil=True, inline="always")
def _known(letters, i, j, keys):  # type: ignore[no-untyped-def]
    """Whether the word ``letters[i:j]``, its last letter left out, is one of those that end in alef maksura."""
    if j - i < 2:
        return False
    mixed = BASIS
    for k in range(i, j - 1):
        mixed = (mixed ^ np.uint64(letters[k])) * PRIME
    at = lower_bound(keys, mixed)
    return at < keys.shape[0] and keys[at] == mixed


@nb.njit(nogil=True)
def _after_article(letters, i, j, keys):  # type: ignore[no-untyped-def]
    if j - i <= 4 or letters[i + 1] != LAM:
        return False
    return (letters[i] == ALEF or letters[i] == LAM) and _known(letters, i + 2, j, keys)


@nb.njit(nogil=True)
def _ends_in_alef(letters, n, keys):  # type: ignore[no-untyped-def]
    """Whether the word ``letters[:n]``, its particles and its article taken off or not, is known to end in alef maksura."""
    i = 0
    if _known(letters, 0, n, keys):
        return True
    if n > 3 and (letters[0] == WAW or letters[0] == FEH):
        i = 1
        if _known(letters, 1, n, keys):
            return True
    if _after_article(letters, i, n, keys):
        return True
    if n - i > 3 and (letters[i] == BEH or letters[i] == KAF or letters[i] == LAM):
        return _known(letters, i + 1, n, keys) or _after_article(letters, i + 1, n, keys)
    return False


@nb.njit(nogil=True)
def _final(data, p, yeh, stop, kind, keys, letters):  # type: ignore[no-untyped-def]
    """What the Farsi yeh at byte ``yeh``, which ends the word ``data[p:stop]``, is: its marks and those before it say so, or its word."""
    n = 0
    at = p
    while at <= yeh:
        code, step = code_at(data, at)
        if kind[code] & LETTER:
            if n == _LONGEST:
                return YEH
            letters[n] = code
            n += 1
        at += step
    while at < stop:
        code, step = code_at(data, at)
        if code == SHADDA or code == KASRA or code == KASRATAN:
            return YEH
        if code == FATHATAN:
            return ALEF_MAKSURA
        at += step
    code, at = code_before(data, p, yeh)
    while at > p and kind[code] & MARK:
        if code == KASRA:
            return YEH
        if code == FATHA or code == FATHATAN:
            return ALEF_MAKSURA
        code, at = code_before(data, p, at)
    return ALEF_MAKSURA if _ends_in_alef(letters, n, keys) else YEH


@nb.njit(nogil=True, cache=True)
def settle_final_yeh(bounds, data, kind, keys, by_word, rows):  # type: ignore[no-untyped-def]
    """Farsi yeh at the end of words of Arabic documents, in place; answers how many.

    By word, or by its shape, which is that of alef maksura.
    """
    hits = 0
    letters = np.empty(_LONGEST, np.uint32)
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        so_far, end, arabic = hits, first, False
        at = _next(data, first, stop, kind, YEH_OF_FARSI)
        while at < stop:
            p, q = _word_around(data, first, at, stop, kind)
            flags, yeh = _flags_before(data, p, q, kind)
            while yeh > p and flags & MARK:
                flags, yeh = _flags_before(data, p, yeh, kind)
            if flags & YEH_OF_FARSI == 0 or _is_foreign_word(data, p, q, kind):
                at = _next(data, q, stop, kind, YEH_OF_FARSI)
                continue
            if at >= end:
                begin, end = _line_around(data, first, at, stop)
                if _is_foreign_line(data, begin, end, kind):
                    at = _next(data, end, stop, kind, YEH_OF_FARSI)
                    continue
            if not arabic and not _is_arabic(data, first, stop, kind):
                break
            arabic = True
            _put_letter(data, yeh, _final(data, p, yeh, q, kind, keys, letters) if by_word else ALEF_MAKSURA)
            hits += 1
            at = _next(data, q, stop, kind, YEH_OF_FARSI)
        rows[row] = hits > so_far
    return hits


@nb.njit(nogil=True)
def _is_article(data, p, stop, kind):  # type: ignore[no-untyped-def]
    """Whether the article and a letter stand at byte p, non-joiners between them aside."""
    for wanted in (ALEF, LAM):
        if p >= stop or code_at(data, p)[0] != wanted:
            return False
        p = _joiners_end(data, p + TWO, stop)
    return p < stop and kind[code_at(data, p)[0]] & LETTER != 0


@nb.njit(nogil=True)
def _joined_to(data, first, p, kind, last, on):  # type: ignore[no-untyped-def]
    """The flags of the letter that the joiner at byte p is on, marks and joiners before it aside; ``on`` if that at ``last`` is too."""
    code, p = code_before(data, first, p)
    while p > first and (kind[code] & MARK or code == ZWNJ):
        if p == last:
            return on
        code, p = code_before(data, first, p)
    return kind[code]


@nb.njit(nogil=True, inline="always")
def _joiners_end(data, p, stop):  # type: ignore[no-untyped-def]
    """Where the run of joiners at byte p ends."""
    while p + TWO < stop and code_at(data, p)[0] == ZWNJ:
        p += THREE
    return p


@nb.njit(nogil=True, cache=True)
def drop_idle_joiners(bounds, data, kind, new_bounds, out):  # type: ignore[no-untyped-def]
    """Non-joiners of Arabic documents after a letter that joins nothing, where they do not show; a space for one before the article.

    Answers bytes written and how many went.
    """
    at, hits = U(0), 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = copied = last = run_end = first
        on, article = np.uint16(0), False
        while p < stop and (p > first or _is_arabic(data, first, stop, kind)):
            found = masks.equal(masks.window(data, p), _ZWNJ_LEAD) & masks.upto(stop - p)
            while found:
                q = p + masks.first(found)
                found &= found - ONE
                if code_at(data, q)[0] != ZWNJ:
                    continue
                on, last = _joined_to(data, first, q, kind, last, on), q
                if q >= run_end:
                    run_end = _joiners_end(data, q, stop)
                    article = _is_article(data, run_end, stop, kind)
                if not (on & JOINS_BACK or (article and on & LETTER)):
                    continue
                at = move(out, at, data, copied, q - copied)
                copied = q + THREE
                hits += 1
                if article and on & LETTER:
                    out[at] = np.uint8(SPACE)
                    at += ONE
            p += masks.SIZE
        at = move(out, at, data, copied, stop - copied)
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), hits


def _drop_idle_joiners(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    bounds, out = np.empty_like(strings.bounds), columns.room(int(strings.bounds[-1] - strings.bounds[0]))
    size, hits = drop_idle_joiners(strings.bounds, strings.data, kinds(), bounds, out)
    return (columns.held(bounds, out[:size], strings), int(hits)) if hits else None


@lru_cache(maxsize=1)
def _keys() -> npt.NDArray[np.uint64]:
    words = [word[:-1] for word in lookalikes.ALEF_MAKSURA_WORDS.split()]
    return np.sort(np.array([hash_name(np.array(list(map(ord, word)), np.uint32)) for word in words], np.uint64))


OPERATIONS: Final[dict[str, Operation]] = {"drop_idle_joiners": _drop_idle_joiners}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"drop_idle_joiners": wants("\N{ZERO WIDTH NON-JOINER}")}
"""What the rows hold in which they may have work."""

_LOOKALIKES: Final = wants(characters_of(_AROUND))
IN_PLACE: Final[dict[str, tuple[Wants, InPlace]]] = {
    "final_yeh_by_shape": (_LOOKALIKES, lambda bounds, data, rows: settle_final_yeh(bounds, data, kinds(), _keys(), False, rows)),
    "final_yeh_by_word": (_LOOKALIKES, lambda bounds, data, rows: settle_final_yeh(bounds, data, kinds(), _keys(), True, rows)),
    "unify_lookalikes": (_LOOKALIKES, lambda bounds, data, rows: unify_lookalikes(bounds, data, kinds(), becomes(), rows)),
}
"""Those that change the bytes where they are: all these letters have two."""
