"""Pages as HTML, WARC and WET: decoded, with address, time and language; what is damaged is put aside with its place, and counted."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from hypothesis import given
from hypothesis import strategies as st

import arclean
from arclean.dataset.decode_page import decode_page
from arclean.dataset.source import ReadOptions, blocks, parse, plan
from arclean.dataset.warc_records import extents, record_end
from arclean.errors import PipelineError, UnknownName

SAID = "فتحت المكتبة أبوابها صباح السبت بعد ترميم طال سنتين، وقال أمينها إن الكتب عادت إلى رفوفها كما كانت."
TEXT = f"المكتبة تعود\n{SAID}\n{SAID}"
PAGE = f"<nav>الأخبار</nav><article><h1>المكتبة تعود</h1><p>{SAID}</p><p>{SAID}</p></article>"


def page(charset: str) -> bytes:
    return f'<html lang="ar"><head><meta charset="{charset}"><title>المكتبة تعود</title></head><body>{PAGE}</body></html>'.encode(charset)


def record(number: int, body: bytes, kind: str = "response", content: str = "text/html", status: str = "200 OK", **more: str) -> bytes:
    http = kind == "response"
    block = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n\r\n".encode() + body if http else body
    head = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"https://example.org/{number}",
        "WARC-Date": "2026-03-02T03:04:05Z",
        "WARC-Record-ID": f"<urn:uuid:{number:08}>",
        "Content-Type": "application/http; msgtype=response" if http else content,
        **{name.replace("_", "-"): value for name, value in more.items()},
        "Content-Length": str(len(block)),
    }
    return b"WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()).encode() + b"\r\n" + block + b"\r\n\r\n"


def rows(out: Path, kind: str = "data") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(out / kind).to_table().to_pylist()
    return found


def ran(tmp_path: Path, name: str, data: bytes, **options: Any) -> tuple[Path, Any]:
    (tmp_path / name).write_bytes(data)
    out = tmp_path / "out"
    result = arclean.run("crawl", tmp_path / name, out, **options)
    tally = result.tally
    assert tally.read == tally.kept + tally.rejected + tally.quarantined
    assert arclean.verify(out).ok
    return out, result


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6", "utf-16"])
def test_a_file_is_a_page_in_any_encoding(tmp_path: Path, charset: str) -> None:
    out, _ = ran(tmp_path, "a.html", page(charset))
    (row,) = rows(out)
    assert (row["text"], row["title"], row["language"], row["path"]) == (TEXT, "المكتبة تعود", "ar", "a.html")


@pytest.mark.parametrize("ending", [".warc", ".warc.gz", ".warc.zst"])
def test_a_crawl_gives_its_pages_with_address_time_and_language(tmp_path: Path, ending: str) -> None:
    data = [
        record(0, b"software: none", "warcinfo", "application/warc-fields"),
        record(1, page("utf-8")),
        record(2, page("windows-1256"), content="text/html; charset=windows-1256", WARC_Identified_Content_Language="ara,eng"),
        record(3, b"\x89PNG", content="image/png"),
        record(4, page("utf-8"), status="404 Not Found"),
        record(5, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    ]
    out, result = ran(tmp_path, f"dump{ending}", packed(data, ending))
    assert result.tally.read == 2
    assert [(row["id"], row["text"], row["url"], row["fetched"], row["language"]) for row in rows(out)] == [
        ("00000001", TEXT, "https://example.org/1", "2026-03-02T03:04:05Z", "ar"),
        ("00000002", TEXT, "https://example.org/2", "2026-03-02T03:04:05Z", "ara"),
    ]


def packed(records: list[bytes], ending: str) -> bytes:
    if ending.endswith(".gz"):
        return b"".join(map(gzip.compress, records))
    whole = b"".join(records)
    return bytes(pa.compress(whole, "zstd", asbytes=True)) if ending.endswith(".zst") else whole


def test_wet_files_are_texts_and_go_through_as_they_are(tmp_path: Path) -> None:
    out, _ = ran(tmp_path, "a.wet.gz", gzip.compress(record(7, TEXT.encode(), "conversion", "text/plain")))
    assert [(row["text"], row["url"]) for row in rows(out)] == [(TEXT, "https://example.org/7")]
    assert arclean.run("pretrain", tmp_path / "a.wet.gz", tmp_path / "plain").tally.kept == 1


def test_a_damaged_member_costs_its_record_and_no_other(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(record(number, page("utf-8")))) for number in range(5)]
    members[2][len(members[2]) // 2] ^= 0xFF
    out, result = ran(tmp_path, "a.warc.gz", b"".join(members)[:-40])
    assert [row["id"] for row in rows(out)] == ["00000000", "00000001", "00000003"]
    assert result.tally.quarantined == 2
    lost = rows(out, "quarantine")
    assert [row["error"].split(":")[0] for row in lost] == ["bad gzip", "cut off"]
    assert all(row["place"].startswith("byte ") for row in lost)


def test_damage_between_records_and_a_length_that_lies_cost_no_neighbour(tmp_path: Path) -> None:
    lies = record(1, page("utf-8")).replace(b"Content-Length: ", b"Content-Length: 9")
    out, result = ran(tmp_path, "a.warc", b"no record\r\n\r\n" + record(0, page("utf-8")) + lies + record(2, page("utf-8")))
    assert [row["id"] for row in rows(out)] == ["00000000", "00000002"]
    assert [row["error"] for row in rows(out, "quarantine")] == [
        "bad WARC: a record begins with WARC/1.0 or WARC/1.1",
        "bad WARC: Content-Length reaches into the next record",
    ]
    assert result.tally.quarantined == 2


def test_a_page_of_no_telling_which_encoding_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(page("utf-8"))
    out, _ = ran(tmp_path, "a.html", b"<p>" + bytes(range(0x80, 0x100)) * 3)
    assert rows(out, "quarantine")[0]["error"].startswith("bad encoding")


def test_a_column_of_pages_is_named_by_an_option(tmp_path: Path) -> None:
    dump = tmp_path / "a.jsonl"
    dump.write_text(
        json.dumps({"body": PAGE, "url": "https://example.org/1", "title": "عنوان كان هناك"}, ensure_ascii=False), encoding="utf-8"
    )
    for number, pipeline in enumerate(("crawl", "pretrain")):
        arclean.run(pipeline, dump, tmp_path / str(number), html="body")
        (row,) = rows(tmp_path / str(number))
        assert (row["text"], row["title"], row["url"]) == (TEXT, "عنوان كان هناك", "https://example.org/1")
    with pytest.raises(UnknownName, match="Did you mean 'body'"):
        arclean.run("crawl", dump, tmp_path / "no", html="boddy")
    with pytest.raises(PipelineError, match="leave one out"):
        arclean.run("crawl", dump, tmp_path / "no", html="body", text="other")


def test_pages_are_not_taken_for_texts(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record(1, page("utf-8")))
    with pytest.raises(PipelineError, match="use the preset crawl"):
        arclean.run("pretrain", tmp_path / "a.warc", tmp_path / "out")


def test_the_command_reads_a_crawl(tmp_path: Path) -> None:
    (tmp_path / "dump.warc.gz").write_bytes(gzip.compress(record(1, page("windows-1256"))))
    command = [sys.executable, "-m", "arclean", "run", "crawl", str(tmp_path / "dump.warc.gz"), "-o", str(tmp_path / "out")]
    assert "1 kept" in subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_the_same_records_whatever_the_size_of_a_block(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"".join(record(number, page("utf-8")) for number in range(20)))
    seen = []
    for size in (100, 1_000, 5_000, 1 << 20):
        made = plan([str(tmp_path / "a.warc")], ReadOptions(block_bytes=size))
        batches = [parse(block, made).batch for piece in made.pieces for block in blocks(piece, made.options)]
        seen.append(pa.Table.from_batches(batches).combine_chunks())
    assert all(table.equals(seen[0]) for table in seen)
    assert len(seen[0]) == 20


@given(
    st.lists(st.sampled_from([record(1, b"ab"), b"WARC/1.0\r\n", b"\r\n\r\n", b"x", b"Content-Length: 3\r\n\r\n", b"WARC/1.0\n\n"])),
    st.integers(1, 999),
)
def test_extents_follow_each_other_and_miss_no_byte_but_blank_ones(parts: list[bytes], size: int) -> None:
    data, at = b"".join(parts), 0
    for one in extents(data):
        assert data[at : one.start].strip() == b""
        assert one.end > one.start
        at = one.end
    assert data[at:].strip() == b""
    assert 0 <= record_end(data, size) <= len(data)


def test_a_header_is_believed_if_the_bytes_fit_it() -> None:
    text = "<p>نص قصير</p>"
    assert decode_page(text.encode("cp1256"), "windows-1256") == text.encode()
    assert decode_page(text.encode(), "windows-1256") == text.encode()
    assert decode_page(b"<p>ascii</p>", None) == b"<p>ascii</p>"
