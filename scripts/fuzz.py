"""Look for inputs that break a promise: `scripts/fuzz.py [--minutes 60] [--only TARGET] [--seed 0] [--findings FOLDER]`.

Four targets take turns: readers, cleaning, pages as HTML, files of pipelines; `scripts/fuzz_targets.py` says what is promised of each. An
input is made from one that met something new before: a rule, a kind of damage, a message; with atheris installed, a branch of the code
that reads (`pip install atheris`, in an environment of its own). Each turn is a process, so that one that dies or hangs is found out.

Findings are written to FOLDER; `scripts/fuzz.py --replay FILE` runs one again. Ends with 1 if there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any, Final

TARGETS: Final = ("readers", "cleaning", "pages", "files")
TRACED: Final = ("readers", "files")
"""Targets whose work is Python, of which atheris sees the branches."""
TURN: Final = 900
HANGS: Final = 300
"""Seconds of a turn, of which the seeds take a minute on a busy machine, and after which an input that is not done is a finding."""
READING: Final = ("arclean.dataset.", "arclean.codec", "arclean.loading", "arclean.rule", "yaml.")
SHOWN: Final = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", choices=TARGETS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--findings", default="fuzz-findings")
    parser.add_argument("--replay", metavar="FILE", help="named TARGET-...")
    parser.add_argument("--turn", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.turn:
        turn(**json.loads(given.turn))
    elif given.replay:
        print(target(Path(given.replay).name.partition("-")[0]).run(Path(given.replay).read_bytes()))
    else:
        raise SystemExit(all_of(given))


def all_of(given: argparse.Namespace) -> int:
    folder = Path(given.findings)
    folder.mkdir(parents=True, exist_ok=True)
    names = [given.only] if given.only else list(TARGETS)
    end = time.monotonic() + given.minutes * 60
    counts = dict.fromkeys(names, 0)
    number = 0
    while (left := end - time.monotonic()) > 1:
        name = names[number % len(names)]
        counts[name] += one_turn(name, min(TURN, left), given.seed + number, folder)
        number += 1
        print(f"{time.monotonic() - end + given.minutes * 60:5.0f} s  {counts}  {len(found(folder))} findings", file=sys.stderr, flush=True)
    for path in found(folder)[:SHOWN]:
        print(f"FOUND {path.name}: {path.with_suffix('.txt').read_text().splitlines()[-1]}")
    print(f"{sum(counts.values()):,} inputs in {given.minutes:g} minutes {counts}, {len(found(folder))} findings")
    return int(bool(found(folder)))


def found(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bin"))


def one_turn(name: str, seconds: float, seed: int, folder: Path) -> int:
    """One process; how many inputs it ran."""
    now, met = folder / f"{name}.now", folder / f"{name}.met"
    traced = importlib.util.find_spec("atheris") is not None
    task = {"name": name, "seconds": seconds, "seed": seed, "folder": str(folder), "traced": traced}
    process = subprocess.Popen([sys.executable, __file__, "--turn", json.dumps(task)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    begun = time.time()
    while process.poll() is None:
        time.sleep(1)
        if now.exists() and time.time() - max(now.stat().st_mtime, begun) > HANGS and not stopped(process.pid):
            process.kill()
            note(folder, name, now.read_bytes(), f"not done after {HANGS} s")
    assert process.stderr is not None
    said = process.stderr.read().decode(errors="replace")
    if process.returncode not in (0, -9) and now.exists():
        note(folder, name, now.read_bytes(), f"{said[-2000:]}\nthe process ended with {process.returncode}")
    now.unlink(missing_ok=True)
    return int(met.read_text().partition("\n")[0]) if met.exists() else 0


def stopped(process: int) -> bool:
    """Whether somebody stopped a process, which then is late through no fault of its own; False where the system does not tell."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "T"


def note(folder: Path, name: str, data: bytes, words: str, trace: str = "") -> None:
    """Keep an input; of those that fail alike the shortest."""
    kind = hashlib.sha256(words.encode()).hexdigest()[:10]
    path = folder / f"{name}-{kind}.bin"
    if not path.exists() or path.stat().st_size > len(data):
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(f"{trace}\n{words}")


def target(name: str) -> Any:
    import fuzz_targets

    return fuzz_targets.TARGETS[name]


class Turn:
    """One process of one target."""

    def __init__(self, name: str, seconds: float, seed: int, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.target = target(name)
        self.chance = random.Random(seed)
        self.corpus = self.target.seeds()
        self.kept = folder / f"{name}.corpus"
        self.kept.mkdir(exist_ok=True)
        self.corpus += [path.read_bytes() for path in sorted(self.kept.iterdir())]
        self.end = time.monotonic() + seconds
        self.met: set[str] = set()
        self.count = 0
        for seed_ in self.corpus:
            self.one(seed_, keep=False)

    def one(self, data: bytes, keep: bool = True) -> None:
        (self.folder / f"{self.name}.now").write_bytes(data)
        self.count += 1
        try:
            met = self.target.run(data)
        except Exception as error:  # noqa: BLE001 - a finding, whatever it is
            last = traceback.extract_tb(error.__traceback__)[-1]
            words = str(error)[:300] if type(error).__name__ == "Wrong" else f"{Path(last.filename).name}, {last.name}"
            note(self.folder, self.name, data, f"{type(error).__name__} {words}", traceback.format_exc())
            return
        if keep and not met <= self.met:
            self.corpus.append(data)
            (self.kept / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        self.met |= met
        if self.count % 64 == 0:
            self.told()

    def told(self) -> None:
        (self.folder / f"{self.name}.met").write_text(f"{self.count}\n" + "\n".join(sorted(self.met)))

    def mutated(self, data: bytes, size: int = 1 << 16) -> bytes:
        made: bytes = self.target.mutate(data, self.chance.choice(self.corpus), self.chance)
        return made[:size]

    def loop(self) -> None:
        while time.monotonic() < self.end:
            self.one(self.mutated(self.chance.choice(self.corpus)))
        self.told()


def traced_modules(instrument: Callable[[Any], Any]) -> None:
    """The functions that read, in place; not what numba compiles."""

    for module in [sys.modules[name] for name in sys.modules if name.startswith(READING)]:
        for owner in [module, *(one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__)]:
            for one in vars(owner).values():
                if isinstance(one, FunctionType) and one.__module__ == module.__name__:
                    instrument(one)


def turn(name: str, seconds: float, seed: int, folder: str, traced: bool) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    if not traced or name not in TRACED:
        Turn(name, seconds, seed, Path(folder)).loop()
        return
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    traced_modules(atheris.instrument_func)
    one = Turn(name, seconds, seed, Path(folder))

    def run(data: bytes) -> None:
        if time.monotonic() > one.end:
            one.told()
            (one.folder / f"{name}.now").unlink()
            os._exit(0)
        one.one(data)

    def mutator(data: bytes, size: int, seed: int) -> bytes:
        one.chance.seed(seed)
        return one.mutated(data, size) if seed % 4 else bytes(atheris.Mutate(data, size))

    arguments = [sys.argv[0], "-max_len=65536", "-rss_limit_mb=0", "-timeout=600", f"-seed={seed + 1}", "-verbosity=0", str(one.kept)]
    atheris.Setup(arguments, run, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
