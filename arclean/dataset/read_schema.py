"""The schema of a plan: what the inputs have, under one set of names, or an error that says what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from arclean.dataset.read_model import EXTRA, ReadOptions, final_name
from arclean.errors import SourceError, UnknownName, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES: Final = pa.schema([("text", pa.string())])
"""The columns of a file in which each line is a document."""

DOCUMENTS: Final = pa.schema([("text", pa.string()), ("path", pa.string())])
"""The columns of files that are a document each."""

CRAWL: Final = pa.schema([("text", pa.string()), ("url", pa.string()), ("fetched", pa.string()), ("language", pa.string())])
"""The columns of WARC and WET files."""


@dataclass(frozen=True)
class Part:
    """What some of the inputs have.

    Attributes:
        label: which inputs, for messages.
        schema: their columns.
        final: whether the columns have their final names, and those of the options do not concern them.
    """

    label: str
    schema: pa.Schema
    final: bool = False


def settle(parts: Sequence[Part], options: ReadOptions, loose: bool) -> pa.Schema:
    """The schema of every batch: ``id``, ``text``, the others in order of first appearance, ``extra`` if the plan is loose.

    Raises:
        UnknownName: the column of the documents, or one to rename, is not there.
        SourceError: two columns would have one name, or one column two types.
    """
    given = [part for part in parts if not part.final]
    if given:
        _refuse_unknown(given, options)
    columns: dict[str, pa.DataType] = {"id": pa.string()}
    owners: dict[str, str] = {}
    for part in parts:
        for name, kind in _renamed(part, options):
            _join(columns, owners, name, kind, part.label)
    text = columns.pop("text", pa.string())  # where no file could be looked into, there will be no documents either
    fields = [("id", columns.pop("id")), ("text", text), *columns.items()]
    if loose and EXTRA in columns:
        raise SourceError(f"there is a column {EXTRA!r}, which arclean needs for fields that come late; give it another name with `rename`")
    return pa.schema([*fields, (EXTRA, pa.string())] if loose else fields)


def _refuse_unknown(parts: Sequence[Part], options: ReadOptions) -> None:
    there = {name for part in parts for name in part.schema.names}
    for part in parts:
        if options.text not in part.schema.names:
            said = unknown("column", options.text, part.schema.names, part.label)
            raise UnknownName(f"{said}. Name the one that holds the text: `--text NAME`, or `text=` in Python")
    wanted = [old for old, _ in options.rename] + ([options.id] if options.id != "id" else [])
    for name in wanted:
        if name not in there:
            raise unknown("column", name, there, "inputs")


def _renamed(part: Part, options: ReadOptions) -> list[tuple[str, pa.DataType]]:
    if part.final:
        return [(field.name, field.type) for field in part.schema]
    taken: dict[str, str] = {}
    for field in part.schema:
        name = final_name(field.name, options)
        if name in taken:
            other = field.name if field.name == name else taken[name]
            raise SourceError(
                f"{part.label}: the columns {taken[name]!r} and {field.name!r} would both be called {name!r}; "
                f"give {other!r} another name with `rename`"
            )
        taken[name] = field.name
    return [(final_name(field.name, options), _text_type(part, field, options)) for field in part.schema]


def _text_type(part: Part, field: pa.Field, options: ReadOptions) -> pa.DataType:
    kind = field.type
    if field.name == options.id:
        return pa.string()
    if field.name != options.text:
        return kind
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_large_string(plain) or pa.types.is_large_binary(plain):
        return pa.large_string()
    if pa.types.is_string(plain) or pa.types.is_binary(plain) or str(plain) in ("string_view", "binary_view"):
        return pa.string()
    raise SourceError(f"{part.label}: the column {field.name!r} holds {kind}, not text; say which column does")


def _join(columns: dict[str, pa.DataType], owners: dict[str, str], name: str, kind: pa.DataType, label: str) -> None:
    known = columns.setdefault(name, kind)
    owner = owners.setdefault(name, label)
    if name == "text" and {known, kind} == {pa.string(), pa.large_string()}:
        columns[name] = pa.large_string()
    elif pa.types.is_null(known):
        columns[name], owners[name] = kind, label
    elif known != kind and not pa.types.is_null(kind):
        raise SourceError(f"the column {name!r} is {known} in {owner}, but {kind} in {label}; rename one, or read them apart")
