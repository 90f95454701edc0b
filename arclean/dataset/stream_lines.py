"""A stream cut into spans of whole records, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from arclean.dataset import kernels
from arclean.dataset.stream import Fault

LONGEST: Final = 1 << 29
"""Bytes of the longest record that is read; of a longer one the beginning is quarantined."""

SHOWN: Final = 1 << 20
"""Bytes kept of a record that is longer than `LONGEST`."""

_BOM: Final = b"\xef\xbb\xbf"

End = Callable[[bytes, int], int]
"""Where to cut bytes to about a size; 0 if no record ends in them."""


@dataclass(frozen=True)
class Span:
    """A cut of a stream.

    Attributes:
        data: whole records; under a `fault`, what follows the last line end is the record that was cut.
        offset: of its first byte in the decompressed file.
        line: number of its first line, from 1, if the stream begins with the file.
        fault: why the stream broke after `data`; empty if it did not.
    """

    data: bytes
    offset: int
    line: int
    fault: str = ""


def begin(items: Iterator[bytes | Fault], start: int) -> tuple[int, Iterator[bytes | Fault]]:
    r"""Where the first line begins that begins at `start` or later, and the stream from there.

    Args:
        items: a stream from ``start - 1`` on, or from 0; there a byte order mark is passed over.
        start: a byte of the decompressed file.

    >>> offset, items = begin(iter([b"b", b"c\nde\n"]), 1)
    >>> offset, list(items)
    (3, [b'de\n'])
    """
    head, at = b"", max(start - 1, 0)
    for item in items:
        if isinstance(item, Fault):
            return at, chain([head, item], items)
        if start == 0:
            head += item
            if len(head) >= len(_BOM):
                mark = len(_BOM) if head.startswith(_BOM) else 0
                return mark, chain([head[mark:]], items)
        elif line := item.find(b"\n") + 1:
            return at + line, chain([item[line:]], items)
        else:
            at += len(item)
    return at, iter([head])


def until(items: Iterator[bytes | Fault], at: int, end: int) -> Iterator[bytes | Fault]:
    r"""The stream, which begins at byte `at`, as far as the last line that begins before `end`; -1 is the end of the file.

    >>> list(until(iter([b"ab\ncd", b"e\nf\n"]), 0, 4))
    [b'ab\ncd', b'e\n']
    """
    if 0 <= end <= at:
        return
    for item in items:
        if not isinstance(item, Fault):
            last = item.find(b"\n", max(end - 1 - at, 0)) + 1 if end >= 0 else 0
            if last:
                yield item[:last]
                return
            at += len(item)
        yield item


def line_end(data: bytes, size: int) -> int:
    r"""After the last line end within `size` bytes, or else after the first beyond.

    >>> line_end(b"a\nb\nccc", 5), line_end(b"aaaaa\nb", 3), line_end(b"aaaa", 3)
    (4, 6, 0)
    """
    return data.rfind(b"\n", 0, size) + 1 or data.find(b"\n", size) + 1


def breaks_in(data: bytes) -> int:
    r"""How many line feeds there are.

    >>> breaks_in(b"a\n\nb")
    2
    """
    return int(kernels.breaks(np.frombuffer(data, np.uint8)))


class Cutter:
    """Takes a stream piece by piece and gives spans.

    Args:
        offset: of the first byte of the stream.
        size: bytes of a span; a record that is longer has a span to itself.
        end: where to cut.
    """

    def __init__(self, offset: int, size: int, end: End = line_end) -> None:
        self._offset, self._size, self._end = offset, size, end
        self._line = 1
        self._parts: list[bytes] = []
        self._held, self._due = 0, size
        self._skipping = False

    def spans(self, items: Iterator[bytes | Fault]) -> Iterator[Span]:
        """The whole stream."""
        for item in items:
            yield from self._break(item) if isinstance(item, Fault) else self._take(item)
        if self._held:
            yield self._span(self._joined())

    def _take(self, item: bytes) -> Iterator[Span]:
        if self._skipping:
            item = self._skip(item)
        # Where lines end is seen without putting the parts together first.
        room = self._size - self._held
        if self._end is line_end and 0 < room <= len(item) and (at := item.rfind(b"\n", 0, room) + 1):
            yield self._span(b"".join([*self._parts, item[:at]]))  # of bytes alone: only then does Python let other threads run
            item = item[at:]
            self._parts, self._held, self._due = [], 0, self._size
        self._parts.append(item)
        self._held += len(item)
        if self._held < self._due:
            return
        data = self._joined()
        while len(data) >= self._size and (at := self._end(data, self._size)):
            yield self._span(data[:at])
            data = data[at:]
        if len(data) > LONGEST:
            yield self._too_long(data)
            data = b""
        self._parts, self._held = [data], len(data)
        # A record that does not end yet is looked at again when there is half as much more, so that the whole is linear.
        self._due = max(self._size, self._held * 3 // 2)

    def _break(self, fault: Fault) -> Iterator[Span]:
        data = self._joined()
        while len(data) >= self._size and (at := self._end(data, self._size)):
            yield self._span(data[:at])
            data = data[at:]
        yield self._span(data, fault.error)
        if data and not data.endswith(b"\n"):
            self._line += 1
        self._skipping = False

    def _span(self, data: bytes, fault: str = "") -> Span:
        span = Span(data, self._offset, self._line, fault)
        self._offset += len(data)
        self._line += breaks_in(data)
        return span

    def _too_long(self, data: bytes) -> Span:
        fault = f"too long: a record of more than {LONGEST} bytes, of which the first {SHOWN} are kept"
        span = Span(data[:SHOWN].replace(b"\n", b" "), self._offset, self._line, fault)
        self._offset += len(data)
        self._line += breaks_in(data)
        self._skipping = True
        return span

    def _skip(self, item: bytes) -> bytes:
        line = item.find(b"\n") + 1
        gone = line or len(item)
        self._offset += gone
        self._line += bool(line)
        self._skipping = not line
        return item[gone:]

    def _joined(self) -> bytes:
        data = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts, self._held, self._due = [], 0, self._size
        return data
