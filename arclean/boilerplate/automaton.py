"""Words looked for all together in one walk (Aho and Corasick, "Efficient string matching", CACM 18, 1975)."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arclean.boilerplate.folding import lettered


@dataclass(frozen=True)
class Automaton:
    """The words of up to 64 owners.

    Attributes:
        letter: uint8, shape (0x110000,): the class of a code point, see `folding.lettered`.
        go: uint32, shape (states, classes): the state after a character. 0 is the first.
        found: uint64, one per state: the owners of the words that end there, as bits.
        quiet: of so many states from the first on no word ends in any.
        blind: the owners that have no words to go by.
    """

    letter: npt.NDArray[np.uint8]
    go: npt.NDArray[np.uint32]
    found: npt.NDArray[np.uint64]
    quiet: np.uint32
    blind: np.uint64

    @classmethod
    def of(cls, owners: Sequence[Collection[str] | None]) -> Automaton:
        """The words of each owner, folded; None for one that has none."""
        letter, classes = lettered({char for own in owners for word in own or () for char in word})
        words: dict[str, int] = {}
        blind = 0
        for bit, own in enumerate(owners):
            if own is None or any(char not in classes for word in own for char in word):
                blind |= 1 << bit
                continue
            for word in own:
                words[word] = words.get(word, 0) | 1 << bit
        trie: list[dict[int, int]] = [{}]
        ends = [0]
        for word, bits in words.items():
            state = 0
            for char in word:
                state = trie[state].setdefault(classes[char], len(trie))
                if state == len(trie):
                    trie.append({})
                    ends.append(0)
            ends[state] |= bits
        go, found = _linked(trie, ends, classes[""])
        order = np.argsort(found != 0, kind="stable")
        new_number = np.argsort(order).astype(np.uint32)
        return cls(letter, new_number[go[order]], found[order], np.uint32(np.count_nonzero(found == 0)), np.uint64(blind))


def _linked(trie: list[dict[int, int]], ends: list[int], classes: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64]]:
    """The trie with a way on from each state by each class: to where the longest end of what was read goes on."""
    go, found = np.zeros((len(trie), classes), np.uint32), np.array(ends, np.uint64)
    behind = [0] * len(trie)
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        back = behind[state]
        found[state] |= found[back]
        if state:
            go[state] = go[back]
        for number, after in trie[state].items():
            behind[after] = int(go[state, number]) if state else 0
            go[state, number] = after
            waiting.append(after)
    return go, found
