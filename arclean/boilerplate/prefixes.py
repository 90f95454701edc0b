"""How a text must begin for a pattern to match it, read off the pattern itself.

Line rules are many and their patterns anchored; a line seldom begins as any of them asks. Knowing the beginnings, the engine passes over a
line after its first few characters, and asks RE2 about the rest only.

The analysis is sound, never complete: a pattern that it cannot read may begin with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arclean.boilerplate.kernels import DEPTH as DEPTH_OF_GLANCE
from arclean.quality import kernels
from arclean.quality.measures import kinds

try:
    from re import _constants, _parser  # type: ignore[attr-defined, unused-ignore]
except ImportError:  # Python 3.10
    import sre_constants as _constants
    import sre_parse as _parser

op: Final[Any] = _constants
"""The names of the nodes of a parsed pattern."""

DEPTH: Final = DEPTH_OF_GLANCE
"""How many characters of a beginning are looked at."""

END: Final = "\0"
"""Stands at the end of a beginning that is the whole text."""

_MOST: Final = 1_000
_CLASS: Final = re.compile(r"\\[pP](?:\{[^}]*\}|.)")
_HEX: Final = re.compile(r"\\x\{([0-9A-Fa-f]+)\}")
_WILD: Final = "\ue000"


@lru_cache(maxsize=1)
def folds() -> npt.NDArray[np.int32]:
    """int32, shape (0x110000,): what a code point counts as in a beginning: a letter or © as itself, a digit as 0, all else as a space.

    Fewer beginnings, and patterns that allow any sign can still be read; lines that only look alike are told apart by the pattern.
    """
    kind = kinds()
    letter = kind & kernels.LETTER != 0
    folded = np.where(letter, np.arange(len(kind), dtype=np.int32), np.int32(ord(" ")))
    folded[kind & kernels.DIGIT != 0] = ord("0")
    folded[ord("©")] = ord("©")
    return folded.astype(np.int32)


def alike(text: str) -> str:
    """A text as `folds` makes its characters.

    >>> alike("(رد 12!")
    ' رد 00 '
    """
    return "".join(chr(folds()[ord(char)]) for char in text)


_WIDEST: Final = 64


class AnythingError(Exception):
    """The pattern may begin with anything."""


@lru_cache(maxsize=4096)
def beginnings(pattern: str) -> frozenset[str] | None:
    r"""The beginnings, of at most `DEPTH` characters, that a text matched by the RE2 pattern can have; None if it may have any.

    A beginning shorter than `DEPTH` goes on in any way, unless it ends in `END`. Characters are as `alike` makes them.

    >>> sorted(beginnings("^(?:شارك|طباعه$)"))
    ['شارك', 'طباعه\x00']
    >>> beginnings("شارك") is None, beginnings(r"^\p{L}+ رد") is None
    (True, True)
    """
    try:
        found = _anchored(parsed(pattern))
    except (AnythingError, re.error, RecursionError, OverflowError):
        return None
    return frozenset(text for text in found if not any(text[:size] in found for size in range(1, len(text))))


def parsed(pattern: str) -> list[Any]:
    """The pattern as a tree; a class of Unicode is in it as a character that stands for anything.

    Raises:
        AnythingError: it has flags.
        re.error, RecursionError, OverflowError: Python cannot read it, though RE2 may.
    """
    tree = _parser.parse(_HEX.sub(lambda code: re.escape(chr(int(code[1], 16))), _CLASS.sub(_WILD, pattern)))
    if tree.state.flags & ~re.UNICODE:
        raise AnythingError
    return list(tree)


def _anchored(nodes: list[Any]) -> set[str]:
    """The beginnings of a sequence that has to start with ``^``, in each of its branches."""
    if not nodes:
        raise AnythingError
    kind, value = nodes[0]
    if kind is op.AT and value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
        done, live = _walk(nodes[1:], {""})
        return _checked(done | live)
    if kind is op.BRANCH:
        return set().union(*(_anchored([*branch, *nodes[1:]]) for branch in value[1]))
    if kind is op.SUBPATTERN and not value[1] and not value[2]:
        return _anchored([*value[3], *nodes[1:]])
    raise AnythingError


def _checked(found: set[str]) -> set[str]:
    if "" in found:
        raise AnythingError
    return found


def _walk(nodes: Iterable[Any], live: set[str]) -> tuple[set[str], set[str]]:
    """Beginnings that are settled, and those that the nodes leave open to what comes after."""
    done: set[str] = set()
    for kind, value in nodes:
        settled, live = _step(kind, value, live)
        done |= settled | {text for text in live if len(text) >= DEPTH}
        live = {text for text in live if len(text) < DEPTH}
        if len(done) + len(live) > _MOST:  # deep enough where something is known; what begins with nothing yet goes on
            done |= live - {""}
            live &= {""}
        if not live:
            break
    return done, live


def _step(kind: Any, value: Any, live: set[str]) -> tuple[set[str], set[str]]:
    if kind is op.LITERAL and chr(value) != _WILD:
        return set(), {text + alike(chr(value)) for text in live}
    if kind is op.IN and (chars := members(value)):
        return set(), {text + char for text in live for char in chars}
    if kind is op.BRANCH:
        both = [_walk(branch, live) for branch in value[1]]
        return set().union(*(done for done, _ in both)), set().union(*(rest for _, rest in both))
    if kind is op.SUBPATTERN and not value[1] and not value[2]:
        return _walk(value[3], live)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(value[0], value[1], value[2], live)
    if kind is op.AT and value in (op.AT_END, op.AT_END_STRING):
        return {text + END for text in live}, set()
    return live, set()  # anything may come here: what is known so far is all that is known


def _repeated(least: int, most: int, nodes: Any, live: set[str]) -> tuple[set[str], set[str]]:
    done: set[str] = set()
    open_now = set(live) if least == 0 else set()
    current = live
    for count in range(1, min(int(most), max(least, DEPTH)) + 1):
        settled, current = _walk(nodes, current)
        done |= settled
        if count >= least:
            open_now |= current
        if not current:
            break
    return done, open_now


def members(ranges: Any) -> set[str]:
    """The characters of a class, or none if it is negated, wide or not plain."""
    chars: set[str] = set()
    for kind, value in ranges:
        if kind is op.LITERAL and chr(value) != _WILD:
            chars.add(chr(value))
        elif kind is op.RANGE:
            chars |= set(map(chr, np.unique(folds()[value[0] : value[1] + 1])))
        else:
            return set()
        if len(chars) > _WIDEST:
            return set()
    return {alike(char) for char in chars}
