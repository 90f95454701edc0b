"""Score the doors of boilerplate removal on labelled pages, beside peers: macro F1, pooled F1, precision, recall, harm, empty, MB/s.

    python scripts/score_boilerplate.py --gold DIR [--preset pretrain] [--no-peers] [--peers ENV] [--doors page text] [--worst 5]

DIR holds ``html.jsonl`` and ``text.jsonl``, rows {id, domain, lines: [{text, label, amb?}]}, and ``pages/ID.html``, the raw pages of the
first. ``text`` is text that an extractor made; ``page`` the lines of the whole pages, without their HTML; ``html`` the pages themselves.
Words are compared as multisets (NFC, no harakat, no tatweel, lower case). A title counts as content. Macro F1 is the mean over documents
that have content; harm the share of content words lost; empty the share of words kept of pages without content. Speeds are MB (10^6
bytes) of what goes in, over the processor time of one thread. Peers get an environment of their own; with --peers it stays.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

import arclean
from arclean import Pipeline
from arclean.boilerplate.html.page import Html
from arclean.rules.elements import RULES

HERE = Path(__file__).resolve().parent
PACKAGES = (
    "trafilatura==2.0.0",
    "readability-lxml==0.8.4.1",
    "resiliparse==0.15.2",
    "jusText==3.0.2",
    "newspaper4k==0.9.3.1",
    "lxml_html_clean",
)
SILENT = re.compile("[\u064b-\u0652\u0670\u0640]")
KEPT = ("content", "title")
LEAST_SECONDS = 0.5

Document = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a tool kept of each document, and how many bytes it read a second; None if nobody measured."""

    kept: Mapping[str, str]
    speed: float | None


@dataclass(frozen=True)
class Score:
    """The figures of a tool on a set of documents."""

    macro: float
    pooled: float
    precision: float
    recall: float
    harm: float
    empty: float


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", SILENT.sub("", unicodedata.normalize("NFC", text)).lower()))


def wanted(document: Document) -> tuple[Counter[str], Counter[str]]:
    """The words to be kept, and those that do not count."""
    want: Counter[str] = Counter()
    ignored: Counter[str] = Counter()
    for line in document["lines"]:
        if line.get("amb"):
            ignored += words(line["text"])
        elif line["label"] in KEPT:
            want += words(line["text"])
    return want, ignored


def counted(document: Document, kept: str) -> tuple[int, int, int]:
    """Words right, words too many, words wanted."""
    (want, ignored), have = wanted(document), words(kept)
    return sum((have & want).values()), sum((have - want - ignored).values()), sum(want.values())


def f1_of(right: int, extra: int, want: int) -> float:
    return 2 * right / max(2 * right + extra + (want - right), 1)


def has_content(document: Document) -> bool:
    return any(line["label"] == "content" for line in document["lines"])


def score(documents: Sequence[Document], kept: Mapping[str, str]) -> Score:
    counts = {document["id"]: counted(document, kept.get(document["id"], "")) for document in documents}
    right, extra, want = (sum(one[i] for one in counts.values()) for i in range(3))
    each = [f1_of(*counts[document["id"]]) for document in documents if has_content(document)]
    bare = [document for document in documents if not has_content(document)]
    idle = sum(sum(counts[document["id"]][:2]) for document in bare)
    idle_of = sum(sum(words(line["text"]).total() for line in document["lines"]) for document in bare)
    precision, recall = right / max(right + extra, 1), right / max(want, 1)
    return Score(sum(each) / max(len(each), 1), f1_of(right, extra, want), precision, recall, 1 - recall, idle / max(idle_of, 1))


