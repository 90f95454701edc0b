"""Letters of Persian and Urdu keyboards in documents that are Arabic, and nowhere else.

Whether a document is Arabic is read off its words: those with teh marbuta, a hamza on or under alef, or the article are a third of
Arabic and next to none of Persian, Urdu, Kurdish, Pashto, Sindhi and Uyghur, all of which have letters that Arabic does not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numba as nb
import numpy as np
import numpy.typing as npt

from arclean.orthography.kernels import CODE
from arclean.orthography.narrowed import holding, narrowed
from arclean.orthography.passes.codes import Operation, by_codes, characters_of, table_of
from arclean.orthography.passes.markup import BASIS, PRIME, hash_name
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes, lookalikes, properties

LETTER, MARK, FOREIGN, ARABIC, JOINS_BACK = 1, 2, 4, 8, 16
ALEF, ALEF_MADDA, LAM, YEH, FARSI_YEH, ALEF_MAKSURA, TATWEEL = 0x627, 0x622, 0x644, 0x64A, 0x6CC, 0x649, 0x640
WAW, FEH, BEH, KAF, FATHA, FATHATAN, KASRA, SHADDA, KASRATAN = 0x648, 0x641, 0x628, 0x643, 0x64E, 0x64B, 0x650, 0x651, 0x64D
HAMZA_ABOVE, HAMZA_BELOW, ZWNJ, ZWJ, SPACE, LF = 0x654, 0x655, 0x200C, 0x200D, 0x20, 0x0A
_SHARE = 10
"""One word in so many must be Arabic on its face."""
_FOREIGN_SHARE = 100
"""One letter in so many, at the most, may be of another language."""
_VERSE = 6
"""Words of a line from which on it must have one that is Arabic on its face, in a document that is."""
_LONGEST = 16


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point.

    `LETTER` (Arabic script, no tatweel), `MARK`, `FOREIGN` (no letter of Arabic), `ARABIC` (of Arabic alone), `JOINS_BACK` (a letter that
    does not join the next).
    """
    kinds = [(LETTER, classes.LETTERS), (MARK, classes.MARKS), (FOREIGN, classes.LETTERS), (JOINS_BACK, classes.LETTERS)]
    table = table_of(kinds)
    table[TATWEEL] = 0
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


@nb.njit(nogil=True)
def _word_end(codes, i, stop, kind):  # type: ignore[no-untyped-def]
    """Where the word at ``codes[i]`` ends: letters, marks, tatweel and joiners."""
    while i < stop and (kind[codes[i]] & (LETTER | MARK) or codes[i] == TATWEEL or codes[i] == ZWNJ or codes[i] == ZWJ):
        i += 1
    return i


@nb.njit(nogil=True)
def _is_on_its_face(codes, i, j, kind):  # type: ignore[no-untyped-def]
    """Whether the word ``codes[i:j]`` is Arabic on its face: the article, perhaps after a particle, teh marbuta, hamza with alef."""
    first = second = third = CODE(0)
    n, on_alef = 0, False
    # any alef may begin the article: what folds one into another must not make a document more Arabic than it was
    for k in range(i, j):
        code = codes[k]
        if kind[code] & ARABIC or (on_alef and (code == HAMZA_ABOVE or code == HAMZA_BELOW)):
            return True
        on_alef = code == ALEF or (on_alef and kind[code] & MARK != 0)
        if kind[code] & LETTER:
            n += 1
            code = CODE(ALEF) if code == ALEF_MADDA or 0x671 <= code <= 0x675 else code
            third = code if n == 3 else third
            second = code if n == 2 else second
            first = code if n == 1 else first
    if n < 4:
        return False
    if first == ALEF and second == LAM:
        return True
    if first == LAM and second == LAM:
        return True
    return n > 4 and second == ALEF and third == LAM and (first == WAW or first == FEH or first == BEH or first == KAF)


@nb.njit(nogil=True)
def _count(codes, first, stop, kind):  # type: ignore[no-untyped-def]
    """Words, those that are Arabic on their face, letters, and letters of other languages."""
    words = faces = letters = foreign = 0
    i = first
    while i < stop:
        j = _word_end(codes, i, stop, kind)
        if j == i:
            i += 1
            continue
        spelt = letters
        faces += _is_on_its_face(codes, i, j, kind)
        for k in range(i, j):
            letters += kind[codes[k]] & LETTER
            foreign += kind[codes[k]] & FOREIGN != 0
        words += letters > spelt
        i = j
    return words, faces, letters, foreign


