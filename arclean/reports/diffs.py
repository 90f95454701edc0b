"""Two texts side by side: which words went, came or changed."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from arclean.catalogue import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = re.compile(r"\s+|[^\s]+")
_CONTEXT: Final = 60
"""Characters shown on either side of a change."""
_LONGEST: Final = 4000
"""Characters compared of a line; what lies beyond is not looked at, since comparing takes the square of the length."""

Stretch = tuple[str, str]
"""What became of it (``same``, ``gone``, ``new``, ``skipped``) and what it says, with unseen characters written out."""


def stretches(before: str, after: str) -> list[Stretch]:
    r"""The words of two lines in the order of both.

    >>> stretches("a bb c", "a b c")
    [('same', 'a '), ('gone', 'bb'), ('new', 'b'), ('same', ' c')]
    """
    if not after:
        return [("gone", visible(before[:_LONGEST]))]
    old, new = (_WORDS.findall(text[:_LONGEST]) for text in (before, after))
    found: list[Stretch] = []
    for kind, first, last, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _shortened("".join(old[first:last]), first == 0, last == len(old))
        else:
            both = (("gone", "".join(old[first:last])), ("new", "".join(new[start:stop])))
            found += [(name, visible(text)) for name, text in both if text]
    return found


def _shortened(text: str, is_first: bool, is_last: bool) -> Iterator[Stretch]:
    """What stayed between two changes, without its middle if that is long."""
    head, tail = 0 if is_first else _CONTEXT, 0 if is_last else _CONTEXT
    if len(text) <= head + tail + _CONTEXT // 2:
        yield "same", visible(text)
        return
    if head:
        yield "same", visible(text[:head])
    yield "skipped", "…"
    if tail:
        yield "same", visible(text[-tail:])
