"""Count the emoji of a corpus, those with a name and those without, and see that naming them leaves all else byte for byte.

    python scripts/check_emoji.py FILE [FILE ...]

Over the texts that hold any: how many sequences `drop_emoji` takes, how many emoji are named, what is left that is one by itself, the
commonest first. With every alias turned back each text must be what it was, but for U+FE0F, which asks for a picture. Speeds are MB (10^6
bytes) of those texts in a second of processor time, best of five. Exit 1 if a text does not come back.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pyarrow as pa
from check_mojibake import records

from arclean.orthography import emoji_strings
from arclean.orthography.characters import Characters
from arclean.orthography.passes.codes import characters_of
from arclean.orthography.passes.emoji import WANTED
from arclean.rules import properties
from arclean.rules.emphasis import ALIAS_EMOJI, DROP_EMOJI, NAME_EMOJI

TIMES: Final = 5
SHOWN: Final = 12
SELECTOR: Final = "\N{VARIATION SELECTOR-16}"
ALIAS: Final = re.compile(r":[^\s:]+:")
BY_ITSELF: Final = re.compile(f"[{characters_of(properties.EMOJI_PRESENTATION)}]")


def back(text: str, sequences: dict[str, str]) -> str:
    """The text with each alias as the emoji that it is of."""
    at, made = 0, ""
    while found := ALIAS.search(text, at):
        known = sequences.get(found[0])
        end = found.end() if known else found.end() - 1  # the colon that ends none may begin one
        made += text[at : found.start()] + (known or text[found.start() : end])
        at = end
    return made + text[at:]


def speed(work: Characters, column: pa.Array) -> float:
    """MB of UTF-8 in a second of processor time, best of some."""
    work.text(column[:1])
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        work.text(column)
        taken.append(time.process_time() - begun)
    return float(column.nbytes) / 1e6 / min(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    texts = [str(record["text"]) for file in parser.parse_args().files for record in records(file) if record.get("text")]
    held = [text for text in texts if WANTED.intersection(text)]
    column = pa.array(held, pa.string())
    passes = {rule.name: Characters((rule,)) for rule in (DROP_EMOJI, NAME_EMOJI, ALIAS_EMOJI)}
    done = {name: work.edit(column) for name, work in passes.items()}
    print(f"{len(texts):,} texts, {len(held):,} to look at, {column.nbytes / 1e6:.1f} MB")
    for name, work in passes.items():
        print(f"{name:12} {sum(done[name].hits.values()):>8,} emoji, {speed(work, column):.0f} MB/s")
    aliased = done[ALIAS_EMOJI.name].texts.to_pylist()
    left = Counter(char for text in aliased for char in BY_ITSELF.findall(text))
    print(f"{left.total():,} without a name: " + ", ".join(f"U+{ord(char):X} {count}" for char, count in left.most_common(SHOWN)))
    sequences = {emoji_strings.alias(name): sequence for sequence, name in emoji_strings.names().items()}
    pairs = list(zip(held, aliased, strict=True))
    wrong = [text for text, after in pairs if back(after, sequences).replace(SELECTOR, "") != text.replace(SELECTOR, "")]
    print(f"{len(wrong)} texts do not come back" + "".join(f"\n    {text[:200]!a}" for text in wrong[:SHOWN]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
