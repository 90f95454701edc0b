"""A run: a pipeline over inputs, into a directory that `datasets.load_dataset` opens."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from arclean import pool
from arclean.compiled import seconds_compiling
from arclean.dataset import card, manifest
from arclean.dataset.chosen import executor_of
from arclean.dataset.files import dump
from arclean.dataset.pages import refuse_bare_pages, with_html
from arclean.dataset.phases import (
    MarkUnit,
    Stretch,
    documents_schema,
    exchange_of,
    kept_signatures,
    merged,
    phases,
    settle,
    spool_of,
    stretches,
)
from arclean.dataset.place import Place, Remote, clear, drop_scratch, place_of
from arclean.dataset.progress import Progress, Silent, progress_for
from arclean.dataset.result import RunResult
from arclean.dataset.runlog import Log
from arclean.dataset.shards import empty_shard
from arclean.dataset.source import ReadOptions, plan
from arclean.dataset.staging import FOLDER, Staging, at_work, final_names, finished
from arclean.dataset.unit import CleanUnit, Done, Unit, pack, unit_name, unpacked
from arclean.dataset.write import schemas
from arclean.errors import OutputError, PipelineError
from arclean.executors import Executor, Local, demand_executor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from arclean.dataset.exchange import Exchange
    from arclean.dataset.source import Plan
    from arclean.pipeline import Pipeline
    from arclean.stages import Phase

SHARD_BYTES: Final = 256 << 20
"""Bytes of rows, before compression, after which a shard ends."""


def run(
    pipeline: Pipeline | str | PathLike[str],
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    workers: int | None = None,
    shard_bytes: int = SHARD_BYTES,
    text: str = "text",
    id: str = "id",  # noqa: A002 - the name of the column, and of the option of the command
    format: str = "auto",  # noqa: A002 - as above
    limit: int | None = None,
    rename: Iterable[tuple[str, str]] = (),
    html: str | None = None,
    encoding: str = "auto",
    removed: bool = True,
    progress: bool | Progress | None = None,
    log: str | PathLike[str] | None = None,
    report: bool = False,
    scratch: str | PathLike[str] | None = None,
    executor: Executor | str | None = None,
    address: str | None = None,
    memory: int | None = None,
) -> RunResult:
    """Clean inputs into a dataset.

    The output depends on the inputs and the pipeline alone: not on the workers, nor on how often the run was killed and started again.
    The same call goes on with a run that was stopped, and only reports one that is finished.

    Args:
        pipeline: a pipeline, the name of a preset, or the path of a pipeline's file.
        inputs: files, directories or patterns.
        out: the output directory: new, empty, or an unfinished run of this very plan. A path, or the address of a store that fsspec
            opens, such as ``s3://bucket/folder``.
        workers: threads; all cores of this process if None. With 1 everything is done in one thread.
        shard_bytes: bytes of rows, before compression, after which a shard ends.
        text: the input's column with the text.
        id: the input's column with the id.
        format: of the inputs, ``auto`` to tell by name and content.
        limit: records read at most, the first ones; None for all.
        rename: pairs (column of the input, its name in the dataset).
        html: the input's column with pages as HTML, instead of one with texts; the pipeline gets the step ``html`` in front if it has none.
        encoding: of text, CSV and JSONL: ``auto`` to tell each file by its bytes, or a name such as ``utf-8``, ``cp1256``, ``utf-16``.
        removed: whether the lines that were cut are written to ``removed/``.
        progress: True for a bar on a terminal and plain lines elsewhere; None for nothing.
        log: a file outside of the dataset for how far the run is at what time, for `arclean.report`.
        report: whether ``report.html`` is written at the end, see `arclean.report`.
        scratch: for a store, the local folder in which shards wait until they are uploaded, and in which stages exchange what they know;
            in the system's folder for temporary files if None.
        executor: who does the work: ``local`` (``workers`` threads), ``processes``, ``ray``, or an executor of your own. None is threads,
            and processes for the blocks of a pipeline with a part that holds the GIL, see `arclean.steps.holds_gil`.
        address: of the Ray cluster; None starts one on this machine.
        memory: bytes that the run may take, about: fewer blocks and units are in flight, and the same comes out. Of a Ray cluster, what a
            unit asks for.

    Raises:
        UnknownName: a preset, format, encoding or column that does not exist.
        PipelineError: the pipeline, or an option, is wrong; the memory is too little.
        SourceError: an input that cannot be opened at all.
        OutputError: the output directory holds something else or is in use, or the disk is full.
        KeyboardInterrupt: Ctrl-C, with the number of units that need not be done again.
    """
    began, compiled_before = time.monotonic(), seconds_compiling()
    _check_options(shard_bytes, limit)
    demand_executor(executor, workers)
    pipe = loaded(pipeline)
    if html is not None:
        pipe, text = with_html(pipe), _only(html, text)
    paths = [fspath(path) for path in ([inputs] if isinstance(inputs, (str, PathLike)) else inputs)]
    folder = place_of(out, scratch)
    _refuse_own_input(paths, folder)
    planned = plan(paths, ReadOptions(text=text, id=id, format=format, rename=tuple(rename), encoding=encoding))
    refuse_bare_pages(pipe, planned)
    documents = documents_schema(pipe, planned.schema)
    chosen = executor_of(pipe, planned, executor, workers, address, memory)
    _refuse_apart(chosen, pipe, folder, scratch)
    head = manifest.head(planned, pipe, documents, shard_bytes=shard_bytes, removed=removed, limit=limit)
    there = finished(folder, head)
    if there:
        clear(folder / FOLDER)  # if it was killed just before its end
        if isinstance(folder, Remote):
            drop_scratch(Path(folder.scratch))
    else:
        told = progress_for(progress)
        with pool.shared(chosen.workers if isinstance(chosen, Local) else 1):
            _do(chosen, planned, pipe, documents, head, folder, told if log is None else Log(log, told))
    if report:
        from arclean.reports.make import report as write_page

        write_page(folder, inputs=paths, log=None if there else log)
    made = there or manifest.read(folder) or {}
    result = RunResult.of_manifest(folder, made, time.monotonic() - began, already_done=there is not None)
    return replace(result, compiling=seconds_compiling() - compiled_before)


def _check_options(shard_bytes: int, limit: int | None) -> None:
    if shard_bytes < 1:
        raise PipelineError(f"shard_bytes={shard_bytes}: a shard holds at least 1 byte; leave it out for {SHARD_BYTES}")
    if limit is not None and limit < 1:
        raise PipelineError(f"limit={limit}: at least 1 record; leave it out to read all")


def _only(html: str, text: str) -> str:
    if text not in ("text", html):
        raise PipelineError(f"text={text!r} and html={html!r}: a document is one of them; leave one out")
    return html


def _refuse_own_input(inputs: Iterable[str], out: Place) -> None:
    """An output directory within an input would be read by the next run."""
    for name in inputs:
        if isinstance(out, Remote):
            within = f"{out}/".startswith(f"{name.rstrip('/')}/")
        else:
            folder = Path(name)
            within = folder.is_dir() and folder.resolve() in (out.resolve(), *out.resolve().parents)
        if within:
            raise OutputError(f"{out} lies within the input {name}; choose a directory outside of it")


def _refuse_apart(executor: Executor, pipe: Pipeline, out: Place, scratch: str | PathLike[str] | None) -> None:
    """What stages exchange lies in the scratch folder, which all machines must see."""
    if executor.remote and isinstance(out, Remote) and scratch is None and len(phases(pipe)) > 1:
        raise OutputError(f"{out}: stages on several machines exchange tables; name a folder that all of them see as scratch")


def loaded(pipeline: Pipeline | str | PathLike[str]) -> Pipeline:
    """The pipeline that is meant: itself, or a preset by name, or a file."""
    if not isinstance(pipeline, (str, PathLike)):
        return pipeline
    from arclean.loading import load

    return load(pipeline)


def _do(
    executor: Executor, plan: Plan, pipe: Pipeline, documents: pa.Schema, head: Mapping[str, Any], out: Place, progress: Progress
) -> None:
    """Do the units that are not whole, phase by phase, then finish the dataset."""
    kinds = schemas(documents, {"arclean": head["arclean"], "pipeline": pipe.fingerprint})
    units = pack(plan.pieces, plan.options.piece_bytes)
    with at_work(out, head) as staging, closing(progress):
        progress.start(_size(units), _size(unit for unit in units if unit_name(0, unit.index) in staging.done))
        try:
            done = list(_phases(executor, plan, phases(pipe), kinds, head["options"], units, staging, progress))
        except KeyboardInterrupt:
            whole = f"{len(staging.whole_units())} of {len(units)} units are done"
            raise KeyboardInterrupt(f"stopped; give the same command again to go on: {whole}") from None
        _finish(staging, done, head, kinds)


def _phases(
    executor: Executor,
    plan: Plan,
    pipes: Sequence[Phase],
    kinds: Mapping[str, pa.Schema],
    options: Mapping[str, Any],
    units: list[Unit],
    staging: Staging,
    progress: Progress,
) -> Iterator[Done]:
    """What all units of all phases left, in order."""
    size = unpacked(units)
    spools = [spool_of(staging, phase, number, size) for number, phase in enumerate(pipes[1:], 1)]
    heard = Silent() if executor.remote else progress
    recorder = Staging(staging.out, {})
    written = (staging.files, kinds, options["shard_bytes"], options["removed"], heard.add, recorder.record)
    task = CleanUnit(plan, pipes[0], *written, spool=spools[0] if spools else None)
    done = sorted(_all(executor, task, units, staging, options["limit"], progress), key=lambda result: result.index)
    yield from done
    for number, (spool, phase) in enumerate(zip(spools, pipes[1:], strict=True), 1):
        exchange = exchange_of(spool, done)
        settle(executor, phase, exchange)
        mark = MarkUnit(phase, number, exchange, *written, spool=spools[number] if number < len(spools) else None)
        later = stretches(exchange.parts, options["shard_bytes"])
        waiting = [unit for unit in later if unit_name(number, unit.index) not in staging.done]
        known = [unit for unit in staging.done.values() if unit.phase == number]
        progress.close()
        progress.start(_parts_size(exchange, later), _parts_size(exchange, later) - _parts_size(exchange, waiting))
        done = sorted([*known, *_told(executor, mark, waiting, partial(_parts_size, exchange), progress)], key=lambda result: result.index)
        yield from done
        if kept := kept_signatures(spool, exchange, number):
            yield kept


def _parts_size(exchange: Exchange, stretches: Iterable[Stretch]) -> int:
    return sum(exchange.parts[part].size for stretch in stretches for part in stretch.parts)


def _size(units: Iterable[Unit]) -> int:
    return sum(piece.size for unit in units for piece in unit.pieces)


def _told(executor: Executor, task: Any, units: Sequence[Any], size: Callable[[Iterable[Any]], int], progress: Progress) -> Iterator[Done]:
    """The results of units; where nothing is heard of a unit before it is done, the progress is told then."""
    for unit, done in zip(units, executor.map(task, units), strict=True):
        if executor.remote:
            progress.add(size([unit]), done.tally)
        yield done


def _all(executor: Executor, task: CleanUnit, units: list[Unit], staging: Staging, limit: int | None, progress: Progress) -> Iterator[Done]:
    """The results of all units: those of an earlier run, and those that are done now."""
    if limit is None:
        yield from (unit for unit in staging.done.values() if unit.phase == 0)
        waiting = [unit for unit in units if unit_name(0, unit.index) not in staging.done]
        yield from _told(executor, task, waiting, _size, progress)
        return
    for unit in units:  # one after the other: what is left of the limit is known only then
        if limit > 0:
            known = staging.done.get(unit_name(0, unit.index))
            (done,) = [known] if known else _told(executor, task, [replace(unit, limit=limit)], _size, progress)
            limit -= done.tally.read
            yield done


def _finish(staging: Staging, done: Sequence[Done], head: Mapping[str, Any], kinds: Mapping[str, pa.Schema]) -> None:
    """Name the shards, write card and manifest. Kept and rejected have a shard each, if an empty one: it has the schema."""
    shards = [shard for unit in done for shard in unit.shards]
    for kind in ("data", "rejected"):
        if not any(shard.kind == kind for shard in shards):
            shards.append(empty_shard(staging.files, kind, kinds[kind]))
    tally = merged(done, max((unit.phase for unit in done), default=0))
    named = final_names(shards)
    made = manifest.complete(head, sorted(named, key=lambda shard: shard.path), tally)
    staging.settle(shards, {card.NAME: card.card(head, named, tally), manifest.NAME: dump(made)})
