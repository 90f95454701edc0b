"""Mine: line rules proposed from a crawl, for a person to edit: lines that many sites have, and never amid prose."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arclean import columns
from arclean.boilerplate.lines import Lines
from arclean.boilerplate.matcher import matcher
from arclean.boilerplate.templates.step import is_templates
from arclean.check import problems
from arclean.codec import encode_rule, yaml_text
from arclean.dataset.learn import learn
from arclean.rule import LineRule
from arclean.rules import ALL_LINES, resolve
from arclean.rules.samples import PROSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST: Final = 140
_MOST_WORDS: Final = 14
_AMID: Final = 0.02
"""Share of a line's occurrences that may stand between lines of prose."""


@dataclass(frozen=True)
class Proposal:
    """A rule, and what speaks for it.

    Attributes:
        rule: to be edited: its category, its reason and its near-miss are a person's to say.
        sites: how many have the line.
        documents: how many distinct ones.
    """

    rule: LineRule
    sites: int
    documents: int


def mine(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    sites: int = 5,
    most: int = 500,
    **reading: Any,
) -> list[Proposal]:
    """Propose line rules, the most widespread first, into a file of a pipeline that `arclean check` and `arclean.load` read.

    Lines that a rule drops already are left out.

    Args:
        inputs: a crawl, or a file that `arclean.learn` wrote.
        out: the file to write, YAML.
        sites: on how many sites a line must stand.
        most: so many rules at most.
        reading: how a crawl is read, see `arclean.learn`.

    Raises:
        UnknownName, SourceError, OutputError: as `arclean.learn`.
    """
    paths = [fspath(path) for path in ([inputs] if isinstance(inputs, (str, PathLike)) else inputs)]
    with tempfile.TemporaryDirectory(prefix="arclean-mine-") as folder:
        if len(paths) == 1 and Path(paths[0]).is_file() and is_templates(paths[0]):
            table = Path(paths[0])
        else:
            table = learn(paths, Path(folder) / "lines.parquet", least=1, **reading).out
        found = list(_proposals(table, sites))[:most]
    promise = "Proposed by `arclean mine`: name the category of each rule, say why, and give a line that looks like it and must stay."
    rules = [encode_rule(one.rule) for one in found]
    Path(out).write_text(yaml_text({"name": "mined", "promise": promise, "steps": [{"lines": rules}]}), encoding="utf-8")
    return found


def _proposals(table: Path, sites: int) -> Iterator[Proposal]:
    short = (pc.field("prose") == False) & (pc.utf8_length(pc.field("text")) <= _LONGEST)  # noqa: E712 - an expression of Arrow's
    lines = pq.read_table(table, columns=["site", "text", "documents", "amid"], filters=short).combine_chunks()
    if not len(lines):
        return
    strings = columns.view(lines["text"].combine_chunks())
    begin, end = strings.bounds[:-1], strings.bounds[1:]
    shapes = matcher(()).shapes(strings.data, begin, end, np.zeros(len(begin), np.bool_))
    lines = lines.append_column("skeleton", shapes.texts).append_column("words", pa.array(shapes.words))
    lines = lines.filter(pc.and_(pc.less_equal(lines["words"], _MOST_WORDS), pc.greater(pc.utf8_length(lines["skeleton"]), 1)))
    wide = lines.group_by("skeleton", use_threads=False).aggregate(
        [("site", "count_distinct"), ("documents", "sum"), ("amid", "sum"), ("text", "first")]
    )
    wide = wide.filter(pc.greater_equal(wide["site_count_distinct"], sites))
    order = [("site_count_distinct", "descending"), ("documents_sum", "descending"), ("skeleton", "ascending")]
    known = Lines(tuple(rule for rule in resolve(ALL_LINES) if isinstance(rule, LineRule)))
    for number, row in enumerate(wide.sort_by(order).to_pylist(), 1):
        if row["amid_sum"] <= _AMID * row["documents_sum"] and not _dropped(known, row["text_first"]):
            rule = _rule(number, row)
            if not problems(rule):
                yield Proposal(rule, row["site_count_distinct"], row["documents_sum"])


def _rule(number: int, row: dict[str, Any]) -> LineRule:
    pattern = re.sub("[0-9]+", "[0-9]+", re.escape(row["skeleton"]).replace("\\ ", " "))
    text = " ".join(row["text_first"].split())
    return LineRule(
        name=f"mined_{number:03}",
        why=f"Stands on {row['site_count_distinct']} sites, in {row['documents_sum']} documents, hardly ever amid prose.",
        category="navigation",
        pattern=f"^{pattern}$",
        most_words=max(len(text.split()), 1),
        drops=(text,),
        leaves=(f"{PROSE} {text}",),
    )


def _dropped(known: Lines, text: str) -> bool:
    """Whether a rule drops the line already, before or after prose."""
    given = pa.array([f"{text}\n{PROSE}", f"{PROSE}\n{text}"])
    return any(made.strip() == PROSE.strip() for made in known.text(given).to_pylist())
