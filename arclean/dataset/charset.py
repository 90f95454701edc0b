"""Which table of characters some bytes were written by: byte order marks, the shape of UTF-8 and UTF-16, and what Arabic looks like.

Nothing is guessed: a table is named if the text it gives is plainly Arabic by its letters and its words, else none is.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from arclean.errors import SourceError, UnknownName, unknown
from arclean.rules import running_text

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE_BYTES: Final = 1 << 16
"""How much text with signs beyond ASCII is looked at; more says nothing new."""

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16, so it is asked for first."""

ENCODINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "utf-8": "utf-8",
        "utf-16": "utf-16-le",
        "utf-16-le": "utf-16-le",
        "utf-16-be": "utf-16-be",
        "utf-32-le": "utf-32-le",
        "utf-32-be": "utf-32-be",
        "cp1256": "cp1256",
        "windows-1256": "cp1256",
        "iso-8859-6": "iso8859_6",
        "mac-arabic": "mac_arabic",
        "cp720": "cp720",
        "cp1252": "cp1252",
        "windows-1252": "cp1252",
        "latin-1": "latin-1",
    }
)
"""The names that `--encoding` takes, each with Python's name of the codec. `cp720` is the Arabic of DOS."""

_ALSO: Final = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf16": "utf-16",
    "iso8859-6": "iso-8859-6",
    "macarabic": "mac-arabic",
    "iso-8859-1": "latin-1",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
}

LEGACY: Final = ("cp1256", "iso-8859-6", "mac-arabic", "cp720")
"""Tables of one byte a character that hold Arabic, in the order in which they are met; of two that fit alike the first is taken."""

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_WORDS: Final = re.compile(r"(?:[^\W\d_\x00-\x7f]|[\u064b-\u0652])+")
_ARABIC: Final = re.compile("[\u0621-\u063a\u0640-\u0652\u0679\u067e\u0686\u0688\u0691\u0698\u06a4\u06a9\u06af\u06ba\u06be\u06c1\u06d2]+")
_BADLY_BEGUN: Final = re.compile("^[\u0629\u0649\u0624\u0626\u064b-\u0652]|[\u0629\u0649][\u0621-\u063a\u0641-\u064a]")
_MARK: Final = re.compile("[\u0640\u064b-\u0652]")
_FEWEST: Final = 8
_ARTICLE_AND_ONE: Final = 3
_BITS: Final = {letter: math.log2(share / 1000) for letter, share in running_text.LETTERS.items()}
_RARE: Final = -12.0
"""What a letter says that Arabic text does not hold."""
_OF_MARK: Final = -6.0
"""What a vowel mark says: little text has any."""
_PLAIN: Final = -5.8
"""Arabic text is at -4.4 bits a letter, the same bytes read by another Arabic table at -6 and less."""
_KNOWN: Final = running_text.ARABIC | running_text.PERSIAN
_UNDEFINED: Final = "\ufffd"
_MOST_COMMON: Final = (0x00, 0x06, 0xFE)
_IS_WIDE_UPPER: Final = np.isin(np.arange(256), (0x00, 0x06, 0x20, *range(0x25, 0x28), *range(0xD8, 0xE0), 0xFB, 0xFD, 0xFE))
"""Upper bytes of UTF-16 in Arabic text: ASCII and Latin-1, Arabic, punctuation, symbols, halves of emoji, presentation forms."""


@dataclass(frozen=True)
class Charset:
    """A table of characters, and how it was found.

    Attributes:
        name: one of `ENCODINGS`.
        why: ``"byte order mark"``, ``"declared"``, ``"valid"`` or ``"Arabic words"``.
        mark: bytes of the byte order mark, which is no text.
    """

    name: str
    why: str
    mark: int = 0

    @property
    def codec(self) -> str:
        """Python's name for it."""
        return ENCODINGS[self.name]

    def decode(self, data: bytes, errors: str = "strict") -> str:
        """The text of some bytes, the byte order mark left out.

        Raises:
            UnicodeDecodeError: the bytes are not of this table, and `errors` is ``"strict"``.
        """
        return data[self.mark :].decode(self.codec, errors)


def demand_encoding(name: str) -> str:
    """The name as `ENCODINGS` has it: case and underscores do not matter.

    Raises:
        UnknownName: there is none.

    >>> demand_encoding("Windows_1256")
    'windows-1256'
    """
    plain = name.strip().lower().replace("_", "-")
    plain = _ALSO.get(plain, plain)
    if plain not in ENCODINGS:
        raise unknown("encoding", name, ("auto", *ENCODINGS))
    return plain


