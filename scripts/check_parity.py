"""Compare presets that repeat other tools with the tools themselves, over the texts of a JSONL file (plain or .gz).

    python scripts/check_parity.py FILE [--tool camel|arabert] [--limit N] [--column text] [--every 40] [--oracle DIR] [--show 5]

camel: the preset `camel` on every text, and on every 40th each of its 32 choices of rules and transliteration both ways.
arabert: `arabert-v02` on every text in which AraBERT itself finds neither a link nor an e-mail address (it takes all that is joined by @
or by several dots for one); without the finding of links, addresses and names on every text; `arabert-v02-twitter` likewise on every 40th.

Each tool gets an environment of its own, without the models that other parts of it need; with --oracle DIR it stays in DIR/TOOL for the
next time. Exit code 1 if a byte differs. Texts with characters that the Unicode of the other Python does not have are counted apart: what
they are is a matter of the version.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from pathlib import Path
from typing import Any, Final

from arclean import Pipeline, load
from arclean.orthography.transliterate import Transliterate

BATCH: Final = 500
CAMEL_PARTS: Final = ("camel_unicode", "camel_alef", "camel_alef_maksura", "camel_teh_marbuta", "camel_dediac")
SERVER: Final = """
for line in sys.stdin:
    text, full = json.loads(line)
    newer = any(unicodedata.category(char) == "Cn" for char in text)
    made = {name: step(text) for name, step in (everything if full else always).items()}
    print(json.dumps({"newer": newer, "made": made}), flush=True)
"""
CAMEL: Final = (
    """
import itertools, json, sys, unicodedata
from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils import normalize as n

steps = (n.normalize_unicode, n.normalize_alef_ar, n.normalize_alef_maksura_ar, n.normalize_teh_marbuta_ar, dediac_ar)

def chain(chosen):
    def run(text):
        for step in chosen:
            text = step(text)
        return text
    return run

always = {"camel": chain(steps)}
everything = dict(always)
for size in range(6):
    for chosen in itertools.combinations(range(5), size):
        everything["camel " + " ".join(map(str, chosen))] = chain([steps[i] for i in chosen])
for ours, theirs in (("buckwalter", "bw"), ("safebw", "safebw"), ("xmlbw", "xmlbw"), ("hsb", "hsb")):
    everything[ours + " to_latin"] = CharMapper.builtin_mapper("ar2" + theirs)
    everything[ours + " to_arabic"] = CharMapper.builtin_mapper(theirs + "2ar")
"""
    + SERVER
)
ARABERT: Final = (
    """
import contextlib, io, json, logging, sys, unicodedata
with contextlib.redirect_stdout(io.StringIO()):
    from arabert.preprocess import ArabertPreprocessor
    logging.disable(logging.CRITICAL)
    def of(model, **options):
        return ArabertPreprocessor(model_name=model, **options).preprocess
    always = {
        "arabert-v02": of("bert-base-arabertv02"),
        "arabert-v02 bare": of("bert-base-arabertv02", replace_urls_emails_mentions=False),
    }
    everything = always | {
        "arabert-v02-twitter": of("bert-base-arabertv02-twitter"),
        "arabert-v02-twitter bare": of("bert-base-arabertv02-twitter", replace_urls_emails_mentions=False),
        "araelectra": of("araelectra-base-discriminator"),
        "aragpt2": of("aragpt2-base"),
    }
