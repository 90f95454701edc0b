"""What people say of a dataset; nothing of it is ever made up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from arclean.errors import OutputError

_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class About:
    """What a card cannot know by itself.

    Attributes:
        title: of the dataset.
        address: what `load_dataset` is called with: a repository, or a directory.
        description: a paragraph.
        license: an identifier that Hugging Face knows, such as ``cc-by-4.0``.
        sources: whose text it is, a line each.
        languages: BCP 47 tags; ``ar`` if none are given.
        authors: who made it.
        homepage: its address on the web.
        citation: BibTeX.

    Raises:
        OutputError: a language is no tag.
    """

    title: str
    address: str
    description: str = ""
    license: str = ""
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("ar",)
    authors: tuple[str, ...] = ()
    homepage: str = ""
    citation: str = ""

    def __post_init__(self) -> None:
        for tag in self.languages:
            if not _TAG.fullmatch(tag):
                raise OutputError(f"language {tag!r} is not a BCP 47 tag; write ar, arz, ar-EG or the like")
