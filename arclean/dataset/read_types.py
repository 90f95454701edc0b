"""Which type a column of JSON has: found value by value, unified, settled.

Whole numbers are int64, others float64; a column of both is float64. What has no common type (a number here, a string there, a whole
number beyond 64 bits), and objects with too many or too deep fields to be columns, is kept as JSON text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON: Final = pa.large_binary()
"""Stands for a column of JSON text while types are found; no JSON value has this type by itself."""

_MARK: Final = {b"encoding": b"json"}
_DEEPEST: Final = 16
_MOST_FIELDS: Final = 1000
_INT64: Final = range(-(1 << 63), 1 << 63)
_LONE: Final = re.compile("[\ud800-\udfff]")


def type_of(value: Any, depth: int = 0) -> pa.DataType:
    """The type of a value that Python's json read.

    >>> print(type_of({"a": [1, 2.5], "b": None}))
    struct<a: list<item: double>, b: null>
    >>> type_of([1, "1"]) == JSON
    True
    """
    match value:
        case None:
            return pa.null()
        case bool():
            return pa.bool_()
        case int():
            return pa.int64() if value in _INT64 else JSON
        case float():
            return pa.float64()
        case str():
            return pa.string()
    if depth >= _DEEPEST or (len(value) > _MOST_FIELDS and isinstance(value, dict)):
        return JSON
    if isinstance(value, list):
        kind = pa.null()
        for item in value:
            kind = unify(kind, type_of(item, depth + 1))
        return JSON if kind == JSON else pa.list_(kind)
    return _struct({well_formed(name): type_of(item, depth + 1) for name, item in value.items()})


def unify(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """The type that holds the values of both, `JSON` if there is none.

    >>> print(unify(pa.int64(), pa.float64()), unify(pa.null(), pa.string()))
    double string
    """
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if {one, other} == {pa.int64(), pa.float64()}:
        return pa.float64()
    if pa.types.is_list(one) and pa.types.is_list(other):
        kind = unify(one.value_type, other.value_type)
        return JSON if kind == JSON else pa.list_(kind)
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        kinds = {field.name: field.type for field in one}
        for field in other:
            kinds[field.name] = unify(kinds.get(field.name, pa.null()), field.type)
        return _struct(kinds)
    return JSON


def _struct(kinds: Mapping[str, pa.DataType]) -> pa.DataType:
    if len(kinds) > _MOST_FIELDS or JSON in kinds.values():
        return JSON
    return pa.struct([pa.field(name, kind) for name, kind in kinds.items()])


def settled(name: str, kind: pa.DataType) -> pa.Field:
    """The field of a column once every value of the sample was seen; a column of nulls alone is one of strings.

    >>> settled("a", pa.null()), is_json(settled("b", JSON)), is_json(settled("c", pa.struct([])))
    (pyarrow.Field<a: string>, True, True)
    """
    kind = _without_nulls(kind)
    return pa.field(name, pa.string(), metadata=_MARK) if kind == JSON else pa.field(name, kind)


def _without_nulls(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_list(kind):
        value = _without_nulls(kind.value_type)
        return JSON if value == JSON else pa.list_(value)
    if pa.types.is_struct(kind):
        # Parquet cannot write an object without fields.
        return _struct({field.name: _without_nulls(field.type) for field in kind}) if kind.num_fields else JSON
    return kind


def is_json(field: pa.Field) -> bool:
    """Whether a column holds JSON text."""
    return bool(field.metadata and field.metadata.get(b"encoding") == b"json")


class Misfit(Exception):
    """A value that its column cannot hold."""


def fitted(value: Any, kind: pa.DataType) -> Any:
    """A value as its column takes it.

    Raises:
        Misfit: the column cannot hold it.

    >>> fitted([1, None], pa.list_(pa.float64()))
    [1.0, None]
    """
    if value is None:
        return None
    if isinstance(value, str) and pa.types.is_string(kind):
        return well_formed(value)
    if isinstance(value, bool):
        if pa.types.is_boolean(kind):
            return value
    elif isinstance(value, int) and pa.types.is_int64(kind) and value in _INT64:
        return value
    elif isinstance(value, int | float) and pa.types.is_float64(kind):
        return _double(value)
    elif isinstance(value, list) and pa.types.is_list(kind):
        return [fitted(item, kind.value_type) for item in value]
    elif isinstance(value, dict) and pa.types.is_struct(kind):
        return _fitted_struct(value, kind)
    raise Misfit


def _double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise Misfit from None


def _fitted_struct(value: Mapping[str, Any], kind: pa.DataType) -> dict[str, Any]:
    row = {}
    for key, item in value.items():
        name = well_formed(key)
        at = kind.get_field_index(name)
        if at < 0:
            raise Misfit
        row[name] = fitted(item, kind.field(at).type)
    return row


def well_formed(text: str) -> str:
    """The text with U+FFFD for every surrogate that stands alone, which no UTF-8 can hold.

    >>> well_formed("a" + chr(0xD800)) == "a\N{REPLACEMENT CHARACTER}"
    True
    """
    return text if text.isascii() else _LONE.sub("\N{REPLACEMENT CHARACTER}", text)


def json_text(value: Any) -> str:
    """A value as compact JSON, itself well-formed.

    >>> json_text({"a": [1, None]})
    '{"a":[1,null]}'
    """
    return well_formed(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
