"""The errors that arclean raises, one small tree.

::

    ArcleanError            everything below; catch this to catch all
    ├── UnknownName         a rule, preset, kind of step, option, measure or column that does not exist
    ├── RuleError           a rule that cannot be made: a pattern that never matches Arabic, a missing example
    ├── PipelineError       a pipeline or its file is wrong: a bad value, a step without its name
    ├── SourceError         an input that cannot be opened at all, or columns that do not fit
    ├── OutputError         an output directory that is in use, or was made by something else
    ├── ColumnError         a value that is not a string column of valid UTF-8
    └── AlignmentError      a span outside of a text, or a pass that does not keep to what it is declared to touch

A message names the thing, the place and the remedy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ArcleanError(Exception):
    """The root of every error that arclean raises on purpose."""


class UnknownName(ArcleanError):
    """A name that nothing answers to; the message has the nearest one that exists."""


class RuleError(ArcleanError):
    """A rule that cannot be made."""


class PipelineError(ArcleanError):
    """A pipeline, or the file that describes one, is wrong."""


class SourceError(ArcleanError):
    """An input that cannot be read at all. A single bad record is quarantined instead."""


class OutputError(ArcleanError):
    """An output directory that cannot be used."""


class ColumnError(ArcleanError):
    """A value that is not a string column of valid UTF-8."""


class AlignmentError(ArcleanError):
    """A span that lies outside of its text, or a pass that does not keep to what it is declared to touch."""


def unknown(kind: str, name: str, known: Iterable[str], where: str = "") -> UnknownName:
    """The error for a wrong name, with the nearest right one.

    Args:
        kind: what was looked for, in the singular: ``"preset"``.
        name: what was given.
        known: the names that exist.
        where: the place, if it is not plain: ``"pipeline.yaml, step 2"``.

    >>> print(unknown("preset", "pretrian", ["light", "pretrain"]))
    unknown preset 'pretrian'. Did you mean 'pretrain'? There are: light, pretrain
    """
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    shown = ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    place = f"{where}: " if where else ""
    return UnknownName(f"{place}unknown {kind} {name!r}.{hint} There are: {shown}")
