"""The checks of a dataset, each a question that the files answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xxhash

from arclean.dataset import card, manifest
from arclean.dataset.files import hash_file
from arclean.dataset.place import opened, sizes
from arclean.dataset.shards import Shard
from arclean.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy.typing as npt

    from arclean.dataset.place import Place

State = Literal["ok", "warning", "failed", "skipped"]
"""What came of a check. A warning leaves the dataset whole."""

_SHOWN: Final = 3
"""Faults that a check names before it counts the rest."""

_BESIDE: Final = frozenset({manifest.NAME, card.NAME, "report.html", "croissant.json", ".gitattributes", ".git", ".cache", ".huggingface"})
"""Names that may stand beside the shards: arclean's own, and those that a clone of a Hugging Face repository brings."""


@dataclass(frozen=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what was looked at.
        state: what came of it, see `State`.
        words: what was found.
    """

    name: str
    state: State
    words: str

    @classmethod
    def of(cls, name: str, faults: Iterable[str], good: str) -> Check:
        """Failed with the first faults, or good without any."""
        found = list(faults)
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        return cls(name, "failed", "; ".join(found[:_SHOWN]) + more) if found else cls(name, "ok", good)


@dataclass
class Contents:
    """What the shards hold.

    Attributes:
        rows: rows by kind.
        lost: records that the quarantine stands for.
        bytes_kept: bytes of the texts that were kept.
        reasons, rules, errors: documents rejected by reason, lines cut by rule, records put aside by kind of error.
        ids: 64 bits of every id of a document: eight bytes of memory each, however long the ids.
        misplaced: shards with documents that belong to the other folder, in words.
    """

    rows: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    bytes_kept: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    ids: list[npt.NDArray[np.uint64]] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)


def checks(folder: Place, made: Mapping[str, Any]) -> Iterator[Check]:
    """All checks of a dataset; those that read the shards only if the shards are what was written.

    Args:
        folder: the dataset.
        made: its manifest.
    """
    shards = [Shard.from_dict(shard) for shard in made["outputs"]]
    tally = Tally.from_dict(made["tally"])
    files = Check.of("files", _damaged(folder, shards), f"{len(shards)} shards, each of the size and hash that was written")
    yield files
    yield Check.of("strangers", _strangers(folder, shards), "no file that the manifest does not know")
    if files.state == "failed":
        yield Check("contents", "skipped", "the shards are not what was written; make the dataset again")
        return
    yield Check.of("schema", _schemas(folder, shards, made["columns"]), "the same in all shards of a kind")
    contents = _contents(folder, shards)
    yield Check.of("drop", contents.misplaced, "empty in every document kept, filled in every one rejected")
    total = f"read {tally.read:,} = {tally.kept:,} kept + {tally.rejected:,} rejected + {tally.quarantined:,} quarantined"
    faults = [*_counts(contents, tally, bool(made["options"]["removed"]))] or _sums(contents, tally)
    yield Check.of("counts", faults, total)
    yield _ids(contents.ids)


def _damaged(folder: Place, shards: Iterable[Shard]) -> Iterator[str]:
    there = sizes(folder)
    for shard in shards:
        if shard.path not in there:
            yield f"{shard.path} is missing"
        elif there[shard.path] != shard.size:
            yield f"{shard.path} has {there[shard.path]} bytes instead of {shard.size}"
        elif hash_file(folder / shard.path) != shard.xxh3_128:
            yield f"{shard.path} has other bytes than were written"


def _strangers(folder: Place, shards: Iterable[Shard]) -> Iterator[str]:
    known = {shard.path for shard in shards}
    for name in sizes(folder):
        if name.partition("/")[0] not in _BESIDE and name not in known:
            yield f"{name} is not in the manifest"


def _schemas(folder: Place, shards: Iterable[Shard], columns: list[dict[str, str]]) -> Iterator[str]:
    first: dict[str, pa.Schema] = {}
    for shard in shards:
        schema = pq.read_schema(opened(folder / shard.path))
        kind = "data" if shard.kind == "rejected" else shard.kind
        if not schema.equals(first.setdefault(kind, schema), check_metadata=True):
            yield f"the schema of {shard.path} differs from that of the first shard of {kind}"
    if "data" in first and manifest.columns(first["data"]) != columns:
        yield f"the columns are {', '.join(first['data'].names)}; the manifest has {', '.join(column['name'] for column in columns)}"


def _contents(folder: Place, shards: Iterable[Shard]) -> Contents:
    contents = Contents()
    for shard in shards:
        with pq.ParquetFile(opened(folder / shard.path)) as file:
            contents.rows[shard.kind] += file.metadata.num_rows
            if shard.kind in ("data", "rejected"):
                _look_at_documents(contents, shard, file)
            elif shard.kind == "quarantine":
                _look_at_quarantine(contents, file)
            elif shard.kind == "removed":
                for batch in file.iter_batches(columns=["rule"]):
                    contents.rules.update(_counted(batch.column("rule")))
    return contents


def _look_at_documents(contents: Contents, shard: Shard, file: pq.ParquetFile) -> None:
    reasons = rows = 0
    for batch in file.iter_batches(columns=["id", "text", "drop"]):
        rows += batch.num_rows
        reasons += batch.num_rows - batch.column("drop").null_count
        contents.ids.append(_hashes(batch.column("id")))
        contents.reasons.update(_counted(batch.column("drop")))
        if shard.kind == "data":
            contents.bytes_kept += pc.sum(pc.binary_length(batch.column("text"))).as_py() or 0
    if wrong := reasons if shard.kind == "data" else rows - reasons:
        contents.misplaced.append(f"{wrong} documents of {shard.path} have {'a' if shard.kind == 'data' else 'no'} reason in `drop`")


def _look_at_quarantine(contents: Contents, file: pq.ParquetFile) -> None:
    for batch in file.iter_batches(columns=["error", "rows"]):
        for error, rows in zip(batch.column("error").to_pylist(), batch.column("rows").to_pylist(), strict=True):
            contents.lost += rows
            contents.errors[error.partition(":")[0]] += rows


def _counted(values: pa.Array) -> dict[str, int]:
    return {one["values"]: one["counts"] for one in pc.value_counts(values.drop_null()).to_pylist()}


def _hashes(ids: pa.Array) -> npt.NDArray[np.uint64]:
    digest = xxhash.xxh3_64_intdigest
    return np.fromiter((digest((value or "").encode()) for value in ids.to_pylist()), np.uint64, len(ids))


def _counts(contents: Contents, tally: Tally, writes_removed: bool) -> Iterator[str]:
    if not tally.balanced:
        yield f"read {tally.read} is not kept {tally.kept} + rejected {tally.rejected} + quarantined {tally.quarantined}"
    expected = {"data": tally.kept, "rejected": tally.rejected} | ({"removed": tally.lines_removed} if writes_removed else {})
    for kind, count in expected.items():
        if contents.rows[kind] != count:
            yield f"{kind} has {contents.rows[kind]} rows, the tally says {count}"
    if contents.lost != tally.quarantined:
        yield f"the quarantine stands for {contents.lost} records, the tally says {tally.quarantined}"
    if (reasons := sum(tally.reasons.values())) != tally.rejected:
        yield f"the reasons add up to {reasons}, rejected are {tally.rejected}"


def _sums(contents: Contents, tally: Tally) -> Iterator[str]:
    """What the tally says in detail, where the totals are right."""
    if contents.bytes_kept != tally.bytes_kept:
        yield f"the texts kept have {contents.bytes_kept} bytes, the tally says {tally.bytes_kept}"
    told = {rule: tally.rules.get(rule, 0) for rule in contents.rules}
    for what, found, said in (
        ("rejected for", contents.reasons, tally.reasons),
        ("lines cut by", contents.rules, told),
        ("put aside for", contents.errors, tally.errors),
    ):
        for name in sorted({*found, *said}):
            if found.get(name, 0) != said.get(name, 0):
                yield f"{found.get(name, 0)} {what} {name}, the tally says {said.get(name, 0)}"


def _ids(parts: list[npt.NDArray[np.uint64]]) -> Check:
    hashes = np.sort(np.concatenate(parts)) if parts else np.empty(0, np.uint64)
    if again := int(np.count_nonzero(hashes[1:] == hashes[:-1])):
        return Check("ids", "warning", f"{again:,} documents have an id that came before; the input had it more than once")
    return Check("ids", "ok", f"{len(hashes):,} documents, each with an id of its own")
