"""Pipelines between processes: as plain data, with the modules that know their parts; never as a pickle of whatever they hold.

A pickle of objects would bring each rule in full, and would run as whatever code the other side has under the same name. Plain data is
small, and what it becomes on the other side is held against the fingerprint of what was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from arclean import codec, registry
from arclean.errors import PipelineError

Packed = tuple[list[dict[str, Any]], tuple[str, ...], str]
"""Parts as plain data, the modules that register them, and the fingerprint."""


def packed(parts: Sequence[Any]) -> Packed:
    """Parts, ready to travel.

    Raises:
        PipelineError: one is not registered, or was made in a script or notebook, where no other process can import it.
    """
    data = [codec.encode_part(part) for part in parts]
    modules = dict.fromkeys(module for part in parts if (module := _module(part)))
    return data, tuple(modules), codec.fingerprint(parts)


def _module(part: Any) -> str:
    """The module that must be imported so that the part's kind and function exist; none for those that arclean brings."""
    home = part.call.__module__ if isinstance(part, registry.Each) else type(part).__module__
    if home == "__main__":
        raise PipelineError(
            f"{registry.name_of(part)!r} is made in the script itself, which other processes cannot import; put it in a module of its own"
        )
    return "" if home.partition(".")[0] == "arclean" and not isinstance(part, registry.Each) else home


def unpacked(data: list[dict[str, Any]], modules: tuple[str, ...], fingerprint: str) -> tuple[Any, ...]:
    """The parts that `packed` sent.

    Raises:
        PipelineError: a module cannot be imported here, or what it holds is not what was sent.

    >>> from arclean import load
    >>> unpacked(*packed(load("light").parts)) == load("light").parts
    True
    """
    for module in modules:
        _import(module)
    parts = tuple(codec.decode_part(part, f"pipeline, step {number}") for number, part in enumerate(data, 1))
    here = codec.fingerprint(parts)
    if here != fingerprint:
        raise PipelineError(
            f"the pipeline {fingerprint} is {here} in this process; is there another version of arclean here, or of "
            f"{', '.join(modules) or 'a step'}?"
        )
    return parts


def _import(module: str) -> None:
    try:
        import_module(module)
    except ImportError as error:
        raise PipelineError(f"this process cannot import {module!r}, which a step of the pipeline is made in: {error}") from error
