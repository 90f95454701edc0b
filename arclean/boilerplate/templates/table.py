"""The table of the lines of a crawl: by site and skeleton, in how many distinct documents. Tables of shards add up to the table of all.

Distinct documents are counted by the `KEPT` least of their signatures (k minimum values; Bar-Yossef et al., "Counting distinct elements
in a data stream", RANDOM 2002): exactly up to that number, estimated beyond.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

KEPT: Final = 64

SCHEMA: Final = pa.schema(
    [
        ("key", pa.uint64()),
        ("site", pa.string()),
        ("text", pa.string()),
        ("documents", pa.int64()),
        ("amid", pa.int64()),
        ("prose", pa.bool_()),
        ("signatures", pa.list_(pa.uint64())),
    ],
    metadata={"arclean": "templates 1"},
)
"""``key``: of site and skeleton; ``text``: the line as first met; ``documents``: distinct ones that hold it; ``amid``: lines of them that
stand between lines of prose; ``prose``: whether it is prose itself."""

Keys = npt.NDArray[np.uint64]


def settled(rows: pa.Table) -> pa.Table:
    """Rows of one kind put together: sorted by key, each once, the first text kept.

    >>> one = {"key": [7], "site": ["a"], "text": ["t"], "documents": [1], "amid": [0], "prose": [False]}
    >>> both = pa.concat_tables([pa.table({**one, "signatures": [[n]]}, SCHEMA) for n in (3, 4, 3)])
    >>> settled(both).to_pylist()[0]["documents"]
    2
    """
    rows = rows.combine_chunks()
    if not len(rows):
        return rows.cast(SCHEMA)
    key = rows["key"].to_numpy()
    first = np.sort(np.unique(key, return_index=True)[1])
    first = first[np.argsort(key[first], kind="stable")]
    every, groups = key[first], len(first)
    owner = np.searchsorted(every, key)
    lists = rows["signatures"].combine_chunks()
    pairs_owner = np.repeat(owner, pc.list_value_length(lists).fill_null(0).to_numpy())
    values = pc.list_flatten(lists).to_numpy()
    order = np.lexsort((values, pairs_owner))
    pairs_owner, values = pairs_owner[order], values[order]
    fresh = np.r_[True, (pairs_owner[1:] != pairs_owner[:-1]) | (values[1:] != values[:-1])] if len(values) else np.zeros(0, np.bool_)
    pairs_owner, values = pairs_owner[fresh], values[fresh]
    starts = np.searchsorted(pairs_owner, np.arange(groups + 1))
    rank = np.arange(len(values)) - starts[pairs_owner]
    least = values[rank < KEPT]
    sizes = np.minimum(np.diff(starts), KEPT)
    inside = np.zeros(groups, np.int64)
    np.add.at(inside, owner, rows["amid"].to_numpy())
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    return pa.table(
        [
            pa.array(every),
            rows["site"].take(pa.array(first)),
            rows["text"].take(pa.array(first)),
            pa.array(_distinct(least, bounds)),
            pa.array(inside),
            rows["prose"].take(pa.array(first)),
            pa.ListArray.from_arrays(pa.array(bounds.astype(np.int32)), pa.array(least)),
        ],
        schema=SCHEMA,
    )


def _distinct(least: Keys, bounds: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many documents the least signatures of each line stand for."""
    sizes = np.diff(bounds)
    counts: npt.NDArray[np.int64] = sizes.astype(np.int64)
    full = np.flatnonzero(sizes >= KEPT)
    share = least[bounds[full + 1] - 1].astype(np.float64) / float(1 << 64)
    counts[full] = np.maximum(((KEPT - 1) / np.maximum(share, 1e-18)).astype(np.int64), KEPT)
    return counts
