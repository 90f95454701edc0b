"""What the words of a text speak for: that it is windows-1256 which was read as windows-1252 or Latin-1, or that it is not. Compiled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography import codepages
from arclean.orthography.kernels import ONE, U, code_at

LETTER, ACCENT, UNSEEN, DIRECTION, MAPPED, ARABIC, NEVER_FIRST, FINAL, JOINED, MARK, COMMON, ALEF, LAM, LOW, HIGH = (
    1 << i for i in range(15)
)
"""What a character is, as bits; from ARABIC to LAM of the one that windows-1256 has in its place. See `kinds`."""
_CODES: Final = 0x2200
_SIZE: Final = 7
_LONG: Final = 5

_ACCENTED: Final = "\xaa\xc0-\xd6\xd8-\xf6\xf8-\xff\u0160\u0161\u017d\u017e\u0178\u02dc\x81\x8a\x8d-\x90\x98\x9a\x9e\x9f"
"""What is read from a byte that is a letter or a mark in windows-1256."""
LOW_ACCENTS: Final = "\xdf-\xf6\xf8-\xff"
HIGH_ACCENTS: Final = "\xc0-\xd6\xd8-\xde"
"""Small and capital letters with accents: in windows-1256 the two cases are letters like any others."""
_SEEN_AS: Final = {
    LETTER: f"A-Za-z{_ACCENTED}\xad",
    ACCENT: _ACCENTED,
    UNSEEN: "\x80-\x9f\xad",
    DIRECTION: "\xfd\xfe",
    LOW: LOW_ACCENTS,
    HIGH: HIGH_ACCENTS,
}
"""Controls and the soft hyphen are unseen: rules strip them, so they tell nothing. As the two directions, marks of direction are read."""
_STANDS_FOR: Final = {
    ARABIC: "\u0621-\u063a\u0640-\u0652\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2",
    NEVER_FIRST: "\u0629\u0649\u0624\u0626\u064b-\u0652",
    FINAL: "\u0629\u0649",
    JOINED: "\u0621-\u063a\u0641-\u064a",
    MARK: "\u0640\u064b-\u0652",
    COMMON: "\u0627\u0644\u064a\u0645\u0646\u0648\u0631\u062a\u0647\u0628\u0639",
    ALEF: "\u0627",
    LAM: "\u0644",
}
"""No word begins with the letters of NEVER_FIRST, or goes on with one of JOINED after those of FINAL. The common ones are three in four."""


class Evidence(NamedTuple):
    """What the words of a text speak for.

    Attributes:
        good: words that come out as Arabic.
        bad: words that do not: accents among Latin letters, letters in places where they cannot stand.
        rises: good words in which a small letter stands before a capital one, which no European word has.
        letters, common: letters of good words, and how many of them are frequent in Arabic.
        articles: good words that begin with the article.
        longest: letters of the longest word that has a rise.
    """

    good: int = 0
    bad: int = 0
    rises: int = 0
    letters: int = 0
    common: int = 0
    articles: int = 0
    longest: int = 0

    @property
    def convincing(self) -> bool:
        """Whether it is Arabic: two words, one of them with a rise, or a long one; hardly a bad one; common letters, or articles."""
        if not self.rises or self.letters < _LONG or self.bad * 8 > self.good:
            return False
        if self.good == 1:
            return self.longest >= _LONG and (self.articles == 1 or self.common * 2 > self.letters)
        return self.common * 5 >= self.letters * 2 or self.articles * 3 >= self.good


def weighed(texts: Sequence[str]) -> list[Evidence]:
    r"""The evidence of each text.

    >>> [one.convincing for one in weighed(["\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3", "\xc4\xd6\xdc \xe4\xf6\xfc"])]
    [True, False]
    """
    strings = columns.view(columns.string_array(texts))
    told = np.zeros((len(strings), _SIZE), np.int64)
    weigh(strings.bounds, strings.data, kinds(), told)
    return [Evidence(*one) for one in told.tolist()]


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """uint16, shape (0x2200,): what each code point is, as bits; no character that a byte is read as lies beyond."""
    table = np.zeros(_CODES, np.uint16)
    for code in range(_CODES):
        table[code] |= np.uint16(MAPPED) if code in codepages.WESTERN_TO_ARABIC else np.uint16(0)
    for bit, chars in _SEEN_AS.items():
        table[list(_codes(chars))] |= np.uint16(bit)
    for bit, chars in _STANDS_FOR.items():
        own = set(_codes(chars))
        table[[code for code in range(_CODES) if ord(codepages.WESTERN_TO_ARABIC.get(code, chr(code))) in own]] |= np.uint16(bit)
    return table


def _codes(chars: str) -> Iterable[int]:
    """The code points of a class as it stands in the brackets of a pattern."""
    place = 0
    while place < len(chars):
        last = place + 2 if chars[place + 1 : place + 2] == "-" else place
        yield from range(ord(chars[place]), ord(chars[last]) + 1)
        place = last + 1


@nb.njit(nogil=True, cache=True)
def weigh(bounds, data, kinds, told):  # type: ignore[no-untyped-def]
    """Set ``told[i]`` (int64, zeros) to the evidence of row i, in the order of `Evidence`; for ``kinds`` see above."""
    for row in range(U(bounds.shape[0]) - ONE):
        p, stop = U(bounds[row]), U(bounds[row + ONE])
        while p < stop:
            first, accent = p, False
            code, step = code_at(data, p)
            while code < np.uint32(_CODES) and kinds[code] & LETTER:
                accent |= kinds[code] & ACCENT != 0
                p += step
                if p >= stop:
                    break
                code, step = code_at(data, p)
            if accent:
                _weigh_word(data, first, p, kinds, told[row])
            p += step


@nb.njit(nogil=True)
def _without(data, first, stop, kinds, bits):  # type: ignore[no-untyped-def]
    """Where a word begins and ends without characters of these bits around it, and how many are left that are seen."""
    a = b = p = first
    seen = inside = last = 0
    while p < stop:
        code, step = code_at(data, p)
        p += step
        seen += kinds[code] & UNSEEN == 0
        if kinds[code] & bits == 0:
            if a == b:
                a, inside = p - step, seen - 1
            b, last = p, seen
    return a, b, last - inside


@nb.njit(nogil=True)
def _weigh_word(data, first, stop, kinds, told):  # type: ignore[no-untyped-def]
    """Add to ``told`` what a word speaks for: nothing, if windows-1256 has the same in its place."""
    p, end, seen = _without(data, first, stop, kinds, UNSEEN | DIRECTION)
    if seen == 1:
        p, end = first, stop
    before, mapped, bad, rise, article = 0, False, False, False, False
    letters = common = 0
    while p < end:
        code, step = code_at(data, p)
        p += step
        kind = np.int64(kinds[code])
        if kind & UNSEEN:
            continue
        mapped |= kind & MAPPED != 0
        bad |= kind & ARABIC == 0 or (before == 0 and kind & NEVER_FIRST != 0) or (before & FINAL != 0 and kind & JOINED != 0)
        rise |= before & LOW != 0 and kind & HIGH != 0
        if kind & MARK == 0:
            article = kind & ALEF != 0 if letters == 0 else article and (letters > 1 or kind & LAM != 0)
            letters += 1
            common += kind & COMMON != 0
        before = kind
    if bad or not mapped:
        told[1] += mapped
        return
    told[0] += 1
    told[2] += rise
    told[3] += letters
    told[4] += common
    told[5] += article and letters > 3
    if rise:
        told[6] = max(told[6], letters)
