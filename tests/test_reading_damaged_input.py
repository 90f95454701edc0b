"""A damaged record costs itself; what surrounds it is read, and the counts add up."""

from __future__ import annotations

import bz2
import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading_helper import Reading, read

from arclean.dataset import stream_lines
from arclean.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [b'{"text": "good %d"}' % at for at in range(40)]

QUOTE = "bad CSV: a quote that is not closed, or not doubled"
CUT = "cut off: the gzip data end too soon"
DEEP = "bad JSON: nested deeper than 500 levels"


def lost(reading: Reading) -> list[tuple[str, str, int, bytes]]:
    return [(row["place"], row["error"], row["rows"], row["raw"]) for row in reading.lost]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param(b'{"text": "x"', "bad JSON: Expecting ',' delimiter at character 12", id="no end"),
        pytest.param(b'{"text": "x"}}', "bad JSON: Extra data at character 13", id="a brace too many"),
        pytest.param(b'{"text": "x"}{"text": "y"}', "bad JSON: Extra data at character 13", id="two records on a line"),
        pytest.param(b'{"text": "x"} null {"text": "y"}', "bad JSON: Extra data at character 14", id="null between records"),
        pytest.param(b'{"text": "a\tb"}', "bad JSON: Invalid control character at at character 11", id="a raw tab"),
        pytest.param(b'{"text": "a\xff"}', "bad UTF-8: invalid start byte 0xff at byte 11", id="no UTF-8 in the text"),
        pytest.param(b'{"text": "a", "\xd9": 1}', "bad UTF-8: invalid continuation byte 0xd9 at byte 15", id="no UTF-8 in a name"),
        pytest.param(b"null", "bad JSON: null, not an object", id="null"),
        pytest.param(b'["text"]', "bad JSON: an array, not an object", id="an array"),
        pytest.param(b"{}", "no text: 'text' is null or missing", id="an empty object"),
        pytest.param(b'{"text": null}', "no text: 'text' is null or missing", id="null for text"),
        pytest.param(b'{"text": 7}', "no text: 'text' is a number", id="a number for text"),
        pytest.param(b'{"text": ["x"]}', "no text: 'text' is an array", id="an array for text"),
        pytest.param(b"\0\0\0\0", "bad JSON: Expecting value at character 0", id="a hole in the file"),
        pytest.param(b'{"text": "x", "n": 007}', "bad JSON: Expecting ',' delimiter at character 20", id="no number of JSON"),
        pytest.param(b'{"text": "x", "n": Inf}', "bad JSON: Expecting value at character 19", id="no name of a number"),
        pytest.param(b'{"a":' * 501 + b"1" + b"}" * 501, DEEP, id="deep objects"),
        pytest.param(b'{"text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", DEEP, id="deep arrays"),
    ],
)
def test_a_damaged_line_of_jsonl_costs_itself(tmp_path: Path, line: bytes, error: str) -> None:
    path = tmp_path / "a.jsonl"
    for at in (0, 20, 40):
        path.write_bytes(b"\n".join([*GOOD[:at], line, *GOOD[at:]]) + b"\n")
        reading = read(path, block_bytes=1 << 22)
        assert reading.texts == [f"good {at}" for at in range(40)]
        assert lost(reading) == [(f"line {at + 1}", error, 1, line)]
        assert reading.lost[0]["file"] == "a.jsonl"


def test_a_piece_that_begins_in_the_middle_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "x"}\n' * 5 + b"{\n" + b'{"text": "x"}\n' * 5)
    reading = read(path, piece_bytes=60)
    assert (len(reading.rows), reading.where) == (
        10,
        [("byte 70", "bad JSON: Expecting property name enclosed in double quotes at character 1")],
    )


