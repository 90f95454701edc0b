"""A small crawl of ten invented Arabic sites, written for arclean: for the demo, the tests and the reader of the README."""

from __future__ import annotations

from pathlib import Path


def path() -> Path:
    """The directory of the sample crawl; `README.md` beside it says what it holds.

    >>> sorted(file.suffix for file in path().iterdir() if file.is_file())
    ['.gz', '.jsonl', '.jsonl', '.zst']
    """
    return Path(__file__).resolve().parent / "crawl"
