"""Quality on the sample crawl: words of content kept, words of furniture gone, by site; no worse than it is, and no better unnoticed.

``pytest -s tests/test_quality_floor.py`` prints the table, and what goes wrong by rule.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pyarrow as pa

import arclean
from arclean import Pipeline, sample

CASES: Final = Path(__file__).parent / "cases"
KEPT: Final = ("title", "content")
MACRO_F1: Final = 0.96
"""Pinned to what was measured; raise it when it is raised."""
HARM: Final = 0.0065
"""The share of words of content that may be lost."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (CASES / name).read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Line:
    """A line of a page: where it is, what it says, what a reader calls it, and the rule that cut it, if any."""

    url: str
    text: str
    label: str
    rule: str | None

    @property
    def site(self) -> str:
        return str(urlsplit(self.url).hostname)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_content(self) -> bool:
        return self.label in KEPT


def texts() -> dict[str, str]:
    """The text of every page, by its address or, for a text file, by its name."""
    found = {f"pages/{file.name}": file.read_bytes().decode() for file in (sample.path() / "pages").iterdir()}
    for file in filter(Path.is_file, sample.path().iterdir()):
        with pa.input_stream(str(file), compression="detect") as stream:
            for row in bytes(stream.read()).split(b"\n"):
                try:
                    record = json.loads(row)
                except ValueError:
                    continue
                found[record["url"]] = record.get("text", "")
    return found


@cache
def judged() -> tuple[tuple[Line, ...], dict[str, str]]:
    """Every line of the sample, and the reasons for which pages with content were rejected."""
    pages, known = rows("expected_sample.jsonl"), texts()
    given = [known[page["file"] if page["file"].endswith(".txt") else page["url"]] for page in pages]
    pipe = arclean.load("pretrain")
    outcome = pipe.apply(pa.record_batch({"text": given}))
    cut: dict[int, dict[int, str]] = defaultdict(dict)
    for one in outcome.removed.to_pylist():
        cut[one["row"]][one["line"]] = one["rule"]
    lines: list[Line] = []
    for row, (page, text) in enumerate(zip(pages, Pipeline(pipe.parts[:1]).clean_many(given), strict=True)):
        told = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line]
        lines += (Line(page["url"], line, label, cut[row].get(number)) for (number, line), label in zip(told, page["labels"], strict=True))
    drops = outcome.batch["drop"].to_pylist()
    return tuple(lines), {page["url"]: drop for page, drop in zip(pages, drops, strict=True) if drop and page["lines"]}


@dataclass(frozen=True)
class Score:
    """Words of content kept, of furniture kept, of content lost."""

    kept: int
    left: int
    lost: int

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Score:
        words: Counter[tuple[bool, bool]] = Counter()
        for line in lines:
            words[line.is_content, line.rule is None] += line.words
        return cls(words[True, True], words[False, True], words[True, False])

    @property
    def precision(self) -> float:
        return self.kept / max(self.kept + self.left, 1)

    @property
    def recall(self) -> float:
        return self.kept / max(self.kept + self.lost, 1)

    @property
    def f1(self) -> float:
        return 2 * self.kept / max(2 * self.kept + self.left + self.lost, 1)


@cache
def by_site() -> dict[str, Score]:
    lines, _ = judged()
    return {site: Score.of(line for line in lines if line.site == site) for site in sorted({line.site for line in lines})}


def macro_f1() -> float:
    return sum(score.f1 for score in by_site().values()) / len(by_site())


def table() -> Iterable[str]:
    lines, rejected = judged()
    yield f"{'site':34} precision  recall      F1   untouched"
    for site, score in by_site().items():
        untouched = Score.of(Line(line.url, line.text, line.label, None) for line in lines if line.site == site)
        yield f"{site:34} {score.precision:9.4f} {score.recall:7.4f} {score.f1:7.4f} {untouched.f1:11.4f}"
    yield f"{'macro':34} {'':17} {macro_f1():7.4f}; harm {1 - Score.of(lines).recall:.5f}"
    yield f"rejected with content: {rejected}"
    for (rule, label), count in Counter((line.rule, line.label) for line in lines if line.is_content and line.rule).most_common():
        yield f"content cut: {count:4} {label} by {rule}"
    for label, count in Counter(line.label for line in lines if not line.is_content and not line.rule).most_common():
        yield f"furniture left: {count:4} {label}"


def test_the_table_tells_every_site_and_every_wrong_cut() -> None:
    shown = "\n".join(table())
    print(f"\n{shown}")
    assert all(site in shown for site in by_site())
    assert all(str(line.rule) in shown for line in judged()[0] if line.is_content and line.rule)


def test_the_mean_over_sites_is_no_lower_than_it_was() -> None:
    assert macro_f1() >= MACRO_F1


def test_the_floor_is_pinned_to_what_is_measured() -> None:
    assert macro_f1() < MACRO_F1 + 0.03, "better than the floor: raise it"


def test_hardly_a_word_of_content_is_lost() -> None:
    assert 1 - Score.of(judged()[0]).recall <= HARM


def test_every_site_is_better_off_than_untouched() -> None:
    lines, _ = judged()
    for site, score in by_site().items():
        untouched = Score.of(Line(line.url, line.text, line.label, None) for line in lines if line.site == site)
        assert score.f1 > untouched.f1


def test_the_content_that_is_wrongly_cut_is_what_is_known_to_be() -> None:
    known = {(case["url"], case["line"]) for case in rows("known_failures.jsonl")}
    found = {(line.url, line.text) for line in judged()[0] if line.is_content and line.rule}
    assert (found - known, known - found) == (set(), set()), "cut wrongly and not known; known and mended: take it out of the file"
