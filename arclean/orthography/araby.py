"""Functions of PyArabic as a cleaner: the slow lane, one text at a time."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa

from arclean.errors import PipelineError, unknown
from arclean.steps import Edit

_PROBE: Final = "هذه كَلِمَةٌ، وَهٰذا نَصٌّ."
_GIVEN: Final = frozenset({"text", "word"})


@dataclass(frozen=True)
class Araby:
    """Functions of `pyarabic.araby`, applied to each text one after the other.

    PyArabic is under the GPL: it is called as the library that it is, and only if a pipeline names it; nothing of it is copied here.
    It rewrites text at a few megabytes a second. Where a rule of arclean does the same (`drop_harakat`, `fold_alef`), the rule is the fast
    way. A function is given the whole text and keeps its other options at their defaults: one that PyArabic wrote for a word, as
    `strip_lastharaka`, looks at the end of the text, not of each word.

    Attributes:
        functions: names of functions that make a text of a text: ``("strip_tashkeel", "normalize_hamza")``.

    Raises:
        UnknownName: PyArabic has no function of that name.
        PipelineError: none is named, one makes something other than a text, or PyArabic is not installed.

    >>> Araby(("strip_lastharaka",)).text(pa.array(["بَيْتٌ", None])).to_pylist()
    ['بَيْت', None]
    """

    releases_gil = False

    functions: tuple[str, ...]
    calls: tuple[Callable[[str], str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        given: Any = self.functions
        names = (given,) if isinstance(given, str) else tuple(given)
        if not names:
            raise PipelineError("step 'araby': name at least one function of pyarabic.araby: `araby: [strip_tashkeel]`")
        object.__setattr__(self, "functions", names)
        object.__setattr__(self, "calls", tuple(_function(name) for name in names))

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, each text as the functions make it; nulls stay."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column rewritten, with the number of texts that each function changed."""
        values, hits = texts.to_pylist(), dict.fromkeys(self.functions, 0)
        for name, call in zip(self.functions, self.calls, strict=True):
            made = [None if text is None else call(text) for text in values]
            hits[name] += sum(before != after for before, after in zip(values, made, strict=True))
            values = made
        changed = {f"araby.{name}": count for name, count in hits.items() if count}
        return Edit(pa.array(values, texts.type), changed) if changed else Edit(texts)

    def __reduce__(self) -> tuple[object, ...]:
        """By name: functions are looked up again where it arrives."""
        return (Araby, (self.functions,))


@lru_cache(maxsize=1)
def _library() -> Any:
    try:
        from pyarabic import araby
    except ImportError as error:
        raise PipelineError(f"step 'araby' needs PyArabic: {error}. Install it: pip install pyarabic") from error
    return araby


@lru_cache(maxsize=1)
def functions() -> dict[str, Callable[[str], str]]:
    """The functions of `pyarabic.araby` that make a text of a text, by name.

    Found by what they are: the one argument that must be given is a text, and of a text they make a text, of more than a single character.

    >>> "strip_tashkeel" in functions(), "tokenize" in functions()
    (True, False)
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has escapes, and calls of `re.sub`, that newer Pythons warn of
        return {name: call for name, call in _all().items() if _makes_text(call)}


def _all() -> dict[str, Callable[..., Any]]:
    library = _library()
    known = vars(library).items()
    return {name: call for name, call in known if inspect.isfunction(call) and call.__module__ == library.__name__ and name[0] != "_"}


def _makes_text(call: Callable[..., Any]) -> bool:
    parameters = list(inspect.signature(call).parameters.values())
    if not parameters or parameters[0].name not in _GIVEN or any(one.default is one.empty for one in parameters[1:]):
        return False
    try:
        empty, made = call(""), call(_PROBE)
    except IndexError:  # of a text that is empty it takes a character all the same
        return False
    return isinstance(empty, str) and isinstance(made, str) and len(made) > 1


def _function(name: object) -> Callable[[str], str]:
    known = functions()
    if name in known:
        return known[str(name)]
    if name in _all():
        raise PipelineError(
            f"step 'araby': pyarabic.araby.{name} does not make a text of a text, so it cannot clean. There are: {', '.join(sorted(known))}"
        )
    raise unknown("function of pyarabic.araby", str(name), known, "step 'araby'")
