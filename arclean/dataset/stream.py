"""Bytes out of files: opened, decompressed, and honest about where they break.

A stream is an iterator of `bytes` and of `Fault`. What could be decompressed before a break is in the stream, to the byte, so that
what is read of a damaged file depends on the file alone. After a break in gzip the next member that can be read goes on.
"""

from __future__ import annotations

import bz2
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import pyarrow as pa
from zlib_ng import zlib_ng

from arclean.dataset.place import of_a_store
from arclean.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED: Final = 1 << 17
"""Bytes taken from a compressed file at once: what comes out still fits a cache."""

zlib: Any = zlib_ng
"""As the standard library's, in half of its time; its stubs lack what we need."""

_UNDAMAGED: Final = 1 << 16
_MAGIC: Final = b"\x1f\x8b\x08"
_HOLE: Final = b"\xff" * (1 << 20)


@dataclass(frozen=True)
class Fault:
    """A break in a stream: what came before it is good, the record that it cuts is not.

    Attributes:
        error: kind and detail.
    """

    error: str


class Readable(Protocol):
    """As much of a binary file as reading needs."""

    def read(self, size: int = ..., /) -> bytes:
        """Up to so many bytes; none at the end."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Raw:
    """A file as it lies on disk, which counts what was taken from it.

    Attributes:
        path: what was opened.
        taken: bytes read so far.
    """

    def __init__(self, path: str, start: int = 0) -> None:
        self.path = path
        self.taken = 0
        self._file = open_file(path)
        if start:
            self._file.seek(start)

    closed = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end.

        Raises:
            SourceError: the disk or the network failed.
        """
        try:
            data = bytes(self._file.read(size))
        except OSError as error:
            raise SourceError(f"{self.path}: could not be read at byte {self.taken}: {error}") from error
        self.taken += len(data)
        return data

    def close(self) -> None:
        """Close the file; standard input stays open."""
        self._file.close()


def open_file(path: str) -> Any:
    """A file to read bytes of: a path, a URL, ``-``.

    Raises:
        SourceError: it cannot be opened.
    """
    if path == "-":
        return Stdin.current()
    try:
        if "://" in path:
            import fsspec

            return fsspec.open(path, "rb").open()
        return open(path, "rb", buffering=0)
    except Exception as error:
        if of_a_store(error):
            raise SourceError(f"{path}: could not be opened: {error}") from error
        raise


class Stdin:
    """Standard input, whose beginning can be read twice: once for the plan, once for the work."""

    _known: Stdin | None = None

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._kept = bytearray()
        self._at = 0
        self._keeping = True

    @classmethod
    def current(cls) -> Stdin:
        """The one around the present standard input."""
        if cls._known is None or cls._known._file is not sys.stdin.buffer:
            cls._known = cls(sys.stdin.buffer)
        return cls._known

    def read(self, size: int) -> bytes:
        """What was kept comes first, then what is new."""
        if self._at < len(self._kept):
            data = bytes(self._kept[self._at : self._at + size])
            self._at += len(data)
            return data
        data = self._file.read(size)
        if self._keeping:
            self._kept += data
            self._at += len(data)
        elif self._kept:
            self._kept, self._at = bytearray(), 0
        return data

    def rewind(self) -> None:
        """Go back to the beginning; what follows what was read so far can be read only once more."""
        self._at = 0

    def close(self) -> None:
        """The plan has seen enough: go back to the beginning, keep nothing more."""
        self._keeping = False
        self.rewind()


def stream(raw: Raw, compression: str) -> Iterator[bytes | Fault]:
    """The decompressed bytes of a file, and its faults, in order.

    Args:
        raw: the file.
        compression: ``""``, ``gzip``, ``bz2`` or ``zstd``.
    """
    if compression == "gzip":
        return _gunzip(raw)
    if compression == "bz2":
        return _bunzip(raw)
    if compression == "zstd":
        return _unzstd(raw)
    return _plain(raw)


def _plain(raw: Raw) -> Iterator[bytes | Fault]:
    while data := raw.read(1 << 20):
        yield data


def _gunzip(raw: Raw) -> Iterator[bytes | Fault]:
    member, fed, data = zlib.decompressobj(31), False, raw.read(FEED)
    if not data:
        yield Fault("cut off: an empty file is not gzip")
    while data:
        before = member.copy()
        try:
            out = member.decompress(data)
        except zlib.error as error:
            yield _until_break(before, data)
            yield Fault(f"bad gzip: {_reason(error)}")
            data, member, fed = _next_member(data[1:], raw), zlib.decompressobj(31), False
            continue
        if out:
            yield out
        fed = True
        data = b""
        if member.eof:
            data, fed = _after(member, raw), False
            member = zlib.decompressobj(31)
        data = data or raw.read(FEED)
    if fed:
        yield Fault("cut off: the gzip data end too soon")


def _reason(error: Exception) -> str:
    return str(error).rpartition(": ")[2]


def _after(member: Any, raw: Raw) -> bytes:
    """What follows a member, without the zeros that tapes and block devices pad with."""
    data: bytes = member.unused_data.lstrip(b"\0")
    while not data and (more := raw.read(FEED)):
        data = more.lstrip(b"\0")
    return data


def _until_break(member: Any, data: bytes) -> bytes:
    """All that a member gives before the byte at which it breaks, found by halves."""
    out, low, high = [], 0, len(data)
    while high - low > 1:
        middle, trial = (low + high) // 2, member.copy()
        try:
            out.append(trial.decompress(data[low:middle]))
            member, low = trial, middle
        except zlib.error:
            high = middle
    return b"".join(out)


def _next_member(data: bytes, raw: Raw) -> bytes:
    """The bytes from the next gzip member on that can be read for a while; none if there is none."""
    while True:
        at = data.find(_MAGIC)
        if at < 0:
            data = data[-2:]
            more = raw.read(FEED)
            if not more:
                return b""
            data += more
            continue
        data = data[at:]
        while len(data) < _UNDAMAGED and (more := raw.read(FEED)):
            data += more
        try:
            if zlib.decompressobj(31).decompress(data[:_UNDAMAGED]):
                return data
        except zlib.error:
            pass
        data = data[1:]


def _bunzip(raw: Raw) -> Iterator[bytes | Fault]:
    member, fed, data = bz2.BZ2Decompressor(), False, raw.read(1 << 14)
    if not data:
        yield Fault("cut off: an empty file is not bzip2")
    while data:
        try:
            out = member.decompress(data)
        except OSError as error:
            yield Fault(f"bad bzip2: {error}")
            return
        if out:
            yield out
        fed, data = True, b""
        if member.eof:
            data, fed, member = member.unused_data, False, bz2.BZ2Decompressor()
        data = data or raw.read(1 << 14)
    if fed:
        yield Fault("cut off: the bzip2 data end too soon")


def _unzstd(raw: Raw) -> Iterator[bytes | Fault]:
    file = pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")
    room, empty = bytearray(len(_HOLE)), True
    while True:
        room[:] = _HOLE
        try:
            size = file.readinto(room)
        except OSError as error:
            # Arrow does not say how much it wrote before it broke; 0xFF is in no UTF-8, so the hole that is left tells.
            yield bytes(room).rstrip(b"\xff")
            yield Fault("cut off: the zstd data end too soon" if "Truncated" in str(error) else f"bad zstd: {error}")
            return
        if not size:
            break
        empty = False
        yield bytes(room[:size])
    if empty and not raw.taken:
        yield Fault("cut off: an empty file is not zstd")
