"""What is left of HTML in a text: character references, tags, comments. One walk each, that looks back when something closes."""

from __future__ import annotations

from functools import lru_cache
from html.entities import html5
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import CODE, ONE, U
from arclean.orthography.narrowed import looked, narrowed
from arclean.orthography.passes.codes import Operation, by_codes
from arclean.orthography.survey import Wants, wants
from arclean.rules import markup

AMPERSAND, SEMICOLON, HASH, LESS, MORE, SLASH, BANG, DASH, LF = 0x26, 0x3B, 0x23, 0x3C, 0x3E, 0x2F, 0x21, 0x2D, 0x0A
LONGEST = 34
"""Code points of the longest reference."""
INLINE, BLOCK, HIDDEN = 1, 2, 3
PRIME = np.uint64(0x100000001B3)
BASIS = np.uint64(0xCBF29CE484222325)
_CP1252: Final = bytes(range(0x80, 0xA0)).decode("cp1252", "replace")


@nb.njit(nogil=True, inline="always")
def _hash(made, i, j):  # type: ignore[no-untyped-def]
    """FNV-1a over ``made[i:j]``, letter case as it is."""
    mixed = BASIS
    for k in range(i, j):
        mixed = (mixed ^ np.uint64(made[k])) * PRIME
    return mixed


@nb.njit(nogil=True, cache=True)
def hash_name(name):  # type: ignore[no-untyped-def]
    """The hash of a name (uint32, code points), as the passes look it up."""
    return _hash(name, 0, name.shape[0])


def _hashed(names: list[str]) -> npt.NDArray[np.uint64]:
    return np.array([hash_name(np.array(list(map(ord, name)), np.uint32)) for name in names], np.uint64)


@nb.njit(nogil=True)
def _find(key, keys):  # type: ignore[no-untyped-def]
    """Where a hash stands among ascending ones, or -1. NumPy's search knows complex numbers too, and compiles for as long as a pass."""
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.shape[0] and keys[low] == key else -1


@nb.njit(nogil=True)
def _number(made, i, j):  # type: ignore[no-untyped-def]
    """The code point that ``made[i:j]`` gives in decimal, or after an x in hexadecimal; 0 if none, or none that may stand in a text."""
    hexadecimal = made[i] == 0x78 or made[i] == 0x58
    i += hexadecimal
    if i == j or j - i > 7:
        return 0
    code = 0
    for k in range(i, j):
        digit = np.int64(made[k])
        if 0x30 <= digit <= 0x39:
            digit -= 0x30
        elif hexadecimal and 0x61 <= (digit | 0x20) <= 0x66:
            digit = (digit | 0x20) - 0x57
        else:
            return 0
        code = code * (16 if hexadecimal else 10) + digit
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code == LESS or code == MORE:
        return 0
    return code


@nb.njit(nogil=True)
def _decode_last(made, home, n, keys, firsts, seconds, western):  # type: ignore[no-untyped-def]
    """Where ``made[home:n]``, which a semicolon ends, ends once a reference at its end is decoded; n if there is none."""
    i = n - 2
    while i >= home and n - i <= LONGEST and made[i] != AMPERSAND and made[i] != SEMICOLON and made[i] < 0x7F:
        i -= 1
    if i < home or made[i] != AMPERSAND or i > n - 4:
        return n
    if made[i + 1] == HASH:
        code = _number(made, i + 2, n - 1)
        if code == 0:
            return n
        made[i] = western[code - 0x80] if 0x80 <= code < 0xA0 else code
        return i + 1
    at = _find(_hash(made, i + 1, n - 1), keys)
    if at < 0:
        return n
    made[i] = firsts[at]
    if seconds[at]:
        made[i + 1] = seconds[at]
        return i + 2
    return i + 1


@nb.njit(nogil=True, cache=True)
def decode_references(codes, cuts, keys, firsts, seconds, western, made, new_cuts):  # type: ignore[no-untyped-def]
    """Character references decoded, those that decoding uncovers too; answers how many."""
    hits, n = 0, np.int64(0)  # a literal would compile `_decode_last` twice
    for row in range(cuts.shape[0] - 1):
        home = n
        for i in range(cuts[row], cuts[row + 1]):
            made[n] = codes[i]
            n += 1
            while n > home and made[n - 1] == SEMICOLON:
                end = _decode_last(made, home, n, keys, firsts, seconds, western)
                if end == n:
                    break
                n = end
                hits += 1
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True)
def _closes(data, q, stop):  # type: ignore[no-untyped-def]
    """Whether a semicolon ends what may be a reference, the ampersand of which is before byte q."""
    stop = min(stop, q + U(LONGEST + 1))
    while q < stop and data[q] != AMPERSAND and data[q] != SEMICOLON and data[q] < 0x7F:
        q += ONE
    return q < stop and data[q] == SEMICOLON


