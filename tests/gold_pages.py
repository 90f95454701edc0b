"""Pages written for the project, of many content management systems: what of each is its text is marked in its source.

``data-keep`` stands on every element whose own text is to be kept, and is taken away before anybody reads the page. The first line of
a file says whether the page has a text at all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"
_SILENT = re.compile("[\u064b-\u0652\u0640]")


@dataclass(frozen=True)
class Page:
    """A page, and the pieces of text that are to be kept of it, in order."""

    name: str
    html: str
    keep: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not self.keep


class _Reader(HTMLParser):
    """Collects the own text of marked elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img", "meta", "input", "link", "hr", "frame"):
            return
        marked = any(name == "data-keep" for name, _ in attrs)
        self._open.append((tag, marked))
        if marked:
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.pieces[-1] += data


@cache
def pages() -> tuple[Page, ...]:
    """All of them, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.html")):
        source = path.read_text(encoding="utf-8")
        reader = _Reader()
        reader.feed(source)
        found.append(Page(path.stem, re.sub(r" data-keep\b", "", source), tuple(piece for piece in reader.pieces if piece.strip())))
    return tuple(found)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", _SILENT.sub("", text).lower()))


def f1(page: Page, kept: str) -> float:
    """Word-multiset F1 of what was kept of a page."""
    want, have = sum((words(piece) for piece in page.keep), Counter[str]()), words(kept)
    right = (want & have).total()
    return 2 * right / max(want.total() + have.total(), 1)
