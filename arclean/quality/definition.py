"""Definition: what a measure is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """What a measure is.

    Attributes:
        name: its column.
        unit: of its values.
        formula: in words.
        source: who uses it so.
    """

    name: str
    unit: str
    formula: str
    source: str
