"""Transliteration, letter by letter: Arabic into the Latin characters of a published scheme, or back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from arclean.errors import unknown
from arclean.orthography.characters import Characters
from arclean.rule import CharRule
from arclean.rules import transliteration
from arclean.steps import Edit

DIRECTIONS: Final[Mapping[str, Mapping[str, CharRule]]] = MappingProxyType(
    {"to_latin": transliteration.TO_LATIN, "to_arabic": transliteration.TO_ARABIC}
)


@dataclass(frozen=True)
class Transliterate:
    """Write Arabic in Latin characters, or such text in Arabic.

    A scheme writes each of 51 letters and marks as one character; anything else stays. So the way there and back gives the same text, if
    that holds none of the characters into which the scheme writes: Latin words become Arabic letters on the way back.

    Attributes:
        scheme: ``buckwalter``, ``safebw`` (letters alone), ``xmlbw`` (nothing that XML reserves) or ``hsb`` (Habash, Soudi, Buckwalter).
        direction: ``to_latin`` or ``to_arabic``.

    Raises:
        UnknownName: there is no such scheme or direction.

    >>> Transliterate("buckwalter").text(pa.array(["مُحَمّد", None])).to_pylist()
    ['muHam~d', None]
    >>> Transliterate("buckwalter", "to_arabic").text(pa.array(["ktAb"])).to_pylist()
    ['كتاب']
    """

    scheme: str
    direction: str = "to_latin"

    def __post_init__(self) -> None:
        if self.direction not in tuple(DIRECTIONS):
            raise unknown("direction", str(self.direction), DIRECTIONS, "step 'transliterate'")
        schemes = DIRECTIONS[self.direction]
        if self.scheme not in tuple(schemes):
            raise unknown("scheme", str(self.scheme), schemes, "step 'transliterate'")

    @property
    def rule(self) -> CharRule:
        """The table of the scheme in this direction."""
        return DIRECTIONS[self.direction][self.scheme]

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, transliterated."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column transliterated, with the number of characters written anew."""
        return Characters((self.rule,)).edit(texts)
