"""Reads everything that a plan has, and checks what holds for every reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from arclean.dataset.source import QUARANTINE_SCHEMA, Plan, ReadOptions, blocks, parse, plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Reading(NamedTuple):
    plan: Plan
    rows: list[dict[str, Any]]
    lost: list[dict[str, Any]]

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.rows]

    @property
    def where(self) -> list[tuple[str, str]]:
        """Place and error of what was lost."""
        return [(row["place"], row["error"]) for row in self.lost]

    @property
    def met(self) -> int:
        """Records, readable or not."""
        return len(self.rows) + sum(int(row["rows"]) for row in self.lost)


def read(inputs: Path | str | Sequence[Path | str], **options: Any) -> Reading:
    names = [str(item) for item in (inputs if isinstance(inputs, list | tuple) else [inputs])]
    made = plan(names, ReadOptions(**options))
    made = Plan.from_dict(json.loads(json.dumps(made.to_dict())))
    return read_plan(made)


def read_plan(made: Plan) -> Reading:
    rows, lost, size = [], [], 0
    for piece in made.pieces:
        for block in blocks(piece, made.options):
            parsed = parse(block, made)
            parsed.batch.validate(full=True)
            assert parsed.batch.schema == made.schema
            assert parsed.quarantined.schema == QUARANTINE_SCHEMA
            assert parsed.quarantined["raw"].null_count == 0
            assert parsed.batch["text"].null_count == parsed.batch["id"].null_count == 0
            rows += parsed.batch.to_pylist()
            lost += parsed.quarantined.to_pylist()
            size += parsed.size
    if made.pieces[0].path != "-":
        assert size == sum(piece.size for piece in made.pieces) or any("too long" in row["error"] for row in lost)
    return Reading(made, rows, lost)
