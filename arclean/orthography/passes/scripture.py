"""Words of scripture in the spelling of today: the letters that Uthmani spelling leaves to marks, written out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean.orthography.kernels import CODE
from arclean.orthography.passes.codes import Operation, by_codes, characters_of, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes

LETTER, MARK, SIGN, TANWIN = 1, 2, 4, 8
HAMZA, ALEF_MADDA, ON_ALEF, ON_WAW, ON_YEH, ALEF, WASLA = 0x621, 0x622, 0x623, 0x624, 0x626, 0x627, 0x671
HAH, THAL, TATWEEL, KAF, LAM, MEEM, NOON, HEH, WAW, MAKSURA, YEH, FEH = (
    *(0x62D, 0x630, 0x640, 0x643, 0x644, 0x645),
    *(0x646, 0x647, 0x648, 0x649, 0x64A, 0x641),
)
FATHA, DAMMA, KASRA, SHADDA, SUKUN, MADDA, ABOVE, BELOW, DAGGER = 0x64E, 0x64F, 0x650, 0x651, 0x652, 0x653, 0x654, 0x655, 0x670
SILENT, HEAD, SMALL_YEH, SMALL_NOON, SPACE = 0x6DF, 0x6E1, 0x6E7, 0x6E8, 0x20
LONGEST = 40
"""Letters and marks of the longest word that is looked at."""
_SIGNS: Final = ((0x0671, 0x0671), (0x0670, 0x0670), (0x06DF, 0x06E2), (0x06E5, 0x06E8), (0x06ED, 0x06ED), (0x08F0, 0x08F2))


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `LETTER`, `MARK`, `SIGN` (it shows that a word is spelt as in scripture), `TANWIN`."""
    return table_of([(LETTER, classes.LETTERS), (MARK, classes.MARKS), (SIGN, _SIGNS), (TANWIN, ((0x64B, 0x64D), (0x8F0, 0x8F2)))])


@nb.njit(nogil=True, inline="always")
def _has(codes, i, j, mark):  # type: ignore[no-untyped-def]
    for k in range(i, j):
        if codes[k] == mark:
            return True
    return False


@nb.njit(nogil=True, inline="always")
def _vowel(codes, i, j):  # type: ignore[no-untyped-def]
    """The short vowel among some marks, or 0."""
    for k in range(i, j):
        if FATHA <= codes[k] <= KASRA:
            return codes[k]
    return CODE(0)


@nb.njit(nogil=True)
def _is_scripture(codes, i, j, kind):  # type: ignore[no-untyped-def]
    """Whether the word ``codes[i:j]`` has a sign of scripture, or letters that today's spelling does not put together.

    Those are a hamza on a tatweel, hamza and alef at the start, alef with madda before a hamza, and alef maksura after kasra.
    """
    last, letters = CODE(0), 0
    for k in range(i, j):
        code = codes[k]
        if kind[code] & SIGN or (last == TATWEEL and (code == ABOVE or code == BELOW)):
            return True
        if kind[code] & LETTER:
            if last == ALEF_MADDA and code == HAMZA:
                return True
            if last == HAMZA and code == ALEF and letters == 1:
                return True
            if code == MAKSURA and codes[max(k - 1, i)] == KASRA:
                return True
            letters += not (letters == 0 and (code == WAW or code == FEH))
            last = code
    return False


@nb.njit(nogil=True)
def _split(codes, i, j, kind, base, begin, end, dagger):  # type: ignore[no-untyped-def]
    """The letters of the word ``codes[i:j]``, each with where its marks are and whether an alef is over it; answers how many.

    A tatweel that carries nothing, or a dagger alef alone, is none: the alef is that of the letter before.
    """
    n = 0
    k = i
    while k < j:
        m = k + 1
        while m < j and kind[codes[m]] & MARK:
            m += 1
        if codes[k] == TATWEEL and n > 0 and (m == k + 1 or (m == k + 2 and codes[k + 1] == DAGGER)):
            dagger[n - 1] |= _has(codes, k + 1, m, DAGGER)
        else:
            base[n], begin[n], end[n], dagger[n] = codes[k], k + 1, m, _has(codes, k + 1, m, DAGGER)
            n += 1
        k = m
    return n


@nb.njit(nogil=True)
def _is_left_out(base, n, x):  # type: ignore[no-untyped-def]
    """Whether today's spelling leaves out the alef after letter x too: this, these, that, God, but, those, the Merciful."""
    letter = base[x]
    before = base[x - 1] if x else CODE(0)
    after = base[x + 1] if x + 1 < n else CODE(0)
    if letter == HEH:
        return after == THAL or after == ON_WAW or after == ON_ALEF or after == HEH or after == HAMZA
    if letter == THAL:
        return after == LAM
    if letter == LAM:
        if after == HEH:
            return before == LAM or before == 0x625 or before == ALEF
        if after == KAF:
            return x + 2 < n and base[x + 2] == NOON and (x == 0 or before == WAW or before == FEH)
        return (after == ON_YEH or after == TATWEEL) and before == WAW
    return letter == MEEM and after == NOON and before == HAH


