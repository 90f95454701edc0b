"""Whole inputs of every kind are read as they are."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_helper import read

from arclean.dataset import parse_json
from arclean.dataset.source import Piece, ReadOptions, plan

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "سلام",
    "",
    " two\nlines\t",
    'quote " comma , backslash \\',
    "\N{GRINNING FACE}",
    "nul \0 inside",
]


def jsonl(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


ROWS = [{"id": f"n{at}", "text": text, "n": at, "tags": [text]} for at, text in enumerate(TEXTS)]
COMPRESSED = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": zstd,
}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(jsonl(ROWS), id="as it should be"),
        pytest.param(b"\xef\xbb\xbf" + jsonl(ROWS), id="a byte order mark"),
        pytest.param(jsonl(ROWS).replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(jsonl(ROWS).rstrip(b"\n"), id="no line end at the end"),
        pytest.param(b"\n \n" + jsonl(ROWS).replace(b"\n", b"\n\n\t \r\n"), id="blank lines"),
        pytest.param(jsonl(ROWS).replace(b"{", b"            {").replace(b"}\n", b"}            \n"), id="space around"),
        pytest.param(b"".join(json.dumps(row).encode() + b"\n" for row in ROWS), id="escaped"),
        pytest.param(jsonl([dict(reversed(row.items())) for row in ROWS]), id="keys in another order"),
    ],
)
def test_jsonl_is_read_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    for block_bytes in (1, 50, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert [{name: row[name] for name in ROWS[0]} for row in reading.rows] == ROWS
        assert reading.lost == []


@pytest.mark.parametrize("ending", COMPRESSED)
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv"])
def test_compression_changes_nothing(tmp_path: Path, name: str, ending: str) -> None:
    plain = jsonl(ROWS)
    if name != "a.jsonl":
        mark = "," if name == "a.csv" else "\t"
        plain = f'id{mark}text\n1{mark}سلام\n2{mark}"a{mark}""b\nc"\n'.encode()
    (tmp_path / name).write_bytes(plain)
    (tmp_path / f"z{name}{ending}").write_bytes(COMPRESSED[ending](plain))
    assert read(tmp_path / f"z{name}{ending}").rows == read(tmp_path / name).rows


@pytest.mark.parametrize("ending", [".gz", ".bz2", ".zst"])
def test_members_one_after_the_other_are_one_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(b"".join(COMPRESSED[ending](jsonl([row])) for row in ROWS))
    reading = read(path)
    assert (reading.texts, reading.lost) == (TEXTS, [])


def test_gzip_may_be_padded_with_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(ROWS)) + b"\0" * 1000)
    assert read(path).lost == []


def test_csv_columns_are_strings_and_text_keeps_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\N{BYTE ORDER MARK}text,n,d\r\n"a\r\nb",007,2020-01-01\r\n\r\n"",,NULL\r\n5" disk,1.0,"x"'.encode())
    for block_bytes in (1, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert [(row["text"], row["n"], row["d"]) for row in reading.rows] == [
            ("a\r\nb", "007", "2020-01-01"),
            ("", "", "NULL"),
            ('5" disk', "1.0", "x"),
        ]
        assert reading.lost == []


def test_blank_lines_before_the_names_of_csv_columns_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\n\r\n\nn,text\n1,نعم\n".encode())
    for block_bytes in (1, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert [(row["text"], row["n"]) for row in reading.rows] == [("نعم", "1")]
        assert reading.lost == []


def test_names_of_csv_columns_are_names_whatever_they_look_like(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"2020,1.0,true,2020-01-01,007,NULL,,text\n1,2,3,4,5,6,7,x\n")
    assert list(read(path).rows[0]) == ["id", "text", "2020", "1.0", "true", "2020-01-01", "007", "NULL", "column_7"]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "url": ["a", None],
            "text": pa.array(["x", ""], pa.large_string()),
            "id": [7, None],
            "day": [date(2020, 1, 1), None],
            "deep": [{"a": [1, 2], "m": {"k": b"v"}}, None],
            "kind": pa.array(["p", "q"]).dictionary_encode(),
            "small": pa.array([1, 2], pa.int8()),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    reading = read(tmp_path / "a.parquet")
    assert reading.plan.schema.names == ["id", "text", "url", "day", "deep", "kind", "small"]
    for name in ("text", "url", "day", "deep", "kind", "small"):
        assert reading.plan.schema.field(name).type == table.schema.field(name).type
        assert [row[name] for row in reading.rows] == table[name].to_pylist()
    assert reading.rows[0]["id"] == "7"
    assert len(reading.rows[1]["id"]) == 16


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_parquet_text_may_be_any_kind_of_string(tmp_path: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"text": pa.array(["x", "سلام"]).cast(kind)}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet").texts == ["x", "سلام"]


def test_parquet_row_groups_make_blocks_and_pieces_but_not_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"text": [f"text {at}" for at in range(100)]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    whole = read(tmp_path / "a.parquet").rows
    assert [row["text"] for row in whole] == table["text"].to_pylist()
    assert len(plan([str(tmp_path / "a.parquet")], ReadOptions(piece_bytes=1)).pieces) == 15
    assert read(tmp_path / "a.parquet", piece_bytes=1).rows == whole
    assert read(tmp_path / "a.parquet", block_bytes=1).rows == whole
    monkeypatch.setattr("arclean.dataset.read_parquet.HUGE", 20)
    assert read(tmp_path / "a.parquet").rows == whole


def test_a_document_a_file_and_a_document_a_line(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_bytes(b"\xef\xbb\xbfx\r\ny\n")
    (tmp_path / "1.txt.gz").write_bytes(gzip.compress("سلام".encode()))
    (tmp_path / ".hidden.txt").write_bytes(b"h")
    (tmp_path / "3.txt").write_bytes(b"")
    reading = read(tmp_path)
    assert [(row["path"], row["text"]) for row in reading.rows] == [("1.txt.gz", "سلام"), ("3.txt", ""), ("b/2.txt", "x\r\ny\n")]
    assert len({row["id"] for row in reading.rows}) == 3
    lines = read(tmp_path / "b" / "2.txt", format="lines")
    assert lines.texts == ["x", "y"]
    assert lines.plan.schema.names == ["id", "text"]


def test_folders_globs_and_files_name_their_sources_from_where_they_begin(tmp_path: Path) -> None:
    for name in ("x/a.jsonl", "x/y/b.jsonl", "z/b.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(jsonl(ROWS))

    def sources(*inputs: str) -> list[str]:
        return [piece.source for piece in plan([str(tmp_path / name) for name in inputs]).pieces]

    assert sources("x/a.jsonl") == ["a.jsonl"]
    assert sources("x") == ["a.jsonl", "y/b.jsonl"]
    assert sources("x/**/*.jsonl") == ["a.jsonl", "y/b.jsonl"]
    assert sources("z/b.jsonl", "x/y/b.jsonl") == ["z/b.jsonl", "y/b.jsonl"]
    assert sources("*/b.jsonl") == ["z/b.jsonl"]
    (tmp_path / "z" / "b.jsonl").write_bytes(b'{"text": "x"}\n')
    (tmp_path / "x" / "y" / "b.jsonl").write_bytes(b'{"text": "x"}\n')
    assert len({row["id"] for row in read([tmp_path / "z" / "b.jsonl", tmp_path / "x" / "y" / "b.jsonl"]).rows}) == 2


def test_ids_depend_on_file_and_place_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{"text": text * 9} for text in TEXTS] * 50))
    whole = read(path).rows
    assert len({row["id"] for row in whole}) == len(whole) == 300
    assert all(len(row["id"]) == 16 for row in whole)
    for piece_bytes, block_bytes in ((100, 30), (1, 1), (1000, 1 << 20)):
        parts = read(path, piece_bytes=piece_bytes, block_bytes=block_bytes).rows
        assert [(row["id"], row["text"]) for row in parts] == [(row["id"], row["text"]) for row in whole]
    (tmp_path / "b.jsonl").write_bytes(path.read_bytes())
    assert {row["id"] for row in read(tmp_path / "b.jsonl").rows}.isdisjoint(row["id"] for row in whole)


@given(lines=st.lists(st.integers(0, 40), max_size=30), piece_bytes=st.integers(1, 60), block_bytes=st.integers(1, 60), last=st.booleans())
@settings(max_examples=60, deadline=None)
def test_pieces_and_blocks_lose_and_repeat_nothing(
    tmp_path_factory: pytest.TempPathFactory, lines: list[int], piece_bytes: int, block_bytes: int, last: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.txt"
    path.write_bytes(b"\n".join(b"%d" % at * size for at, size in enumerate(lines)) + b"\n" * last)
    whole = read(path, format="lines")
    assert whole.texts == [line for line in path.read_text().split("\n") if line]
    assert read(path, format="lines", piece_bytes=piece_bytes, block_bytes=block_bytes).rows == whole.rows


@pytest.mark.parametrize("piece_bytes", [1, 2, 3, 4, 8])
def test_a_byte_order_mark_longer_than_a_piece_loses_nothing(tmp_path: Path, piece_bytes: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\N{BYTE ORDER MARK}نعم\nلا\n\nربما".encode())
    assert read(path, format="lines", piece_bytes=piece_bytes, block_bytes=piece_bytes).texts == ["نعم", "لا", "ربما"]


def test_memory_urls_are_read(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe({"/reading/a.jsonl": jsonl(ROWS), "/reading/deep/b.jsonl.gz": gzip.compress(jsonl(ROWS))})
    try:
        assert read("memory://reading/a.jsonl", piece_bytes=40).texts == TEXTS
        assert [piece.source for piece in plan(["memory://reading"]).pieces] == ["a.jsonl", "deep/b.jsonl.gz"]
        assert read("memory://reading/**/*.jsonl*", block_bytes=40).texts == TEXTS * 2
        buffer = io.BytesIO()
        pq.write_table(pa.table({"text": TEXTS}), buffer)
        system.pipe("/reading/p/c.parquet", buffer.getvalue())
        assert read("memory://reading/p").texts == TEXTS
    finally:
        system.rm("/reading", recursive=True)


@pytest.mark.parametrize("ending", COMPRESSED)
def test_standard_input_is_read_once_though_it_is_looked_at(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    data = jsonl([{"text": text, "n": at} for at, text in enumerate(TEXTS * 5000)])

    class Pipe:
        buffer = io.BytesIO(COMPRESSED[ending](data))

    monkeypatch.setattr(sys, "stdin", Pipe)
    reading = read("-", block_bytes=1 << 14, format="jsonl")
    assert reading.texts == TEXTS * 5000
    assert reading.plan.schema.names == ["id", "text", "n", "extra"]


@pytest.mark.parametrize(
    ("values", "kind", "becomes"),
    [
        pytest.param([None, None], pa.string(), [None, None], id="nulls alone"),
        pytest.param([1, None], pa.int64(), [1, None], id="whole numbers"),
        pytest.param([1, 2.5], pa.float64(), [1.0, 2.5], id="numbers"),
        pytest.param(["2020-01-01", "2020-01-01T00:00:00Z"], pa.string(), ["2020-01-01", "2020-01-01T00:00:00Z"], id="dates stay strings"),
        pytest.param([[1], [], None], pa.list_(pa.int64()), [[1], [], None], id="lists"),
        pytest.param(
            [{"a": 1}, {"b": "x"}],
            pa.struct([("a", pa.int64()), ("b", pa.string())]),
            [{"a": 1, "b": None}, {"a": None, "b": "x"}],
            id="objects",
        ),
        pytest.param([1, "1", None], pa.string(), ["1", '"1"', None], id="no common type"),
        pytest.param([1 << 64, 1], pa.string(), [str(1 << 64), "1"], id="beyond 64 bits"),
        pytest.param([[1, "a"], [{}]], pa.string(), ['[1,"a"]', "[{}]"], id="lists of no common type"),
        pytest.param([{}, {}], pa.string(), ["{}", "{}"], id="objects that Parquet cannot write"),
        pytest.param([True, False], pa.bool_(), [True, False], id="booleans"),
        pytest.param([True, 1], pa.string(), ["true", "1"], id="a boolean is no number"),
    ],
)
def test_types_of_jsonl_are_unified(tmp_path: Path, values: list[Any], kind: pa.DataType, becomes: list[Any]) -> None:
    path = tmp_path / "a.jsonl"
    for many in (1, 40):
        path.write_bytes(jsonl([{"text": "x", "v": value} for value in values for _ in range(many)]))
        reading = read(path)
        assert reading.plan.schema.field("v").type == kind
        assert [row["v"] for row in reading.rows] == [value for value in becomes for _ in range(many)]
        assert not reading.plan.loose


def test_what_comes_after_the_sample_goes_to_extra(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    early = [{"text": "x", "n": 1, "o": {"a": 1}}] * 60
    late = [{"text": "y", "n": "one", "new": [1, {"b": None}], "o": {"a": 1, "c": 2}}, {"text": "z", "n": 2, "o": None}]
    path.write_bytes(jsonl(early + late + early))
    reading = read(path, block_bytes=200)
    assert reading.plan.schema.names == ["id", "text", "n", "o", "extra"]
    assert [(row["text"], row["n"], row["o"], row["extra"]) for row in reading.rows[60:62]] == [
        ("y", None, None, '{"n":"one","new":[1,{"b":null}],"o":{"a":1,"c":2}}'),
        ("z", 2, None, None),
    ]
    assert all(row["extra"] is None for row in reading.rows[:60] + reading.rows[62:])
    assert reading.lost == []


def test_ids_given_are_strings(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for ids, become in (([1, 2], ["1", "2"]), (["a", 2], ["a", "2"]), ([1.5, True], ["1.5", "true"])):
        path.write_bytes(jsonl([{"text": "x", "id": given} for given in ids]))
        assert [row["id"] for row in read(path).rows] == become
    path.write_bytes(jsonl([{"text": "x", "id": None}, {"text": "x", "id": ""}]))
    made, given = [row["id"] for row in read(path).rows]
    assert (len(made), given) == (16, "")


def test_columns_are_named_and_renamed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{"id": 5, "body": "x", "text": "y", "key": "k", "link": "l"}]))
    reading = read(path, text="body", id="key", rename=(("text", "summary"), ("id", "number"), ("link", "url")))
    assert reading.plan.schema.names == ["id", "text", "number", "summary", "url"]
    assert reading.rows == [{"id": "k", "text": "x", "number": 5, "summary": "y", "url": "l"}]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(b'{"text": "a", "text": "b"}', "b", id="a key twice: the last"),
        pytest.param(b'{"text": "\\ud800x"}', "\N{REPLACEMENT CHARACTER}x", id="half a pair"),
        pytest.param(b'{"text": "\\ud83d\\ude00"}', "\N{GRINNING FACE}", id="a whole pair"),
        pytest.param(b'{"text": "\\u0000"}', "\0", id="NUL"),
        pytest.param(b'{"text": "a", "n": 1, "n": 2}', "a", id="another key twice"),
    ],
)
def test_odd_json_is_read(tmp_path: Path, line: bytes, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "before", "n": 0}\n' * 30 + line + b"\n" + b'{"text": "after", "n": 0}\n')
    reading = read(path)
    assert (reading.texts[30:], reading.lost) == ([text, "after"], [])


def test_many_columns_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{"text": "x", **{f"c{at}": at for at in range(10_050)}}]))
    reading = read(path)
    assert len(reading.plan.schema) == 10_002
    assert len(json.loads(reading.rows[0]["extra"])) == 51


def test_a_line_longer_than_a_block_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl([{"text": "a" * 5_000_000}, {"text": "b"}]), 1))
    assert [len(text) for text in read(path, block_bytes=1000).texts] == [5_000_000, 1]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**65), 2**65) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)


@given(records=st.lists(st.dictionaries(st.sampled_from("abcd"), values), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_arrow_and_python_read_the_same(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("twin") / "a.jsonl"
    path.write_bytes(b"".join(json.dumps({**record, "text": "x"}).encode() + b"\n" for record in records))
    made = [read(path)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse_json, "arrow", lambda *_: None)
        made.append(read(path))
    assert made[0].plan.schema == made[1].plan.schema
    assert made[0].rows == made[1].rows
    assert made[0].lost == made[1].lost == []


def test_pieces_are_plain_data() -> None:
    piece = Piece("a", "a", "jsonl", "gzip", 1, 2, 3)
    assert Piece.from_dict(json.loads(json.dumps(piece.to_dict()))) == piece


def test_fields_that_few_records_have_go_to_extra_when_there_are_many(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"text": "x", "always": at, f"only{at}": at} for at in range(400)]
    path.write_bytes(jsonl(rows))
    reading = read(path)
    assert reading.plan.schema.names == ["id", "text", "always", "extra"]
    assert [{"text": row["text"], "always": row["always"], **json.loads(row["extra"])} for row in reading.rows] == rows
