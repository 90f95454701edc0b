"""What reading pages costs: parsers of HTML, and the step `html` on the parser that was chosen.

    python scripts/bench_html.py DIR

DIR holds pages, ``*.html``. A line each, MB (10^6 bytes) of HTML over the processor time of one thread, best of five. Parsers that are not
installed are left out; `pip install resiliparse lxml` for those that arclean does not use.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from arclean.boilerplate.html.page import Html
from arclean.dataset.decode_page import decode_page
from arclean.rules.elements import RULES

Work = Callable[[bytes], object]


def parsers() -> Iterator[tuple[str, Work]]:
    """Each parser that is installed: the tree alone, and what a program must do to see every element of it."""
    from selectolax.lexbor import LexborHTMLParser

    yield "selectolax (Lexbor): tree", LexborHTMLParser
    yield "selectolax (Lexbor): tree, written out again", lambda page: LexborHTMLParser(page).html
    if importlib.util.find_spec("resiliparse"):
        tree: Any = importlib.import_module("resiliparse.parse.html").HTMLTree

        yield "resiliparse: tree", lambda page: tree.parse(page.decode())
        yield "resiliparse: tree, every node visited", lambda page: sum(1 for _ in tree.parse(page.decode()).document)
    if importlib.util.find_spec("lxml"):
        import lxml.html  # type: ignore[import-untyped,unused-ignore]

        yield "lxml: tree", lxml.html.fromstring
        yield "lxml: tree, every node visited", lambda page: sum(1 for _ in lxml.html.fromstring(page).iter())


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the least of five after one that does not count."""
    work()
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    given = parser.parse_args()
    pages = [page for path in sorted(given.folder.glob("*.html")) if (page := decode_page(path.read_bytes()))]
    if not pages:
        raise SystemExit(f"{given.folder}: no *.html there")
    size = sum(map(len, pages)) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB")
    for name, work in parsers():
        seconds = best(lambda work=work: [work(page) for page in pages])  # type: ignore[misc]
        print(f"{name:46}{size / seconds:8.0f} MB/s")
    column = pa.array(pages, pa.binary()).cast(pa.string())
    for name, part in (("step html", Html(RULES)), ("step html, no columns", Html(RULES, columns=()))):
        print(f"{name:46}{size / best(lambda part=part: part.edit(column)):8.0f} MB/s")  # type: ignore[misc]
    return 0


if __name__ == "__main__":
    sys.exit(main())
