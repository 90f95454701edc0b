"""Duplicates out of files, without any cleaning: the stage as a run of its own."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from arclean.duplicates.stage import Duplicates
from arclean.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from arclean.dataset.result import RunResult


def dedup(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    **options: Any,
) -> RunResult:
    """Files in, a dataset out in which every document is kept once; the others are in ``rejected/``, each with its reason and cluster.

    It is `arclean.run` with a pipeline that holds `arclean.Duplicates` alone: resumable, verifiable, the same for any number of workers.

    Args:
        inputs: files, directories or patterns.
        out: the output directory.
        options: of `arclean.Duplicates` (``threshold``, ``keep``, ``url``, ``against``, ``signatures`` ...) and of `arclean.run`
            (``workers``, ``text``, ``id`` ...).

    Raises:
        UnknownName: an option of neither.
        PipelineError, SourceError, OutputError: as `arclean.run` and `arclean.Duplicates`.
    """
    from arclean.dataset.run import run
    from arclean.pipeline import Pipeline

    own = {field.name for field in fields(Duplicates)}
    others = {*(run.__kwdefaults__ or {})}
    for name in options:
        if name not in own | others:
            raise unknown("option of dedup", name, own | others)
    stage = Duplicates(**{name: _tuple(value) for name, value in options.items() if name in own})
    rest = {name: value for name, value in options.items() if name not in own}
    return run(Pipeline((stage,), "dedup"), inputs, out, **rest)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
