"""Element rules and tags as tables of hashes, for `kernels.walk`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from arclean.boilerplate.html import kernels
from arclean.errors import RuleError
from arclean.rule import SHAPES, ElementRule
from arclean.rules import tags

MOST_RULES = 64

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Tables:
    """What `kernels.walk` looks up.

    Attributes:
        tag_keys, tag_kinds, tag_masks: by the hash of a tag: what it is, the bits of the rules that know it.
        word_keys, word_masks: by the hash of words of a name: the bits of the rules that know them.
        hidden: the bits of the rules for what is not shown.
        apart: the bits of the rules whose elements stand on lines of their own.
        drop: the bits of the rules with a category.
        believed: float64, one a rule.
        outside: the bits of the rules that are not believed inside of what holds the text.
        weight: float64, one a rule; 0 for those with a category.
        denied: uint64, one a rule: the bits of the rules that it denies.
        shapes: int64, one for each of `arclean.rule.SHAPES`: the number of the rule that goes by it, -1 if none does.
    """

    tag_keys: Keys
    tag_kinds: npt.NDArray[np.int64]
    tag_masks: Keys
    word_keys: Keys
    word_masks: Keys
    hidden: np.uint64
    apart: np.uint64
    drop: np.uint64
    believed: npt.NDArray[np.float64]
    outside: np.uint64
    weight: npt.NDArray[np.float64]
    denied: Keys
    shapes: npt.NDArray[np.int64]


@lru_cache(maxsize=64)
def tables(rules: tuple[ElementRule, ...]) -> Tables:
    """The tables of these rules.

    Raises:
        RuleError: there are more than 64, as many as a word has bits.
    """
    if len(rules) > MOST_RULES:
        raise RuleError(f"{len(rules)} element rules; there is room for {MOST_RULES}")
    words: dict[int, int] = {}
    kinds = _kinds()
    masks = dict.fromkeys(kinds, 0)
    with np.errstate(over="ignore"):
        for bit, rule in enumerate(rules):
            for tag in rule.tags:
                masks[tag] = masks.get(tag, 0) | 1 << bit
            for entries, salt in ((rule.names, kernels.NAMES), (rule.roles, kernels.ROLES)):
                for entry in entries:
                    for key in _keys_of(entry, salt):
                        words[key] = words.get(key, 0) | 1 << bit
        hashed = {int(_hash(tag)): (kinds.get(tag, 0), mask) for tag, mask in masks.items()}
    tag_keys, slots = _open_addresses(list(hashed))
    tag_kinds, tag_masks = np.zeros(len(tag_keys), np.int64), np.zeros(len(tag_keys), np.uint64)
    for slot, (kind, mask) in zip(slots, hashed.values(), strict=True):
        tag_kinds[slot], tag_masks[slot] = kind, mask
    word_keys, slots = _open_addresses(list(words))
    word_masks = np.zeros(len(word_keys), np.uint64)
    word_masks[slots] = np.array(list(words.values()), np.uint64)
    return Tables(
        tag_keys,
        tag_kinds,
        tag_masks,
        word_keys,
        word_masks,
        np.uint64(sum(1 << bit for bit, rule in enumerate(rules) if rule.hidden)),
        np.uint64(sum(1 << bit for bit, rule in enumerate(rules) if rule.apart)),
        np.uint64(sum(1 << bit for bit, rule in enumerate(rules) if rule.category)),
        np.array([rule.believed for rule in rules], np.float64),
        np.uint64(sum(1 << bit for bit, rule in enumerate(rules) if not rule.inside)),
        np.array([0.0 if rule.category else rule.weight for rule in rules], np.float64),
        np.array([sum(1 << bit for bit, other in enumerate(rules) if other.name in rule.denies) for rule in rules], np.uint64),
        np.array([next((bit for bit, rule in enumerate(rules) if rule.by == shape), -1) for shape in SHAPES], np.int64),
    )


def _kinds() -> dict[str, int]:
    named = ("SKIP", "VOID", "BLOCK", "BREAK", "ROW", "CELL", "LINK", "PRE", "RAW", "HEADING", "PARAGRAPH", "ITEM", "TABLE")
    kinds: dict[str, int] = {}
    for name in named:
        for tag in getattr(tags, name):
            kinds[tag] = kinds.get(tag, 0) | getattr(kernels, name)
    for tag in (*tags.HEADING, *tags.PRE, *tags.PARAGRAPH, *tags.ITEM, *tags.TABLE):
        kinds[tag] |= kernels.BLOCK
    return kinds


def _hash(text: str) -> np.uint64:
    key: np.uint64 = np.uint64(kernels.name_hash(np.frombuffer(text.encode(), np.uint8), np.uint64(0), np.uint64(len(text))))
    return key


def _keys_of(entry: str, salt: np.uint64) -> list[int]:
    """The keys under which an entry is found: its words in a row, and run together."""
    whole = entry.startswith("=")
    words = entry.removeprefix("=").lower().split()
    if whole:
        return [int(kernels.mix(_hash("".join(words)), salt + np.uint64(1)))]
    key = _hash(words[0])
    for word in words[1:]:
        key = np.uint64(kernels.mix(key, _hash(word)))
    glued = _hash("".join(words))
    return list({int(kernels.mix(one, salt)) for one in (key, glued)})


def _open_addresses(keys: list[int]) -> tuple[Keys, list[int]]:
    """A table at most a quarter full, and where each key stands in it."""
    size = 1 << max(4, (len(keys) * 4).bit_length())
    table, slots = np.zeros(size, np.uint64), []
    for key in keys:
        slot = (key ^ (key >> 29)) & (size - 1)
        while table[slot]:
            slot = (slot + 1) & (size - 1)
        table[slot] = key
        slots.append(slot)
    return table, slots
