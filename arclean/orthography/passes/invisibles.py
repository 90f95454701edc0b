"""Joiners, variation selectors and tags, kept where they do something; and words that only an unseen mark held apart."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import CODE, ONE, U, code_at, code_before, odd
from arclean.orthography.narrowed import looked, narrowed
from arclean.orthography.passes.codes import Operation, by_codes, characters_of, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rules import classes, invisible, properties

LETTER, MARK, UNSEEN, PICTOGRAPH, JOINED_SCRIPT, LIGATURE, DIGIT = 1, 2, 4, 8, 16, 32, 64
TATWEEL, TEH_MARBUTA, TEH_MARBUTA_GOAL, ALEF_MAKSURA, ALEF, HEH, DAGGER_ALEF = 0x640, 0x629, 0x6C3, 0x649, 0x627, 0x647, 0x670
SALLA = 0xFDF9
SPACE, ZWNJ, ZWJ, KEYCAP, BLACK_FLAG = 0x20, 0x200C, 0x200D, 0x20E3, 0x1F3F4
SCRIPTS: Final = ((0x0700, 0x074F), (0x0780, 0x085F), (0x0900, 0x1CFF), (0xA800, 0xABFF), (0x10A00, 0x10EBF), (0x10F00, 0x1D0FF))
"""Scripts besides Arabic in which joiners are spelling: Syriac, those of India, of South East Asia, of Mongolia and others."""
_MARK_FORMS: Final = ((0xFC5E, 0xFC63), (0xFCF2, 0xFCF4), (0xFE70, 0xFE7F))
_SELECTORS: Final = (0xFE00, 0xFE0F)
_TAGS: Final = (0xE0020, 0xE007F)


def _ranges(characters: str) -> list[tuple[int, int]]:
    return [(ord(char), ord(char)) for char in characters]


PHRASES: Final = ((0xFD40, 0xFD4F), (0xFDCF, 0xFDCF), (0xFDF5, 0xFDF5), (0xFDFA, 0xFDFF))
"""Ligatures that stand for words of their own; that of God takes particles as the word does."""
LOST: Final = "".join(
    chain.from_iterable(rule.table for rule in (invisible.STRIP_CONTROLS, invisible.STRIP_DIRECTIONS, invisible.STRIP_ZERO_WIDTH))
)
_LETTER_MARK: Final = (np.uint8(0xD8), np.uint8(0x9C))
"""The Arabic letter mark, the one unseen character of U+0600-06FF."""
_JOINERS: Final = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `LETTER` (Arabic, forms too), `MARK`, `UNSEEN`, `PICTOGRAPH`, `JOINED_SCRIPT`, `LIGATURE`, `DIGIT`."""
    unseen = [*_ranges(LOST + _JOINERS), _SELECTORS, _TAGS]
    pictographs = [(first, last) for first, last in properties.PICTOGRAPHS]
    table = table_of(
        [
            (LETTER, (*classes.LETTERS, *classes.FORM_LETTERS)),
            (MARK, classes.MARKS),
            (UNSEEN, unseen),
            (PICTOGRAPH, [*pictographs, (0x1F3FB, 0x1F3FF), (KEYCAP, KEYCAP)]),
            (JOINED_SCRIPT, SCRIPTS),
            (LIGATURE, PHRASES),
            (DIGIT, classes.DIGITS),
        ]
    )
    for first, last in _MARK_FORMS:
        table[first : last + 1] &= ~np.uint16(LETTER)
    return table


@nb.njit(nogil=True, inline="always")
def _base(made, home, n, kind):  # type: ignore[no-untyped-def]
    """Where the letter is that ``made[home:n]`` ends with, its marks aside; -1 if it ends otherwise."""
    i = n - 1
    while i >= home and kind[made[i]] & MARK:
        i -= 1
    return i if i >= home and kind[made[i]] & LETTER and made[i] != TATWEEL else -1


@nb.njit(nogil=True)
def _is_under_hamza(codes, j, stop, kind):  # type: ignore[no-untyped-def]
    """Whether the tatweel at ``codes[j]`` carries a hamza, for which `strip_tatweel` leaves it."""
    j += 1
    while j < stop and kind[codes[j]] & (MARK | UNSEEN):
        if codes[j] == 0x654 or codes[j] == 0x655:
            return True
        j += 1
    return False


