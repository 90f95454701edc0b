"""Which files the inputs mean: files, folders, globs, standard input, anything fsspec opens."""

from __future__ import annotations

import difflib
import glob
import os
from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from arclean.dataset.place import of_a_store
from arclean.dataset.stream import Stdin
from arclean.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES: Final = {
    ".jsonl": "jsonl",
    ".jsonlines": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".wet": "warc",
}
"""What the name of a file says of its format."""

COMPRESSIONS: Final = {".gz": "gzip", ".gzip": "gzip", ".bz2": "bz2", ".zst": "zstd", ".zstd": "zstd"}
"""What the end of a name says of its compression."""

MAGICS: Final = {b"\x1f\x8b": "gzip", b"BZh": "bz2", b"\x28\xb5\x2f\xfd": "zstd"}
"""How compressed files begin."""


@dataclass(frozen=True)
class File:
    """An input file.

    Attributes:
        path: as opened.
        source: its stable name.
        format: as in `ReadOptions.format`, but not ``auto``; empty if its name does not say.
        compression: ``""``, ``gzip``, ``bz2`` or ``zstd``.
        size: bytes on disk; 0 if it is not known.
        encoding: of its text, see `arclean.dataset.read_encoding`; empty for UTF-8.
    """

    path: str
    source: str
    format: str
    compression: str
    size: int
    encoding: str = ""


def files_of(inputs: Sequence[str], format_: str) -> list[File]:
    """The files that the inputs mean, in the order of the inputs; those of a folder or glob are sorted by name.

    Of a folder, hidden files are left out, and so are those that have none of the known endings, if any file has one.

    Args:
        inputs: paths, folders, globs, URLs that fsspec opens, ``"-"``.
        format_: as in `ReadOptions.format`.

    Raises:
        SourceError: there is no such file, it is given twice, or its name does not say what it is.
    """
    files = [file for name in inputs for file in _expanded(name, format_)]
    if not files:
        raise SourceError("no input was given; name files, folders, globs, or - for standard input")
    for path, count in Counter(file.path for file in files).items():
        if count > 1:
            raise SourceError(f"{path}: given {count} times; its documents would all be there {count} times")
    return _told_apart(files)


def _expanded(name: str, format_: str) -> Iterator[File]:
    if name == "-":
        yield _stdin(format_)
    elif "://" in name:
        yield from _remote(name, format_)
    elif os.path.isdir(name):
        yield from _of_folder(name, [(str(path), path.relative_to(name).as_posix()) for path in _walk(Path(name))], format_)
    elif os.path.exists(name):
        yield _file(name, os.path.basename(name), os.path.getsize(name), format_)
    elif glob.has_magic(name):
        yield from _globbed(name, format_)
    else:
        raise SourceError(f"{name}: there is no such file or folder.{_nearest(name)}")


def _walk(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    )


def _globbed(name: str, format_: str) -> Iterator[File]:
    paths = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
    if not paths:
        raise SourceError(f"{name}: no file matches.{_nearest(name)}")
    base = Path(*takewhile(lambda part: not glob.has_magic(part), Path(name).parts))
    for path in paths:
        yield _file(path, Path(path).relative_to(base).as_posix(), os.path.getsize(path), format_)


def _remote(name: str, format_: str) -> Iterator[File]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(name)
        if glob.has_magic(path):
            found, folder = sorted(system.glob(path)), path.split("*")[0].rpartition("/")[0]
        elif system.isdir(path):
            found, folder = sorted(system.find(path)), path
        else:
            found, folder = [path], path.rpartition("/")[0]
        sizes = {item: int(system.info(item).get("size") or 0) for item in found}
    except Exception as error:
        if of_a_store(error) or isinstance(error, (ValueError, ImportError)):
            raise SourceError(f"{name}: could not be found: {str(error) or type(error).__name__}") from error
        raise
    items = [(item, item.removeprefix(folder).lstrip("/")) for item in found]
    if found == [path]:
        yield _file(name, items[0][1], sizes[path], format_)
        return
    for file in _of_folder(name, items, format_):
        yield replace(file, path=system.unstrip_protocol(file.path), size=sizes[file.path])


def _of_folder(name: str, items: Sequence[tuple[str, str]], format_: str) -> Iterator[File]:
    known = [item for item in items if _kind(item[1])[0]]
    if not items or (format_ == "auto" and not known):
        there = sorted({PurePosixPath(source).suffix or source for _, source in items})
        raise SourceError(
            f"{name}: no file that can be read; there are {there or 'none'}. Known are {', '.join(SUFFIXES)}; or say the format"
        )
    for path, source in known or items:
        yield _file(path, source, os.path.getsize(path) if os.path.exists(path) else 0, format_)


def _kind(name: str) -> tuple[str, str]:
    """Format and compression, as the name says."""
    path = PurePosixPath(name.lower())
    compression = COMPRESSIONS.get(path.suffix, "")
    return SUFFIXES.get((path.with_suffix("") if compression else path).suffix, ""), compression


def _file(path: str, source: str, size: int, format_: str) -> File:
    named, compression = _kind(source)
    kind = named if format_ == "auto" else format_
    if not kind:
        raise SourceError(
            f"{path}: its name does not say what it is; known are {', '.join(SUFFIXES)}. "
            "Say the format: jsonl, csv, tsv, parquet, text, lines, html, warc"
        )
    if kind == "parquet" and compression:
        raise SourceError(f"{path}: Parquet is compressed inside; decompress the file")
    return File(path, source, kind, compression, size)


def _stdin(format_: str) -> File:
    stdin = Stdin.current()
    head = stdin.read(1 << 16)
    stdin.rewind()
    compression = next((kind for magic, kind in MAGICS.items() if head.startswith(magic)), "")
    if format_ == "auto" and not compression:
        format_ = "jsonl" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "auto"
    if format_ == "auto":
        raise SourceError("standard input: say its format: jsonl, csv, tsv, text, lines, html or warc")
    if format_ == "parquet":
        raise SourceError("standard input: Parquet cannot be read front to back; save it as a file")
    return File("-", "-", format_, compression, 0)


def _nearest(name: str) -> str:
    folder = os.path.dirname(name) or "."
    while folder not in ("", ".", "/") and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    there = sorted(os.listdir(folder or ".")) if os.path.isdir(folder or ".") else []
    near = difflib.get_close_matches(os.path.basename(name), there, n=1, cutoff=0.5)
    return (
        f" Did you mean {os.path.join(folder, near[0])!r}?"
        if near
        else f" In {folder or '.'!r} there are: {', '.join(there[:10]) or 'none'}"
    )


def _told_apart(files: Iterable[File]) -> list[File]:
    """Files of one name take as many folders into it as it needs, so that no two documents get one id."""
    told = list(files)
    for depth in range(2, 64):
        counts = Counter(file.source for file in told)
        if max(counts.values()) == 1:
            break
        told = [replace(f, source="/".join(PurePosixPath(f.path).parts[-depth:])) if counts[f.source] > 1 else f for f in told]
    return told
