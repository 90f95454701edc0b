"""The slow, obvious twin of the weights of misread words: one word after the other, by patterns and tables of Python."""

from __future__ import annotations

import re
from typing import Final

from arclean.orthography import codepages
from arclean.orthography.weights import Evidence
from arclean.orthography.western import HINT

ACCENTED: Final = "\xaa\xc0-\xd6\xd8-\xf6\xf8-\xff\u0160\u0161\u017d\u017e\u0178\u02dc\x81\x8a\x8d-\x90\x98\x9a\x9e\x9f"
WORDS: Final = re.compile(f"[A-Za-z\xad{ACCENTED}]*[{ACCENTED}][A-Za-z\xad{ACCENTED}]*")
ARABIC: Final = re.compile("[\u0621-\u063a\u0640-\u0652\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2]+")
BADLY_BEGUN: Final = re.compile("^[\u0629\u0649\u0624\u0626\u064b-\u0652]|[\u0629\u0649][\u0621-\u063a\u0641-\u064a]")
COMMON: Final = frozenset("\u0627\u0644\u064a\u0645\u0646\u0648\u0631\u062a\u0647\u0628\u0639")
MARKS: Final = re.compile("[\u0640\u064b-\u0652]")
UNSEEN: Final = re.compile("[\x80-\x9f\xad]")
DIRECTIONS: Final = "\xfd\xfe"
ARTICLE: Final = "\u0627\u0644"


def told(word: str) -> Evidence | None:
    """What one word speaks for; None if it does not count."""
    word = UNSEEN.sub("", word)
    word = word.strip(DIRECTIONS) if len(word.strip(DIRECTIONS)) != 1 else word
    arabic = word.translate(codepages.WESTERN_TO_ARABIC)
    if arabic == word:
        return None
    if not ARABIC.fullmatch(arabic) or BADLY_BEGUN.search(arabic):
        return Evidence(bad=1)
    arabic = MARKS.sub("", arabic)
    rises = HINT.pattern.search(word) is not None
    return Evidence(
        good=1,
        rises=int(rises),
        letters=len(arabic),
        common=sum(letter in COMMON for letter in arabic),
        articles=int(arabic.startswith(ARTICLE) and len(arabic) > len(ARTICLE) + 1),
        longest=len(arabic) if rises else 0,
    )


def weighed(text: str) -> Evidence:
    """The evidence of a text."""
    every = [one for one in map(told, WORDS.findall(text)) if one is not None]
    if not every:
        return Evidence()
    *counts, longest = zip(*every, strict=True)
    return Evidence._make((*map(sum, counts), max(longest)))
