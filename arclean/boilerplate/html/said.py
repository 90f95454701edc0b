"""Who wrote a text and who sent it, from a line that says so."""

from __future__ import annotations

import re
from typing import Final

from arclean.boilerplate.html.dates import plain
from arclean.rules import page_fields

_BYLINE: Final = re.compile(rf"^[-*|/ ]*(?:{'|'.join(page_fields.BYLINES)})(?: ?[:/\-–|] ?| )(?P<name>.+)$")
_SOURCE: Final = re.compile(rf"^[-*|/( ]*(?:{'|'.join(page_fields.SOURCES)})(?: ?[:/\-–|] ?| )(?P<name>.+?)[) ]*$")
_PARTS: Final = re.compile(r"[()\[\]/،,:|\-–—.]+")
_END: Final = re.compile(r"\s*(?:[|/،,\-–—(]|[0-9٠-٩]|\bفي\b).*$")
_MOST_WORDS: Final = 6


def name_of_writer(line: str) -> str | None:
    """The name in a line that says who wrote; None if it does not, or says more than a name.

    >>> name_of_writer("كتب : سامي الخطيب"), name_of_writer("بقلم / هند سالم | القاهرة")
    ('سامي الخطيب', 'هند سالم')
    >>> name_of_writer("كتب أن القطار عاد أمس إلى محطته القديمة")
    """
    text = " ".join(line.split())
    found = _BYLINE.match(plain(text))
    if not found:
        return None
    words = text.split(" ")
    rest = text if len(text) == len(plain(text)) else " ".join(words)
    name = _END.sub("", re.sub(r"^\W*\w+\s*[:/\-–|]*\s*", "", rest, count=1)).strip(" :-–/|")
    return name if name and 2 <= len(name.split()) <= _MOST_WORDS else None


def agency_of(line: str) -> str | None:
    """The agency that a line names as its source, in brackets, after a place, or after the word for source; None if it names none.

    >>> agency_of("بيروت (رويترز) -"), agency_of("المصدر: وكالات"), agency_of("دمشق - أ ف ب"), agency_of("قال وزير الخارجية")
    ('Reuters', 'agencies', 'AFP', None)
    """
    said = plain(line)
    if not said or len(said) > 100:
        said = said[:100]
    source = _SOURCE.match(said)
    if source:
        said = source["name"]
    elif not _PARTS.search(said):
        return page_fields.AGENCIES.get(said)
    for part in (" ".join(part.split()) for part in _PARTS.split(said)):
        if part in page_fields.AGENCIES:
            return page_fields.AGENCIES[part]
    return None
