"""The hidden folder of an unfinished run, ``OUT/.arclean``: what is whole waits in it until everything is.

::

    .arclean/lock           held by the run that is at work
    .arclean/plan.json      the head of the manifest: what is being made
    .arclean/files/         shards
    .arclean/units/         one page for each unit whose shards are whole
    .arclean/stage-1/       what the first stage of the pipeline exchanges, see `arclean.dataset.exchange`

A run that is killed leaves this folder. The same command picks the whole units up and does the rest.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import filelock

from arclean.dataset import manifest
from arclean.dataset.files import dump, sync_folder, write_whole
from arclean.dataset.spool import documents_path
from arclean.dataset.unit import Done
from arclean.dataset.write import KINDS, SPLITS
from arclean.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from arclean.dataset.shards import Shard

FOLDER: Final = ".arclean"
"""Name of the hidden folder."""

_SHOWN: Final = 5
"""Differences or strange files that a message names."""


@dataclass(frozen=True)
class Staging:
    """An output directory at work.

    Attributes:
        out: the output directory.
        done: the units that were whole before this run, by name.
    """

    out: Path
    done: Mapping[str, Done]

    @property
    def files(self) -> Path:
        """Where shards wait."""
        return self.out / FOLDER / "files"

    def stage(self, number: int) -> Path:
        """Where a stage exchanges its tables."""
        return self.out / FOLDER / f"stage-{number}"

    def whole_units(self) -> list[Path]:
        """The pages of the units that are whole by now."""
        return sorted(_units(self.out).glob("*.json"))

    def record(self, done: Done) -> None:
        """Write down that a unit is whole."""
        write_whole(_units(self.out) / f"{done.name}.json", dump(done.to_dict()))

    def settle(self, shards: Sequence[Shard], contents: Mapping[str, str]) -> list[Shard]:
        """Give every shard its final name, then write the other files, in their order, then remove the hidden folder.

        May be called again after it was killed anywhere in the middle.

        Returns:
            The shards under their final names.
        """
        named = final_names(shards)
        for waiting, final in zip(shards, named, strict=True):
            if (self.files / waiting.path).exists():
                (self.out / final.path).parent.mkdir(parents=True, exist_ok=True)
                (self.files / waiting.path).replace(self.out / final.path)
        for folder in {(self.out / shard.path).parent for shard in named}:
            sync_folder(folder)
        for name, content in contents.items():
            write_whole(self.out / name, content)
        shutil.rmtree(self.out / FOLDER)
        return named


def _beginning(shard: Shard) -> str:
    """What the final name of a shard begins with: its folder, and its split if it has one."""
    split = next((name for name in SPLITS if f"-{name}-data-" in shard.path), "")
    return f"{shard.kind}/{split or KINDS.get(shard.kind, '')}"


def final_names(shards: Sequence[Shard]) -> list[Shard]:
    """The shards with the names they have in a finished dataset, numbered by kind in their order; kept signatures keep their names.

    >>> from arclean.dataset.shards import Shard
    >>> final_names([Shard("data", "000007-data-0000.parquet", 1, "", 1)])[0].path
    'data/train-00000-of-00001.parquet'
    """
    totals = Counter(map(_beginning, shards))
    numbers: Counter[str] = Counter()
    named = []
    for shard in shards:
        kind = shard.kind
        if kind not in KINDS:
            named.append(replace(shard, path=f"{kind}/{shard.path.rpartition('/')[2]}"))
            continue
        beginning = _beginning(shard)
        named.append(replace(shard, path=f"{beginning}-{numbers[beginning]:05}-of-{totals[beginning]:05}.parquet"))
        numbers[beginning] += 1
    return named


def finished(out: Path, head: Mapping[str, Any]) -> dict[str, Any] | None:
    """The manifest, if the directory holds the finished dataset of this plan; None if it holds no finished dataset.

    Raises:
        OutputError: it holds a finished dataset of another plan.
    """
    there = manifest.read(out)
    if there is not None:
        _refuse_others(f"{out} holds a dataset made otherwise", there, head)
    return there


@contextmanager
def at_work(out: Path, head: Mapping[str, Any]) -> Iterator[Staging]:
    """Take the output directory, for one run at a time.

    Whole units of the same plan are kept. If it ends by an error before any unit is whole, the directory is left as it was found.

    Raises:
        OutputError: another run is at work in it, or it holds something else: an unfinished run of another plan, files.
    """
    _refuse_strangers(out)
    hidden, is_new = out / FOLDER, not out.exists()
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        with _locked(hidden / "lock"):
            try:
                _refuse_strangers(out)  # another run may have finished while this one came to the lock
                yield _begin(out, head)
            except BaseException:
                if not any(_units(out).glob("*.json")):
                    shutil.rmtree(hidden, ignore_errors=True)
                raise
    except BaseException:
        with suppress(OSError):
            if is_new:
                out.rmdir()  # only if there is nothing in it
        raise


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = filelock.FileLock(path)
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        raise OutputError(f"{path.parent.parent}: another run is at work in it; wait for it, or choose another directory") from None
    try:
        yield
    finally:
        lock.release()


def _begin(out: Path, head: Mapping[str, Any]) -> Staging:
    """Keep what is whole of the same plan, and nothing else."""
    done = _recorded(out)
    plan = out / FOLDER / "plan.json"
    if done:
        _refuse_others(f"{out} holds an unfinished run of another plan", json.loads(plan.read_text(encoding="utf-8")), head)
    else:
        _units(out).mkdir(exist_ok=True)
        write_whole(plan, dump(head))
    staging = Staging(out, done)
    staging.files.mkdir(exist_ok=True)
    for page in _units(out).iterdir():
        if page.name.split(".")[0] not in done:
            page.unlink()
    wanted = {shard.path for unit in done.values() for shard in unit.shards}
    for path in staging.files.iterdir():
        if path.name not in wanted:
            path.unlink()
    return staging


def _recorded(out: Path) -> dict[str, Done]:
    """The units written down whose shards are there, waiting or under their final names."""
    pages = sorted(_units(out).glob("*.json"))
    done = [Done.from_dict(json.loads(page.read_text(encoding="utf-8"))) for page in pages]
    shards = [shard for unit in done for shard in unit.shards]
    here = {
        waiting.path
        for waiting, final in zip(shards, final_names(shards), strict=True)
        if waiting.size in (_size(out / FOLDER / "files" / waiting.path), _size(out / final.path))
    }
    whole = (unit for unit in done if here.issuperset(shard.path for shard in unit.shards))
    return {unit.name: unit for unit in whole if all(documents_path(part.folder, part.name).exists() for part in unit.parts)}


def _units(out: Path) -> Path:
    return out / FOLDER / "units"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _refuse_others(what: str, there: Mapping[str, Any], here: Mapping[str, Any]) -> None:
    if found := manifest.differences(there, here):
        raise OutputError(f"{what}: {'; '.join(found[:_SHOWN])}. Choose another directory, or delete this one first")


def _refuse_strangers(out: Path) -> None:
    """Refuse a directory that holds anything but a run of arclean."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file; the output is a directory")
    if (out / FOLDER / "plan.json").exists() or not out.exists():
        return
    if strangers := sorted(path.name for path in out.iterdir() if path.name != FOLDER):
        more = f" and {len(strangers) - _SHOWN} more" if len(strangers) > _SHOWN else ""
        raise OutputError(f"{out} is not empty: {', '.join(strangers[:_SHOWN])}{more}. Choose an empty or a new directory")
