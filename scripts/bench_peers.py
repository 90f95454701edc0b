"""The same jobs by arclean and by its peers, over the same file with the same cores; writes its section of a page of benchmarks.

    python scripts/bench_peers.py FILE.jsonl.gz [--home DIR] [--workers 2] [--only peers,limits,forms,big] [--forms gz,zst] [--times 10]
        [--write PAGE]

peers    characters, filters, duplicates, and all together, by datatrove, datasets, data-juicer, Daft, araclean and camel-tools, each in an
         environment of its own under --home, where it stays for the next time. A peer that does not install says why. Slow ones get one
         document of so many, and MB/s are of what they got.
limits   the bandwidth of the machine's memory, and copying: read, unpack, parse, write, with nothing in between.
forms    a whole run of `pretrain` from .jsonl.gz, .jsonl.zst and Parquet, beside copying the same with the same workers.
big      `pretrain`, near duplicates, filters: over the file once and --times times over, each copy with other ids and other words, with
         one worker and with all; beside datatrove's filters and MinHash on a share of the file, carried to the whole by its bytes. Each of
         them twice, of which the shorter counts.

Peak memory is the most that all processes of a job had together (PSS on Linux), looked at five times a second. Processor time counts where
the machine is shared with other work; both are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq
from bench_dedup_peers import DAFT
from bench_peer_programs import ARACLEAN, ARCLEAN, CAMEL, COPY, DATA_JUICER, DATASETS, DATATROVE, PRELUDE, Peer

import arclean
from arclean import Pipeline
from arclean.duplicates.stage import Duplicates
from arclean.quality.c4.lines import C4Lines
from arclean.quality.judge import Judge
from arclean.rules.fineweb2 import VALUES

BEGIN, END = "<!-- peers: written by scripts/bench_peers.py -->", "<!-- end of peers -->"
FILTERS: Final = (Judge("fineweb2-arb", "faithful"), C4Lines(), Judge("c4-ar", "faithful"))
JOBS: Final[dict[str, Pipeline]] = {
    "characters": arclean.load("light"),
    "filters": Pipeline(FILTERS, "filters"),
    "duplicates": Pipeline((Duplicates(),), "duplicates"),
    "all": Pipeline((arclean.load("pretrain"), Duplicates(), *FILTERS), "all"),
}
"""What is done, as arclean does it. Duplicates come before the filters, as FineWeb2 has it."""

DATATROVE_PACKAGES = ("datatrove[io,processing]==0.10.1", "spacy")
PEERS: Final = (
    Peer(
        "araclean", "characters", ARACLEAN, ("araclean==0.3.0", "pyarrow"), 40, python=(3, 12), shown="`normalize`, a process for each file"
    ),
    Peer(
        "camel-tools",
        "characters",
        CAMEL,
        ("camel-tools==1.6.0", "emoji", "six", "pyarrow"),
        4,
        ("--no-deps",),
        shown="its normalisation and `dediac_ar`, a process a file",
    ),
    Peer("datasets", "characters", DATASETS, ("datasets==4.8.5",), 4, shown="`map` of NFC and three regular expressions, `num_proc`"),
    Peer("datatrove", "filters", DATATROVE, DATATROVE_PACKAGES, 30, shown="Gopher, FineWeb, C4 filters with FineWeb2's values"),
    Peer(
        "data-juicer",
        "filters",
        DATA_JUICER,
        ("py-data-juicer==1.6.1", "aiohttp"),
        20,
        shown="its six nearest filters",
    ),
    Peer("datatrove", "duplicates", DATATROVE, DATATROVE_PACKAGES, 15, shown="MinHash, 14 bands of 8"),
    Peer("daft", "duplicates", DAFT, ("daft==0.7.26", "numpy", "pyarrow"), 1, shown="`minhash`, 112 values, a join on bands"),
    Peer("datatrove", "all", DATATROVE, DATATROVE_PACKAGES, 15, shown="MinHash, then the filters"),
)
OURS: Final = Peer("arclean", "", ARCLEAN)
BARE: Final = Peer("copy", "", COPY)
LETTERS: Final = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
"""One of them goes into the words of each copy."""


@dataclass(frozen=True)
class Told:
    """What a job took: seconds of wall and of processor, MB of text that went in, MB of memory at most; what it said besides."""

    wall: float
    cpu: float
    size: float
    peak: float
    more: dict[str, Any]


class Watch:
    """The memory of a process and of all that it started."""

    def __init__(self, pid: int) -> None:
        self.peak, self._pid, self._ended = 0.0, pid, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> float:
        self._ended.set()
        self._thread.join()
        return self.peak

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self.peak = max(self.peak, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


@dataclass(frozen=True)
class Bench:
    """Where jobs are done, and with what."""

    home: Path
    workers: int

    def run(self, peer: Peer, source: Path, size: float, own: str, workers: int | None = None, watched: bool = True) -> Told:
        """One job, in a process of its own; its memory is looked at meanwhile, which holds it up a little, or not.

        Raises:
            RuntimeError: it does not install, or fails.
        """
        workers = workers or self.workers
        python = peer.interpreter(self.home)
        with tempfile.TemporaryDirectory(prefix="peers-", dir=self.home) as out:
            command = [python, "-c", PRELUDE + peer.program, str(source), f"{out}/made", str(workers), str(self.warm), own]
            log = Path(out) / "log"
            with log.open("wb") as errors:
                process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=out, env=_environment())
                watch = Watch(process.pid) if watched else None
                said = process.communicate()[0]
                peak = watch.end() if watch else 0.0
            lines = [line for line in said.splitlines() if line.startswith("{")]
            if not lines:  # Daft may crash while it ends, when all is done
                raise RuntimeError(" ".join(log.read_text(errors="replace").strip().splitlines()[-1:])[:300] or "it ended without a word")
        told = json.loads(lines[-1])
        return Told(told.pop("wall"), told.pop("cpu"), size, peak, told)

    @property
    def warm(self) -> Path:
        return self.home / "warm.jsonl.gz"

    def best(self, peer: Peer, source: Path, size: float, own: str, workers: int | None = None, repeats: int = 2, by: str = "cpu") -> Told:
        """The quickest of several, by processor (``cpu``) or by the clock (``wall``), with the memory of the first."""
        all_told = [self.run(peer, source, size, own, workers, watched=not number) for number in range(repeats)]
        return replace(min(all_told, key=attrgetter(by)), peak=all_told[0].peak)


def _environment() -> dict[str, str]:
    """No peer goes to the network; arclean is the one of this clone, and the others do not see it."""
    here = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    root = str(Path(arclean.__file__).parent.parent)
    return {**here, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": root}


def lines_of(file: Path) -> list[bytes]:
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).splitlines(keepends=True)


def parted(lines: list[bytes], folder: Path, files: int) -> float:
    """Write lines as so many files; MB of their text."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        share = lines[number * len(lines) // files : (number + 1) * len(lines) // files]
        (folder / f"{number}.jsonl.gz").write_bytes(gzip.compress(b"".join(share), 6, mtime=0))
    return sum(len(json.loads(line)["text"].encode()) for line in lines) / 1e6


