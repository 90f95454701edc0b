"""windows-1256 that was read as windows-1252 or Latin-1: Arabic words that look like accents without letters between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from arclean.orthography import codepages
from arclean.orthography.hints import Hint, Pair
from arclean.orthography.mojibake import lines_with

_ACCENTED: Final = "\xaa\xc0-\xd6\xd8-\xf6\xf8-\xff\u0160\u0161\u017d\u017e\u0178\u02dc\x81\x8a\x8d-\x90\x98\x9a\x9e\x9f"
"""What is read from a byte that is a letter or a mark in windows-1256."""
HINT: Final = Hint((Pair("\xdf-\xf6\xf8-\xff", "\xc0-\xd6\xd8-\xde", between="\x80-\x9f\xad"),))
_RISE: Final = HINT.pattern
"""A small letter before a capital one, both with accents: in windows-1256 the two cases are letters like any others."""
_WORDS: Final = re.compile(f"[A-Za-z{_ACCENTED}]*[{_ACCENTED}][A-Za-z{_ACCENTED}]*")
_ARABIC: Final = re.compile("[\u0621-\u063a\u0640-\u0652\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2]+")
_BADLY_BEGUN: Final = re.compile("^[\u0629\u0649\u0624\u0626\u064b-\u0652]|[\u0629\u0649][\u0621-\u063a\u0641-\u064a]")
"""No word begins with these letters, or goes on after those that only end one."""
_COMMON: Final = frozenset("\u0627\u0644\u064a\u0645\u0646\u0648\u0631\u062a\u0647\u0628\u0639")
"""Alef, lam, yeh, meem, noon, waw, reh, teh, heh, beh, ain: three letters in four."""
_SHARED: Final = re.compile("[\xe0\xe2\xe7-\xeb\xee\xef\xf4\xf9\xfb\xfc]")
"""Letters of French that windows-1256 has as well, in the same places."""
_MARKS: Final = re.compile("[\u0640\u064b-\u0652]")
_UNSEEN: Final = re.compile("[\x80-\x9f]")
"""Controls, which other rules strip: they are no evidence, so that it is the same before and after."""
_DIRECTIONS: Final = "\xfd\xfe"
"""As what the two marks of direction are read, which may stand before and after words."""
_MISREAD: Final = re.compile("[" + re.escape("".join(map(chr, sorted(codepages.WESTERN_TO_ARABIC)))) + "]+")
_ARTICLE: Final = "\u0627\u0644"
_LONG: Final = 5


class Evidence(NamedTuple):
    """What the words of a text speak for.

    Attributes:
        good: words that come out as Arabic.
        bad: words that do not: accents among Latin letters, letters in places where they cannot stand.
        rises: good words in which a small letter stands before a capital one, which no European word has.
        letters, common: letters of good words, and how many of them are frequent in Arabic.
        articles: good words that begin with the article.
        longest: letters of the longest word that has a rise.
    """

    good: int = 0
    bad: int = 0
    rises: int = 0
    letters: int = 0
    common: int = 0
    articles: int = 0
    longest: int = 0

    @property
    def convincing(self) -> bool:
        """Whether it is Arabic: two words, one of them with a rise, or a long one; hardly a bad one; common letters, or articles."""
        if not self.rises or self.letters < _LONG or self.bad * 8 > self.good:
            return False
        if self.good == 1:
            return self.longest >= _LONG and (self.articles == 1 or self.common * 2 > self.letters)
        return self.common * 5 >= self.letters * 2 or self.articles * 3 >= self.good


@lru_cache(maxsize=1 << 14)
def _told(word: str) -> Evidence | None:
    """What one word speaks for; None if it does not count."""
    word = _UNSEEN.sub("", word)
    word = word.strip(_DIRECTIONS) if len(word.strip(_DIRECTIONS)) != 1 else word
    arabic = word.translate(codepages.WESTERN_TO_ARABIC)
    if arabic == word:
        return None
    if not _ARABIC.fullmatch(arabic) or _BADLY_BEGUN.search(arabic):
        return Evidence(bad=1)
    arabic = _MARKS.sub("", arabic)
    rises = _RISE.search(word) is not None
    return Evidence(
        good=1,
        rises=int(rises),
        letters=len(arabic),
        common=sum(letter in _COMMON for letter in arabic),
        articles=int(arabic.startswith(_ARTICLE) and len(arabic) > len(_ARTICLE) + 1),
        longest=len(arabic) if rises else 0,
    )


def weighed(text: str) -> Evidence:
    r"""The evidence of a text.

    >>> weighed("\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3").convincing
    True
    >>> weighed("\xc4\xd6\xdc \xe4\xf6\xfc \xc5\xc4\xd6").convincing
    False
    """
    told = [one for one in map(_told, _WORDS.findall(text)) if one is not None]
    if not told:
        return Evidence()
    *counts, longest = zip(*told, strict=True)
    return Evidence._make((*map(sum, counts), max(longest)))


def reread(text: str) -> str | None:
    """The text as windows-1256 has it, or None if it is not that; the whole of it if that is convincing, else the lines that are."""
    if not _RISE.search(text):
        return None
    if weighed(text).convincing:
        return _changed(text)
    pieces: list[str] = []
    done = 0
    for first, last in lines_with(_RISE, text):
        line = text[first:last]
        if weighed(line).convincing:
            pieces += (text[done:first], _changed(line))
            done = last
    after = "".join((*pieces, text[done:]))
    return None if after == text else after


def _changed(text: str) -> str:
    try:
        return text.encode("cp1252").decode("cp1256")
    except UnicodeEncodeError:  # it holds other characters as well, and to look each up in a table takes forty times as long
        if "\n" in text:
            return "\n".join(map(_changed, text.split("\n")))
        return _MISREAD.sub(lambda run: run[0].translate(codepages.WESTERN_TO_ARABIC), text)
