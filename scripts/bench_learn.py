"""What `arclean learn` takes of memory and time on crawls that are a file several times over, salted so that no two copies are alike.

    python scripts/bench_learn.py FILE [--times 1 5 10]

FILE is JSONL, plain or compressed, with columns ``text`` and ``source``. Every seventh word of a copy gets the number of the copy, and
each source is a site. The crawls lie in a temporary directory, which goes. Peaks are of the whole process, in MiB of 2^20 bytes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa


def rows(path: str) -> list[dict[str, Any]]:
    with pa.input_stream(path, compression="detect") as stream:
        return [json.loads(row) for row in bytes(stream.read()).splitlines()]


def salt(given: list[dict[str, Any]], times: int, into: Path) -> None:
    """Writes the copies, with addresses."""
    with into.open("w", encoding="utf-8") as file:
        for copy in range(times):
            for number, row in enumerate(given):
                words = row["text"].split(" ")
                words[::7] = [f"{word}{copy or ''}" for word in words[::7]]
                site = row["source"].replace("_", "-")
                record = {"url": f"http://{site}.example/{copy}/{number}", "text": " ".join(words)}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def learned(crawl: Path, into: Path) -> tuple[float, float]:
    """The peak of memory of a child of its own, and the seconds it took."""
    code = "import resource, sys; from arclean.cli import main; main(sys.argv[1:], standalone_mode=False); "
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, "learn", str(crawl), "-o", str(into)], capture_output=True, check=True, text=True)
    return int(done.stdout.splitlines()[-1]) * (1 if sys.platform == "darwin" else 1024) / 2**20, time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--times", type=int, nargs="+", default=(1, 5, 10))
    given = parser.parse_args()
    source = rows(given.file)
    print(f"{'copies':>6}{'MB':>8}{'peak MiB':>10}{'seconds':>9}")
    with tempfile.TemporaryDirectory(prefix="learn-") as place:
        crawl = Path(place) / "crawl.jsonl"
        for times in given.times:
            salt(source, times, crawl)
            peak, seconds = learned(crawl, Path(place) / f"{times}.parquet")
            print(f"{times:6}{crawl.stat().st_size / 1e6:8.0f}{peak:10.0f}{seconds:9.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
