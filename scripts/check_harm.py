"""What a preset takes from each source of a corpus: marks, hamzas, letters, digits and words, by the character layer and by lines.

    python scripts/check_harm.py FILE [--preset pretrain] [--vocalised SOURCE ...]

FILE is JSONL, plain or gzip, of records {text, source}. Letters and marks are counted as Unicode takes them apart, so that composing
takes nothing; a document's gains do not make up for another's losses. Exit 1 if the character layer takes a mark, a hamza or a letter
from a vocalised source.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

import arclean
from arclean.boilerplate.lines import Lines
from arclean.orthography.characters import Characters
from arclean.pipeline import Pipeline
from arclean.rules import classes, letters, normal_forms
from arclean.rules.forms import FORMS
from arclean.steps import Cleaner

VOCALISED: Final = ("tashkeela_bench", "quran_texts", "hadith_json", "wild_diacritics")
COUNTED: Final = ("marks", "hamzas", "letters", "digits", "words")
HAMZAS: Final = (0x621, 0x653, 0x654, 0x655, 0x674)
BATCH: Final = 4000

Counts = npt.NDArray[np.int64]


def members(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def weights() -> Counts:
    """For each code point what it counts as: marks, hamzas, letters, digits; shape (0x110000, 4)."""
    marks, digits = members(classes.MARKS) - set(HAMZAS), members(classes.DIGITS)
    known = members((*classes.LETTERS, *classes.OTHER_LETTERS)) - {0x640, *HAMZAS}
    table = np.zeros((0x110000, 4), np.int64)
    for column, codes in enumerate((marks, set(HAMZAS), known, digits)):
        table[list(codes), column] = 1
    apart = {}
    for line in normal_forms.CANONICAL.strip().split("\n"):
        code, *parts = (int(part, 16) for part in line.split())
        apart[code] = parts
    apart |= {ord(char): list(map(ord, text)) for char, text in {**FORMS, **letters.EXPAND_HONORIFICS.table}.items()}
    for code, parts in apart.items():
        table[code] = table[parts].sum(axis=0) if parts else 0
    return table


WEIGHTS: Final = weights()
OF_WORDS: Final[npt.NDArray[np.bool_]] = np.asarray((WEIGHTS[:, :3] > 0).any(axis=1))
OF_WORDS[[0x640, 0x200C, 0x200D]] = True


def counts(column: pa.Array) -> Counts:
    """What each text holds, shape (n, 5), in the order of `COUNTED`."""
    texts = [text or "" for text in column.to_pylist()]
    codes = np.frombuffer("\n".join(["", *texts]).encode("utf-32-le"), np.uint32)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    inside = OF_WORDS[codes]
    begins = inside & ~np.concatenate(([False], inside[:-1]))
    return np.add.reduceat(np.column_stack((WEIGHTS[codes], begins)), starts, axis=0) if texts else np.zeros((0, 5), np.int64)


def taken(pipe: Pipeline, column: pa.Array) -> tuple[Counts, Counts, Counts]:
    """What some texts hold, what the character layer takes of it, what the lines take of it; each summed over the texts."""
    first = before = counts(column)
    by_characters, by_lines = np.zeros(5, np.int64), np.zeros(5, np.int64)
    for part in pipe.parts:
        if isinstance(part, Cleaner):
            column = part.text(column)
            after = counts(column)
            lost = np.maximum(before - after, 0).sum(axis=0)
            by_characters += lost if isinstance(part, Characters) else 0
            by_lines += lost if isinstance(part, Lines) else 0
            before = after
    return first.sum(axis=0), by_characters, by_lines


def batches(file: Path) -> Iterator[tuple[str, pa.Array]]:
    """The texts by source, some thousand at once."""
    waiting: dict[str, list[str]] = {}
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            some = waiting.setdefault(record.get("source", ""), [])
            some.append(record["text"])
            if len(some) == BATCH:
                yield record.get("source", ""), pa.array(some)
                some.clear()
    yield from ((source, pa.array(some)) for source, some in waiting.items() if some)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--vocalised", nargs="*", default=VOCALISED, help="sources that must lose no mark, no hamza and no letter")
    given = parser.parse_args()
    pipe = arclean.load(given.preset)
    totals: dict[str, tuple[Counts, Counts, Counts]] = {}
    for source, column in batches(given.file):
        zero = (np.zeros(5, np.int64),) * 3
        totals[source] = tuple(a + b for a, b in zip(totals.get(source, zero), taken(pipe, column), strict=True))  # type: ignore[assignment]
    print(f"{'source':26}" + "".join(f"{name:>12}{'taken':>8}" for name in COUNTED) + f"{'by lines':>10}{'%':>7}")
    harmed = []
    for source, (held, lost, cut) in sorted(totals.items()):
        row = "".join(f"{held[i]:>12,}{lost[i]:>8,}" for i in range(5))
        print(f"{source:26}{row}{cut[4]:>10,}{100 * cut[4] / max(held[4], 1):>7.2f}")
        if source in given.vocalised and lost[:3].any():
            harmed.append(source)
    print(
        f"{given.preset}: {'takes marks, hamzas or letters from ' + ', '.join(harmed) if harmed else 'takes none from vocalised sources'}"
    )
    return 1 if harmed else 0


if __name__ == "__main__":
    sys.exit(main())
