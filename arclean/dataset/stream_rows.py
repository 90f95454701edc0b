"""`stream`: documents cleaned as they are read, as a `datasets.IterableDataset`; nothing is written."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from arclean.dataset.source import Piece, Plan, ReadOptions, blocks, parse, plan
from arclean.loading import load
from arclean.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from datasets import IterableDataset


def stream(
    pipeline: Pipeline | str | PathLike[str],
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002 - as `arclean.run` has it
    format: str = "auto",  # noqa: A002 - as above
    encoding: str = "auto",
) -> IterableDataset:
    """The documents that a pipeline keeps, one after the other, cleaned when they are asked for.

    The pieces of the input are shards of the dataset, so the workers of a `DataLoader` share them. Records that cannot be read are passed
    over; `arclean.run` would put them aside.

    Args:
        pipeline: a pipeline, the name of a preset, or the path of a pipeline's file.
        inputs: files, directories, patterns or URLs.
        text: the column with the text.
        id: the column with the id.
        format: of the inputs, see `arclean.run`.
        encoding: of the inputs, see `arclean.run`.

    Raises:
        UnknownName, PipelineError, SourceError: see `arclean.run`.

    >>> from arclean import sample, stream
    >>> next(iter(stream("pretrain", sample.path())))["words"] > 100
    True
    """
    from datasets import Features, IterableDataset

    pipe = pipeline if isinstance(pipeline, Pipeline) else load(pipeline)
    paths = [fspath(path) for path in ([inputs] if isinstance(inputs, (str, PathLike)) else inputs)]
    planned = plan(paths, ReadOptions(text=text, id=id, format=format, encoding=encoding))
    schema = pipe.apply(pa.RecordBatch.from_pylist([], planned.schema)).batch.schema
    return IterableDataset.from_generator(
        _rows,
        features=Features.from_arrow_schema(schema.remove_metadata()),
        gen_kwargs={"pieces": list(planned.pieces), "planned": planned, "pipe": pipe},
    )


def _rows(pieces: list[Piece], planned: Plan, pipe: Pipeline) -> Iterator[dict[str, Any]]:
    for piece in pieces:
        for block in blocks(piece, planned.options):
            batch = pipe.apply(parse(block, planned).batch).batch
            yield from (row for row in batch.to_pylist() if row["drop"] is None)
