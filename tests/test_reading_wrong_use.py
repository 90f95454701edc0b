"""What cannot be read stops before any work, with the name of the thing and of the nearest right one."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arclean.dataset.source import ReadOptions, plan
from arclean.errors import ArcleanError, PipelineError, SourceError, UnknownName


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("news.jsonl").write_bytes(b'{"body": "x", "url": "u"}\n')
    Path("news.csv").write_bytes(b"body,url\nx,u\n")
    Path("twice.csv").write_bytes(b"text,a,a\nx,1,2\n")
    Path("latin.csv").write_bytes(b"text,\xe9\nx,1\n")
    Path("array.jsonl").write_bytes(b'[\n{"text": "x"},\n{"text": "y"}\n]\n')
    Path("one.jsonl").write_bytes(b'[{"text": "x"}]')
    Path("prose.jsonl").write_bytes(b"just words\n")
    Path("packed.jsonl").write_bytes(gzip.compress(b'{"text": "x"}\n'))
    Path("wide.jsonl").write_bytes('{"text": "x"}\n'.encode("utf-16"))
    Path("ids.jsonl").write_bytes(b'{"text": "x", "id": 1, "key": 2}\n')
    Path("numbers.jsonl").write_bytes(b'{"text": 1}\n')
    Path("late.jsonl").write_bytes(b'{"text": "x", "extra": 1}\n' * 2)
    Path("a.parquet").mkdir()
    Path("stuff").mkdir()
    Path("stuff/read.me").write_bytes(b"x")
    pq.write_table(pa.table({"text": ["x"], "n": [1]}), "n1.parquet")
    pq.write_table(pa.table({"text": ["x"], "n": ["1"]}), "n2.parquet")
    pq.write_table(pa.table({"text": [1]}), "number.parquet")
    Path("not.parquet").write_bytes(b"PAR1 but not for long")
    return tmp_path


@pytest.mark.parametrize(
    ("inputs", "options", "kind", "message"),
    [
        pytest.param([], {}, SourceError, "no input was given", id="nothing"),
        pytest.param(
            ["new.jsonl"], {}, SourceError, r"new\.jsonl: there is no such file or folder\. Did you mean '\./news\.jsonl'", id="a path"
        ),
        pytest.param(["new*.json"], {}, SourceError, r"new\*\.json: no file matches", id="a glob"),
        pytest.param(["memory://nowhere/a.jsonl"], {}, SourceError, r"memory://nowhere/a\.jsonl: could not be found", id="a URL"),
        pytest.param(["nope://a.jsonl"], {}, SourceError, r"nope://a\.jsonl: could not be found: .*nope", id="a protocol"),
        pytest.param(["stuff"], {}, SourceError, r"stuff: no file that can be read; there are \['\.me'\]", id="a folder of other files"),
        pytest.param(["stuff/read.me"], {}, SourceError, r"stuff/read\.me: its name does not say what it is", id="an ending"),
        pytest.param(["news.csv", "news.csv"], {}, SourceError, r"news\.csv: given 2 times", id="a file twice"),
        pytest.param(
            ["news.jsonl"],
            {},
            UnknownName,
            r"the JSONL inputs: unknown column 'text'.*There are: body, url\. Name the .*--text",
            id="no column of texts",
        ),
        pytest.param(["news.jsonl"], {"text": "bdy"}, UnknownName, "Did you mean 'body'", id="a column of JSONL"),
        pytest.param(
            ["news.csv"], {"text": "bdy"}, UnknownName, r"news\.csv: unknown column 'bdy'\. Did you mean 'body'", id="a column of CSV"
        ),
        pytest.param(
            ["n1.parquet"],
            {"text": "txt"},
            UnknownName,
            r"n1\.parquet: unknown column 'txt'\. Did you mean 'text'",
            id="a column of Parquet",
        ),
        pytest.param(
            ["news.csv"], {"text": "body", "id": "ulr"}, UnknownName, "unknown column 'ulr'. Did you mean 'url'", id="a column of ids"
        ),
        pytest.param(["news.csv"], {"text": "body", "rename": (("ulr", "x"),)}, UnknownName, "Did you mean 'url'", id="a column to rename"),
        pytest.param(
            ["ids.jsonl"],
            {"id": "key"},
            SourceError,
            "'id' and 'key' would both be called 'id'; give 'id' another name with `rename`",
            id="two ids",
        ),
        pytest.param(["news.csv"], {"text": "body", "rename": (("url", "text"),)}, SourceError, "both be called 'text'", id="two texts"),
        pytest.param(["twice.csv"], {}, SourceError, r"twice\.csv: the header names \['a'\] twice", id="a name twice"),
        pytest.param(["latin.csv"], {}, SourceError, r"latin\.csv: the names of its columns are not UTF-8", id="names in Latin-1"),
        pytest.param(["array.jsonl"], {}, SourceError, r"array\.jsonl: is one JSON array", id="an array"),
        pytest.param(["one.jsonl"], {}, SourceError, r"one\.jsonl: no record of JSON", id="an array on one line"),
        pytest.param(["prose.jsonl"], {}, SourceError, r"prose\.jsonl: no record of JSON", id="no JSON"),
        pytest.param(["packed.jsonl"], {}, SourceError, r"packed\.jsonl: is gzip data", id="packed in secret"),
        pytest.param(["wide.jsonl"], {"encoding": "utf-8"}, SourceError, r"wide\.jsonl: is UTF-16", id="UTF-16 said to be UTF-8"),
        pytest.param(["numbers.jsonl"], {}, SourceError, "the column 'text' holds int64, not text", id="numbers for texts in JSONL"),
        pytest.param(["number.parquet"], {}, SourceError, "the column 'text' holds int64, not text", id="numbers for texts in Parquet"),
        pytest.param(["late.jsonl"], {"block_bytes": 10}, SourceError, "there is a column 'extra'", id="a column called extra"),
        pytest.param(
            ["n1.parquet", "n2.parquet"], {}, SourceError, r"'n' is int64 in n1\.parquet, but string in n2\.parquet", id="two types"
        ),
        pytest.param(["not.parquet"], {}, SourceError, r"not\.parquet: bad Parquet: footer", id="no Parquet"),
        pytest.param(["news.csv"], {"format": "cvs"}, UnknownName, "unknown format 'cvs'. Did you mean 'csv'", id="a format"),
        pytest.param(["news.csv"], {"block_bytes": 0}, PipelineError, "`block_bytes` is 0", id="no size"),
        pytest.param(["news.csv"], {"rename": (("a", "b"), ("a", "c"))}, PipelineError, "names a column twice", id="renamed twice"),
    ],
)
def test_wrong_use_is_told_before_any_work(
    crawl: Path, inputs: list[str], options: dict[str, Any], kind: type[ArcleanError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        plan(inputs, ReadOptions(**options))


def test_a_store_without_keys_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = pytest.importorskip("botocore.exceptions")

    def refuse(*_: Any) -> None:
        raise errors.NoCredentialsError

    monkeypatch.setattr("fsspec.core.url_to_fs", refuse)
    with pytest.raises(SourceError, match=r"s3://bucket/a\.jsonl: could not be found: Unable to locate credentials"):
        plan(["s3://bucket/a.jsonl"], ReadOptions())


def test_a_document_too_large_for_one_is_told(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arclean.dataset.read_columns.LONGEST", 3)
    Path("book.txt").write_bytes(b"word")
    with pytest.raises(SourceError, match=r"book\.txt: 4 bytes are too many for one document; say the format lines"):
        plan(["book.txt"])


@pytest.mark.parametrize(
    ("data", "format_", "message"),
    [
        (b"words", "auto", "standard input: say its format"),
        (b"PAR1", "parquet", "standard input: Parquet cannot be read front to back"),
    ],
)
def test_standard_input_must_say_what_it_is(monkeypatch: pytest.MonkeyPatch, data: bytes, format_: str, message: str) -> None:
    class Pipe:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Pipe)
    with pytest.raises(SourceError, match=message):
        plan(["-"], ReadOptions(format=format_))


def test_options_from_a_file_are_checked() -> None:
    with pytest.raises(UnknownName, match=r"unknown read option 'txt'\. Did you mean 'text'"):
        ReadOptions.from_dict({"txt": "body"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"id,te", "unknown column 'text'", id="cut off in the names"),
        pytest.param(b'"",\n"\xef\xbb\xbf""\t', "text", id="quotes where none may be"),
    ],
)
def test_a_header_that_is_damaged_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises((SourceError, UnknownName), match=said):
        plan([str(tmp_path / "a.csv")])
