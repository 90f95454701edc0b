"""The hidden folder of an unfinished run, ``OUT/.arclean``: what is whole waits in it until everything is.

::

    .arclean/lock           held by the run that is at work
    .arclean/plan.json      the head of the manifest: what is being made
    .arclean/files/         shards
    .arclean/units/         one page for each unit whose shards are whole
    .arclean/stage-1/       what the first stage of the pipeline exchanges, see `arclean.dataset.exchange`

A run that is killed leaves this folder. The same command picks the whole units up and does the rest.

In a store the lock is a `Lease`, and what stages exchange lies in the scratch folder of this machine: it is read back and forth, and is
of no use to anyone else. A run that goes on elsewhere does those units again.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

import filelock

from arclean.dataset import manifest
from arclean.dataset.files import dump, sync_folder, write_whole
from arclean.dataset.lease import Lease
from arclean.dataset.place import Place, Remote, clear, drop_scratch, make_scratch, sizes
from arclean.dataset.spool import documents_path
from arclean.dataset.unit import Done
from arclean.dataset.write import KINDS, SPLITS
from arclean.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from arclean.dataset.shards import Shard

FOLDER: Final = ".arclean"
"""Name of the hidden folder."""

_REQUESTS: Final = 8
"""Asked of a store at once, when files get their names."""

_SHOWN: Final = 5
"""Differences or strange files that a message names."""


def _nothing() -> None:
    """Nobody else can be at work: the lock of a file is ours for as long as we live."""


@dataclass(frozen=True)
class Staging:
    """An output directory at work.

    Attributes:
        out: the output directory.
        done: the units that were whole before this run, by name.
        scratch: where stages exchange their tables, on this machine.
        check: raises if the directory is no longer ours.
    """

    out: Place
    done: Mapping[str, Done]
    scratch: Path | None = None
    check: Callable[[], None] = field(default=_nothing, compare=False)

    @property
    def files(self) -> Place:
        """Where shards wait."""
        return self.out / FOLDER / "files"

    def stage(self, number: int) -> Path:
        """Where a stage exchanges its tables."""
        assert self.scratch is not None
        return self.scratch / f"stage-{number}"

    def whole_units(self) -> list[str]:
        """The names of the units that are whole by now."""
        return [name for name in sizes(_units(self.out)) if name.endswith(".json")]

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
        self.check()
        if isinstance(self.out, Remote):
            self._name_in_store(self.out, shards, named)
        else:
            self._name(self.out, shards, named)
        for name, content in contents.items():
            write_whole(self.out / name, content)
        clear(self.out / FOLDER)
        if self.scratch is not None and self.scratch.exists():
            shutil.rmtree(self.scratch)
        return named

    def _name(self, out: Path, shards: Sequence[Shard], named: Sequence[Shard]) -> None:
        for shard, final in zip(shards, named, strict=True):
            waiting = out / FOLDER / "files" / shard.path
            if waiting.exists():
                (out / final.path).parent.mkdir(parents=True, exist_ok=True)
                waiting.replace(out / final.path)
        for folder in {(out / shard.path).parent for shard in named}:
            sync_folder(folder)

    def _name_in_store(self, out: Remote, shards: Sequence[Shard], named: Sequence[Shard]) -> None:
        there = out.sizes()

        def name(shard: Shard, final: Shard) -> None:
            if shard.path.startswith("../"):  # a table of a stage, which lies on this machine
                (out / final.path).upload(self.stage(0).parent / shard.path[3:])
            elif f"{FOLDER}/files/{shard.path}" in there:
                (out / FOLDER / "files" / shard.path).move(out / final.path)

        with ThreadPoolExecutor(_REQUESTS) as pool:
            for _ in pool.map(name, shards, named):
                pass


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


def finished(out: Place, head: Mapping[str, Any]) -> dict[str, Any] | None:
    """The manifest, if the directory holds the finished dataset of this plan; None if it holds no finished dataset.

    Raises:
        OutputError: it holds a finished dataset of another plan.
    """
    there = manifest.read(out)
    if there is not None:
        _refuse_others(f"{out} holds a dataset made otherwise", there, head)
    return there


@contextmanager
def at_work(out: Place, head: Mapping[str, Any]) -> Iterator[Staging]:
    """Take the output directory, for one run at a time.

    Whole units of the same plan are kept. If it ends by an error before any unit is whole, the directory is left as it was found.

    Raises:
        OutputError: another run is at work in it, or it holds something else: an unfinished run of another plan, files.
    """
    _refuse_strangers(out)
    with _taken(out) as check:
        try:
            _refuse_strangers(out)  # another run may have finished while this one came to the lock
            yield replace(_begin(out, head), check=check)
        except BaseException:
            if not any(name.endswith(".json") for name in sizes(_units(out))):
                with suppress(OutputError, OSError):
                    clear(out / FOLDER)
                if isinstance(out, Remote):
                    drop_scratch(Path(out.scratch))
            raise


@contextmanager
def _taken(out: Place) -> Iterator[Callable[[], None]]:
    """The lock of a directory; what it makes for that is gone when it ends by an error. Gives the check that it is still ours."""
    if isinstance(out, Remote):
        with _taken_in_store(out) as check:
            yield check
        return
    hidden, is_new = out / FOLDER, not out.exists()
    try:
        try:
            hidden.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{out}: the directory cannot be made or written to: {error.strerror}; choose another") from error
        with _locked(hidden / "lock"):
            yield _nothing
    except BaseException:
        with suppress(OSError):
            if is_new:
                out.rmdir()  # only if there is nothing in it
        raise


@contextmanager
def _taken_in_store(out: Remote) -> Iterator[Callable[[], None]]:
    scratch = Path(out.scratch)
    make_scratch(scratch)
    with _locked(scratch / "lock", out):
        lease = Lease(out / FOLDER / "lock")
        try:
            lease.take()
            yield lease.check
        finally:
            lease.give_back()
            if not any(scratch.glob("*/stage-*")):  # of an unfinished run, which goes on from them
                drop_scratch(scratch)


@contextmanager
def _locked(path: Path, out: Place | None = None) -> Iterator[None]:
    lock = filelock.FileLock(path)
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        raise OutputError(f"{out or path.parent.parent}: another run is at work in it; wait for it, or choose another directory") from None
    try:
        yield
    finally:
        lock.release()


def _begin(out: Place, head: Mapping[str, Any]) -> Staging:
    """Keep what is whole of the same plan, and nothing else."""
    there = sizes(out / FOLDER)
    done = _recorded(out, there)
    plan = out / FOLDER / "plan.json"
    if done:
        begun = json.loads(plan.read_bytes())
        _refuse_others(f"{out} holds an unfinished run of another plan", begun, head)
    else:
        begun = {**head, **({"scratch": token_hex(8)} if isinstance(out, Remote) else {})}
        write_whole(plan, dump(begun))
    if isinstance(out, Remote):
        staging = Staging(out, done, _scratch_of(out, begun["scratch"]))
    else:
        staging = Staging(out, done, out / FOLDER)
        for folder in ("files", "units"):
            (out / FOLDER / folder).mkdir(exist_ok=True)
    wanted = {f"files/{shard.path}" for unit in done.values() for shard in unit.shards} | {f"units/{name}.json" for name in done}
    for name in there:
        if name.startswith(("files/", "units/")) and name not in wanted:
            (out / FOLDER / name).unlink()
    return staging


def _scratch_of(out: Remote, run: str) -> Path:
    """The folder of a run in the scratch folder of its directory; what other runs of that directory left there is gone."""
    for other in Path(out.scratch).iterdir():
        if other.is_dir() and other.name != run:
            shutil.rmtree(other, ignore_errors=True)
    return Path(out.scratch, run)


def _recorded(out: Place, there: Mapping[str, int]) -> dict[str, Done]:
    """The units written down whose shards are there, waiting or under their final names."""
    pages = [out / FOLDER / name for name in there if name.startswith("units/") and name.endswith(".json")]
    done = [Done.from_dict(json.loads(page.read_bytes())) for page in pages]
    shards = [shard for unit in done for shard in unit.shards]
    named = sizes(out) if done else {}
    here = {
        waiting.path
        for waiting, final in zip(shards, final_names(shards), strict=True)
        if waiting.size in (there.get(f"files/{waiting.path}"), named.get(final.path))
    }
    whole = (unit for unit in done if here.issuperset(shard.path for shard in unit.shards))
    return {unit.name: unit for unit in whole if all(documents_path(part.folder, part.name).exists() for part in unit.parts)}


def _units(out: Place) -> Place:
    return out / FOLDER / "units"


def _refuse_others(what: str, there: Mapping[str, Any], here: Mapping[str, Any]) -> None:
    if found := manifest.differences(there, here):
        raise OutputError(f"{what}: {'; '.join(found[:_SHOWN])}. Choose another directory, or delete this one first")


def _refuse_strangers(out: Place) -> None:
    """Refuse a directory that holds anything but a run of arclean."""
    if out.is_file() or (isinstance(out, Path) and out.exists() and not out.is_dir()):
        raise OutputError(f"{out} is a file; the output is a directory")
    if not out.exists() or (out / FOLDER / "plan.json").exists():
        return
    names = {path.name for path in out.iterdir()} if isinstance(out, Path) else {name.partition("/")[0] for name in out.sizes()}
    if strangers := sorted(names - {FOLDER}):
        more = f" and {len(strangers) - _SHOWN} more" if len(strangers) > _SHOWN else ""
        raise OutputError(f"{out} is not empty: {', '.join(strangers[:_SHOWN])}{more}. Choose an empty or a new directory")
