"""The page of one run: what `facts` found, in sections, through a template that escapes everything it is given."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from arclean.catalogue import entries, visible
from arclean.dataset.card import ranked
from arclean.reports import draw
from arclean.reports.diffs import stretches
from arclean.reports.labels import LABELS
from arclean.reports.sites import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.catalogue import Entry
    from arclean.pipeline import Pipeline
    from arclean.reports.facts import Facts
    from arclean.reports.looks import Line, Looks

_HERE: Final = Path(__file__).parent
_SITES: Final = 200
"""Sources shown."""
_LINE: Final = 400
"""Characters shown of an example line."""

Stretches = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A rule as the page lists it.

    Attributes:
        name, why, kind: of the rule; `kind` is the category of a line rule, the harm of another.
        count: lines that it cut, or places that it changed.
        words: in the lines that it cut.
        examples: what it did, each with how often it was met; 0 says that the example is the rule's own.
    """

    name: str
    why: str
    kind: str
    count: int
    words: int
    examples: tuple[tuple[Stretches, int], ...]


def label(name: str) -> Markup:
    """A label in both languages; the style sheet shows one of them."""
    english, arabic = LABELS[name]
    return Markup('<span class="en" lang="en">{}</span><span class="ar" lang="ar" dir="rtl">{}</span>').format(english, arabic)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. The page's only style and script are named by their hashes, so that nothing else in it can act."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style, script = ((_HERE / "templates" / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    made.globals |= {
        "t": label,
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_hash": _digest(style),
        "script_hash": _digest(script),
        "bars": draw.bars,
        "histogram": draw.histogram,
        "amount": draw.amount,
        "others": OTHERS,
    }
    made.filters |= {
        "shown": _shown,
        "visible": visible,
        "number": "{:,}".format,
        "share": _share,
    }
    return made


def _share(part: float, whole: float) -> str:
    return f"{part / (whole or 1):.1%}"


def page(found: Facts, pipe: Pipeline | None, look: Looks | None, speed: Sequence[tuple[float, float]]) -> str:
    """The HTML of the page of one run.

    Args:
        found: the dataset.
        pipe: its pipeline, None if it has steps that are not registered here: then rules have no reasons.
        look: documents of the input, None if it was not looked at.
        speed: seconds and MB/s, none if the run kept no log.
    """
    known = {entry.name: entry for entry in entries(pipe)} if pipe else {}
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            found=found,
            made=found.made,
            tally=found.tally,
            promise=pipe.promise if pipe else "",
            line_rules=list(_line_rows(found, known)),
            character_rules=list(_character_rows(found, known, look)),
            reasons=ranked(found.tally.reasons),
            documents=look.documents if look else [],
            sites=found.sites.ranked()[:_SITES] if found.sites else [],
            curve=draw.line(speed, "MB/s") if speed else "",
            definition=_written(found.made["pipeline"]["definition"]),
        )
    )


def _line_rows(found: Facts, known: dict[str, Entry]) -> Iterator[Row]:
    """The rules that cut lines; from the tally alone where the lines were not written."""
    from_tally = {name: count for name, count in found.tally.rules.items() if name in known and known[name].kind == "line"}
    for name, count in ranked({name: cut.lines for name, cut in found.cuts.items()} or from_tally):
        cut, entry = found.cuts.get(name), known.get(name)
        shown = tuple(([("gone", _short(text))], times) for text, times in cut.sample.texts()) if cut else ()
        kind = cut.category if cut else entry.category if entry else ""
        yield Row(name, entry.why if entry else "", kind, count, cut.words if cut else 0, shown)


def _character_rows(found: Facts, known: dict[str, Entry], look: Looks | None) -> Iterator[Row]:
    for name, count in ranked(found.tally.rules):
        entry = known.get(name)
        if name in found.cuts or (entry and entry.kind == "line"):
            continue
        seen = look.changes.get(name, []) if look else []
        shown = [(stretches("\n".join(one.before), "\n".join(one.after)), 1) for one in seen]
        if not shown and entry:
            shown = [(stretches(*entry.changes[0]), 0)]
        yield Row(name, entry.why if entry else "", entry.category if entry else "", count, 0, tuple(shown))


def _short(text: str) -> str:
    return visible(text[:_LINE]) + ("…" if len(text) > _LINE else "")


def _shown(line: Line) -> Stretches:
    if line.after is None:
        return [("gone", _short(line.before))]
    return stretches(line.before, line.after) if line.after != line.before else [("same", visible(line.before))]


def _written(definition: dict[str, Any]) -> str:
    from arclean.codec import yaml_text

    return yaml_text(json.loads(json.dumps(definition)))
