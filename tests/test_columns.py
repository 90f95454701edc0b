"""Columns: every layout that Arrow has for strings is read in place, and comes back as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns as string_columns
from strategies import layout

from arclean import columns
from arclean.errors import ColumnError

BOTH = pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)


def rows(strings: columns.Strings) -> list[str]:
    return [bytes(strings.data[first:last]).decode() for first, last in zip(strings.bounds, strings.bounds[1:], strict=False)]


@pytest.mark.kernels
@given(string_columns())
def test_a_column_seen_as_arrays_and_built_again_is_the_same_column(column: pa.Array) -> None:
    strings = columns.view(column)
    again = columns.build(strings.bounds, strings.data, strings)
    again.validate(full=True)
    assert again.equals(column)
    assert again.null_count == column.null_count
    assert rows(strings) == [value or "" for value in column.to_pylist()]


@given(string_columns())
def test_a_view_has_one_type_for_the_kernels_and_cannot_be_written(column: pa.Array) -> None:
    strings = columns.view(column)
    assert (str(strings.bounds.dtype), str(strings.data.dtype), len(strings)) == ("int64", "uint8", len(column))
    assert not strings.data.flags.writeable
    assert strings.type == column.type


@BOTH
def test_a_view_does_not_copy_the_bytes(kind: pa.DataType) -> None:
    column = pa.array(["ألف", "باء"], kind)
    assert columns.view(column).data.ctypes.data == column.buffers()[2].address


@BOTH
def test_nulls_of_a_slice_stay_where_they_are(kind: pa.DataType) -> None:
    column = pa.array(["a", None, "b", None, None, "c", "d", None, "e", None], kind)
    for first in range(len(column)):
        part = column.slice(first)
        strings = columns.view(part)
        assert columns.build(strings.bounds, strings.data, strings).to_pylist() == part.to_pylist()


@BOTH
def test_bytes_behind_a_null_are_not_read(kind: pa.DataType) -> None:
    strings = columns.view(layout(["a", None, "b"], kind, 1, 1, b"\xff\xfe not text"))
    assert rows(strings) == ["a", "", "b"]


@BOTH
@pytest.mark.parametrize("values", [[], [None], [None, None], [""], ["", None, ""]], ids=str)
def test_columns_without_a_byte(kind: pa.DataType, values: list[str | None]) -> None:
    strings = columns.view(pa.array(values, kind))
    assert rows(strings) == [""] * len(values)
    assert columns.build(strings.bounds, strings.data, strings).to_pylist() == values


ONE = ["ألف", None, "باء", "ألف"]
VIEWS = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], pa.uint32()), pa.array(["باء", "ألف"], pa.string_view()))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param(pa.array(ONE), pa.string(), id="string"),
        pytest.param(pa.array(ONE, pa.large_string()), pa.large_string(), id="large-string"),
        pytest.param(pa.array(["x", *ONE]).slice(1), pa.string(), id="slice"),
        pytest.param(pa.array(ONE, pa.string_view()), pa.string(), id="string-view"),
        pytest.param(pa.array(["x", *ONE], pa.string_view()).slice(1), pa.string(), id="slice-of-string-view"),
        pytest.param(pa.array(ONE).dictionary_encode(), pa.string(), id="dictionary"),
        pytest.param(pa.array(["x", *ONE]).dictionary_encode().slice(1), pa.string(), id="slice-of-dictionary"),
        pytest.param(pa.array(ONE, pa.large_string()).dictionary_encode(), pa.large_string(), id="large-dictionary"),
        pytest.param(VIEWS, pa.string(), id="dictionary-of-string-views"),
        pytest.param(pa.concat_arrays([VIEWS, VIEWS])[4:], pa.string(), id="slice-of-dictionary-of-string-views"),
        pytest.param(
            pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 0], pa.int8()), pa.array(["ألف", None, "باء"])),
            pa.string(),
            id="null-in-dictionary",
        ),
        pytest.param(pa.chunked_array([ONE[:1], [], ONE[1:]]), pa.string(), id="chunks"),
        pytest.param(pa.chunked_array([ONE]), pa.string(), id="one-chunk"),
        pytest.param(
            pa.chunked_array([pa.array(ONE[:2]).dictionary_encode(), pa.array(ONE[2:]).dictionary_encode()]),
            pa.string(),
            id="chunked-dictionary",
        ),
        pytest.param(ONE, pa.string(), id="list"),
        pytest.param(np.array(ONE, object), pa.string(), id="numpy-objects"),
    ],
)
def test_whatever_holds_strings_becomes_one_string_array(values: Any, kind: pa.DataType) -> None:
    array = columns.string_array(values)
    assert isinstance(array, pa.Array)
    assert (array.type, array.to_pylist()) == (kind, ONE)


def test_a_string_array_is_taken_as_it_is() -> None:
    array = pa.array(ONE)
    assert columns.string_array(array) is array


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        pytest.param(pa.nulls(2), [None, None], id="nothing-but-nulls"),
        pytest.param(pa.chunked_array([], pa.string()), [], id="no-chunks"),
        pytest.param([], [], id="no-values"),
    ],
)
def test_columns_without_a_string(values: Any, wanted: list[None]) -> None:
    array = columns.string_array(values)
    assert (array.type, array.to_pylist()) == (pa.string(), wanted)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        pytest.param(pa.array([1]), "int64", id="numbers"),
        pytest.param(pa.array([b"a"]), "binary", id="bytes"),
        pytest.param(pa.array([["a"]]), "list<", id="lists"),
        pytest.param(pa.array([1]).dictionary_encode(), "int64", id="dictionary-of-numbers"),
        pytest.param(pa.chunked_array([[1.5]]), "double", id="chunks-of-numbers"),
    ],
)
def test_a_column_of_something_else_is_an_error_that_names_it(values: Any, named: str) -> None:
    with pytest.raises(ColumnError, match=f"this one is {named}.*Cast it"):
        columns.string_array(values)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1, 2], id="numbers"),
        pytest.param(["a", 1], id="mixed"),
        pytest.param(7, id="no-sequence"),
        pytest.param(["\ud800"], id="surrogate"),
    ],
)
def test_a_sequence_of_something_else_is_an_error(values: Any) -> None:
    with pytest.raises(ColumnError, match="holds strings"):
        columns.string_array(values)


def test_more_than_2_gib_in_a_string_column_is_an_error_that_names_the_remedy() -> None:
    bounds = np.array([0, 2**31], np.int64)
    with pytest.raises(ColumnError, match=r"2,147,483,648 bytes.*large_string"):
        columns.build(bounds, np.zeros(1, np.uint8))


def test_just_under_2_gib_is_not() -> None:
    assert len(columns.build(np.array([0, 2**31 - 1], np.int64), np.zeros(2**31 - 1, np.uint8))) == 1


def test_a_large_string_column_holds_more_than_2_gib() -> None:
    like = columns.view(pa.array([""], pa.large_string()))
    column = columns.build(np.array([0, 2**31], np.int64), np.zeros(2**31, np.uint8), like)
    assert column.type == pa.large_string()
    assert np.frombuffer(column.buffers()[1], np.int64).tolist() == [0, 2**31]


def raw(*values: bytes) -> pa.Array:
    return pa.array(values, pa.binary()).view(pa.string())


@given(string_columns())
def test_valid_utf8_passes(column: pa.Array) -> None:
    columns.demand_utf8(column)


def test_bytes_behind_a_null_need_not_be_utf8() -> None:
    columns.demand_utf8(layout(["a", None], pa.string(), 1, 0, b"\xff"))


@pytest.mark.parametrize("bad", [b"\xff", b"\xd9", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"], ids=repr)
def test_bytes_that_are_not_utf8_are_an_error_that_names_the_column_and_the_row(bad: bytes) -> None:
    with pytest.raises(ColumnError, match=r"'body'.* 2\b.*Decode it first"):
        columns.demand_utf8(raw(b"a", "ب".encode(), bad, b"c"), "body")


def test_the_row_is_counted_in_the_slice() -> None:
    with pytest.raises(ColumnError, match=r" 1\b"):
        columns.demand_utf8(raw(b"x", b"a", b"\xff").slice(1))


@given(string_columns(), st.integers(0, 8))
def test_work_on_chunks_gives_chunks(column: pa.Array, cut: int) -> None:
    chunks = pa.chunked_array([column[:cut], column[cut:]])
    done = columns.over_chunks(lambda array: pa.array([value and value + "!" for value in array.to_pylist()], array.type), chunks)
    assert isinstance(done, pa.ChunkedArray)
    assert done.to_pylist() == [value and value + "!" for value in column.to_pylist()]
    assert columns.over_chunks(lambda array: array, column).equals(column)


def test_no_chunks_give_no_chunks() -> None:
    none = columns.over_chunks(lambda array: array, pa.chunked_array([], pa.string()))
    assert (none.num_chunks, none.type) == (0, pa.string())


def test_what_is_no_table_is_an_error_that_says_so() -> None:
    with pytest.raises(ColumnError, match="dict does not speak"):
        columns.as_table({"text": ["a"]})
