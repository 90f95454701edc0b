"""Damaged inputs through a run: `scripts/fuzz_inputs.py [--count 1000] [--seed 7] [--only NUMBER]`.

Each is made of good documents in one of the formats, with one of the damages below, from its number alone. Whatever it is, the run either
ends, with read == kept + rejected + quarantined and a dataset that `verify` passes, or is refused with an error of arclean's own before
anything is written. A crash, another error, a count that does not add up or a file left behind is a finding. Ends with 1 if there are any.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.run import run
from arclean.dataset.verify import verify
from arclean.errors import ArcleanError

Chance = random.Random
BATCH: Final = 50
HUGE: Final = 200 << 20
SAID: Final = """
كان الدليل يعرف الطريق إلى الواحة وقال إن البئر لم تجف
منذ أن حفرها أجداده ثم سكت وسأل عن الماء
"""

WORDS: Final = tuple(SAID.split())
CODECS: Final = ("cp1256", "iso8859_6", "mac_arabic", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--range", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.range or given.only is not None:
        first, end = map(int, given.range.split(":")) if given.range else (given.only, given.only + 1)
        for number in range(first, end):
            print(json.dumps(tried(number, given.seed)), flush=True)
        return
    raise SystemExit(all_of(given.count, given.seed))


def all_of(count: int, seed: int) -> int:
    """In processes of 50 each, so that one that dies is found out."""
    came: Counter[str] = Counter()
    findings: list[str] = []
    slowest = 0.0
    for first in range(0, count, BATCH):
        end = min(first + BATCH, count)
        command = [sys.executable, __file__, "--seed", str(seed), "--range", f"{first}:{end}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        slowest = max([slowest, *(one["seconds"] for one in told)])
        came.update(f"{one['damage']}: {one['came']}" for one in told)
        found = [f"{one['number']} ({one['what']}): {one['finding']}" for one in told if one["finding"]]
        if done.returncode:
            lines = done.stderr.strip().splitlines()[-1:]
            found.append(f"{first + len(told)}: the process ended with {done.returncode} {lines}")
        for finding in found:
            print(f"FOUND {finding}", flush=True)
        findings += found
        print(f"{end} of {count}, {len(findings)} findings", file=sys.stderr, flush=True)
    print(f"the slowest took {slowest:.1f} s")
    for what, times in sorted(came.items()):
        print(f"{times:5} {what}")
    print(f"{count} inputs, {len(findings)} findings")
    return int(bool(findings))


def tried(number: int, seed: int) -> dict[str, Any]:
    """One input, made and run."""
    chance = Chance(seed * 1_000_003 + number)
    damage = tuple(DAMAGES)[number % len(DAMAGES)]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        name, data = DAMAGES[damage](chance)
        told: dict[str, Any] = {"number": number, "damage": damage, "what": f"{damage}, {name}", "finding": ""}
        path, out = Path(folder, name), Path(folder, "out")
        path.write_bytes(data)
        start = time.monotonic()
        try:
            result = run("light", path, out, workers=chance.choice((1, 2)), format="lines" if name.startswith("lines") else "auto")
        except ArcleanError as error:
            told |= {"came": "refused", "finding": f"refused, and left {left(out)}" if left(out) else "", "error": str(error)[:200]}
        except Exception as error:  # noqa: BLE001 - a finding, whatever it is
            told |= {"came": "raised", "finding": f"{type(error).__name__}: {str(error)[:200]}"}
        else:
            tally, report = result.tally, verify(out)
            told["came"] = "quarantined some" if tally.quarantined else "read"
            if tally.read != tally.kept + tally.rejected + tally.quarantined:
                told["finding"] = f"{tally.read} read, {tally.kept} kept, {tally.rejected} rejected, {tally.quarantined} quarantined"
            elif not report.ok:
                told["finding"] = "; ".join(f"{one.name}: {one.words}" for one in report.checks if one.state == "failed")
        told["seconds"] = round(time.monotonic() - start, 2)
        return told


def left(out: Path) -> list[str]:
    return [path.name for path in out.rglob("*")] if out.exists() else []


def text(chance: Chance, most: int = 60) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def records(chance: Chance, count: int = 40) -> list[dict[str, Any]]:
    return [{"id": str(i), "text": text(chance), "url": f"https://a.example/{i}", "n": i, "tags": ["أ", str(i)]} for i in range(count)]


def jsonl(rows: Sequence[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def csv(rows: Sequence[dict[str, Any]]) -> bytes:
    return ("id,text\n" + "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows)).encode()


def lines(rows: Sequence[dict[str, Any]]) -> bytes:
    return "".join(f"{row['text']}\n" for row in rows).encode()


def parquet(rows: Sequence[dict[str, Any]], **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), sink, row_group_size=10, **options)
    return sink.getvalue()


FORMATS: Final[dict[str, Callable[[Sequence[dict[str, Any]]], bytes]]] = {
    "a.jsonl": jsonl,
    "a.csv": csv,
    "a.parquet": parquet,
    "a.txt": lines,
    "lines.txt": lines,
}
PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": lambda data: bytes(pa.Codec("zstd").compress(data, asbytes=True)),
}


def any_file(chance: Chance, packed: bool = True) -> tuple[str, bytes]:
    name = chance.choice(tuple(FORMATS))
    end = "" if name == "a.parquet" or not packed else chance.choice(tuple(PACKERS))
    return name + end, PACKERS[end](FORMATS[name](records(chance)))


def bit_flips(chance: Chance) -> tuple[str, bytes]:
    name, data = any_file(chance)
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return name, bytes(flipped)


def truncation(chance: Chance) -> tuple[str, bytes]:
    name, data = any_file(chance)
    return name, data[: chance.choice((0, 1, 2, 5, chance.randrange(len(data)), len(data) - 1))]


def wrong_encoding(chance: Chance) -> tuple[str, bytes]:
    name = chance.choice(("a.jsonl", "a.csv", "a.txt", "lines.txt"))
    whole = FORMATS[name](records(chance)).decode()
    if chance.random() < 0.3:  # half of it in one, half in another
        at = len(whole) // 2
        return name, whole[:at].encode() + whole[at:].encode(chance.choice(CODECS), "replace")
    data = whole.encode(chance.choice(CODECS), "replace")
    return name, data[chance.choice((0, 0, 0, 1)) :]


def wrong_compression(chance: Chance) -> tuple[str, bytes]:
    name, data = any_file(chance, packed=False)
    says, has = chance.choice(tuple(PACKERS)), chance.choice(tuple(PACKERS))
    packed = PACKERS[has](data)
    tail = chance.choice((b"", b"\0" * 100, b"trailing", packed, packed[: len(packed) // 2], b"\x1f\x8b\x08"))
    return name + says, packed + tail


def null_bytes(chance: Chance) -> tuple[str, bytes]:
    name, data = any_file(chance)
    at, size = chance.randrange(len(data)), chance.choice((1, 7, 512, 100_000))
    kept = data[at + size :] if chance.random() < 0.5 else data[at:]
    return name, data[:at] + b"\0" * size + kept


def long_line(chance: Chance) -> tuple[str, bytes]:
    rows = jsonl(records(chance, 4))
    if chance.random() < 0.02:
        size, kind = HUGE, "a.jsonl"
    else:
        size, kind = chance.randint(1 << 20, 4 << 20), chance.choice(("a.jsonl", "a.txt", "lines.txt", "a.csv"))
    body = (" ".join(WORDS) + " ").encode() * (size // 170)
    if kind == "a.jsonl":
        whole = b'{"id": "long", "text": "' + body + chance.choice((b'"}\n', b'"', b"\n"))
        return kind, rows + whole + rows.replace(b'"id": "', b'"id": "x')
    return kind, (b"id,text\n1," if kind == "a.csv" else b"") + body + chance.choice((b"", b"\n", b'"'))


def deep_json(chance: Chance) -> tuple[str, bytes]:
    depth = chance.choice((100, 600, 5000, 200_000))
    opening, closing = chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
    inner = opening * depth + b"1" + closing * chance.choice((depth, depth - 1, 0))
    return "a.jsonl", jsonl(records(chance)) + b'{"id": "deep", "text": "x", "deep": ' + inner + b"}\n" + jsonl(records(chance, 2))


def many_columns(chance: Chance) -> tuple[str, bytes]:
    count = chance.choice((10_000, 12_000)) if chance.random() < 0.1 else chance.choice((300, 1000))
    if chance.random() < 0.4:
        header = ",".join(["id", "text", *(f"c{i}" for i in range(count))])
        return "a.csv", f"{header}\n1,{text(chance)}{',' * count}\n".encode()
    if chance.random() < 0.5:
        return "a.parquet", parquet([{"id": "1", "text": text(chance), **{f"c{i}": i for i in range(count)}}])
    spread = [{"id": str(i), "text": text(chance), **{f"c{i}_{k}": k for k in range(count // 40)}} for i in range(40)]
    return "a.jsonl", jsonl(spread)


def duplicate_keys(chance: Chance) -> tuple[str, bytes]:
    odd = chance.choice(
        ('"text": "أ", "text": "ب"', '"text": "أ", "text": null', '"id": "1", "id": 2, "text": "x"', '"text": "a", "n": 1, "n": "x"')
    )
    return "a.jsonl", jsonl(records(chance)) + f"{{{odd}}}\n".encode() * chance.randint(1, 5)


def lone_surrogates(chance: Chance) -> tuple[str, bytes]:
    odd = chance.choice((r"\ud800", r"\udc00x", r"\ud83d\ude00", r"\ud83d x", r"\u0000", r"\uD800\uD800"))
    key = chance.choice(("text", "id", "url", odd))
    row = f'{{"id": "s", "text": "x", "{key}": "قبل {odd} بعد"}}\n'
    return "a.jsonl", jsonl(records(chance)) + row.encode() + jsonl(records(chance, 3))


def bad_page(chance: Chance) -> tuple[str, bytes]:
    options = {"compression": chance.choice(("none", "snappy", "zstd", "gzip")), "use_dictionary": chance.random() < 0.5}
    data = bytearray(parquet(records(chance), **options, write_page_checksum=chance.random() < 0.5))
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little") if chance.random() < 0.8 else len(data)
    at = chance.randrange(4, end)
    for i in range(at, min(at + chance.choice((1, 4, 64)), end)):
        data[i] = chance.randrange(256)
    return "a.parquet", bytes(data)


def noise(chance: Chance) -> tuple[str, bytes]:
    name = chance.choice(tuple(FORMATS)) + chance.choice(("", ".gz", ".zst"))
    return name.replace(".parquet.gz", ".parquet").replace(".parquet.zst", ".parquet"), chance.randbytes(chance.choice((1, 100, 70_000)))


def odd_json(chance: Chance) -> tuple[str, bytes]:
    values = (
        "NaN",
        "1e999",
        "-0",
        "1" * 400,
        '{"a": {"b": []}}',
        "[1, [2]]",
        '""',
        "null",
        "true",
        '"\\u0000"',
        "12345678901234567890",
        "[]",
        "{}",
    )
    rows = [f'{{"id": {chance.choice(values)}, "text": "{text(chance)}", "v": {chance.choice(values)}}}\n' for _ in range(30)]
    return "a.jsonl", "".join(rows).encode()


def odd_csv(chance: Chance) -> tuple[str, bytes]:
    pieces = ('"', '""', ",", "\n", "\r", "\r\n", "\0", "أ", "a", "\ufeff", "\t")
    body = "".join(chance.choices(pieces, k=chance.randint(1, 400)))
    return chance.choice(("a.csv", "a.tsv")), ("id,text\n" * chance.randint(0, 2) + body).encode()


def mixed_up(chance: Chance) -> tuple[str, bytes]:
    """Parts of a file moved, doubled, joined with those of another."""
    name, data = any_file(chance, packed=chance.random() < 0.3)
    other = any_file(chance)[1]
    a, b = sorted(chance.choices(range(len(data)), k=2))
    return name, chance.choice((data[b:] + data[:a], data[:b] + data[a:], data[:a] + other + data[b:], data + data))


DAMAGES: Final[dict[str, Callable[[Chance], tuple[str, bytes]]]] = {
    made.__name__.replace("_", " "): made
    for made in (
        bit_flips,
        truncation,
        wrong_encoding,
        wrong_compression,
        null_bytes,
        long_line,
        deep_json,
        many_columns,
        duplicate_keys,
        lone_surrogates,
        bad_page,
        noise,
        odd_json,
        odd_csv,
        mixed_up,
    )
}

if __name__ == "__main__":
    main()
