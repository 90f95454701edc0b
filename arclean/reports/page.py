"""The page of one run: what `facts` found, in sections, through a template that escapes everything it is given."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from arclean.catalogue import visible
from arclean.dataset.card import ranked
from arclean.dataset.result import bytes_in_words
from arclean.reports import draw
from arclean.reports.diffs import Stretch, stretches
from arclean.reports.labels import LABELS
from arclean.reports.rows import character_rows, line_rows, shortened
from arclean.reports.short import reason_words, short
from arclean.reports.sites import OTHERS
from arclean.reports.words import HARMS, KINDS, MEASURES, REPAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclean.pipeline import Pipeline
    from arclean.reports.facts import Facts
    from arclean.reports.looks import Line, Looks

_HERE: Final = Path(__file__).parent
_CODE: Final = re.compile(r"<(U\+[0-9A-F]{4,6})>")
_SITES: Final = 200
"""Sources shown."""


def label(name: str) -> Markup:
    """A label in both languages; the style sheet shows one of them."""
    return both(*LABELS[name])


def both(english: str, arabic: str) -> Markup:
    """Words in both languages; the style sheet shows one of them."""
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
        "both": both,
        "kind": lambda name: both(*(KINDS.get(name) or HARMS.get(name) or (name, name))),
        "measures": MEASURES,
        "repairs": REPAIRS,
        "others": OTHERS,
    }
    made.filters |= {
        "shown": _shown,
        "visible": visible,
        "number": "{:,}".format,
        "share": _share,
        "size": bytes_in_words,
        "marked": _marked,
    }
    return made


def _marked(text: str) -> Markup:
    """A text in which characters that are written out by their codes read from the left, whatever stands around them."""
    parts = _CODE.split(text)
    return Markup().join(
        Markup('<bdi class="code" dir="ltr">{}</bdi>').format(part) if at % 2 else Markup("{}").format(part)
        for at, part in enumerate(parts)
    )


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
    lines, characters = line_rows(found, pipe), character_rows(found, pipe, look)
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            found=found,
            made=found.made,
            tally=found.tally,
            promise=pipe.promise if pipe else "",
            short=short(found, lines, characters),
            line_rules=lines,
            character_rules=characters,
            reasons=[(name, reason_words(found, name), count) for name, count in ranked(found.tally.reasons)],
            documents=look.documents if look else [],
            kinds={**REPAIRS, **{row.name: KINDS[row.kind] for row in lines if row.kind in KINDS}},
            sites=found.sites.ranked()[:_SITES] if found.sites else [],
            curve=draw.line(speed, "MB/s") if speed else "",
            definition=_written(found.made["pipeline"]["definition"]),
        )
    )


def _shown(line: Line) -> list[Stretch]:
    if line.after is None:
        return [("gone", shortened(line.before))]
    return stretches(line.before, line.after) if line.after != line.before else [("same", visible(line.before))]


def _written(definition: dict[str, Any]) -> str:
    from arclean.codec import yaml_text

    return yaml_text(json.loads(json.dumps(definition)))
