"""How fast are the measures? All together on one thread, each group of them, and a peer's filters, over the texts of a JSONL file.

    python scripts/bench_measures.py FILE [--home DIR] [--peer-documents 2000] [--no-peers]

The peer is datatrove 0.10.1, its three filters with FineWeb2's values for Standard Arabic, in an environment of its own; it is slow and
gets a sample. MB/s are of text and processor time, of arclean the best of three.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
from check_filters import rows_of, theirs

from arclean import columns
from arclean.language.identify import identify
from arclean.quality.judge import Judge, judged
from arclean.quality.lists.phrases import phrases
from arclean.quality.measures import MEASURES, base, figures, forget
from arclean.quality.recipes import recipes
from arclean.quality.shape.measures import FORMULAS, counted

BATCH = 1 << 13


def speed(work: Callable[[], object], size: int) -> float:
    work()
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return size / 1e6 / min(spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--home", type=Path, help="keep the environment of datatrove here")
    parser.add_argument("--peer-documents", type=int, default=2000)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    texts = [row["text"] for row in rows_of(options.file, None)]
    column = pa.array(texts)
    strings = columns.view(column)
    size = int(strings.bounds[-1])

    def of(names: Iterable[str]) -> Callable[[], object]:
        return lambda: counted(strings, names)

    fresh = [pa.array(texts) for _ in range(4)]  # a column that was measured is not measured again
    listed = phrases(tuple(f"كلمة{i}" for i in range(1000)))
    work: dict[str, Callable[[], object]] = {
        "words, signs and lines": of(name for name, one in list(FORMULAS.items()) if not one.wants),
        "repeated lines and paragraphs": of(["dup_line_share", "dup_paragraph_share"]),
        "n-grams of 2 to 10": of(["top_2gram_share", "dup_5gram_share"]),
        "unique tokens, entropy": of(["unique_token_share", "token_entropy"]),
        "a list of 1,000 words": lambda: listed.find(column),
        "language and variety": lambda: identify(column),
        "recipe fineweb2-arb, faithful": lambda: judged(fresh.pop(), Judge("fineweb2-arb", "faithful").rules()),
    }
    print(f"{len(texts):,} documents, {size / 1e6:.1f} MB, one thread")
    print(f"{'words, characters, lines, share (BASE)':42} {speed(lambda: base(strings), size):7.0f} MB/s")
    for name, one in work.items():
        print(f"{name:42} {speed(one, size):7.0f} MB/s")
    if not options.no_peers:
        few = [text for text in texts if text][:: max(1, len(texts) // options.peer_documents)]
        with tempfile.TemporaryDirectory() as scratch:
            _, seconds = theirs(few, ["fineweb2-arb"], options.home or Path(scratch) / "venv")
        few_size = sum(len(text.encode()) for text in few)
        print(f"{'datatrove, fineweb2-arb':42} {few_size / 1e6 / seconds:7.2f} MB/s, {len(few):,} documents")
    print(f"{f'what {len(recipes())} recipes measure, together':42} {speed(of(list(FORMULAS)), size):7.0f} MB/s")

    def every() -> None:
        for first in range(0, len(column), BATCH):  # as a pipeline has them: what is counted of a row is still near
            figures(column.slice(first, BATCH), MEASURES)
            forget()

    print(f"all {len(MEASURES)} measures together {speed(every, size):.0f} MB/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
