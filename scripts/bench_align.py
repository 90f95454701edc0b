"""What alignment costs beside cleaning: `scripts/bench_align.py FILE.jsonl.gz [--pipeline pretrain]`.

Processor time, one thread, best of three. It also counts the places: outside of what changed, every text must be the same before and after.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.json as pj

import arclean
from arclean import Pipeline, columns
from arclean.alignment.alignment import Alignments
from arclean.alignment.replacements import from_zero
from arclean.orthography.characters import Characters

ROUNDS = 3
ROWS = 8192


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--pipeline", default="pretrain")
    given = parser.parse_args()
    pa.set_cpu_count(1)
    with pa.input_stream(given.file, compression="detect") as stream:
        table = pj.read_json(pa.BufferReader(stream.read()), pj.ReadOptions(use_threads=False))
    batches = [columns.string_array(batch["text"]) for batch in table.select(["text"]).combine_chunks().to_batches(ROWS)]
    size = sum(int(np.ptp(columns.view(batch).bounds[[0, -1]])) for batch in batches)
    whole = arclean.load(given.pipeline)
    layer = Pipeline(tuple(part for part in whole.parts if isinstance(part, Characters)), "its characters")
    for pipe in (layer, whole):
        cleaners = Pipeline(tuple(part for part in pipe.parts if hasattr(part, "text")), pipe.name)
        report(cleaners, batches, size)


def report(pipe: Pipeline, batches: Sequence[pa.Array], size: int) -> None:
    cleaned, cost = best(lambda: [clean(pipe, batch) for batch in batches])
    aligned, cost_aligned = best(lambda: [pipe.align_many(batch) for batch in batches])
    wrong = sum(not one.after.equals(texts) for one, texts in zip(aligned, cleaned, strict=True))
    changed = sum(len(one.replacements) for one in aligned)
    coarse = sum(int(one.replacements.coarse.sum()) for one in aligned)
    odd = sum(bytes_that_differ(one) for one in aligned)
    print(f"{pipe.name}: cleaned {size / cost / 1e6:.0f} MB/s, aligned {size / cost_aligned / 1e6:.0f} MB/s")
    print(f"  {changed:,} replacements, {coarse:,} of them coarse; {odd} bytes outside of them differ; {wrong} batches cleaned otherwise")


def clean(pipe: Pipeline, texts: pa.Array) -> pa.Array:
    for part in pipe.parts:
        texts = part.text(texts)
    return texts


def bytes_that_differ(one: Alignments) -> int:
    """Bytes outside of the replacements that are not the same before and after, counted by masks."""
    sides = []
    for texts, some in ((one.before, slice(0, 2)), (one.after, slice(2, 4))):
        data = from_zero(texts).data
        edges = np.zeros(len(data) + 1, np.int64)
        begin, end = one.replacements.spans[:, some].T
        np.add.at(edges, begin, 1)
        np.add.at(edges, end, -1)
        sides.append(data[np.cumsum(edges[:-1]) == 0])
    return abs(len(sides[0]) - len(sides[1])) or int((sides[0] != sides[1]).sum())


def best(work: Callable[[], Any]) -> tuple[Any, float]:
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        made = work()
        least = min(least, time.process_time() - start)
    return made, least


if __name__ == "__main__":
    main()
