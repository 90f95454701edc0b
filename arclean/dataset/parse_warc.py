"""WARC and WET: the pages of a crawl, with where they come from, when they were fetched, and what language they are said to be in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from arclean.dataset.decode_page import decode_page
from arclean.dataset.parse_html import UNKNOWN_ENCODING
from arclean.dataset.parse_model import Parsed, assemble
from arclean.dataset.quarantine import Quarantine
from arclean.dataset.warc_records import extents

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block
    from arclean.dataset.read_model import Plan

FIELDS: Final = ("url", "fetched", "language")
"""The columns beside id and text: the address, the time of the crawl (ISO 8601), the language that the crawl or the server declares."""

_PAGES: Final = ("text/html", "application/xhtml+xml")
_DOCUMENTS: Final = (*_PAGES, "text/plain", "")
_SHOWN: Final = 1 << 16

Row = tuple[int, str | None, bytes, str | None, str | None, str | None]


def parse_warc(block: Block, plan: Plan) -> Parsed:
    """A block of records. Pages of responses and resources, and texts of conversions, are documents; what else a crawl keeps is none.

    Damaged records, and pages of no telling which encoding, are quarantined with the byte at which they begin.
    """
    quarantine = Quarantine(block.piece.source)
    rows: list[Row] = []
    told = False
    for start, end, fault in extents(block.data):
        raw = block.data[start:end]
        place = block.offset + start
        if fault:
            told = end == len(block.data)
            cut = block.fault if block.fault and told else fault
            quarantine.add(place, f"byte {place}", cut, raw[:_SHOWN])
            continue
        try:
            row = _document(raw, place)
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            quarantine.add(place, f"byte {place}", f"bad WARC: {error or type(error).__name__}", raw[:_SHOWN])
            continue
        if isinstance(row, str):
            quarantine.add(place, f"byte {place}", row, raw[:_SHOWN])
        elif row is not None:
            rows.append(row)
    if block.fault and not told:
        place = block.offset + len(block.data)
        quarantine.add(place + 1, f"byte {place}", block.fault, b"", rows=0)
    return Parsed(_assembled(plan, block.piece.source, rows), quarantine.batch(), block.size)


def _assembled(plan: Plan, source: str, rows: list[Row]) -> pa.RecordBatch:
    places, ids, texts, urls, dates, languages = zip(*rows, strict=True) if rows else ((),) * 6
    columns = {
        "id": pa.array(ids, pa.string()),
        "text": pa.array(texts, pa.binary()).cast(pa.string()),
        "url": pa.array(urls, pa.string()),
        "fetched": pa.array(dates, pa.string()),
        "language": pa.array(languages, pa.string()),
    }
    return assemble(plan, source, np.array(places, np.int64), columns)


def _document(raw: bytes, place: int) -> Row | str | None:
    """The document of a record, None if it is none, or what is wrong with it."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(io.BytesIO(raw), record_types=kinds, parse_http=True, auto_decode="all"):
        kind, charset = _content(record)
        if kind not in _DOCUMENTS or not _succeeded(record):
            return None
        data = record.reader.read()
        if not data.strip() or (kind == "" and record.record_type != WarcRecordType.conversion and b"<" not in data[:1024]):
            return None
        text = decode_page(data, charset)
        if text is None:
            return UNKNOWN_ENCODING
        return place, _id_of(record), text, _header(record, "WARC-Target-URI"), _header(record, "WARC-Date"), _language(record)
    return None


def _content(record: Any) -> tuple[str, str | None]:
    """What a record holds, in small letters, and the charset that the header names."""
    if record.is_http and record.http_headers is not None:
        return (record.http_content_type or "").lower(), record.http_charset
    kind, _, rest = (_header(record, "Content-Type") or "").lower().partition(";")
    return kind.strip(), rest.partition("charset=")[2].strip(" \"'") or None


def _succeeded(record: Any) -> bool:
    if not record.is_http or record.http_headers is None:
        return True
    status = record.http_headers.status_code
    return status is None or 200 <= status < 300


def _header(record: Any, name: str) -> str | None:
    value = record.headers.get(name)
    return value.strip().strip("<>").encode("utf-8", "replace").decode() or None if value else None


def _id_of(record: Any) -> str | None:
    name = _header(record, "WARC-Record-ID")
    return name.removeprefix("urn:uuid:") if name else None


def _language(record: Any) -> str | None:
    """As the crawl found it, else as the server says."""
    told = _header(record, "WARC-Identified-Content-Language")
    if told is None and record.is_http and record.http_headers is not None:
        told = record.http_headers.get("Content-Language")
    return told.split(",")[0].strip() or None if told else None
