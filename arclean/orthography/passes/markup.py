"""What is left of HTML in a text: character references, tags, comments. One walk each, that looks back when something closes.

Markup is seen in the text as later rules will leave it: through what they drop, and in what they write as ASCII. So none comes to light
only by their work. A walk therefore keeps, beside what it has made, that text, `plain`, and where its characters stand, `places`.
"""

from __future__ import annotations

from functools import lru_cache
from html.entities import html5
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import compiling as nb
from arclean import masks
from arclean.orthography.kernels import CODE, ONE, U, code_at, lower_bound
from arclean.orthography.narrowed import looked, narrowed
from arclean.orthography.passes.codes import CODES, Operation, by_codes
from arclean.orthography.survey import Wants, wants
from arclean.rules import markup

AMPERSAND, SEMICOLON, HASH, LESS, MORE, SLASH, BANG, DASH, LF = 0x26, 0x3B, 0x23, 0x3C, 0x3E, 0x2F, 0x21, 0x2D, 0x0A
LONGEST = 34
"""Code points of the longest reference."""
INLINE, BLOCK, HIDDEN = 1, 2, 3
DROPPED, OTHER = 0xFE, 0xFF
"""As what a character is seen that is no ASCII: as nothing, because a later rule drops it, or as some other character."""
WIDE = 0xEF, 0xBC, 0x86
"""The bytes of a full-width ampersand."""
PRIME = np.uint64(0x100000001B3)
BASIS = np.uint64(0xCBF29CE484222325)
_CP1252: Final = bytes(range(0x80, 0xA0)).decode("cp1252", "replace")


@nb.njit(nogil=True, inline="always")
def _hash(made, i, j, fold=0):  # type: ignore[no-untyped-def]
    """FNV-1a over ``made[i:j]``, letter case as it is; with 0x20 to fold, that of the name in small letters."""
    mixed = BASIS
    for k in range(i, j):
        mixed = (mixed ^ (np.uint64(made[k]) | np.uint64(fold))) * PRIME
    return mixed


@nb.njit(nogil=True, inline="always")
def _put(code, seen, made, n, plain, places, m):  # type: ignore[no-untyped-def]
    """Write a code point, and as what it is seen; answers where the next ones go."""
    made[n] = code
    if seen[code] != DROPPED:
        plain[m] = seen[code]
        places[m] = n
        m += 1
    return n + 1, m


@nb.njit(nogil=True, cache=True)
def hash_name(name):  # type: ignore[no-untyped-def]
    """The hash of a name (uint32, code points), as the passes look it up."""
    return _hash(name, 0, name.shape[0])


def _hashed(names: list[str]) -> npt.NDArray[np.uint64]:
    return np.array([hash_name(np.array(list(map(ord, name)), np.uint32)) for name in names], np.uint64)


@nb.njit(nogil=True)
def _find(key, keys):  # type: ignore[no-untyped-def]
    """Where a hash stands among ascending ones, or -1."""
    at = lower_bound(keys, key)
    return at if at < keys.shape[0] and keys[at] == key else -1


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
def _last_reference(plain, m, keys):  # type: ignore[no-untyped-def]
    """Where the reference begins that ends with ``plain[:m]``, the code point if it gives a number, and else its place among the names.

    If there is none, it begins at -1.
    """
    i = m - 2
    while i >= 0 and m - i <= LONGEST and plain[i] != AMPERSAND and plain[i] != SEMICOLON and plain[i] < 0x7F:
        i -= 1
    if i < 0 or plain[i] != AMPERSAND or i > m - 4:
        return -1, 0, -1
    if plain[i + 1] == HASH:
        code = _number(plain, i + 2, m - 1)
        return (i, code, -1) if code else (-1, 0, -1)
    at = _find(_hash(plain, i + 1, m - 1), keys)
    if at < 0:
        at = _find(_hash(plain, i + 1, m - 1, 0x20), keys)
    return (i, 0, at) if at >= 0 else (-1, 0, -1)


@nb.njit(nogil=True, cache=True)
def decode_references(codes, cuts, seen, keys, firsts, seconds, western, made, new_cuts):  # type: ignore[no-untyped-def]
    """Character references decoded, those that decoding uncovers too; answers how many."""
    hits, n = 0, np.int64(0)  # beginning as literals, n and m would compile what is called twice
    plain, places = np.empty(codes.shape[0] + 1, np.uint8), np.empty(codes.shape[0] + 1, np.int64)
    for row in range(cuts.shape[0] - 1):
        m = np.int64(0)
        for i in range(cuts[row], cuts[row + 1]):
            kind = seen[codes[i]]
            if kind == OTHER or (m == 0 and kind != AMPERSAND):  # no reference goes over it
                made[n] = codes[i]
                n, m = n + 1, 0
                continue
            n, m = _put(codes[i], seen, made, n, plain, places, m)
            while m and plain[m - 1] == SEMICOLON:
                start, code, at = _last_reference(plain, m, keys)
                if start < 0:
                    break
                n, m = places[start], start
                if at < 0:
                    n, m = _put(western[code - 0x80] if 0x80 <= code < 0xA0 else CODE(code), seen, made, n, plain, places, m)
                else:
                    n, m = _put(firsts[at], seen, made, n, plain, places, m)
                    if seconds[at]:
                        n, m = _put(seconds[at], seen, made, n, plain, places, m)
                hits += 1
        new_cuts[row + 1] = n
    return hits


