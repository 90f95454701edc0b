"""arclean turns a crawled Arabic dump into a training-ready dataset.

>>> import arclean
>>> arclean.load("pretrain").clean("قـال الوَزير")
'قال الوَزير'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from arclean import compiled as _compiled
from arclean import pool as _pool

_compiled.keep()
_pool.keep()

if TYPE_CHECKING:
    from arclean.ahead import warm as warm
    from arclean.boilerplate.html.page import Html as Html
    from arclean.boilerplate.lines import Lines as Lines
    from arclean.boilerplate.templates.step import Templates as Templates
    from arclean.cards.make import card as card
    from arclean.dataset.convert import convert as convert
    from arclean.dataset.forecast import Forecast as Forecast
    from arclean.dataset.forecast import plan as plan
    from arclean.dataset.learn import learn as learn
    from arclean.dataset.mine import mine as mine
    from arclean.dataset.push import push as push
    from arclean.dataset.run import run as run
    from arclean.dataset.stream_rows import stream as stream
    from arclean.dataset.verify import verify as verify
    from arclean.duplicates.contained import Contained as Contained
    from arclean.duplicates.decontaminate import Decontaminate as Decontaminate
    from arclean.duplicates.decontaminate import decontaminate as decontaminate
    from arclean.duplicates.dedup import dedup as dedup
    from arclean.duplicates.passages import Passages as Passages
    from arclean.duplicates.repeats import Repeats as Repeats
    from arclean.duplicates.split import Split as Split
    from arclean.duplicates.stage import Duplicates as Duplicates
    from arclean.entities.cleaner import CountEntities as CountEntities
    from arclean.entities.cleaner import Entities as Entities
    from arclean.errors import ArcleanError as ArcleanError
    from arclean.explain import Change as Change
    from arclean.explain import Explanation as Explanation
    from arclean.exporting.layer import export as export
    from arclean.loading import load as load
    from arclean.loading import presets as presets
    from arclean.orthography.characters import Characters as Characters
    from arclean.pipeline import Pipeline as Pipeline
    from arclean.quality.steps import Filter as Filter
    from arclean.quality.steps import Measure as Measure
    from arclean.registry import each as each
    from arclean.registry import register as register
    from arclean.reports.make import report as report
    from arclean.rule import CharRule as CharRule
    from arclean.rule import ContextRule as ContextRule
    from arclean.rule import ElementRule as ElementRule
    from arclean.rule import EntityRule as EntityRule
    from arclean.rule import LineRule as LineRule
    from arclean.rule import PatternRule as PatternRule
    from arclean.tally import Tally as Tally

__version__ = "0.1.0"

# What is public and where it lives. Imported when first asked for, so that `import arclean` costs nothing.
_PUBLIC = {
    "ArcleanError": "arclean.errors",
    "Change": "arclean.explain",
    "CharRule": "arclean.rule",
    "Characters": "arclean.orthography.characters",
    "ContextRule": "arclean.rule",
    "Contained": "arclean.duplicates.contained",
    "Decontaminate": "arclean.duplicates.decontaminate",
    "Duplicates": "arclean.duplicates.stage",
    "CountEntities": "arclean.entities.cleaner",
    "Entities": "arclean.entities.cleaner",
    "EntityRule": "arclean.rule",
    "Explanation": "arclean.explain",
    "Forecast": "arclean.dataset.forecast",
    "ElementRule": "arclean.rule",
    "Filter": "arclean.quality.steps",
    "Html": "arclean.boilerplate.html.page",
    "LineRule": "arclean.rule",
    "Lines": "arclean.boilerplate.lines",
    "Measure": "arclean.quality.steps",
    "Passages": "arclean.duplicates.passages",
    "PatternRule": "arclean.rule",
    "Pipeline": "arclean.pipeline",
    "Repeats": "arclean.duplicates.repeats",
    "Split": "arclean.duplicates.split",
    "Tally": "arclean.tally",
    "Templates": "arclean.boilerplate.templates.step",
    "card": "arclean.cards.make",
    "convert": "arclean.dataset.convert",
    "decontaminate": "arclean.duplicates.decontaminate",
    "dedup": "arclean.duplicates.dedup",
    "each": "arclean.registry",
    "export": "arclean.exporting.layer",
    "learn": "arclean.dataset.learn",
    "load": "arclean.loading",
    "mine": "arclean.dataset.mine",
    "plan": "arclean.dataset.forecast",
    "presets": "arclean.loading",
    "push": "arclean.dataset.push",
    "register": "arclean.registry",
    "report": "arclean.reports.make",
    "run": "arclean.dataset.run",
    "stream": "arclean.dataset.stream_rows",
    "verify": "arclean.dataset.verify",
    "warm": "arclean.ahead",
}

__all__ = ["__version__", *sorted(_PUBLIC)]  # noqa: PLE0604 - the names above, listed once


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    from arclean.errors import unknown

    raise AttributeError(str(unknown("name in arclean", name, _PUBLIC)))


def __dir__() -> list[str]:
    return __all__
