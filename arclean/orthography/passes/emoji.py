"""Emoji, sequence by sequence, by Unicode's own properties (UTS #51)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from arclean import columns
from arclean import compiling as nb
from arclean.orthography.passes.codes import Changed, Operation, by_codes, characters_of, table_of
from arclean.orthography.survey import Wants, wants
from arclean.rule import ContextRule
from arclean.rules import properties

EMOJI, PICTURE, PRESENTED, MODIFIER, FLAG, TAG = 1, 2, 4, 8, 16, 32
SPACE, LF, ZWJ, TEXT, COLOUR, KEYCAP = 0x20, 0x0A, 0x200D, 0xFE0E, 0xFE0F, 0x20E3
_FLAGS: Final = ((0x1F1E6, 0x1F1FF),)
_MODIFIERS: Final = ((0x1F3FB, 0x1F3FF),)
_TAGS: Final = ((0xE0020, 0xE007F),)


@lru_cache(maxsize=1)
def kinds() -> npt.NDArray[np.uint16]:
    """Flags of each code point: `EMOJI`, `PICTURE`, `PRESENTED` (an emoji without being asked to), `MODIFIER`, `FLAG`, `TAG`."""
    return table_of(
        [
            (EMOJI, (*properties.PICTOGRAPHS, *properties.EMOJI)),
            (PICTURE, properties.PICTOGRAPHS),
            (PRESENTED, properties.EMOJI_PRESENTATION),
            (MODIFIER, _MODIFIERS),
            (FLAG, _FLAGS),
            (TAG, _TAGS),
        ]
    )


@nb.njit(nogil=True, inline="always")
def _begins(codes, i, stop, kind):  # type: ignore[no-untyped-def]
    """Whether an emoji begins at ``codes[i]``: one by itself, or a sign with the selector that makes it one."""
    one = kind[codes[i]]
    after = codes[i + 1] if i + 1 < stop else np.uint32(0)
    if one & EMOJI == 0 or after == TEXT:
        return False
    # pictographs of these blocks are drawn in colour unasked; elsewhere stand arrows, squares, and signs such as that of copyright
    drawn = 0x2600 <= codes[i] <= 0x27BF or 0x1F000 <= codes[i] <= 0x1FAFF
    return one & PRESENTED != 0 or after == COLOUR or (drawn and one & PICTURE != 0)


@nb.njit(nogil=True)
def _end(codes, i, stop, kind):  # type: ignore[no-untyped-def]
    """Where the emoji that begins at ``codes[i]`` ends: selectors, skin tones, tags, and what is joined to it."""
    while True:
        if kind[codes[i]] & FLAG and i + 1 < stop and kind[codes[i + 1]] & FLAG:
            i += 1
        i += 1
        while i < stop and (codes[i] == COLOUR or codes[i] == KEYCAP or kind[codes[i]] & (MODIFIER | TAG)):
            i += 1
        if i + 1 >= stop or codes[i] != ZWJ or kind[codes[i + 1]] & EMOJI == 0:
            return i
        i += 1


@nb.njit(nogil=True, inline="always")
def _is_white(code):  # type: ignore[no-untyped-def]
    return code == SPACE or code == LF or code == 0 or code == 9


@nb.njit(nogil=True, cache=True)
def drop_emoji(codes, cuts, kind, made, new_cuts):  # type: ignore[no-untyped-def]
    """Emoji go; a space stays between words that they stood between, one of the two around them goes; answers how many went.

    Of a keycap the digit stays.
    """
    hits, n = 0, 0
    for row in range(cuts.shape[0] - 1):
        i, stop, home = cuts[row], cuts[row + 1], n
        while i < stop:
            if not _begins(codes, i, stop, kind):
                if codes[i] == KEYCAP or (codes[i] == COLOUR and i + 1 < stop and codes[i + 1] == KEYCAP):
                    hits += codes[i] == KEYCAP
                else:
                    made[n] = codes[i]
                    n += 1
                i += 1
                continue
            while i < stop and _begins(codes, i, stop, kind):
                hits += 1
                i = _end(codes, i, stop, kind)
            before = made[n - 1] if n > home else np.uint32(0)
            after = codes[i] if i < stop else np.uint32(0)
            if before == SPACE and (after == LF or after == 0):
                n -= 1
            elif _is_white(before) and after == SPACE:
                i += 1
            elif not _is_white(before) and not _is_white(after):
                made[n] = SPACE
                n += 1
        new_cuts[row + 1] = n
    return hits


def unasked() -> frozenset[str]:
    """The emoji that are pictures by themselves, and need no selector to be."""
    drawn = ((0x2600, 0x27BF), (0x1F000, 0x1FAFF))
    return frozenset(characters_of((*properties.EMOJI_PRESENTATION, *drawn))).intersection(characters_of(properties.EMOJI))


def _by_name(strings: columns.Strings, rule: ContextRule) -> Changed | None:
    """Emoji by name; the names are many, and read when the first is called."""
    from arclean.orthography.passes import emoji_names

    return emoji_names.named(strings, rule.operation)


WANTED: Final = unasked() | {chr(COLOUR), chr(KEYCAP)}
"""One of these is in every string of an emoji that has a name."""
_ANY: Final = ((KEYCAP, KEYCAP), *properties.PICTOGRAPHS, *properties.EMOJI)

OPERATIONS: Final[dict[str, Operation]] = {"drop_emoji": by_codes(drop_emoji, kinds), "alias_emoji": _by_name, "name_emoji": _by_name}
"""The passes, by the name that a `ContextRule` gives."""

WANTS: Final[dict[str, Wants]] = {"drop_emoji": wants(characters_of(_ANY)), "alias_emoji": wants(WANTED), "name_emoji": wants(WANTED)}
"""What the rows hold in which each of them may have work."""
