"""Stages: parts of a pipeline that need the whole corpus before they can say anything about one document.

A stage signs every batch, in parallel; settles the signatures once; then marks every batch with what was settled. Fit and apply are
never one pass. A pipeline with stages is run in phases: the parts before the first stage and its signing, the settling, the marking and
the parts behind it, and so on. What has to be known across files lies in between as Parquet, see `arclean.dataset.exchange`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, runtime_checkable

import pyarrow as pa

from arclean.errors import PipelineError
from arclean.steps import has_method

if TYPE_CHECKING:
    from arclean.apply import Outcome
    from arclean.dataset.exchange import Exchange, Part


@dataclass(frozen=True)
class Table:
    """One kind of signature.

    Attributes:
        schema: its columns. One called ``row`` (uint32) is the number of a document: in the batch when it is signed, in its part of the
            corpus when it is settled.
        key: the uint64 column by which it is hash-partitioned; without one its rows stay in the order of the documents.
    """

    schema: pa.Schema
    key: str = ""


@dataclass(frozen=True)
class Marked:
    """What a stage made of a batch.

    Attributes:
        batch: same rows, same order; more columns, a reason in ``drop``, or a text rewritten.
        hits: name to how often it acted.
        removed: lines cut, of `arclean.steps.REMOVED_SCHEMA`; None from a stage that does not look at lines.
    """

    batch: pa.RecordBatch
    hits: Mapping[str, int] = field(default_factory=dict)
    removed: pa.RecordBatch | None = None


@dataclass(frozen=True)
class Desk:
    """Where a stage settles: its signatures, and whoever works on them.

    Attributes:
        exchange: the files, plain data that travels.
        do: runs the task on each of these numbers, in any process and order; those whose file is whole already are left out.
    """

    exchange: Exchange
    do: Callable[[Task, Sequence[int]], None]


class Task(Protocol):
    """A piece of the settling: a frozen dataclass that travels. It writes one file, whole, and says nothing else."""

    @property
    def step(self) -> str:
        """The name of the files that it writes, see `Exchange.path`."""
        ...

    def __call__(self, number: int) -> None:
        """Write ``exchange.path(step, number)``. The same files that it reads make the same bytes."""
        ...


@runtime_checkable
class Stage(Protocol):
    """A part that needs the whole corpus: a frozen dataclass, known to `arclean.registry` by the name of its kind."""

    def tables(self) -> Mapping[str, Table]:
        """The signatures that `sign` gives, by name."""
        ...

    def sign(self, batch: pa.RecordBatch) -> Mapping[str, pa.RecordBatch]:
        """The signatures of a batch, one table for each name of `tables`. Pure, and in any thread."""
        ...

    def settle(self, desk: Desk) -> None:
        """Settle all signatures; the last step writes the table ``marks``, see `Exchange.marks`."""
        ...

    def mark(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None) -> Marked:
        """A batch with what was settled about its rows: marks by the column ``row``, in order. None asks for the columns alone."""
        ...


@runtime_checkable
class Growing(Stage, Protocol):
    """A stage that holds a corpus against datasets made before, and lets later ones be held against it."""

    def older(self) -> tuple[Part, ...]:
        """The parts of the datasets made before; their documents come first."""
        ...

    def kept(self) -> tuple[str, ...]:
        """The tables that the output keeps, under ``signatures/``; none if nothing is to be held against it."""
        ...


def is_stage(part: Any) -> TypeGuard[Stage]:
    """Whether a part is a `Stage`; as `arclean.steps.is_cleaner`."""
    return all(has_method(type(part), method) for method in ("tables", "sign", "settle", "mark"))


@dataclass(frozen=True)
class Phase:
    """The parts that one phase of a run applies; a stage may be the first of them.

    Attributes:
        parts: in order.
        name: of the pipeline.
    """

    parts: tuple[Any, ...]
    name: str

    def __reduce__(self) -> Any:
        """As plain data, as `arclean.pipeline.Pipeline` does."""
        from arclean.travel import packed

        return _arrived, (packed(self.parts), self.name)

    def apply(self, batch: pa.RecordBatch, marks: pa.RecordBatch | None = None) -> Outcome:
        """A batch through the parts, with the account; ``marks`` are those of the stage."""
        from arclean.apply import apply

        return apply(self.parts, batch, marks)


def _arrived(sent: Any, name: str) -> Phase:
    from arclean.travel import unpacked

    return Phase(unpacked(*sent), name)


def segments(parts: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The parts of a pipeline by phases: those before the first stage, then each stage with the parts behind it.

    >>> segments(["cleaner", "filter"])
    [('cleaner', 'filter')]
    """
    found: list[list[Any]] = [[]]
    for part in parts:
        if isinstance(part, Stage):
            found.append([])
        found[-1].append(part)
    return [tuple(segment) for segment in found]


def refuse_stages(parts: Sequence[Any]) -> None:
    """Raise if one of the parts needs the whole corpus.

    Raises:
        PipelineError: names it, and how it is run.
    """
    for part in parts:
        if isinstance(part, Stage):
            raise PipelineError(
                f"{type(part).__name__} needs the whole corpus and cannot be asked about a batch alone: use `arclean.run`, "
                "or leave it out here with `pipe.without_stages()`"
            )
