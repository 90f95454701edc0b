"""The step that judges documents by a recipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.errors import unknown
from arclean.quality.lists.phrases import phrases
from arclean.quality.measures import figures
from arclean.quality.recipe import Bound, Recipe, StopWords
from arclean.quality.recipes import recipes
from arclean.quality.shape.measures import FORMULAS, NO_WORDS, counted
from arclean.steps import places_of, undecided, with_column

MODES: Final = ("mended", "faithful")
STOP_WORDS_LOW: Final = "stop_words_low"


@dataclass(frozen=True)
class Judge:
    """Reject documents by a published recipe: ``drop`` becomes ``<measure>_low``, ``<measure>_high`` or ``stop_words_low``.

    A document that is rejected already keeps its first reason; bounds are asked in the order of the recipe.

    Attributes:
        recipe: a name of `arclean.quality.recipes.recipes`.
        mode: ``mended``, or ``faithful`` to the code that was published.
        columns: whether the measures become columns, to be looked at.

    Raises:
        UnknownName: there is no such recipe or mode.

    >>> Judge("fineweb2-arb").batch(pa.record_batch({"text": ["كلمتان فقط"]}))["drop"].to_pylist()
    ['words_low']
    """

    recipe: str
    mode: str = "mended"
    columns: bool = False

    def __post_init__(self) -> None:
        if self.recipe not in recipes():
            raise unknown("recipe", self.recipe, recipes(), "step 'judge'")
        if self.mode not in MODES:
            raise unknown("mode", self.mode, MODES, "step 'judge'")

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with reasons in ``drop``, and with the measures if they are wanted."""
        rules = self.rules()
        if not self.columns and "drop" in batch.schema.names and batch["drop"].null_count < len(batch):
            return with_column(batch, "drop", self._of_the_others(batch))
        values, reason = judged(batch["text"], rules)
        if self.columns:
            for name, column in values.items():
                batch = with_column(batch, name, column)
        if "drop" in batch.schema.names:
            reason = pc.coalesce(batch["drop"], reason)
        return with_column(batch, "drop", reason)

    def _of_the_others(self, batch: pa.RecordBatch) -> pa.Array:
        """The reasons, where some documents are rejected already: of those nothing is measured."""
        others = undecided(batch)
        _, reason = judged(batch["text"], self.rules(), others)
        return pc.coalesce(batch["drop"], reason.take(places_of(others, len(batch))))

    def rules(self) -> tuple[Bound | StopWords, ...]:
        """The rules of the recipe in this mode."""
        recipe: Recipe = recipes()[self.recipe]
        return recipe.faithful if self.mode == "faithful" else recipe.mended


def judged(
    texts: pa.Array, rules: tuple[Bound | StopWords, ...], rows: npt.NDArray[np.int64] | None = None
) -> tuple[dict[str, pa.Array], pa.Array]:
    """The measures that the rules ask for, and for each row the first that it breaks, or null; of all rows, or of some."""
    names = tuple(dict.fromkeys(rule.measure for rule in rules if isinstance(rule, Bound)))
    listed = next((rule.words for rule in rules if isinstance(rule, StopWords) and not rule.folded), NO_WORDS)
    shapes, different = counted(columns.view(texts), [name for name in names if name in FORMULAS], listed, rows)  # one walk for both
    others = [name for name in names if name not in FORMULAS]
    if rows is not None and (others or any(isinstance(rule, StopWords) and rule.folded for rule in rules)):
        texts = texts.take(pa.array(rows))
    known = figures(texts, others)
    values = {name: pa.array(shapes[name]) if name in shapes else known[name] for name in names}
    told: list[str | None] = [None]
    reason = np.zeros(len(different), np.int64)
    for rule in rules:
        if isinstance(rule, StopWords):
            found = phrases(rule.words).find(texts).different if rule.folded else different.astype(np.int64)
            values["stop_words"] = pa.array(found)
            sides = [(values["stop_words"].to_numpy() < rule.least, STOP_WORDS_LOW)]
        else:
            measured = values[rule.measure].to_numpy()
            sides = [(measured < rule.least, f"{rule.measure}_low"), (measured > rule.most, f"{rule.measure}_high")]
        for broken, name in sides:
            reason[broken & (reason == 0)] = len(told)
            told.append(name)
    return values, pa.array(told, pa.string()).take(pa.array(reason))
