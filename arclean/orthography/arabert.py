"""The passes of AraBERT's preprocessors, written from what they do: references, names, repeats, and the alphabet of the models."""

from __future__ import annotations

import html
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean import compiling as nb
from arclean.orthography.kernels import ONE, SPACE, U, code_at, put
from arclean.orthography.survey import wants
from arclean.orthography.table import CODES
from arclean.rules import arabert, classes

if TYPE_CHECKING:
    from arclean.rule import ContextRule

OTHER, SIGN, DIGIT, ARABIC, LATIN = range(5)
"""What a character is in the alphabet; of OTHER there is none in it."""
AT, SLASH, DASH = np.uint8(ord("@")), np.uint8(ord("/")), np.uint8(ord("-"))
_Table = npt.NDArray[np.uint8]
_Ranges = Iterable[tuple[int, int]]


def _table(*members: tuple[_Ranges, int]) -> _Table:
    table = np.zeros(CODES, np.uint8)
    for ranges, kind in members:
        for first, last in ranges:
            table[first : last + 1] = kind
    return table


@lru_cache(maxsize=2)
def _alphabet(tweets: bool) -> _Table:
    """uint8, shape (0x110000,): what each code point is in the alphabet."""
    signs = (*arabert.SIGNS, *arabert.EMOJI) if tweets else arabert.SIGNS
    return _table((signs, SIGN), (((0x30, 0x39),), DIGIT), (arabert.ARABIC, ARABIC), (arabert.LATIN, LATIN))


@lru_cache(maxsize=1)
def _names() -> _Table:
    """uint8, shape (0x110000,): 1 for what may stand in a name after @: letters, numbers and the low line, no marks."""
    letters = (*classes.LETTERS, *classes.FORM_LETTERS, *classes.OTHER_LETTERS)
    return _table((letters, 1), (classes.DIGITS, 1), (arabert.OTHER_NUMBERS, 1), (((0x5F, 0x5F),), 1))


@lru_cache(maxsize=1)
def _digits() -> _Table:
    return _table((classes.DIGITS, 1))


