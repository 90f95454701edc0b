"""What a finished dataset tells of itself: read once, batch by batch, into counts that do not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean.dataset import manifest
from arclean.dataset.place import Place, opened, place_of
from arclean.dataset.shards import Shard
from arclean.errors import OutputError
from arclean.quality.measures import MEASURES, figures
from arclean.reports.cuts import Cut, cuts_of, first_characters
from arclean.reports.histogram import Histogram, Scale
from arclean.reports.sites import Sites
from arclean.tally import Tally

if TYPE_CHECKING:
    from os import PathLike

_BATCH: Final = 8192
_EXCERPT: Final = 600
"""Characters shown of a document or a record."""
_EXAMPLES: Final = 4
"""Documents shown for each reason, records for each kind of error."""
_RAW: Final = 160
_IDS: Final = 100_000


@dataclass(frozen=True)
class Document:
    """The beginning of a document, or of a record that could not be read.

    Attributes:
        id: of the document; of a record its file and place.
        text: its first characters.
        note: what was measured, or the error.
    """

    id: str
    text: str
    note: str


@dataclass
class Facts:
    """A dataset as the report, the card and comparisons see it.

    Attributes:
        out: its directory.
        made: its manifest.
        tally: the counts of its run.
        words_kept, words_rejected: in its documents, as they were written.
        cuts: by rule, the lines that were cut; empty if they were not written.
        histograms: by measure.
        sites: where the documents came from; None if no column tells.
        rejected: by reason, some of the documents.
        unread: by kind of error, some of the records.
        cut_from: ids of documents that lost lines, as many as a look at the input may need.
    """

    out: Place
    made: Mapping[str, Any]
    tally: Tally
    words_kept: int = 0
    words_rejected: int = 0
    cuts: dict[str, Cut] = field(default_factory=dict)
    histograms: dict[str, Histogram] = field(default_factory=dict)
    sites: Sites | None = None
    rejected: dict[str, list[Document]] = field(default_factory=dict)
    unread: dict[str, list[Document]] = field(default_factory=dict)
    cut_from: set[str] = field(default_factory=set)

    @property
    def words_cut(self) -> int:
        """Words in the lines that were cut."""
        return sum(cut.words for cut in self.cuts.values())

    @property
    def name(self) -> str:
        """The name of the directory."""
        return self.out.resolve().name if isinstance(self.out, Path) else self.out.name


def facts(out: str | PathLike[str]) -> Facts:
    """Read a finished dataset.

    Raises:
        OutputError: there is none, or a file of it is missing or damaged.
    """
    folder = place_of(out)
    made = manifest.read(folder)
    if made is None:
        raise OutputError(f"{folder}: no {manifest.NAME}; give the directory of a finished run, as `arclean run ... -o OUT` made it")
    shards = [Shard.from_dict(shard) for shard in made["outputs"]]
    found = Facts(folder, made, Tally.from_dict(made["tally"]))
    try:
        _documents(found, shards)
        found.cuts = cuts_of(_batches(folder, shards, "removed", ("rule", "category", "text")))
        for batch in _batches(folder, shards, "removed", ("id",)):
            if len(found.cut_from) < _IDS:
                found.cut_from.update(pc.unique(batch.column("id")).to_pylist())
        _records(found, shards)
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{folder}: cannot be read: {error}. `arclean verify {folder}` says which file is damaged") from error
    return found


def _batches(folder: Place, shards: list[Shard], kind: str, columns: tuple[str, ...] | None = None) -> Iterator[pa.RecordBatch]:
    for shard in shards:
        if shard.kind == kind and shard.rows:
            with pq.ParquetFile(opened(folder / shard.path)) as file:
                yield from file.iter_batches(_BATCH, columns=None if columns is None else list(columns))


def _documents(found: Facts, shards: list[Shard]) -> None:
    schema = pq.read_schema(opened(found.out / next(shard.path for shard in shards if shard.kind == "data")))
    found.histograms = {name: Histogram(name, scale) for name, scale in _scales(found.out, shards, schema)}
    _bounds(found)
    found.sites = Sites.of(schema)
    given = "words" in schema.names and schema.field("words").type == pa.int32()
    columns = {*found.histograms, "lines_removed"} & set(schema.names)
    columns |= {"words"} if given else {"text"}
    columns |= {found.sites.column} if found.sites else set()
    for kind, needed in (("data", columns), ("rejected", columns | {"id", "text", "drop"})):
        for batch in _batches(found.out, shards, kind, tuple(sorted(needed))):
            words = batch.column("words") if given else figures(batch.column("text"))["words"]
            _count(found, batch, words, kept=kind == "data")
            if kind == "rejected":
                _show_rejected(found, batch)


def _scales(out: Place, shards: list[Shard], schema: pa.Schema) -> Iterator[tuple[str, Scale]]:
    """A scale for each column that is a measure, by the least and greatest value that the footers tell."""
    names = [name for name in schema.names if name in MEASURES or name == "lines_removed"]
    least, most = dict.fromkeys(names, np.inf), dict.fromkeys(names, -np.inf)
    for shard in shards:
        if shard.kind in ("data", "rejected") and shard.rows:
            footer = pq.read_metadata(opened(out / shard.path))
            for group in (footer.row_group(number) for number in range(footer.num_row_groups)):
                for column in (group.column(number) for number in range(group.num_columns)):
                    if column.path_in_schema in least and column.statistics is not None and column.statistics.has_min_max:
                        name, statistics = column.path_in_schema, column.statistics
                        least[name], most[name] = min(least[name], statistics.min), max(most[name], statistics.max)
    return ((name, Scale.of(least[name], most[name])) for name in names if most[name] > -np.inf)


def _bounds(found: Facts) -> None:
    """Mark the bounds of the filters on the histograms."""
    for step in found.made["pipeline"]["definition"]["steps"]:
        options = step.get("filter")
        if isinstance(options, Mapping) and options.get("measure") in found.histograms:
            histogram = found.histograms[options["measure"]]
            histogram.least, histogram.most = options.get("least", histogram.least), options.get("most", histogram.most)


def _count(found: Facts, batch: pa.RecordBatch, words: pa.Array, kept: bool) -> None:
    total = pc.sum(words).as_py() or 0
    found.words_kept, found.words_rejected = found.words_kept + total * kept, found.words_rejected + total * (not kept)
    for name, histogram in found.histograms.items():
        histogram.add(batch.column(name).cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False), kept)
    if found.sites is not None:
        cut = batch.column("lines_removed") if "lines_removed" in batch.schema.names else pa.nulls(len(batch), pa.int32())
        found.sites.add(batch.column(found.sites.column), kept, words, cut)


def _show_rejected(found: Facts, batch: pa.RecordBatch) -> None:
    for reason in pc.unique(batch.column("drop")).to_pylist():
        shown = found.rejected.setdefault(reason, [])
        rows = batch.filter(pc.equal(batch.column("drop"), reason)).slice(0, _EXAMPLES - len(shown))
        texts = first_characters(rows.column("text"), _EXCERPT).to_pylist()
        for row, text in zip(rows.to_pylist(), texts, strict=True):
            first = sorted(found.histograms, key=lambda name: not reason.startswith(name))  # what it was rejected for
            measured = ", ".join(f"{name} {row[name]:.4g}" for name in first if row[name] is not None)
            shown.append(Document(row["id"], text or "", measured))


def _records(found: Facts, shards: list[Shard]) -> None:
    for batch in _batches(found.out, shards, "quarantine"):
        for row in batch.to_pylist():
            shown = found.unread.setdefault(row["error"].partition(":")[0], [])
            if len(shown) < _EXAMPLES:
                raw = (row["raw"] or b"")[:_RAW]
                shown.append(Document(f"{row['file']}, {row['place']}", raw.decode("utf-8", "backslashreplace"), row["error"]))