"""
    + SERVER
)


@dataclass(frozen=True)
class Tool:
    """A tool that presets repeat.

    Attributes:
        packages: what is installed for it.
        options: for pip.
        code: a program that answers texts on standard input.
    """

    packages: tuple[str, ...]
    options: tuple[str, ...]
    code: str


TOOLS: Final = {
    "camel": Tool(("camel-tools==1.6.0", "emoji", "six"), ("--no-deps",), CAMEL),
    "arabert": Tool(("arabert==1.0.1",), (), ARABERT),
}


def oracle(tool: Tool, home: Path) -> Path:
    """The Python of an environment that has the tool, made if it is not there."""
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"making {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
    there = subprocess.run([python, "-c", tool.code], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if there.returncode:
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *tool.options, *tool.packages]
        subprocess.run(pip, check=True)
    return python


def texts(file: Path, column: str, limit: int | None) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, limit), 1):
            text = json.loads(line).get(column)
            if not isinstance(text, str):
                raise SystemExit(f"{file}, line {number}: no text in {column!r}; name the column with --column")
            yield text


def of_rules(*names: str) -> Pipeline:
    return Pipeline.from_dict({"steps": [{"characters": list(names)}]})


def bare(preset: str) -> Pipeline:
    """The preset without what finds links, addresses and names."""
    return load(preset).without("email", "url", "arabert_mentions")


def pipelines(tool: str) -> dict[str, Pipeline]:
    if tool == "arabert":
        both = ("arabert-v02", "arabert-v02-twitter")
        made = {name: load(name) for name in both} | {f"{name} bare": bare(name) for name in both}
        return made | dict.fromkeys(("araelectra", "aragpt2"), made["arabert-v02"])
    every = [chosen for size in range(6) for chosen in combinations(range(5), size)]
    camel = {"camel " + " ".join(map(str, chosen)): of_rules(*(CAMEL_PARTS[i] for i in chosen)) for chosen in every}
    ways = [(scheme, way) for scheme in ("buckwalter", "safebw", "xmlbw", "hsb") for way in ("to_latin", "to_arabic")]
    return {"camel": load("camel"), **camel, **{f"{scheme} {way}": Pipeline((Transliterate(scheme, way),)) for scheme, way in ways}}


def is_apart(tool: str, name: str, text: str, theirs: str) -> bool:
    """Whether parity is not promised: AraBERT found a link or an address."""
    if tool != "arabert" or name.endswith("bare"):
        return False
    plain = re.sub("[\u064b-\u0652\u0640]", "", html.unescape(text))
    links = any(theirs.count(token) != text.count(token) for token in ("رابط", "بريد"))
    return links or re.search(r"\S@\S", plain) is not None


@dataclass
class Counts:
    """What came of one comparison."""

    texts: int = 0
    changed: int = 0
    apart: int = 0
    newer: int = 0
    differing: list[str] = field(default_factory=list)


def difference(tool: str, number: int, theirs: str, ours: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), min(len(theirs), len(ours)))
    first = max(0, at - 15)
    return f"line {number}, at {at}: {tool} {theirs[first : at + 15]!a}, arclean {ours[first : at + 15]!a}"


def enter(counts: Counts, tool: str, name: str, given: Sequence[tuple[int, str]], answers: Sequence[Any], made: Sequence[str]) -> None:
    for (number, text), answer, ours in zip(given, answers, made, strict=True):
        theirs = answer["made"][name]
        counts.texts += 1
        counts.changed += theirs != text
        if is_apart(tool, name, text, theirs):
            counts.apart += 1
        elif theirs != ours and answer["newer"]:
            counts.newer += 1
        elif theirs != ours:
            counts.differing.append(difference(tool, number, theirs, ours))


def batches(numbered: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while batch := list(islice(numbered, BATCH)):
        yield batch


def compare(tool: str, python: Path, given: Iterator[str], every: int) -> dict[str, Counts]:
    pipes = pipelines(tool)
    counts: dict[str, Counts] = {}
    with subprocess.Popen(
        [python, "-c", TOOLS[tool].code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for batch in batches(iter(enumerate(given, 1))):
            answers = []
            for number, text in batch:
                run.stdin.write(json.dumps([text, number % every == 1 or every == 1]) + "\n")
                run.stdin.flush()
                answers.append(json.loads(run.stdout.readline() or "null"))
            if None in answers:
                raise SystemExit(f"{tool} failed")
            names = Counter(name for answer in answers for name in answer["made"])
            for name in names:
                some = [i for i, answer in enumerate(answers) if name in answer["made"]]
                made = pipes[name].clean_many([batch[i][1] for i in some])
                enter(counts.setdefault(name, Counts()), tool, name, [batch[i] for i in some], [answers[i] for i in some], made)
    return counts


def told(counts: dict[str, Counts], show: int) -> int:
    """Print what differs; answers how many texts did."""
    for name, one in counts.items():
        apart = f", {one.apart:,} with links or addresses" if one.apart else ""
        newer = f", {one.newer:,} with characters newer than its Unicode" if one.newer else ""
        print(f"{name:26} {one.texts:8,} texts, {one.changed:8,} changed, {len(one.differing):6,} differ{apart}{newer}")
        for line in one.differing[:show]:
            print(f"    {line}")
    return sum(len(one.differing) for one in counts.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSONL, one text a line; plain or .gz")
    parser.add_argument("--tool", choices=TOOLS, help="this tool alone")
    parser.add_argument("--limit", type=int, help="how many lines; all if not given")
    parser.add_argument("--column", default="text")
    parser.add_argument("--every", type=int, default=40, help="the longer comparisons on every nth text")
    parser.add_argument("--oracle", type=Path, help="where the environments of the tools are, or are to be made; temporary if not given")
    parser.add_argument("--show", type=int, default=5, help="how many differences of each kind are printed")
    arguments = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="parity-") as place:
        for tool in [arguments.tool] if arguments.tool else TOOLS:
            python = oracle(TOOLS[tool], (arguments.oracle or Path(place)) / tool)
            counts = compare(tool, python, texts(arguments.file, arguments.column, arguments.limit), arguments.every)
            if not counts:
                raise SystemExit(f"{arguments.file}: no texts; nothing was compared")
            wrong += told(counts, arguments.show)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
