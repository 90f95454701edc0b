"""The sample crawl: it is what its sources say, it is broken only where it is meant to be, and its labels fit its text."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

from arclean import sample
from arclean.errors import UnknownName
from arclean.rule import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parent.parent
SCRIPT: Final = ROOT / "scripts" / "make_sample.py"
EXPECTED: Final = [json.loads(row) for row in (ROOT / "tests" / "cases" / "expected_sample.jsonl").read_bytes().splitlines()]
SIZE: Final = 700_000
KEPT: Final = ("title", "content")

HOLES: Final = "\x81\x8d\x8f\x90\x9d"


def western(text: str) -> bytes:
    """The bytes of a text that was read as windows-1252, whose holes browsers fill with C1 controls."""
    return b"".join(char.encode("latin-1" if char in HOLES else "cp1252") for char in text)


UNDO: Final[dict[str, Callable[[str], str]]] = {
    "utf8_as_cp1256": lambda text: text.encode("cp1256").decode(),
    "cp1256_as_cp1252": lambda text: western(text).decode("cp1256"),
    "utf8_as_cp1252": lambda text: western(text).decode(),
    "nfd": lambda text: unicodedata.normalize("NFC", text),
    "nbsp": lambda text: text.replace("\N{NO-BREAK SPACE}", " "),
    "presentation_forms": lambda text: unicodedata.normalize("NFKC", text),
    "bidi_marks": lambda text: "".join(char for char in text if unicodedata.category(char) != "Cf"),
    "crlf": lambda text: text,
}


def content(name: str) -> bytes:
    with pa.input_stream(str(sample.path() / name), compression="detect") as stream:
        return bytes(stream.read())


def records(name: str) -> tuple[list[dict[str, Any]], list[bytes]]:
    good, bad = [], []
    for row in filter(None, content(name).split(b"\n")):
        try:
            good.append(json.loads(row.decode()))
        except ValueError:  # noqa: PERF203 - a broken line must not take the others with it
            bad.append(row)
    return good, bad


def texts() -> dict[str, str]:
    """The text of every page, by its address or, for a text file, by its name."""
    files = sorted(file.name for file in sample.path().iterdir() if file.is_file())
    found = {record["url"]: record.get("text", "") for name in files for record in records(name)[0]}
    return found | {f"pages/{file.name}": file.read_bytes().decode() for file in (sample.path() / "pages").iterdir()}


TEXTS: Final = texts()


def text_of(page: dict[str, Any]) -> str:
    return TEXTS[page["file"] if page["file"].endswith(".txt") else page["url"]]


def lines_of(page: dict[str, Any]) -> list[str]:
    return [line.removesuffix("\r") for line in text_of(page).split("\n") if line.strip()]


@pytest.fixture(scope="module")
def maker() -> Any:
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        return importlib.import_module("make_sample")
    finally:
        sys.path.remove(str(SCRIPT.parent))


@pytest.fixture
def elsewhere(maker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(maker, "ROOT", tmp_path)
    monkeypatch.setattr(maker, "CRAWL", tmp_path / "crawl")
    monkeypatch.setattr(maker, "EXPECTED", tmp_path / "expected.jsonl")
    maker.write(maker.build())
    return maker


def test_the_packaged_files_are_what_the_sources_say() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_writing_twice_gives_the_same_bytes(elsewhere: Any) -> None:
    files = elsewhere.build()
    first = {file: file.read_bytes() for file in files}
    assert elsewhere.stale(files) == []
    for file in files:
        file.unlink()
    elsewhere.write(elsewhere.build())
    assert {file: file.read_bytes() for file in files} == first


def test_check_names_a_file_that_was_changed_one_that_is_missing_and_one_too_many(elsewhere: Any) -> None:
    with (elsewhere.CRAWL / "news.jsonl").open("ab") as file:
        file.write(b"{}\n")
    (elsewhere.CRAWL / "culture.jsonl.zst").unlink()
    (elsewhere.CRAWL / "stray.txt").write_bytes(b"")
    assert elsewhere.stale(elsewhere.build()) == ["crawl/culture.jsonl.zst", "crawl/news.jsonl", "crawl/stray.txt"]
    elsewhere.write(elsewhere.build())
    assert elsewhere.stale(elsewhere.build()) == []


def test_a_wrong_label_is_named_with_the_nearest_right_one(maker: Any) -> None:
    with pytest.raises(UnknownName, match=r"'coments'.*'comments'"):
        list(maker.labelled(["@coments", "x"], "here"))


def test_a_line_without_a_label_is_an_error(maker: Any) -> None:
    with pytest.raises(ValueError, match=r"^here: no label stands above the line 'x'"):
        list(maker.labelled(["", "x"], "here"))


def test_it_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in sample.path().rglob("*") if file.is_file()) < SIZE


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        pytest.param("community.jsonl.gz", 0, id="gzip-is-whole"),
        pytest.param("culture.jsonl.zst", 0, id="zstandard-is-whole"),
        pytest.param("news.jsonl", 1, id="one-line-of-html"),
        pytest.param("services.jsonl", 2, id="one-not-utf8-one-cut-off"),
    ],
)
def test_a_line_is_broken_only_where_it_is_meant_to_be(name: str, broken: int) -> None:
    good, bad = records(name)
    assert len(bad) == broken
    assert all({"url", "crawled"} <= set(record) <= {"url", "title", "crawled", "text"} for record in good)


def test_the_broken_lines_are_broken_each_in_its_way() -> None:
    (html,) = records("news.jsonl")[1]
    legacy, cut = records("services.jsonl")[1]
    assert html.startswith(b"<html>")
    assert json.loads(legacy.decode("cp1256"))["url"]
    assert content("services.jsonl").endswith(cut)
    assert b'"text": "' in cut


def test_there_are_records_with_no_text_and_with_an_empty_one() -> None:
    news = [record for record in records("news.jsonl")[0] if "text" not in record]
    shop = [record for record in records("services.jsonl")[0] if record["text"] == ""]
    assert (len(news), len(shop)) == (1, 1)


def test_every_site_is_there_and_every_address_is_reserved_for_examples() -> None:
    hosts = Counter(str(urlsplit(page["url"]).hostname) for page in EXPECTED)
    assert len(hosts) == 10
    assert min(hosts.values()) >= 8
    assert all(host.endswith(".example") for host in hosts)


def test_every_category_of_furniture_occurs() -> None:
    assert {label for page in EXPECTED for label in page["labels"]} == {*KEPT, *CATEGORIES} - {"template"}  # those are learned


@pytest.mark.parametrize("page", EXPECTED, ids=lambda page: page["url"].removeprefix("https://"))
def test_the_labels_fit_the_lines_of_the_page_and_the_lines_kept_are_the_labelled_ones(page: dict[str, Any]) -> None:
    lines = lines_of(page)
    assert len(lines) == len(page["labels"])
    assert page["lines"] == [line for line, label in zip(lines, page["labels"], strict=True) if label in KEPT]
    assert page["labels"].count("title") <= 1


@pytest.mark.parametrize("page", [page for page in EXPECTED if "damage" in page], ids=lambda page: "-".join(page["damage"]))
def test_damage_is_real_and_can_be_undone(page: dict[str, Any]) -> None:
    lines = page["lines"]
    for name in reversed(page["damage"]):
        lines = [UNDO[name](line) for line in lines]
    assert lines == page["repaired"]
    assert page["damage"] == ["crlf"] or page["lines"] != page["repaired"]


def test_two_pages_were_crawled_twice() -> None:
    again = Counter(text_of(page) for page in EXPECTED if page["lines"])
    assert sorted(count for count in again.values() if count > 1) == [2, 2]


def shingles(page: dict[str, Any]) -> set[tuple[str, ...]]:
    words = " ".join(page["lines"]).split()
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def test_two_agency_reports_are_on_two_sites_each() -> None:
    near = []
    articles = [(page, shingles(page)) for page in EXPECTED if len(page["lines"]) > 2]
    for place, (one, left) in enumerate(articles):
        for other, right in articles[place + 1 :]:
            if 0.5 <= len(left & right) / len(left | right) < 1:
                near.append({urlsplit(one["url"]).hostname, urlsplit(other["url"]).hostname})
    assert near == [{"www.sada-almina.example", "difaf-atlas.example"}] * 2
