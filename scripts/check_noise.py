"""How much of damaged text comes back exactly, kind by kind.

    python scripts/check_noise.py PAIRS [--show N]

PAIRS is JSONL, plain or gzip, of records {kind, text, gold}. Text and gold are compared after the same tidying of unseen characters,
white space and tatweel, which no kind of damage is about, and after form C. What no repair can know is counted apart:

- `persian_keyboard`: the keyboard has one final yeh for two letters. Exact means exact but for these; how many words were told right, and
  how many texts whole, is printed beside it.
- `presentation_forms_visual_order`: a line that was broken before it was turned round has its pieces the other way about. Exact means the
  same without white space. What fails even so is a number whose digits were turned with the line, or were not: nothing in it tells.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import arclean
from arclean.orthography.characters import Characters
from arclean.pipeline import Pipeline
from arclean.rules import get

PRESET: Final = "light"
WANTED: Final = {
    "presentation_forms": 99,
    "utf8_as_cp1252": 99,
    "nfd": 99,
    "cp1256_as_cp1252": 97,
    "persian_keyboard": 97,
    "presentation_forms_visual_order": 90,
}
_SAME: Final = (
    "join_carriage_returns",
    "unify_line_ends",
    "strip_directions",
    "strip_zero_width",
    "unify_spaces",
    "strip_tatweel",
    "compose",
    "tidy_spaces",
)
LIKE: Final = Pipeline((Characters(tuple(get(name) for name in _SAME)),))  # type: ignore[misc]
"""What is done to the gold alone: nothing that repairs a damage of these kinds."""
FINAL_YEH: Final = re.compile("[\u064a\u06cc\u0649](?=[\u064b-\u0652]*(?![\u0621-\u064a\u064b-\u0652]))")


def records(file: Path) -> dict[str, list[dict[str, Any]]]:
    by_kind: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            by_kind.setdefault(record["kind"], []).append(record)
    return by_kind


def one_yeh(text: str) -> str:
    return FINAL_YEH.sub("\u0649", text)


def unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


FORGIVEN: Final[dict[str, Callable[[str], str]]] = {"persian_keyboard": one_yeh, "presentation_forms_visual_order": unspaced}


def show(kind: str, some: list[dict[str, Any]], shown: int) -> bool:
    """Print a kind's line; answers whether enough of it comes back."""
    pipe = arclean.load(PRESET)
    made = pipe.clean_many([record["text"] for record in some])
    gold = LIKE.clean_many([record["gold"] for record in some])
    same = FORGIVEN.get(kind, str)
    exact = [same(a) == same(b) for a, b in zip(made, gold, strict=True)]
    share = 100 * sum(exact) / len(some)
    beside = ""
    if kind in FORGIVEN:
        whole = sum(a == b for a, b in zip(made, gold, strict=True))
        beside = f", {whole} of them to the last character"
    if kind == "persian_keyboard":
        right, words = finals(made, gold)
        beside += f"; final yeh right in {right:,} of {words:,} words ({100 * right / max(words, 1):.1f} %)"
    print(f"{kind:32} {PRESET:8} {sum(exact)}/{len(some)} exact ({share:.1f} %, wanted {WANTED.get(kind, 0)} %){beside}")
    for a, b in [(same(a), same(b)) for a, b, right in zip(made, gold, exact, strict=True) if not right][:shown]:
        at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        print(f"    made {a[max(0, at - 20) : at + 20]!a}\n    gold {b[max(0, at - 20) : at + 20]!a}")
    return share >= WANTED.get(kind, 0)


def finals(made: list[str], gold: list[str]) -> tuple[int, int]:
    """Words that end in yeh or alef maksura in the gold, and how many of them came out so."""
    right = words = 0
    for a, b in zip(made, gold, strict=True):
        for one, other in zip(a.split(), b.split(), strict=False):
            if FINAL_YEH.search(other):
                words += 1
                right += one == other
    return right, words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="of each kind the first N that do not come back")
    given = parser.parse_args()
    enough = [show(kind, some, given.show) for kind, some in records(given.pairs).items()]
    return 0 if all(enough) else 1


if __name__ == "__main__":
    sys.exit(main())
