"""What `scripts/fuzz.py` throws bytes at: readers, cleaning, pages, files of pipelines. A target says what is wrong by an exception.

Each target has `seeds`, a way to `mutate` them that knows what they are made of, and `run`, which gives back what it met (kinds of
damage, rules, messages): an input that meets something new is worth going on from.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa
import yaml

import arclean
from arclean import rules
from arclean.dataset.source import Plan, ReadOptions, blocks, parse, plan
from arclean.errors import ArcleanError
from arclean.pipeline import Pipeline

ROOT: Final = Path(__file__).resolve().parent.parent
RESTLESS: Final = frozenset({"camel", "arabert-v02", "arabert-v02-twitter"})
"""Presets that do what other tools do, which are not done after one pass."""
Chance = random.Random
Met = set[str]


class Wrong(Exception):
    """Something that was promised does not hold."""


class Target(Protocol):
    """See the module."""

    def seeds(self) -> list[bytes]: ...
    def mutate(self, data: bytes, other: bytes, chance: Chance) -> bytes: ...
    def run(self, data: bytes) -> Met: ...


def demand(holds: bool, what: str) -> None:
    if not holds:
        raise Wrong(what)


# Bytes and texts, changed a little


def bytes_changed(data: bytes, other: bytes, chance: Chance, pieces: tuple[bytes, ...]) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at, end = sorted(chance.randrange(len(made) + 1) for _ in "ab")
        end = min(end, at + chance.choice((1, 4, 64, 4096)))
        piece = chance.choice(pieces)
        match chance.randrange(8):
            case 0 if made:
                made[at % len(made)] ^= 1 << chance.randrange(8)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = piece
            case 3:
                made[at:end] = piece * chance.choice((1, 1, 2, 50))
            case 4:
                made[at:at] = made[at:end]
            case 5 if other:
                start = chance.randrange(len(other))
                made[at:end] = other[start : start + chance.choice((4, 64, 1024))]
            case 6:
                made[at:at] = chance.randbytes(chance.choice((1, 2, 8)))
            case _:
                made[at:end] = made[at:end][::-1]
    return bytes(made[: 1 << 16])


@cache
def alphabet() -> str:
    sys.path.insert(0, str(ROOT / "tests"))
    from strategies import ALPHABET

    return ALPHABET


@cache
def examples() -> list[str]:
    """The texts of all examples of all rules."""
    found: set[str] = set()
    for rule in rules.catalogue().values():
        for name in ("fixes", "drops", "leaves"):
            for one in getattr(rule, name, ()):
                found.update([one] if isinstance(one, str) else [part for part in one if isinstance(part, str)])
    return sorted(found)


def text_changed(text: str, other: str, chance: Chance) -> str:
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in "ab")
        end = min(end, at + chance.choice((1, 3, 40, 400)))
        match chance.randrange(8):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:at] + chance.choice(examples()) + chance.choice(("", " ", "\n")) + text[at:]
            case 2:
                text = text[:at] + "".join(chance.choices(alphabet(), k=chance.randint(1, 6))) + text[end:]
            case 3:
                text = text[:at] + text[at:end] * chance.choice((2, 3, 70)) + text[end:]
            case 4 if other:
                start = chance.randrange(len(other))
                text = text[:at] + other[start : start + chance.choice((2, 30, 300))] + text[end:]
            case 5:
                lines = text.split("\n")
                chance.shuffle(lines)
                text = "\n".join(lines)
            case 6:
                text = text[:at] + chance.choice("\n\r\t \0\u200c\u200d\u200f\u2028\ufeff\u0640\u0651\u064e.&;<>/") + text[at:]
            case _:
                text = text[:at] + text[at:end].encode().decode(chance.choice(("cp1252", "cp1256", "latin-1")), "replace") + text[end:]
    return text[:8000]


# Readers: the first three bytes say which, the rest is the file

NAMES: Final = ("a.jsonl", "a.csv", "a.tsv", "a.txt", "lines.txt", "a.html", "a.warc", "a.wet", "a.parquet")
PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": lambda data: bytes(pa.Codec("zstd").compress(data, asbytes=True)),
}
WARC: Final = """WARC/1.0\r
WARC-Type: {kind}\r
WARC-Target-URI: https://a.example/{number}\r
WARC-Record-ID: <urn:uuid:{number}>\r
Content-Type: {content}\r
Content-Length: {length}\r
\r
"""


class Readers:
    """Any bytes as a file of any format, packed and damaged behind that, in large blocks and in small."""

    pieces = (
        b"\n",
        b"\r\n",
        b'"',
        b'""',
        b",",
        b"\t",
        b"{",
        b"}",
        b"[",
        b"null",
        b'"text":',
        b'"id":',
        b"\\ud800",
        b"\\u0000",
        b"\0",
        b"\xff",
    )
    more = (
        b"WARC/1.0\r\n",
        b"Content-Length: 9\r\n\r\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"<p>",
        b"</div>",
        b"<table>",
        b"1e999",
        b"&#0;",
        b"PAR1",
    )

    def seeds(self) -> list[bytes]:
        from fuzz_inputs import csv, jsonl, lines, odd_json, parquet, records

        chance = Chance(3)
        rows = records(chance, 12)
        crawl = "".join(
            warc("response", i, f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{row['text']}</p>") for i, row in enumerate(rows[:4])
        )
        wet = "".join(warc("conversion", i, row["text"]) for i, row in enumerate(rows[:4]))
        bodies = [jsonl(rows), csv(rows), csv(rows).replace(b",", b"\t"), lines(rows), lines(rows)]
        bodies += [(ROOT / "tests/pages/poem.html").read_bytes(), crawl.encode(), wet.encode(), parquet(rows)]
        plain = [bytes([number, pack, 0]) + body for number, body in enumerate(bodies) for pack in range(4)]
        return [*plain, b"\0\0\0" + odd_json(chance)[1], b"\1\0\0" + 'id,text\n1,"a\nb"\n2,"c""d"\n'.encode("cp1256")]

    def mutate(self, data: bytes, other: bytes, chance: Chance) -> bytes:
        head, body = bytearray(data[:3].ljust(3, b"\0")), data[3:]
        if chance.random() < 0.15:
            head[chance.randrange(3)] = chance.randrange(256)
        return bytes(head) + bytes_changed(body, other[3:], chance, self.pieces + self.more)

    def run(self, data: bytes) -> Met:
        head, body = data[:3].ljust(3, b"\0"), data[3:]
        name, pack = NAMES[head[0] % len(NAMES)], tuple(PACKERS)[head[1] % len(PACKERS)]
        if name == "a.parquet":
            pack = ""
        packed = PACKERS[pack](body)
        if head[2] & 1:
            packed = packed[: len(packed) * head[2] // 256]
        if head[2] & 2 and packed:
            at = len(packed) * head[2] // 256
            packed = packed[:at] + bytes([packed[at] ^ 1 << head[1] % 8]) + packed[at + 1 :]
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            path = Path(folder, name + pack)
            path.write_bytes(packed)
            return self.read(str(path), "lines" if name.startswith("lines") else "auto", head[2])

    def read(self, path: str, format_: str, odd: int) -> Met:
        met: Met = set()
        found = []
        for size in (1 << 20, 1 + odd * 3):
            try:
                planned = plan([path], ReadOptions(format=format_, block_bytes=size, piece_bytes=size))
            except ArcleanError as error:
                return {f"refused: {type(error).__name__}: {str(error).rpartition(': ')[2][:20]}"}
            found.append(self.documents(planned, met))
        if format_ != "auto" or not path.endswith(".parquet"):
            demand(found[0] == found[1], f"other documents in blocks of {1 + odd * 3} bytes")
        return met

    def documents(self, planned: Plan, met: Met) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        for piece in planned.pieces:
            for block in blocks(piece, planned.options):
                parsed = parse(block, planned)
                parsed.batch.validate(full=True)
                parsed.quarantined.validate(full=True)
                demand(parsed.batch.schema.equals(planned.schema), "a batch of another schema")
                met |= {f"{piece.format}: {error.partition(':')[0]}" for error in parsed.quarantined["error"].to_pylist()}
                out = light().apply(parsed.batch)
                out.batch.validate(full=True)
                told += zip(parsed.batch["id"].to_pylist(), parsed.batch["text"].to_pylist(), strict=True)
        met.add(f"{planned.pieces[0].format if planned.pieces else ''} {planned.loose} {len(planned.schema)} {min(len(told), 3)}")
        return told


def warc(kind: str, number: int, body: str) -> str:
    content = "application/http; msgtype=response" if kind == "response" else "text/plain"
    return WARC.format(kind=kind, number=number, content=content, length=len(body.encode())) + body + "\r\n\r\n"


@cache
def light() -> Pipeline:
    return arclean.load("light")


# Cleaning: the first byte says which pipeline, the rest are texts

ENTITIES: Final = [
    {
        "entities": {
            "email": "token",
            "url": "token",
            "phone": "remove",
            "hashtag": "segment",
            "card": "token",
            "ip": "remove",
            "iban": "token",
        }
    },
    {"entities": {"email": "remove", "url": "remove", "mention": "remove", "national_id": "token"}},
]
GAP: Final = "\x1e"


@cache
def pipelines() -> list[Pipeline]:
    masking = [Pipeline.from_dict({"name": f"entities-{number}", "steps": [step]}) for number, step in enumerate(ENTITIES)]
    return [*(arclean.load(name) for name in arclean.presets() if name != "crawl"), *masking]


class Cleaning:
    """Texts through every preset: alone as among others, once as twice, valid, accounted for, explained and aligned."""

    def seeds(self) -> list[bytes]:
        chance = Chance(5)
        whole = [chance.sample(examples(), 12) for _ in range(8 * len(pipelines()))]
        return [
            bytes([i % len(pipelines())]) + "".join(text + chance.choice((GAP, "\n", "\n\n")) for text in some).encode()
            for i, some in enumerate(whole)
        ]

    def mutate(self, data: bytes, other: bytes, chance: Chance) -> bytes:
        head = bytes([chance.randrange(len(pipelines()))]) if chance.random() < 0.1 else data[:1]
        return head + text_changed(data[1:].decode(errors="ignore"), other[1:].decode(errors="ignore"), chance).encode()

    def run(self, data: bytes) -> Met:
        pipe = pipelines()[(data[0] if data else 0) % len(pipelines())]
        texts = data[1:].decode(errors="ignore").split(GAP)[:8]
        once = pipe.clean_many(texts)
        pick = len(data) % len(texts)
        demand(pipe.clean(texts[pick]) == once[pick], f"{pipe.name}: alone becomes another")
        if pipe.name not in RESTLESS:
            demand(pipe.clean_many(once) == once, f"{pipe.name}: twice is not once")
        met = accounted(pipe, pa.record_batch({"text": pa.array(texts, pa.string())}), once)
        demand(pipe.explain(texts[pick]).after == once[pick], f"{pipe.name}: explain ends elsewhere")
        if len(data) % 3 == 0:
            aligned(pipe, texts[pick], once[pick])
        return met


def accounted(pipe: Pipeline, batch: pa.RecordBatch, once: list[str] | None) -> Met:
    told = pipe.apply(batch)
    told.batch.validate(full=True)
    told.removed.validate(full=True)
    tally = told.tally
    demand(len(told.batch) == len(batch) == tally.kept + tally.rejected == tally.read, f"{pipe.name}: documents do not add up")
    demand(tally.lines_removed == len(told.removed), f"{pipe.name}: lines do not add up")
    demand(sum(tally.reasons.values()) == tally.rejected, f"{pipe.name}: reasons do not add up")
    if once is not None:
        demand(told.batch["text"].to_pylist() == once, f"{pipe.name}: a batch becomes another than texts")
    return {f"{pipe.name} {name}" for name in (*tally.rules, *tally.reasons)}


def aligned(pipe: Pipeline, before: str, after: str) -> None:
    found = pipe.align(before)
    demand(found.after == after, f"{pipe.name}: align ends elsewhere")
    last = 0
    for start in range(0, len(before) + 1, max(1, len(before) // 16)):
        low, high = found.to_output(0, start)
        demand(0 <= low <= high <= len(after) and high >= last, f"{pipe.name}: a place goes backwards")
        last = high


# Pages


class Pages:
    """Pages as HTML through `crawl`."""

    pieces = (
        b"<",
        b">",
        b"</",
        b"<p>",
        b"<div class=share>",
        b"</div>",
        b"<table><tr><td>",
        b"<pre>",
        b"<!--",
        b"-->",
        b"<script>",
        b"&nbsp;",
    )
    more = (
        b"<svg>",
        b"<math>",
        b"<template>",
        b"<li>",
        b"<br>",
        b"<h1>",
        b"<![CDATA[",
        b"\0",
        b"\xd8",
        b"<a href='",
        b"<title>",
        b"<noscript>",
    )

    def seeds(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((ROOT / "tests/pages").glob("*.html"))]

    def mutate(self, data: bytes, other: bytes, chance: Chance) -> bytes:
        return bytes_changed(data, other, chance, self.pieces + self.more)

    def run(self, data: bytes) -> Met:
        page = data.decode(errors="replace")
        pipe = arclean.load("crawl")
        batch = pa.record_batch({"text": pa.array([page, page[: len(page) // 2], ""]), "url": ["https://a.example/1", None, "x"]})
        return accounted(pipe, batch, None)


# Files of pipelines

VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\0",
    "all_lines",
    [],
    {},
    [[]],
    {"a": 1},
    [None],
)
TAGS: Final = ("!!python/object/apply:os.system [exit 3]", "!!python/name:os.system", "&a [*a]", "*a", "<<: *a", "!!binary x", "? [a] : b")
FORBIDDEN: Final = (
    "os.system",
    "subprocess.Popen",
    "socket.connect",
    "os.remove",
    "os.rename",
    "os.exec",
    "os.fork",
    "shutil.rmtree",
    "exec",
)


class Files:
    """Any text as the file of a pipeline: an error of arclean's own or a pipeline that goes through a file, and nothing is done by it."""

    def seeds(self) -> list[bytes]:
        own = [
            {
                "steps": [
                    {
                        "lines": {
                            "rules": [
                                "share",
                                {"line": {"name": "a", "why": "b", "category": "ad", "drops": ["x"], "leaves": ["y"], "pattern": "^x$"}},
                            ]
                        }
                    }
                ]
            },
            {
                "steps": [
                    {
                        "characters": {
                            "rules": [{"char": {"name": "a", "why": "b", "table": {"x": "y"}, "fixes": [["x", "y"]], "leaves": ["z"]}}]
                        }
                    }
                ]
            },
            {"steps": [*ENTITIES, {"duplicates": {"method": "near"}}, {"split": {}}, {"filter": {"measure": "words", "least": 1}}]},
        ]
        presets = [path.read_bytes() for path in sorted((ROOT / "arclean/presets").glob("*.yaml"))]
        return [*presets, *(yaml.safe_dump(one, allow_unicode=True).encode() for one in own)]

    def mutate(self, data: bytes, other: bytes, chance: Chance) -> bytes:
        with contextlib.suppress(yaml.YAMLError, ValueError, RecursionError):
            if chance.random() < 0.6:
                return yaml.safe_dump(grown(yaml.safe_load(data), chance), allow_unicode=True).encode()
        text = text_changed(data.decode(errors="ignore"), other.decode(errors="ignore"), chance)
        if chance.random() < 0.3:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(("  - ", "- ", "", "  a: ")) + chance.choice(TAGS))
            text = "\n".join(lines)
        return text.encode()

    def run(self, data: bytes) -> Met:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            path = Path(folder, "a.yaml")
            path.write_bytes(data)
            try:
                with watched():
                    pipe = arclean.load(path)
            except ArcleanError as error:
                return {f"{type(error).__name__} {' '.join(str(error).split()[2:5])}"}
        again = Pipeline.from_dict(yaml.safe_load(pipe.to_yaml()))
        demand(again.fingerprint == pipe.fingerprint, "written and read again it is another")
        with contextlib.suppress(ArcleanError):
            accounted(pipe.without_stages(), pa.record_batch({"text": pa.array(["نص قصير", "", None])}), None)
        return {f"a pipeline of {sorted({type(part).__name__ for part in pipe.parts})}"}


