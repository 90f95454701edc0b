"""Disturb a run in every way and see that it ends as if nothing had been: `scripts/torture.py FILE [--kills 50]`.

A run over FILE is killed (SIGKILL) at random moments and at the moments when it gives files their names, its disk is full, its input cannot
be read, a worker raises. Each time the same call is given again, undisturbed. Then the dataset must be the same to the byte as one that was
never disturbed, `verify` must pass, and nothing may be left beside it. Ends with 1 if anything was otherwise.

Units are made small (`--unit`), so that a run over 100 MB has some to pick up. With `--store` the datasets lie in a store that does as S3
does, a server of moto on this machine, and a run is killed as it changes that.
"""

from __future__ import annotations

import argparse
import errno
import itertools
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import xxhash

from arclean.dataset.place import Place, Remote, clear, place_of, sizes
from arclean.dataset.verify import verify
from arclean.errors import OutputError

ENDED, REFUSED, KILLED = 0, 2, -signal.SIGKILL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--pipeline", default="pretrain")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--commits", type=int, default=16, help="kills at the moment when a file gets its name, or a store is changed")
    parser.add_argument("--faults", type=int, default=4, help="full disks, as many read errors and workers that raise")
    parser.add_argument("--unit", type=int, default=8 << 20, metavar="BYTES")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(json.loads(given.child))
        return
    with tempfile.TemporaryDirectory(prefix="torture-") as folder, store() if given.store else nullcontext(folder) as base:
        raise SystemExit(Torture(given, Path(folder), base).all())


@contextmanager
def store() -> Iterator[str]:
    """A server that does as S3 does, and a bucket in it, for this process and those that it starts."""
    import fsspec

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    server = subprocess.Popen([sys.executable, "-c", serve], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(keys, AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        fsspec.filesystem("s3").mkdir("torture")
        yield "s3://torture"
    finally:
        server.kill()
        server.wait()


class Torture:
    """The disturbances, one after the other, each in a directory of its own."""

    def __init__(self, given: argparse.Namespace, folder: Path, base: str) -> None:
        self.given, self.folder, self.base = given, folder, base
        self.chance = random.Random(given.seed)
        self.input = unpacked(given.file, folder / "input")
        self.wrong: list[str] = []
        self.count = 0
        self.seen: Counter[str] = Counter()

    def all(self) -> int:
        ended, took = self.run("whole")
        if ended != ENDED:
            raise SystemExit(f"the undisturbed run ended with {ended}")
        self.wanted = contents(self.place("whole"))
        process, start = self.start("again"), time.monotonic()
        begun = self.begun("again", process)
        process.wait()
        took = time.monotonic() - begun
        clear(self.place("again"))
        print(f"undisturbed: {begun - start:.1f} s until the work begins, {took:.1f} s of it, {len(self.wanted)} files", flush=True)
        for _ in range(self.given.kills):
            self.disturbed("killed at a random moment", self.killed_after(self.chance.uniform(0.02, 1.02) * took))
        for commit in sorted(self.chance.sample(range(1, 120), self.given.commits)):
            self.disturbed("killed as it names a file", self.faulty("commit", commit))
        for number in range(self.given.faults):
            part = (number + 0.5) / self.given.faults
            self.disturbed("disk full", self.faulty("disk", int(part * self.bytes_written())))
            self.disturbed("read error", self.faulty("read", int(part * self.input.stat().st_size)))
            self.disturbed("a worker raises", self.faulty("worker", number * 3))
        if not self.given.store:
            self.no_room()
        for what, times in self.seen.items():
            print(f"{what}: {times}")
        for line in self.wrong:
            print(f"WRONG {line}")
        print(f"{self.count} disturbances, {len(self.wrong)} wrong")
        return int(bool(self.wrong))

    def place(self, out: str) -> Place:
        return place_of(f"{self.base}/{out}")

    def faulty(self, kind: str, at: int) -> Callable[[str], int]:
        return lambda out: self.run(out, kind=kind, at=at)[0]

    def bytes_written(self) -> int:
        return sum(size for size, _ in self.wanted.values())

    def killed_after(self, seconds: float) -> Callable[[str], int]:
        def kill(out: str) -> int:
            process = self.start(out)
            self.begun(out, process)
            try:
                return process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return process.wait()

        return kill

    def begun(self, out: str, process: subprocess.Popen[bytes]) -> float:
        """When a process has imported and compiled what it needs, and begins to write; a kill before that shows nothing."""
        while process.poll() is None and not (self.place(out) / ".arclean" / "plan.json").exists():
            time.sleep(0.02)
        return time.monotonic()

    def disturbed(self, what: str, disturb: Callable[[str], int]) -> None:
        """Disturb a run, once or more often, let it end, look at what it left."""
        self.count += 1
        out, name = f"out{self.count}", f"{self.count} ({what})"
        codes = [disturb(out)]
        if what == "killed at a random moment" and self.chance.random() < 0.3:
            codes.append(disturb(out))
        units = [name for name in sizes(self.place(out) / ".arclean" / "units") if name.endswith(".json")]
        ended, _ = self.run(out)
        how = "ended before" if ENDED in codes else f"some units whole ({what})" if units else f"no unit whole ({what})"
        self.seen[how] += 1
        print(f"{name}: {', '.join(map(str, codes))}, then {ended}; {how}", flush=True)
        if ended != ENDED:
            self.wrong.append(f"{name}: the second run ended with {ended}")
        before = len(self.wrong)
        self.look(out, name)
        for line in self.wrong[before:]:
            print(f"WRONG {line}", flush=True)
        clear(self.place(out))

    def look(self, out: str, name: str) -> None:
        found = contents(self.place(out))
        if found != self.wanted:
            odd = [path for path in {*found, *self.wanted} if found.get(path) != self.wanted.get(path)]
            self.wrong.append(f"{name}: differs in {', '.join(sorted(odd)[:5])}")
        try:
            report = verify(f"{self.base}/{out}")
        except OutputError as error:  # there is none
            self.wrong.append(f"{name}: {error}")
            return
        if not report.ok:
            self.wrong.append(f"{name}: verify does not pass: {report.summary()}")
        left = [path.name for path in (self.folder / "tmp").iterdir()]
        if left:
            self.wrong.append(f"{name}: left in the temporary directory: {left[:3]}")

    def no_room(self) -> None:
        """A real file system that is full, where we may mount one."""
        half = self.bytes_written() // 2
        if half < 1 << 20:
            print("a full file system: so little is written that none could be filled by it, left out")
            return
        disk = self.folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={half}", "tmpfs", str(disk)]
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
            print("a full file system: may not mount one here, left out")
            return
        try:
            self.disturbed_on(disk)
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def disturbed_on(self, disk: Path) -> None:
        self.count += 1
        code, _ = self.run("disk/out")
        subprocess.run(["mount", "-o", "remount,size=4g", str(disk)], check=True)
        ended, _ = self.run("disk/out")
        self.seen[f"a full file system, ended with {code}"] += 1
        if code != REFUSED or ended != ENDED:
            self.wrong.append(f"{self.count} (a full file system): ended with {code}, then with {ended}")
        self.look("disk/out", f"{self.count} (a full file system)")

    def run(self, out: str, **fault: Any) -> tuple[int, float]:
        start = time.monotonic()
        code = self.start(out, **fault).wait()
        return code, time.monotonic() - start

    def start(self, out: str, **fault: Any) -> subprocess.Popen[bytes]:
        (self.folder / "tmp").mkdir(exist_ok=True)
        task = {
            "pipeline": self.given.pipeline,
            "input": str(self.input),
            "out": f"{self.base}/{out}",
            "unit": self.given.unit,
            "workers": self.given.workers,
            **fault,
        }
        command = [sys.executable, __file__, "x", "--child", json.dumps(task)]
        return subprocess.Popen(command, env=environment(TMPDIR=str(self.folder / "tmp")), stderr=subprocess.DEVNULL)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent), **more}


