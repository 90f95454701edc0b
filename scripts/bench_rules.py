"""What each line rule costs, MB/s of skeleton and lines hit, and how many lines the engine asks RE2 about at all.

python scripts/bench_rules.py FILE.jsonl[.gz] [--every N]
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from arclean import columns
from arclean.boilerplate.lines import Page
from arclean.boilerplate.matcher import matcher
from arclean.boilerplate.page.regime import asks_for_page
from arclean.rule import LineRule
from arclean.rules import catalogue


def cost(texts: pa.Array, pattern: str) -> tuple[float, int]:
    start = time.perf_counter()
    hits = pc.sum(pc.match_substring_regex(texts, pattern)).as_py()
    return texts.nbytes / 1e6 / (time.perf_counter() - start), hits or 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--every", type=int, default=4, help="look at one document in N")
    arguments = parser.parse_args()
    texts = pj.read_json(arguments.file)["text"].combine_chunks()
    texts = columns.string_array(texts.take(pa.array(range(0, len(texts), arguments.every))))
    rules = tuple(rule for rule in catalogue().values() if isinstance(rule, LineRule) and not asks_for_page(rule))
    found = matcher(rules)
    page = Page.of(columns.view(texts), 320)
    shapes = found.shapes(page.strings.data, page.begin[page.suspect], page.end[page.suspect], np.zeros(len(page.suspect), np.bool_)).texts
    print(f"{len(shapes):,} short lines, {shapes.nbytes / 1e6:.1f} MB of skeleton")
    for (speed, hits), name in sorted((cost(shapes, rule.pattern), rule.name) for rule in rules if rule.pattern):
        print(f"{speed:8.0f} MB/s {hits:8,} hits  {name}")
    seen = page.first_look(found)
    asked = {"begin as a rule asks": 1, "may repeat a line": 2, "have the evidence of a rule that asks for no beginning": 4}
    for words, bit in asked.items():
        print(f"{int((seen.wanted & bit != 0).sum()):8,} lines {words}")


if __name__ == "__main__":
    main()
