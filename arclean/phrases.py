r"""How phrases become the pattern of a line rule.

A rule lists what stands in a line; the frame around it (bullets, arrows, icons, a colon) is written here, once. Phrases are RE2 and
are written in the skeleton, see `arclean.rule.LineRule`.
"""

from __future__ import annotations

from typing import Final

_SIGNS: Final = r"«»‹›،؛…–—•·×\x{2190}-\x{2bff}\x{e000}-\x{f8ff}\x{fe0f}\x{1f000}-\x{1faff}"
_EDGE: Final = rf"[ -/:-@\[-`{{-~{_SIGNS}]"
EDGE: Final = rf"{_EDGE}*"
"""What may stand around a phrase: ASCII punctuation, arrows, bullets, icons. The Arabic question mark is not in it: a question is text."""
LEAD: Final = rf"[ \-*#>|:.(\[+/{_SIGNS}]*"
"""What may stand before a phrase that text follows: no quotation mark of ASCII, because what it opens is somebody's words."""
STOP: Final = rf"(?:[ -/:-@\[-`{{-~؟{_SIGNS}]|$)"
"""The end of a word."""


def whole(*phrases: str) -> str:
    """The pattern of a line that holds one of the phrases and nothing else.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["read more", "» more …", "more bread"]), whole("read more", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{EDGE}(?:{'|'.join(phrases)}){EDGE}$"


def listed(*phrases: str) -> str:
    """The pattern of a line that holds one or several of the phrases, in any order, and nothing else.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["home | more", "more", "moremore"]), listed("home", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{EDGE}(?:(?:{'|'.join(phrases)})(?:{_EDGE}+|$))+$"


def glued(*phrases: str) -> str:
    """Like `listed`, but the phrases may touch: extractors run buttons together.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["moremore", "home, more", "more bread"]), glued("home", "more")).to_pylist()
    [True, True, False]
    """
    return f"^{EDGE}(?:(?:{'|'.join(phrases)}){EDGE})+$"


def starts(*phrases: str) -> str:
    """The pattern of a line that begins with one of the phrases, as whole words.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["• more: bread", "moreover"]), starts("more")).to_pylist()
    [True, False]
    """
    return f"^{LEAD}(?:{'|'.join(phrases)}){STOP}"


def labels(*phrases: str) -> str:
    """The pattern of a line that begins with one of the phrases and a colon, stroke, bar or dash.

    >>> import pyarrow as pa, pyarrow.compute as pc
    >>> pc.match_substring_regex(pa.array(["source:here", "source – here", "source here"]), labels("source")).to_pylist()
    [True, True, False]
    """
    return f"^{LEAD}(?:{'|'.join(phrases)}) ?[:/|؛=–—-]"
