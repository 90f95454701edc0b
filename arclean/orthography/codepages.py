"""What the bytes of a file look like when they are read by a table that is not theirs, and how to have the bytes back."""

from __future__ import annotations

import re
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from arclean.rules import forms, width

if TYPE_CHECKING:
    from collections.abc import Mapping

_HIGH: Final = range(0x80, 0x100)
_PLANE: Final = 0xFFFF
_UNUSED: Final = 0xF700
UNREAD: Final = "".join(chr(_UNUSED + code) for code in (*range(0x80, 0x85), *range(0x86, 0xA0), 0xAD))
"""What stands for controls and the soft hyphen in a page that reads no byte as them, for the brackets of a pattern; not a line end."""

UTF8: Final = "[\xc2-\xdd][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
"""A character of UTF-8 that is not ASCII, as a pattern over bytes; a few that match are none after all, which only decoding tells.

DE and DF are left out: behind them stand Thaana and N'Ko, and kaf or sharp s before a sign is what was written.
"""


def image(byte: int, page: str) -> str:
    r"""The character as which a byte is read; a hole in the table is read as the C1 control of that number, as browsers do.

    >>> image(0xC7, "cp1256"), image(0xC7, "cp1252"), image(0x81, "cp1252")
    ('ا', 'Ç', '\x81')
    """
    try:
        return bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


def _bytes_behind(*pages: str) -> dict[int, int]:
    """Code point to byte; what no byte is read as, from U+0080 to U+00FF, to private code points, so that it is not taken for a byte."""
    behind = {code: _UNUSED + code for code in _HIGH}
    for page in pages:
        behind |= {ord(image(byte, page)): byte for byte in _HIGH}
    return behind


WESTERN: Final[Mapping[int, int]] = MappingProxyType(_bytes_behind("latin-1", "cp1252"))
"""Characters as which a byte is read by windows-1252 or by Latin-1: they differ in 80 to 9F, and no character has two bytes."""

ARABIC: Final[Mapping[int, int]] = MappingProxyType(_bytes_behind("cp1256"))
"""Characters as which a byte is read by windows-1256."""

SHAPED: Final[Mapping[int, int]] = MappingProxyType(
    {
        ord(shape): ARABIC[ord(letter)]
        for shape, letter in chain(forms.FORMS.items(), width.PLAIN_MATHEMATICAL_LETTERS.table.items())
        if len(letter) == 1 and ord(letter) in ARABIC
    }
)
"""Shapes of the letters of windows-1256: no byte is read as one, but a later rule makes the letter of it, which must not come as news."""

WESTERN_TO_ARABIC: Final[Mapping[int, str]] = MappingProxyType(
    {code: image(byte, "cp1256") for code, byte in WESTERN.items() if ord(image(byte, "cp1256")) != code}
)
"""Characters as which windows-1252 or Latin-1 read a byte to those as which windows-1256 reads it, where they differ."""


def characters(codes: Mapping[int, int], first: int, last: int) -> str:
    """The characters of the first plane that a page reads from bytes `first` to `last`, ready to stand in the brackets of a pattern."""
    return re.escape("".join(sorted(chr(code) for code, byte in codes.items() if first <= byte <= last and code <= _PLANE)))
