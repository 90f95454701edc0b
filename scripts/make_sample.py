"""Write the sample crawl that ships with arclean, and what an Arabic reader would keep of it.

    python scripts/make_sample.py            write arclean/sample/crawl and tests/cases/expected_sample.jsonl
    python scripts/make_sample.py --check    exit 1 if they hold anything else than this would write

The sources lie in scripts/sample (read its README.md); the damage done to some of the pages is in scripts/sample_damage.py.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import yaml
from sample_damage import DAMAGES

from arclean.errors import unknown
from arclean.rule import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "scripts" / "sample"
CRAWL: Final = ROOT / "arclean" / "sample" / "crawl"
EXPECTED: Final = ROOT / "tests" / "cases" / "expected_sample.jsonl"
KEPT: Final = ("title", "content")
LABELS: Final = (*KEPT, *CATEGORIES)
MARKER: Final = re.compile("@([a-z-]+)")
BLOCK: Final = re.compile(r"\+([a-z_]+)")
LINE_ENDS: Final = "crlf"


@dataclass(frozen=True)
class Line:
    """One line of a page as it was written, with its label; a blank line has none."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Page:
    """One record of the crawl.

    Attributes:
        url: its address.
        crawled: when, as the crawl writes it.
        file: the file of the crawl that holds it.
        lines: what it says; None if the record has no text at all.
        title: the title of the record, if it has one.
        damage: names from `DAMAGES`, done in this order, or `LINE_ENDS`.
    """

    url: str
    crawled: str
    file: str
    lines: tuple[Line, ...] | None
    title: str | None = None
    damage: tuple[str, ...] = field(default=())

    def spoilt(self, line: str) -> str:
        for name in self.damage:
            line = line if name == LINE_ENDS else DAMAGES[name](line)
        return line

    def text(self) -> str | None:
        if self.lines is None:
            return None
        return ("\r\n" if LINE_ENDS in self.damage else "\n").join(self.spoilt(line.text) for line in self.lines)

    def record(self) -> dict[str, str]:
        row = {"url": self.url, "title": self.title and self.spoilt(self.title), "crawled": self.crawled, "text": self.text()}
        return {key: value for key, value in row.items() if value is not None}

    def expected(self) -> dict[str, Any]:
        lines = [line for line in self.lines or () if line.label]
        kept = [line.text for line in lines if line.label in KEPT]
        row: dict[str, Any] = {"url": self.url, "file": self.file, "lines": [self.spoilt(text) for text in kept]}
        if self.damage:
            row |= {"damage": self.damage, "repaired": kept}
        return row | {"labels": [line.label for line in lines]}


class Site:
    """One file of sources: furniture in named blocks, and the pages that stand in it."""

    def __init__(self, name: str, dump: str, shared: dict[str, str]) -> None:
        self.name = name
        self.dump = dump
        self.source = yaml.safe_load((SOURCES / f"{name}.yaml").read_text(encoding="utf-8"))
        self.blocks: dict[str, str] = shared | self.source.get("blocks", {})

    def pages(self) -> Iterator[Page]:
        for source in self.source["pages"]:
            for url, crawled in {source["url"]: source["crawled"], **source.get("again", {})}.items():
                yield self._page(source, url, crawled)

    def _page(self, source: dict[str, Any], url: str, crawled: str) -> Page:
        written, where = source.get("text"), f"{self.name}.yaml {url}"
        lines = None if written is None else tuple(labelled(self._expanded(written, where), where))
        title = next((line.text for line in lines or () if line.label == "title"), None)
        lines = lines and tuple(Line(line.text.replace("{title}", title or ""), line.label) for line in lines)
        suffix = self.source.get("title_suffix")
        for name in source.get("damage", ()):
            if name not in (*DAMAGES, LINE_ENDS):
                raise unknown("damage", name, (*DAMAGES, LINE_ENDS), url)
        return Page(
            url=self.source["address"] + url,
            crawled=crawled,
            file=source.get("file", self.dump),
            lines=lines,
            title=title + suffix if title and suffix else None,
            damage=tuple(source.get("damage", ())),
        )

    def _expanded(self, text: str, where: str) -> Iterator[str]:
        for row in text.rstrip("\n").split("\n"):
            if not (include := BLOCK.fullmatch(row)):
                yield row
            elif include[1] in self.blocks:
                yield from self._expanded(self.blocks[include[1]], f"{where} {row}")
            else:
                raise unknown("block", include[1], self.blocks, where)


