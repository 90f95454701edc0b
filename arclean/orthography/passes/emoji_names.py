"""Emoji by their names: the longest string that is one, wherever it stands, becomes words, or an alias between colons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography import emoji_strings
from arclean.orthography.kernels import ONE, U, code_at, lower_bound, put
from arclean.orthography.passes.codes import Changed, table_of
from arclean.orthography.passes.markup import BASIS, PRIME
from arclean.rules import classes

BEGINS, OPENS, CLOSES, WHITE = 1, 2, 4, 8
BEFORE, AFTER = 1, 2
"""Where a space comes beside a name, as bits."""
_TAIL, _TAIL_MASK = np.uint8(0x80), np.uint8(0xC0)
_ASCII, _LEAST = np.uint8(0x80), np.uint8(0xE2)
_BOTH_WAYS: Final = "\"'"
_OPENING: Final = "([{«“‘" + _BOTH_WAYS
_CLOSING: Final = ".,:;!?…)]}»”’٪%،؛؟۔" + _BOTH_WAYS
_CONTROLS: Final = ((0, 0x20),)
Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Where those of each row begin (int64, (rows + 1,)), and of each where it begins and ends, the number of its name, and its spaces."""


@dataclass(frozen=True)
class Names:
    """The strings of emoji, as a kernel looks them up, and what is written for them.

    Attributes:
        keys: uint64, ascending: the hashes of all strings and of what they begin with.
        values: int32: of each the number of its name; 0 if it is to stay, -1 if it only begins others.
        bounds: int64: name i is ``text[bounds[i]:bounds[i + 1]]``; number 0 is empty.
        text: uint8, the names one after the other.
    """

    keys: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int32]
    bounds: columns.Bounds
    text: columns.Bytes


def _named(becomes: dict[str, str]) -> Names:
    """What looks up these strings; one that becomes itself is to stay."""
    numbers = {"": 0}
    value = np.array([0 if text == name else numbers.setdefault(name, len(numbers)) for text, name in becomes.items()], np.int32)
    size = np.array(list(map(len, becomes)))
    codes = np.zeros((len(becomes), size.max()), np.uint64)
    codes[np.arange(size.max()) < size[:, None]] = np.frombuffer("".join(becomes).encode("utf-32-le"), np.uint32)
    mixed = np.full(len(becomes), BASIS)
    keys, values = [], []
    for k in range(size.max()):
        mixed = (mixed ^ codes[:, k]) * PRIME
        keys.append(mixed[size > k])
        values.append(np.where(size == k + 1, value, -1)[size > k])
    every = np.concatenate(keys)
    order = np.lexsort((np.concatenate(values), every))
    last = np.append(np.diff(every[order]) != 0, True)
    names = [name.encode() for name in numbers]
    bounds = np.cumsum([0, *map(len, names)]).astype(np.int64)
    return Names(every[order][last], np.concatenate(values)[order][last].astype(np.int32), bounds, np.frombuffer(b"".join(names), np.uint8))


@lru_cache(maxsize=1)
def aliases() -> Names:
    """What `alias_emoji` writes."""
    return _named(emoji_strings.aliases())


