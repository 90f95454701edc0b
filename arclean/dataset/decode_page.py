"""The bytes of a page as text: what the header says, what the page says, and what the bytes are."""

from __future__ import annotations

import re
from typing import Final

from arclean.dataset.charset import sniff

_META: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{3,40})|^<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_.-]{3,40})""",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 4096


def declared_in(data: bytes) -> str | None:
    r"""The table of characters that a page names in a ``meta`` element or an XML declaration.

    >>> declared_in(b'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1256">')
    'windows-1256'
    """
    found = _META.search(data[:_LOOKED_AT])
    return (found[1] or found[2]).decode("ascii") if found else None


def decode_page(data: bytes, header: str | None = None) -> bytes | None:
    r"""A page as UTF-8, or None if there is no telling what it was written by.

    A byte order mark is believed, then the bytes themselves if they are UTF-8 or UTF-16, then what the header of the response says, then
    what the page says, each if the bytes fit it; and last the letters and words. ASCII is UTF-8.

    Args:
        data: as received.
        header: the charset of the header ``Content-Type``.

    >>> decode_page("<p>السلام عليكم</p>".encode("cp1256"), "windows-1256").decode()
    '<p>السلام عليكم</p>'
    """
    found = None
    for told in (header, declared_in(data)):
        if told and (found := sniff(data, told)):
            break
    found = found or sniff(data)
    if found is None:
        return None
    if found.name == "utf-8":
        plain = data[found.mark :]
        try:
            plain.decode()
        except UnicodeDecodeError:
            return plain.decode("utf-8", "replace").encode()
        return plain
    return found.decode(data, "replace").encode("utf-8", "replace")
