"""What cleaning costs beside copying: JSONL (plain, .gz, .zst) to zstd Parquet on one thread, without and with a preset in between.

    python scripts/bench_copy.py FILE [--preset pretrain] [--repeats 5] [--times N]

Both copies let pyarrow read (`bench_bare.py`), and write with the settings of arclean's writer. Speeds are MB (10^6 bytes) of
UTF-8 text that goes in, a second of processor; medians of repeats that take turns. The last lines are the speeds of copying with cleaning
and of `arclean run`, which reads by passes of its own, makes ids, checks, hashes and accounts, against that of copying alone.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import bench_bare
import bench_twins
import pyarrow as pa
import pyarrow.compute as pc

import arclean
from arclean.boilerplate.lines import Lines, engine_of
from arclean.dataset.shards import open_parquet
from arclean.orthography.characters import Characters
from arclean.pipeline import Pipeline
from arclean.quality.measures import figures
from arclean.rule import CharRule

SAMPLE = 96 << 20
"""Bytes of text, at most, that the engines are measured on."""
PEER_SAMPLE = 4 << 20
"""Bytes of text that their plain-Python peers are measured on."""

Change = Callable[[pa.RecordBatch], pa.RecordBatch]


def batches(path: str, times: int) -> Iterator[pa.RecordBatch]:
    for _ in range(times):
        yield from bench_bare.batches(path)


def copy(path: str, times: int, folder: Path, change: Change | None = None) -> None:
    writer = None
    with (folder / "copy.parquet").open("wb") as file:
        for batch in batches(path, times):
            made = batch if change is None else change(batch)
            writer = writer or open_parquet(file, made.schema, "data")  # type: ignore[arg-type]
            writer.write_batch(made, row_group_size=made.num_rows)
        if writer is not None:
            writer.close()


def forget(pipe: Pipeline) -> None:
    """Have the lines that were met before be new again: a run meets each batch once."""
    for part in pipe.parts:
        if isinstance(part, Lines):
            engine_of(part.rules).matcher.known = {}


def clean_copy(pipe: Pipeline, path: str, times: int, folder: Path) -> None:
    forget(pipe)
    copy(path, times, folder, lambda batch: pipe.apply(batch).batch)


def run(pipe: Pipeline, path: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as out:
        arclean.run(pipe, path, Path(out) / "run", workers=1)


def seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def medians(works: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Seconds of each, the repeats of all taking turns."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            spent[name].append(seconds(work))
    return {name: statistics.median(values) for name, values in spent.items()}


def peak() -> float:
    """MB of memory at most so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def size_of(column: pa.Array) -> int:
    return int(pc.sum(pc.binary_length(column)).as_py() or 0)


def sample(path: str, most: int) -> list[pa.Array]:
    columns, size = [], 0
    for batch in batches(path, 1):
        columns.append(batch["text"])
        size += size_of(batch["text"])
        if size >= most:
            break
    return columns


def spread(columns: list[pa.Array], most: int) -> pa.Array:
    """About so many bytes of rows from all over."""
    whole = pa.chunked_array(columns).combine_chunks()
    return whole.take(pa.array(range(0, len(whole), max(1, size_of(whole) // most))))


@dataclass(frozen=True)
class Engine:
    """A piece of the pipeline, and a plain-Python peer that does the same job, if there is one."""

    name: str
    work: Callable[[pa.Array], Any]
    peer_name: str = ""
    peer: Callable[[list[str]], Any] | None = None


def engines_of(pipe: Pipeline) -> list[Engine]:
    characters = [part for part in pipe.parts if isinstance(part, Characters)]
    table = tuple(rule for part in characters for rule in part.rules if isinstance(rule, CharRule))
    found = [Engine("characters", part.text) for part in characters]
    if table:
        found.append(Engine("table pass", Characters(table).text, "str.translate", bench_twins.translate(table)))
    found += [Engine("lines", part.text, "re", bench_twins.ReLines(part)) for part in pipe.parts if isinstance(part, Lines)]
    # A new slice each time: what was measured last is remembered.
    return [*found, Engine("measures", lambda column: figures(column.slice(0)), "str and re", bench_twins.measures())]


def alone(pipe: Pipeline, path: str, repeats: int) -> None:
    """Each engine alone, on columns in memory, beside its peer on a list of strings in memory."""
    columns = sample(path, SAMPLE)
    few = spread(columns, PEER_SAMPLE)
    texts: list[str] = few.to_pylist()
    for engine in engines_of(pipe):
        engine.work(columns[0])
        works: dict[str, Callable[[], Any]] = {"ours": partial(each, engine.work, columns)}
        if engine.peer is not None:
            works["peer"] = partial(engine.peer, texts)
        spent = medians(works, repeats)
        speed = sum(map(size_of, columns)) / spent["ours"] / 1e6
        line = f"{engine.name:<22}{speed:8.0f} MB/s"
        if engine.peer is not None:
            peer = size_of(few) / spent["peer"] / 1e6
            line += f"   {engine.peer_name:<14}{peer:8.1f} MB/s   {speed / peer:6.1f} times"
        print(line)
        if engine.name == "lines" and engine.peer is not None:
            there, cut, cut_by_peer = map(lines_of, (texts, engine.work(few).to_pylist(), engine.peer(texts)))
            print(f"  of {there:,} lines arclean cuts {there - cut:,}, the peer, which knows no repeats, {there - cut_by_peer:,}")


def each(work: Callable[[pa.Array], Any], columns: list[pa.Array]) -> None:
    for column in columns:
        work(column)


def lines_of(texts: list[str]) -> int:
    return sum(1 for text in texts for line in text.split("\n") if line.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--times", type=int, default=1, help="copy the file N times over, into one file; memory must not grow")
    given = parser.parse_args()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    pipe = arclean.load(given.preset)
    pipe.apply(next(batches(given.file, 1)))  # compiles the kernels, or loads them
    size = sum(size_of(batch["text"]) for batch in batches(given.file, 1)) * given.times / 1e6
    before = peak()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        works = {
            "copy": lambda: copy(given.file, given.times, folder),
            "copy with cleaning": lambda: clean_copy(pipe, given.file, given.times, folder),
        }
        if given.times == 1:
            works["arclean run, 1 worker"] = lambda: run(pipe, given.file, folder)
        spent = medians(works, given.repeats)
    print(f"{size:.1f} MB of text, preset {pipe.name} {pipe.fingerprint}, one thread, medians of {given.repeats}")
    for name, one in spent.items():
        print(f"{name:<22}{size / one:8.1f} MB/s")
    print(f"{'peak memory':<22}{peak():8.0f} MB, of which {peak() - before:.0f} MB came while copying")
    alone(pipe, given.file, given.repeats)
    print(f"ratio {spent['copy'] / spent['copy with cleaning']:.2f}")
    if given.times == 1:
        print(f"ratio of the whole run {spent['copy'] / spent['arclean run, 1 worker']:.2f}")


if __name__ == "__main__":
    main()
