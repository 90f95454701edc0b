"""What is read, as plain data: the options, the pieces that workers take, the plan that holds them together."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from arclean.dataset.charset import demand_encoding
from arclean.errors import PipelineError, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS: Final = ("auto", "jsonl", "csv", "tsv", "parquet", "text", "lines", "html", "warc")
"""What `ReadOptions.format` may be; ``text`` is one document a file, ``lines`` one a line, ``html`` one page a file, ``warc`` a crawl (WARC
or WET), ``auto`` goes by each file's name."""

WHOLE: Final = ("text", "html")
"""Formats in which a file is a document."""

EXTRA: Final = "extra"
"""The last column of a loose plan: what a record has beyond the schema, as JSON."""

_NUMBERS: Final = ("block_bytes", "piece_bytes")


@dataclass(frozen=True)
class ReadOptions:
    """How inputs are read.

    Attributes:
        text: the column that holds the documents.
        id: the column that names them; it need not exist.
        format: one of `FORMATS`.
        rename: pairs (old, new) for other columns.
        encoding: of text, CSV and JSONL: ``auto`` to tell each file by its bytes, or one of `arclean.dataset.charset.ENCODINGS`.
        block_bytes: decompressed bytes of a block, the unit of parsing.
        piece_bytes: how finely files that can be entered in the middle are cut (uncompressed JSONL and lines; Parquet by row groups).

    Raises:
        UnknownName: no such format or encoding.
        PipelineError: a size that is not positive, or two columns renamed to one name.
    """

    text: str = "text"
    id: str = "id"
    format: str = "auto"
    rename: tuple[tuple[str, str], ...] = ()
    encoding: str = "auto"
    block_bytes: int = 8 << 20
    piece_bytes: int = 256 << 20

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise unknown("format", self.format, FORMATS)
        if self.encoding != "auto":
            object.__setattr__(self, "encoding", demand_encoding(self.encoding))
        for name in _NUMBERS:
            if getattr(self, name) < 1:
                raise PipelineError(f"read option `{name}` is {getattr(self, name)}; it is a number of bytes above zero")
        object.__setattr__(self, "rename", tuple((str(old), str(new)) for old, new in self.rename))
        if len({old for old, _ in self.rename}) < len(self.rename) or len({new for _, new in self.rename}) < len(self.rename):
            raise PipelineError(f"read option `rename` names a column twice: {list(self.rename)}")

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {**asdict(self), "rename": [list(pair) for pair in self.rename]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReadOptions:
        """The options that `to_dict` wrote.

        Raises:
            UnknownName: an option that does not exist.

        >>> ReadOptions.from_dict(ReadOptions(rename=(("link", "url"),)).to_dict()).rename
        (('link', 'url'),)
        """
        known = [option.name for option in fields(cls)]
        for name in data:
            if name not in known:
                raise unknown("read option", name, known)
        return cls(**{**data, "rename": tuple((old, new) for old, new in data.get("rename", ()))})


@dataclass(frozen=True)
class Member:
    """One of the small files of a piece of documents.

    Attributes:
        path: as opened.
        source: its name in ids and in the quarantine.
        compression: ``""``, ``gzip``, ``bz2`` or ``zstd``.
        size: bytes on disk.
        encoding: as of a `Piece`.
    """

    path: str
    source: str
    compression: str
    size: int
    encoding: str = ""


@dataclass(frozen=True)
class Piece:
    """Something read from front to back by one worker.

    Attributes:
        path: as opened; ``"-"`` is standard input.
        source: the stable name in ids and in the quarantine: the path relative to the argument that gave it.
        format: one of `FORMATS` but ``auto``.
        compression: ``""``, ``gzip``, ``bz2`` or ``zstd``.
        start: where it begins: a byte, or a row group of Parquet. A record belongs to the piece in which its first byte lies.
        end: where it ends; -1 is the end of the file.
        size: bytes on disk, for progress.
        members: the files of a piece of whole-file documents, which holds many small ones; empty for every other format.
        encoding: of its text; empty for UTF-8, ``"unknown"`` if there is no telling. A file in another is not cut, and places in it are
            counted in the bytes of its text as UTF-8.
    """

    path: str
    source: str
    format: str
    compression: str = ""
    start: int = 0
    end: int = -1
    size: int = 0
    members: tuple[Member, ...] = ()
    encoding: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {**asdict(self), "members": [asdict(member) for member in self.members]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Piece:
        """The piece that `to_dict` wrote.

        >>> piece = Piece("a.jsonl", "a.jsonl", "jsonl", size=7)
        >>> Piece.from_dict(piece.to_dict()) == piece
        True
        """
        return cls(**{**data, "members": tuple(Member(**member) for member in data["members"])})


@dataclass(frozen=True)
class Plan:
    """What will be read, settled before any work.

    Attributes:
        pieces: in the order of the inputs.
        schema: what every batch has: ``id``, ``text``, then the other columns in order of first appearance.
        options: how it is read.
        found: the columns of the JSONL inputs under their own names; what is kept as JSON text is marked in the field's metadata.
        loose: whether records may have fields or types beyond `found`, which then go to the column ``extra``.
    """

    pieces: tuple[Piece, ...]
    schema: pa.Schema
    options: ReadOptions
    found: pa.Schema = field(default_factory=lambda: pa.schema([]))
    loose: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; schemas as Arrow writes them, in base64."""
        return {
            "pieces": [piece.to_dict() for piece in self.pieces],
            "schema": _schema_to_text(self.schema),
            "options": self.options.to_dict(),
            "found": _schema_to_text(self.found),
            "loose": self.loose,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Plan:
        """The plan that `to_dict` wrote."""
        return cls(
            tuple(Piece.from_dict(piece) for piece in data["pieces"]),
            _schema_from_text(data["schema"]),
            ReadOptions.from_dict(data["options"]),
            _schema_from_text(data["found"]),
            bool(data["loose"]),
        )


def _schema_to_text(schema: pa.Schema) -> str:
    return base64.b64encode(schema.serialize().to_pybytes()).decode("ascii")


def _schema_from_text(text: str) -> pa.Schema:
    return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(text)))


def final_name(name: str, options: ReadOptions) -> str:
    """What a column of the input is called in a batch.

    >>> final_name("body", ReadOptions(text="body")), final_name("link", ReadOptions(rename=(("link", "url"),)))
    ('text', 'url')
    """
    if name == options.text:
        return "text"
    return "id" if name == options.id else dict(options.rename).get(name, name)
