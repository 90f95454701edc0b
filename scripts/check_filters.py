"""Do the recipes in the mode `faithful` decide as datatrove's own filters do, document by document? What does each reject, by source?

    python scripts/check_filters.py FILE [--every 20] [--recipes fineweb2-arb,gopher-ar] [--home DIR] [--show 3] [--no-peer]

datatrove 0.10.1, with spaCy for its words, gets an environment of its own; with --home it stays for the next time. It is slow, so that it
judges one document of --every; arclean judges all. Where the two differ, the tokens of both are compared: a difference is explained if
they part the text otherwise, and how is counted by sign. Exit code 1 if a difference is not explained, or if a clean source loses more
than a fifth of its documents of 50 words or more in the mode `mended` without an explanation.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from arclean import Pipeline
from arclean.quality.c4.lines import C4Lines
from arclean.quality.judge import Judge
from arclean.quality.measures import figures
from arclean.quality.recipes import recipes
from arclean.quality.shape.tokens import tokens
from arclean.rules.fineweb2 import VALUES

PACKAGES = ("datatrove==0.10.1", "spacy", "xxhash<4", "orjson", "regex", "nltk")
SHORT, MOST = 50, 0.2
"""Words of a document that Gopher calls short, and FineWeb2 with it; the share that a clean source may lose of the others."""
CLEAN = (
    "hindawi wiki_ar wiki_arz arcd_wiki_paragraphs periodical_haqaiq periodical_lughat_al_arab periodical_manar periodical_muqtabas "
    "tashkeela_bench quran_texts hadith_json open_hadith wild_diacritics openiti tafsir"
)
"""Books, encyclopedias, periodicals, vocalised texts."""
EXPLAINED = {("fineweb2-arb", "wiki_arz"): "lyrics of songs: short lines without marks, and refrains"}
PEER = """
import json, sys, time
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
from datatrove.utils.text import split_into_words

given = json.loads(sys.stdin.readline())
language = "arb_Arab"
chains = {}
for name, v in given.items():
    if name == "gopher-ar":
        chains[name] = [GopherRepetitionFilter(language=language), GopherQualityFilter(language=language)]
    elif name == "c4-ar":
        chains[name] = [C4QualityFilter(language=language, remove_citations=False)]
    else:
        chains[name] = [
            GopherRepetitionFilter(language=language, dup_line_frac=v["dup_lines"], dup_para_frac=0, dup_line_char_frac=0,
                dup_para_char_frac=0, top_n_grams=list(enumerate(v["top"], 2)), dup_n_grams=list(enumerate(v["dup"], 5))),
            FineWebQualityFilter(language=language, line_punct_thr=v["ends"], short_line_thr=999, char_duplicates_ratio=0.1,
                new_line_ratio=v["feeds"]),
            GopherQualityFilter(language=language, min_avg_word_length=v["length"][0], max_avg_word_length=v["length"][1],
                max_non_alpha_words_ratio=v["alpha"], stop_words=v["stop_words"]),
        ]
texts = [json.loads(line) for line in sys.stdin]
split_into_words("كلمة", language)
begun = time.process_time()
for text in texts:
    split_into_words(text, language)
    reasons = {}
    for name, chain in chains.items():
        document, reason = Document(text=text, id="0"), None
        for one in chain:
            try:
                verdict = one.filter(document)
            except (ZeroDivisionError, AssertionError) as error:
                verdict = (False, type(error).__name__)
            if verdict is not True:
                reason = verdict[1] if isinstance(verdict, tuple) else one.name
                break
        reasons[name] = reason
    print(json.dumps({"reasons": reasons, "words": split_into_words(text, language)}), flush=False)
