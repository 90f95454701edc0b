"""What a text must hold somewhere for a pattern to match it, read off the pattern itself.

A pattern that may begin with anything has no beginnings to tell lines by, but words that none of its matches does without. They are
looked for in one walk over a line, all patterns at once; RE2 is asked about the lines that hold one.

The analysis is sound, never complete, as that of beginnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from arclean.boilerplate.prefixes import AnythingError, members, op, parsed

_MOST: Final = 400
"""Of so many factors one occurs."""
_MOST_TOGETHER: Final = 200
"""Texts that a piece of a pattern may match, as far as they are kept apart."""
_LONGEST: Final = 8
_ENOUGH: Final = 4
"""Characters from which on a factor tells enough: then fewer are better than longer ones."""
_BLANKS: Final = re.compile(" +")


@dataclass(frozen=True)
class Piece:
    """What is known of the texts that a piece of a pattern matches.

    Attributes:
        exact: all of them, if they are few.
        needed: each of them holds one of these.
    """

    exact: frozenset[str] | None = None
    needed: frozenset[str] | None = None

    @property
    def telling(self) -> frozenset[str] | None:
        """Each of the texts holds one of these; the best that is known."""
        return _better(self.needed, self.exact)


_ANYTHING: Final = Piece()
_NOTHING: Final = frozenset([""])


@lru_cache(maxsize=4096)
def factors(pattern: str) -> frozenset[str] | None:
    r"""Texts of at most eight characters, one of which each text holds that the RE2 pattern is found in; None if none are known.

    Characters are as `prefixes.alike` makes them, runs of spaces as one.

    >>> sorted(factors("^[^:]+: (?:شارك|طباعه) ?$"))
    [' شارك', ' طباعه']
    >>> factors(r"^\p{L}+[.]$") is None
    True
    """
    try:
        found = _sequence(parsed(pattern)).telling
    except (AnythingError, re.error, RecursionError, OverflowError):
        return None
    return None if found is None or len(found) > _MOST else _shortest({text[:_LONGEST] for text in found})


def _shortest(texts: set[str]) -> frozenset[str]:
    """Those that hold no other."""
    return frozenset(text for text in texts if not any(other in text for other in texts if other != text))


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return max((one, other), key=_worth)


def _worth(texts: frozenset[str] | None) -> tuple[int, int]:
    shortest = min((len(text.strip(" ")) for text in texts), default=0) if texts else 0
    return (min(shortest, _ENOUGH), -len(texts)) if texts and shortest else (-1, 0)


def _told(texts: frozenset[str] | None) -> frozenset[str] | None:
    """These, if they tell anything."""
    return texts if _worth(texts) > (0, 0) else None


def _sequence(nodes: Iterable[Any]) -> Piece:
    """Pieces one after the other: neighbours that are known to the letter grow together."""
    grown, best = _NOTHING, None
    whole = True
    for node in nodes:
        piece = _piece(*node)
        joined = None if piece.exact is None else _joined(grown, piece.exact)
        if joined is None:
            whole = False
            best = _better(best, _told(grown))
            grown = _NOTHING if piece.exact is None else piece.exact
            best = _better(best, _told(piece.needed))
        else:
            grown = joined
    return Piece(grown if whole else None, _told(_better(best, _told(grown))))


def _joined(one: frozenset[str], other: frozenset[str]) -> frozenset[str] | None:
    """Each text of one before each of the other, or None if they become too many or long."""
    if len(one) * len(other) > _MOST_TOGETHER or min(map(len, one)) > _LONGEST:
        return None
    return frozenset(_BLANKS.sub(" ", first + last) for first in one for last in other)


def _piece(kind: Any, value: Any) -> Piece:
    if kind is op.AT:
        return Piece(_NOTHING)
    if kind in (op.LITERAL, op.IN):
        chars = members([(kind, value)] if kind is op.LITERAL else value)
        return Piece(frozenset(chars)) if chars else _ANYTHING
    if kind is op.BRANCH:
        return _either([_sequence(branch) for branch in value[1]])
    if kind is op.SUBPATTERN and not value[1] and not value[2]:
        return _sequence(value[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(value[0], value[1], _sequence(value[2]))
    return _ANYTHING


def _either(pieces: list[Piece]) -> Piece:
    exact = None
    if all(piece.exact is not None for piece in pieces):
        exact = frozenset().union(*(piece.exact for piece in pieces if piece.exact is not None))
    telling = [_told(piece.telling) for piece in pieces]
    needed = None if any(one is None for one in telling) else frozenset().union(*(one for one in telling if one is not None))
    return Piece(exact if exact is not None and len(exact) <= _MOST_TOGETHER else None, needed)


def _repeated(least: int, most: Any, piece: Piece) -> Piece:
    needed = _told(piece.telling) if least else None
    if piece.exact is None or int(most) > _ENOUGH:
        return Piece(None, needed)
    exact: frozenset[str] | None = _NOTHING if least == 0 else frozenset()
    grown: frozenset[str] | None = _NOTHING
    for count in range(1, int(most) + 1):
        grown = None if grown is None else _joined(grown, piece.exact)
        if grown is None or exact is None:
            return Piece(None, needed)
        exact = exact | grown if count >= least else exact
    return Piece(exact, needed)
