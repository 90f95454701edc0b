"""What a start costs: compiling on a fresh machine, the command's help, one short text.

    python scripts/bench_start.py [--repeats 5]

Compiling is measured with an empty folder for compiled passes, in processor time of a process of its own that cleans one document, and once
more when they are there. Help is wall time, the best of the repeats; one text is the median of a thousand, when warm.
"""

from __future__ import annotations

import argparse
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


def spent(code: str, folder: str) -> tuple[float, float]:
    """Seconds of processor and of wall of a Python of its own."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "NUMBA_CACHE_DIR": folder})
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


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
        print(f"import and load                   {bare[0]:7.2f} s of processor")
        for preset in ("pretrain", "crawl"):
            code = FIRST.format(preset=preset, text=BUSY if preset == "pretrain" else f"<html><body><p>{BUSY}</p></body></html>")
            first, again = spent(code, folder), spent(code, folder)
            print(
                f"first document of {preset:16} {first[0]:7.2f} s of processor, {first[1]:6.2f} s of wall; the next time {again[0]:.2f} s"
            )
    best = 1e9
    for _ in range(given.repeats):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "arclean", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    print(f"arclean --help                    {best:7.2f} s of wall")
    for name, text in (("plain", PLAIN), ("busy", BUSY)):
        print(f"clean, a {name:5} text of {len(text):3} letters {warm(text):7.3f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
