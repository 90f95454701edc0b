"""Letters and their marks as Unicode composes and orders them (UAX #15), or in the order in which they are typed.

Most vocalised text needs one thing only, that shadda and vowel change places, and that is done on the bytes, in place; the tables of form C
are asked about the rows that hold something else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns, masks
from arclean import compiling as nb
from arclean.orthography.kernels import CODE, ONE, TWO, U, code_before, differing, vowels
from arclean.orthography.normal_form import VOWELS, Tables, in_form, tables
from arclean.orthography.passes.codes import Changed, InPlace, Operation, by_codes, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rule import ContextRule
from arclean.rules import classes, normal_forms

_LEAD = np.uint8(0xD9)
_HAMZA_TAIL, _YEH = np.uint8(0x94), (np.uint8(0xD9), np.uint8(0x8A))
_FIRST, _LAST, _DAGGER = np.uint8(0x8B), np.uint8(0x92), np.uint8(0xB0)
SHADDA, HAMZA, HAMZA_BELOW, HAMZA_LETTER, TATWEEL, YEH, FARSI_YEH, ALEF_MAKSURA = 0x651, 0x654, 0x655, 0x621, 0x640, 0x64A, 0x6CC, 0x649
_THREE, _FOUR = U(3), U(4)
_STEP = U(60)
"""Bytes of which is known what stands beside each, when 64 are looked at."""


@nb.njit(nogil=True, inline="always")
def _is_vowel(tail):  # type: ignore[no-untyped-def]
    """Whether a mark with this second byte has a class of its own, in the order of the bytes: 064B-0652 and 0670."""
    return (np.uint8(tail >= _FIRST) & np.uint8(tail <= _LAST)) | np.uint8(tail == _DAGGER)


@nb.njit(nogil=True)
def _sort_vowels(data, p, stop):  # type: ignore[no-untyped-def]
    """Sort the vowels of two bytes each in ``data[p:stop]`` by their second bytes: a few by insertion, many by counting."""
    if stop - p <= U(16):
        q = p + TWO
        while q < stop:
            tail, r = data[q + ONE], q
            while r > p and data[r - ONE] > tail:
                data[r + ONE] = data[r - ONE]
                r -= TWO
            data[r + ONE] = tail
            q += TWO
        return
    count = np.zeros(256, np.int64)
    q = p
    while q < stop:
        count[data[q + ONE]] += 1
        q += TWO
    q = p
    for tail in range(256):
        for _ in range(count[tail]):
            data[q + ONE] = np.uint8(tail)
            q += TWO


@nb.njit(nogil=True)
def _sort_around(data, a, first, stop):  # type: ignore[no-untyped-def]
    """Sort the vowels among which the one at byte a is, within ``data[first:stop]``; answers where they end."""
    q = a + TWO + TWO
    while a >= first + TWO and data[a - TWO] == _LEAD and _is_vowel(data[a - ONE]):
        a -= TWO
    while q + ONE < stop and data[q] == _LEAD and _is_vowel(data[q + ONE]):
        q += TWO
    _sort_vowels(data, a, q)
    return q


@nb.njit(nogil=True, cache=True)
def order_vowels(bounds, data, rows):  # type: ignore[no-untyped-def]
    """Put the vowels of each row in canonical order, in place; set ``rows[i]`` (bool) to whether any moved, and answer in how many.

    Two vowels that no other is beside, which is the rule, change places together with all such of sixty bytes.
    """
    changed, readable = 0, U(data.shape[0])
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p = sorted_up_to = first
        before = exchanged = U(0)
        while p + _THREE < stop:
            here, after = masks.window(data, p), masks.window(data, p + ONE)
            begun = vowels(here, after)
            found = begun & (begun >> TWO) & masks.above(after, masks.window(data, p + _THREE)) & masks.upto(min(_STEP, stop - p - _THREE))
            if found:
                alone = found & ~((begun << TWO) | before) & ~(begun >> _FOUR)
                if p < TWO or p + masks.SIZE + TWO > readable:
                    alone = U(0)
                masks.exchange(data, p, alone)
                found ^= alone
                exchanged |= alone
            while found:
                a = p + masks.first(found)
                found &= found - ONE
                if a >= sorted_up_to:
                    sorted_up_to = _sort_around(data, a, first, stop)
            before = (begun >> (_STEP - TWO)) & _THREE
            p += _STEP
        rows[row] = moved = exchanged != U(0) or sorted_up_to > first
        changed += moved
    return changed


@lru_cache(maxsize=1)
def form_c() -> Tables:
    """The tables of form C."""
    return tables({}, normal_forms.CANONICAL)


@lru_cache(maxsize=1)
def _composing() -> str:
    """The characters, vowels aside, that form C may change, or that it may order."""
    return "".join(chr(code) for code in np.flatnonzero(form_c().kind) if code not in VOWELS)


def compose(strings: columns.Strings, rule: ContextRule) -> Changed | None:  # noqa: ARG001
    """Form C. Counts texts. Vowels are ordered first, of which there are many: fewer stretches are left to take apart."""
    rows, data = np.ones(len(strings), np.bool_), strings.data.copy()
    moved = order_vowels(strings.bounds, data, rows)
    data.flags.writeable = False
    rows[:] = True
    done = in_form(columns.Strings(strings.bounds, data, strings.type), rows, form_c())
    if not moved:
        return done
    if done is None:
        return columns.build(strings.bounds, data, strings), moved
    after = columns.view(done[0])
    differing(strings.bounds, strings.data, after.bounds, after.data, rows)
    return done[0], int(np.count_nonzero(rows))


@nb.njit(nogil=True, cache=True)
def shadda_first(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Every shadda before the other marks of its letter; answers how many moved."""
    hits = 0
    made[: codes.shape[0]] = codes
    new_cuts[:] = cuts
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            if kind[codes[i]] == 0:
                i += 1
                continue
            first, at = i, i
            while i < stop and kind[codes[i]] != 0:
                if codes[i] == SHADDA:
                    hits += at != i
                    made[at] = SHADDA
                    at += 1
                i += 1
            for j in range(first, i):
                if codes[j] != SHADDA:
                    made[at] = codes[j]
                    at += 1
    return hits