@nb.njit(nogil=True)
def _refers(data, q, stop, seen, keys, plain):  # type: ignore[no-untyped-def]
    """Whether what begins with the ampersand before byte q is a reference; ``plain`` (uint8) has room for the longest."""
    plain[0], m = AMPERSAND, 1
    while q < stop and m <= LONGEST:
        code, step = code_at(data, q)
        kind = seen[code]
        if kind == AMPERSAND or kind == OTHER:
            return False
        if kind != DROPPED:
            plain[m] = kind
            m += 1
        if kind == SEMICOLON:
            return _last_reference(plain, m, keys)[0] == 0
        q += step
    return False


@nb.njit(nogil=True, cache=True)
def referring(bounds, data, seen, keys, rows):  # type: ignore[no-untyped-def]
    """Set ``rows[i]`` (bool) to whether row i holds a reference that is decoded.

    What decoding uncovers need not be looked for: before there is any, one reference is decoded that stands in the row as it is.
    """
    plain = np.empty(LONGEST + 1, np.uint8)
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        found = False
        while p < stop and not found:
            window = masks.window(data, p)
            signs = (masks.equal(window, np.uint8(AMPERSAND)) | masks.equal(window, np.uint8(WIDE[0]))) & masks.upto(stop - p)
            while signs and not found:
                q = p + masks.first(signs)
                if data[q] == AMPERSAND:
                    found = _refers(data, q + ONE, stop, seen, keys, plain)
                elif data[q + ONE] == WIDE[1] and data[q + U(2)] == WIDE[2]:
                    found = _refers(data, q + U(3), stop, seen, keys, plain)
                signs &= signs - ONE
            p += masks.SIZE
        rows[row] = found


@nb.njit(nogil=True, inline="always")
def _is_letter(code):  # type: ignore[no-untyped-def]
    return 0x61 <= (code | 0x20) <= 0x7A


@nb.njit(nogil=True)
def _tag(plain, i, m, keys, kinds):  # type: ignore[no-untyped-def]
    """What kind of element the tag ``plain[i:m]`` is of, 0 if it is none that HTML has, and whether it closes one."""
    i += 1
    closing = i < m and plain[i] == SLASH
    i += closing
    j = i
    while j < m and (_is_letter(plain[j]) or (j > i and 0x30 <= plain[j] <= 0x39)):
        j += 1
    if j == i or not (plain[j] == MORE or plain[j] == SLASH or plain[j] <= 0x20):
        return 0, closing
    at = _find(_hash(plain, i, j, 0x20), keys)
    return (kinds[at] if at >= 0 else 0), closing


@nb.njit(nogil=True, cache=True)
def strip_tags(codes, cuts, seen, keys, kinds, made, new_cuts):  # type: ignore[no-untyped-def]
    """Tags of HTML elements, comments, and what scripts and styles hold, dropped; a line end where a block began or ended.

    Whatever stands between angle brackets is looked at when it closes, so that a tag put together by dropping another goes too.
    """
    hits, n = 0, 0
    plain, places = np.empty(codes.shape[0] + 1, np.uint8), np.empty(codes.shape[0] + 1, np.int64)
    opened = np.empty(codes.shape[0] + 1, np.int64)
    for row in range(cuts.shape[0] - 1):
        m, depth, comment, hidden = 0, 0, -1, -1
        for i in range(cuts[row], cuts[row + 1]):
            n, m = _put(codes[i], seen, made, n, plain, places, m)
            kind = seen[codes[i]]
            if kind == LESS:
                opened[depth] = m - 1
                depth += 1
            elif kind == DASH and m >= 4 and comment < 0:
                if plain[m - 4] == LESS and plain[m - 3] == BANG and plain[m - 2] == DASH:
                    comment = m - 4
            elif kind == MORE:
                if comment >= 0 and m - comment >= 7 and plain[m - 2] == DASH and plain[m - 3] == DASH:
                    n, m, comment = places[comment], comment, -1
                    hidden = -1 if hidden > m else hidden
                    hits += 1
                    while depth and opened[depth - 1] >= m:
                        depth -= 1
                    continue
                if depth == 0:
                    continue
                depth -= 1
                start = opened[depth]
                element, closing = _tag(plain, start, m, keys, kinds)
                if element == 0:
                    continue
                hits += 1
                n, m = places[start], start
                if element == HIDDEN and closing and 0 <= hidden <= m:
                    n, m, hidden = places[hidden], hidden, -1
                elif element == HIDDEN and not closing:
                    hidden = m
                comment = -1 if comment >= m else comment
                hidden = -1 if hidden > m else hidden
                while depth and opened[depth - 1] >= m:
                    depth -= 1
                if element == BLOCK and m and plain[m - 1] != LF:
                    n, m = _put(CODE(LF), seen, made, n, plain, places, m)
        new_cuts[row + 1] = n
    return hits


@lru_cache(maxsize=1)
def seen() -> npt.NDArray[np.uint8]:
    """uint8, shape (0x110000,): the ASCII character as which each code point is seen, or `DROPPED`, or `OTHER`."""
    table = np.full(CODES, OTHER, np.uint8)
    table[:0x80] = range(0x80)
    table[[ord(char) for char in markup.SEEN_AS]] = [ord(plain) for plain in markup.SEEN_AS.values()]
    for first, last in markup.SEEN_THROUGH:
        table[first : last + 1] = DROPPED
    return table


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
        looked(referring, seen, lambda: _names()[0]),
        by_codes(decode_references, seen, lambda: _names()[0], lambda: _names()[1], lambda: _names()[2], _western),
    ),
    "strip_tags": by_codes(strip_tags, seen, lambda: _elements()[0], lambda: _elements()[1]),
}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {
    "decode_references": wants("&\N{FULLWIDTH AMPERSAND}"),
    "strip_tags": wants("<\N{FULLWIDTH LESS-THAN SIGN}"),
}
"""What the rows hold in which each of them may have work."""
