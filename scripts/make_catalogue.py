"""Write what the documents say of the rules: docs/rules.md, the pages of docs/presets, measures and filters, the demo, the sample's card.

python scripts/make_catalogue.py            write it
python scripts/make_catalogue.py --check    exit 1 if it says anything else than this would write
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import dropwhile, groupby, takewhile
from pathlib import Path
from typing import Final

import preset_pages

from arclean import card, presets, run, sample
from arclean.catalogue import Entry, diff, entries, visible
from arclean.demo import demo
from arclean.quality.page import measures_page, recipes_section
from arclean.rules import catalogue

ROOT: Final = Path(__file__).resolve().parent.parent
RECIPES: Final = "<!-- recipes: written by scripts/make_catalogue.py -->\n"
BEGIN, END = "<!-- demo: written by scripts/make_catalogue.py -->\n", "<!-- end of demo -->"
WIDEST: Final = 118
LONGEST: Final = 90
HEAD: Final = """# The rules

Written by scripts/make_catalogue.py from the rules themselves; do not edit. Each rule with its reason, an example of what it does,
and under `@@ leaves @@` a near-miss that it must leave. All of its examples are its tests. Unseen characters are written out, as
`<U+200F>`; long lines are cut.

`arclean rules --json` prints the same with every example; `arclean explain` says which of them act on a text. In brackets: of line
rules, what such a line is; of character rules, what they cost: `safe` (canonical or invisible), `visual` (same word, same shape),
`lossy`.
"""


def page() -> str:
    return "\n".join([HEAD, *_contents(), *(line for entry in _families() for line in entry)])


def _contents() -> Iterator[str]:
    yield "| family | rules | |"
    yield "|---|---:|---|"
    for family, group in groupby(entries(), key=lambda entry: entry.family):
        yield f"| [{family}](#{family}) | {len(list(group))} | {_about(family)} |"
    yield f"| all | {len(catalogue())} | |"
    yield ""


def _about(family: str) -> str:
    return (import_module(f"arclean.rules.{family}").__doc__ or "").strip().split("\n")[0]


def _families() -> Iterator[Iterator[str]]:
    for family, group in groupby(entries(), key=lambda entry: entry.family):
        yield iter((f"## {family}", "", _about(family), ""))
        yield from map(_shown, list(group))


def _shown(entry: Entry) -> Iterator[str]:
    yield f"### {entry.name}"
    yield ""
    yield f"{entry.why} [{entry.category}]"
    yield ""
    yield "```diff"
    yield from map(_cut, diff(*entry.changes[0]))
    yield "@@ leaves @@"
    yield from (_cut(f"  {visible(line)}") for line in entry.leaves[0].split("\n"))
    yield "```"
    yield ""


def _cut(line: str) -> str:
    return (line if len(line) <= LONGEST else line[: LONGEST - 1] + "…").rstrip()


def readme(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}```text\n{_demo()}\n```\n{END}{rest.partition(END)[2]}"


def _demo() -> str:
    """What the demo prints, without the looks at pages in the middle and the line that says how long it took."""
    with tempfile.TemporaryDirectory() as scratch:
        told = demo(Path(scratch) / "demo-out").replace(f"{scratch}/", "").split("\n")
    counts = list(takewhile(lambda line: not line.startswith("written to"), told))
    where = list(dropwhile(lambda line: not line.startswith("The dataset lies in"), told))
    return "\n".join(line if len(line) <= WIDEST else line[: WIDEST - 1] + "…" for line in [*counts, "…", *where])


def sample_card() -> str:
    """The data card of the sample crawl, without the versions of libraries that this machine has."""
    with tempfile.TemporaryDirectory() as scratch:
        out, to = Path(scratch) / "sample_crawl", Path(scratch) / "card.md"
        run("pretrain", sample.path(), out)
        said = "Pages of ten invented sites, written for arclean"
        card(out, license="cc0-1.0", source=[said], address="sample_crawl", to=to)
        return re.sub(r"(?<=^\$ pip install arclean)==.*$", "", to.read_text(encoding="utf-8"), flags=re.MULTILINE)


def filters(text: str) -> str:
    """The page of filters, with the recipes as they are."""
    return text.partition(RECIPES)[0] + RECIPES + recipes_section()


def _preset(name: str, _: str) -> str:
    return preset_pages.page(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 if they say anything else than this would write")
    check = parser.parse_args().check
    code = 0
    pages: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("docs/rules.md", lambda _: page()),
        ("docs/measures.md", lambda _: measures_page()),
        ("docs/filters.md", filters),
        ("docs/presets/README.md", lambda _: preset_pages.index()),
        *((f"docs/presets/{name}.md", partial(_preset, name)) for name in presets()),
        ("README.md", readme),
        ("data_cards/sample_crawl.md", lambda _: sample_card()),
    )
    for name, make in pages:
        path = ROOT / name
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        made = make(there)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made, encoding="utf-8")
        elif made != there:
            print(f"{name} is not what the rules say; run scripts/make_catalogue.py", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