def own_of(peer: Peer, bench: Bench) -> str:
    """The argument of a peer's program."""
    if peer.name == "datatrove":
        jobs = ["duplicates", "filters"] if peer.job == "all" else [peer.job]
        return json.dumps({"values": VALUES["arb"]._asdict(), "jobs": jobs})
    return pipeline_file(peer.job, bench) if peer.job in JOBS else ""


def pipeline_file(job: str, bench: Bench) -> str:
    path = bench.home / f"{job}.yaml"
    path.write_text(JOBS[job].to_yaml(), encoding="utf-8")
    return str(path)


def version(peer: Peer, bench: Bench) -> str:
    name, python = peer.packages[0].partition("=")[0].partition("[")[0], peer.interpreter(bench.home)
    ask = [python, "-c", f"import importlib.metadata as m; print(m.version({name!r}))"]
    return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()


def peers(bench: Bench, lines: list[bytes], scratch: Path) -> Iterator[str]:
    yield "| job | by | MB of text | wall, MB/s | processor, MB/s | times ours, wall | processor | peak, MB |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    sources: dict[int, tuple[Path, float]] = {}
    notes = []
    for job in JOBS:
        ours: Told | None = None
        for peer in (Peer("arclean", job, ARCLEAN), *(peer for peer in PEERS if peer.job == job)):
            if peer.share not in sources:
                sources[peer.share] = (scratch / f"share-{peer.share}", 0.0)
                sources[peer.share] = (
                    scratch / f"share-{peer.share}",
                    parted(lines[:: peer.share], *sources[peer.share][:1], bench.workers),
                )
            source, size = sources[peer.share]
            try:
                told = bench.best(peer, source, size, own_of(peer, bench), repeats=1 if peer.packages else 2)
            except RuntimeError as error:
                yield f"| {job} | {peer.name} | | does not run here: {error} | | | | |"
                continue
            ours = ours or (told if not peer.packages else Told(1, 1, 0, 0, {}))
            name = f"**arclean** {arclean.__version__}" if not peer.packages else f"{peer.name} {version(peer, bench)}"
            times = [f"{one / told.size / (base / ours.size):.1f}" for one, base in ((told.wall, ours.wall), (told.cpu, ours.cpu))]
            yield _row(job, name, told, times if peer.packages else ["1", "1"])
            if peer.packages:
                install = " ".join(("pip install", *peer.options, *(f"'{one}'" if "[" in one else one for one in peer.packages)))
                notes.append(f"- {job}, {peer.name}: {peer.shown}; `{install}`")
    yield ""
    yield from notes


