"""The kinds of parts that a pipeline file may name, and the user's own doors: functions and steps.

Nothing is imported because a file says so: a kind or a function must be registered before a file that names it is loaded.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, TypeVar

import pyarrow as pa

from arclean.errors import PipelineError, unknown

Kind = TypeVar("Kind", bound=type)
_OWN: Final[dict[str, type]] = {}
_FUNCTIONS: Final[dict[str, Callable[[str], str]]] = {}


@dataclass(frozen=True)
class Each:
    """The slow lane: a Python function applied to one text at a time.

    Attributes:
        function: the name it is registered under, see `each`.

    Raises:
        UnknownName: no function is registered under that name.
    """

    releases_gil = False

    function: str
    call: Callable[[str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.function not in _FUNCTIONS:
            raise unknown("function", self.function, _FUNCTIONS, "step 'each' (decorate it with @arclean.each before the file is loaded)")
        object.__setattr__(self, "call", _FUNCTIONS[self.function])

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, each text replaced by what the function makes of it; nulls stay.

        Raises:
            PipelineError: the function returns something other than a string.
        """
        values = [None if text is None else self._checked(text) for text in texts.to_pylist()]
        return pa.array(values, texts.type)

    def _checked(self, text: str) -> str:
        made = self.call(text)
        if not isinstance(made, str):
            raise PipelineError(f"function {self.function!r} returned {type(made).__name__}, not str, for the text {text[:60]!r}")
        if not _is_text(made):
            raise PipelineError(f"function {self.function!r} returned a lone surrogate, which is no character, for the text {text[:60]!r}")
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """By name, so that another process finds the function where it was made; what it says goes along, so that a change shows."""
        return (_found_again, (self.function, self.call.__module__, self.content()))

    def __call__(self, text: str) -> str:
        """The function itself, so that the decorated name can still be called."""
        return self.call(text)

    def content(self) -> str:
        """What the function says, for the fingerprint: its source, or its name where that is not to be had."""
        try:
            return inspect.getsource(self.call)
        except (OSError, TypeError):
            return f"{self.call.__module__}.{self.call.__qualname__}"


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _found_again(function: str, module: str, said: str) -> Each:  # noqa: ARG001 - it is there to be part of the pickle
    if function not in _FUNCTIONS:
        import_module(module)
    return Each(function)


def each(function: Callable[[str], str]) -> Each:
    """Make a cleaner of a function ``str -> str``, and register it by its name so that files can say ``each: NAME``.

    Raises:
        PipelineError: another function has the name. The same one may be made again, as in a notebook.

    >>> @each
    ... def without_stars(text: str) -> str:
    ...     return text.replace("*", "")
    >>> without_stars.text(pa.array(["a*b", None])).to_pylist()
    ['ab', None]
    """
    known = _FUNCTIONS.setdefault(function.__name__, function)
    if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
        raise PipelineError(f"a function called {function.__name__!r} is registered already, by {known.__module__}; choose another name")
    _FUNCTIONS[function.__name__] = function
    return Each(function.__name__)


def register(name: str) -> Callable[[Kind], Kind]:
    """Register a frozen dataclass with a method ``text`` or ``batch`` as a kind of part, so that files can say ``NAME: {options}``.

    Raises:
        PipelineError: the name is taken, or the class is neither a cleaner nor a step.
    """

    def registered(kind: Kind) -> Kind:
        if name in built_in() or (name in _OWN and _OWN[name].__qualname__ != kind.__qualname__):
            raise PipelineError(f"a kind of part called {name!r} exists already; choose another name")
        if not is_dataclass(kind) or not any(hasattr(kind, method) for method in ("text", "batch", "settle")):
            raise PipelineError(f"{kind.__name__} is no part: make it a frozen dataclass with a method `text(column)` or `batch(batch)`")
        _OWN[name] = kind
        return kind

    return registered


@lru_cache(maxsize=1)
def built_in() -> dict[str, type]:
    """The kinds that arclean brings, by the name that files use."""
    from arclean.boilerplate.html.page import Html
    from arclean.boilerplate.lines import Lines
    from arclean.boilerplate.mark import MarkLines
    from arclean.boilerplate.templates.step import Templates
    from arclean.duplicates.contained import Contained
    from arclean.duplicates.decontaminate import Decontaminate
    from arclean.duplicates.passages import Passages
    from arclean.duplicates.repeats import Repeats
    from arclean.duplicates.split import Split
    from arclean.duplicates.stage import Duplicates
    from arclean.entities.cleaner import CountEntities, Entities
    from arclean.language.steps import Language
    from arclean.language.stretches.steps import ForeignLines, ForeignSentences, ForeignSpans
    from arclean.mixing.stage import Mix
    from arclean.orthography.araby import Araby
    from arclean.orthography.characters import Characters
    from arclean.orthography.transliterate import Transliterate
    from arclean.quality.c4.lines import C4Lines
    from arclean.quality.judge import Judge
    from arclean.quality.lists.steps import WordsOf
    from arclean.quality.steps import Filter, Measure

    return {
        "html": Html,
        "templates": Templates,
        "characters": Characters,
        "lines": Lines,
        "mark_lines": MarkLines,
        "entities": Entities,
        "count_entities": CountEntities,
        "foreign_lines": ForeignLines,
        "foreign_sentences": ForeignSentences,
        "foreign_spans": ForeignSpans,
        "language": Language,
        "c4_lines": C4Lines,
        "judge": Judge,
        "words_of": WordsOf,
        "measure": Measure,
        "filter": Filter,
        "each": Each,
        "araby": Araby,
        "transliterate": Transliterate,
        "duplicates": Duplicates,
        "split": Split,
        "mix": Mix,
        "repeats": Repeats,
        "passages": Passages,
        "contained": Contained,
        "decontaminate": Decontaminate,
    }


def kind(name: str, where: str = "") -> type:
    """The class behind the name of a kind.

    Raises:
        UnknownName: there is none; your own must be registered before the file is loaded.
    """
    kinds = {**built_in(), **_OWN}
    if name not in kinds:
        raise unknown("kind of step", name, kinds, where)
    return kinds[name]


def name_of(part: Any) -> str:
    """The name of a part's kind.

    Raises:
        PipelineError: its class is not registered.
    """
    for name, known in {**built_in(), **_OWN}.items():
        if type(part) is known:
            return name
    raise PipelineError(
        f"{type(part).__name__} is not registered; decorate it with @arclean.register('name') so that it can be written to a file"
    )
