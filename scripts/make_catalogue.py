"""Write docs/rules.md, the catalogue of all rules, from the rules.

python scripts/make_catalogue.py            write it
python scripts/make_catalogue.py --check    exit 1 if it says anything else than this would write
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Final

from arclean.catalogue import Entry, diff, entries, visible
from arclean.rules import catalogue

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    made = page()
    if not parser.parse_args().check:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != made:
        print("docs/rules.md is not what the rules say; run scripts/make_catalogue.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
