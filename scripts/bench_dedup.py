#!/usr/bin/env python
"""Near duplicates: how fast, beside datatrove's four MinHash stages and Daft; how many of the pairs there are, how many that are none.

    scripts/bench_dedup.py FILE.jsonl.gz [--truth PAIRS.jsonl] [--planted] [--no-peers] [--peers DIR] [--simulate N]

Times are of the whole job in a process of its own: read, sign, cluster, mark, write zstd Parquet. Processor time counts where a machine is
shared; both are printed. Pairs of the truth are {"a": id, "b": id, "jaccard5": similarity}. What is found is counted out again by a slow
twin, in Python, for the precision. The last two lines are ``precision`` and ``recall``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.json as pj
from bench_dedup_peers import OURS, PEERS, Peer
from bench_dedup_planted import planted

from arclean import Duplicates
from arclean.dataset.exchange import Exchange, partitions_for
from arclean.dataset.spool import Spool
from arclean.duplicates.fold import IGNORED
from arclean.duplicates.signing import sign
from arclean.stages import Desk, Task

regex: Any = import_module("regex")
Batches = list[pa.RecordBatch]
MOST_LOOKED_AT = 50_000
"""Pairs that are counted out again, in Python, for the precision; a sample where there are more."""


def batches_of(file: Path) -> Batches:
    read = pj.read_json(file, read_options=pj.ReadOptions(block_size=8 << 20))
    table = read.select(["id", "text"]).append_column("drop", pa.nulls(len(read), pa.string()))
    return [pa.RecordBatch.from_pydict(batch.to_pydict(), table.schema) for batch in table.to_batches()]


def timed(work: Callable[[], object]) -> float:
    """Processor time of the work: the median of five, after one that warms up."""
    spent = []
    for _ in range(6):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return sorted(spent[1:])[2]


def signing(batches: Batches, stage: Duplicates) -> None:
    size = sum(batch["text"].nbytes for batch in batches) / 1e6
    every = [np.ones(len(batch), np.bool_) for batch in batches]
    pairs = list(zip(batches, every, strict=True))
    print(f"{size:.1f} MB of text, {sum(map(len, batches)):,} documents, {stage.bands}")
    walk = timed(lambda: [sign(batch["text"], some, IGNORED, 5) for batch, some in pairs])
    keys = timed(lambda: [stage.bands.keys(sign(batch["text"], some, IGNORED, 5)) for batch, some in pairs])
    tables = timed(lambda: [stage.sign(batch) for batch in batches])
    for name, spent in (("words and shingles", walk), ("signing", keys), ("signing, as tables", tables)):
        print(f"{name:20} {size / spent:6.0f} MB/s, one thread")


def job(peer: Peer, environments: Path, source: Path, warm: Path, workers: int) -> dict[str, Any]:
    """Run the whole job of a peer; its last line of JSON."""
    python = peer.python(environments)
    with tempfile.TemporaryDirectory(prefix="dedup-") as out:
        command = [python, "-c", peer.program, str(source), f"{out}/made", str(workers), str(warm)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:  # Daft may crash while it ends, when all is done
        raise SystemExit(f"{peer.name} failed:\n{done.stderr[-3000:]}")
    told: dict[str, Any] = json.loads(lines[-1])
    return told


def side_by_side(file: Path, environments: Path, workers: int, peers: tuple[Peer, ...], repeats: int) -> None:
    """The same job by each, over the same documents in as many files as there are workers."""
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        source, warm = Path(folder) / "in", Path(folder) / "warm.jsonl.gz"
        source.mkdir()
        content = file.read_bytes()
        lines = (gzip.decompress(content) if file.suffix == ".gz" else content).splitlines(keepends=True)
        size = sum(len(line) for line in lines) / 1e6
        for number in range(workers):
            share = lines[number * len(lines) // workers : (number + 1) * len(lines) // workers]
            (source / f"{number}.jsonl.gz").write_bytes(gzip.compress(b"".join(share), 6, mtime=0))
        warm.write_bytes(gzip.compress(b"".join(islice(lines, 200)), 6, mtime=0))
        ours: dict[str, float] = {}
        for peer in (OURS, *peers):
            told = [job(peer, environments, source, warm, workers) for _ in range(repeats if peer.name != "datatrove" else 1)]
            wall, cpu = (min(one[kind] for one in told) for kind in ("wall", "cpu"))
            ours = ours or {"wall": wall, "cpu": cpu}
            times = f"   {wall / ours['wall']:.1f} times ours, {cpu / ours['cpu']:.1f} in processor time" if peer is not OURS else ""
            spent = f"{wall:6.1f} s, {size / wall:6.1f} MB/s; {cpu:6.1f} s of processor, peak {told[0]['peak']:,.0f} MB"
            print(f"{peer.name:12} {spent}{times}", flush=True)


def found_pairs(batches: Batches, stage: Duplicates, folder: str) -> tuple[Exchange, dict[str, pa.Table]]:
    """The stage over the documents, by its own seam, so that what it writes down can be looked at."""
    spool = Spool(folder, stage, partitions_for(sum(batch.nbytes for batch in batches)))
    writer = spool.writer("000000")
    for batch in batches:
        writer.write(batch, spool.sign(batch))
    writer.close()
    exchange = Exchange(folder, tuple(writer.parts), spool.partitions)

    def do(task: Task, numbers: Any) -> None:
        for number in numbers:
            task(number)

    stage.settle(Desk(exchange, do))
    return exchange, {
        step: pa.Table.from_batches(exchange.step(step, 0, 1)) for step in ("same-edges", "verified-edges", "clusters", "candidates")
    }


def words(text: str) -> list[str]:
    """The words of the truth: NFC, small letters, no marks, no tatweel, one alef, one yeh, teh marbuta as heh; letters and digits alone."""
    plain = regex.sub(r"\p{Mn}|\N{ARABIC TATWEEL}", "", unicodedata.normalize("NFC", text).lower())
    found: list[str] = regex.findall(r"[\p{L}\p{N}]+", plain.translate(str.maketrans("أإآٱىة", "اااايه")))
    return found


def jaccard(one: str, other: str) -> float:
    sets = []
    for text in (one, other):
        found = words(text)
        sets.append({tuple(found[i : i + 5]) for i in range(len(found) - 4)} or {tuple(found)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def quality(batches: Batches, stage: Duplicates, truth: Path) -> tuple[float, float]:
    """Print the S-curve and the recall by source; answer precision and recall."""
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        _, tables = found_pairs(batches, stage, folder)
    ids = [value for batch in batches for value in batch["id"].to_pylist()]
    texts = [value for batch in batches for value in batch["text"].to_pylist()]
    place = {value: number for number, value in enumerate(ids)}
    first, root = np.arange(len(ids)), np.arange(len(ids))
    first[tables["same-edges"]["right"].to_numpy()] = tables["same-edges"]["left"].to_numpy()
    root[tables["clusters"]["place"].to_numpy()] = tables["clusters"]["root"].to_numpy()
    near = set(zip(*(tables["verified-edges"][side].to_pylist() for side in ("left", "right")), strict=True))
    same = set(zip(*(tables["same-edges"][side].to_pylist() for side in ("left", "right")), strict=True))
    total, pairs, clusters = Counter[int](), Counter[int](), Counter[int]()
    sources: dict[str, list[int]] = {}
    for line in truth.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        a, b = sorted((place[pair["a"]], place[pair["b"]]))
        level = int(pair["jaccard5"] * 20 + 1e-9)
        found = first[a] == first[b] or (min(first[a], first[b]), max(first[a], first[b])) in near
        total[level] += 1
        pairs[level] += found
        clusters[level] += root[a] == root[b]
        if pair["jaccard5"] >= 0.8:
            counts = sources.setdefault(pair["a"].split("/")[0], [0, 0, 0])
            counts[0] += found
            counts[1] += 1
            counts[2] += root[a] == root[b]
    print(f"candidates {len(tables['candidates']):,}, near pairs {len(near):,}, documents of the same words {len(same):,}")
    print("similarity      pairs   found   in one cluster   bands should bring")
    for level in sorted(total):
        low, n = level / 20, total[level]
        found, together, bands = pairs[level] / n, clusters[level] / n, stage.bands.found(min(low + 0.025, 1))
        print(f"{low:.2f}-{min(low + 0.05, 1):.2f}   {n:8,}   {found:.3f}            {together:.3f}   {bands:.3f}")
    print("recall by source, similarity 0.8 and more:")
    for source, (hits, n, together) in sorted(sources.items(), key=lambda item: -item[1][1]):
        print(f"  {source:24} {hits:9,} of {n:9,}   {hits / n:.3f}   in one cluster {together / n:.4f}")
    looked_at = random.Random(1).sample(sorted(near | same), min(len(near | same), MOST_LOOKED_AT))
    true = sum(jaccard(texts[a], texts[b]) >= 0.7 for a, b in looked_at)
    wanted = [level for level in total if level >= 16]
    return true / max(len(looked_at), 1), sum(pairs[n] for n in wanted) / sum(total[n] for n in wanted)


def simulate(documents: int, stage: Duplicates, seed: int = 1) -> None:
    """Settle the signatures of so many simulated documents: a third are near copies of others, with 24 shingles each."""
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        spool = Spool(folder, stage, partitions_for(documents * 400))
        writer = spool.writer("000000")
        rng = np.random.default_rng(seed)
        for start in range(0, documents, 1 << 16):
            count = min(1 << 16, documents - start)
            origin = np.where(rng.random(count) < 1 / 3, rng.integers(0, max(start, 1), count), np.arange(start, start + count))
            writer.write(*_simulated(origin, np.arange(start, start + count), stage))
        writer.close()
        exchange = Exchange(folder, tuple(writer.parts), spool.partitions)
        made = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e9
        told = f"{documents:,} simulated documents: {len(exchange.parts)} parts, {spool.partitions} partitions, {made:.1f} GB of signatures"
        print(f"{told}; peak so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB", flush=True)

        def do(task: Task, numbers: Any) -> None:
            start = time.process_time()
            for number in numbers:
                task(number)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(f"  {task.step:16} {time.process_time() - start:7.1f} s of processor, peak {peak:.2f} GB", flush=True)

        stage.settle(Desk(exchange, do))
        members = sum(batch.num_rows for batch in exchange.step("clusters", 0, 1))
        print(f"  {members:,} documents in clusters")


def _simulated(origin: Any, own: Any, stage: Duplicates) -> tuple[pa.RecordBatch, dict[str, pa.RecordBatch]]:
    """A batch of documents without texts, and the signatures as `Duplicates.sign` gives them; a copy differs in its last shingle."""
    from arclean.duplicates.signing import Signatures
    from arclean.duplicates.stage import _shingles
    from arclean.duplicates.tables import SAME, TEXT, documents_table

    count = len(own)
    values = (origin[:, None] * 24 + np.arange(24)).astype(np.uint64)
    values[:, -1] = own * 24 + 23
    mixed = (values * np.uint64(0x9E3779B97F4A7C15)) ^ (values * np.uint64(0xD6E8FEB86659FD93) >> np.uint64(29))
    hashes = np.stack([mixed[:, -1], mixed[:, -1] * np.uint64(3)], axis=1)
    bounds = np.arange(0, count * 24 + 1, 24)
    signatures = Signatures(np.full(count, 28, np.int32), hashes, bounds, (mixed >> np.uint64(32)).astype(np.uint32).reshape(-1))
    rows = np.arange(count, dtype=np.uint32)
    ids = pa.array(np.char.add("simulated-", own.astype(str)))
    documents = pa.RecordBatch.from_arrays([ids, pa.array(hashes[:, 0]), pa.array(hashes[:, 1])], schema=documents_table(0))
    kinds = pa.array(np.full(count, TEXT, np.uint8))
    same = pa.RecordBatch.from_arrays([pa.array(hashes[:, 0]), pa.array(hashes[:, 1]), pa.array(rows), kinds], schema=SAME)
    tables = {"documents": documents, "same": same, "bands": stage._bands(signatures, rows), "shingles": _shingles(signatures, rows)}
    filler = pa.repeat("x" * 400, count)  # the size of documents decides where parts end
    return pa.record_batch({"text": filler}), tables


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--truth", type=Path, help="pairs that are there")
    parser.add_argument("--planted", action="store_true", help="also a made-up corpus with pairs planted in it, and families of up to 1500")
    parser.add_argument("--no-peers", action="store_true", help="arclean alone")
    parser.add_argument("--peers", type=Path, help="where the environments of the peers are, or are to be made; temporary if not given")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--simulate", type=int, default=0, metavar="N", help="settle N simulated documents too, for the memory that it takes"
    )
    arguments = parser.parse_args()
    stage = Duplicates()
    batches = batches_of(arguments.file)
    signing(batches, stage)
    with tempfile.TemporaryDirectory(prefix="peers-") as place:
        peers = () if arguments.no_peers else PEERS
        side_by_side(arguments.file, arguments.peers or Path(place), arguments.workers, peers, arguments.repeats)
    if arguments.simulate:
        sys.stdout.flush()
        program = f"import sys; sys.path[:0] = {sys.path!r}; import bench_dedup as b; b.simulate({arguments.simulate}, b.Duplicates())"
        subprocess.run([sys.executable, "-c", program], check=True)
    if arguments.planted:
        with tempfile.TemporaryDirectory(prefix="planted-") as folder:
            pairs = Path(folder) / "pairs.jsonl"
            batch = planted(pairs)
            precision, recall = quality(batch, stage, pairs)
            print(f"planted: {sum(map(len, batch)):,} documents, precision {precision:.4f}, recall of pairs {recall:.4f}")
    if arguments.truth:
        precision, recall = quality(batches, stage, arguments.truth)
        print(f"precision {precision:.3f}\nrecall {recall:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
