"""Hold every preset to its word on random strings from all blocks of Arabic.

    python scripts/check_random.py [--strings 1000000] [--seed 0] [--preset NAME ...]

Each string goes to one preset. Checked of each: cleaned twice is cleaned once; alone it becomes what it becomes among others, in batches
cut elsewhere; and where all its rules have a slow twin in the tests, the twin says the same. With NUMBA_BOUNDSCHECK=1, and a
NUMBA_CACHE_DIR of its own, every index is checked on the way. Exit 1 if one string fails; the first of each kind are printed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import twins
import twins_characters
from strategies import ALPHABET, COMMON
from test_presets import RESTLESS

import arclean
from arclean.pipeline import Pipeline
from arclean.rule import CharRule

Twin = Callable[[str], str]
SEEDS: Final = (
    "\u200c\u200d\ufe0f\u200e\u00ad\u0640\u0640هـبارةى\u064b\u064e\u0651\u0670\u0653\u0654\u0655 1٤",
    "کڪیہھەۀےۓكيةأالالا  \u064e\u0654\u200c.\n",
    "ههههتتتاااo!!!؟؟؟.... \ufdfa\ufefbﷲ\ufe8d\ufee0\n",
    "😍❤\ufe0f\u200d👩🏽🇸🇦©1\u20e3 ب\n",
    "&;#amplt<>/bp! ب",
)
"""What the rules look for; half of the strings are made of these, the others of everything."""
BATCH: Final = 5000
SHOWN: Final = 3
PATTERNS: Final = 50
"""Of so many strings one is given to the slow twins and to the pipeline on its own, texts being what takes the time."""


def strings(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    pools = (ALPHABET, ALPHABET, COMMON, *SEEDS)
    return ["".join(draw.choices(draw.choice(pools), k=draw.randint(1, 40))) for _ in range(count)]


@cache
def twin_of(preset: str) -> Twin | None:
    """The slow twin of a preset of characters, if all of its rules have one."""
    parts = arclean.load(preset).parts
    if any(type(part).__name__ != "Characters" for part in parts):
        return None
    acts: list[Twin] = []
    for part in parts:
        for table, group in groupby(part.rules, key=lambda rule: isinstance(rule, CharRule)):
            rules = list(group)
            if table:
                acts.append(partial(twins.translate, rules))
                continue
            for rule in rules:
                act = getattr(twins_characters, rule.operation, None) or getattr(twins, rule.operation, None)
                if act is None:
                    return None
                acts.append(act)

    def twin(text: str) -> str:
        for act in acts:
            text = act(text)
        return text

    return twin


def known(text: str) -> bool:
    return all(unicodedata.category(char) != "Cn" for char in text)


def wrong(pipe: Pipeline, texts: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """What is checked, the string, what it became, and what it was to be."""
    once = cleaned(pipe, texts, BATCH)
    for kind, other in (("twice", cleaned(pipe, once, BATCH)), ("other batches", cleaned(pipe, texts, 777))):
        yield from ((kind, text, a, b) for text, a, b in zip(texts, once, other, strict=True) if a != b)
    twin = twin_of(pipe.name)
    for text, after in zip(texts[::PATTERNS], once[::PATTERNS], strict=True):
        if (alone := pipe.clean(text)) != after:
            yield "alone", text, after, alone
        if twin and known(text) and (slow := twin(text)) != after:
            yield "slow", text, after, slow


def cleaned(pipe: Pipeline, texts: list[str], size: int) -> list[str]:
    done: list[Any] = []
    for i in range(0, len(texts), size):
        done += pipe.table(pa.table({"text": pa.array(texts[i : i + size], pa.string())}))["text"].to_pylist()
    return done


def check(names: list[str], count: int, seed: int) -> int:
    """How many strings fail, with the first of each kind printed."""
    failures = 0
    texts = strings(count, seed)
    for i, name in enumerate(names):
        begun = time.perf_counter()
        own = texts[i :: len(names)]
        found = list(wrong(arclean.load(name), own))
        kinds = sorted({kind for kind, *_ in found})
        print(f"{name:12} {len(own):>9,} strings, {len(found)} wrong {' '.join(kinds)} ({time.perf_counter() - begun:.0f} s)", flush=True)
        for kind in kinds:
            for _, text, after, other in [one for one in found if one[0] == kind][:SHOWN]:
                print(f"    {kind}: {text!a}\n        {after!a}\n        {other!a}")
        failures += len(found)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--preset", action="append", help="only this one, or these")
    given = parser.parse_args()
    names = given.preset or [name for name in arclean.presets() if name not in RESTLESS]
    failures = check(names, given.strings, given.seed)
    print(f"{given.strings:,} strings, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
