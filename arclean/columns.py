"""Arrow string columns as NumPy views, and back. The one module that touches buffers.

A string column of n rows is two buffers: n + 1 bounds and UTF-8 bytes. Kernels walk them directly, so no Python object is made per
document. Bounds are int64 in every kernel, whatever the column's type: one compilation serves ``string`` and ``large_string``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import pool
from arclean.errors import ColumnError

pool.part()

Bounds = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

LARGE = pa.large_string()
"""The type of columns that are on their way between passes."""
_INT32_MOST = 2**31 - 1


@dataclass(frozen=True)
class Strings:
    """A string column seen as arrays.

    Attributes:
        bounds: int64, shape (n + 1,). Row ``i`` is ``data[bounds[i]:bounds[i + 1]]``; a null row is empty.
        data: uint8, valid UTF-8; read-only.
        type: ``pa.string()`` or ``pa.large_string()``.
        validity: Arrow's bitmap of the rows that are not null, or None if none is.
    """

    bounds: Bounds
    data: Bytes
    type: pa.DataType
    validity: pa.Buffer | None = None

    def __len__(self) -> int:
        return len(self.bounds) - 1


Written: TypeAlias = Strings | pa.Array
"""A column that a pass wrote: as arrays, or, if Arrow did it, as Arrow's."""


def seen(column: Written) -> Strings:
    """A column that a pass wrote, as arrays."""
    return column if isinstance(column, Strings) else view(column)


