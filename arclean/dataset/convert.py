"""`convert`: a finished dataset in other formats: JSON lines, plain text, a `datasets.DatasetDict` on disk."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset import manifest
from arclean.dataset.files import Sink
from arclean.dataset.place import Place, opened, place_of
from arclean.dataset.shards import Shard
from arclean.errors import OutputError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

FORMATS: Final = ("jsonl", "jsonl.gz", "jsonl.zst", "text", "hf")
"""``hf`` is a `datasets.DatasetDict` as `datasets.load_from_disk` reads it."""
_KINDS: Final = ("data", "rejected")
_BATCH: Final = 4096
_SPLIT: Final = "split"


def convert(out: str | PathLike[str], dest: str | PathLike[str], to: str, *, kind: str = "data") -> list[Path]:
    """Write the documents of a finished dataset in another format.

    JSON lines and text get a file for each Parquet shard, of the same name; equal datasets give equal bytes. Text has the lines of the
    documents that are not blank, and an empty line after each document.

    Args:
        out: the directory of a finished run.
        dest: a directory that is new or empty.
        to: one of `FORMATS`.
        kind: ``data`` or ``rejected``.

    Returns:
        The files; of ``hf`` the directory.

    Raises:
        UnknownName: there is no such format or kind.
        OutputError: there is no finished run, or `dest` holds something, or a column cannot be written as JSON.
    """
    folder, target = place_of(out), Path(dest)
    if to not in FORMATS:
        raise unknown("format", to, FORMATS, "convert")
    if kind not in _KINDS:
        raise unknown("kind of documents", kind, _KINDS, "convert")
    made = manifest.read(folder)
    if made is None:
        raise OutputError(f"{folder}: no {manifest.NAME}; give the directory of a finished run")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OutputError(f"{target} is there already and is not an empty directory; choose another")
    shards = [shard for shard in map(Shard.from_dict, made["outputs"]) if shard.kind == kind]
    if to == "hf":
        return [_dataset_dict([str(folder / shard.path) for shard in shards], target)]
    return [
        _file(folder / shard.path, target / Path(shard.path).with_suffix(f".{'txt' if to == 'text' else to}").name, to) for shard in shards
    ]


def _file(source: Place, target: Path, to: str) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = _text(source) if to == "text" else _json(source)
    sink = Sink(target)
    try:
        with _compressed(sink, to) as file:
            for line in lines:
                file.write(line)
        sink.commit()
    finally:
        sink.discard()
    return target


@contextmanager
def _compressed(sink: Sink, to: str) -> Iterator[Any]:
    if to.endswith(".gz"):
        with gzip.GzipFile(filename="", mode="wb", fileobj=sink, mtime=0) as file:
            yield file
    elif to.endswith(".zst"):
        with pa.CompressedOutputStream(pa.PythonFile(_Open(sink), "w"), "zstd") as file:
            yield file
    else:
        yield sink


def _binary(sink: Sink) -> BinaryIO:
    return sink  # type: ignore[return-value] # as much of a file as gzip asks for


class _Open:
    """A sink as Arrow writes to it: closing it is left to `Sink.commit`."""

    closed = False

    def __init__(self, sink: Sink) -> None:
        self.write, self.flush, self.tell = sink.write, sink.flush, sink.tell

    def close(self) -> None:
        """Nothing: the file is not whole yet."""


def _batches(source: Place, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(opened(source)) as file:
        yield from file.iter_batches(_BATCH, columns=columns)


def _json(source: Place) -> Iterator[bytes]:
    for batch in _batches(source):
        rows = batch.to_pylist()
        try:
            yield "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in rows).encode()
        except TypeError as error:
            raise OutputError(f"{source}: a column cannot be written as JSON: {error}. Leave it out of the run, or keep Parquet") from error


def _plain(value: Any) -> str:
    """Dates and times as ISO 8601, decimals as they are written."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if type(value).__name__ == "Decimal":
        return str(value)
    raise TypeError(f"{type(value).__name__} {str(value)[:40]!r}")


def _text(source: Place) -> Iterator[bytes]:
    for batch in _batches(source, ["text"]):
        for text in batch.column("text").to_pylist():
            lines = [line for line in (text or "").split("\n") if line.strip()]
            if lines:
                yield "".join(f"{line}\n" for line in [*lines, ""]).encode()


def _dataset_dict(files: list[str], target: Path) -> Path:
    """Through Arrow files beside the target, so that memory does not grow; under its name only when it is whole."""
    from datasets import DatasetDict, load_dataset

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        whole = load_dataset("parquet", data_files=files, split="train", cache_dir=f"{scratch}/cache")
        splits = sorted(set(whole.unique(_SPLIT)) - {None}) if _SPLIT in whole.column_names else []
        parts = {
            name: whole.filter(lambda values, wanted=name: [value == wanted for value in values], input_columns=_SPLIT, batched=True)
            for name in splits
        }
        DatasetDict(parts or {"train": whole}).save_to_disk(f"{scratch}/whole")
        if target.exists():
            target.rmdir()
        shutil.move(f"{scratch}/whole", target)
    return target
