"""The stage that draws a sample: to a budget, by the weights of sources."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean import columns
from arclean.dataset.exchange import Exchange, TableWriter
from arclean.duplicates import kernels
from arclean.errors import PipelineError, unknown
from arclean.mixing.shares import shares
from arclean.mixing.sizes import UNITS, digest, loaded, sizes
from arclean.stages import Desk, Marked, Table
from arclean.steps import undecided, with_column

REASON: Final = "not_sampled"
SIZES: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32(), "size": pa.int64(), "source": pa.string()})
"""A document that is kept: the hash that puts it in order, and what it counts."""
_CUTS: Final = pa.schema({"source": pa.string(), "cut": pa.uint64(), "all": pa.bool_()})
_MARKS: Final = pa.schema({"place": pa.int64()})
_ALL: Final = 1 << 64

Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Mix:
    """Keep a sample of the documents: as many as a budget allows, from each source by its weight. Others go as ``not_sampled``.

    A hash of id and seed puts the documents of a source in order, and the first ones are kept until the share of the source is used up, to
    within one document. So the same are kept on any machine and by any number of workers, and a larger budget keeps those of a smaller one.
    A source that has less than its share gives all, and the rest goes to the others by their weights. No document is kept twice.

    Attributes:
        budget: of all sources together, in units.
        unit: ``words``, ``characters``, ``bytes``, ``documents`` or ``tokens``.
        by: the column that names the source; without one all documents are one.
        weights: source to its weight, a mapping or pairs; none given: every document is as likely as any.
        other: weight of the sources that are not named.
        seed: another one is another sample.
        tokenizer: the ``tokenizer.json`` that tokens are counted by; needs ``arclean[tokens]``.
        digest: of that file, 16 hexadecimal digits; filled in, and another file is an error.

    Raises:
        PipelineError: a number means nothing; the tokenizer is none, or another; when it runs: a source that is named does not occur.
        UnknownName: there is no such unit.
    """

    budget: float
    unit: str = "words"
    by: str = ""
    weights: Weights = ()
    other: float = 0.0
    seed: int = 0
    tokenizer: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", _pairs(self.weights))
        _demand_number("budget", self.budget, above=0)
        for name, weight in (*self.weights, ("other", self.other)):
            _demand_number(f"the weight of {name!r}", weight)
        if self.unit not in UNITS:
            raise unknown("unit", self.unit, UNITS, "step 'mix'")
        if self.weights and not self.by:
            raise PipelineError("step 'mix': weights are of sources; name their column in `by`")
        if self.by and not any(weight > 0 for _, weight in (*self.weights, ("", self.other))):
            raise PipelineError("step 'mix': no source has a weight above 0; nothing would be kept. Give `weights`, or `other`")
        if (self.unit == "tokens") != bool(self.tokenizer):
            raise PipelineError("step 'mix': `tokenizer` goes with the unit tokens, and tokens with a `tokenizer`")
        if self.tokenizer:
            self._demand_tokenizer()

    def _demand_tokenizer(self) -> None:
        found = digest(self.tokenizer)
        if self.digest and self.digest != found:
            raise PipelineError(
                f"step 'mix': the tokenizer {self.tokenizer!r} has the digest {found}, this pipeline was made with {self.digest}; "
                "take `digest` out to use the new one"
            )
        object.__setattr__(self, "digest", found)
        loaded(self.tokenizer, found)

    def tables(self) -> Mapping[str, Table]:
        """See `arclean.stages.Stage`."""
        return {"sizes": Table(SIZES, "key")}

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """See `arclean.stages.Stage`."""
        if self.by and self.by not in batch.schema.names:
            raise unknown("column", self.by, batch.schema.names, f"mix by {self.by!r}")
        rows = undecided(batch).astype(np.uint32)
        some = batch.take(pa.array(rows))
        source = some[self.by].cast(pa.string()).fill_null("") if self.by else pa.array([""] * len(some), pa.string())
        values = [
            pa.array(self._keys(some["id"])),
            pa.array(rows),
            pa.array(sizes(some["text"], self.unit, self.tokenizer, self.digest)),
            source,
        ]
        return {"sizes": pa.RecordBatch.from_arrays(values, schema=SIZES)}

    def settle(self, desk: Desk) -> None:
        """See `arclean.stages.Stage`."""
        desk.do(Cuts(desk.exchange, self.budget, self.weights, self.other, self.by), [0])
        desk.do(Others(desk.exchange), range(desk.exchange.partitions))

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """See `arclean.stages.Stage`."""
        if marks is None or not len(marks):
            return Marked(batch)
        out = np.zeros(len(batch), np.bool_)
        out[marks["row"].to_numpy()] = True
        reason = pc.if_else(pa.array(out), pa.scalar(REASON), pa.scalar(None, pa.string()))
        return Marked(with_column(batch, "drop", pc.coalesce(batch["drop"], reason)))

    def _keys(self, ids: pa.Array) -> npt.NDArray[np.uint64]:
        strings = columns.view(columns.string_array(ids.cast(pa.string())))
        hashes = np.empty((len(strings), 2), np.uint64)
        kernels.byte_hashes(strings.bounds, strings.data, hashes)
        keys: npt.NDArray[np.uint64] = (hashes[:, 0] ^ np.uint64(self.seed % _ALL * 0x9E3779B97F4A7C15 % _ALL)) * kernels.STEP
        keys ^= keys >> np.uint64(31)
        keys *= kernels.STEP
        return keys


def _pairs(weights: Any) -> Weights:
    pairs: Iterable[Any] = weights.items() if isinstance(weights, Mapping) else weights
    try:
        return tuple(sorted((str(name), weight) for name, weight in pairs))
    except (TypeError, ValueError) as error:
        raise PipelineError(f"step 'mix': weights are source to number, as `{{news: 2, books: 1}}`; this is {weights!r}") from error


def _demand_number(name: str, value: Any, above: float = -1) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0 or value <= above:
        raise PipelineError(f"step 'mix': {name} is {value!r}; give a number {'above 0' if above == 0 else 'of at least 0'}")


@dataclass(frozen=True)
class Cuts:
    """Up to which hash the documents of each source are kept."""

    exchange: Exchange
    budget: float
    weights: Weights
    other: float
    by: str
    step: str = "cuts"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`. Partitions are in the order of hashes, so only those that a cut falls into are sorted."""
        sums = self._sums()
        there = {source: int(sizes.sum()) for source, sizes in sums.items()}
        for name, _ in self.weights:
            if name not in there:
                raise PipelineError(f"step 'mix': {unknown(f'value of {self.by!r}', name, there)}")
        named = dict(self.weights)
        weights = {source: named.get(source, self.other) for source in there} if self.by else dict.fromkeys(there, 1.0)
        given = shares(self.budget, weights, there)
        cuts = {source: self._cut(source, given[source], sums[source]) for source in sorted(there)}
        rows = [{"source": source, "cut": 0 if cut is None else cut, "all": cut is None} for source, cut in cuts.items()]
        with TableWriter(self.exchange.path(self.step, number), _CUTS) as writer:
            writer.write(pa.RecordBatch.from_pylist(rows, schema=_CUTS))

    def _sums(self) -> dict[str, npt.NDArray[np.int64]]:
        """What each source has in each partition."""
        sums: dict[str, npt.NDArray[np.int64]] = {}
        for partition in range(self.exchange.partitions):
            for batch in _rows(self.exchange, partition):
                found = pa.table(batch).group_by("source").aggregate([("size", "sum")]).to_pylist()
                for row in found:
                    sums.setdefault(row["source"], np.zeros(self.exchange.partitions, np.int64))[partition] += row["size_sum"]
        return sums

    def _cut(self, source: str, wanted: int, sizes: npt.NDArray[np.int64]) -> int | None:
        """The hash below which documents of the source are kept; None: all of them."""
        ends = np.cumsum(sizes)
        if len(ends) and wanted >= ends[-1]:
            return None
        partition = int(np.searchsorted(ends, wanted, side="right"))
        left = wanted - (int(ends[partition - 1]) if partition else 0)
        mine = [batch.filter(pc.equal(batch["source"], source)) for batch in _rows(self.exchange, partition)]
        keys = np.concatenate([batch["key"].to_numpy() for batch in mine])
        order = np.argsort(keys, kind="stable")
        keys, used = keys[order], np.cumsum(np.concatenate([batch["size"].to_numpy() for batch in mine])[order])
        return int(keys[int(np.searchsorted(used, left, side="right"))])


@dataclass(frozen=True)
class Others:
    """The documents that are not kept."""

    exchange: Exchange
    step: str = "marks"

    def __call__(self, number: int) -> None:
        """See `arclean.stages.Task`."""
        cuts = pq.read_table(self.exchange.path("cuts", 0))
        with TableWriter(self.exchange.path(self.step, number), _MARKS, self.exchange.homes) as writer:
            for base, batch in self.exchange.partition("sizes", number):
                at = pc.index_in(batch["source"], value_set=cuts["source"].combine_chunks())
                beyond = pc.greater_equal(batch["key"], cuts["cut"].combine_chunks().take(at))
                out = pc.and_(beyond, pc.invert(cuts["all"].combine_chunks().take(at))).to_numpy(zero_copy_only=False)
                places = batch["row"].to_numpy()[out].astype(np.int64) + base
                writer.write(pa.RecordBatch.from_arrays([pa.array(places)], schema=_MARKS), self.exchange.home_of(places))


def _rows(exchange: Exchange, partition: int) -> Iterator[pa.RecordBatch]:
    return (batch for _, batch in exchange.partition("sizes", partition))
