"""What the stage of duplicates writes down: signatures, what is sent between parts, marks."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

TEXT, URL, NEAR, KEPT = 0, 1, 2, 3
"""Ties between documents, the strongest first; a document that is kept has none."""

REASONS: Final = ("exact_duplicate", "same_url", "near_duplicate")
"""What each tie is called in the column ``drop``."""

SAME: Final = pa.schema({"key": pa.uint64(), "other": pa.uint64(), "row": pa.uint32(), "kind": pa.uint8()})
"""Documents of one ``kind`` that share both hashes are the same."""

BANDS: Final = pa.schema({"key": pa.uint64(), "row": pa.uint32(), "text": pa.uint32()})
"""A key of a document; ``text`` tells documents of other words apart."""

SHINGLES: Final = pa.schema({"row": pa.uint32(), "shingles": pa.binary()})
"""The shingles of a document, in order of the text: four bytes each, which Parquet reads and writes at thrice the speed of a list."""

PAIRS: Final = pa.schema({"left": pa.int64(), "right": pa.int64()})
"""Places of two documents that share a band, the earlier one first."""

CARRIED: Final = pa.schema({"left": pa.int64(), "rights": pa.list_(pa.int64()), "shingles": pa.binary()})
"""The shingles of a document, brought to those that it is to be held against."""

EDGES: Final = pa.schema({"left": pa.int64(), "right": pa.int64(), "kind": pa.uint8(), "similarity": pa.float32()})
"""A tie; its similarity is 1 where the words are the same, and not a number where it was not counted."""

MEMBERS: Final = pa.schema({"root": pa.int64(), "place": pa.int64(), "size": pa.int32(), "reason": pa.uint8()})
"""A document of a cluster; sent to the first one, which knows the name of the cluster."""

MARKS: Final = pa.schema(
    {
        "place": pa.int64(),
        "cluster": pa.string(),
        "size": pa.int32(),
        "reason": pa.uint8(),
        "key": pa.uint64(),
        "other": pa.uint64(),
    }
)
"""What a document is told: the id and the hashes of the first of its cluster, how many there are, its tie."""


def packed(bounds: npt.NDArray[np.int64], shingles: npt.NDArray[np.uint32]) -> pa.BinaryArray:
    """The column of `SHINGLES`: row ``i`` holds those from ``bounds[i]`` to ``bounds[i + 1]``.

    >>> [len(row) for row in packed(np.array([0, 1, 3]), np.array([7, 1, 2], np.uint32)).to_pylist()]
    [4, 8]
    """
    offsets = pa.py_buffer((bounds * 4).astype(np.int32))
    return pa.Array.from_buffers(pa.binary(), len(bounds) - 1, [None, offsets, pa.py_buffer(shingles.view(np.uint8))])


def documents_table(ranks: int) -> pa.Schema:
    """What is known of each document: its id (null if it is not looked at), the hashes of its words, its rank by each wish."""
    fields = {"id": pa.string(), "key": pa.uint64(), "other": pa.uint64(), **{f"rank_{n}": pa.float64() for n in range(ranks)}}
    return pa.schema(fields)
