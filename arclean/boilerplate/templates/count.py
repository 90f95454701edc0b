"""The lines of a batch of documents as rows of the table of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from arclean import columns
from arclean.boilerplate.lines import Page
from arclean.boilerplate.matcher import matcher
from arclean.boilerplate.templates import kernels
from arclean.boilerplate.templates.table import SCHEMA

LONGEST: Final = 2_000
"""Bytes of the longest line that is looked at: what a site says of itself is shorter."""

_HOST: Final = r"^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?(?:[wW][wW][wW]\.)?(?P<host>[^/:?#\s]+)"


@dataclass(frozen=True)
class Seen:
    """The lines of a batch.

    Attributes:
        page: the lines, see `arclean.boilerplate.lines.Page`.
        lines: int64: the numbers of those that are neither blank nor too long, and whose document has a site.
        keys: uint64, one for each of `lines`: of its site and skeleton.
        signature: uint64, one a document.
        amid: bool, one a line of the page: stands between lines of prose.
        sites: the site of each document; null if its address has none.
    """

    page: Page
    lines: npt.NDArray[np.int64]
    keys: npt.NDArray[np.uint64]
    signature: npt.NDArray[np.uint64]
    amid: npt.NDArray[np.bool_]
    sites: pa.Array


def sites_of(urls: pa.Array) -> pa.Array:
    """The site of each address: its host in small letters, without ``www.``.

    >>> sites_of(pa.array(["https://www.Example.org:8080/a", "no address", None])).to_pylist()
    ['example.org', None, None]
    """
    found = pc.extract_regex(columns.string_array(urls), _HOST)
    return pc.utf8_lower(pc.struct_field(found, "host")).cast(pa.string())


def look(texts: pa.Array, urls: pa.Array) -> Seen:
    """The lines of some documents."""
    page = Page.of(columns.view(texts), LONGEST)
    size = page.end - page.begin
    chosen = np.flatnonzero((size > 0) & (size <= LONGEST))
    shapes = matcher(()).shapes(page.strings.data, page.begin[chosen], page.end[chosen], np.ones(len(chosen), np.bool_))
    skeletons = columns.view(shapes.texts)
    signature = np.zeros(len(texts), np.uint64)
    kernels.signatures(skeletons.bounds, skeletons.data, page.row_of[chosen], signature)
    amid = np.zeros(len(page.row_of), np.bool_)
    kernels.amid(page.row_of, page.prose, size == 0, amid)
    sites = sites_of(urls)
    coded = sites.dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy()[page.row_of[chosen]]
    names = np.array([xxhash.xxh3_64_intdigest(name.encode()) for name in coded.dictionary.to_pylist()] or [0], np.uint64)
    known = (codes >= 0) & (np.diff(skeletons.bounds) > 1)
    lines = chosen[known]
    keys = _hashes(skeletons)[known] ^ (names[codes[known]] * np.uint64(0x9E3779B97F4A7C15))
    return Seen(page, lines, keys, signature, amid, sites)


def _hashes(skeletons: columns.Strings) -> npt.NDArray[np.uint64]:
    into = np.zeros(len(skeletons), np.uint64)
    kernels.hashes(skeletons.bounds, skeletons.data, into)
    return into


def rows_of(seen: Seen) -> pa.Table:
    """A row for every line."""
    page, lines = seen.page, seen.lines
    row = page.row_of[lines]
    bounds = np.arange(len(lines) + 1, dtype=np.int32)
    out, gathered = columns.room(int((page.end[lines] - page.begin[lines]).sum())), np.empty(len(lines) + 1, np.int64)
    from arclean.orthography.kernels import gather

    gather(page.strings.data, page.begin[lines], page.end[lines], gathered, out)
    return pa.table(
        [
            pa.array(seen.keys),
            seen.sites.take(pa.array(row)),
            columns.build(gathered, out),
            pa.array(np.ones(len(lines), np.int64)),
            pa.array(seen.amid[lines].astype(np.int64)),
            pa.array(page.prose[lines]),
            pa.ListArray.from_arrays(pa.array(bounds), pa.array(seen.signature[row])),
        ],
        schema=SCHEMA,
    )
