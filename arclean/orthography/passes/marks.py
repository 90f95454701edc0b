"""Marks that no letter carries, that are there twice, that are heaped up; and marks and letters that only decorate."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean.orthography.passes.codes import Operation, by_codes, characters_of, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes

LETTER, MARK, VOWEL, DECORATION = 1, 2, 4, 8
TATWEEL, SHADDA, DAGGER_ALEF, HEH_GOAL, DOTTED_CIRCLE = 0x640, 0x651, 0x670, 0x6C1, 0x25CC
MADDA, HAMZA_ABOVE, HAMZA_BELOW = 0x653, 0x654, 0x655
MOST = 4
"""Marks on one letter; scripture has as many."""
VOWELS: Final = ((0x64B, 0x652), (0x670, 0x670))
DECORATIONS: Final = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20DC), (0x20E5, 0x20F0))


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `LETTER`, `MARK`, `VOWEL` (a mark that no text writes on its own), `DECORATION`."""
    return table_of([(LETTER, classes.LETTERS), (MARK, classes.MARKS), (VOWEL, VOWELS), (DECORATION, DECORATIONS)])


@nb.njit(nogil=True, inline="always")
def _sort_of(mark):  # type: ignore[no-untyped-def]
    """What a mark says: a vowel, that a letter is doubled, alef, hamza or madda, or how scripture is read; a bit each.

    A hamza is none that may go for a madda: tatweel stays under it.
    """
    if 0x64B <= mark <= 0x650 or mark == 0x652:
        return 1
    if mark == SHADDA:
        return 2
    if mark == DAGGER_ALEF:
        return 4
    if mark == 0x653:
        return 8
    return 16 if mark == 0x654 or mark == 0x655 else 32


@nb.njit(nogil=True, cache=True)
def drop_repeated_marks(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """The same mark twice in a row is one; of more than `MOST` on a letter the first of each sort; answers how many went."""
    n = 0
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            if kind[codes[i]] & MARK == 0:
                made[n] = codes[i]
                n += 1
                i += 1
                continue
            at = n
            while i < stop and kind[codes[i]] & MARK:
                if n == at or made[n - 1] != codes[i]:
                    made[n] = codes[i]
                    n += 1
                i += 1
            if n - at > MOST:
                seen, last = 0, n
                n = at
                for j in range(at, last):
                    sort = _sort_of(made[j])
                    if seen & sort == 0:
                        seen |= sort
                        made[n] = made[j]
                        n += 1
        new_cuts[row + 1] = n
    return codes.shape[0] - n


@nb.njit(nogil=True, cache=True)
def drop_stray_marks(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Vowels, shadda and sukun that stand on nothing: first in a text, after white space, signs, digits, letters of other scripts."""
    n = 0
    for row in range(cuts.shape[0] - 1):
        carried = False
        for i in range(cuts[row], cuts[row + 1]):
            code = codes[i]
            if kind[code] & MARK == 0:
                carried = kind[code] & LETTER != 0 or code == DOTTED_CIRCLE
            if carried or kind[code] & VOWEL == 0:
                made[n] = code
                n += 1
        new_cuts[row + 1] = n
    return codes.shape[0] - n


@nb.njit(nogil=True, cache=True)
def strip_decoration(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Marks of other scripts and of no script on Arabic letters go; answers how many."""
    n = 0
    for row in range(cuts.shape[0] - 1):
        on_letter = False
        for i in range(cuts[row], cuts[row + 1]):
            code = codes[i]
            if kind[code] & (MARK | DECORATION) == 0:
                on_letter = kind[code] & LETTER != 0
            if not (on_letter and kind[code] & DECORATION):
                made[n] = code
                n += 1
        new_cuts[row + 1] = n
    return codes.shape[0] - n


@nb.njit(nogil=True)
def _is_filler(codes, k, j, kind):  # type: ignore[no-untyped-def]
    """Whether ``codes[k]`` is a heh goal by itself: with a hamza among its marks, up to j, it will be composed to another letter."""
    if codes[k] != HEH_GOAL:
        return False
    k += 1
    while k < j and kind[codes[k]] & MARK:
        if codes[k] == HAMZA_ABOVE:
            return False
        k += 1
    return True


@nb.njit(nogil=True)
def _is_decorated(codes, i, j, kind):  # type: ignore[no-untyped-def]
    """Whether ``codes[i:j]`` has three heh goal, one for every two letters, or two under dagger alefs, one for every three letters.

    What later rules change must not change the answer: they drop marks at the beginning, compose a hamza with its letter, and leave two of
    a letter that is stretched.
    """
    fillers, daggers, letters = 0, 0, 0
    after_letter = False
    last, run = np.uint32(0), 0
    while i < j and kind[codes[i]] & MARK:
        i += 1
    for k in range(i, j):
        code = codes[k]
        if _is_filler(codes, k, j, kind):
            if not after_letter:
                return False
            fillers += 1
            after_letter = False
        elif kind[code] & MARK:
            if code == DAGGER_ALEF and codes[k - 1] == HEH_GOAL and not after_letter:
                daggers += 1
            elif not (after_letter and MADDA <= code <= HAMZA_BELOW):
                return False
        elif code != TATWEEL:
            run = run + 1 if code == last and after_letter else 1
            letters += run <= 2
            last = code
            after_letter = True
    return (fillers >= 3 and 2 * fillers >= letters) or (fillers >= 2 and daggers == fillers and 3 * fillers >= letters)


@nb.njit(nogil=True, cache=True)
def strip_fillers(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Heh goal between the letters of decorated words goes; answers how many."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            j = i
            while j < stop and kind[codes[j]] & (LETTER | MARK):
                j += 1
            decorated = j > i and _is_decorated(codes, i, j, kind)
            filler = False
            for k in range(i, max(j, i + 1)):
                under = filler and codes[k] == DAGGER_ALEF
                filler = decorated and _is_filler(codes, k, j, kind)
                if filler or under:
                    hits += filler
                else:
                    made[n] = codes[k]
                    n += 1
            i = max(j, i + 1)
        new_cuts[row + 1] = n
    return hits


OPERATIONS: Final[dict[str, Operation]] = {
    "drop_repeated_marks": by_codes(drop_repeated_marks, kinds),
    "drop_stray_marks": by_codes(drop_stray_marks, kinds),
    "strip_decoration": by_codes(strip_decoration, kinds),
    "strip_fillers": by_codes(strip_fillers, kinds),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "drop_repeated_marks": wants(characters_of(classes.MARKS)),
    "drop_stray_marks": wants(characters_of(VOWELS)),
    "strip_decoration": wants(characters_of(DECORATIONS)),
    "strip_fillers": wants("\N{ARABIC LETTER HEH GOAL}"),
}
"""What the rows hold in which each of them may have work."""