@nb.njit(nogil=True)
def _seat(codes, begin, end, x, before, base):  # type: ignore[no-untyped-def]
    """The letter that seats the hamza of letter x today: by its vowel and that before it, kasra before damma before fatha."""
    own = _vowel(codes, begin[x], end[x])
    if own == KASRA or before == KASRA or (x and base[x - 1] == YEH):
        return ON_YEH
    return ON_WAW if own == DAMMA or before == DAMMA else ON_ALEF


@nb.njit(nogil=True)
def _put_marks(codes, i, j, made, n):  # type: ignore[no-untyped-def]
    """Write some marks but for those that are written out as letters, which follow them."""
    for k in range(i, j):
        mark = codes[k]
        if not (mark == DAGGER or MADDA <= mark <= BELOW or mark == SMALL_YEH or mark == SMALL_NOON):
            made[n] = mark
            n += 1
    for k in range(i, j):
        if codes[k] == SMALL_YEH or codes[k] == SMALL_NOON:
            made[n] = YEH if codes[k] == SMALL_YEH else NOON
            n += 1
    return n


@nb.njit(nogil=True)
def _spell(codes, count, base, begin, end, dagger, made, n):  # type: ignore[no-untyped-def]
    """Write the word of these letters in today's spelling; answers where the next code point goes."""
    before = CODE(0)
    x = 0
    while x < count:
        letter, i, j = base[x], begin[x], end[x]
        after = base[x + 1] if x + 1 < count else CODE(0)
        own = _vowel(codes, i, j)
        held = own != 0 or _has(codes, i, j, SHADDA) or _has(codes, i, j, SUKUN) or _has(codes, i, j, HEAD)
        alef, bare, skip = False, False, 0
        if letter == TATWEEL:
            letter = CODE(_seat(codes, begin, end, x, before, base)) if _has(codes, i, j, ABOVE) or _has(codes, i, j, BELOW) else letter
            if letter == ON_ALEF and own == FATHA and after == ALEF:
                letter, skip = CODE(ALEF_MADDA), 1
            alef = dagger[x]
            bare = letter == TATWEEL
        elif letter == MAKSURA:
            if dagger[x]:
                letter = CODE(ALEF) if after else letter
            elif after or held or before == KASRA:
                letter = CODE(YEH)
        elif letter == WAW and dagger[x] and not held and after:
            letter = CODE(ALEF)
            skip = 1 if after == ALEF and end[x + 1] > begin[x + 1] else 0
        elif (
            letter == HAMZA
            and (own == FATHA or not held)
            and after == ALEF
            and not (x and (base[x - 1] == ALEF or (base[x - 1] == WAW and x > 1)))
        ):
            letter, skip = CODE(ALEF_MADDA), 1
        elif letter == ALEF_MADDA and before == FATHA:
            heavy = x + 1 < count and _has(codes, begin[x + 1], end[x + 1], SHADDA)
            letter = CODE(ALEF) if heavy or after == 0 or (HAMZA <= after <= ON_YEH and after != ALEF_MADDA and after != 0x625) else letter
        elif dagger[x]:
            alef = not _is_left_out(base, count, x) and after != ALEF
        made[n] = letter
        n += not bare
        if letter == ALEF_MADDA and skip:
            own = CODE(0)
        else:
            n = _put_marks(codes, i, j, made, n)
        if alef:
            made[n] = ALEF
            n += 1
            if x == 0 and letter == YEH and own == FATHA and after:
                made[n] = SPACE
                n += 1
        before = own
        x += 1 + skip
    return n


@nb.njit(nogil=True, cache=True)
def spell_scripture(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Words with a sign of scripture in the spelling of today; answers how many changed.

    Dagger alef becomes alef where today's spelling has one, waw and yeh that stand for alef do too, a hamza finds the seat that its vowels
    give it, hamza and alef become alef with madda, and the other way round before a hamza; small yeh and noon become letters.
    """
    base, begin, end = np.empty(LONGEST, np.uint32), np.empty(LONGEST, np.int64), np.empty(LONGEST, np.int64)
    dagger = np.empty(LONGEST, np.bool_)
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            j = i
            while j < stop and kind[codes[j]] & (LETTER | MARK) and (j > i or kind[codes[j]] & LETTER):
                j += 1
            at = n
            if 0 < j - i <= LONGEST and _is_scripture(codes, i, j, kind):
                count = _split(codes, i, j, kind, base, begin, end, dagger)
                n = _spell(codes, count, base, begin, end, dagger, made, n)
            else:
                j = max(j, i + 1)
                for k in range(i, j):
                    made[n] = codes[k]
                    n += 1
            same = n - at == j - i
            for k in range(at, n):
                same &= made[k] == codes[min(i + k - at, stop - 1)]
            hits += not same
            i = j
        new_cuts[row + 1] = n
    return hits


OPERATIONS: Final[dict[str, Operation]] = {"spell_scripture": by_codes(spell_scripture, kinds, grows=3)}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"spell_scripture": wants(characters_of((*_SIGNS, (ABOVE, BELOW), (HAMZA, HAMZA), (MAKSURA, MAKSURA))))}
"""What the rows hold in which each of them may have work."""