@lru_cache(maxsize=1)
def words() -> Names:
    """What `name_emoji` writes."""
    return _named(emoji_strings.words())


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `BEGINS` a string, `OPENS` or `CLOSES` what it stands beside, `WHITE`."""
    firsts = [(ord(char), ord(char)) for char in {string[0] for string in emoji_strings.strings()}]
    signs = [(flag, [(ord(sign), ord(sign)) for sign in some]) for flag, some in ((OPENS, _OPENING), (CLOSES, _CLOSING))]
    return table_of([(BEGINS, firsts), *signs, (WHITE, (*_CONTROLS, *classes.SPACES))])


@nb.njit(nogil=True)
def _longest(data, p, stop, keys, values):  # type: ignore[no-untyped-def]
    """Where the longest string that begins at byte p ends, and its value; -1 if there is none."""
    end, value = p, np.int32(-1)
    mixed = BASIS
    while p < stop:
        code, step = code_at(data, p)
        mixed = (mixed ^ np.uint64(code)) * PRIME
        at = lower_bound(keys, mixed)
        if at == keys.shape[0] or keys[at] != mixed:
            break
        p += step
        if values[at] >= 0:
            end, value = p, values[at]
    return end, value


@nb.njit(nogil=True, inline="always")
def _before(data, p):  # type: ignore[no-untyped-def]
    """Where the character before byte p begins."""
    p -= ONE
    while (data[p] & _TAIL_MASK) == _TAIL:
        p -= ONE
    return p


@nb.njit(nogil=True)
def _is_apart(data, p, floor, kind):  # type: ignore[no-untyped-def]
    """Whether a word may begin at byte p as it is: first in a text, after white space, after a sign that opens."""
    if p == floor:
        return True
    at = _before(data, p)
    one = kind[code_at(data, at)[0]]
    if one & OPENS and one & CLOSES:
        return at == floor or kind[code_at(data, _before(data, at))[0]] & WHITE != 0
    return one & (OPENS | WHITE) != 0


@nb.njit(nogil=True, inline="always")
def _is_joiner(data, p):  # type: ignore[no-untyped-def]
    return data[p] == np.uint8(0xE2) and data[p + U(1)] == np.uint8(0x80) and data[p + U(2)] == np.uint8(0x8D)


@nb.njit(nogil=True, cache=True)
def find(bounds, data, kind, keys, values, spaced, first, found):  # type: ignore[no-untyped-def]
    """Note the strings that have a name: where each begins and ends, the number of its name, and the spaces beside it.

    A joiner between two goes with the second, if spaces are to come. As many as there is room for; answers how many there are.
    """
    n = 0
    first[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        floor, last = p, stop
        while p < stop:
            lead = data[p]
            if lead < _ASCII and (p + ONE == stop or data[p + ONE] < _LEAST):
                p += ONE
                continue
            code, step = code_at(data, p)
            if kind[code] & BEGINS == 0:
                p += step
                continue
            end, value = _longest(data, p, stop, keys, values)
            if value <= 0:
                p = end if value == 0 else p + step
                continue
            begin, spaces = p, 0
            if spaced:
                if last + U(3) == p and _is_joiner(data, last):
                    begin = last
                elif last != p and not _is_apart(data, p, floor, kind):
                    spaces |= BEFORE
                if end < stop and kind[code_at(data, end)[0]] & (WHITE | CLOSES) == 0:
                    spaces |= AFTER
            if n < found.shape[0]:
                found[n, 0], found[n, 1], found[n, 2], found[n, 3] = np.int64(begin), np.int64(end), np.int64(value), spaces
            n += 1
            p = last = end
        first[row + 1] = n
    return n


@nb.njit(nogil=True, cache=True)
def write(bounds, data, first, found, names, text, new_bounds, out):  # type: ignore[no-untyped-def]
    """The rows with names, as `find` noted them; answers bytes written."""
    at = U(0)
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        for i in range(first[row], first[row + 1]):
            begin, name = U(found[i, 0]), found[i, 2]
            at = put(out, at, data, p, begin - p)
            if found[i, 3] & BEFORE:
                out[at] = np.uint8(0x20)
                at += ONE
            at = put(out, at, text, U(names[name]), U(names[name + 1] - names[name]))
            if found[i, 3] & AFTER:
                out[at] = np.uint8(0x20)
                at += ONE
            p = U(found[i, 1])
        at = put(out, at, data, p, stop - p)
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at)


def look(strings: columns.Strings, names: Names, spaced: bool) -> Found:
    """The emoji of a column; see `find`."""
    first, room = np.empty(len(strings) + 1, np.int64), 1 << 10
    while True:
        found = np.empty((room, 4), np.int64)
        count = int(find(strings.bounds, strings.data, kinds(), names.keys, names.values, spaced, first, found))
        if count <= room:
            return first, found[:count]
        room = count


def sizes(found: npt.NDArray[np.int64], names: Names) -> npt.NDArray[np.int64]:
    """int64: how many bytes are written for each, with its spaces."""
    written: npt.NDArray[np.int64] = np.diff(names.bounds)[found[:, 2]] + (found[:, 3] & BEFORE) + ((found[:, 3] & AFTER) >> 1)
    return written


WAYS: Final[dict[str, tuple[Callable[[], Names], bool]]] = {"alias_emoji": (aliases, False), "name_emoji": (words, True)}
"""What each pass writes, and whether spaces come beside it."""


def replaced(strings: columns.Strings, operation: str) -> tuple[Found, npt.NDArray[np.int64]]:
    """What a pass replaces in a column, and by how many bytes each."""
    names, spaced = WAYS[operation]
    first, found = look(strings, names(), spaced)
    return (first, found), sizes(found, names())


def named(strings: columns.Strings, operation: str) -> Changed | None:
    """The column with its emoji called by name, and how many; None if it holds none."""
    names = WAYS[operation][0]()
    (first, found), written = replaced(strings, operation)
    if not len(found):
        return None
    size = int(strings.bounds[-1] - strings.bounds[0] + written.sum() - (found[:, 1] - found[:, 0]).sum())
    bounds, out = np.empty_like(strings.bounds), columns.room(size)
    write(strings.bounds, strings.data, first, found, names.bounds, names.text, bounds, out)
    return columns.build(bounds, out, strings), len(found)
