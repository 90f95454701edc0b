"""Characters that stand for none: what was left where bytes could not be decoded, and code points that only one font gives a shape."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from arclean import columns, masks
from arclean import compiling as nb
from arclean.masks import NONE, ONE
from arclean.orthography.kernels import U, code_at
from arclean.quality.definition import Definition

DEFINITIONS: Final = (
    Definition("replacement_characters", "code points", "U+FFFD, written where bytes could not be decoded", "Unicode 23.8"),
    Definition("private_use_characters", "code points", "U+E000-F8FF and planes 15 and 16: no standard says what they are", "Unicode 23.5"),
)

_LEAD = np.uint8(0xEE)
"""No code point below U+E000 begins with this byte or a higher one."""


def unread(texts: pa.Array) -> dict[str, pa.Array]:
    r"""How many of both every row holds (int32); a null row holds none.

    >>> {name: counts.to_pylist() for name, counts in unread(pa.array(["\ufffd\ufffd \ue000", "نص", None])).items()}
    {'replacement_characters': [2, 0, 0], 'private_use_characters': [1, 0, 0]}
    """
    strings = columns.view(texts)
    counts = np.empty((2, len(strings)), np.int32)
    count(strings.bounds, strings.data, counts)
    return {definition.name: pa.array(one) for definition, one in zip(DEFINITIONS, counts, strict=True)}


@nb.njit(nogil=True, cache=True)
def count(bounds, data, counts):  # type: ignore[no-untyped-def]
    """Set ``counts[:, i]`` (int32, 2 x n) to the replacement characters of row i, and its characters of private use."""
    for row in range(bounds.shape[0] - 1):
        p, stop = U(bounds[row]), U(bounds[row + 1])
        replaced = private = 0
        while p < stop:
            odd = masks.at_least(masks.window(data, p), _LEAD) & masks.upto(stop - p)
            while odd != NONE:
                code = code_at(data, p + masks.first(odd))[0]
                odd &= odd - ONE
                replaced += code == np.uint32(0xFFFD)
                private += np.uint32(0xE000) <= code <= np.uint32(0xF8FF) or (code >= np.uint32(0xF0000) and (code & 0xFFFE) != 0xFFFE)
            p += masks.SIZE
        counts[0, row], counts[1, row] = replaced, private
