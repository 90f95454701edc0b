"""The step on languages: say which language a document is in, and reject by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arclean.errors import PipelineError, unknown
from arclean.language.identify import CODES, identify
from arclean.steps import with_column

if TYPE_CHECKING:
    from arclean.language.fasttext import Model


def in_tuple(keep: str | Iterable[str]) -> tuple[str, ...]:
    """One code, or several, as a pipeline file may have them.

    >>> in_tuple("ar")
    ('ar',)
    """
    return (keep,) if isinstance(keep, str) else tuple(keep)


def demand_languages(keep: tuple[str, ...], where: str) -> None:
    """Raise if one of the codes is none of `arclean.language.identify.CODES`.

    Raises:
        UnknownName: with the nearest.
    """
    for code in keep:
        if code not in CODES:
            raise unknown("language", code, CODES, where)


@dataclass(frozen=True)
class Language:
    """Add the columns ``language``, ``language_score``, ``variety`` and ``variety_score``; reject other languages if told which to keep.

    What the values mean: `arclean.language.identify.Languages`. The reason in ``drop`` is ``language_<code>``, or ``language_score_low``.

    Attributes:
        keep: languages that are kept, as BCP 47 codes; none given: nothing is rejected.
        least: documents whose score is below this are rejected.
        model: path of a fastText model (GlotLID, lid.176) that is asked in place of the built-in tables; needs ``arclean[lid]``.

    Raises:
        UnknownName: without a model, a language is none that the tables know.
        PipelineError: `least` is no share; when it runs: the model cannot be read.

    >>> Language(("ar",)).batch(pa.record_batch({"text": ["ذهب الولد إلى المدرسة", "این کتاب را خواندم"]}))["drop"].to_pylist()
    [None, 'language_fa']
    """

    keep: tuple[str, ...] = ()
    least: float = 0.0
    model: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep", in_tuple(self.keep))
        if isinstance(self.least, bool) or not isinstance(self.least, (int, float)) or not 0 <= self.least <= 1:
            raise PipelineError(f"step 'language': least is {self.least!r}; give a share between 0 and 1")
        if not self.model:
            demand_languages(self.keep, "step 'language'")

    @cached_property
    def _model(self) -> Model:
        from arclean.language.fasttext import Model

        return Model(self.model)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with those columns, and with reasons in ``drop``."""
        found = identify(batch["text"]).columns()
        if self.model:
            found["language"], found["language_score"] = self._model.languages(batch["text"])
        for name, values in found.items():
            batch = with_column(batch, name, values)
        reason = pa.nulls(len(batch), pa.string())
        if self.least > 0:
            low = pc.less(found["language_score"], pa.scalar(np.float32(self.least)))
            reason = pc.if_else(low, pa.scalar("language_score_low"), reason)
        if self.keep:
            kept = pc.is_in(found["language"], pa.array(self.keep))
            reason = pc.if_else(kept, reason, pc.binary_join_element_wise("language", found["language"], "_"))
        if "drop" in batch.schema.names:
            reason = pc.coalesce(batch["drop"], reason)
        return with_column(batch, "drop", reason)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_model"}
