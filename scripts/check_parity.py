"""Compare the preset `camel`, each of its rules, and transliteration with the real camel-tools, over the texts of a JSONL file.

    python scripts/check_parity.py FILE [--limit N] [--column text] [--oracle DIR] [--show 5]

camel-tools gets an environment of its own, without the models that its other modules need; with --oracle it stays for the next time.
Exit code 1 if a byte differs. Texts with characters that the Unicode of the other Python does not have are counted apart: there form KC
is a matter of the version.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from arclean import Pipeline, load
from arclean.orthography.transliterate import Transliterate

PACKAGES = ("camel-tools==1.6.0", "emoji", "six")
ORACLE = """
import json, sys, unicodedata
from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils import normalize as n

def everything(text):
    for step in (n.normalize_unicode, n.normalize_alef_ar, n.normalize_alef_maksura_ar, n.normalize_teh_marbuta_ar, dediac_ar):
        text = step(text)
    return text

steps = {
    "camel": everything, "camel_unicode": n.normalize_unicode, "camel_alef": n.normalize_alef_ar,
    "camel_alef_maksura": n.normalize_alef_maksura_ar, "camel_teh_marbuta": n.normalize_teh_marbuta_ar, "camel_dediac": dediac_ar,
}
for ours, theirs in (("buckwalter", "bw"), ("safebw", "safebw"), ("xmlbw", "xmlbw"), ("hsb", "hsb")):
    steps[ours + " to_latin"] = CharMapper.builtin_mapper("ar2" + theirs)
    steps[ours + " to_arabic"] = CharMapper.builtin_mapper(theirs + "2ar")
for line in sys.stdin:
    text = json.loads(line)
    newer = any(unicodedata.category(char) == "Cn" for char in text)
    print(json.dumps({"newer": newer, "made": {name: step(text) for name, step in steps.items()}}), flush=False)
"""


def oracle(home: Path) -> Path:
    """The Python of an environment that has camel-tools, made if it is not there."""
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"making {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
    there = [str(python), "-c", "import camel_tools.utils.normalize, camel_tools.utils.charmap, camel_tools.utils.dediac"]
    if subprocess.run(there, capture_output=True, check=False).returncode:
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", *PACKAGES]
        subprocess.run(pip, check=True)
    return python


def texts(file: Path, column: str, limit: int | None) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, limit), 1):
            text = json.loads(line).get(column)
            if not isinstance(text, str):
                raise SystemExit(f"{file}, line {number}: no text in {column!r}; name the column with --column")
            yield text


def pipelines() -> dict[str, Pipeline]:
    camel = load("camel")
    single = {rule.name: Pipeline.from_dict({"steps": [{"characters": [rule.name]}]}) for part in camel.parts for rule in part.rules}
    both = [(scheme, way) for scheme in ("buckwalter", "safebw", "xmlbw", "hsb") for way in ("to_latin", "to_arabic")]
    return {"camel": camel, **single, **{f"{scheme} {way}": Pipeline((Transliterate(scheme, way),)) for scheme, way in both}}


def difference(theirs: str, ours: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), min(len(theirs), len(ours)))
    first = max(0, at - 15)
    return f"at {at}: camel-tools {theirs[first : at + 15]!a}, arclean {ours[first : at + 15]!a}"


def compare(given: list[str], answers: list[str], show: int) -> int:
    """Print what differs; answers how many texts did."""
    records = [json.loads(answer) for answer in answers]
    newer = [record["newer"] for record in records]
    wrong = 0
    for name, pipe in pipelines().items():
        theirs = [record["made"][name] for record in records]
        pairs = zip(given, theirs, pipe.clean_many(given), newer, strict=True)
        differing = [(number, a, b, new) for number, (_, a, b, new) in enumerate(pairs, 1) if a != b]
        changed = sum(a != b for a, b in zip(given, theirs, strict=True))
        counted = [one for one in differing if not one[3]]
        wrong += len(counted)
        apart = f", {len(differing) - len(counted)} with characters newer than its Unicode" if len(differing) > len(counted) else ""
        print(f"{name:24} {len(given):8,} texts, {changed:8,} changed, {len(counted):6,} differ{apart}")
        for number, a, b, _ in counted[:show]:
            print(f"    line {number}, {difference(a, b)}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSONL, one text a line")
    parser.add_argument("--limit", type=int, help="how many lines; all if not given")
    parser.add_argument("--column", default="text")
    parser.add_argument("--oracle", type=Path, help="where the environment of camel-tools is, or is to be made; temporary if not given")
    parser.add_argument("--show", type=int, default=5, help="how many differences of each kind are printed")
    arguments = parser.parse_args()
    given = list(texts(arguments.file, arguments.column, arguments.limit))
    if not given:
        raise SystemExit(f"{arguments.file}: no texts; nothing was compared")
    with tempfile.TemporaryDirectory(prefix="parity-") as place:
        python = oracle(arguments.oracle or Path(place) / "oracle")
        asked = "".join(json.dumps(text) + "\n" for text in given)
        done = subprocess.run([python, "-c", ORACLE], input=asked, capture_output=True, check=False, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"camel-tools failed:\n{done.stderr}")
    return 1 if compare(given, done.stdout.splitlines(), arguments.show) else 0


if __name__ == "__main__":
    sys.exit(main())
