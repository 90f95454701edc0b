"""Pipeline: an ordered tuple of cleaners and steps, itself a step; one definition for one text and for a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from arclean import codec, columns, compiling
from arclean.apply import Outcome, apply, rewrite
from arclean.errors import ColumnError, PipelineError, unknown
from arclean.rule import ElementRule, LineRule, Rule
from arclean.stages import Stage, is_stage, refuse_stages
from arclean.steps import Cleaner, Part, Rewriter, Step, having, is_cleaner, with_column
from arclean.travel import Packed, packed, unpacked

if TYPE_CHECKING:
    from arclean.alignment.alignment import Alignment, Alignments
    from arclean.explain import Explanation


@dataclass(frozen=True)
class Pipeline:
    """Cleaners and steps, applied in order.

    Attributes:
        parts: cleaners (``text(column)``) and steps (``batch(batch)``); a pipeline among them is laid flat.
        name: what it is called in a manifest.
        promise: one sentence on what it keeps and what it destroys.

    Raises:
        PipelineError: a part is neither a cleaner nor a step.

    >>> import arclean
    >>> arclean.load("light").clean("جمـــيل  جدا ")
    'جميل جدا'
    """

    parts: tuple[Part, ...]
    name: str = "custom"
    promise: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        flat: list[Part] = []
        for part in self.parts:
            flat += part.parts if isinstance(part, Pipeline) else [part]
        for part in flat:
            if isinstance(part, type) or not isinstance(part, (Cleaner, Step, Stage, Rewriter)):
                raise PipelineError(f"{part!r} is neither a cleaner (method `text`) nor a step (method `batch`) nor a stage")
        object.__setattr__(self, "parts", tuple(flat))
        compiling.expect(self.parts)

    def clean(self, text: str) -> str:
        """One text, cleaned. A document that a filter would reject comes back cleaned all the same.

        Raises:
            ColumnError: it is not a string, or holds a lone surrogate.
        """
        return self.clean_many([text])[0]

    def clean_many(self, texts: Iterable[str]) -> list[str]:
        """Texts, cleaned: the same as `clean` on each, and many times faster.

        Raises:
            ColumnError: one of them is not a string, or holds a lone surrogate.
        """
        column = columns.column_of(texts)
        for part in self.parts:
            if is_cleaner(part):
                column = rewrite(part, column).texts
        cleaned: list[str] = column.to_pylist()
        return cleaned

    def batch(self, batch: pa.RecordBatch, text: str = "text") -> pa.RecordBatch:
        """A record batch with its text cleaned and the columns of the steps added: same rows, same order.

        Args:
            batch: holds a string column.
            text: the name of that column.

        Raises:
            UnknownName: there is no such column.
            ColumnError: it holds something other than strings of valid UTF-8.
            PipelineError: a part needs the whole corpus.
        """
        return self._apply(batch, text).batch

    def table(self, data: Any, text: str = "text") -> pa.Table:
        """The same for a table, or for anything that speaks the Arrow PyCapsule protocol (polars, pandas, DuckDB, datasets).

        ``dataset.with_format("arrow").map(pipe.table, batched=True)`` cleans a Hugging Face dataset.

        Raises:
            UnknownName, ColumnError: as `batch`.
        """
        whole = columns.as_table(data)
        if text not in whole.column_names:
            raise unknown("column", text, whole.column_names, "the table")
        batches = whole.to_batches() or [pa.RecordBatch.from_pylist([], schema=whole.schema)]
        return pa.Table.from_batches([self._apply(batch, text).batch for batch in batches])

    def batches(self, batches: Iterable[pa.RecordBatch], text: str = "text") -> Iterator[pa.RecordBatch]:
        """The same for a stream of record batches, one after the other: for Spark's ``mapInArrow`` and readers of Arrow.

        >>> import arclean
        >>> list(arclean.load("light").batches([pa.record_batch({"text": ["جمـيل"]})]))[0]["text"].to_pylist()
        ['جميل']

        Raises:
            UnknownName, ColumnError: as `batch`.
        """
        for batch in batches:
            yield self.batch(batch, text)

    def apply(self, batch: pa.RecordBatch) -> Outcome:
        """The batch, the lines removed, and the tally. Its column ``text`` must be valid UTF-8; `batch` makes sure.

        Raises:
            PipelineError: a part needs the whole corpus, see `arclean.stages`.
        """
        refuse_stages(self.parts)
        return apply(self.parts, batch)

    def _apply(self, batch: pa.RecordBatch, text: str) -> Outcome:
        names = batch.schema.names
        if names.count(text) > 1:
            raise ColumnError(f"the batch has {names.count(text)} columns called {text!r}; rename all but one")
        if text not in names:
            raise unknown("column", text, names, "the batch")
        if text != "text" and "text" in names:
            raise ColumnError(f"the batch has a column 'text' beside {text!r}; rename one of them")
        column = columns.string_array(batch[text])
        columns.demand_utf8(column, text)
        done = self.apply(_renamed(with_column(batch, text, column), text, "text"))
        return replace(done, batch=_renamed(done.batch, "text", text))

    def explain(self, text: str) -> Explanation:
        """What happens to a text: one change after the other, each with its rule and reason. Ends where `clean` ends."""
        from arclean.explain import explain

        return explain(self, text)

    def without_stages(self) -> Pipeline:
        """This pipeline without the parts that need the whole corpus."""
        return Pipeline(tuple(part for part in self.parts if not is_stage(part)), self.name, self.promise)

    def align(self, text: str) -> Alignment:
        """One text cleaned, and for each place of it where it came from; labels of spans go both ways.

        Raises:
            ColumnError: it is not a string, or holds a lone surrogate.

        >>> import arclean
        >>> found = arclean.load("light").align("زار  أحمـــد دمشق")
        >>> start, end = found.to_output(5, 12)
        >>> found.after[start:end]
        'أحمد'
        """
        return self.align_many([text])[0]

    def align_many(self, texts: Any) -> Alignments:
        """The same for many texts: strings, or a column of them (Arrow, polars, pandas); nulls stay.

        Raises:
            ColumnError: they are something other than strings of valid UTF-8.
        """
        from arclean.alignment.alignment import align

        column = columns.string_array(texts)
        columns.demand_utf8(column)
        return align(self.parts, column)

    def then(self, *parts: Part) -> Pipeline:
        """This pipeline with more parts at its end."""
        return Pipeline((*self.parts, *parts), self.name, self.promise)

    def with_rules(self, *added: Rule) -> Pipeline:
        """This pipeline with more rules: line rules in its first `Lines`, others at the end of its first `Characters`.

        Raises:
            PipelineError: it has no such part.
        """
        pipe = self
        for rule in added:
            wanted = "Html" if isinstance(rule, ElementRule) else "Lines" if isinstance(rule, LineRule) else "Characters"
            at = next((i for i, part in enumerate(pipe.parts) if type(part).__name__ == wanted), None)
            if at is None:
                raise PipelineError(f"pipeline {self.name!r} has no part {wanted} to hold the rule {rule.name!r}; add one with `then`")
            grown = replace(pipe.parts[at], rules=(*pipe.parts[at].rules, rule))
            pipe = Pipeline((*pipe.parts[:at], grown, *pipe.parts[at + 1 :]), self.name, self.promise)
        return pipe

    def without(self, *names: str) -> Pipeline:
        """This pipeline without some rules, families of rules, or categories of lines.

        Raises:
            UnknownName: it has no rule, and there is no family or category, of that name.
        """
        from arclean.rules import FAMILIES

        own = {rule.name: rule for part in self.parts for rule in getattr(part, "rules", ())}
        categories = {rule.category for rule in own.values() if isinstance(rule, LineRule | ElementRule)}
        dropped: set[str] = set()
        for name in names:
            if name not in own and name not in FAMILIES and name not in categories:
                raise unknown("rule, family or category", name, [*own, *FAMILIES, *categories], f"pipeline {self.name!r}")
            dropped |= {name, *(rule.name for rule in FAMILIES.get(name, ()))}
            dropped |= {rule.name for rule in own.values() if isinstance(rule, LineRule | ElementRule) and rule.category == name}
        parts = tuple(_left(part, dropped) if hasattr(part, "rules") else part for part in self.parts)
        return Pipeline(parts, self.name, self.promise)

    @cached_property
    def fingerprint(self) -> str:
        """16 hexadecimal digits over what the pipeline does: the content of its rules and its options, not their names."""
        return codec.fingerprint(self.parts)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, from which `from_dict` makes an equal pipeline.

        Raises:
            PipelineError: a part is of a class that is not registered.
        """
        return {"name": self.name, "promise": self.promise, "steps": [codec.encode_part(part) for part in self.parts]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: str = "pipeline") -> Pipeline:
        """The pipeline that plain data describes.

        Raises:
            UnknownName: a kind of step, an option, a rule or a measure does not exist.
            PipelineError: the data is of another form.
        """
        known = ("name", "promise", "steps")
        if not isinstance(data, Mapping):
            raise PipelineError(f"{where}: a pipeline is written with {', '.join(known)}; this is {type(data).__name__}")
        for key in data:
            if key not in known:
                raise unknown("field of a pipeline", str(key), known, where)
        steps = data.get("steps")
        if not isinstance(steps, list):
            raise PipelineError(f"{where}: `steps` is to be a list of steps, it is {steps!r}")
        parts = [_preset_or_part(step, f"{where}, step {i}") for i, step in enumerate(steps, 1)]
        return cls(tuple(parts), str(data.get("name", "custom")), str(data.get("promise", "")))

    def to_yaml(self) -> str:
        """The text of a file that `arclean.load` reads."""
        return codec.yaml_text(self.to_dict())

    def __reduce__(self) -> Any:
        """As plain data, held against the fingerprint where it arrives; with parts that are not registered, as Python pickles objects."""
        try:
            return _received, (packed(self.parts), self.name, self.promise)
        except PipelineError:
            return object.__reduce_ex__(self, 2)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "fingerprint"}  # so that equal ones pickle equally

    def __repr__(self) -> str:
        kinds = ", ".join(type(part).__name__ for part in self.parts)
        try:
            return f"<Pipeline {self.name!r} {self.fingerprint}: {kinds}>"
        except PipelineError:  # a part that is not registered can be run, but not written down
            return f"<Pipeline {self.name!r}: {kinds}>"


def _preset_or_part(step: Any, where: str) -> Part:
    """What a step of a file is: the parts of a preset for ``preset: NAME``, else one part."""
    if not isinstance(step, Mapping) or list(step) != ["preset"]:
        return codec.decode_part(step, where)
    from arclean.loading import load, presets

    if step["preset"] not in presets():
        raise unknown("preset", str(step["preset"]), presets(), where)
    return load(step["preset"])


def _received(sent: Packed, name: str, promise: str) -> Pipeline:
    return Pipeline(unpacked(*sent), name, promise)


def _renamed(batch: pa.RecordBatch, name: str, new: str) -> pa.RecordBatch:
    if name == new:
        return batch
    names = [new if known == name else known for known in batch.schema.names]
    return batch.rename_columns(names).replace_schema_metadata(batch.schema.metadata)


def _left(part: Any, dropped: set[str]) -> Any:
    return having(part, tuple(rule for rule in part.rules if rule.name not in dropped))