@given(
    junk=st.lists(st.binary(max_size=40) | st.sampled_from([b"{", b"}", b'"', b"null", b"[]", b"{}", b"\\", b'{"text": 1}']), max_size=12)
)
@example(junk=[b"null"])
@example(junk=[b'{"text":'])
@example(junk=[b'{"a":{}', b"", b'{"b":1}}'])
@settings(max_examples=300, deadline=None)
def test_no_good_record_is_lost_among_any_bytes(tmp_path_factory: pytest.TempPathFactory, junk: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("glue") / "a.jsonl"
    lines = [GOOD[0], *(line for at, piece in enumerate(junk) for line in (piece, GOOD[at + 1]))]
    path.write_bytes(b"\n".join(lines))
    reading = read(path, block_bytes=100)
    good = [text for text in reading.texts if text.startswith("good ")]
    assert good == [f"good {at}" for at in range(len(junk) + 1)]
    met = sum(bool(line.strip(b" \t\r")) for line in b"\n".join(lines).split(b"\n"))
    if not path.read_bytes().startswith(b"\xef\xbb\xbf"):
        assert reading.met == met


def texts(count: int) -> list[str]:
    rng = random.Random(5)
    return [f"{at} " + "".join(chr(rng.randrange(0x620, 0x64B)) for _ in range(rng.randrange(60))) for at in range(count)]


def jsonl(rows: list[str]) -> bytes:
    return b"".join(json.dumps({"text": row}, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_gzip_cut_anywhere_gives_all_before_the_cut(tmp_path: Path) -> None:
    rows = texts(1500)
    plain, path = jsonl(rows), tmp_path / "a.jsonl.gz"
    packed = gzip.compress(plain, mtime=0)
    counts = []
    for cut in range(1000, len(packed), 1000):
        path.write_bytes(packed[:cut])
        try:
            reading = read(path)
        except SourceError:
            assert cut <= 1000
            continue
        counts.append(len(reading.rows))
        assert reading.texts == rows[: len(reading.rows)]
        (last,) = reading.lost
        begin = len(jsonl(reading.texts))
        assert (last["place"], last["error"]) == (f"line {len(reading.rows) + 1}", CUT)
        assert plain[begin:].startswith(last["raw"])
        assert last["rows"] == bool(last["raw"])
        assert read(path, block_bytes=3000).lost == reading.lost
    assert counts == sorted(counts)
    assert counts[-1] > 1400


@pytest.mark.parametrize(
    "pack", [pytest.param(bz2.compress, id="bz2"), pytest.param(lambda data: pa.Codec("zstd").compress(data, asbytes=True), id="zst")]
)
def test_bzip2_and_zstd_cut_anywhere_give_a_beginning(tmp_path: Path, pack: Any, request: pytest.FixtureRequest) -> None:
    rows = texts(12_000)
    path = tmp_path / f"a.jsonl.{request.node.callspec.id}"
    packed = pack(jsonl(rows))
    for cut in (len(packed) - 1, len(packed) * 2 // 3):
        path.write_bytes(packed[:cut])
        if request.node.callspec.id == "bz2" and cut < len(packed) - 1:
            continue
        reading = read(path)
        assert reading.texts == rows[: len(reading.rows)]
        assert len(reading.rows) > 1000
        (last,) = reading.lost
        assert last["error"].startswith("cut off: the ")
        assert last["rows"] == bool(last["raw"])
        assert read(path, block_bytes=50_000).lost == reading.lost


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.bz2", "a.jsonl.zst", "a.csv.gz"])
def test_an_empty_file_is_no_compressed_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.jsonl").write_bytes(GOOD[0])
    (tmp_path / name).write_bytes(b"")
    reading = read(tmp_path)
    assert (len(reading.rows), [(row["file"], row["rows"], row["error"][:7]) for row in reading.lost]) == (1, [(name, 0, "cut off")])


def test_gzip_goes_on_at_the_next_member(tmp_path: Path) -> None:
    rows = texts(900)
    members = [gzip.compress(jsonl(rows[at : at + 300]), mtime=0) for at in (0, 300, 600)]
    broken = bytearray(members[1])
    broken[len(broken) // 2] ^= 0x55
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(members[0] + bytes(broken) + members[2])
    reading = read(path)
    assert reading.texts[:300] == rows[:300]
    assert reading.texts[-300:] == rows[600:]
    assert sum(row["error"].startswith("bad gzip: ") for row in reading.lost) == 1
    assert len(set(reading.texts) & set(rows[300:600])) > 50


def test_gzip_with_a_wrong_checksum_is_used_and_told(tmp_path: Path) -> None:
    path, packed = tmp_path / "a.jsonl.gz", bytearray(gzip.compress(jsonl(["x", "y"]), mtime=0))
    packed[-8] ^= 1
    path.write_bytes(bytes(packed) + gzip.compress(jsonl(["z"])))
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x", "y", "z"], [("line 3", "bad gzip: incorrect data check", 0, b"")])


def test_what_follows_gzip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(["x"])) + b"garbage, that is no member")
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x"], [("line 2", "bad gzip: incorrect header check", 0, b"")])


def test_a_whole_record_before_the_cut_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "x"}\n{"text": "y"}', mtime=0)[:-4])
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x", "y"], [("line 2", CUT, 0, b"")])
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"x\ny", mtime=0)[:-4])
    reading = read(path, format="lines")
    assert (reading.texts, lost(reading)) == (["x"], [("line 2", CUT, 1, b"y")])


