"""`plan`: how long a run will take, and what it needs, from a sample of its input and the speed of this machine."""

from __future__ import annotations

import tempfile
import time
from dataclasses import asdict, dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from arclean.dataset.memory import Allowance, allowance
from arclean.dataset.read_columns import evenly
from arclean.dataset.result import bytes_in_words
from arclean.dataset.source import ReadOptions, blocks, parse
from arclean.dataset.source import plan as planned_from
from arclean.dataset.unit import pack
from arclean.errors import PipelineError, SourceError
from arclean.executors import Local
from arclean.stages import is_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.dataset.source import Block, Plan
    from arclean.pipeline import Pipeline

SAMPLE_BYTES: Final = 64 << 20
"""Bytes of input, unpacked, that are measured."""
_PIECES: Final = 16


@dataclass(frozen=True)
class Sampled:
    """What was measured on this machine, one thread, on a sample of the input.

    Attributes:
        input_bytes: of the sample, as it lies on the disk.
        bytes: of it, unpacked.
        documents: in it.
        read, parse, work: seconds of processor time: to read and unpack; to make columns; to clean, settle and write.
        written: bytes that came out.
        scratch: bytes that lay in the output directory at most while it was worked on.
    """

    input_bytes: int
    bytes: int
    documents: int
    read: float
    parse: float
    work: float
    written: int
    scratch: int