def string_array(values: Any) -> pa.Array:
    """One contiguous ``string`` or ``large_string`` array from whatever holds strings.

    Takes Arrow arrays, string views, dictionaries of strings, sequences of ``str`` and anything with ``__arrow_c_array__``.

    Raises:
        ColumnError: the values are not strings.

    >>> string_array(pa.array(["a", "b", "a"]).dictionary_encode()).type
    DataType(string)
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks() if values.num_chunks != 1 else values.chunk(0)
    if not isinstance(values, pa.Array):
        values = _array_of(values)
    if pa.types.is_dictionary(values.type):
        words = string_array(values.dictionary)
        return pa.DictionaryArray.from_arrays(values.indices, words).cast(words.type)
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return values
    if pa.types.is_null(kind):
        return values.cast(pa.string())
    if kind == pa.string_view():
        return values.cast(pa.large_string() if values.nbytes > _INT32_MOST else pa.string())
    raise ColumnError(f"a text column holds strings; this one is {values.type}. Cast it to pa.string(), or name another column")


def _array_of(values: Any) -> pa.Array:
    try:
        return pa.array(values, None if hasattr(values, "__arrow_c_array__") else pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, UnicodeEncodeError) as error:
        raise ColumnError(f"a text column holds strings without lone surrogates; this {type(values).__name__} does not: {error}") from error


def column_of(texts: Iterable[str]) -> pa.Array:
    """A string column of texts; ``large_string`` if they hold more than 2 GiB.

    Raises:
        ColumnError: one of them is not a string, or holds a lone surrogate.
    """
    if isinstance(texts, (str, bytes)):
        raise ColumnError("this takes several texts; for one use `clean`")
    values = list(texts)
    for number, value in enumerate(values):
        if not isinstance(value, str):
            raise ColumnError(f"clean takes strings; number {number} is {'None' if value is None else type(value).__name__}")
    try:
        column = pa.array(values, pa.string())
    except UnicodeEncodeError as error:
        raise ColumnError(f"clean takes strings without lone surrogates: {error}") from error
    return column if isinstance(column, pa.Array) else column.cast(pa.large_string()).combine_chunks()


def view(array: pa.Array) -> Strings:
    """The buffers of a string array, without a copy of its bytes.

    >>> v = view(pa.array(["ab", "c", None])[1:])
    >>> [bytes(v.data[first:last]) for first, last in zip(v.bounds, v.bounds[1:])]
    [b'c', b'']
    """
    validity = None
    if array.null_count:
        validity = pc.is_valid(array).buffers()[1]
        array = pc.fill_null(array, "")
    _, offsets, data = array.buffers()
    wide = pa.types.is_large_string(array.type)
    if offsets is None or len(array) == 0:
        bounds = np.zeros(1, np.int64)
    else:
        first = array.offset
        bounds = np.frombuffer(offsets, np.int64 if wide else np.int32)[first : first + len(array) + 1].astype(np.int64)
    view = np.frombuffer(b"" if data is None else data, np.uint8)
    view.flags.writeable = False  # one compilation of each kernel, not one for every owner of the bytes
    return Strings(bounds, view, array.type, validity)


def build(bounds: Bounds, data: Bytes, like: Strings | None = None) -> pa.Array:
    """A string array over the given arrays, of the type and with the nulls of `like`.

    Raises:
        ColumnError: a ``string`` column would hold more than 2 GiB.

    >>> build(np.array([0, 1, 3]), np.frombuffer(b"abc", np.uint8)).to_pylist()
    ['a', 'bc']
    """
    kind = pa.string() if like is None else like.type
    if pa.types.is_string(kind):
        if bounds[-1] > _INT32_MOST:
            raise ColumnError(
                f"the result has {bounds[-1]:,} bytes; a string column holds 2 GiB. Cast it to pa.large_string(), or cut the batch"
            )
        bounds = bounds.astype(np.int32)
    validity = None if like is None else like.validity
    return pa.Array.from_buffers(kind, len(bounds) - 1, [validity, pa.py_buffer(bounds), pa.py_buffer(data)])


def held(bounds: Bounds, data: Bytes, like: Strings | None = None) -> Strings:
    """What `build` would make an array of, as arrays: for who looks at it next as such. The bytes are read-only then.

    >>> held(np.array([0, 1, 3]), np.array([97, 98, 99], np.uint8)).type
    DataType(large_string)
    """
    data.flags.writeable = False
    return Strings(bounds, data, LARGE) if like is None else Strings(bounds, data, like.type, like.validity)


def same(one: pa.Array, other: pa.Array) -> bool:
    """Whether two columns are equal; those that share their buffers are not read.

    >>> texts = pa.array(["a", "b"])
    >>> same(texts, texts[:]), same(texts, pa.array(["a", "c"]))
    (True, False)
    """
    shared = one.type == other.type and len(one) == len(other) and one.offset == other.offset and _addresses(one) == _addresses(other)
    return shared or one.equals(other)


def _addresses(array: pa.Array) -> list[int | None]:
    return [None if buffer is None else buffer.address for buffer in array.buffers()]


_LITTLE: Final = 1 << 16


def room(size: int) -> Bytes:
    """uint8, shape (size,), with whatever was there: to be written to, and handed on.

    It comes from Arrow's pool, which keeps freed pages for the next batch. The C library gives large ones back to the system, and to have
    them mapped anew, page by page, costs a seventh of what cleaning costs. For little, NumPy is asked, which answers sooner.

    >>> room(3).shape
    (3,)
    """
    return np.empty(size, np.uint8) if size < _LITTLE else np.frombuffer(pa.allocate_buffer(size), np.uint8)


def are_utf8(array: pa.Array) -> bool:
    r"""Whether every string of a string array that is not null is UTF-8, and their bounds are in order; see `arclean.utf8`.

    >>> are_utf8(pa.array(["كتاب"])), are_utf8(pa.array([b"\xd9"]).view(pa.string()))
    (True, False)
    """
    from arclean import utf8

    try:
        array.validate(full=array.null_count > 0)  # bytes behind a null may be anything
    except pa.ArrowInvalid:
        return False
    strings = view(array)
    first, last = strings.bounds[0], strings.bounds[-1]
    sound = first >= 0 and last <= len(strings.data) and not (np.diff(strings.bounds) < 0).any()
    return bool(sound and (array.null_count or utf8.are_valid(strings.bounds, strings.data)))


def demand_utf8(array: pa.Array, name: str = "text") -> None:
    """Raise if a string array holds bytes that are not UTF-8: Arrow does not check, and kernels rely on it.

    Raises:
        ColumnError: names the first bad row.
    """
    try:
        if not are_utf8(array):
            array.validate(full=True)  # says which row
    except pa.ArrowInvalid as error:
        raise ColumnError(
            f"column {name!r} holds bytes that are not UTF-8: {error}. Decode it first, or read the file with arclean"
        ) from error


def over_chunks(work: Callable[[pa.Array], pa.Array], column: Any) -> Any:
    """Do the work on each chunk of a column; an array in gives an array out, chunks in give chunks out."""
    if isinstance(column, pa.ChunkedArray):
        return pa.chunked_array([work(string_array(chunk)) for chunk in column.chunks], None if column.num_chunks else column.type)
    return work(string_array(column))


def as_table(source: Any) -> pa.Table:
    """A table from anything that speaks the Arrow PyCapsule protocol: polars, pandas, DuckDB, datasets, Arrow itself.

    Raises:
        ColumnError: it does not.
    """
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__"):
        return pa.table(source)
    if callable(getattr(source, "to_arrow_table", None)):
        return source.to_arrow_table()
    data = getattr(getattr(source, "data", None), "table", None)
    if isinstance(data, pa.Table):
        return data
    raise ColumnError(f"{type(source).__name__} does not speak the Arrow PyCapsule protocol; give a table, a record batch or a data frame")