def _row(job: str, name: str, told: Told, times: list[str]) -> str:
    speeds = f"{told.size / told.wall:.2f} | {told.size / told.cpu:.2f}"
    return f"| {job} | {name} | {told.size:.1f} | {speeds} | {times[0]} | {times[1]} | {told.peak:,.0f} |"


def limits(bench: Bench) -> Iterator[str]:
    """What the memory gives: bytes read and bytes written, a second, by copying 256 MB."""
    source = np.zeros(1 << 25, np.int64)
    source[:] = 1
    for threads in sorted({1, bench.workers}):
        parts = np.array_split(source, threads)
        made = [np.empty_like(part) for part in parts]
        best = 1e9
        for _ in range(5):
            crew = [threading.Thread(target=np.copyto, args=pair) for pair in zip(made, parts, strict=True)]
            began = time.perf_counter()
            for one in crew:
                one.start()
            for one in crew:
                one.join()
            best = min(best, time.perf_counter() - began)
        yield f"memory, {threads} thread{'s' * (threads > 1)}: {2 * source.nbytes / best / 1e9:.1f} GB/s read and written"


def forms(bench: Bench, lines: list[bytes], scratch: Path, which: list[str]) -> Iterator[str]:
    """Whole runs from each form beside copying, by workers; the best of three that take turns."""
    size = parted(lines, scratch / "gz", bench.workers)
    for number, path in enumerate(sorted((scratch / "gz").iterdir())):
        table = pj.read_json(path).select(["id", "text", "source"])
        for form in ("zst", "parquet"):
            (scratch / form).mkdir(exist_ok=True)
        with pa.CompressedOutputStream(str(scratch / "zst" / f"{number}.jsonl.zst"), "zstd") as zst:
            zst.write(gzip.decompress(path.read_bytes()))
        pq.write_table(table, scratch / "parquet" / f"{number}.parquet", compression="zstd", row_group_size=1 << 14)
    yield f"{'':12}{'':10}{'copy':>16}{'pretrain':>16}{'ratio, wall':>14}{'processor':>12}{'peak':>10}"
    for form in which:
        for workers in sorted({1, bench.workers}):
            told: dict[str, list[Told]] = {"copy": [], "run": []}
            for _ in range(3):
                told["copy"].append(bench.run(BARE, scratch / form, size, "", workers))
                told["run"].append(bench.run(OURS, scratch / form, size, "pretrain", workers))
            copy, run = ({kind: min(getattr(one, kind) for one in told[name]) for kind in ("wall", "cpu")} for name in ("copy", "run"))
            speeds = "".join(f"{size / one['wall']:11.1f} MB/s" for one in (copy, run))
            ratios = f"{copy['wall'] / run['wall']:14.2f}{copy['cpu'] / run['cpu']:12.2f}"
            peak = max(one.peak for one in told["run"])
            yield f"{form:12}{workers:2} worker{'s' if workers > 1 else ' '}{speeds}{ratios}{peak:7.0f} MB"