@nb.njit(nogil=True, inline="always")
def _composed(letter, mark, pairs):  # type: ignore[no-untyped-def]
    """What an Arabic letter and a mark compose to, or 0."""
    for i in range(pairs.shape[0]):
        if pairs[i, 0] == letter and pairs[i, 1] == mark:
            return pairs[i, 2]
    return CODE(0)


@nb.njit(nogil=True, cache=True)
def compose_in_place(codes, cuts, order, pairs, made, new_cuts):  # type: ignore[no-untyped-def]
    """Arabic letters composed with the madda or the hamza among their marks, which else stay as typed; answers how many."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        i, stop = cuts[row], cuts[row + 1]
        while i < stop:
            letter = codes[i]
            at = n
            made[n] = letter
            n += 1
            i += 1
            above = below = False
            while order[letter] == 0 and i < stop and order[codes[i]] != 0:
                one = order[codes[i]]
                new = _composed(made[at], codes[i], pairs)
                if new and not (above if one == 230 else below):
                    made[at] = new
                    hits += 1
                else:
                    above |= one == 230
                    below |= one == 220
                    made[n] = codes[i]
                    n += 1
                i += 1
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True, cache=True)
def seat_hamza(bounds, data, order, rows):  # type: ignore[no-untyped-def]
    """Arabic yeh where Farsi yeh or alef maksura carries a hamza above, which composes with that alone, in place; answers how many."""
    hits = 0
    for row in range(bounds.shape[0] - 1):
        first, stop = U(bounds[row]), U(bounds[row + 1])
        p, so_far = first, hits
        while p < stop:
            found = masks.equal(masks.window(data, p), _LEAD) & masks.equal(masks.window(data, p + ONE), _HAMZA_TAIL)
            found &= masks.upto(stop - p)
            while found:
                code, at = code_before(data, first, p + masks.first(found))
                found &= found - ONE
                while at > first and order[code] != 0 and order[code] != 230:
                    code, at = code_before(data, first, at)
                if code == FARSI_YEH or code == ALEF_MAKSURA:
                    data[at], data[at + ONE] = _YEH
                    hits += 1
            p += masks.SIZE
        rows[row] = hits > so_far
    return hits


@nb.njit(nogil=True, cache=True)
def spell_hamza(codes, cuts, order, made, new_cuts):  # type: ignore[no-untyped-def]
    """The letter hamza for a tatweel that carries the mark, whose other marks stay; answers how many."""
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        seat, spelt = -1, False
        for i in range(cuts[row], cuts[row + 1]):
            code = codes[i]
            if order[code] == 0:
                seat, spelt = (n if code == TATWEEL else -1), False
            if seat >= 0 and (code == HAMZA or code == HAMZA_BELOW):
                made[seat] = HAMZA_LETTER
                hits += not spelt
                spelt = True
            else:
                made[n] = code
                n += 1
        new_cuts[row + 1] = n
    return hits


@lru_cache(maxsize=1)
def _arabic_pairs() -> npt.NDArray[np.uint32]:
    """uint32, shape (n, 3): Arabic letter, mark, and the letter that they compose to."""
    pairs = [[int(code, 16) for code in line.split()] for line in normal_forms.PAIRS.strip().split("\n")]
    return np.array([pair for pair in pairs if 0x600 <= pair[0] <= 0x6FF], np.uint32)


@lru_cache(maxsize=1)
def _marks() -> npt.NDArray[np.uint16]:
    return table_of([(1, classes.MARKS)])


_HAMZA: Final = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"

OPERATIONS: Final[dict[str, Operation]] = {
    "compose": compose,
    "compose_in_place": by_codes(compose_in_place, lambda: form_c().order, _arabic_pairs),
    "spell_hamza": by_codes(spell_hamza, lambda: form_c().order),
    "shadda_first": by_codes(shadda_first, _marks),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "compose": wants(_composing()),
    "compose_in_place": wants(_HAMZA),
    "spell_hamza": wants(_HAMZA),
    "shadda_first": wants("\N{ARABIC SHADDA}"),
}
"""What the rows hold in which each of them may have work."""

IN_PLACE: Final[dict[str, tuple[Wants, InPlace]]] = {
    "compose": (Wants(unordered=True), order_vowels),
    "seat_hamza": (wants("\N{ARABIC HAMZA ABOVE}"), lambda bounds, data, rows: seat_hamza(bounds, data, form_c().order, rows)),
}
"""Those that change bytes where they are, with what they want; composing does so where its tables have nothing to say."""
