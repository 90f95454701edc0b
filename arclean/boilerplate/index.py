"""Line rules by how their patterns begin, so that most lines are passed over after a few characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arclean.boilerplate import kernels
from arclean.boilerplate.prefixes import END, beginnings
from arclean.errors import RuleError
from arclean.rule import LineRule

_BITS = {
    "short": kernels.SHORT,
    "open_ended": kernels.OPEN_ENDED,
    "amid_prose": kernels.AMID_PROSE,
    "outside_body": kernels.OUTSIDE_BODY,
}
_MOST_GROUPS = 16
_MOST_WORDS = 255
"""A line has at most `Lines.longest` bytes, so hardly more words; a rule that allows more is held to have no limit."""


@dataclass(frozen=True)
class Index:
    """What a line must have for some rule to match it. For `kernels.glance`.

    Attributes:
        slots: uint32, shape (SLOTS,): by the hash of a beginning, what its rules all ask for, see `kernels.glance`.
        anyhow: the rules whose pattern may begin with anything, or nearly.
        masks: uint8, one per rule in `anyhow`: the evidence that it asks for.
        groups: uint16, one per rule in `anyhow`: the bit of the characters that it needs; 0 if it names none.
        pairs: uint16, shape (65536,): the bits of the characters that begin with these two bytes.
    """

    slots: npt.NDArray[np.uint32]
    anyhow: tuple[int, ...]
    masks: npt.NDArray[np.uint8]
    groups: npt.NDArray[np.uint16]
    pairs: npt.NDArray[np.uint16]


def evidence_bits(rule: LineRule) -> np.uint8:
    """The bits of evidence that a rule asks for."""
    bits: np.uint8 = np.uint8(sum(int(_BITS[name]) for name in set(rule.when) if name in _BITS))
    return bits


def indexed(rules: tuple[LineRule, ...]) -> Index:
    """The index of these rules.

    Raises:
        RuleError: more than 16 different sets of characters are needed by rules that may begin with anything.
    """
    starting: dict[str, list[int]] = {}
    anyhow = []
    for number, rule in enumerate(rules):
        found = _useful(beginnings(rule.pattern), rule) if rule.pattern else None
        for start in found or ():
            starting.setdefault(start, []).append(number)
        if found is None and not rule.repeats:
            anyhow.append(number)
    sets = sorted({rules[number].needs for number in anyhow} - {()})
    if len(sets) > _MOST_GROUPS:
        raise RuleError(f"rules that may begin with anything need {len(sets)} different sets of characters; let some share theirs: {sets}")
    masks = np.array([evidence_bits(rules[number]) for number in anyhow], np.uint8)
    groups = np.array([1 << sets.index(rules[number].needs) if rules[number].needs else 0 for number in anyhow], np.uint16)
    return Index(_slots(starting, rules), tuple(anyhow), masks, groups, _pairs(sets))


def _useful(found: frozenset[str] | None, rule: LineRule) -> frozenset[str] | None:
    """None for beginnings of a single character, if the rule's evidence tells more about a line than they do."""
    if found and min(map(len, found)) == 1 and "amid_prose" in rule.when:
        return None
    return found


def _slots(starting: dict[str, list[int]], rules: tuple[LineRule, ...]) -> npt.NDArray[np.uint32]:
    slots = np.zeros(kernels.SLOTS, np.uint32)
    for start, some in starting.items():
        gates = int(np.bitwise_and.reduce([evidence_bits(rules[number]) for number in some]) | kernels.ANY)
        most = min(max(rules[number].most_words for number in some), _MOST_WORDS)
        seed = _hash(start)
        place = (seed ^ (seed >> 15)) & (kernels.SLOTS - 1)
        there = int(slots[place])
        if there:
            slots[place] = (gates & there & 0xFF) | max(most, there >> 16) << 16
        else:
            slots[place] = gates | (seed >> 24) << 8 | most << 16
    return slots


def _hash(start: str) -> int:
    seed = int(kernels.SEED)
    for char in start:
        seed = ((seed ^ (0 if char == END else ord(char))) * 0x01000193) & 0xFFFFFFFF
    return seed


def _pairs(sets: list[tuple[str, ...]]) -> npt.NDArray[np.uint16]:
    pairs = np.zeros((256, 256), np.uint16)
    for bit, needs in enumerate(sets):
        for need in needs:
            data = need.encode()
            if len(data) == 1:
                pairs[data[0], :] |= 1 << bit
            else:
                pairs[data[0], data[1]] |= 1 << bit
    return pairs.reshape(-1)
