r"""How phrases become the pattern of a line rule.

A rule lists what stands in a line; the frame around it (a bracket, arrows, icons, a colon) is written here, once. Phrases are RE2 and
are written in the skeleton, see `arclean.rule.LineRule`.
"""

from __future__ import annotations

from typing import Final

_SIGN: Final = r"[ \"-/:-@\[-`{-~«»‹›،؛…–—“”•·×\x{2190}-\x{2bff}\x{e000}-\x{f8ff}\x{fe0f}\x{1f000}-\x{1faff}]"
OPEN: Final = r"(?:[(\[{] ?)?"
"""What may open a line: a bracket. Other signs are not in a skeleton's front; a quotation mark opens somebody's words."""
CLOSE: Final = f"{_SIGN}*"
"""What may close a line: ASCII punctuation, arrows, bullets, icons. No exclamation or Arabic question mark: those end speech."""
STOP: Final = f"(?:؟|!|{_SIGN}|$)"
"""The end of a word."""
DIGITS: Final = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", *map(chr, (*range(0x660, 0x66A), *range(0x6F0, 0x6FA))))
"""For `needs`: the digits as a line may have them written."""


def whole(*phrases: str) -> str:
    """The pattern of a line that holds one of the phrases and nothing else.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["read more", "more …", "more bread"]), whole("read more", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{OPEN}(?:{'|'.join(phrases)}){CLOSE}$"


def listed(*phrases: str) -> str:
    """The pattern of a line that holds one or several of the phrases, in any order, and nothing else.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["home | more", "more", "moremore"]), listed("home", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{OPEN}(?:(?:{'|'.join(phrases)})(?:{_SIGN}+|$))+$"


def glued(*phrases: str) -> str:
    """Like `listed`, but the phrases may touch: extractors run buttons together.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["moremore", "home, more", "more bread"]), glued("home", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{OPEN}(?:(?:{'|'.join(phrases)}){CLOSE})+$"


def starts(*phrases: str) -> str:
    """The pattern of a line that begins with one of the phrases, as whole words.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["(more: bread", "moreover"]), starts("more")).to_pylist()
    [True, False]
    """
    return f"^(?:[(\\[] ?)?(?:{'|'.join(phrases)}){STOP}"


def labels(*phrases: str) -> str:
    """The pattern of a line that begins with one of the phrases and a colon, stroke or dash. Not a bar: that is a cell of a table.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["source:here", "source – here", "source here"]), labels("source")).to_pylist()
    [True, True, False]
    """
    return f"^(?:[(\\[] ?)?(?:{'|'.join(phrases)})(?: ?[:/؛–—]| -)"