def labelled(rows: Iterable[str], where: str) -> Iterator[Line]:
    """The lines under their labels; a caption that was there before is a `caption-duplicate`."""
    label, captions = "", set()
    for row in rows:
        if marker := MARKER.fullmatch(row):
            label = marker[1]
            if label not in LABELS:
                raise unknown("label", label, LABELS, where)
        elif not row.strip():
            yield Line("")
        elif not label:
            raise ValueError(f"{where}: no label stands above the line {row[:40]!r}; write one of {', '.join(LABELS)} after an @")
        else:
            yield Line(row, "caption-duplicate" if label == "caption" and row in captions else label)
            captions |= {row} if label == "caption" else set()


def broken(source: dict[str, Any]) -> bytes:
    """A line of a dump that is not one: `not_json`, `cp1256` (invalid as UTF-8) or `cut` (the writer died)."""
    row = json.dumps({key: source[key] for key in ("url", "crawled", "text") if key in source}, ensure_ascii=False)
    if source["kind"] == "not_json":
        return str(source["text"]).rstrip("\n").encode()
    if source["kind"] == "cp1256":
        return row.encode("cp1256")
    if source["kind"] == "cut":
        return row.encode()[: source["bytes"]]
    raise unknown("kind of broken line", source["kind"], ("not_json", "cp1256", "cut"))


def dump(rows: list[bytes], damaged: list[dict[str, Any]]) -> bytes:
    """The lines of one file; a broken line goes before the record with its number, a cut one ends the file without a line end."""
    for source in damaged:
        if source["kind"] != "cut":
            rows.insert(source["before"], broken(source))
    whole = b"".join(row + b"\n" for row in rows)
    return whole + b"".join(broken(source) for source in damaged if source["kind"] == "cut")


def packed(name: str, data: bytes) -> bytes:
    """The bytes of a file under that name, compressed as its ending says."""
    if name.endswith(".gz"):
        held = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=held, mtime=0) as file:
            file.write(data)
        return held.getvalue()
    if name.endswith(".zst"):
        return bytes(pa.Codec("zstd", 19).compress(data, asbytes=True))
    return data


def unpacked(file: Path) -> bytes:
    """What a file holds. Two versions of a compression library may pack the same lines into other bytes, so these are what is compared."""
    with pa.input_stream(str(file), compression="detect") as stream:
        return bytes(stream.read())


def build() -> dict[Path, bytes]:
    """Every file of the sample and what it holds, unpacked."""
    plan = yaml.safe_load((SOURCES / "dump.yaml").read_text(encoding="utf-8"))
    pages = [page for name, sites in plan["files"].items() for site in sites for page in Site(site, name, plan["shared"]).pages()]
    files: dict[Path, bytes] = {}
    for name in plan["files"]:
        rows = [json.dumps(page.record(), ensure_ascii=False).encode() for page in pages if page.file == name]
        files[CRAWL / name] = dump(rows, [source for source in plan["broken"] if source["file"] == name])
    for page in pages:
        if page.file.endswith(".txt"):
            files[CRAWL / page.file] = f"{page.text()}\n".encode()
    rows = [json.dumps(page.expected(), ensure_ascii=False).encode() for page in pages if page.lines is not None]
    return files | {EXPECTED: dump(rows, [])}


def stale(files: dict[Path, bytes]) -> list[str]:
    """What differs between the files and the tree, one line each."""
    extra = {file for file in CRAWL.rglob("*") if file.is_file()} - set(files)
    differ = [file for file, data in files.items() if not file.is_file() or unpacked(file) != data]
    return [str(file.relative_to(ROOT)) for file in sorted([*extra, *differ])]


def write(files: dict[Path, bytes]) -> None:
    """Write what differs and remove what is no longer made."""
    for name in stale(files):
        file = ROOT / name
        if file not in files:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(packed(file.name, files[file]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is not what this would write")
    wanted = parser.parse_args()
    files = build()
    if not wanted.check:
        write(files)
        return 0
    for name in (wrong := stale(files)):
        print(f"{name} is not what scripts/make_sample.py writes; run it and commit the result")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
