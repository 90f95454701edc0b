"""Train, validation and test: no cluster in two of them, shares that are met, and nothing that moves when the corpus grows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

import arclean
from arclean.dataset import phases, spool
from arclean.errors import ColumnError, PipelineError, UnknownName


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.Spool, "writer", lambda self, unit, each: spool.SpoolWriter(replace(self, part_bytes=4000), unit, each))
    monkeypatch.setattr(phases, "partitions_for", lambda size: 4)


def crawl(path: Path, documents: int, families: int = 10**6) -> Path:
    """Documents of families of several sizes; the id tells the document, the text the family."""
    rng = np.random.default_rng(3)
    numbers = [int(rng.integers(families)) if families < 10**6 else n for n in range(documents)]
    lines = [
        json.dumps({"id": f"d{n}", "text": f"نص من عائلة رقم {family} كلها", "family": f"f{family}"}) for n, family in enumerate(numbers)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def splits(out: Path) -> dict[str, str]:
    return {row["id"]: row["split"] for path in (out / "data").glob("*.parquet") for row in pq.read_table(path).to_pylist()}


def run(source: Path, out: Path, split: arclean.Split, *before: Any) -> dict[str, str]:
    arclean.run(arclean.Pipeline((*before, split)), source, out, workers=1, shard_bytes=1 << 20)
    assert arclean.verify(out).ok
    return splits(out)


def test_shares_are_met_to_the_document(tmp_path: Path) -> None:
    found = run(crawl(tmp_path / "in.jsonl", 1000), tmp_path / "out", arclean.Split(0.05, 0.1, by="family"))
    assert Counter(found.values()) == {"train": 850, "validation": 50, "test": 100}


def test_families_stay_together_and_shares_are_met_to_within_one(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in.jsonl", 600, families=60)
    found = run(source, tmp_path / "out", arclean.Split(0.2, 0.2, by="family"))
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    sides: dict[str, set[str]] = {}
    for row in rows:
        sides.setdefault(row["family"], set()).add(found[row["id"]])
    assert {len(side) for side in sides.values()} == {1}
    largest = max(Counter(row["family"] for row in rows).values())
    counts = Counter(found.values())
    assert abs(counts["test"] - 120) <= largest
    assert abs(counts["test"] + counts["validation"] - 240) <= largest


def test_near_duplicates_that_are_kept_for_their_split_do_not_leak(tmp_path: Path) -> None:
    """After `duplicates` one document of a cluster is left, which goes where its cluster goes."""
    found = run(crawl(tmp_path / "in.jsonl", 300, families=80), tmp_path / "out", arclean.Split(0.1, 0.1), arclean.Duplicates(near=False))
    assert set(found.values()) == {"train", "validation", "test"}
    assert Counter(found.values())["test"] == round(len(found) * 0.1)


@pytest.mark.parametrize("exact", [True, False])
def test_growth_moves_few_documents_or_none(tmp_path: Path, exact: bool) -> None:
    split = arclean.Split(0.1, 0.1, by="family", exact=exact)
    before = run(crawl(tmp_path / "a.jsonl", 1000), tmp_path / "a", split)
    after = run(crawl(tmp_path / "b.jsonl", 2000), tmp_path / "b", split)
    moved = sum(after[name] != side for name, side in before.items())
    assert moved <= (60 if exact else 0)
    assert abs(Counter(after.values())["test"] - 200) <= (0 if exact else 60)


def test_the_seed_is_another_split(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in.jsonl", 300)
    one, other = (run(source, tmp_path / str(seed), arclean.Split(0.3, 0.3, by="family", seed=seed)) for seed in (0, 1))
    assert one != other


@pytest.mark.parametrize(("validation", "test"), [(0.0, 0.0), (0.0, 0.5), (0.5, 0.0)])
def test_a_split_may_be_empty(tmp_path: Path, validation: float, test: float) -> None:
    found = run(crawl(tmp_path / "in.jsonl", 100), tmp_path / "out", arclean.Split(validation, test, by="family"))
    counts = Counter(found.values())
    assert (counts["validation"], counts["test"]) == (validation * 100, test * 100)


def test_load_dataset_opens_the_splits(tmp_path: Path) -> None:
    from datasets import load_dataset

    source = crawl(tmp_path / "in.jsonl", 200)
    run(source, tmp_path / "out", arclean.Split(0.1, 0.2, by="family"), arclean.Filter("words", least=2))
    names = sorted(path.name for path in (tmp_path / "out" / "data").iterdir())
    assert names == [f"{split}-00000-of-00001.parquet" for split in ("test", "train", "validation")]
    arclean.card(tmp_path / "out")
    opened = load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {name: len(part) for name, part in opened.items()} == {"train": 140, "validation": 20, "test": 40}


def test_wrong_use_is_named(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in.jsonl", 3)
    with pytest.raises(PipelineError, match=r"validation 0\.6 and test 0\.4 are to be shares"):
        arclean.Split(0.6, 0.4)
    with pytest.raises(UnknownName, match="put `duplicates` before `split`"):
        arclean.run(arclean.Pipeline((arclean.Split(),)), source, tmp_path / "out")
    with pytest.raises(ColumnError, match="--rename split=split_given"):
        arclean.run(arclean.Pipeline((arclean.Split(by="id"),)), source, tmp_path / "out", rename=[("family", "split")])