@nb.njit(nogil=True)
def _is_seated(codes, j, stop, kind):  # type: ignore[no-untyped-def]
    """Whether the alef or the alef maksura at ``codes[j]`` carries a hamza or a madda, tatweel that goes aside."""
    j += 1
    while j < stop and (codes[j] == TATWEEL or kind[codes[j]] & (MARK | UNSEEN)):
        if 0x653 <= codes[j] <= 0x655:
            return True
        if codes[j] == TATWEEL and _is_under_hamza(codes, j, stop, kind):
            return False
        j += 1
    return False


@nb.njit(nogil=True)
def _ends_word(made, home, n, kind, codes, j, stop):  # type: ignore[no-untyped-def]
    """Whether ``made[home:n]`` ends with what stands at ends of words alone, so that the letter ``codes[j]`` after it begins another."""
    base = _base(made, home, n, kind)
    if base < 0:
        return False
    tanwin = False
    for i in range(base + 1, n):
        if made[i] == DAGGER_ALEF:
            return False
        tanwin |= 0x64B <= made[i] <= 0x64D
    if tanwin:
        return (codes[j] != ALEF and codes[j] != ALEF_MAKSURA) or _is_seated(codes, j, stop, kind)
    last = made[base]
    return last == TEH_MARBUTA or last == ALEF_MAKSURA or last == TEH_MARBUTA_GOAL or last == SALLA


@nb.njit(nogil=True)
def _is_year(made, home, n, kind, after):  # type: ignore[no-untyped-def]
    """Whether ``made[home:n]`` ends with a number and heh alone: the year of the hijra, whose heh a joiner gave its shape."""
    if n == home or made[n - 1] != HEH or kind[after] & (LETTER | MARK):
        return False
    i = n - 2
    if i >= home and made[i] == SPACE:
        i -= 1
    return i >= home and kind[made[i]] & DIGIT != 0


@nb.njit(nogil=True)
def _put_emoji(codes, i, j, before, after, kind, made, n):  # type: ignore[no-untyped-def]
    """Write what of the run ``codes[i:j]`` belongs to the emoji before it; answers where the next code point goes."""
    selector, joiner = CODE(0), False
    for k in range(i, j):
        tag = 0xE0020 <= codes[k] <= 0xE007F
        if tag and before == BLACK_FLAG:
            made[n] = codes[k]
            n += 1
        if codes[k] == 0xFE0E or codes[k] == 0xFE0F:
            selector = codes[k] if selector == 0 else selector
        joiner |= codes[k] == ZWJ
    if selector and before != KEYCAP and not 0x1F3FB <= before <= 0x1F3FF:
        made[n] = selector
        n += 1
    if joiner and kind[after] & PICTOGRAPH and after != KEYCAP:
        made[n] = ZWJ
        n += 1
    return n


@nb.njit(nogil=True)
def _put_run(codes, i, j, stop, home, kind, made, n):  # type: ignore[no-untyped-def]
    """Write what is left of the run of unseen characters ``codes[i:j]``, before which ``made[home:n]`` is; see `settle_joiners`."""
    before = made[n - 1] if n > home else CODE(0)
    after = codes[j] if j < stop else CODE(0)
    non_joiner = joiner = other = False
    for k in range(i, j):
        non_joiner |= codes[k] == ZWNJ
        joiner |= codes[k] == ZWJ
        other |= 0xFE00 <= codes[k] <= 0xFE0F or 0xE0020 <= codes[k] <= 0xE007F
    if kind[after] & LETTER and after != TATWEEL and _ends_word(made, home, n, kind, codes, j, stop):
        made[n] = SPACE
        return n + 1
    if not (non_joiner or joiner or other) or (kind[before] | kind[after]) & JOINED_SCRIPT:
        for k in range(i, j):
            made[n] = codes[k]
            n += 1
        return n
    if kind[before] & PICTOGRAPH:
        return _put_emoji(codes, i, j, before, after, kind, made, n)
    if other and after == KEYCAP and before < 0x40:
        made[n] = 0xFE0F
        return n + 1
    if non_joiner and kind[after] & LETTER and after != TATWEEL and _base(made, home, n, kind) >= 0:
        made[n] = ZWNJ
        return n + 1
    if joiner and _is_year(made, home, n, kind, after):
        made[n] = TATWEEL
        return n + 1
    return n


