"""What a page says about itself: in ``meta`` elements, in JSON-LD, in Open Graph, and in the lines around its text."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean.boilerplate.html import kernels
from arclean.boilerplate.html.dates import gregorian, hijri
from arclean.boilerplate.html.said import agency_of, name_of_writer
from arclean.columns import Bytes, Strings
from arclean.rules import page_fields

COLUMNS: Final = ("title", "section", "date", "date_hijri", "author", "agency", "site", "captions", "language")
"""What is read about a page. `captions` holds one caption a line."""

_LONGEST: Final = 1 << 20
_DEEPEST: Final = 12
_RANK: Final = {key: (field, rank) for field, keys in page_fields.META.items() for rank, key in enumerate(keys)}
_TYPES: Final = {name: rank for rank, name in enumerate(page_fields.ARTICLES)}


@dataclass(frozen=True)
class Spans:
    """What was found of the pages of a column.

    Attributes:
        given: the column, as it was walked.
        page: which rows are pages.
        spans: int64, shape (n, 5), in order of rows: what it is, where its key and its value lie, see `kernels.walk`.
        row: of each span.
        text: the bytes of the texts.
        title: int64, shape (rows, 2): where the title of each lies in `text`.
        removed: the lines that went.
    """

    given: Strings
    page: npt.NDArray[np.bool_]
    spans: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    text: Bytes
    title: npt.NDArray[np.int64]
    removed: pa.RecordBatch


def metadata(columns: Sequence[str], rows: int, found: Spans | None = None) -> dict[str, pa.Array]:
    """The columns, as strings; null where a page does not say, and for every row that is no page.

    Args:
        columns: some of `COLUMNS`.
        rows: how many there are.
        found: what was found; None if no row is a page.
    """
    if found is None or not columns:
        return {name: pa.nulls(rows, pa.string()) for name in columns}
    told: list[dict[str, str]] = [{} for _ in range(rows)]
    lines = _around(found.removed)
    cuts = np.searchsorted(found.row, np.arange(rows + 1))
    for row in np.flatnonzero(found.page).tolist():
        told[row] = _of_page(found, row, found.spans[cuts[row] : cuts[row + 1]], lines.get(row, []))
    return {name: pa.array([_clean(one.get(name)) for one in told], pa.string()) for name in columns}


def _of_page(found: Spans, row: int, spans: npt.NDArray[np.int64], around: list[tuple[str, str]]) -> dict[str, str]:
    told: dict[str, str] = {}
    first, last = found.title[row].tolist()
    if last > first:
        told["title"] = found.text[first:last].tobytes().decode("utf-8", "replace")
    best: dict[str, tuple[int, str]] = {}
    later: dict[str, str] = {}
    data = found.given.data
    for kind, key_a, key_b, a, b in spans.tolist():
        if kind == kernels.META:
            named = _RANK.get(data[key_a:key_b].tobytes().decode("utf-8", "replace").strip().lower())
            if named and (named[0] not in best or named[1] < best[named[0]][0]):
                value = _text(data, a, b)
                if value.strip() and not (named[0] == "author" and "://" in value):
                    best[named[0]] = (named[1], value)
        elif kind == kernels.JSON_LD:
            if b - a <= _LONGEST:
                _merge(told, _linked_data(data[a:b].tobytes()))
        elif kind == kernels.TITLE:
            later.setdefault("title", _text(data, a, b))
        elif kind == kernels.LANGUAGE:
            later.setdefault("language", _text(data, a, b))
        elif kind == kernels.TIME:
            later.setdefault("date", _text(data, a, b))
    _merge(told, {field: value for field, (_, value) in best.items()})
    _merge(told, later)
    return _settled(told, around, found.text[last : last + 400].tobytes().decode("utf-8", "ignore"))


def _settled(told: dict[str, str], around: list[tuple[str, str]], opening: str) -> dict[str, str]:
    """Dates as ISO 8601, a language as its code; and from the lines around the text what is still wanting."""
    if "date" in told:
        day = gregorian(told.pop("date"))
        _merge(told, {"date": day} if day else {})
    if "language" in told:
        told["language"] = told["language"].strip().replace("_", "-").split(",")[0]
    lines = [text for category, text in around if category in ("byline", "breadcrumb", "navigation") and len(text) <= 160]
    for line in (*(text for category, text in around if category == "byline"), *lines[:40]):
        for field, read in (("date", gregorian), ("date_hijri", hijri), ("author", name_of_writer), ("agency", agency_of)):
            if field not in told and (value := read(line)):
                told[field] = value
    trail = [text for category, text in around if category == "breadcrumb"]
    if trail:
        _merge(told, {"section": " / ".join(dict.fromkeys(" / ".join(trail).replace("»", "/").split(" / ")))[:300]})
    captions = [text for category, text in around if category == "caption"]
    if captions:
        told["captions"] = "\n".join(dict.fromkeys(captions))
    if "agency" not in told and (agency := agency_of(opening.split("\n")[0][:80] if opening.strip() else "")):
        told["agency"] = agency
    return told


def _around(removed: pa.RecordBatch) -> dict[int, list[tuple[str, str]]]:
    """The lines that may say something, by row."""
    lines: dict[int, list[tuple[str, str]]] = {}
    categories = removed["category"].to_pylist()
    wanted = [at for at, category in enumerate(categories) if category in ("byline", "breadcrumb", "caption")]
    some = removed.take(pa.array(wanted, pa.int64()))
    for row, category, text in zip(some["row"].to_pylist(), some["category"].to_pylist(), some["text"].to_pylist(), strict=True):
        lines.setdefault(row, []).append((category, text.strip()))
    return lines


def _text(data: Bytes, first: int, last: int) -> str:
    return html.unescape(html.unescape(data[first:last].tobytes().decode("utf-8", "replace")))


def _clean(value: str | None) -> str | None:
    if value is None:
        return None
    lines = (" ".join(line.split()) for line in value.encode("utf-8", "replace").decode("utf-8").split("\n"))
    return "\n".join(line for line in lines if line)[:10_000] or None


def _merge(told: dict[str, str], more: dict[str, str]) -> None:
    for field, value in more.items():
        if value.strip():
            told.setdefault(field, value)


def _linked_data(raw: bytes) -> dict[str, str]:
    """What JSON-LD says of the article; nothing of what cannot be read, which is much of it on the web."""
    try:
        data = json.loads(raw.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return {}
    things = sorted(_things(data, 0), key=lambda thing: _TYPES.get(_type(thing), 99))
    told: dict[str, str] = {}
    for thing in things:
        if _type(thing) == "BreadcrumbList":
            _merge(told, {"section": " / ".join(_crumbs(thing.get("itemListElement")))})
        elif _type(thing) in _TYPES:
            for field, key in (("title", "headline"), ("date", "datePublished"), ("section", "articleSection"), ("language", "inLanguage")):
                _merge(told, {field: _string(thing.get(key))})
            _merge(told, {"author": _names(thing.get("author")), "site": _names(thing.get("publisher"))})
    return told


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _things(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _type(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    if isinstance(kind, list):
        kind = kind[0] if kind else ""
    return kind if isinstance(kind, str) else ""


def _string(value: Any) -> str:
    if isinstance(value, list):
        return _string(value[0]) if value else ""
    return html.unescape(value) if isinstance(value, str) else ""


def _names(value: Any) -> str:
    if isinstance(value, list):
        return "، ".join(dict.fromkeys(name for name in map(_names, value[:20]) if name))
    name = value.get("name") if isinstance(value, dict) else value
    said = _string(name)
    return "" if "://" in said else said


def _crumbs(value: Any) -> Iterable[str]:
    """The names of the trail but the last, which is the page itself."""
    found = []
    for one in value if isinstance(value, list) else []:
        item = one.get("item") if isinstance(one, dict) else None
        name = _string(one.get("name")) if isinstance(one, dict) else ""
        found.append(name or (_string(item.get("name")) if isinstance(item, dict) else ""))
    return [name for name in found[:-1] if name] or found
