"""What a start costs: compiling on a fresh machine, the command's help, one short text.

    python scripts/bench_start.py [--repeats 5]

Compiling is measured with an empty folder for compiled passes, by wall and in processor time, in a process that cleans one document: alone,
then with another that compiles ahead on a second core (`arclean.ahead`), whose processor time is counted too; and once more when the passes
are there. So are a whole run over one document, and `arclean warm`. Help is wall time, the best of the repeats; one text is the median of a
thousand, when warm.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Final

import arclean

PLAIN: Final = "عاد القطار إلى المحطة القديمة بعد عشرين عاما من الغياب."
BUSY: Final = "أعلنت هيئة النقـــل صباح أمس أن ﺍﻟﻘﻄﺎﺭ سيعود &amp; قال مُهندسوها:  الرحلة الأولى\u200f تبدأ يوم السبت ٣/٥."
FIRST: Final = "import arclean; arclean.load({preset!r}).batch(__import__('pyarrow').record_batch({{'text': [{text!r}]}}))"

RUN: Final = """
import arclean, pathlib, tempfile
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "one.jsonl").write_text({record!r})
    arclean.run("pretrain", folder + "/one.jsonl", folder + "/out", progress=False)
"""


def spent(code: str, folder: str, ahead: bool = True) -> tuple[float, float]:
    """Seconds of processor and of wall of a Python of its own, with those that it started."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    there = {**os.environ, "NUMBA_CACHE_DIR": folder, "ARCLEAN_COMPILE_AHEAD": str(int(ahead))}
    subprocess.run([sys.executable, "-c", code], check=True, env=there, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def cold(name: str, code: str) -> None:
    """Print what a program costs on an empty folder, with one process and with two, and with that folder full."""
    for how, ahead in (("one process", False), ("two processes", True)):
        with tempfile.TemporaryDirectory() as folder:
            first, again = spent(code, folder, ahead), spent(code, folder, ahead)
        told = f"{first[1]:6.2f} s of wall, {first[0]:6.2f} s of processor; the next time {again[1]:.2f} and {again[0]:.2f} s"
        print(f"{name:26} {how:14} {told}")


def warm(text: str) -> float:
    """Milliseconds of a text in `pretrain`."""
    pipe = arclean.load("pretrain")
    pipe.clean(text)
    took = []
    for _ in range(1000):
        began = time.perf_counter()
        pipe.clean(text)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bare = spent("import arclean; arclean.load('pretrain')", folder)
    print(f"{'import and load':41} {bare[1]:6.2f} s of wall, {bare[0]:6.2f} s of processor")
    for preset, text in (("pretrain", BUSY), ("crawl", f"<html><body><p>{BUSY}</p></body></html>")):
        cold(f"first document of {preset}", FIRST.format(preset=preset, text=text))
    cold("a run of pretrain", RUN.format(record=json.dumps({"id": "1", "text": BUSY})))
    cold("arclean warm pretrain", "import arclean; arclean.warm('pretrain')")
    best = 1e9
    for _ in range(given.repeats):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "arclean", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    print(f"{'arclean --help':41} {best:6.2f} s of wall")
    for name, text in (("plain", PLAIN), ("busy", BUSY)):
        print(f"{f'clean, a {name} text of {len(text)} letters':41} {warm(text):6.3f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