print(time.process_time() - begun)
"""


def rows_of(file: Path, limit: int | None) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, limit)]


def oracle(home: Path) -> Path:
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"making {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
    if subprocess.run([str(python), "-c", "import datatrove, spacy, nltk"], capture_output=True, check=False).returncode:
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES], check=True)
    return python


def theirs(texts: list[str], names: list[str], home: Path) -> tuple[list[dict[str, Any]], float]:
    """What datatrove says of each text, and the seconds of processor time that it took, its start aside."""
    values = {name: VALUES[name.removeprefix("fineweb2-")]._asdict() if name.startswith("fineweb2-") else {} for name in names}
    given = "\n".join([json.dumps(values), *map(json.dumps, texts)])
    made = subprocess.run([str(oracle(home)), "-c", PEER], input=given, capture_output=True, text=True, check=False)
    if made.returncode:
        raise SystemExit(f"datatrove failed: {made.stderr[-2000:]}")
    *said, seconds = made.stdout.splitlines()
    return [json.loads(line) for line in said], float(seconds)


def parted(ours: list[str], other: list[str]) -> Counter[str]:
    """The signs at which the tokens of the two differ."""
    signs: Counter[str] = Counter()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, other, autojunk=False).get_opcodes():
        if kind != "equal":
            signs.update({char for char in "".join((*ours[a:b], *other[c:d])) if not char.isalnum()} or {"letters"})
    return signs


def verdicts(texts: list[str], name: str, mode: str) -> list[str | None]:
    parts = (C4Lines(mode), Judge(name, mode)) if name == "c4-ar" else (Judge(name, mode),)
    reasons: list[str | None] = Pipeline(parts).table(pa.table({"text": texts}))["drop"].to_pylist()
    return reasons


def compare(texts: list[str], ids: list[str], names: list[str], home: Path, show: int) -> int:
    said, seconds = theirs(texts, names, home)
    size = sum(len(text.encode()) for text in texts)
    print(f"datatrove: {len(texts):,} documents, {size / 1e6:.1f} MB, {len(names)} recipes, {size / 1e6 / seconds:.2f} MB/s")
    unexplained = 0
    for name in names:
        ours = verdicts(texts, name, "faithful")
        other = [one["reasons"][name] for one in said]
        differ = [i for i, (a, b) in enumerate(zip(ours, other, strict=True)) if (a is None) != (b is None)]
        both = sum(a is not None and b is not None for a, b in zip(ours, other, strict=True))
        print(f"\n{name}: {len(texts) - len(differ):,} of {len(texts):,} decided alike ({both:,} rejected), {len(differ)} not")
        causes: Counter[str] = Counter()
        for i in differ:
            mine = tokens(texts[i])
            if mine == said[i]["words"] and name == "c4-ar" and ({"…"} & set(mine) or any(t.startswith("..") for t in mine)):
                causes["an ellipsis, at which spaCy ends no sentence"] += 1
                continue
            if mine == said[i]["words"]:
                unexplained += 1
                print(f"  NOT EXPLAINED {ids[i]}: arclean {ours[i]}, datatrove {other[i]}: {texts[i][:80]!r}")
                continue
            signs = parted(mine, said[i]["words"])
            causes[signs.most_common(1)[0][0]] += 1
            if sum(causes.values()) <= show:
                print(
                    f"  {ids[i]}: arclean {ours[i]}, datatrove {other[i]}; {len(mine)} tokens, spaCy {len(said[i]['words'])}; {dict(signs)}"
                )
        for sign, count in causes.most_common(8):
            print(f"  {count:5} {sign if len(sign) > 1 else f'parted otherwise, mostly at {sign!r}'}")
    return unexplained


def by_source(rows: list[dict[str, Any]], names: list[str]) -> int:
    """What each recipe rejects of each source, in both modes; answers how many clean sources lose too much, short documents aside."""
    texts = [row["text"] for row in rows]
    sources = [row.get("source", "") for row in rows]
    long = (figures(pa.array(texts), ("words",))["words"].to_numpy() >= SHORT).tolist()
    total, total_long = Counter(sources), Counter(source for source, is_long in zip(sources, long, strict=True) if is_long)
    over = 0
    cells: dict[str, list[str]] = {source: [] for source in sorted(total_long) if source in CLEAN.split()}
    for name in names:
        for mode in ("faithful", "mended"):
            reasons = verdicts(texts, name, mode)
            why: dict[str, Counter[str]] = {source: Counter() for source in total}
            lost_long: Counter[str] = Counter()
            for source, reason, is_long in zip(sources, reasons, long, strict=True):
                why[source].update([reason] if reason else [])
                lost_long[source] += bool(reason and is_long)
            lost = {source: sum(why[source].values()) for source in total}
            print(f"\n{name}, {mode}: {sum(lost.values()) / len(texts):.1%} of all documents rejected")
            for source in sorted(total):
                share = lost_long[source] / max(total_long[source], 1)
                beyond = source in cells and share > MOST
                known = EXPLAINED.get((name, source), "") if beyond else ""
                over += beyond and mode == "mended" and not known
                if source in cells:
                    cells[source].append(f"{share:.1%}")
                shown = "  ".join(f"{reason} {count / total[source]:.1%}" for reason, count in why[source].most_common(3))
                note = (
                    f" (clean, {share:.1%} of long ones{', OVER A FIFTH' if beyond else ''}{f': {known}' if known else ''})"
                    if source in cells
                    else ""
                )
                print(f"  {lost[source] / total[source]:6.1%} {source}{note}   {shown}")
    print(f"\nOf documents of {SHORT} words or more of clean sources, rejected, faithful and mended:\n\n| source | {' | '.join(names)} |")
    print("|---|" + "---:|" * len(names))
    for source, shares in cells.items():
        print(f"| {source} | {' | '.join(f'{a}, {b}' for a, b in zip(shares[::2], shares[1::2], strict=True))} |")
    return over


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=20, help="datatrove judges one document of so many")
    parser.add_argument("--recipes", default="gopher-ar,c4-ar,fineweb2-arb,fineweb2-arz", help="names with commas between, or `all`")
    parser.add_argument("--home", type=Path, help="keep the environment of datatrove here")
    parser.add_argument("--show", type=int, default=3, help="differences to show for each recipe")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--no-peer", action="store_true", help="only what each recipe rejects, by source")
    options = parser.parse_args()
    names = list(recipes()) if options.recipes == "all" else options.recipes.split(",")
    rows = rows_of(options.file, options.limit)
    over = by_source(rows, names)
    unexplained = 0
    if not options.no_peer:
        few = [row for row in rows if row["text"]][:: options.every]
        with tempfile.TemporaryDirectory() as scratch:
            home = options.home or Path(scratch) / "venv"
            ids = [str(row.get("id", "")) for row in few]
            unexplained = compare([row["text"] for row in few], ids, names, home, options.show)
    print(f"\nclean sources that lose more than a fifth of their long documents, mended, unexplained: {over}")
    print(f"differences without an explanation: {unexplained}")
    return 1 if unexplained or over else 0


if __name__ == "__main__":
    sys.exit(main())
