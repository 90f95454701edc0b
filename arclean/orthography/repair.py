"""Misread text made good again, whatever was done to it and in whatever order: one damage may lie under another."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from arclean import columns
from arclean.orthography import western
from arclean.orthography.mojibake import AS_ARABIC, AS_WESTERN, Misreading, read_again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from arclean.orthography.hints import Hint

    Attempt = Callable[[str, int], str | None]

_DEEPEST: Final = 2


def _utf8(how: Misreading) -> Attempt:
    def attempt(text: str, depth: int) -> str | None:
        reading = read_again(text, how)
        if reading.text == text:
            return None
        if reading.convincing:
            return reading.text
        under = _under(reading.text, depth)
        return None if under is None or _others_do(text, attempt) else under

    return attempt


def _under(text: str, depth: int) -> str | None:
    """What comes out if another damage lies under the one just undone; the first that is convincing."""
    if depth >= _DEEPEST:
        return None
    return next((after for attempt in KINDS.values() if (after := attempt(text, depth + 1)) is not None), None)


def _others_do(text: str, attempt: Attempt) -> bool:
    """Whether there is evidence without this attempt: then what it decoded was chance, a letter and an ellipsis."""
    return any(other(text, _DEEPEST) is not None for other in KINDS.values() if other is not attempt)


def _cp1256(text: str, depth: int) -> str | None:  # noqa: ARG001
    return western.reread([text])[0]


KINDS: Final[Mapping[str, Attempt]] = MappingProxyType(
    {
        "repair_utf8_as_cp1252": _utf8(AS_WESTERN),
        "repair_utf8_as_cp1256": _utf8(AS_ARABIC),
        "repair_cp1256_as_cp1252": _cp1256,
    }
)
"""What may have been done to a text, by the name of the pass that undoes it."""


HINTS: Final[Mapping[str, Hint]] = MappingProxyType(
    {
        "repair_utf8_as_cp1252": AS_WESTERN.hint,
        "repair_utf8_as_cp1256": AS_ARABIC.hint,
        "repair_cp1256_as_cp1252": western.HINT,
    }
)
"""A text in which the hint of a kind is not found stays as it is. Python, which is slow, sees the others alone."""


def repaired(text: str, kind: str) -> str:
    """The text made good, if this kind of damage was done to it, and then of whatever damage comes to light.

    Each step makes the text shorter or leaves fewer accents in it, so that there is an end.

    >>> once = "السلام عليكم".encode().decode("cp1256")
    >>> repaired(once.encode().decode("latin-1"), "repair_utf8_as_cp1252")
    'السلام عليكم'
    """
    return all_repaired([text], kind)[0]


def all_repaired(texts: Sequence[str], kind: str) -> list[str]:
    """The same for each of many texts: what can be asked of all of them together is."""
    attempt = KINDS[kind]
    firsts = western.reread(texts) if attempt is _cp1256 else [attempt(text, 0) for text in texts]
    done = [text if after is None else after for text, after in zip(texts, firsts, strict=True)]
    changed = [place for place, after in enumerate(firsts) if after is not None]
    strings = columns.view(columns.string_array([done[place] for place in changed]))
    for which in np.flatnonzero(np.logical_or.reduce([hint.holding(strings) for hint in HINTS.values()])):
        done[changed[which]] = _settled(done[changed[which]])
    return done


def _settled(text: str) -> str:
    after: str | None = text
    while after is not None:
        text = after
        after = next((done for attempt in KINDS.values() if (done := attempt(text, 0)) is not None), None)
    return text