def test_records_beyond_all_bounds_are_quarantined_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_lines, "LONGEST", 5000)
    monkeypatch.setattr(stream_lines, "SHOWN", 10)
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD[0] + b"\n" + b'{"text": "' + b"a" * 3_000_000 + b'"}\n' + GOOD[1] + b"\n")
    reading = read(path, block_bytes=1000)
    error = "too long: a record of more than 5000 bytes, of which the first 10 are kept"
    assert (reading.texts, lost(reading)) == (["good 0", "good 1"], [("line 2", error, 1, b'{"text": "')])


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(b"a,b,c\n", [("line 3", "bad CSV: 3 fields where the header has 2", 1, b"a,b,c")], id="a field too many"),
        pytest.param(b"a\r\n", [("line 3", "bad CSV: 1 fields where the header has 2", 1, b"a")], id="a field too few"),
        pytest.param(
            b'"a\nb"\n', [("line 3", "bad CSV: 1 fields where the header has 2", 1, b'"a\nb"')], id="a field too few over two lines"
        ),
        pytest.param(b'a,"b"c\n', [("line 3", QUOTE, 1, b'a,"b"c')], id="text after a quote"),
        pytest.param(b"a,\xff\n", [("line 3", "bad UTF-8: invalid start byte 0xff at byte 2", 1, b"a,\xff")], id="no UTF-8"),
        pytest.param(
            b'a,"b\nx,"y" \n',
            [
                ("line 3", QUOTE, 1, b'a,"b'),
                ("line 4", QUOTE, 1, b'x,"y" '),
            ],
            id="an open quote that the next closes",
        ),
        pytest.param(
            b'a,"b\n',
            [("line 3", QUOTE, 1, b'a,"b')],
            id="an open quote that nothing closes",
        ),
    ],
)
def test_a_damaged_record_of_csv_costs_itself(tmp_path: Path, record: bytes, expected: list[tuple[str, str, int, bytes]]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,n\nx,1\n" + record + b"y,2\nz,3\n")
    for block_bytes in (4, 13, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert ([(row["text"], row["n"]) for row in reading.rows], lost(reading)) == ([("x", "1"), ("y", "2"), ("z", "3")], expected)


def test_csv_cut_off_loses_the_record_that_was_cut(tmp_path: Path) -> None:
    path, packed = tmp_path / "a.csv.gz", gzip.compress(b'text,n\nx,1\n"y\nz', mtime=0)
    path.write_bytes(packed[:-8])
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x"], [("line 3", CUT, 1, b'"y\nz')])


def test_csv_without_its_header_is_quarantined_whole(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_bytes(b"text,n\nx,1\n")
    (tmp_path / "z.csv.gz").write_bytes(b"\x1f\x8b\x08broken" + gzip.compress(b"y,2\nz,3\n"))
    reading = read(tmp_path)
    assert reading.texts == ["x"]
    assert [(row["error"], row["rows"], row["raw"]) for row in reading.lost[-2:]] == [
        ("bad CSV: the header of the file was lost", 1, line) for line in (b"y,2", b"z,3")
    ]


cells = st.text(st.sampled_from('a",\n\r \u0633'), max_size=6)


@given(
    data=st.lists(st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b'""', "س".encode(), b"\xff"]), max_size=40).map(b"".join),
    size=st.integers(1, 50),
)
@settings(max_examples=300, deadline=None)
def test_csv_of_any_bytes_is_read_alike_whatever_the_blocks(tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(b"text,n\n" + data)
    whole, parts = read(path), read(path, block_bytes=size)
    assert parts.rows == whole.rows
    assert lost(parts) == lost(whole)


@given(rows=st.lists(st.tuples(cells, cells), max_size=12), size=st.integers(1, 50))
@settings(max_examples=200, deadline=None)
def test_what_python_writes_as_csv_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], size: int) -> None:
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "n"), *rows])
    reading = read(path, block_bytes=size)
    assert ([(row["text"], row["n"]) for row in reading.rows], reading.lost) == (rows, [])


