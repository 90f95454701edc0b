"""Some documents of a dataset, cleaned again from the inputs: the same comes out, or the dataset is not what its manifest says."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xxhash

from arclean.dataset import manifest
from arclean.dataset.checks import Check
from arclean.dataset.place import opened
from arclean.dataset.shards import Shard
from arclean.dataset.source import Plan, ReadOptions, blocks, parse, plan
from arclean.errors import ArcleanError

if TYPE_CHECKING:
    from arclean.dataset.place import Place
    from arclean.pipeline import Pipeline

_ALL: Final = 1 << 64
_SPARE: Final = 2
Row = dict[str, Any]


def cleaned_again(folder: Place, made: Mapping[str, Any], inputs: Sequence[str], count: int, seed: int | None = None) -> Check:
    """Read the inputs, choose about so many documents at random, clean them, and compare them with their rows.

    Stages need the whole corpus and are left out: what they add is not looked at, nor whether they reject.

    Args:
        folder: the dataset.
        made: its manifest.
        inputs: as they were given to the run.
        count: how many documents.
        seed: of the choice; another one each time if None. The words of the check have it.

    Raises:
        SourceError: an input cannot be read.
    """
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    options = {option.name: made["options"][option.name] for option in fields(ReadOptions)}
    planned = plan(inputs, ReadOptions.from_dict(options))
    try:
        pipe = _pipeline(made)
    except ArcleanError as error:
        return Check("again", "failed", f"its pipeline cannot be made: {error}; import the modules that it needs")
    if found := manifest.differences({"inputs": made["inputs"]}, {"inputs": manifest.inputs(planned)}):
        return Check("again", "failed", f"the inputs are not those of the manifest: {'; '.join(found)}")
    staged = len(pipe.without_stages().parts) < len(pipe.parts)
    chosen = _chosen(planned, count, made["tally"]["read"], seed)
    wanted = pipe.without_stages().apply(chosen).batch
    rows = _rows(folder, made["outputs"], wanted["id"])
    faults = _faults(wanted, rows, staged, limited=made["options"]["limit"] is not None)
    return Check.of("again", faults, f"{len(chosen):,} documents cleaned again from the inputs are the same (seed {seed})")


def _pipeline(made: Mapping[str, Any]) -> Pipeline:
    from arclean.pipeline import Pipeline

    return Pipeline.from_dict(made["pipeline"]["definition"], "the manifest")


def _chosen(planned: Plan, count: int, read: int, seed: int) -> pa.RecordBatch:
    """The documents whose ids have the least hashes."""
    most = _ALL if read <= _SPARE * count else _SPARE * count * _ALL // read
    parts, hashes = [pa.RecordBatch.from_pylist([], planned.schema)], [np.empty(0, np.uint64)]
    for piece in planned.pieces:
        for block in blocks(piece, planned.options):
            batch = parse(block, planned).batch
            marks = np.array([xxhash.xxh3_64_intdigest(name.encode(), seed) for name in batch["id"].to_pylist()], np.uint64)
            some = marks < most if most < _ALL else np.ones(len(marks), np.bool_)
            if some.any():
                parts.append(batch.filter(pa.array(some)))
                hashes.append(marks[some])
    whole = pa.Table.from_batches(parts).combine_chunks().to_batches() or parts
    order = np.argsort(np.concatenate(hashes), kind="stable")[:count]
    return whole[0].take(pa.array(np.sort(order)))


def _rows(folder: Place, outputs: Iterable[Mapping[str, Any]], ids: pa.Array) -> dict[str, list[Row]]:
    """The rows of the dataset with these ids."""
    found: dict[str, list[Row]] = defaultdict(list)
    for shard in map(Shard.from_dict, outputs):
        if shard.kind not in ("data", "rejected"):
            continue
        with pq.ParquetFile(opened(folder / shard.path)) as file:
            for group in range(file.num_row_groups):
                there = pc.is_in(file.read_row_group(group, columns=["id"])["id"], ids.cast(pa.string()))
                if pc.any(there).as_py():
                    for row in file.read_row_group(group).filter(there).to_pylist():
                        found[row["id"]].append(row)
    return found


def _faults(wanted: pa.RecordBatch, rows: Mapping[str, list[Row]], staged: bool, limited: bool) -> Iterator[str]:
    for row in wanted.to_pylist():
        there = rows.get(row["id"], [])
        if not there:
            if not limited:
                yield f"{row['id']} is not there"
        elif not any(_same(row, one, staged) for one in there):
            yield f"{row['id']} differs in {', '.join(_differences(row, there[0], staged))}"


def _same(wanted: Row, row: Row, staged: bool) -> bool:
    return not _differences(wanted, row, staged)


def _differences(wanted: Row, row: Row, staged: bool) -> list[str]:
    """The columns that differ; NaN is NaN, and what a stage rejected was not rejected before it."""
    odd = [name for name in wanted if name not in row or (wanted[name] != row[name] and wanted[name] == wanted[name])]
    return [name for name in odd if not (staged and name == "drop" and wanted[name] is None)]