@nb.njit(nogil=True, cache=True)
def referring(bounds, data, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether row i may hold a reference: what `_decode_last` looks back over, from semicolon to ampersand.

    What decoding uncovers need not be looked for: before there is any, one reference is decoded that stands in the row as it is.
    """
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        found = False
        while p < stop and not found:
            signs = masks.equal(masks.window(data, p), np.uint8(AMPERSAND)) & masks.upto(stop - p)
            while signs and not found:
                found = _closes(data, p + masks.first(signs) + ONE, stop)
                signs &= signs - ONE
            p += masks.SIZE
        rows[row] = found


@nb.njit(nogil=True, inline="always")
def _is_letter(code):  # type: ignore[no-untyped-def]
    return 0x61 <= (code | 0x20) <= 0x7A


@nb.njit(nogil=True)
def _tag(made, i, n, keys, kinds):  # type: ignore[no-untyped-def]
    """What kind of element the tag ``made[i:n]`` is of, 0 if it is none that HTML has, and whether it closes one."""
    i += 1
    closing = i < n and made[i] == SLASH
    i += closing
    mixed = BASIS
    j = i
    while j < n and (_is_letter(made[j]) or (j > i and 0x30 <= made[j] <= 0x39)):
        mixed = (mixed ^ np.uint64(made[j] | CODE(0x20))) * PRIME
        j += 1
    if j == i or not (made[j] == MORE or made[j] == SLASH or made[j] <= 0x20):
        return 0, closing
    at = _find(mixed, keys)
    return (kinds[at] if at >= 0 else 0), closing


@nb.njit(nogil=True, cache=True)
def strip_tags(codes, cuts, keys, kinds, made, new_cuts):  # type: ignore[no-untyped-def]
    """Tags of HTML elements, comments, and what scripts and styles hold, dropped; a line end where a block began or ended.

    Whatever stands between angle brackets is looked at when it closes, so that a tag put together by dropping another goes too.
    """
    hits, n = 0, 0
    opened = np.empty(codes.shape[0] + 1, np.int64)
    for row in range(cuts.shape[0] - 1):
        home, depth, comment, hidden = n, 0, -1, -1
        for i in range(cuts[row], cuts[row + 1]):
            made[n] = codes[i]
            n += 1
            if codes[i] == LESS:
                opened[depth] = n - 1
                depth += 1
            elif codes[i] == DASH and n - home >= 4 and comment < 0:
                if made[n - 4] == LESS and made[n - 3] == BANG and made[n - 2] == DASH:
                    comment = n - 4
            elif codes[i] == MORE:
                if comment >= 0 and n - comment >= 7 and made[n - 2] == DASH and made[n - 3] == DASH:
                    n, comment = comment, -1
                    hidden = -1 if hidden > n else hidden
                    hits += 1
                    while depth and opened[depth - 1] >= n:
                        depth -= 1
                    continue
                if depth == 0:
                    continue
                depth -= 1
                start = opened[depth]
                kind, closing = _tag(made, start, n, keys, kinds)
                if kind == 0:
                    continue
                hits += 1
                n = start
                if kind == HIDDEN and closing and home <= hidden <= n:
                    n, hidden = hidden, -1
                elif kind == HIDDEN and not closing:
                    hidden = n
                comment = -1 if comment >= n else comment
                hidden = -1 if hidden > n else hidden
                while depth and opened[depth - 1] >= n:
                    depth -= 1
                if kind == BLOCK and n > home and made[n - 1] != LF:
                    made[n] = LF
                    n += 1
        new_cuts[row + 1] = n
    return hits


@lru_cache(maxsize=1)
def _names() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Hashes of the names of references, ascending, and the one or two code points of each; none that gives an angle bracket."""
    meant = {name[:-1]: text for name, text in html5.items() if name[-1] == ";" and not {"<", ">"} & set(text)}
    names = list(meant)
    keys = _hashed(names)
    order = np.argsort(keys)
    firsts = np.array([ord(meant[names[i]][0]) for i in order], np.uint32)
    seconds = np.array([ord(meant[names[i]][1:] or "\0") for i in order], np.uint32)
    return keys[order], firsts, seconds


@lru_cache(maxsize=1)
def _elements() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Hashes of the names of elements, ascending, and what kind each is."""
    known = ((INLINE, markup.INLINE), (BLOCK, markup.BLOCK), (HIDDEN, markup.HIDDEN))
    kinds = {name: kind for kind, names in known for name in names.split()}
    keys = _hashed(["".join(chr(ord(char) | 0x20) for char in name) for name in kinds])
    order = np.argsort(keys)
    return keys[order], np.array(list(kinds.values()), np.int64)[order]


@lru_cache(maxsize=1)
def _western() -> npt.NDArray[np.uint32]:
    return np.array([0x80 + i if char == "\ufffd" else ord(char) for i, char in enumerate(_CP1252)], np.uint32)


OPERATIONS: Final[dict[str, Operation]] = {
    "decode_references": narrowed(
        looked(referring), by_codes(decode_references, lambda: _names()[0], lambda: _names()[1], lambda: _names()[2], _western)
    ),
    "strip_tags": by_codes(strip_tags, lambda: _elements()[0], lambda: _elements()[1]),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"decode_references": wants("&"), "strip_tags": wants("<")}
"""What the rows hold in which each of them may have work."""