def test_a_quote_open_for_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arclean.dataset.parse_csv.LONGEST_QUOTED", 100)
    path = tmp_path / "a.csv"
    path.write_bytes(b'text,n\n"x,1\n' + b"y,2\n" * 100)
    for block_bytes in (20, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert (len(reading.rows), lost(reading)) == (100, [("line 2", QUOTE, 1, b'"x,1')])


def parquet(path: Path, **options: Any) -> pa.Table:
    table = pa.table({"text": texts(300), "n": range(300)})
    pq.write_table(table, path, row_group_size=100, **options)
    return table


def test_a_damaged_row_group_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = parquet(path, write_page_checksum=True)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    data[column.dictionary_page_offset + column.total_compressed_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    for block_bytes in (1, 1 << 20):
        reading = read(path, block_bytes=block_bytes)
        assert reading.texts == table["text"].to_pylist()[:100] + table["text"].to_pylist()[200:]
        assert [(row["place"], row["rows"], row["raw"], row["error"][:12]) for row in reading.lost] == [
            ("row group 1", 100, b"", "bad Parquet:")
        ]


def test_rows_of_parquet_that_cannot_be_used_cost_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    bounds, data = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, 1, 2, 3))), pa.py_buffer(b"a\xffc")
    broken = pa.StringArray.from_buffers(3, bounds, data)
    fine = pa.array(["x", "y", None])
    pq.write_table(pa.table({"text": broken, "n": [1, 2, 3]}), path)
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["a", "c"], [("row 2", "bad UTF-8: invalid start byte 0xff at byte 0 of 'text'", 1, b"\xff")])
    pq.write_table(pa.table({"text": fine, "deep": pa.array([["p"], None, ["q"]])}), path)
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x", "y"], [("row 3", "no text: 'text' is null", 1, b"")])
    pq.write_table(pa.table({"text": ["x", "y", "z"], "deep": pa.StructArray.from_arrays([broken], ["a"])}), path)
    reading = read(path)
    assert (reading.texts, lost(reading)) == (["x", "z"], [("row 2", "bad UTF-8: inside 'deep'", 1, b"")])


def test_parquet_without_a_footer_costs_one_record_among_others(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-500])
    reading = read(tmp_path)
    assert len(reading.rows) == 300
    assert [(row["file"], row["place"], row["rows"], row["error"][:20]) for row in reading.lost] == [
        ("b.parquet", "byte 0", 1, "bad Parquet: footer:")
    ]
    with pytest.raises(SourceError, match=r"b\.parquet: bad Parquet: footer: .*is it whole"):
        read(tmp_path / "b.parquet")


def test_a_document_that_is_damaged_is_quarantined_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x\xff")
    (tmp_path / "b.txt").write_bytes(b"y")
    packed = gzip.compress(bytes(random.Random(1).choices(b"abcdefgh", k=3000)), mtime=0)
    (tmp_path / "c.txt.gz").write_bytes(packed[:900])
    reading = read(tmp_path)
    assert reading.texts == ["y"]
    assert [(row["file"], row["error"], row["rows"]) for row in reading.lost] == [
        ("a.txt", "bad UTF-8: invalid start byte 0xff at byte 1", 1),
        ("c.txt.gz", CUT, 1),
    ]
    assert reading.lost[0]["raw"] == b"x\xff"
    assert len(reading.lost[1]["raw"]) > 1000


def test_a_damaged_line_of_text_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x\r\n\xff\r\n\ny")
    reading = read(path, format="lines")
    assert (reading.texts, lost(reading)) == (["x", "y"], [("line 2", "bad UTF-8: invalid start byte 0xff at byte 0", 1, b"\xff")])


def test_damage_everywhere_is_read_one_by_one_with_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(b'{"text": "x%d", "n":%s}\n' % (at, b"" if at % 40 == 3 else b"1") for at in range(20_000)))
    reading = read(path)
    assert reading.texts == [f"x{at}" for at in range(20_000) if at % 40 != 3]
    assert [row["place"] for row in reading.lost] == [f"line {at + 1}" for at in range(20_000) if at % 40 == 3]
    monkeypatch.setattr("arclean.dataset.parse_json.TRIES", 10)
    again = read(path)
    assert (again.rows, again.lost) == (reading.rows, reading.lost)