@dataclass(frozen=True)
class Forecast:
    """What a run will need.

    Attributes:
        sampled: what it was worked out from.
        input_bytes: of the whole input.
        units: how many units it is read in; no more cores than that can read at once.
        machines, workers: machines, and threads on each.
        documents: about.
        seconds: from start to end, all machines together at work.
        core_seconds: of all cores together.
        memory: bytes on each machine.
        written: bytes of the dataset.
        scratch: bytes in the output directory, at most, while the run is at work.
        bound: what keeps it from being faster: ``cores``, ``units`` (read one after the other), or ``input`` (one file that must be
            unpacked from front to back).
    """

    sampled: Sampled
    input_bytes: int
    units: int
    machines: int
    workers: int
    documents: int
    seconds: float
    core_seconds: float
    memory: int
    written: int
    scratch: int
    bound: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def summary(self) -> str:
        """The forecast, for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        one = self.sampled
        speed = one.bytes / 1e6
        yield f"input       {bytes_in_words(self.input_bytes)} in {self.units:,} units, about {self.documents:,} documents"
        rates = ", ".join(f"{name} {speed / max(spent, 1e-9):.0f} MB/s" for name, spent in self._costs())
        yield f"measured    {bytes_in_words(one.bytes)} of it, one thread: {rates}"
        where = f"{self.machines:,} machine{'s' * (self.machines > 1)} with {self.workers} thread{'s' * (self.workers > 1)}"
        yield f"time        {_time(self.seconds)} on {where} ({_time(self.core_seconds)} of one core)"
        yield f"memory      {bytes_in_words(self.memory)} on each machine"
        yield f"disk        {bytes_in_words(self.written)} for the dataset, {bytes_in_words(self.scratch)} at most while it is made"
        yield f"bound by    {self.bound}{_ADVICE[self.bound]}"

    def _costs(self) -> tuple[tuple[str, float], ...]:
        one = self.sampled
        return ("read", one.read), ("columns", one.parse), ("clean and write", one.work)


_ADVICE: Final = {
    "cores": "",
    "units": ": fewer units than cores; smaller input files would use more of them",
    "input": ": one file must be unpacked from front to back; more, smaller files would be faster",
}


def plan(
    pipeline: Pipeline | str | PathLike[str],
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    machines: int = 1,
    workers: int | None = None,
    text: str = "text",
    id: str = "id",  # noqa: A002 - as `arclean.run` has it
    format: str = "auto",  # noqa: A002 - as above
    sample_bytes: int = SAMPLE_BYTES,
    memory: int | None = None,
) -> Forecast:
    """Say how long a run will take and what it needs, before it is begun.

    A sample from all over the input is taken through the pipeline, stages and all, in one thread and in a temporary directory; its costs
    are carried to the whole input. Stages are taken to grow with the input, which they do but for the sorting within partitions.

    Args:
        pipeline: a pipeline, the name of a preset, or the path of a pipeline's file.
        inputs: files, directories, patterns or URLs.
        machines: like this one, that share the work.
        workers: threads on each; all cores of this process if None.
        text: the column with the text.
        id: the column with the id.
        format: of the inputs, see `arclean.run`.
        sample_bytes: bytes of input, unpacked, that are measured.
        memory: bytes that the run may take on each machine, as `arclean.run` has it; None is any.

    Raises:
        PipelineError: fewer machines, workers or bytes than one; the memory is too little.
        UnknownName, SourceError: see `arclean.run`.
    """
    if machines < 1 or sample_bytes < 1:
        raise PipelineError(f"machines={machines}, sample_bytes={sample_bytes}: at least 1 is needed of each")
    workers = Local(workers).workers
    from arclean.dataset.run import loaded

    pipe = loaded(pipeline)
    paths = [fspath(path) for path in ([inputs] if isinstance(inputs, (str, PathLike)) else inputs)]
    planned = planned_from(paths, ReadOptions(text=text, id=id, format=format))
    measured = _measured(pipe, planned, sample_bytes)
    return _carried(measured, planned, machines, workers, allowance(pipe, workers, planned.options.block_bytes, memory))


def _carried(one: Sampled, planned: Plan, machines: int, workers: int, allowed: Allowance) -> Forecast:
    """The costs of the sample, carried to the whole."""
    whole = sum(piece.size for piece in planned.pieces)
    times = whole / one.input_bytes
    units, cores = len(pack(planned.pieces, planned.options.piece_bytes)), machines * min(workers, allowed.blocks)
    longest = max((piece.size for piece in planned.pieces), default=0) / one.input_bytes
    bounds = {
        "cores": times * (one.read + one.parse + one.work) / cores,
        "units": times * (one.read + one.parse + one.work) / min(units * workers, cores),
        "input": longest * one.read,
    }
    bound = max(bounds, key=lambda name: (round(bounds[name], 3), name == "cores"))
    return Forecast(
        one,
        whole,
        units,
        machines,
        workers,
        int(times * one.documents),
        bounds[bound],
        times * (one.read + one.parse + one.work),
        allowed.memory,
        int(times * one.written),
        int(times * one.scratch),
        bound,
    )


def _measured(pipe: Pipeline, planned: Plan, most: int) -> Sampled:
    list(_Taken(planned, 1))  # a first block of each piece compiles and loads what reads them
    taken = _Taken(planned, most)
    batches = list(taken)
    if not taken.documents:
        raise SourceError("there is nothing to measure: the input has no record that can be read")
    with tempfile.TemporaryDirectory() as scratch:
        sample = Path(scratch) / "sample.parquet"
        pq.write_table(pa.Table.from_batches(batches), sample, compression="none", row_group_size=1 << 13)
        _run(pipe, sample, Path(scratch) / "warm")  # compiles or loads every pass that the sample needs, which a run does once
        work, peak = _run(pipe, sample, Path(scratch) / "out")
        written = _bytes_in(Path(scratch) / "out")
    return Sampled(taken.input_bytes, taken.bytes, taken.documents, taken.read, taken.parse, work, written, max(peak, written))


class _Taken:
    """Blocks from all over the input as batches, with what it cost to get them."""

    def __init__(self, planned: Plan, most: int) -> None:
        self._planned, self._most = planned, most
        self.input_bytes = self.bytes = self.documents = 0
        self.read = self.parse = 0.0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        pieces = evenly(self._planned.pieces, _PIECES)
        share = max(1, self._most // max(len(pieces), 1))
        for piece in pieces:
            before = self.bytes
            source = blocks(piece, self._planned.options)
            while self.bytes - before < share and (block := self._next(source)) is not None:
                began = time.process_time()
                batch = parse(block, self._planned).batch
                self.parse += time.process_time() - began
                self.documents += batch.num_rows
                yield batch

    def _next(self, source: Iterator[Block]) -> Block | None:
        began = time.process_time()
        block = next(source, None)
        self.read += time.process_time() - began
        if block is not None:
            self.input_bytes += block.size
            self.bytes += len(block.data)
        return block


def _run(pipe: Pipeline, source: Path, out: Path) -> tuple[float, int]:
    """Processor time of a run over a file, and the most bytes that lay in its directory."""
    from arclean.dataset.run import run

    watch = _Watch(out)
    began = time.process_time()
    run(pipe, source, out, workers=1, progress=watch if any(map(is_stage, pipe.parts)) else None)
    return time.process_time() - began, watch.most


class _Watch:
    """A progress that looks how much lies in a directory."""

    def __init__(self, out: Path) -> None:
        self.most, self._out = 0, out

    def start(self, total: int, done: int) -> None:  # noqa: ARG002 - see `Progress`
        """See `arclean.dataset.progress.Progress`."""
        self.most = max(self.most, _bytes_in(self._out))

    def add(self, size: int, tally: object) -> None:
        """See `arclean.dataset.progress.Progress`."""

    def close(self) -> None:
        """See `arclean.dataset.progress.Progress`."""
        self.most = max(self.most, _bytes_in(self._out))


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _time(seconds: float) -> str:
    """A time, short.

    >>> _time(45), _time(7260), _time(3 * 86400)
    ('45 s', '2.02 h', '3 days')
    """
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