def sniff(data: bytes, declared: str | None = None) -> Charset | None:
    r"""The table that bytes were written by, or None if there is no telling: then it may be damaged, or a language of Europe.

    Args:
        data: a document, or the beginning of one: it may end inside a character.
        declared: the name that a header or a page gives. It is believed if the bytes fit it, unless they are UTF-8.

    >>> sniff("السلام عليكم".encode())
    Charset(name='utf-8', why='valid', mark=0)
    >>> sniff("وصل القطار إلى المحطة بعد ساعة من موعده".encode("cp1256"))
    Charset(name='cp1256', why='Arabic words', mark=0)
    >>> sniff("L'été à Paris".encode("latin-1")) is None
    True
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return Charset(name, "byte order mark", len(mark))
    wide = _wide(data)
    if wide is not None:
        return wide
    good, bad = _utf8_counts(data)
    if not bad or bad * 4 <= good:
        return Charset("utf-8", "valid")
    if declared is not None and (told := _declared(data, declared)) is not None:
        return told
    return None if good * 4 > bad else _legacy(data)


def decode(data: bytes, declared: str | None = None) -> tuple[str, Charset]:
    """The text of a document and the table it was written by.

    Raises:
        SourceError: there is no telling which.

    >>> decode("قال".encode("utf-16"))[0]
    'قال'
    """
    found = sniff(data, declared)
    if found is None:
        raise SourceError("the encoding is neither UTF-8 nor plainly Arabic; name it with `encoding`, or convert the file with iconv")
    return found.decode(data, "replace"), found


def _wide(data: bytes) -> Charset | None:
    """UTF-16 without a mark: every second byte is one of a few, the others are not."""
    pairs = np.frombuffer(data[: SAMPLE_BYTES & ~1], np.uint8)
    pairs = pairs[: len(pairs) & ~1].reshape(-1, 2)
    if len(pairs) < 4:
        return None
    for upper, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        common = np.isin(pairs[:, upper], _MOST_COMMON).mean()
        others = np.isin(pairs[:, 1 - upper], _MOST_COMMON).mean()
        if common >= 0.5 and others <= 0.1 and _IS_WIDE_UPPER[pairs[:, upper]].mean() >= 0.9:
            return Charset(name, "valid")
    return None


def _utf8_counts(data: bytes) -> tuple[int, int]:
    """Characters beyond ASCII that are UTF-8, and places that are not; a character cut off at the end is neither."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)
    else:
        return 1, 0
    bad = text.count(_UNDEFINED) - data.count(_UNDEFINED.encode())
    return len(text) - len(data) + len(_HIGH.findall(data)) - bad, bad


def _declared(data: bytes, declared: str) -> Charset | None:
    try:
        told = Charset(demand_encoding(declared), "declared")
    except UnknownName:
        return None
    text = told.decode(data, "replace")
    return told if text.count(_UNDEFINED) * 100 <= len(_HIGH.findall(data)) else None


def _legacy(data: bytes) -> Charset | None:
    """The table of one byte a character that makes Arabic of the bytes."""
    first = _HIGH.search(data)
    start = first.start() if first else 0
    sample = data[max(0, data.rfind(b"\n", 0, start) + 1) :][:SAMPLE_BYTES]
    weighed = [(_evidence(sample.decode(ENCODINGS[name], "replace")), name) for name in LEGACY]
    (_, sure), name = max(weighed, key=lambda one: one[0])
    if not sure:
        return None
    if name == "iso-8859-6" and sample.count(0xA0) > sample.count(0x20):  # the space between words that run from right to left
        name = "mac-arabic"
    return Charset(name, "Arabic words")


def _evidence(text: str) -> tuple[float, bool]:
    """What the letters of a text say, in bits a letter, and whether with its words that is plainly Arabic."""
    good = bad = known = 0
    letters = text.count(_UNDEFINED)
    bits = letters * _RARE
    for word in _WORDS.findall(text):
        plain = _MARK.sub("", word)
        letters += len(word)
        bits += sum(_BITS.get(letter, _RARE) for letter in plain) + (len(word) - len(plain)) * _OF_MARK
        right = _ARABIC.fullmatch(word) is not None and not _BADLY_BEGUN.search(word)
        good += right
        bad += not right
        known += right and (plain in _KNOWN or (plain.startswith("\u0627\u0644") and len(plain) > _ARTICLE_AND_ONE))
    mean = bits / max(letters, 1)
    return mean, mean > _PLAIN and letters >= _FEWEST and bad * 6 <= good <= known * 12 and known > 1
