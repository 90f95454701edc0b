"""Tally: the counts of a run. It adds up over batches, workers and machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Tally:
    """Counts of what went in, what came out, and what each rule did.

    Attributes:
        read: records met, readable or not.
        kept: documents whose ``drop`` is null.
        rejected: documents with a reason in ``drop``.
        quarantined: records that could not be read.
        bytes_in: UTF-8 bytes of text that went into the pipeline.
        bytes_kept: UTF-8 bytes of text of the documents kept.
        lines_removed: lines cut from documents, kept or rejected.
        rules: rule name to how often it acted: characters changed, matches replaced, lines cut.
        reasons: reason in ``drop`` to documents.
        errors: kind of error to records quarantined.

    >>> (Tally(read=2, kept=2) + Tally(read=1, rejected=1, reasons=Counter(words_low=1))).read
    3
    """

    read: int = 0
    kept: int = 0
    rejected: int = 0
    quarantined: int = 0
    bytes_in: int = 0
    bytes_kept: int = 0
    lines_removed: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @property
    def balanced(self) -> bool:
        """Whether every record read is kept, rejected or quarantined."""
        return self.read == self.kept + self.rejected + self.quarantined

    def to_dict(self) -> dict[str, Any]:
        """Plain data, counters sorted by name, so that equal tallies are written as equal bytes."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {n: dict(sorted(v.items())) if isinstance(v, Counter) else v for n, v in values.items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tally:
        """The tally that `to_dict` wrote."""
        values: dict[str, Any] = {n: Counter(v) if isinstance(v, Mapping) else v for n, v in data.items()}
        return cls(**values)
