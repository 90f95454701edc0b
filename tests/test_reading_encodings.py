"""Files in other encodings than UTF-8 are told by their bytes and decoded; bytes that are nothing stay in quarantine."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any, Final

import pytest
from reading_helper import Reading, read

import arclean
from arclean.dataset.charset import ENCODINGS
from arclean.errors import UnknownName

TEXTS: Final = (
    "خرجت القافلة من القرية قبل الفجر، وكان الدليل يعرف الطريق إلى الواحة.",
    "وقال الشيخ إن البئر التي حفرها أجداده لم تجف منذ مئة عام، ثم سكت.",
    "سأل الولد عن الجبل الذي خلف البيت\tفقيل له إنه أبعد مما يظن.",
)
OTHERS: Final = ("cp1256", "iso-8859-6", "mac-arabic", "utf-16-le", "utf-16-be", "utf-16")
EVERY: Final = pytest.mark.parametrize("name", OTHERS)


def bytes_in(text: str, name: str) -> bytes:
    """In this encoding; that of UTF-16 by itself has a mark, the others have none."""
    return text.encode("utf-16" if name == "utf-16" else ENCODINGS[name])


def jsonl(texts: tuple[str, ...] = TEXTS) -> str:
    return "".join(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))


def encodings(found: Reading) -> list[str]:
    return [file.encoding for piece in found.plan.pieces for file in piece.members or (piece,)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
def test_utf8_is_not_decoded_again(tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(mark + jsonl().encode())
    found = read(tmp_path / "a.jsonl")
    assert encodings(found) == [""]
    assert found.texts == list(TEXTS)


@EVERY
def test_a_file_of_records_is_decoded(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(bytes_in(jsonl(), name))
    found = read(tmp_path / "a.jsonl", block_bytes=100)
    assert found.texts == list(TEXTS)
    assert not found.lost


@EVERY
def test_a_compressed_table_is_decoded(tmp_path: Path, name: str) -> None:
    table = "text,place\n" + "".join(f'"{text}",مكان\n' for text in TEXTS)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(bytes_in(table, name)))
    found = read(tmp_path / "a.csv.gz", block_bytes=64)
    assert found.texts == list(TEXTS)
    assert {row["place"] for row in found.rows} == {"مكان"}


@EVERY
def test_documents_of_a_file_each_are_told_one_by_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(bytes_in("\n".join(TEXTS), name))
    (tmp_path / "b.txt").write_bytes("\n".join(TEXTS).encode())
    found = read(tmp_path)
    assert found.texts == ["\n".join(TEXTS)] * 2
    assert encodings(found)[1] == ""
    assert encodings(found)[0] != ""


def test_a_long_file_in_another_encoding_is_one_piece(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(("\n".join(TEXTS) + "\n").encode("cp1256") * 50)
    found = read(tmp_path / "a.txt", format="lines", piece_bytes=1000, block_bytes=700)
    assert len(found.plan.pieces) == 1
    assert found.texts == list(TEXTS) * 50


def test_ascii_at_the_beginning_says_nothing(tmp_path: Path) -> None:
    header = "".join(f'{{"id": "{i}", "text": "plain"}}\n' for i in range(60_000))
    (tmp_path / "a.jsonl").write_bytes(header.encode() + bytes_in(jsonl(), "cp1256"))
    assert read(tmp_path / "a.jsonl").texts[-3:] == list(TEXTS)


def test_a_bad_record_in_a_file_of_utf8_is_put_aside_as_ever(tmp_path: Path) -> None:
    bad = b'{"text": "' + "خرجت من القرية إلى الواحة".encode("cp1256") + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(jsonl().encode() + bad)
    found = read(tmp_path / "a.jsonl")
    assert found.texts == list(TEXTS)
    ((place, error),) = found.where
    assert place == "line 4"
    assert error.startswith("bad UTF-8: invalid")
    assert "encoding" not in error


def test_what_cannot_be_told_is_put_aside_and_the_remedy_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Осенью рыбаки уходят в море".encode("cp1251"))
    (tmp_path / "b.txt").write_bytes(TEXTS[0].encode())
    found = read(tmp_path)
    assert found.texts == [TEXTS[0]]
    assert encodings(found) == ["unknown", ""]
    assert found.where[0][1].endswith("the encoding of the file is not known, name it with `encoding`")


def test_an_encoding_that_is_named_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Ça va".encode("latin-1"))
    assert read(tmp_path, encoding="latin-1").texts == ["Ça va"]
    assert not read(tmp_path, encoding="utf-8").texts
    with pytest.raises(UnknownName, match="cp1256"):
        read(tmp_path, encoding="cp1257")


def test_bytes_that_the_encoding_does_not_have_are_put_aside(tmp_path: Path) -> None:
    good = "\n".join(TEXTS).encode("iso8859-6")
    (tmp_path / "a.txt").write_bytes(good + b"\nab\xff\n")
    found = read(tmp_path, format="lines")
    assert found.texts == list(TEXTS)
    assert found.where == [("line 4", "bad iso-8859-6: a byte that it does not have")]
    assert found.lost[0]["raw"] == b"ab\xff"


def test_a_broken_end_of_utf16_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl().encode("utf-16-le")[:-7])
    found = read(tmp_path / "a.jsonl")
    assert found.texts == list(TEXTS[:-1])
    assert found.met == len(TEXTS)


def test_standard_input_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(bytes_in(jsonl(), "cp1256"))

    monkeypatch.setattr("sys.stdin", Input())
    found = read("-", format="jsonl")
    assert found.texts == list(TEXTS)


def test_a_run_tells_the_encoding_in_its_manifest_and_does_not_depend_on_workers(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    for number, name in enumerate((*OTHERS, "utf-8")):
        (folder / f"{number}.jsonl").write_bytes(bytes_in(jsonl(), name) if name != "utf-8" else jsonl().encode())
    made = [outputs(tmp_path / str(workers), folder, workers) for workers in (1, 2)]
    assert made[0] == made[1]
    manifest = json.loads((tmp_path / "1" / "manifest.json").read_text(encoding="utf-8"))
    told = {item["source"]: item.get("encoding") for item in manifest["inputs"]}
    assert told == {"0.jsonl": "cp1256", "1.jsonl": "iso-8859-6", "2.jsonl": "mac-arabic"} | {
        "3.jsonl": "utf-16-le",
        "4.jsonl": "utf-16-be",
        "5.jsonl": "utf-16-le",
        "6.jsonl": None,
    }
    assert manifest["tally"]["read"] == 3 * 7
    assert manifest["tally"]["quarantined"] == 0


def outputs(out: Path, folder: Path, workers: int) -> dict[str, Any]:
    arclean.run("light", folder, out, workers=workers)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
