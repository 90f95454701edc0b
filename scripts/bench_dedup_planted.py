"""A corpus with near duplicates planted in it, of which it is known how alike any two are: for `bench_dedup.py --planted`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

FAMILIES = ((3000, 2), (1000, 5), (100, 30), (20, 200), (2, 1500))
"""How many families of how many documents: pages that were copied once, and templates that a site fills a thousand times."""
ALONE = 20_000
SYLLABLES = ("با", "تي", "جو", "دا", "ري", "سو", "فا", "كي", "لو", "ما", "ني", "هو")
WORDS = [a + b + c + d for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES for d in ("", "ن", "ر")]
LEAST = 0.5

Numbers = npt.NDArray[np.int64]


def planted(truth: Path, seed: int = 1) -> list[pa.RecordBatch]:
    """The corpus, its documents in no order; the pairs of similarity 0.5 or more go to ``truth``, as `bench_dedup.py` reads them."""
    rng = np.random.default_rng(seed)
    documents = [(f"alone/{n}", rng.integers(0, len(WORDS), rng.integers(30, 300))) for n in range(ALONE)]
    with truth.open("w", encoding="utf-8") as out:
        for count, size in FAMILIES:
            for n in range(count):
                members = _family(rng, size)
                names = [f"families of {size}/{n}-{m}" for m in range(size)]
                documents += zip(names, members, strict=True)
                for a, b, similarity in _pairs(members):
                    out.write(json.dumps({"a": names[a], "b": names[b], "jaccard5": similarity}) + "\n")
    order = rng.permutation(len(documents))
    ids = [documents[n][0] for n in order]
    texts = [" ".join(WORDS[word] for word in documents[n][1]) for n in order]
    table = pa.table({"id": ids, "text": texts}).append_column("drop", pa.nulls(len(ids), pa.string()))
    batches: list[pa.RecordBatch] = table.to_batches(max_chunksize=4096)
    return batches


def _family(rng: np.random.Generator, size: int) -> list[Numbers]:
    """Copies of one text, each with other words in so many places that two of them are about as alike as is drawn for the family."""
    text = rng.integers(0, len(WORDS), rng.integers(40, 300))
    alike = rng.uniform(LEAST, 1)
    changes = max(1, round(len(text) * (1 - alike) / (10 * (1 + alike))))
    members = []
    for _ in range(size):
        member = text.copy()
        places = rng.choice(len(text), int(rng.integers(0, 2 * changes + 1)), replace=False)
        member[places] = rng.integers(0, len(WORDS), len(places))
        members.append(member)
    return members


def _pairs(members: list[Numbers]) -> list[tuple[int, int, float]]:
    """The pairs of a family and the similarity of their sets of five words, all of them counted."""
    known: dict[bytes, int] = {}
    sets = [{known.setdefault(member[i : i + 5].tobytes(), len(known)) for i in range(len(member) - 4)} for member in members]
    there = np.zeros((len(sets), len(known)), np.float32)
    for row, some in enumerate(sets):
        there[row, list(some)] = 1
    shared = there @ there.T
    sizes = np.diag(shared)
    similar = shared / (sizes[:, None] + sizes - shared)
    lefts, rights = np.nonzero(np.triu(similar >= LEAST, 1))
    return list(zip(lefts.tolist(), rights.tolist(), similar[lefts, rights].tolist(), strict=True))
