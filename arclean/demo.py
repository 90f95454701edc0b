"""The demo: the sample crawl, cleaned before the reader's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Final

from arclean import sample
from arclean.dataset.run import run
from arclean.dataset.source import ReadOptions, blocks, parse, plan
from arclean.loading import load
from arclean.reports.make import report

if TYPE_CHECKING:
    from arclean.dataset.result import RunResult
    from arclean.explain import Explanation
    from arclean.pipeline import Pipeline

PRESET: Final = "pretrain"
LOOKS: Final = (
    ("A news page: what stood around the article goes.", "/local/2026/03/12/storm-sunday"),
    ("A page out of a PDF: shapes of letters become letters.", "/pdf/style-guide-1998"),
    ("Vocalised prose: every vowel stays, the buttons go.", "/raqaiq/rifq"),
)
"""Pages of the sample crawl that are shown, each under a title."""

_RULES: Final = 5
_LINES: Final = 2


def demo(out: str | PathLike[str] = "demo-out") -> str:
    """Clean the sample crawl into a dataset, and say what happened, ready to print.

    Args:
        out: the directory of the dataset; it is left as it is if the demo has been run into it before.

    Raises:
        OutputError: the directory holds something else.
    """
    pipe = load(PRESET)
    result = run(pipe, sample.path(), out)
    if not (result.already_done and (result.out / "report.html").is_file()):
        report(out, inputs=sample.path())
    return "\n".join(_told(pipe, result))


def _told(pipe: Pipeline, result: RunResult) -> Iterator[str]:
    yield f"A crawl of ten invented Arabic sites, cleaned with the preset `{PRESET}`:"
    yield ""
    yield result.summary()
    texts = sample_texts()
    for title, address in LOOKS:
        yield f"\n{title}  (…{address})"
        yield from ("  " + line for line in look(pipe.explain(texts[address])).split("\n"))
    yield ""
    yield from _where(result)


def sample_texts() -> dict[str, str]:
    """The texts of the pages that are shown, by the end of their addresses."""
    planned = plan([str(sample.path())], ReadOptions())
    rows = (row for piece in planned.pieces for block in blocks(piece, planned.options) for row in parse(block, planned).batch.to_pylist())
    return {address: row["text"] for row in rows for _, address in LOOKS if (row["url"] or "").endswith(address)}


def look(told: Explanation, rules: int = _RULES, lines: int = _LINES) -> str:
    """An explanation cut short: the rules that changed the most lines, in order, with the first lines that they changed."""
    chosen = sorted(told.changes, key=lambda change: -len(change.differences))[:rules]
    shown = tuple(replace(change, differences=change.differences[:lines]) for change in told.changes if change in chosen)
    *first, verdict = str(replace(told, changes=shown, measures={})).split("\n")
    rest = len(told.changes) - len(shown)
    more = [f"… and {rest} more rule{'s' if rest > 1 else ''}"] if rest else []
    return "\n".join([*first, *more, f"{verdict}: {_text_lines(told.after)} of {_text_lines(told.before)} lines stay"])


def _text_lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.split("\n"))


def _where(result: RunResult) -> Iterator[str]:
    tally, out = result.tally, result.out
    yield f"The dataset lies in {out}:"
    yield f"  data/          {tally.kept:,} documents that were kept"
    yield f"  rejected/      {tally.rejected:,} that were not, the column `drop` says why"
    yield f"  removed/       {tally.lines_removed:,} lines that were cut, each with its rule"
    yield f"  quarantine/    {tally.quarantined:,} records that could not be read, with the reason"
    yield f"  manifest.json  every count and hash; `arclean verify {out}` checks them"
    yield f"  report.html    all of this to look at: open {out / 'report.html'} in a browser"
    yield "Open it:"
    yield "  from datasets import load_dataset"
    yield f"  load_dataset({str(out)!r})"
