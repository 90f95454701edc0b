"""What stands at the end of an Arabic word: its last vowel, its last yeh."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean.orthography.passes.codes import Operation, by_codes, characters_of, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes

LETTER, MARK, VOWEL, JOINER = 1, 2, 4, 8
YEH, ALEF_MAKSURA = 0x64A, 0x649
VOWELS: Final = ((0x64B, 0x650), (0x652, 0x652))
"""What an ending is vocalised with: short vowels, tanwin, sukun."""
_JOINERS: Final = ((0x200C, 0x200D),)


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `LETTER` (tatweel too), `MARK`, `VOWEL` among those, `JOINER`."""
    return table_of([(LETTER, classes.LETTERS), (MARK, classes.MARKS), (VOWEL, VOWELS), (JOINER, _JOINERS)])


@nb.njit(nogil=True, cache=True)
def drop_final_vowels(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Vowels among the marks on the last letter of a word go; answers how many."""
    n = 0
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        on_letter = False
        while i < stop:
            j = i
            while j < stop and kind[codes[j]] & MARK:
                j += 1
            last = on_letter and (j == stop or kind[codes[j]] & (LETTER | JOINER) == 0)
            for k in range(i, max(j, i + 1)):
                if not (last and kind[codes[k]] & VOWEL):
                    made[n] = codes[k]
                    n += 1
            on_letter = j == i and kind[codes[i]] & LETTER != 0
            i = max(j, i + 1)
        new_cuts[row + 1] = n
    return codes.shape[0] - n


@nb.njit(nogil=True, cache=True)
def fold_final_yeh(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Yeh as the last of the letters of a word becomes alef maksura; answers how many."""
    hits = 0
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        ends = True
        for i in range(cuts[row + 1] - 1, cuts[row] - 1, -1):
            code = codes[i]
            made[i] = code
            if kind[code] & MARK:
                continue
            if code == YEH and ends and i > cuts[row] and kind[codes[i - 1]] & (LETTER | MARK):
                made[i] = ALEF_MAKSURA
                hits += 1
            ends = kind[code] & (LETTER | JOINER) == 0
    return hits


OPERATIONS: Final[dict[str, Operation]] = {
    "drop_final_vowels": by_codes(drop_final_vowels, kinds),
    "fold_final_yeh": by_codes(fold_final_yeh, kinds),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"drop_final_vowels": wants(characters_of(VOWELS)), "fold_final_yeh": wants(chr(YEH))}
"""What the rows hold in which each of them may have work."""