@nb.njit(nogil=True)
def _is_of_another_language(codes, first, stop, kind):  # type: ignore[no-untyped-def]
    """Whether too many letters are, which is told without parting words: they are counted by `_count` wherever they stand."""
    letters = foreign = 0
    for i in range(first, stop):
        one = kind[codes[i]]
        letters += one & LETTER
        foreign += one & FOREIGN
    return foreign // FOREIGN * _FOREIGN_SHARE > letters


@nb.njit(nogil=True)
def _is_arabic(codes, first, stop, kind):  # type: ignore[no-untyped-def]
    if _is_of_another_language(codes, first, stop, kind):
        return False
    words, faces, letters, foreign = _count(codes, first, stop, kind)
    return faces > 0 and faces * _SHARE >= words and foreign * _FOREIGN_SHARE <= letters


@nb.njit(nogil=True)
def _is_foreign_line(codes, first, stop, kind):  # type: ignore[no-untyped-def]
    words, faces, letters, foreign = _count(codes, first, stop, kind)
    return (faces == 0 and words >= _VERSE) or foreign * 20 > letters


@nb.njit(nogil=True)
def _is_foreign_word(codes, i, j, kind):  # type: ignore[no-untyped-def]
    """Whether a word holds a letter of another language, or what Persian joins words with."""
    for k in range(i, j):
        if kind[codes[k]] & FOREIGN or codes[k] == ZWNJ:
            return True
    return False


@nb.njit(nogil=True, inline="always")
def _goes_on(codes, i, j, kind):  # type: ignore[no-untyped-def]
    """Whether, its marks aside, the letter at ``codes[i]`` is followed by another one of the word that ends at j."""
    k = i + 1
    while k < j and kind[codes[k]] & MARK:
        k += 1
    return k < j and codes[k] != ZWNJ


@nb.njit(nogil=True)
def _unify_word(codes, i, j, kind, becomes, made, n):  # type: ignore[no-untyped-def]
    """Write the word ``codes[i:j]`` with the letters of Arabic; answers where the next code point goes."""
    for k in range(i, j):
        code = codes[k]
        new = becomes[code]
        if code == FARSI_YEH and _goes_on(codes, k, j, kind):
            new = CODE(YEH)
        made[n] = new if new else code
        n += 1
    return n


@nb.njit(nogil=True)
def _look_at_line(codes, i, stop, becomes):  # type: ignore[no-untyped-def]
    """Where the line at ``codes[i]`` ends; whether it holds Farsi yeh; and whether it holds that or another look-alike."""
    yehs = others = False
    while i < stop and codes[i] != LF:
        yehs |= codes[i] == FARSI_YEH
        others |= becomes[codes[i]] != 0
        i += 1
    return i, yehs, yehs or others


