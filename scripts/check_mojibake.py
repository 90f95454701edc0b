"""What the rules for misread text recover, and what they change that they should not.

    python scripts/check_mojibake.py --pairs PAIRS.jsonl          records {kind, text, gold}: exact recovery of each kind
    python scripts/check_mojibake.py --clean TEXTS.jsonl.gz       records {text, source}: every document changed, to be looked at
    python scripts/check_mojibake.py --damage TEXTS.jsonl.gz      every damage done to every text: back exactly, left, or else
    python scripts/check_mojibake.py --sample                     the damaged pages of the sample crawl

Recovery of text in the order of the eye is measured after `unshape_forms` and without white space: where its lines were broken is
layout, and stays. Left means left as it was: too short to be evident, or something of it was lost.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from sample_damage import DAMAGES

from arclean.orthography.characters import Characters
from arclean.orthography.mojibake import AS_ARABIC, AS_WESTERN, read_again
from arclean.rules.encoding import RULES
from arclean.rules.letters import UNSHAPE_FORMS

REPAIR: Final = Characters(RULES)
READ: Final = Characters((*RULES, UNSHAPE_FORMS))
MISREAD: Final = ("utf8_as_cp1256", "utf8_as_cp1252", "cp1256_as_cp1252")
SAMPLE: Final = Path(__file__).parent.parent / "tests" / "cases" / "expected_sample.jsonl"


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, plain or gzip."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def cleaned(engine: Characters, texts: list[str]) -> list[str]:
    """The texts, done."""
    done: list[str] = engine.text(pa.array(texts, pa.string())).to_pylist()
    return done


def show_pairs(file: Path) -> None:
    """Exact recovery by kind, and where the first difference is in the rest."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for record in records(file):
        by_kind.setdefault(record["kind"], []).append(record)
    for kind, some in by_kind.items():
        visual = "visual" in kind
        texts = [record["text"] for record in some]
        after = cleaned(READ if visual else REPAIR, texts)
        wrong = [
            (one, record["gold"])
            for one, record in zip(after, some, strict=True)
            if (re.sub(r"\s", "", one) != re.sub(r"\s", "", record["gold"]) if visual else one != record["gold"])
        ]
        left = sum(one == text for one, text in zip(after, texts, strict=True))
        print(f"{kind}: {len(some) - len(wrong)} of {len(some)} exactly, {left} left")
        for one, gold in wrong if left < len(some) else ():
            print(f"    {difference(one, gold)}")


def difference(one: str, other: str) -> str:
    """The surroundings of the first difference, white space aside."""
    one, other = (re.sub(r"\s+", " ", text) for text in (one, other))
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return f"{one[max(at - 15, 0) : at + 25]!r} for {other[max(at - 15, 0) : at + 25]!r}"


def show_changes(file: Path) -> None:
    """Every document changed, by source, with its first changed line."""
    some = list(records(file))
    texts = [record["text"] for record in some]
    counts: Counter[str] = Counter()
    for before, after, record in zip(texts, cleaned(REPAIR, texts), some, strict=True):
        if before != after:
            source = record.get("source", "")
            counts[source] += 1
            if counts[source] <= 20:
                line = next((one, other) for one, other in zip(before.split("\n"), after.split("\n"), strict=True) if one != other)
                print(f"{source}: {line[0][:100]!r} -> {line[1][:100]!r}")
    print(f"{sum(counts.values())} of {len(some)} documents changed: {dict(counts)}")


def show_damage(file: Path) -> None:
    """Each damage done to each text that it can be done to: what comes back."""
    texts = [record["text"] for record in records(file)]
    clean = [text for text, after in zip(texts, cleaned(REPAIR, texts), strict=True) if text == after]
    for name in MISREAD:
        golds, damaged = [], []
        for text in clean:
            try:
                misread = DAMAGES[name](text)
            except UnicodeEncodeError:
                continue
            if misread != text:
                golds.append(text)
                damaged.append(misread)
        report(name, golds, damaged)


def report(name: str, golds: list[str], damaged: list[str]) -> None:
    """How many texts came back, how many were left, and the lines that are neither."""
    counts: Counter[str] = Counter()
    for gold, before, after in zip(golds, damaged, cleaned(REPAIR, damaged), strict=True):
        fate = "back" if after == gold else "left" if after == before else "in part"
        for line in zip(gold.split("\n"), before.split("\n"), after.split("\n"), strict=True) if fate == "in part" else ():
            if line[2] not in line[:2]:
                fate = "wrong"
                if counts[fate] < 20:
                    print(f"    {line}")
        counts[fate] += 1
    print(f"{name}: of {len(golds)} " + ", ".join(f"{count} {fate}" for fate, count in counts.most_common()))


def show_sample() -> None:
    """The damaged pages of the sample crawl."""
    for page in records(SAMPLE):
        for name in set(page.get("damage", ())) & set(MISREAD):
            after = cleaned(REPAIR, page["lines"])
            whole = cleaned(REPAIR, ["\n".join(page["lines"])])[0].split("\n")
            lost = sum(read_again("\n".join(page["lines"]), how).lost for how in (AS_WESTERN, AS_ARABIC))
            right = [sum(one == gold for one, gold in zip(lines, page["repaired"], strict=True)) for lines in (after, whole)]
            print(f"{page['url']}: {name}: {right[1]} of {len(whole)} lines back, {right[0]} line by line; {lost} lines with losses")


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--damage", type=Path)
    parser.add_argument("--sample", action="store_true")
    asked = parser.parse_args()
    for file, show in ((asked.pairs, show_pairs), (asked.clean, show_changes), (asked.damage, show_damage)):
        if file:
            show(file)
    if asked.sample:
        show_sample()


if __name__ == "__main__":
    main()
