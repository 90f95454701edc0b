"""Steps on languages: say which language a document is in and reject by it; cut the lines that are in another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.boilerplate.lines import Page
from arclean.errors import PipelineError, unknown
from arclean.language.identify import CODES, identify, identify_spans
from arclean.steps import Edit, with_column

if TYPE_CHECKING:
    from arclean.language.fasttext import Model

FOREIGN_LINE: Final = "foreign_line"
"""What a line that is cut for its language goes by, in place of a rule's name; its category is `FOREIGN`."""
FOREIGN: Final = "foreign"


def _codes(keep: str | Iterable[str]) -> tuple[str, ...]:
    return (keep,) if isinstance(keep, str) else tuple(keep)


def _demand_languages(keep: tuple[str, ...], where: str) -> None:
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
        object.__setattr__(self, "keep", _codes(self.keep))
        if isinstance(self.least, bool) or not isinstance(self.least, (int, float)) or not 0 <= self.least <= 1:
            raise PipelineError(f"step 'language': least is {self.least!r}; give a share between 0 and 1")
        if not self.model:
            _demand_languages(self.keep, "step 'language'")

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


@dataclass(frozen=True)
class ForeignLines:
    r"""Cut the lines that are in another language: a Persian paragraph in an Arabic page, the English abstract above a thesis.

    Each line is judged by itself; short ones and doubtful ones stay.

    Attributes:
        keep: languages whose lines stay, as BCP 47 codes.
        letters: a line of fewer letters stays.
        least: a line stays unless its language is this sure.

    Raises:
        UnknownName: a language is none that the tables know.
        PipelineError: a bound is none.

    >>> page = "قرأ الطلاب القصيدة ثم كتبوا عنها صفحة.\nاین کتاب را برای دانشجویان ایرانی نوشته است و بسیار خوب است."
    >>> ForeignLines().text(pa.array([page])).to_pylist()
    ['قرأ الطلاب القصيدة ثم كتبوا عنها صفحة.']
    """

    keep: tuple[str, ...] = ("ar", "mul", "und")
    letters: int = 40
    least: float = 0.9
    _kept: npt.NDArray[np.bool_] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep", _codes(self.keep))
        _demand_languages(self.keep, "step 'foreign_lines'")
        if isinstance(self.letters, bool) or not isinstance(self.letters, int) or self.letters < 1:
            raise PipelineError(f"step 'foreign_lines': letters is {self.letters!r}; give a whole number of at least 1")
        if isinstance(self.least, bool) or not isinstance(self.least, (int, float)) or not 0 <= self.least <= 1:
            raise PipelineError(f"step 'foreign_lines': least is {self.least!r}; give a share between 0 and 1")
        object.__setattr__(self, "_kept", np.isin(CODES, self.keep))

    def text(self, texts: pa.Array) -> pa.Array:
        """The column without those lines."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column without those lines, and the lines."""
        page = Page.of(columns.view(texts), 0)
        found = identify_spans(page.strings.data, page.begin, page.end)
        gone = ~self._kept[found.language] & (found.letters >= self.letters) & (found.score >= self.least)
        if not gone.any():
            return Edit(texts, {}, None)
        cut = page.without(np.where(gone, 0, -1), pa.array([FOREIGN_LINE]), pa.array([FOREIGN]))
        return Edit(cut.texts, {FOREIGN_LINE: int(gone.sum())}, cut.removed)
