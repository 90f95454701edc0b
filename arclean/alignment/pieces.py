"""A pass that works within pieces that a pattern finds: the pass itself is asked what it makes of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from arclean.alignment.replacements import Replacements, changed_rows
from arclean.alignment.unknown import trace_unknown
from arclean.columns import Strings
from arclean.orthography.characters import Characters
from arclean.rule import ContextRule
from arclean.rules import get

Stretch = tuple[int, int, int, int]


@dataclass(frozen=True)
class Pieces:
    """What a pass may touch, if that depends on what stands together.

    Attributes:
        rule: the name of the rule that runs the pass.
        piece: finds, in bytes, the pieces outside of which nothing changes and that have nothing to do with one another.
        token: cuts a piece up. If the pass makes of the tokens one by one what it makes of the piece, they are aligned, else the piece.
    """

    rule: str
    piece: bytes
    token: bytes

    def traced(self, before: Strings, after: Strings) -> Replacements:
        """What the pass did to a column; if the pieces do not account for it, what the words say."""
        rows = {int(row): (self._row(before, row), self._row(after, row)) for row in changed_rows(before, after)}
        pieces = {piece for text, _ in rows.values() for piece in self._piece.findall(text)}
        made = self._made({*pieces, *(token for piece in pieces for token in self._token.findall(piece))})
        spans: list[list[int]] = []
        counts = np.zeros(len(before) + 1, np.int64)
        for row, (text, new) in rows.items():
            found = list(self._stretches(text, made))
            if _rewritten(text, found, made) != new:
                return trace_unknown(before, after)
            at, new_at = int(before.bounds[row]), int(after.bounds[row])
            spans += [[at + a, at + b, new_at + c, new_at + d] for a, b, c, d in found]
            counts[row + 1] = len(found)
        return Replacements(np.cumsum(counts), np.array(spans, np.int64).reshape(-1, 4), np.zeros(len(spans), np.bool_))

    def _stretches(self, text: bytes, made: dict[bytes, bytes]) -> Iterator[Stretch]:
        shift = 0
        for piece in self._piece.finditer(text):
            tokens = self._token.findall(piece[0])
            apart = b"".join(tokens) == piece[0] and b"".join(made[token] for token in tokens) == made[piece[0]]
            at = piece.start()
            for token in tokens if apart else [piece[0]]:
                end, became = at + len(token), made[token]
                if became != token:
                    yield at, end, at + shift, at + shift + len(became)
                    shift += len(became) - len(token)
                at = end

    def _made(self, pieces: set[bytes]) -> dict[bytes, bytes]:
        rule = get(self.rule)
        assert isinstance(rule, ContextRule)
        given = sorted(pieces)
        after = Characters((rule,)).text(pa.array([piece.decode() for piece in given], pa.string())).to_pylist()
        return dict(zip(given, (text.encode() for text in after), strict=True))

    @staticmethod
    def _row(strings: Strings, row: int) -> bytes:
        return bytes(strings.data[strings.bounds[row] : strings.bounds[row + 1]])

    @cached_property
    def _piece(self) -> re.Pattern[bytes]:
        return re.compile(self.piece)

    @cached_property
    def _token(self) -> re.Pattern[bytes]:
        return re.compile(self.token)


def _rewritten(text: bytes, stretches: list[Stretch], made: dict[bytes, bytes]) -> bytes:
    parts, at = [], 0
    for begin, end, _, _ in stretches:
        parts += [text[at:begin], made[text[begin:end]]]
        at = end
    return b"".join((*parts, text[at:]))