@nb.njit(nogil=True, cache=True)
def settle_joiners(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Runs of unseen characters, settled by what stands before and after; answers how many changed.

    After what only ends a word, before a letter: a space. Between letters of Arabic script: one non-joiner, if there was any. After a
    pictograph: its selector, and a joiner before another. Beside a script that spells with joiners: all. After a Hijri year's heh: the
    tatweel that the joiner stood for. Elsewhere selectors, joiners and tags go; runs of marks that other rules delete stay for them.
    """
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        i, stop, home = cuts[row], cuts[row + 1], n
        while i < stop:
            if kind[codes[i]] & UNSEEN == 0:
                made[n] = codes[i]
                n += 1
                i += 1
                continue
            j = i
            while j < stop and kind[codes[j]] & UNSEEN:
                j += 1
            at = n
            n = _put_run(codes, i, j, stop, home, kind, made, n)
            same = n - at == j - i
            for k in range(at, n):
                same &= made[k] == codes[i + k - at]
            hits += not same
            i = j
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True)
def _may_settle(data, first, p, stop, kind):  # type: ignore[no-untyped-def]
    """Whether `_put_run` may change the run with the character at byte p, if it is unseen and the first of the run, or no mark that stays.

    Joiners, selectors and tags may go. Of other runs a space can come alone, after a word that a mark or one of four letters ends, and
    before a letter; runs before that one change nothing in this, because a seen character stands between.
    """
    code, step = code_at(data, p)
    if kind[code] & UNSEEN == 0:
        return False
    if code == ZWNJ or code == ZWJ or 0xFE00 <= code <= 0xFE0F or 0xE0020 <= code <= 0xE007F:
        return True
    before, _ = code_before(data, first, p)
    ends = kind[before] & MARK or before == TEH_MARBUTA or before == ALEF_MAKSURA or before == TEH_MARBUTA_GOAL or before == SALLA
    if not ends or p + step >= stop:
        return False
    return kind[code_at(data, p + step)[0]] & (LETTER | UNSEEN) != 0


@nb.njit(nogil=True, cache=True)
def unsettled(bounds, data, kind, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether `settle_joiners` may change row i.

    The unseen characters are `odd` ones, and the Arabic letter mark.
    """
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p, found = first, False
        while p < stop and not found:
            address, after = masks.window(data, p), masks.window(data, p + ONE)
            rare = odd(address) | (masks.equal(address, _LETTER_MARK[0]) & masks.equal(after, _LETTER_MARK[1]))
            rare &= masks.upto(stop - p)
            while rare and not found:
                found = _may_settle(data, first, p + masks.first(rare), stop, kind)
                rare &= rare - ONE
            p += masks.SIZE
        rows[row] = found


@nb.njit(nogil=True, cache=True)
def part_ligatures(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """A space between a ligature that stands for words and a letter, digit or ligature that touches it; answers how many."""
    hits, n = 0, 0
    touching = LETTER | MARK | LIGATURE | DIGIT
    for row in range(cuts.shape[0] - 1):
        before = 0
        for i in range(cuts[row], cuts[row + 1]):
            one = kind[codes[i]]
            if (before & LIGATURE and one & touching and not one & MARK) or (before & touching and one & LIGATURE):
                made[n] = SPACE
                n += 1
                hits += 1
            made[n] = codes[i]
            n += 1
            before = one
        new_cuts[row + 1] = n
    return hits


SETTLED: Final = "".join(
    (
        *invisible.STRIP_DIRECTIONS.table,
        *invisible.STRIP_ZERO_WIDTH.table,
        *_JOINERS,
        *characters_of((_SELECTORS, _TAGS)),
    )
)
OPERATIONS: Final[dict[str, Operation]] = {
    "part_ligatures": by_codes(part_ligatures, kinds, grows=2),
    "settle_joiners": narrowed(looked(unsettled, kinds), by_codes(settle_joiners, kinds)),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"part_ligatures": wants(characters_of(PHRASES)), "settle_joiners": wants(SETTLED)}
"""What the rows hold in which each of them may have work."""
