"""The character layer alone, beside its peers, on the texts of a JSONL file (plain, .gz, .zst): the vocalised ones, and the others.

    python scripts/bench_characters.py FILE [--preset pretrain] [--repeats 5] [--peers DIR] [--no-peers] [--write PAGE]

A text is vocalised if it has a mark for every five letters or more. Ours runs on Arrow columns in memory, as large as those of a run,
with all the character rules of the preset, and once more with alignment; each peer on a list of strings, in an environment of its own,
with a job of its own that does less. Environments are made in DIR and found there the next time. Speeds are MB (10^6 bytes) of UTF-8 that
goes in, a second of processor time, one thread, what is compiled at the first call aside; medians of repeats that take turns. The last
lines are ours against the fastest peer. With --write they become the section of a page between two marks.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import bench_copy
import bench_twins
import pyarrow as pa
import pyarrow.compute as pc

import arclean
from arclean.orthography.characters import Characters
from arclean.pipeline import Pipeline
from arclean.rule import CharRule

MARKS: Final = "[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC LETTER SUPERSCRIPT ALEF}]"
LETTERS: Final = "[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER FEH}-\N{ARABIC LETTER YEH}]"
VOCALISED: Final = 0.2
PEER_SAMPLE: Final = 3 << 20
"""Bytes of text that peers are measured on."""
COLUMN: Final = 6 << 20
"""Bytes of text of a column, about as many as a block of a run holds."""
LEAST: Final = 64 << 20
"""Bytes that ours goes over for one figure, the same columns again if they have fewer: less is too short to be timed."""
BEGIN: Final = "<!-- written by scripts/bench_characters.py -->"
END: Final = "<!-- end of what scripts/bench_characters.py wrote -->"

TIMED: Final = """
import json, sys, time
{setup}
texts = json.load(open(sys.argv[1], encoding="utf-8"))
job = {job}
[job(text) for text in texts[:50]]
start = time.process_time()
for text in texts:
    job(text)
