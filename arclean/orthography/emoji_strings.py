"""The strings of emoji that have a name, in every way to write them: with U+FE0F, which asks for a picture, and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final

from arclean.orthography.passes.codes import characters_of
from arclean.orthography.passes.emoji import unasked

_ZWJ: Final = "\N{ZERO WIDTH JOINER}"
_PICTURE: Final = "\N{VARIATION SELECTOR-16}"
_TEXT: Final = "\N{VARIATION SELECTOR-15}"
_KEYCAP: Final = "\N{COMBINING ENCLOSING KEYCAP}"
_BLACK_FLAG: Final = "\N{WAVING BLACK FLAG}"
_TONES: Final = characters_of(((0x1F3FB, 0x1F3FF),))
_TAGS: Final = characters_of(((0xE0020, 0xE007F),))
_NEVER_ASKED: Final = frozenset((_ZWJ, _KEYCAP, *_TONES, *_TAGS, *characters_of(((0x1F1E6, 0x1F1FF),))))
"""What no selector stands behind."""
_OUT_OF_PLACE: Final = re.compile(r"""[ :،/"()]+""")


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """The short name of each sequence, without U+FE0F.

    >>> names()["\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"]
    'قبول: بشرة بلون معتدل'
    """
    from arclean.rules import emoji_names

    said = dict(line.split(" ", 1) for line in emoji_names.NAMES.strip().split("\n"))
    tones = {tone: said[f"{ord(tone):X}"] for tone in _TONES}
    found: dict[str, str] = {}
    for sequence, name in said.items():
        pattern = "".join(code if code in "TU" else chr(int(code, 16)) for code in sequence.split("-"))
        if "T" not in pattern:
            found[pattern] = name
            continue
        for tone, other in product(_TONES, _TONES if "U" in pattern else ("",)):
            if tone != other:
                toned = pattern.replace("T", tone).replace("U", other)
                found[toned] = name.replace("T", tones[tone]).replace("U", tones.get(other, ""))
    return found


@lru_cache(maxsize=1)
def strings() -> MappingProxyType[str, str]:
    """What each string of an emoji is called; of strings that are to stay, because they ask for text or have no name, nothing.

    The longest string that stands in a text is meant. A sign that is text unless it asks to be a picture (©) has to ask.
    """
    found: dict[str, str] = {}
    pictures = unasked()
    for sequence, name in names().items():
        found |= dict.fromkeys(_ways(sequence) if len(sequence) > 1 or sequence in pictures else [sequence + _PICTURE], name)
        if not sequence.endswith(_KEYCAP):
            found[sequence[0] + _TEXT] = ""
    return MappingProxyType(found | dict.fromkeys((_BLACK_FLAG + tag for tag in _TAGS), ""))


def _ways(sequence: str) -> Iterator[str]:
    """The sequence with a selector or none behind each character that takes one."""
    return map("".join, product(*((char,) if char in _NEVER_ASKED else (char, char + _PICTURE) for char in sequence)))


def alias(name: str) -> str:
    """A name as one token, between colons.

    >>> alias("علم: المغرب")
    ':علم_المغرب:'
    """
    return f":{_OUT_OF_PLACE.sub('_', name).strip('_')}:"


def spoken(string: str, name: str) -> str:
    """A name as words; of a keycap what is on the key."""
    return string[0] if string.endswith(_KEYCAP) else name


def words() -> dict[str, str]:
    """What becomes of each string, as `name_emoji` writes it; of those that are to stay, the same."""
    return {string: spoken(string, name) if name else string for string, name in strings().items()}


def aliases() -> dict[str, str]:
    """What becomes of each string, as `alias_emoji` writes it; of those that are to stay, the same."""
    return {string: alias(name) if name else string for string, name in strings().items()}
