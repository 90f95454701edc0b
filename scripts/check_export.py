"""Compare exported normalisations with the pipelines that they come from, in the real SentencePiece and tokenizers, over a JSONL file.

    python scripts/check_export.py FILE [--pipeline light ...] [--marks 0.1] [--limit N] [--column text] [--show 5]

For each pipeline and target: what was left out, how many texts were compared and changed, and in how many the two differ, which should be
none. Texts in which fewer of the characters than --marks are Arabic marks are passed over: marks are where normalisers go wrong. Texts with
U+0000 or U+0001 are passed over too; see docs/export.md. Exit code 1 if a text differs. Needs `pip install 'arclean[test]'`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from arclean.exporting import export
from arclean.loading import load
from arclean.pipeline import Pipeline
from arclean.rules import classes

FOLD: Final = Pipeline.from_dict(
    {"name": "fold", "steps": [{"characters": ["invisible", "width", "punctuation", "digits", "folding", "tashkeel"]}]}
)
MARKS: Final = {chr(code) for first, last in classes.MARKS for code in range(first, last + 1)}
Normalise = Callable[[str], str]


def of_sentencepiece(data: str, place: Path) -> Normalise:
    from sentencepiece import SentencePieceNormalizer

    file = place / "rules.tsv"
    file.write_text(data, encoding="utf-8")
    plain: Any = {"add_dummy_prefix": False, "escape_whitespaces": False, "remove_extra_whitespaces": False}
    made: Normalise = SentencePieceNormalizer(rule_tsv=str(file), **plain).Normalize
    return made


def of_tokenizers(data: str, place: Path) -> Normalise:  # noqa: ARG001
    from tokenizers import Tokenizer, models

    tokenizer: dict[str, Any] = json.loads(Tokenizer(models.BPE()).to_str())
    tokenizer["normalizer"] = json.loads(data)
    made: Normalise = Tokenizer.from_str(json.dumps(tokenizer)).normalizer.normalize_str
    return made


TARGETS: Final = {"sentencepiece": of_sentencepiece, "tokenizers": of_tokenizers}


def texts(file: Path, column: str, marks: float) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            text = json.loads(line).get(column)
            if not isinstance(text, str):
                raise SystemExit(f"{file}, line {number}: no text in {column!r}; name the column with --column")
            if "\0" not in text and "\1" not in text and sum(char in MARKS for char in text) >= marks * len(text):
                yield text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSONL, one text a line; plain or .gz")
    parser.add_argument("--pipeline", action="append", help="a preset or a file, repeatable; light, lucene, camel and all folding if none")
    parser.add_argument("--marks", type=float, default=0.1, help="least share of Arabic marks among the characters of a text")
    parser.add_argument("--limit", type=int, help="how many texts; all if not given")
    parser.add_argument("--column", default="text")
    parser.add_argument("--show", type=int, default=5, help="how many differences of each kind are printed")
    arguments = parser.parse_args()
    given = list(islice(texts(arguments.file, arguments.column, arguments.marks), arguments.limit))
    pipes = [load(name) for name in arguments.pipeline] if arguments.pipeline else [*map(load, ("light", "lucene", "camel")), FOLD]
    wrong = 0
    for pipe in pipes:
        for target, loaded in TARGETS.items():
            with tempfile.TemporaryDirectory(prefix="export-") as place:
                done = export(pipe, target, partial=True)
                normalise = loaded(done.data, Path(place))
                ours, theirs = done.pipeline.clean_many(given), list(map(normalise, given))
            differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
            changed = sum(a != b for a, b in zip(given, ours, strict=True))
            wrong += len(differing)
            print(f"{pipe.name:12} {target:13} {len(given):8,} texts, {changed:8,} changed, {len(differing):6,} differ", end="")
            print(f"; left out: {', '.join(done.left_out)}" if done.left_out else "")
            for a, b in differing[: arguments.show]:
                at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
                print(f"    at {at}: arclean {a[max(0, at - 15) : at + 15]!a}, {target} {b[max(0, at - 15) : at + 15]!a}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
