"""What the extractors of others keep of HTML pages; `score_boilerplate.py` runs it in their environment.

Reads rows {id, html} from standard input; writes a row {name, kept: {id: text}, seconds} for each peer that is installed: seconds of
processor time for all pages, after one time that does not count. A page that a peer fails on is kept empty.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Extract = Callable[[str], str | None]


def readability() -> dict[str, Extract]:
    document: Any = import_module("readability").Document
    parse: Any = import_module("lxml.html").fromstring

    def extract(html: str) -> str:
        return str(parse(document(html).summary()).text_content())

    return {"readability-lxml": extract}


def trafilatura() -> dict[str, Extract]:
    library: Any = import_module("trafilatura")
    modes: dict[str, dict[str, Any]] = {
        "default": {},
        "fast": {"fast": True},
        "favor_recall": {"favor_recall": True},
        "favor_precision": {"favor_precision": True},
    }

    def mode(options: dict[str, Any]) -> Extract:
        return lambda html: library.extract(html, include_comments=False, **options)

    return {f"trafilatura {name}": mode(options) for name, options in modes.items()}


def resiliparse() -> dict[str, Extract]:
    plain: Any = import_module("resiliparse.extract.html2text").extract_plain_text
    tree: Any = import_module("resiliparse.parse.html").HTMLTree
    return {
        "resiliparse main_content": lambda html: plain(tree.parse(html), main_content=True, preserve_formatting=False, comments=False),
        "resiliparse all text": lambda html: plain(tree.parse(html), preserve_formatting=False),
    }


def justext() -> dict[str, Extract]:
    library: Any = import_module("justext")
    arabic = library.get_stoplist("Arabic")

    def mode(**options: Any) -> Extract:
        return lambda html: "\n".join(p.text for p in library.justext(html, arabic, **options) if not p.is_boilerplate)

    relaxed = {"length_low": 30, "length_high": 100, "stopwords_low": 0.15, "stopwords_high": 0.22}
    return {"jusText Arabic default": mode(), "jusText Arabic relaxed": mode(**relaxed)}


def newspaper() -> dict[str, Extract]:
    library: Any = import_module("newspaper")

    def extract(html: str) -> str:
        article = library.Article("http://example.com/", language="ar")
        article.download(input_html=html)
        article.parse()
        return f"{article.title}\n{article.text}"

    return {"newspaper4k": extract}


def attempt(extract: Extract, html: str) -> str:
    try:
        return extract(html) or ""
    except Exception as error:  # noqa: BLE001 - what a peer raises is its own affair; it keeps nothing of the page
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return ""


def main() -> None:
    pages = [(row["id"], re.sub(r"^\s*<\?xml[^>]*\?>", "", row["html"])) for row in map(json.loads, sys.stdin)]
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        for family in (readability, trafilatura, resiliparse, justext, newspaper):
            try:
                modes = family()
            except ImportError as error:
                print(f"{family.__name__} is not there: {error}", file=sys.stderr)
                continue
            for name, extract in modes.items():
                attempt(extract, pages[0][1])
                start = time.process_time()
                kept = {one: attempt(extract, html) for one, html in pages}
                seconds = time.process_time() - start
                answers.write(json.dumps({"name": name, "kept": kept, "seconds": seconds}) + "\n")


if __name__ == "__main__":
    main()
