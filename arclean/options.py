"""Whether a value of a pipeline file is what an option takes, asked before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike, fspath
from types import MappingProxyType
from typing import Any, Final

from arclean.errors import PipelineError


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_TAKES: Final[Mapping[str, tuple[str, Callable[[Any], bool]]]] = MappingProxyType(
    {
        "bool": ("true or false", lambda value: isinstance(value, bool)),
        "float": ("a number", lambda value: isinstance(value, float) or _is_whole(value)),
        "int": ("a whole number", _is_whole),
        "str": ("a text", _is_text),
        "str | None": ("a text", lambda value: value is None or _is_text(value)),
        "tuple[str, ...]": ("a text or a list of texts", lambda value: all(map(_is_text, value if isinstance(value, tuple) else (value,)))),
    }
)
"""What options of a declared type take, in words and as a question."""


def demand_fit(value: Any, declared: Any, where: str) -> None:
    """Raise if a value is nothing that an option of the declared type takes; of other types than plain ones nothing is known.

    Args:
        value: from a file, its lists as tuples.
        declared: the type of the field, or its name.
        where: file, step and option.

    Raises:
        PipelineError: with what it takes and, where YAML reads something else than people mean, how to write it.

    >>> demand_fit(5, "float", "mine.yaml, mix.budget")
    >>> demand_fit(5, "tuple[str, ...]", "decontaminate.against")
    Traceback (most recent call last):
    ...
    arclean.errors.PipelineError: decontaminate.against: takes a text or a list of texts, this is 5; put it in quotes if it is a name
    """
    name = declared if isinstance(declared, str) else getattr(declared, "__name__", "") if isinstance(declared, type) else str(declared)
    takes, fits = _TAKES.get(name, ("", None))
    if fits is not None and not fits(value):
        raise PipelineError(f"{where}: takes {takes}, this is {list(value) if isinstance(value, tuple) else value!r}{_remedy(name, value)}")


def as_texts(value: Any, where: str) -> tuple[str, ...]:
    """One text or path, or several of them, as an option that was given in Python holds them.

    Raises:
        PipelineError: it is something else.

    >>> as_texts("test.jsonl", "decontaminate.against")
    ('test.jsonl',)
    """
    every = tuple(value) if isinstance(value, (list, tuple)) else (value,)
    plain = tuple(fspath(one) if isinstance(one, PathLike) else one for one in every)
    demand_fit(plain, "tuple[str, ...]", where)
    return plain


def _remedy(name: str, value: Any) -> str:
    if name in ("int", "float") and isinstance(value, str):
        return "; write the number without quotes, and a large one in full or as 1.0e+9"
    if "str" in name and any(isinstance(one, (int, float)) for one in (value if isinstance(value, tuple) else (value,))):
        return "; put it in quotes if it is a name"
    return ""
