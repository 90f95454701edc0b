"""The programs of the peers that `bench_dedup.py` runs, each in an environment of its own. Each prints a line of JSON at its end."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ARCLEAN = """
import json, resource, sys, time
import arclean
from arclean.executors import Local
source, out, workers = sys.argv[1], sys.argv[2], int(sys.argv[3])
arclean.dedup(sys.argv[4], out + "-warm", workers=workers)
spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
began = time.perf_counter()
tally = arclean.dedup(source, out, workers=workers).tally
wall = time.perf_counter() - began
cpu = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - spent
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
print(json.dumps({"wall": wall, "cpu": cpu, "kept": tally.kept, "read": tally.read, "peak": peak}))
"""

DATATROVE = """
import json, resource, sys, time
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.typeshelper import Languages

source, out, workers = sys.argv[1], sys.argv[2], int(sys.argv[3])
config = MinhashConfig(hash_config=HashConfig(precision=64), num_buckets=14, hashes_per_bucket=8, n_grams=5)


def row(self, document):
    return {"id": document.id, "text": document.text, "source": str(document.metadata.get("source"))}


def reader():
    return JsonlReader(source, glob_pattern="*.jsonl.gz")


stages = [
    ([reader(), MinhashDedupSignature(out + "/signatures", config, language=Languages.arabic)], workers),
    ([MinhashDedupBuckets(out + "/signatures", out + "/buckets", config=config)], 14),
    ([MinhashDedupCluster(out + "/buckets", out + "/remove", config=config)], 1),
    ([reader(), MinhashDedupFilter(out + "/remove"), ParquetWriter(out + "/data", compression="zstd", adapter=row)], workers),
]
began, walls = time.perf_counter(), []
for number, (steps, tasks) in enumerate(stages):
    start = time.perf_counter()
    logs = f"{out}/logs/{number}"
    LocalPipelineExecutor(steps, tasks=tasks, workers=min(tasks, workers), logging_dir=logs, start_method="fork").run()
    walls.append(round(time.perf_counter() - start, 1))
usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu, peak = sum(sum(usage[:2]) for usage in usages), max(usage.ru_maxrss for usage in usages) / 1e3
print(json.dumps({"wall": time.perf_counter() - began, "cpu": cpu, "stages": walls, "peak": peak}))
"""

DAFT = """
import json, resource, sys, time
import daft
import numpy as np
import pyarrow as pa
from daft import col

source, out, workers = sys.argv[1], sys.argv[2], int(sys.argv[3])
spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
began = time.perf_counter()
words = col("text").normalize(remove_punct=True, lowercase=True, nfd_unicode=False, white_space=True)
documents = daft.read_json(source + "/*.jsonl.gz").select("id", "text", "source")
documents = documents.with_column("least", words.minhash(num_hashes=112, ngram_size=5, seed=1)).collect()
column = documents.select("least").to_arrow()["least"].combine_chunks()
n = len(column)
least = column.flatten().to_numpy().reshape(n, 14, 8).astype(np.uint64)
keys = np.arange(14, dtype=np.uint64) + np.zeros((n, 1), np.uint64)
for k in range(8):
    keys = keys * np.uint64(0x9E3779B97F4A7C15) ^ least[:, :, k]
bands = daft.from_arrow(pa.table({"document": np.repeat(np.arange(n), 14), "band": keys.reshape(-1)}))
firsts = bands.groupby("band").agg(col("document").min().alias("first"))
edges = bands.join(firsts, on="band").where(col("document") != col("first")).select("document", "first").distinct().to_arrow()
parents = list(range(n))
for a, b in zip(edges["first"].to_pylist(), edges["document"].to_pylist()):
    while parents[a] != a:
        a = parents[a]
    while parents[b] != b:
        b = parents[b]
    parents[max(a, b)] = min(a, b)
kept = documents.select("id", "text", "source").to_arrow().filter(pa.array([i == parent for i, parent in enumerate(parents)]))
daft.from_arrow(kept).write_parquet(out, compression="zstd")
usage = resource.getrusage(resource.RUSAGE_SELF)
cpu = sum(usage[:2]) - spent
print(json.dumps({"wall": time.perf_counter() - began, "cpu": cpu, "kept": len(kept), "read": n, "peak": usage.ru_maxrss / 1e3}))
"""


@dataclass(frozen=True)
class Peer:
    """A program and what it needs; an empty list of packages is the environment of this script."""

    name: str
    program: str
    packages: tuple[str, ...] = ()

    def python(self, folder: Path) -> str:
        """The interpreter of its environment, made if it is not there."""
        if not self.packages:
            return sys.executable
        python = folder / self.name / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder / self.name], check=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *self.packages], check=True)
        return str(python)


PEERS = (
    Peer("daft", DAFT, ("daft==0.7.26", "numpy", "pyarrow")),
    Peer("datatrove", DATATROVE, ("datatrove[io,processing]==0.10.1", "spacy")),
)
OURS = Peer("arclean", ARCLEAN)
