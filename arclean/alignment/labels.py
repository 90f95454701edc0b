"""Records with labelled spans, cleaned together with their labels: what `arclean align` does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from arclean.errors import AlignmentError

if TYPE_CHECKING:
    from arclean.alignment.alignment import Alignments
    from arclean.pipeline import Pipeline

_ROWS: Final = 1024
Record = dict[str, Any]


def carry(pipe: Pipeline, records: Iterable[Record], text: str = "text", labels: str = "labels") -> Iterator[Record]:
    """The records with their text cleaned and their labels where they belong now; other fields stay.

    Args:
        pipe: what cleans the texts.
        records: each with a text and perhaps labels.
        text: the field with the text.
        labels: the field with a list of labels: objects with ``start`` and ``end``, or lists that begin with the two, in code points. A
            label of which nothing is left has ``start == end``.

    Yields:
        One for each, with the field ``replaced``: lists of start, end, new start and new end.

    Raises:
        AlignmentError: a record has no text, or a label that is none or lies outside of it; the message says which.

    >>> import arclean
    >>> rows = [{"text": "زار  أحمـــد دمشق", "labels": [[5, 12, "PER"]]}]
    >>> next(carry(arclean.load("light"), rows))["labels"]
    [[4, 8, 'PER']]
    """
    batch: list[Record] = []
    number = 0
    for record in records:
        batch.append(record)
        if len(batch) == _ROWS:
            yield from _carried(pipe, batch, text, labels, number)
            number += len(batch)
            batch = []
    if batch:
        yield from _carried(pipe, batch, text, labels, number)


def parsed(lines: Iterable[bytes], where: str) -> Iterator[Record]:
    """The records of JSON lines; blank lines are passed over.

    Raises:
        AlignmentError: a line is no JSON object in UTF-8; the message says which.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise AlignmentError(f"{where}, line {number}: not JSON in UTF-8 ({error})") from error
        if not isinstance(record, dict):
            raise AlignmentError(f"{where}, line {number}: a record is a JSON object, this is {type(record).__name__}")
        yield record


def _carried(pipe: Pipeline, batch: list[Record], text: str, labels: str, number: int) -> Iterator[Record]:
    for i, record in enumerate(batch, number + 1):
        if not isinstance(record.get(text), str):
            raise AlignmentError(f"record {i} has no text in {text!r}; name the field with --text. It has: {', '.join(record)}")
    found = pipe.align_many(pa.array([record[text] for record in batch], pa.string()))
    spans = [[_span(label, i) for label in record.get(labels) or []] for i, record in enumerate(batch, number + 1)]
    moved = _moved(found, spans, number)
    after, replaced = found.after.to_pylist(), found.replaced().to_pylist()
    for i, record in enumerate(batch):
        made = {**record, text: after[i], "replaced": [[one[key] for key in _PLACES] for one in replaced[i]]}
        if record.get(labels):
            made[labels] = [_at(label, *span) for label, span in zip(record[labels], moved[i], strict=True)]
        yield made


_PLACES: Final = ("start", "end", "new_start", "new_end")


def _moved(found: Alignments, spans: list[list[tuple[int, int]]], number: int) -> list[list[tuple[int, int]]]:
    starts, ends = ([[span[side] for span in row] for row in spans] for side in (0, 1))
    try:
        moved = found.to_output(starts, ends).to_pydict()
    except AlignmentError as error:
        raise AlignmentError(f"records from {number + 1}: {error}") from error
    return [list(zip(*row, strict=True)) for row in zip(moved["start"], moved["end"], strict=True)]


def _span(label: Any, number: int) -> tuple[int, int]:
    try:
        start, end = (label["start"], label["end"]) if isinstance(label, dict) else label[:2]
    except (TypeError, KeyError, ValueError) as error:
        raise AlignmentError(
            f"record {number}: {label!r} is no label; it has `start` and `end`, or is a list that begins with them"
        ) from error
    if not isinstance(start, int) or not isinstance(end, int):
        raise AlignmentError(f"record {number}: the label {label!r} has places that are no whole numbers")
    return start, end


def _at(label: Any, start: int, end: int) -> Any:
    return {**label, "start": start, "end": end} if isinstance(label, dict) else [start, end, *label[2:]]
