"""Hold the forecast of a run against the run: processor time, memory, disk.

    python scripts/check_plan.py FILE... [--preset pretrain] [--sample-bytes N]

One thread, so that processor time is what a quiet machine would take. Exit 1 if the time is off by more than half.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import arclean


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--sample-bytes", type=int, default=32 << 20)
    chosen = parser.parse_args()
    told = arclean.plan(chosen.preset, chosen.files, workers=1, sample_bytes=chosen.sample_bytes)
    print(told.summary())
    with tempfile.TemporaryDirectory() as scratch:
        began = time.process_time()
        arclean.run(chosen.preset, chosen.files, Path(scratch) / "out", workers=1)
        spent = time.process_time() - began
        written = sum(path.stat().st_size for path in (Path(scratch) / "out").rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    ratio = told.core_seconds / spent
    print(f"\n{'':12}{'forecast':>12}{'run':>12}{'ratio':>8}")
    for name, planned, real in (("seconds", told.core_seconds, spent), ("MB memory", told.memory / 1e6, peak / 1e6)):
        print(f"{name:12}{planned:12.1f}{real:12.1f}{planned / real:8.2f}")
    print(f"{'MB written':12}{told.written / 1e6:12.1f}{written / 1e6:12.1f}{told.written / written:8.2f}")
    return 0 if 1 / 1.5 <= ratio <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