def unescape(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """Character references as HTML 5 reads them, by the standard library; counts texts."""
    before = columns.build(strings.bounds, strings.data, strings).to_pylist()
    after = [text if text is None else html.unescape(text) for text in before]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    return (pa.array(after, strings.type), changed) if changed else None


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def replace_names(bounds, data, names, token, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows with each @ and the name after it as the token; answers bytes written and names replaced."""
    at = U(0)
    replaced = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        while p < stop:
            q = p + ONE
            if data[p] == AT:
                while q < stop:
                    code, step = code_at(data, q)
                    if names[code] == 0:
                        break
                    q += step
            if data[p] == AT and q > p + ONE:
                at = put(out, at, token, U(0), token.shape[0])
                replaced += 1
            else:
                out[at] = data[p]
                at += ONE
                q = p + ONE
            p = q
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at), replaced


def mentions(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """Names with @ as a token; counts them."""
    token = np.frombuffer(arabert.IN_PLACE_OF_A_NAME.encode(), np.uint8).copy()
    first, last = int(strings.bounds[0]), int(strings.bounds[-1])
    signs = int(np.count_nonzero(strings.data[first:last] == AT))
    bounds, out = np.empty(len(strings) + 1, np.int64), columns.room(last - first + signs * len(token))
    size, replaced = replace_names(strings.bounds, strings.data, _names(), token, bounds, out)
    return (columns.build(bounds, out[:size], strings), int(replaced)) if replaced else None


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def cap_repeats(bounds, data, digits, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows with three or more of a character that is no digit as two; answers bytes written."""
    at = U(0)
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        last, run = -1, 0
        while p < stop:
            code, step = code_at(data, p)
            run = run + 1 if np.int64(code) == last else 1
            last = np.int64(code)
            if run < 3 or digits[code]:
                at = put(out, at, data, p, step)
            p += step
        new_bounds[row + 1] = np.int64(at)
    return np.int64(at)


def repeats(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """At most two of a character in a row, digits aside; counts texts."""
    bounds, out = np.empty(len(strings) + 1, np.int64), columns.room(int(strings.bounds[-1] - strings.bounds[0]))
    size = cap_repeats(strings.bounds, strings.data, _digits(), bounds, out)
    changed = int((np.diff(bounds) != np.diff(strings.bounds)).sum())
    return (columns.build(bounds, out[:size], strings), changed) if changed else None


@nb.njit(nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _run_end(data, p, stop, alphabet):  # type: ignore[no-untyped-def]
    """Kind and end of the run of letters or digits that starts at byte p; kind `OTHER` if none does."""
    if p >= stop:
        return OTHER, p
    kind = np.int64(alphabet[code_at(data, p)[0]])
    if kind < DIGIT:
        return OTHER, p
    while p < stop:
        code, step = code_at(data, p)
        if np.int64(alphabet[code]) != kind:
            break
        p += step
    return kind, p


@nb.njit(nogil=True, inline="always")  # type: ignore[untyped-decorator, unused-ignore]
def _breaks(before, one, two, after):  # type: ignore[no-untyped-def]
    """Whether the runs one and two are set apart from each other and from what is around: a number and an Arabic word, and the reverse.

    The reverse only where neither is set apart already.
    """
    return (one == DIGIT and two == ARABIC) or (one == ARABIC and two == DIGIT and before != DIGIT and after != ARABIC)


@nb.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator, unused-ignore]
def spell(bounds, data, alphabet, new_bounds, out):  # type: ignore[no-untyped-def]
    """Write the rows as words of the alphabet with single spaces between; answers bytes written and rows changed.

    A sign is a word; a slash is a dash. Runs of digits, of Arabic, and of Latin letters and brackets hang together, except around a number
    beside Arabic. The kinds of three runs back and two ahead say where that is.
    """
    at = U(0)
    changed = 0
    new_bounds[0] = 0
    for row in range(bounds.shape[0] - 1):
        p, stop, home = U(bounds[row]), U(bounds[row + 1]), at
        while p < stop:
            code, step = code_at(data, p)
            kind = np.int64(alphabet[code])
            if kind == OTHER:
                p += step
                continue
            if at > home:
                out[at] = SPACE
                at += ONE
            if kind == SIGN:
                if data[p] == SLASH:
                    out[at] = DASH
                    at += ONE
                else:
                    at = put(out, at, data, p, step)
                p += step
                continue
            back3 = back2 = back1 = OTHER
            now, end = _run_end(data, p, stop, alphabet)
            after1, end1 = _run_end(data, end, stop, alphabet)
            while now != OTHER:
                after2, end2 = _run_end(data, end1, stop, alphabet)
                apart = _breaks(back1, now, after1, after2) or _breaks(back2, back1, now, after1) or _breaks(back3, back2, back1, now)
                if back1 != OTHER and apart:
                    out[at] = SPACE
                    at += ONE
                at = put(out, at, data, p, end - p)
                back3, back2, back1 = back2, back1, now
                now, p, end = after1, end, end1
                after1, end1 = after2, end2
        new_bounds[row + 1] = np.int64(at)
        same = at - home == stop - U(bounds[row])
        if same:
            for i in range(at - home):
                if out[home + i] != data[U(bounds[row]) + i]:
                    same = False
                    break
        changed += not same
    return np.int64(at), changed


def _spelt(strings: columns.Strings, tweets: bool) -> tuple[pa.Array, int] | None:
    bounds, out = np.empty(len(strings) + 1, np.int64), columns.room(2 * int(strings.bounds[-1] - strings.bounds[0]))
    size, changed = spell(strings.bounds, strings.data, _alphabet(tweets), bounds, out)
    return (columns.build(bounds, out[:size].copy(), strings), int(changed)) if changed else None


def alphabet(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """The words of the alphabet, single spaces between; counts texts."""
    return _spelt(strings, False)


def tweet_alphabet(strings: columns.Strings, rule: ContextRule) -> tuple[pa.Array, int] | None:  # noqa: ARG001
    """The same with emoji."""
    return _spelt(strings, True)


OPERATIONS: Final = {
    "arabert_unescape": unescape,
    "arabert_mentions": mentions,
    "arabert_repeats": repeats,
    "arabert_alphabet": alphabet,
    "arabert_tweet_alphabet": tweet_alphabet,
}
"""The passes, by the name that a `ContextRule` gives."""
WANTS: Final = {"arabert_unescape": wants("&"), "arabert_mentions": wants("@")}
"""In which rows they may have anything to do; the others look at each."""
