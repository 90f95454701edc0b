"""UTF-8 that was read by another table, once or more often: found by strict decoding, accepted by what comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arclean.orthography import codepages
from arclean.orthography.hints import Hint, Pair
from arclean.orthography.passes import marks
from arclean.rules import invisible, markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DROPPED: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in (*markup.SEEN_THROUGH, *marks.DECORATIONS))
"""What later rules take out from between characters, for the brackets of a pattern. A pair that they make is one already."""
_GONE: Final = re.compile(f"[{_DROPPED}]+")
_WORD: Final = re.compile(f"[\x00-\x08\x0e-\x1f!-\xff{_DROPPED}{codepages.UNREAD}]+")
_PARTS: Final = re.compile(f"(?:{codepages.UTF8}|[^\xa0])+")
"""What no-break spaces part that are not read from a byte: a later rule makes them spaces."""
_PASSES: Final = re.compile("[\x00-\xa0\xad\xab\xbb\u2018-\u201d\u2039\u203a\u2013\u2014\u2026\u060c\u061b\u061f\u066a]*")
_SEQUENCES: Final = re.compile(f"(?:{codepages.UTF8})+")
_NEIGHBOURS: Final = re.compile("[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]{2,}")
_ENOUGH: Final = 3
OTHER_ENDS: Final = re.compile(f"([{''.join(invisible.UNIFY_LINE_ENDS.table)}])")
"""What is a line end too, if it is no byte of something misread: a later rule makes it one, and then there are several lines."""
_SIGNS: Final = "\u20ac\u201a\u0192\u201e\u2020\u2021\u02c6\u2030\u2122\u0152\xa2-\xa9\xac\xae-\xb9\xbc-\xbe"
"""What windows-1256 reads from bytes 80 to BF and nobody writes behind an Arabic letter: no stops, no quotes, no letters."""

_FORMS: Final = Pair("\xef", "\xad-\xb7\xb9-\xbb\u061b", _DROPPED)
"""As what both tables read the first two of the three bytes of a presentation form."""


@dataclass(frozen=True)
class Misreading:
    """A table by which UTF-8 was read.

    Attributes:
        page: code point to byte, see `codepages`.
        hint: two characters that stand for one. A line without such a pair is left as it is.
        tell: what only a misread word holds. If such a word does not decode, the line has lost something, and is left as it is.
    """

    page: Mapping[int, int]
    hint: Hint
    tell: re.Pattern[str]


AS_WESTERN: Final = Misreading(
    page=codepages.WESTERN,
    hint=Hint((Pair("\xc3\xd8-\xdb", codepages.characters(codepages.WESTERN, 0x80, 0xBF), _DROPPED), _FORMS)),
    tell=re.compile(f"[\xd8-\xdb]|\xc3[{codepages.characters(codepages.WESTERN, 0x98, 0x9B)}]|{_FORMS.pattern}"),
)
_PAIR: Final = Pair("\u0622\u0623\u0637-\u063a" + codepages.characters(codepages.SHAPED, 0xD8, 0xDB), _SIGNS, _DROPPED)
AS_ARABIC: Final = Misreading(
    page={**codepages.ARABIC, **codepages.SHAPED},
    hint=Hint((_PAIR, _FORMS)),
    tell=re.compile(f"{_PAIR.pattern}|\xef"),
)


@dataclass(frozen=True)
class Reading:
    """What a text would be if a table had been the wrong one.

    Attributes:
        text: the text, decoded where that is possible.
        letters: Arabic letters in it that came from decoding and have such a neighbour. This is the evidence: letters that stand alone are
            none, since a diameter and its tolerance look like one.
        lost: lines that hold misread words, not all of which decode. They do not speak against the others.
    """

    text: str
    letters: int = 0
    lost: int = 0

    @property
    def convincing(self) -> bool:
        """Whether there is evidence enough. Lost lines make no difference: other rules may cut them, and cleaning again would find more."""
        return self.letters >= _ENOUGH


def read_again(text: str, how: Misreading) -> Reading:
    r"""The text decoded line by line, where a line has a hint and every misread word of it decodes.

    >>> read_again("A \xd8\xa7\xd9\u201e\xd9\u2026", AS_WESTERN)
    Reading(text='A الم', letters=3, lost=0)
    >>> read_again("\xd8\xa7\xd9 \xd9\u2026", AS_WESTERN).lost
    1
    """
    pieces: list[str] = []
    done = letters = lost = 0
    for first, last in lines_with(how.hint.pattern, text):
        one = _line(text[first:last], how)
        if one.lost and OTHER_ENDS.search(text, first, last):
            one = _parted(text[first:last], how)
        pieces += (text[done:first], one.text)
        done = last
        letters, lost = letters + one.letters, lost + one.lost
    return Reading("".join((*pieces, text[done:])), letters, lost)


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    r"""Where the lines begin and end in which a pattern is found that matches no line end.

    >>> list(lines_with(re.compile("[12]"), "a\n12\nb\n1"))
    [(2, 4), (7, 8)]
    """
    found = pattern.search(text)
    while found is not None:
        last = text.find("\n", found.end())
        last = len(text) if last < 0 else last
        yield text.rfind("\n", 0, found.start()) + 1, last
        found = pattern.search(text, last)


def _line(line: str, how: Misreading) -> Reading:
    pieces: list[str] = []
    done = letters = 0
    for first, last, after in _words(line, how):
        if after is not None:
            pieces += (line[done:first], after)
            done = last
            letters += sum(len(run) for run in _NEIGHBOURS.findall(after))
        elif how.tell.search(line, first, last):
            return Reading(line, lost=1)
    return Reading("".join((*pieces, line[done:])), letters)


def _parted(line: str, how: Misreading) -> Reading:
    parts = [_line(part, how) for part in OTHER_ENDS.split(line)]
    return Reading("".join(part.text for part in parts), sum(part.letters for part in parts), sum(part.lost for part in parts))


def _words(line: str, how: Misreading) -> Iterator[tuple[int, int, str | None]]:
    """Where words that are not ASCII begin and end, and what they are if they decode; one that does not is looked at part by part."""
    raw = line.translate(how.page)
    for word in _WORD.finditer(raw):
        if word[0].isascii():
            continue
        after = _read(line, raw, *word.span(), how)
        if after is not None or "\xa0" not in word[0]:
            yield *word.span(), after
            continue
        for part in _PARTS.finditer(raw, *word.span()):
            if not part[0].isascii():
                yield *part.span(), _read(line, raw, *part.span(), how)


def _read(line: str, raw: str, first: int, last: int, how: Misreading) -> str | None:
    """A word decoded as it stands, or else as it is without what later rules drop."""
    word = line[first:last]
    after = _decoded(raw[first:last], word)
    if after is None and (bare := _GONE.sub("", word)) != word:
        return _decoded(bare.translate(how.page), bare)
    return after


def _decoded(raw: str, word: str) -> str | None:
    """A word decoded, or None if its bytes are not UTF-8 to the last; what nobody sees, and quotes and stops, are let pass."""
    pieces: list[str] = []
    done = 0
    for run in _SEQUENCES.finditer(raw):
        if not _PASSES.fullmatch(word, done, run.start()):
            return None
        try:
            pieces += (word[done : run.start()], run[0].encode("latin-1").decode())
        except UnicodeDecodeError:
            return None
        done = run.end()
    return "".join((*pieces, word[done:])) if pieces and _PASSES.fullmatch(word, done) else None
