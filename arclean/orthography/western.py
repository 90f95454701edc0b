"""windows-1256 that was read as windows-1252 or Latin-1: Arabic words that look like accents without letters between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclean.orthography import codepages
from arclean.orthography.hints import Hint, Pair
from arclean.orthography.mojibake import OTHER_ENDS, lines_with
from arclean.orthography.weights import HIGH_ACCENTS, LOW_ACCENTS, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

HINT: Final = Hint((Pair(LOW_ACCENTS, HIGH_ACCENTS, between="\x80-\x9f\xad"),))
"""A small letter before a capital one, both with accents."""
_RISE: Final = HINT.pattern
_MISREAD: Final = re.compile("[" + re.escape("".join(map(chr, sorted(codepages.WESTERN_TO_ARABIC)))) + "]+")


def reread(texts: Sequence[str]) -> list[str | None]:
    r"""Each text as windows-1256 has it, or None if it is not that; the whole of it if that is convincing, else the lines that are.

    >>> reread(["\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3", "na\xefve"])
    ['السلام عليكم', None]
    """
    return [
        (_changed(text) if whole.convincing else _by_lines(text)) if whole.rises else None
        for text, whole in zip(texts, weighed(texts), strict=True)
    ]


def _by_lines(text: str) -> str | None:
    spans = list(lines_with(_RISE, text))
    pieces: list[str] = []
    done = 0
    for (first, last), one in zip(spans, weighed([text[first:last] for first, last in spans]), strict=True):
        if one.convincing or OTHER_ENDS.search(text, first, last):
            pieces += (text[done:first], _changed(text[first:last]) if one.convincing else _parted(text[first:last]))
            done = last
    made = "".join((*pieces, text[done:]))
    return made if made != text else None


def _parted(line: str) -> str:
    parts = OTHER_ENDS.split(line)
    return "".join(_changed(part) if one.convincing else part for part, one in zip(parts, weighed(parts), strict=True))


def _changed(text: str) -> str:
    try:
        return text.encode("cp1252").decode("cp1256")
    except UnicodeEncodeError:  # it holds other characters as well, and to look each up in a table takes forty times as long
        if "\n" in text:
            return "\n".join(map(_changed, text.split("\n")))
        return _MISREAD.sub(lambda run: run[0].translate(codepages.WESTERN_TO_ARABIC), text)
