"""Hold every preset to its word on random strings from all blocks of Arabic.

    python scripts/check_random.py [--strings 1000000] [--seed 0] [--preset NAME ...]

Each string goes to one preset of those that change texts. Checked of each: cleaned twice is cleaned once (pages are read once); in
batches cut elsewhere, and alone, it becomes what it becomes among others; and where a preset is made of characters and entities, the slow
twins of its rules, in plain Python, one rule after the other, say the same. A rule that has no twin acts by itself there, out of the
engine, and is named. Strings with characters that this interpreter's Unicode does not know are not given to the twins. With
NUMBA_BOUNDSCHECK=1, and a NUMBA_CACHE_DIR of its own, every index is checked on the way. Exit 1 if one string fails; the first of each
kind are printed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import twins
import twins_characters
from strategies import ALPHABET, COMMON
from test_digits import comma, separators
from test_presets import RESTLESS

import arclean
from arclean.boilerplate.html.page import Html
from arclean.entities.cleaner import Entities
from arclean.orthography.characters import Characters
from arclean.pipeline import Pipeline
from arclean.rule import CharacterRule, CharRule, PatternRule
from arclean.steps import Cleaner

Texts = list[str]
Act = Callable[[Texts], Texts]
TWINS: Final = {**vars(twins), **vars(twins_characters), "western_comma": comma, "western_separators": separators}
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


def strings(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    pools = (ALPHABET, ALPHABET, COMMON, *SEEDS)
    return ["".join(draw.choices(draw.choice(pools), k=draw.randint(1, 40))) for _ in range(count)]


def twin_of(pipe: Pipeline) -> tuple[list[Act], list[str]]:
    """What a preset of characters and entities does, a rule at a time, and the rules without a twin; nothing of one that does more."""
    acts: list[Act] = []
    alone: list[str] = []
    for part in pipe.parts:
        if isinstance(part, Characters):
            for rule in part.rules:
                slow = slowly(rule)
                acts.append(slow or partial(through, Characters((rule,))))
                alone += [] if slow else [rule.name]
        elif isinstance(part, Entities):
            acts.append(partial(through, part))
            alone.append("entities")
        else:
            return [], []
    return acts, alone


def slowly(rule: CharacterRule) -> Act | None:
    """The slow twin of a rule, over many texts."""
    if isinstance(rule, CharRule):
        return partial(each, methodcaller("translate", twins.by_code(rule)))
    if isinstance(rule, PatternRule):
        return partial(each, partial(twins.substitute, rule))
    twin = TWINS.get(rule.operation)
    return partial(each, partial(twin, **dict(rule.options))) if twin else None


def each(twin: Callable[[str], str], texts: Texts) -> Texts:
    return [twin(text) for text in texts]


def through(part: Characters | Entities, texts: Texts) -> Texts:
    done: Texts = part.text(pa.array(texts, pa.string())).to_pylist()
    return done


def rewrites(pipe: Pipeline) -> bool:
    """Whether a preset changes texts; of one that only judges them there is nothing to check."""
    return any(isinstance(part, Cleaner) for part in pipe.parts)


def resting(pipe: Pipeline) -> Pipeline:
    """The pipeline without what reads pages: of what that makes ``<`` is a character, no longer the sign of a page."""
    return replace(pipe, parts=tuple(part for part in pipe.parts if not isinstance(part, Html)))


def known(text: str) -> bool:
    return all(unicodedata.category(char) != "Cn" for char in text)


def wrong(pipe: Pipeline, acts: list[Act], texts: Texts) -> Iterator[tuple[str, str, str, str]]:
    """What is checked, the string, what it became, and what it was to be."""
    once = cleaned(pipe, texts, BATCH)
    for kind, other in (("twice", cleaned(resting(pipe), once, BATCH)), ("other batches", cleaned(pipe, texts, 777))):
        yield from differing(kind, texts, once, other)
    yield from differing("alone", texts, once, [pipe.clean(text) for text in texts])
    if acts:
        told = [(text, after) for text, after in zip(texts, once, strict=True) if known(text)]
        slow = [text for text, _ in told]
        for act in acts:
            slow = act(slow)
        yield from differing("slow", [text for text, _ in told], [after for _, after in told], slow)


def differing(kind: str, texts: Texts, once: Texts, other: Texts) -> Iterator[tuple[str, str, str, str]]:
    return ((kind, text, a, b) for text, a, b in zip(texts, once, other, strict=True) if a != b)


def cleaned(pipe: Pipeline, texts: Texts, size: int) -> Texts:
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
        pipe = arclean.load(name)
        acts, alone = twin_of(pipe)
        found = list(wrong(pipe, acts, own))
        kinds = sorted({kind for kind, *_ in found})
        twin = "no twin" if not acts else "twin" + (f" but for {', '.join(alone)}" if alone else "")
        took = time.perf_counter() - begun
        print(f"{name:12} {len(own):>9,} strings, {len(found)} wrong {' '.join(kinds)} ({took:.0f} s; {twin})", flush=True)
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
    names = given.preset or [name for name in arclean.presets() if name not in RESTLESS and rewrites(arclean.load(name))]
    failures = check(names, given.strings, given.seed)
    print(f"{given.strings:,} strings, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