@nb.njit(nogil=True, cache=True)
def unify_lookalikes(codes, cuts, kind, becomes, made, new_cuts):  # type: ignore[no-untyped-def]
    """Look-alikes in Arabic documents, but for Farsi yeh where it ends a word; answers how many words changed."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        if not _is_arabic(codes, first, stop, kind):
            made[n : n + stop - first] = codes[first:stop]
            n += stop - first
            new_cuts[row + 1] = n
            continue
        i, line = first, first - 1
        stays = False
        while i < stop:
            if i > line:
                line, _, holds = _look_at_line(codes, i, stop, becomes)
                stays = not holds or _is_foreign_line(codes, i, line, kind)
            j = line if stays else _word_end(codes, i, stop, kind)
            if j == i or stays or _is_foreign_word(codes, i, j, kind):
                j = max(j, i + 1)
                for k in range(i, j):
                    made[n] = codes[k]
                    n += 1
            else:
                at = n
                n = _unify_word(codes, i, j, kind, becomes, made, n)
                same = n - at == j - i
                for k in range(at, n):
                    same &= made[k] == codes[i + k - at]
                hits += not same
            i = j
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True, inline="always")
def _known(letters, i, j, keys):  # type: ignore[no-untyped-def]
    """Whether the word ``letters[i:j]``, its last letter left out, is one of those that end in alef maksura."""
    if j - i < 2:
        return False
    mixed = BASIS
    for k in range(i, j - 1):
        mixed = (mixed ^ np.uint64(letters[k])) * PRIME
    at = np.searchsorted(keys, mixed)
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
def _final(codes, i, j, k, kind, keys, letters):  # type: ignore[no-untyped-def]
    """What the Farsi yeh at ``codes[k]``, which ends the word ``codes[i:j]``, is: its marks and those before it say so, or its word."""
    n = 0
    for at in range(i, k + 1):
        if kind[codes[at]] & LETTER:
            if n == _LONGEST:
                return YEH
            letters[n] = codes[at]
            n += 1
    for at in range(k + 1, j):
        if codes[at] == SHADDA or codes[at] == KASRA or codes[at] == KASRATAN:
            return YEH
        if codes[at] == FATHATAN:
            return ALEF_MAKSURA
    at = k - 1
    while at > i and kind[codes[at]] & MARK:
        if codes[at] == KASRA:
            return YEH
        if codes[at] == FATHA or codes[at] == FATHATAN:
            return ALEF_MAKSURA
        at -= 1
    return ALEF_MAKSURA if _ends_in_alef(letters, n, keys) else YEH


@nb.njit(nogil=True, cache=True)
def settle_final_yeh(codes, cuts, kind, becomes, keys, by_word, made, new_cuts):  # type: ignore[no-untyped-def]
    """Farsi yeh at the end of words of Arabic documents; answers how many. By word, or by its shape, which is that of alef maksura."""
    hits = 0
    letters = np.empty(_LONGEST, np.uint32)
    made[: codes.shape[0]] = codes
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        if not _is_arabic(codes, first, stop, kind):
            continue
        i, line = first, first - 1
        stays = False
        while i < stop:
            if i > line:
                line, yehs, _ = _look_at_line(codes, i, stop, becomes)
                stays = not yehs or _is_foreign_line(codes, i, line, kind)
            j = line if stays else _word_end(codes, i, stop, kind)
            if j > i and not stays and not _is_foreign_word(codes, i, j, kind):
                k = j - 1
                while k > i and kind[codes[k]] & MARK:
                    k -= 1
                if codes[k] == FARSI_YEH:
                    made[k] = _final(codes, i, j, k, kind, keys, letters) if by_word else ALEF_MAKSURA
                    hits += 1
            i = max(j, i + 1)
    return hits


@nb.njit(nogil=True)
def _is_article(codes, i, stop, kind):  # type: ignore[no-untyped-def]
    """Whether the article and a letter follow on ``codes[i]``, other non-joiners between them aside."""
    for wanted in (ALEF, LAM, 0):
        i += 1
        while i < stop and codes[i] == ZWNJ:
            i += 1
        if i == stop or (wanted and codes[i] != wanted):
            return False
    return kind[codes[i]] & LETTER != 0


@nb.njit(nogil=True, cache=True)
def drop_idle_joiners(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Non-joiners of Arabic documents after a letter that joins nothing, where they do not show; a space for one before the article."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        arabic = _is_arabic(codes, first, stop, kind)
        for i in range(first, stop):
            if not arabic or codes[i] != ZWNJ:
                made[n] = codes[i]
                n += 1
                continue
            base = i - 1
            while base > first and (kind[codes[base]] & MARK or codes[base] == ZWNJ):
                base -= 1
            if _is_article(codes, i, stop, kind) and base >= first and kind[codes[base]] & LETTER:
                made[n] = SPACE
                n += 1
                hits += 1
            elif base >= first and kind[codes[base]] & JOINS_BACK:
                hits += 1
            else:
                made[n] = ZWNJ
                n += 1
        new_cuts[row + 1] = n
    return hits


@lru_cache(maxsize=1)
def _keys() -> npt.NDArray[np.uint64]:
    words = [word[:-1] for word in lookalikes.ALEF_MAKSURA_WORDS.split()]
    return np.sort(np.array([hash_name(np.array(list(map(ord, word)), np.uint32)) for word in words], np.uint64))


_AROUND: Final = ((0x6A9, 0x6BF), (0x6C0, 0x6D5))
"""The look-alikes and what stands between them: two ranges are looked for faster than a dozen characters."""

_FARSI_YEHS: Final = holding(lambda: chr(FARSI_YEH))
_LOOKALIKES: Final = holding(lambda: "".join(lookalikes.BECOMES) + chr(FARSI_YEH))
"""What the passes write anew, and nothing else."""

OPERATIONS: Final[dict[str, Operation]] = {
    "drop_idle_joiners": by_codes(drop_idle_joiners, kinds),
    "final_yeh_by_shape": narrowed(_FARSI_YEHS, by_codes(settle_final_yeh, kinds, becomes, _keys, lambda: False)),
    "final_yeh_by_word": narrowed(_FARSI_YEHS, by_codes(settle_final_yeh, kinds, becomes, _keys, lambda: True)),
    "unify_lookalikes": narrowed(_LOOKALIKES, by_codes(unify_lookalikes, kinds, becomes)),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "drop_idle_joiners": wants("\N{ZERO WIDTH NON-JOINER}"),
    "final_yeh_by_shape": wants(characters_of(_AROUND)),
    "final_yeh_by_word": wants(characters_of(_AROUND)),
    "unify_lookalikes": wants(characters_of(_AROUND)),
}
"""What the rows hold in which each of them may have work."""