def rows(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def as_text(document: Document) -> str:
    return "\n".join(line["text"] for line in document["lines"])


def page(folder: Path, document: Document) -> str:
    """The raw page, in the encoding that it declares if it is not UTF-8."""
    raw = (folder / "pages" / f"{document['id']}.html").read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?(?:windows-1256|cp1256)", raw[:4000], re.IGNORECASE)
        return raw.decode("cp1256" if declared else "utf-8", "replace")


def timed(work: Callable[[list[str]], list[str]], ids: list[str], given: list[str]) -> Answer:
    """What a tool makes of the documents; repeated until the time can be told, after one time that does not count."""
    work(given)
    size, spent, times = sum(len(text.encode()) for text in given), 0.0, 0
    while spent < LEAST_SECONDS:
        start = time.process_time()
        made = work(given)
        spent += time.process_time() - start
        times += 1
    return Answer(dict(zip(ids, made, strict=True)), size * times / spent)


def keep_all(given: list[str]) -> list[str]:
    return given


def c4_lines(given: list[str]) -> list[str]:
    """The line filter of C4 with Arabic end punctuation: five words or more, and an end of a sentence."""
    ends = tuple('.!?"؟؛…»”')
    return ["\n".join(line for line in text.split("\n") if line.rstrip().endswith(ends) and len(line.split()) >= 5) for text in given]


def cleaner(preset: str, html: bool = False) -> Callable[[list[str]], list[str]]:
    pipe = arclean.load(preset)
    if html:
        pipe = Pipeline((Html(RULES), *pipe.parts), preset)

    def clean(given: list[str]) -> list[str]:
        return pipe.apply(pa.record_batch({"text": pa.array(given, pa.string())})).batch["text"].to_pylist()  # type: ignore[no-any-return]

    return clean


def from_lines(preset: str, documents: Sequence[Document]) -> Iterator[tuple[str, Answer]]:
    """The doors without HTML: ours, and what filters of lines reach."""
    ids, given = [document["id"] for document in documents], [as_text(document) for document in documents]
    yield f"arclean {preset}", timed(cleaner(preset), ids, given)
    yield "keep all", Answer(dict(zip(ids, keep_all(given), strict=True)), None)
    yield "C4 lines", timed(c4_lines, ids, given)


def python_of(home: Path) -> Path:
    """The Python of an environment that has the peers, made if it is not there."""
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"making {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(pip, check=True)
    return python


def peers(home: Path, ids: list[str], given: list[str]) -> Iterator[tuple[str, Answer]]:
    """Each peer that the environment has, on the same pages."""
    asked = "".join(json.dumps({"id": name, "html": html}) + "\n" for name, html in zip(ids, given, strict=True))
    command = [str(python_of(home)), str(HERE / "score_peers.py")]
    done = subprocess.run(command, input=asked, capture_output=True, check=False, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"the peers failed:\n{done.stderr}")
    size = sum(len(html.encode()) for html in given)
    for row in map(json.loads, done.stdout.splitlines()):
        yield row["name"], Answer(row["kept"], size / row["seconds"])


def from_html(preset: str, documents: Sequence[Document], folder: Path, home: Path | None) -> Iterator[tuple[str, Answer]]:
    """The door of raw pages: ours with all that makes a text of it, and peers."""
    ids, given = [document["id"] for document in documents], [page(folder, document) for document in documents]
    yield f"arclean html + {preset}", timed(cleaner(preset, html=True), ids, given)
    if home is not None:
        yield from peers(home, ids, given)


def shown(door: str, name: str, found: Score, speed: float | None) -> str:
    figures = (found.macro, found.pooled, found.precision, found.recall, found.harm, found.empty)
    told = "  ".join(f"{value:9.3f}" for value in figures)
    return f"{door:6}{name:34}{told}  {'' if speed is None else f'{speed / 1e6:9.2f}'}".rstrip()


def worst(documents: Sequence[Document], kept: Mapping[str, str], most: int) -> Iterator[str]:
    scored = sorted((f1_of(*counted(one, kept.get(one["id"], ""))), one["id"], one["domain"]) for one in documents if has_content(one))
    for value, name, domain in scored[:most]:
        yield f"        {value:.3f}  {name}  {domain}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, metavar="DIR")
    parser.add_argument("--preset", default="pretrain")
    parser.add_argument("--doors", nargs="+", choices=("html", "page", "text"), default=("html", "page", "text"))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--peers", type=Path, metavar="ENV", help="where the environment of the peers is, or is to be made")
    parser.add_argument("--worst", type=int, default=0, help="how many of the worst documents of ours are named")
    given = parser.parse_args()
    for name in ("html.jsonl", "text.jsonl"):
        if not (given.gold / name).is_file():
            raise SystemExit(f"{given.gold}: no {name} there; --gold takes the directory that holds it")
    pa.set_cpu_count(1)
    whole, extracted = rows(given.gold / "html.jsonl"), rows(given.gold / "text.jsonl")
    names = ("macro F1", "pooled F1", "precision", "recall", "harm", "empty", "MB/s")
    print(f"{'door':6}{'tool':34}{'  '.join(f'{name:>9}' for name in names)}")
    with tempfile.TemporaryDirectory(prefix="peers-") as place:
        home = None if given.no_peers else given.peers or Path(place) / "env"
        doors: dict[str, tuple[list[Document], Callable[[], Iterator[tuple[str, Answer]]]]] = {
            "html": (whole, lambda: from_html(given.preset, whole, given.gold, home)),
            "page": (whole, lambda: from_lines(given.preset, whole)),
            "text": (extracted, lambda: from_lines(given.preset, extracted)),
        }
        for door in given.doors:
            documents, answers = doors[door]
            for name, answer in answers():
                print(shown(door, name, score(documents, answer.kept), answer.speed), flush=True)
                if name.startswith("arclean"):
                    print("".join(f"{line}\n" for line in worst(documents, answer.kept, given.worst)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
