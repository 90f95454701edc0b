"""Plain records: what compiled passes read is what Python reads, and what they do not understand they leave alone."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from arclean.dataset import kernels
from arclean.dataset.parse_lines import Lines
from arclean.dataset.parse_plain import counts, read_plain

SCHEMA = pa.schema([("id", pa.string()), ("text", pa.string()), ("n", pa.int64()), ("من", pa.string()), ("tags", pa.list_(pa.string()))])


def read(*lines: bytes, schema: pa.Schema = SCHEMA) -> dict[int, dict[str, Any]]:
    """The plain records among lines, by number."""
    rows, batch = read_plain(Lines.of(b"\n".join(lines)), schema)
    if batch is None:
        return {}
    batch.validate(full=True)
    return dict(zip(rows.tolist(), batch.to_pylist(), strict=True))


def expected(line: bytes, schema: pa.Schema = SCHEMA) -> dict[str, Any]:
    record = json.loads(line)
    assert record.keys() <= set(schema.names)
    return {name: record.get(name) for name in schema.names}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{}", id="nothing"),
        pytest.param(b"{ }", id="space"),
        pytest.param(b'{"text":""}', id="empty"),
        pytest.param(b' \t{ "text" :\t"a" , "id": "b" } \r', id="space-everywhere"),
        pytest.param(b'{"text":null,"id":"x"}', id="null"),
        pytest.param(b'{"n":null,"tags":null,"text":"x"}', id="nulls-of-other-kinds"),
        pytest.param(b'{"n":-12,"text":"x"}', id="number"),
        pytest.param('{"tags":["}","\\"]",null],"text":"ب","من":"أين"}'.encode(), id="list-with-brackets-in-strings"),
        pytest.param(rb'{"text":"\"\\\/\b\f\n\r\t"}', id="every-escape"),
        pytest.param(rb'{"text":"\u0628\u0627\u0628 \u20AC \ud83d\ude00 \u0000\u007f\u0080\u07ff\u0800\uffff"}', id="code-points"),
        pytest.param(b'{"text":"' + b"a" * 300 + rb"\n" + b"b" * 63 + rb"\\" + b'"}', id="long"),
        pytest.param('{"text":"كان يا ما كان\\nفي قديم الزمان"}'.encode(), id="lines"),
    ],
)
def test_plain_records_are_read(line: bytes) -> None:
    assert read(line) == {0: expected(line)}
    around = b'{"text":"\xd9\x83","id":"y"}'
    assert read(around, line, around) == {0: expected(around), 1: expected(line), 2: expected(around)}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'{"text":"a","text":"b"}', id="a-key-twice"),
        pytest.param(b'{"text":"a","other":"b"}', id="an-unknown-key"),
        pytest.param(rb'{"te\u0078t":"a"}', id="a-key-with-an-escape"),
        pytest.param(b'{"text":1}', id="a-number-for-a-string"),
        pytest.param(b'{"text":["a"]}', id="a-list-for-a-string"),
        pytest.param(b'{"text":nul}', id="no-null"),
        pytest.param(b'{"text":nullx}', id="more-than-null"),
        pytest.param(b'{"text":"a",}', id="a-comma-too-many"),
        pytest.param(b'{"text":"a" "id":"b"}', id="no-comma"),
        pytest.param(b'{"text""a"}', id="no-colon"),
        pytest.param(b'{"text":"a"}{"text":"b"}', id="two-records"),
        pytest.param(b'{"text":"a"} {"text":"b"}', id="two-records-apart"),
        pytest.param(b'{"text":"a"}}', id="a-brace-too-many"),
        pytest.param(b'{"text":"a', id="no-end"),
        pytest.param(b'{"text":"a}', id="no-end-of-the-string"),
        pytest.param(b'{"text":}', id="no-value"),
        pytest.param(b'{"text"}', id="no-value-at-all"),
        pytest.param(b"{text:1}", id="a-bare-key"),
        pytest.param(b'{"text":"a\tb"}', id="a-raw-tab"),
        pytest.param(b'{"text":"a\0b"}', id="a-raw-nul"),
        pytest.param(rb'{"text":"\x"}', id="no-escape"),
        pytest.param(rb'{"text":"\u12"}', id="half-an-escape"),
        pytest.param(rb'{"text":"\u12g4"}', id="no-hexadecimal"),
        pytest.param(rb'{"text":"\ud83d"}', id="half-a-pair"),
        pytest.param(rb'{"text":"\ude00\ud83d"}', id="a-pair-turned-round"),
        pytest.param(rb'{"text":"\ud83d\u0041"}', id="half-a-pair-and-more"),
        pytest.param(b'{"text":"a\\"}', id="a-backslash-at-the-end"),
        pytest.param(b'["text"]', id="a-list"),
        pytest.param(b'"text"', id="a-string"),
        pytest.param(b"{", id="a-brace"),
    ],
)
def test_anything_else_is_left(line: bytes) -> None:
    good = b'{"text":"b"}'
    assert read(good, line, good) == {0: expected(good), 2: expected(good)}


def test_what_other_columns_hold_is_left_to_arrow() -> None:
    """None of a block is plain if Arrow refuses a value; rows are then looked at by halves."""
    assert read(b'{"n":1}', b'{"n":"1"}') == {}
    assert read(b'{"n":1}', b'{"n":1 2}') == {}
    assert read(b'{"tags":["a"]}', b'{"tags":["a"]]}') == {0: expected(b'{"tags":["a"]}')}


@given(st.lists(st.fixed_dictionaries({}, optional={"id": texts, "text": st.none() | texts, "n": st.integers(-9, 9)})), st.booleans())
def test_any_records_are_read_as_python_reads_them(records: list[dict[str, Any]], escaped: bool) -> None:
    lines = [json.dumps(record, ensure_ascii=escaped).encode("utf-8", "replace") for record in records]
    assert read(*lines) == {at: expected(line) for at, line in enumerate(lines)}


PIECES = st.sampled_from(
    ['"', "\\", "{", "}", "[", "]", ",", ":", "null", '"text"', '"text":"', '":"', "\\u0628", "\\ud83d", " ", "ب", "1"]
)


@given(st.lists(PIECES).map("".join))
def test_no_line_is_read_that_python_does_not_read(middle: str) -> None:
    line = f'{{"text":"{middle}"}}'.encode()
    for row in read(line).values():
        assert row == expected(line)


@given(st.lists(st.sampled_from([b"\n", b"\r", b" ", b"\t", b"a", b"{}", b"a b" * 30])).map(b"".join), st.booleans())
def test_lines_are_found_where_splitting_finds_them(data: bytes, strip: bool) -> None:
    found = Lines.of(data, strip)
    slowly = [(at, line.strip(b" \t\r") if strip else line.removesuffix(b"\r")) for at, line in enumerate(data.split(b"\n"))]
    assert [(number, found.line(at)) for at, number in enumerate(found.numbers.tolist())] == [pair for pair in slowly if pair[1]]
    assert kernels.breaks(np.frombuffer(data, np.uint8)) == data.count(b"\n")


def test_values_are_counted_without_being_read() -> None:
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    assert counts(Lines.of(b'{"text":"a"}\n{"text":null,"id":"b"}\n{"text":"\\n"}'), schema) == [1, 2]
    assert counts(Lines.of(b'{"text":"a"}\n{"text":1}'), schema) is None
    assert counts(Lines.of(b"{}"), SCHEMA) is None


def test_too_many_columns_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arclean.dataset.parse_plain.CELLS", 9)
    assert read(b'{"text":"a"}') == {0: expected(b'{"text":"a"}')}
    assert read(b'{"text":"a"}', b'{"text":"b"}') == {}