_events: list[str] = []
_heard: list[bool] = []


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Nothing is run, sent, written or taken away meanwhile."""
    if not _heard:
        os.environ["ARCLEAN_COMPILE_AHEAD"] = "0"  # or a pass that is missing would start a process
        arclean.load("crawl").clean("")  # what is imported when it is needed is there then
        sys.addaudithook(_note)
    _heard.append(True)
    _events.clear()
    try:
        yield
    finally:
        _heard.append(False)
    demand(not _events, f"loading did {_events[:3]}")


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard[-1] and (event in FORBIDDEN or (event == "open" and "w" in str(arguments[1]) and "__pycache__" not in str(arguments[0]))):
        _events.append(f"{event} {arguments!r}"[:200])


def grown(data: Any, chance: Chance) -> Any:
    """A tree with one of its nodes otherwise."""
    if isinstance(data, dict) and data and chance.random() < 0.8:
        key = chance.choice(list(data))
        made = {name: grown(value, chance) if name == key else value for name, value in data.items()}
        if chance.random() < 0.1:
            made[chance.choice(("x", 7, None, "rules", "steps", "least", "pattern"))] = made.pop(key)
        return made
    if isinstance(data, list) and data and chance.random() < 0.8:
        at = chance.randrange(len(data))
        if chance.random() < 0.15:
            return data[:at] + data[at : at + 1] * 2 + data[at:]
        return [*data[:at], grown(data[at], chance), *data[at + 1 :]]
    if isinstance(data, str) and chance.random() < 0.4:
        return text_changed(data, chance.choice(examples()), chance)
    if chance.random() < 0.3:
        from arclean.registry import built_in

        return {chance.choice(list(built_in())): chance.choice(VALUES)}
    return chance.choice((*VALUES, chance.choice(list(rules.catalogue()))))


TARGETS: Final[dict[str, Target]] = {"readers": Readers(), "cleaning": Cleaning(), "pages": Pages(), "files": Files()}
