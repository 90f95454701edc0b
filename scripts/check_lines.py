"""What line rules take from a corpus: per source the share of words, per rule samples of its lines, and documents taken for whole pages.

    python scripts/check_lines.py FILE [--preset pretrain] [--sources books law ...] [--show 20] [--most 10] [--limit 0.001]

FILE is JSONL, plain or compressed, with columns ``text`` and ``source``. Words are runs without white space, before and after the lines
go, once the characters have been put in order. Exit code 1 if a source loses more than --limit of its words.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import takewhile

import pyarrow as pa
import pyarrow.compute as pc

import arclean
from arclean.boilerplate.lines import Lines
from arclean.boilerplate.page.regime import asks_for_page
from arclean.dataset.source import ReadOptions, blocks, plan
from arclean.pipeline import Pipeline


@dataclass
class Source:
    """What happened to the documents of one source."""

    documents: int = 0
    words: int = 0
    pages: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def share(self) -> float:
        return self.lost.total() / max(self.words, 1)


def batches(path: str) -> list[pa.RecordBatch]:
    from arclean.dataset.parse import parse

    planned = plan([path], ReadOptions(format="jsonl"))
    return [parse(block, planned).batch for piece in planned.pieces for block in blocks(piece, planned.options)]


def words_of(texts: pa.Array) -> pa.Array:
    """The number of words of each text."""
    return pc.fill_null(pc.count_substring_regex(texts, pattern=r"[^\s]+"), 0)


def told(pipe: Pipeline, path: str, only: frozenset[str]) -> dict[str, Source]:
    """Each source of the file, or some of them, after the line rules of the pipeline."""
    lines = next(part for part in pipe.parts if isinstance(part, Lines))
    before = Pipeline(tuple(takewhile(lambda part: part is not lines, pipe.parts)))
    of_pages = {rule.name for rule in lines.rules if asks_for_page(rule)}
    found: dict[str, Source] = defaultdict(Source)
    for batch in batches(path):
        sources = batch["source"].to_pylist()
        texts = before.apply(batch.select(["text"])).batch["text"]
        for name, count in zip(sources, words_of(texts).to_pylist(), strict=True):
            if not only or name in only:
                found[name].documents += 1
                found[name].words += count
        removed = lines.edit(texts).removed
        if removed is None:
            continue
        pages = set()
        for line in removed.to_pylist():
            name = sources[line["row"]]
            if not only or name in only:
                found[name].lost[line["rule"]] += len(line["text"].split())
                found[name].lines[line["rule"]].append(line["text"])
                if line["rule"] in of_pages:
                    pages.add((line["row"], name))
        for _, name in pages:
            found[name].pages += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--sources", nargs="+", default=(), help="only these")
    parser.add_argument("--show", type=int, default=20, help="how many lines of a rule are shown")
    parser.add_argument("--most", type=int, default=10, help="of how many rules, those that take most")
    parser.add_argument("--limit", type=float, default=0.001, help="the share of its words that a source may lose")
    given = parser.parse_args()
    found = told(arclean.load(given.preset), given.file, frozenset(given.sources))
    print(f"{'source':32}{'documents':>10}{'words':>12}{'removed':>9}{'share':>9}{'pages':>7}  by")
    for name, one in sorted(found.items(), key=lambda item: -item[1].share):
        by = ", ".join(f"{rule} {count}" for rule, count in one.lost.most_common(4))
        print(f"{name:32}{one.documents:10,}{one.words:12,}{one.lost.total():9,}{one.share:9.3%}{one.pages:7,}  {by}")
    every: Counter[str] = Counter()
    for one in found.values():
        every.update(one.lost)
    for rule, count in every.most_common(given.most):
        print(f"\n{rule}: {count:,} words")
        some = [(name, line) for name, one in sorted(found.items()) for line in one.lines.get(rule, ())]
        for name, line in random.Random(0).sample(some, min(given.show, len(some))):
            print(f"    {name:24}  {line[:160]}")
    return 1 if any(one.share > given.limit for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
