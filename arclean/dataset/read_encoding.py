"""In which encoding each file is, settled before any work, and its bytes as UTF-8."""

from __future__ import annotations

import codecs
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from arclean.dataset.charset import ENCODINGS, SAMPLE_BYTES, demand_encoding, sniff
from arclean.dataset.parse_lines import is_utf8
from arclean.dataset.stream import Fault, Raw, Stdin, stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.dataset.read_inputs import File

AUTO: Final = "auto"
UNKNOWN: Final = "unknown"
"""What a file is said to be in if there is no telling; it is read as UTF-8, and what is not is put aside."""

_ENCODED: Final = frozenset({"jsonl", "csv", "tsv", "text", "lines"})
_DEEPEST: Final = 8 << 20
"""Bytes of ASCII after which a file is taken to be UTF-8."""

_FEW: Final = 10
_HIGH: Final = bytes(range(0x80, 0x100))
_BAD: Final = "arclean.undefined"
_LOWEST: Final = 0x80


def encoded(files: Sequence[File], encoding: str) -> list[File]:
    """The files, each with its encoding: the one that is given, or by its first 64 KiB that are not ASCII alone.

    Args:
        files: the inputs; formats that say themselves how they are encoded are left alone.
        encoding: one of `arclean.dataset.charset.ENCODINGS`, or ``"auto"``.

    Raises:
        SourceError: a file cannot be opened.
        UnknownName: there is no such encoding.
    """
    if encoding != AUTO and ENCODINGS[demand_encoding(encoding)] == "utf-8":
        return list(files)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda file: replace(file, encoding=_encoding(file, encoding)), files))


def _encoding(file: File, encoding: str) -> str:
    """Empty for UTF-8, which needs no decoding."""
    if file.format not in _ENCODED:
        return ""
    if encoding not in (AUTO, "utf-16"):
        return demand_encoding(encoding)
    sample = _sample(file)
    found = sniff(sample)
    name = found.name if found is not None else "utf-8" if _is_damaged_utf8(sample, file.format == "text") else UNKNOWN
    if encoding == "utf-16":
        return name if name.startswith("utf-16") else "utf-16-le"
    return "" if name == "utf-8" else name


def _is_damaged_utf8(sample: bytes, whole: bool) -> bool:
    """Whether it is UTF-8 with damage here and there, rather than something else: few bytes beyond ASCII, or few lines that are none."""
    if len(sample) - len(sample.translate(None, _HIGH)) < _FEW:
        return True
    lines = [line for line in sample.split(b"\n")[:-1] if line.strip()]
    return not whole and sum(not is_utf8(line) for line in lines) * _FEW < len(lines)


def _sample(file: File) -> bytes:
    raw = Raw(file.path)
    parts: list[bytes] = []
    size, wanted = 0, SAMPLE_BYTES
    try:
        for item in stream(raw, file.compression):
            if isinstance(item, Fault):
                break
            if item.isascii():
                wanted = min(max(wanted, size + len(item) + SAMPLE_BYTES), _DEEPEST)
            parts.append(item)
            size += len(item)
            if size >= wanted:
                break
    finally:
        Stdin.current().rewind() if file.path == "-" else raw.close()
    return b"".join(parts)


def as_utf8(items: Iterator[bytes | Fault], encoding: str) -> Iterator[bytes | Fault]:
    r"""A stream in an encoding as one in UTF-8. What the encoding does not have becomes bytes that are in no UTF-8.

    >>> list(as_utf8(iter(["باب".encode("cp1256")]), "cp1256"))[0].decode()
    'باب'
    >>> b"".join(as_utf8(iter([b"a\xc7\xff"]), "iso-8859-6"))
    b'a\xd8\xa7\xff'
    """
    if encoding in ("", UNKNOWN):
        yield from items
        return
    decoder = codecs.getincrementaldecoder(ENCODINGS[encoding])(_BAD)
    for item in items:
        if isinstance(item, Fault):
            decoder.reset()
            yield item
        else:
            yield decoder.decode(item).encode("utf-8", "surrogateescape")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")


def _undefined(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) if len(raw) == 1 and byte >= _LOWEST else "\udcff" for byte in raw[:1]), error.end


codecs.register_error(_BAD, _undefined)


def in_words(error: str, encoding: str) -> str:
    """What is wrong with a record, if it is that its bytes are none: in a file of this encoding.

    >>> in_words("bad UTF-8: invalid start byte 0xc7 at byte 3", "unknown")
    'bad UTF-8: invalid start byte 0xc7 at byte 3; the encoding of the file is not known, name it with `encoding`'
    """
    if not encoding or not error.startswith("bad UTF-8"):
        return error
    if encoding == UNKNOWN:
        return f"{error}; the encoding of the file is not known, name it with `encoding`"
    return f"bad {encoding}: a byte that it does not have"
