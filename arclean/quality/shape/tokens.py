"""Tokens as text, to be looked at: what `kernels.walk.walk` counts, one character at a time."""

from __future__ import annotations

from collections.abc import Iterator

from arclean.quality.shape import counts
from arclean.quality.shape.tables import kinds


def tokens(text: str) -> list[str]:
    """The tokens of a text: words, and signs one by one; a row of dots or dashes is one, and so is an address.

    >>> tokens("قال: «نعم، 3.5%»... ثم زار https://site.example/a-b")
    ['قال', ':', '«', 'نعم', '،', '3.5', '%', '»', '...', 'ثم', 'زار', 'https://site.example/a-b']
    """
    return [text[first:last] for first, last in _spans(text, [int(kinds()[ord(char)]) for char in text])]


def _spans(text: str, kind: list[int]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        end = at + 1
        if kind[at] & counts.WORD:
            end = _end_of_word(text, kind, end)
        elif text[at] == "." or (kind[at] & counts.DASH and not kind[at] & counts.SPACE):
            while end < len(text) and text[end] == text[at]:
                end += 1
        if not kind[at] & counts.SPACE:
            yield at, end
        at = end


def _end_of_word(text: str, kind: list[int], end: int) -> int:
    while end < len(text):
        if text.startswith("://", end):
            while end < len(text) and not kind[end] & counts.SPACE:
                end += 1
            return end
        if not kind[end] & counts.WORD and not _joins(text, kind, end):
            return end
        end += 1
    return end


def _joins(text: str, kind: list[int], at: int) -> bool:
    """Whether a sign stands between two characters that it does not part."""
    if not kind[at] & counts.DOT or at + 1 == len(text):
        return False
    both = kind[at - 1] & kind[at + 1]
    return bool(both & counts.DIGIT or (text[at] == "." and both & counts.LATIN) or (text[at] == "'" and both & counts.LETTER))