print(time.process_time() - start)
"""


@dataclass(frozen=True)
class Peer:
    """A package, and a job that it does.

    Attributes:
        name: of the package and the job.
        packages: what to install.
        options: for pip.
        setup: what is imported.
        job: an expression for a function ``str -> str``.
        python: the oldest version of Python that it runs on.
    """

    name: str
    packages: tuple[str, ...]
    setup: str
    job: str
    options: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 10)


PEERS: Final = (
    Peer("arabic-normalize normalize", ("arabic-normalize==0.1.0",), "import arabic_normalize", "arabic_normalize.normalize"),
    Peer("araclean LIGHT", ("araclean==0.3.0",), "import araclean", "araclean.normalize", python=(3, 12)),
    Peer(
        "camel-tools letters and marks",
        ("camel-tools==1.6.0", "emoji", "six"),
        "from camel_tools.utils.dediac import dediac_ar as d; from camel_tools.utils import normalize as n",
        "lambda text: d(n.normalize_teh_marbuta_ar(n.normalize_alef_maksura_ar(n.normalize_alef_ar(text))))",
        ("--no-deps",),
    ),
    Peer(
        "pyarabic marks and tatweel",
        ("pyarabic==0.6.15",),
        "from pyarabic import araby",
        "lambda text: araby.strip_tatweel(araby.strip_tashkeel(text))",
    ),
)


def interpreter(least: tuple[int, int]) -> str | None:
    """A Python that is new enough: this one, or one on the path."""
    if sys.version_info[:2] >= least:
        return sys.executable
    for minor in range(least[1], least[1] + 4):
        try:
            ask = [f"python{least[0]}.{minor}", "-c", "import sys; print(sys.executable)"]
            found = subprocess.run(ask, capture_output=True, text=True, check=False)
        except OSError:
            continue
        if found.returncode == 0:
            return found.stdout.strip()
    return None


def environment(peer: Peer, folder: Path) -> Path | None:
    """The Python of the environment of a peer, made if it is not there; None if no Python here is new enough."""
    place = folder / peer.packages[0].partition("=")[0]
    python = place / "bin" / "python"
    if not python.exists():
        base = interpreter(peer.python)
        if base is None:
            return None
        if base == sys.executable:
            venv.create(place, with_pip=True)
        else:
            subprocess.run([base, "-m", "venv", str(place)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *peer.options, *peer.packages], check=True)
    return python


def halves(path: str) -> dict[str, list[pa.Array]]:
    """The columns of the file, each in two."""
    found: dict[str, list[pa.Array]] = defaultdict(list)
    for batch in bench_copy.batches(path, 1):
        texts = batch["text"].fill_null("")
        marks, letters = (pc.count_substring_regex(texts, kind) for kind in (MARKS, LETTERS))
        vocalised = pc.greater_equal(marks, pc.multiply(letters.cast(pa.float64()), VOCALISED))
        vocalised = pc.and_(vocalised, pc.greater(letters, 0))
        found["vocalised"].append(texts.filter(vocalised))
        found["unvocalised"].append(texts.filter(pc.invert(vocalised)))
    return {kind: recut(columns) for kind, columns in found.items()}


def recut(columns: list[pa.Array]) -> list[pa.Array]:
    """The same rows in columns as large as those of a run; a half of each block is less."""
    whole = pa.chunked_array(columns).combine_chunks()
    rows = -(-len(whole) // max(1, round(bench_copy.size_of(whole) / COLUMN)))
    return [pa.concat_arrays([whole[at : at + rows]]) for at in range(0, len(whole), rows)]


def peer_seconds(python: Path, peer: Peer, sample: Path) -> float:
    code = TIMED.format(setup=peer.setup, job=peer.job)
    told = subprocess.run([str(python), "-c", code, str(sample)], check=True, capture_output=True, text=True)
    return float(told.stdout)


def each(work: Callable[[pa.Array], object], columns: Sequence[pa.Array]) -> float:
    times = -(-LEAST // sum(map(bench_copy.size_of, columns)))
    start = time.process_time()
    for column in [*columns] * times:
        work(column)
    return (time.process_time() - start) / times


def translate(table: Callable[[list[str]], object], texts: list[str]) -> float:
    start = time.process_time()
    table(texts)
    return time.process_time() - start


ALIGNED: Final = "arclean, the same and aligned"


def bench(columns: list[pa.Array], preset: str, peers: dict[Peer, Path], repeats: int, folder: Path) -> dict[str, float]:
    """MB/s of each."""
    parts = [part for part in arclean.load(preset).parts if isinstance(part, Characters)]
    rules = tuple(rule for part in parts for rule in part.rules if isinstance(rule, CharRule))
    texts: list[str] = bench_copy.spread(columns, PEER_SAMPLE).to_pylist()
    sample = folder / "texts.json"
    sample.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    size, few = sum(map(bench_copy.size_of, columns)), sum(len(text.encode()) for text in texts)

    def ours(column: pa.Array) -> None:
        for part in parts:
            column = part.text(column)

    aligned = Pipeline(tuple(parts), preset).align_many
    ours(columns[0])
    aligned(columns[0])
    works: dict[str, tuple[Callable[[], float], int]] = {f"arclean {preset}, all character rules": (partial(each, ours, columns), size)}
    works[ALIGNED] = (partial(each, aligned, columns), size)
    works["str.translate, its tables alone"] = (partial(translate, bench_twins.translate(rules), texts), few)
    for peer, python in peers.items():
        works[peer.name] = (partial(peer_seconds, python, peer, sample), few)
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(repeats):
        for name, (work, _) in works.items():
            spent[name].append(work())
    return {name: works[name][1] / statistics.median(seconds) / 1e6 for name, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where their environments are, or are made")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put what is printed into this page")
    parser.add_argument("--no-peers", action="store_true", help="nothing is installed; str.translate stays")
    given = parser.parse_args()
    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        home = given.peers or folder
        found = {} if given.no_peers else {peer: environment(peer, home) for peer in PEERS}
        for peer, python in found.items():
            if python is None:
                print(f"left out: {peer.name}, which needs Python {'.'.join(map(str, peer.python))}")
        peers = {peer: python for peer, python in found.items() if python is not None}
        told = section(halves(given.file), given, peers, folder)
    print(told)
    if given.write:
        before, _, rest = given.write.read_text(encoding="utf-8").partition(BEGIN)
        given.write.write_text(f"{before}{BEGIN}\n```text\n{told}\n```\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def section(found: dict[str, list[pa.Array]], given: argparse.Namespace, peers: dict[Peer, Path], folder: Path) -> str:
    """What was measured, line by line."""
    lines, last = [], []
    for kind, columns in found.items():
        speeds = bench(columns, given.preset, peers, given.repeats, folder)
        texts, size = sum(map(len, columns)), sum(map(bench_copy.size_of, columns)) / 1e6
        lines.append(f"{kind}: {texts:,} texts, {size:.1f} MB, medians of {given.repeats}")
        lines += [f"  {name:<40}{speed:8.1f} MB/s" for name, speed in speeds.items()]
        (_, ours), (_, aligned), *others = speeds.items()
        name, fastest = max(others, key=lambda one: one[1])
        last.append(f"{kind} {ours:.0f} MB/s, {ours / fastest:.1f} times {name}; aligned {aligned:.0f} MB/s")
    return "\n".join((*lines, *last))


if __name__ == "__main__":
    main()