def unpacked(file: str, to: Path) -> Path:
    """The input as plain JSON lines, which can be cut into units."""
    import pyarrow as pa

    path = to.with_suffix(".jsonl")
    with pa.input_stream(file, compression="detect") as source, path.open("wb") as sink:
        shutil.copyfileobj(source, sink)
    return path


def contents(folder: Place) -> dict[str, tuple[int, str]]:
    """Size and hash of every file, hidden ones and folders without any among them."""
    found: dict[str, tuple[int, str]] = {}
    if isinstance(folder, Remote):
        return {name: (size, xxhash.xxh3_128_hexdigest((folder / name).read_bytes())) for name, size in folder.sizes().items()}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = (path.stat().st_size, xxhash.xxh3_128_hexdigest(path.read_bytes()))
        elif not any(path.iterdir()):
            found[name] = (0, "an empty folder")
    return found


def child(task: dict[str, Any]) -> None:
    """One run, in a process of its own, with something that goes wrong in it."""
    from functools import partial
    from importlib import import_module

    from arclean.errors import ArcleanError

    module: Any = import_module("arclean.dataset.run")
    module.ReadOptions = partial(module.ReadOptions, piece_bytes=task["unit"])
    if "kind" in task:
        {"commit": die_at_commit, "disk": full_disk, "read": bad_disk, "worker": bad_worker}[task["kind"]](task["at"])
    try:
        module.run(task["pipeline"], task["input"], task["out"], workers=task["workers"], shard_bytes=4 << 20)
    except ArcleanError as error:
        print(f"  {error}", flush=True)
        raise SystemExit(REFUSED) from error


def die_at_commit(at: int) -> None:
    """Be killed at the n-th fsync, rename or change of a store; before it if n is odd, after it if n is even."""
    calls = itertools.count(1)  # one step, whatever threads there are
    changes = ("upload", "write_bytes", "create", "move", "unlink", "clear")
    for owner, name in ((os, "fsync"), (Path, "replace"), *((Remote, change) for change in changes)):
        done = getattr(owner, name)

        def counted(*arguments: Any, done: Callable[..., Any] = done) -> Any:
            number = next(calls)
            if number == at and at % 2:
                os.kill(os.getpid(), signal.SIGKILL)
            made = done(*arguments)
            if number == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return made

        setattr(owner, name, counted)


def full_disk(at: int) -> None:
    """Room for so many bytes more, over all shards."""
    from arclean.dataset import files

    left = at
    write = files.Sink.write

    def limited(self: Any, data: Any) -> int:
        nonlocal left
        left -= memoryview(data).nbytes
        if left < 0:
            raise self._failed(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        return write(self, data)

    files.Sink.write = limited  # type: ignore[method-assign]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bad_disk(at: int) -> None:
    """The input cannot be read beyond so many bytes."""
    from arclean.dataset import stream

    opened = stream.open_file

    class Bad:
        def __init__(self, file: Any) -> None:
            self.file = file

        def read(self, size: int) -> bytes:
            if self.file.tell() + size > at:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return bytes(self.file.read(size))

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

    stream.open_file = lambda path: Bad(opened(path))


def bad_worker(at: int) -> None:
    """The n-th block raises what nobody expects."""
    from importlib import import_module

    unit: Any = import_module("arclean.dataset.unit")
    parse, calls = unit.parse, iter(range(1 << 30))

    def raising(*arguments: Any) -> Any:
        if next(calls) == at:
            raise RuntimeError("a worker that raises")
        return parse(*arguments)

    unit.parse = raising


if __name__ == "__main__":
    main()
