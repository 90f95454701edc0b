"""Where the records of a WARC file lie; a record that is damaged ends where the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_BEGIN: Final = b"WARC/1."
_NEXT: Final = re.compile(rb"\r?\n(?=WARC/1\.[01]\r?\n)")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BLANKS: Final = b"\r\n"
_LONGEST_HEAD: Final = 1 << 16
_CUT: Final = "cut off: the file ends within the record"
_TOO_LONG: Final = "bad WARC: Content-Length reaches into the next record"


class Extent(NamedTuple):
    """A record.

    Attributes:
        start, end: where it lies.
        fault: what is wrong with it; empty if it is whole.
    """

    start: int
    end: int
    fault: str = ""


def extents(data: bytes) -> Iterator[Extent]:
    r"""The records of some bytes, in order, blank lines between them left out.

    >>> [data[one.start : one.end] for data in [b"WARC/1.0\r\nContent-Length: 2\r\n\r\nab\r\n\r\n"] for one in extents(data)]
    [b'WARC/1.0\r\nContent-Length: 2\r\n\r\nab']
    """
    at, size = 0, len(data)
    while at < size:
        while at < size and data[at] in _BLANKS:
            at += 1
        if at == size:
            return
        if not data.startswith(_BEGIN, at):
            end = _resume(data, at)
            yield Extent(at, end, "bad WARC: a record begins with WARC/1.0 or WARC/1.1")
            at = end
            continue
        other = data.find(b"\n" + _BEGIN, at, at + _LONGEST_HEAD)
        head = _HEAD_END.search(data, at, other if other >= 0 else at + _LONGEST_HEAD)
        length = _LENGTH.search(data, at, head.end()) if head else None
        if head is None or length is None:
            end = _resume(data, at + len(_BEGIN))
            yield Extent(at, end, "bad WARC: the header does not end" if head is None else "bad WARC: no Content-Length")
            at = end
            continue
        end = head.end() + int(length[1])
        if end > size:
            following = _resume(data, head.end())
            fault = (
                "cut off: the file ends within the record" if following == size else "bad WARC: Content-Length reaches into the next record"
            )
            yield Extent(at, following, fault)
            at = following
            continue
        yield Extent(at, end)
        at = end


def _resume(data: bytes, at: int) -> int:
    """Where the next record begins, the end if there is none."""
    found = _NEXT.search(data, at)
    return found.end() if found else len(data)


def record_end(data: bytes, size: int) -> int:
    """After the last whole record within `size` bytes, or else after the first beyond; 0 if none ends in the data."""
    last = 0
    for one in extents(data):
        if one.fault and one.end == len(data):
            return last
        end = one.end
        while end < len(data) and data[end] in _BLANKS and end < one.end + 4:
            end += 1
        if end > size:
            return last or end
        last = end
    return last