def salted(file: Path, times: int, folder: Path, files: int) -> None:
    """The file so many times over, in so many files each, so that all workers have one; ids and words of four letters say which copy."""
    done = folder.with_name("whole")
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    lines = pa.array([line.decode() for line in lines_of(file)], pa.large_string())
    for number in range(times):
        made = lines
        if number:
            made = pc.replace_substring_regex(made, r"([\x{621}-\x{652}]{3})([\x{621}-\x{652}])", rf"\1{LETTERS[number % 26]}\2")
            made = pc.replace_substring_regex(made, r'^\{"id": ?"', f'{{"id": "{number}/')
        for part in range(files):
            some = made[part * len(made) // files : (part + 1) * len(made) // files]
            with gzip.open(folder / f"{number:03}-{part}.jsonl.gz", "wb", 1) as out:
                out.write("".join(some.to_pylist()).encode())
    done.touch()


def big(bench: Bench, file: Path, times: int, lines: list[bytes], scratch: Path) -> Iterator[str]:
    folder = bench.home / f"salted-{file.name}-{times}"
    salted(file, times, folder / "many", bench.workers)
    once = folder / "once"
    if not once.exists():
        once.mkdir()
        for path in (folder / "many").glob("000-*"):
            (once / path.name).symlink_to(path.resolve())
    size = sum(len(json.loads(line)["text"].encode()) for line in lines) / 1e6
    told: dict[tuple[int, int], Told] = {}
    for copies, source in ((1, once), (times, folder / "many")):
        for workers in sorted({1, bench.workers}):
            one = told[copies, workers] = bench.best(OURS, source, size * copies, pipeline_file("all", bench), workers, by="wall")
            counts = f"{one.more['read']:,} read, {one.more['kept']:,} kept"
            took = f"{one.wall:7.1f} s, {one.cpu:7.1f} s of processor, {one.size / one.wall:6.1f} MB/s, peak {one.peak:6,.0f} MB"
            yield f"arclean   {copies:3} x, {workers} worker{'s' if workers > 1 else ' '}  {took}   {counts}"
    for workers in sorted({1, bench.workers}):
        bare = bench.best(BARE, folder / "many", size * times, "", workers, by="wall")
        run = bench.best(OURS, folder / "many", size * times, "pretrain", workers, by="wall")
        both = f"copy {bare.size / bare.wall:6.1f} MB/s, pretrain {run.size / run.wall:6.1f} MB/s"
        ratios = f"ratio {bare.wall / run.wall:.2f} by wall, {bare.cpu / run.cpu:.2f} by processor"
        yield f"gz {times:11} x, {workers} worker{'s' if workers > 1 else ' '} {both}, {ratios}"
    share = 15
    few = parted(lines[::share], scratch / "few", bench.workers)
    peer = next(peer for peer in PEERS if (peer.name, peer.job) == ("datatrove", "all"))
    theirs = bench.best(peer, scratch / "few", few, own_of(peer, bench), by="wall")
    took = f"{theirs.wall:7.1f} s, {theirs.cpu:7.1f} s of processor, {few / theirs.wall:6.2f} MB/s, peak {theirs.peak:6,.0f} MB"
    yield f"datatrove 1/{share}, {bench.workers} workers {took}   stages {theirs.more['stages']}"
    ours = told[times, bench.workers]
    wall, cpu = (getattr(theirs, kind) / few / (getattr(ours, kind) / ours.size) for kind in ("wall", "cpu"))
    yield f"datatrove, carried to {times} x: {wall:.0f} times ours by wall, {cpu:.0f} by processor"
    if bench.workers > 1:
        one = told[times, 1]
        yield f"{bench.workers} workers against 1: {one.wall / ours.wall:.2f} times as fast, {ours.cpu / one.cpu:.2f} of the processor"
    for workers in sorted({1, bench.workers}):
        yield f"memory, {workers} worker{'s' * (workers > 1)}: {times} x is {told[times, workers].peak / told[1, workers].peak:.2f} of once"


def machine() -> str:
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "")
    return f"Python {platform.python_version()}, pyarrow {pa.__version__}, {os.cpu_count()} cores ({model}); {time.strftime('%Y-%m-%d')}"


def put(page: Path, section: str) -> None:
    """Replace what stands between the markers, or put it at the end."""
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text:
        text = f"{text.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{section.rstrip()}\n{END}{rest.split(END)[1]}", encoding="utf-8")


TITLES: Final = {
    "peers": ("## Beside other tools", False),
    "limits": ("## The limits of the machine", True),
    "forms": ("## Whole runs beside copying", True),
    "big": ("## Everything at once", True),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, help="where the environments of the peers and the salted copies stay; temporary if not given")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default=",".join(TITLES), help="which parts, separated by commas")
    parser.add_argument("--forms", default="gz,zst,parquet", help="which of these")
    parser.add_argument("--times", type=int, default=10, help="how often the file is given in the part `big`")
    parser.add_argument("--every", type=int, default=1, help="use one line of so many, to try it out")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the section into this page")
    given = parser.parse_args()
    lines = lines_of(given.file)[:: given.every]
    told = [f"`scripts/bench_peers.py FILE --workers {given.workers}`. {machine()}.", ""]
    with tempfile.TemporaryDirectory(prefix="peers-") as place:
        bench = Bench((given.home or Path(place) / "home").resolve(), given.workers)
        bench.home.mkdir(parents=True, exist_ok=True)
        bench.warm.write_bytes(gzip.compress(b"".join(lines[:: max(1, len(lines) // 1000)]), 6, mtime=0))
        scratch = bench.home / "scratch"
        works = {
            "peers": lambda: peers(bench, lines, Path(place) / "peers"),
            "limits": lambda: limits(bench),
            "forms": lambda: forms(bench, lines, Path(place) / "forms", given.forms.split(",")),
            "big": lambda: big(bench, given.file, given.times, lines, scratch),
        }
        for name in given.only.split(","):
            title, plain = TITLES[name]
            told += [title, "", *(["```text"] if plain else [])]
            for line in works[name]():
                print(line, flush=True)
                told.append(line)
            told += ["```" if plain else "", ""]
    if given.write:
        put(given.write, "\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
