"""Entities: a cleaner that keeps, removes or replaces them, and a step that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from arclean import columns
from arclean.entities.finder import NAMES, RULES, Spans, demand_kind, find
from arclean.entities.kernels.write import KEEP, REMOVE, REPLACE, SEGMENT, write
from arclean.entities.tables import kinds
from arclean.errors import ColumnError, PipelineError, unknown
from arclean.rule import EntityRule
from arclean.steps import Edit, with_column

ACTIONS: Final = {"keep": KEEP, "remove": REMOVE, "segment": SEGMENT}
"""What may happen to an entity besides becoming a token."""
_ROUNDS: Final = 8


@dataclass(frozen=True)
class Entities:
    """Keep, remove, or replace by a token: e-mail addresses, links, mentions, hashtags, telephones, and other private data.

    Of each kind a pipeline says ``keep`` (as if it were not named), ``remove``, ``token`` (the token of its rule, as ``[بريد]``), any
    other token with a sign, a capital or an Arabic letter in it, or, of hashtags, ``segment``: ``#اليوم_الوطني`` becomes
    ``اليوم الوطني``. Where a token would touch a word, a space comes between. Entities never lie inside of one another: what stands
    in a link that is kept stays too. Linear time, whatever the text.

    Attributes:
        email, url, mention, hashtag, phone, ip, iban, card, national_id: what happens to each kind.

    Raises:
        UnknownName: an action that does not exist.
        PipelineError: a token that is none: empty, with a line end, or itself an entity; everything is kept; or ``segment`` for
            something other than hashtags.

    >>> Entities(email="token", hashtag="segment").text(pa.array(["راسلوا info@example.com عن #سوق_الكتب", None])).to_pylist()
    ['راسلوا [بريد] عن سوق الكتب', None]
    """

    email: str = "keep"
    url: str = "keep"
    mention: str = "keep"
    hashtag: str = "keep"
    phone: str = "keep"
    ip: str = "keep"
    iban: str = "keep"
    card: str = "keep"
    national_id: str = "keep"

    def __post_init__(self) -> None:
        for name in NAMES:
            _demand_action(name, getattr(self, name))

    @property
    def rules(self) -> tuple[EntityRule, ...]:
        """The kinds that it acts on."""
        return tuple(rule for name, rule in RULES.items() if getattr(self, name) != "keep")

    def having(self, rules: Iterable[object]) -> Entities:
        """The same for some of its kinds, with the others kept."""
        return Entities(**{rule.name: getattr(self, rule.name) for rule in rules if isinstance(rule, EntityRule)})

    def text(self, texts: pa.Array) -> pa.Array:
        """The column, rewritten."""
        return self.edit(texts).texts

    def edit(self, texts: pa.Array) -> Edit:
        """The column rewritten, with the number of entities of each kind that were acted on.

        What goes may leave an entity where none was: the rows that changed are looked at again until nothing is left, at most eight times.
        """
        hits: Counter[str] = Counter()
        plan = _plan(tuple(getattr(self, name) for name in NAMES))
        some, mask = texts, None
        for _ in range(_ROUNDS):
            strings = columns.view(some)
            spans = find(strings)
            acted = plan.actions[spans.found] != KEEP
            if not acted.any():
                break
            counts = np.bincount(spans.found[acted], minlength=len(NAMES))
            hits.update({name: int(count) for name, count in zip(NAMES, counts, strict=True) if count})
            made = _written(strings, spans, plan)
            texts = made if mask is None else pc.replace_with_mask(texts, mask, made)
            changed = np.zeros(len(some), np.bool_)
            changed[spans.rows[acted]] = True
            mask = pa.array(changed) if mask is None else _narrowed(mask, changed)
            some = made.filter(pa.array(changed))
        return Edit(texts, dict(hits))


def _narrowed(mask: pa.Array, changed: npt.NDArray[np.bool_]) -> pa.Array:
    """The rows of the column that changed again, of those that were looked at again."""
    again = np.zeros(len(mask), np.bool_)
    again[np.flatnonzero(mask.to_numpy(zero_copy_only=False))[changed]] = True
    return pa.array(again)


@dataclass(frozen=True)
class _Plan:
    """What happens to each kind, as arrays."""

    actions: columns.Bytes
    start: columns.Bounds
    size: columns.Bounds
    pool: columns.Bytes


@lru_cache(maxsize=64)
def _plan(actions: tuple[str, ...]) -> _Plan:
    codes = np.array([ACTIONS.get(action, REPLACE) for action in actions], np.uint8)
    tokens = [_token(name, action).encode() for name, action in zip(NAMES, actions, strict=True)]
    size = np.array([len(token) for token in tokens], np.int64)
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(size)[:-1]))
    pool = np.frombuffer(b"".join(tokens) or b"\0", np.uint8)
    return _Plan(codes, start, size, pool)


def _token(name: str, action: str) -> str:
    return "" if action in ACTIONS else RULES[name].token if action == "token" else action


def _written(strings: columns.Strings, spans: Spans, plan: _Plan) -> pa.Array:
    counts = np.bincount(spans.found, minlength=len(NAMES))
    room = int(strings.bounds[-1] - strings.bounds[0]) + int((counts * (plan.size + 2)).sum())
    bounds, out = np.empty(len(strings) + 1, np.int64), columns.room(room)
    where = (spans.rows, spans.found, spans.begins, spans.ends)
    size = write(strings.bounds, strings.data, kinds(), *where, plan.actions, plan.start, plan.size, plan.pool, bounds, out)
    return columns.build(bounds, out[:size], strings)


def _demand_action(name: str, action: object) -> None:
    owner = f"entities, {name}"
    if not isinstance(action, str) or not action.strip() or not action.isprintable():
        raise PipelineError(f'{owner}: {action!r} is no token; write keep, remove, token, or a token of one line in quotes, as "[بريد]"')
    if action == "segment" and name != "hashtag":
        raise PipelineError(f"{owner}: only a hashtag has segments; write keep, remove, token or a token of your own")
    if action in ACTIONS or action == "token":
        return
    if action.isascii() and action.isalpha() and action.islower():
        raise unknown("action", action, [*ACTIONS, "token"], f"{owner} (a token of your own has a sign or a capital in it: [{action}])")
    if any(char in "@#.:" or char.isdigit() for char in action) and len(find(columns.view(pa.array([action])))):
        raise PipelineError(f"{owner}: the token {action!r} is an entity itself; put it in brackets, or take another")


@dataclass(frozen=True)
class CountEntities:
    """Add the number of entities of each kind as a column (int32), without changing the text: ``emails``, ``urls``, ``phones`` and so on.

    Attributes:
        kinds: names of kinds; those that lead to a person if none is given.

    Raises:
        UnknownName: there is no such kind.

    >>> CountEntities(("email",)).batch(pa.record_batch({"text": ["a@example.com b@example.org", None]})).to_pydict()["emails"]
    [2, 0]
    """

    kinds: tuple[str, ...] = tuple(name for name, rule in RULES.items() if rule.private)

    def __post_init__(self) -> None:
        for name in self.kinds:
            demand_kind(name, "step 'count_entities'")

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with a column for each kind.

        Raises:
            ColumnError: the batch has a column of that name that arclean did not write.
        """
        spans = find(columns.view(batch["text"]))
        for name in self.kinds:
            column = RULES[name].column
            if column in batch.schema.names and batch.schema.field(column).type != pa.int32():
                kind = batch.schema.field(column).type
                raise ColumnError(f"arclean counts in the column {column!r}, which is {kind} here: --rename {column}={column}_given")
            rows = spans.rows[spans.found == NAMES.index(name)]
            counts = np.bincount(rows, minlength=len(batch)).astype(np.int32)
            batch = with_column(batch, column, pa.array(counts))
        return batch
