"""Letters and signs repeated for emphasis, and the alef that an accusative ends with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography.kernels import TWO, U
from arclean.orthography.passes.codes import Changed, Codes, Cuts, Operation, by_codes, rewritten, table_of
from arclean.orthography.patchwork import Patchwork
from arclean.orthography.survey import EVERYTHING, Wants, wants
from arclean.rule import ContextRule
from arclean.rules import classes

LETTER, MARK, LATIN, SIGN = 1, 2, 4, 8
HEH, TEH, ALEF, FATHATAN = 0x647, 0x62A, 0x627, 0x64B
_LAUGH = 3
_STEM = 3
"""Letters that stand before the alef of an accusative; shorter words end in an alef of their own, or mean another thing without it."""
SIGNS: Final = "!?\N{ARABIC QUESTION MARK}\N{ARABIC COMMA}.-=*_\N{HORIZONTAL ELLIPSIS}\N{ARABIC FULL STOP}"


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `LETTER` (Arabic, no tatweel), `MARK`, `LATIN` (a to z), `SIGN` (one that is repeated for emphasis)."""
    signs = [(ord(sign), ord(sign)) for sign in SIGNS]
    table = table_of([(LETTER, classes.LETTERS), (MARK, classes.MARKS), (LATIN, [(0x61, 0x7A)]), (SIGN, signs)])
    table[0x640] = 0
    return table


@nb.njit(nogil=True, cache=True)
def mark_repeats(bounds, data, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (uint8) to 1 where row i may hold a character three times in a row: the same byte, pair or triple of bytes."""
    for row in range(bounds.shape[0] - 1):
        seen = np.uint8(0)
        for p in range(U(bounds[row]) + TWO, U(bounds[row + 1])):
            seen |= np.uint8(data[p] == data[p - U(1)]) & np.uint8(data[p] == data[p - TWO]) & np.uint8(data[p] > np.uint8(0x20))
        for p in range(U(bounds[row]) + U(5), U(bounds[row + 1])):
            even = np.uint8(data[p] == data[p - TWO]) & np.uint8(data[p] == data[p - U(4)])
            seen |= even & np.uint8(data[p - U(1)] == data[p - U(3)]) & np.uint8(data[p - U(1)] == data[p - U(5)])
        for p in range(U(bounds[row]) + U(8), U(bounds[row + 1])):
            last = np.uint8(data[p] == data[p - U(3)]) & np.uint8(data[p] == data[p - U(6)]) & np.uint8(data[p - TWO] == np.uint8(0xE2))
            seen |= last & np.uint8(data[p - U(5)] == np.uint8(0xE2)) & np.uint8(data[p - U(8)] == np.uint8(0xE2))
        rows[row] = seen


@nb.njit(nogil=True, inline="always")
def _kept(codes, first, i, j, kind):  # type: ignore[no-untyped-def]
    """How many of the letters ``codes[i:j]``, all the same, stay in a text that begins at ``first``."""
    run = j - i
    if kind[codes[i]] & LATIN:
        return run if run <= 3 else 2
    if run < 3 or kind[codes[i]] & LETTER == 0:
        return run
    if codes[i] == HEH:
        return _LAUGH
    if codes[i] == TEH and run == 3 and (i == first or kind[codes[i - 1]] & (LETTER | MARK) == 0):
        return run
    return 2


@nb.njit(nogil=True, cache=True)
def shorten_letters(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """A letter three times or more becomes two; answers how many runs.

    Laughter keeps three. Latin letters are taken from four on: www, III. Three at the start of a word may be spelling if they are teh.
    """
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        i = first
        while i < stop:
            j = i + 1
            while j < stop and codes[j] == codes[i]:
                j += 1
            keep = _kept(codes, first, i, j, kind)
            hits += keep != j - i
            for _ in range(keep):
                made[n] = codes[i]
                n += 1
            i = j
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True, cache=True)
def shorten_signs(codes, cuts, kind, most, made, new_cuts):  # type: ignore[no-untyped-def]
    """At most so many of the same sign in a row; answers how many runs were longer."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        run = 0
        for i in range(cuts[row], cuts[row + 1]):
            run = run + 1 if i > cuts[row] and codes[i] == codes[i - 1] else 1
            if run <= most or kind[codes[i]] & SIGN == 0:
                made[n] = codes[i]
                n += 1
            else:
                hits += run == most + 1
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True)
def _accusative_end(codes, i, first, stop, kind):  # type: ignore[no-untyped-def]
    """Where the alef and the tanwin at ``codes[i]`` end, if a word ends there; else i."""
    alef, tanwin = codes[i] == ALEF, codes[i] == FATHATAN
    if i == first or not (alef or tanwin) or i + 1 >= stop or codes[i + 1] != (FATHATAN if alef else ALEF):
        return i
    if i + 2 < stop and kind[codes[i + 2]] & (LETTER | MARK):
        return i
    return i + 2


@nb.njit(nogil=True, cache=True)
def tanwin_before_alef(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Alef and then tanwin at the end of a word change places; answers how many."""
    hits = 0
    made[: codes.shape[0]] = codes
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        for i in range(first, stop):
            if codes[i] == ALEF and i > first and kind[codes[i - 1]] & (LETTER | MARK) and _accusative_end(codes, i, first, stop, kind) > i:
                made[i], made[i + 1] = FATHATAN, ALEF
                hits += 1
    return hits


@nb.njit(nogil=True, cache=True)
def drop_accusative(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Alef and tanwin at the end of a word of some letters go, in either order; answers how many."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        first, stop = cuts[row], cuts[row + 1]
        i, letters = first, 0
        while i < stop:
            end = _accusative_end(codes, i, first, stop, kind) if letters >= _STEM else i
            if end > i:
                hits += 1
                i = end
                continue
            letters = letters + (kind[codes[i]] & LETTER != 0) if kind[codes[i]] & (LETTER | MARK) else 0
            made[n] = codes[i]
            n += 1
            i += 1
        new_cuts[row + 1] = n
    return hits


def _on_repeats(strings: columns.Strings, work: Callable[[Codes, Cuts, Codes, Cuts], int]) -> Changed | None:
    """The work on the rows that hold a character three times in a row."""
    marked = np.empty(len(strings), np.uint8)
    mark_repeats(strings.bounds, strings.data, marked)
    rows = np.flatnonzero(marked)
    if not len(rows):
        return None
    patch = Patchwork(strings)
    done = rewritten(columns.held(*patch.take(rows)), work)
    if done is None:
        return None
    patch.put(rows, columns.seen(done[0]))
    return columns.held(*patch.whole(), strings), done[1]


def _shorten_letters(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    return _on_repeats(strings, lambda codes, cuts, made, new_cuts: shorten_letters(codes, cuts, kinds(), made, new_cuts))


def _shorten_signs(strings: columns.Strings, rule: ContextRule) -> Changed | None:
    most = dict(rule.options).get("most", 4)
    return _on_repeats(strings, lambda codes, cuts, made, new_cuts: shorten_signs(codes, cuts, kinds(), most, made, new_cuts))


OPERATIONS: Final[dict[str, Operation]] = {
    "drop_accusative": by_codes(drop_accusative, kinds),
    "shorten_letters": _shorten_letters,
    "shorten_signs": _shorten_signs,
    "tanwin_before_alef": by_codes(tanwin_before_alef, kinds),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "drop_accusative": wants("\N{ARABIC FATHATAN}"),
    "shorten_letters": EVERYTHING,
    "shorten_signs": wants(SIGNS),
    "tanwin_before_alef": wants("\N{ARABIC FATHATAN}"),
}
"""What the rows hold in which each of them may have work."""
