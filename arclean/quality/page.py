"""The pages of the documents about measures and recipes, from their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arclean.quality.measures import MEASURES
from arclean.quality.recipe import Bound, StopWords
from arclean.quality.recipes import recipes

MEASURES_HEAD: Final = """# Measures

Written by scripts/make_catalogue.py from the definitions; do not edit. A measure is a number about a document. Any of them becomes a column
without dropping a thing, or a filter with bounds, from the one definition:

```yaml
steps:
- measure: [words, vocalised_share, dup_5gram_share]          # columns
- filter: {measure: end_line_share, least: 0.1}               # a column, and `end_line_share_low` in `drop`
```

Only what is asked for is computed. *Words* of the first four are runs of what is not white space, clitics left on; *tokens*, and the words
of the others, are parted as a reader parts them: vowels and tatweel part none, every sign is a token of its own, and ٣٫٥, 10:30 and an
address are one. All are linear in the text. The language of a document and its variety of Arabic are columns of the step `language`, see
[languages](language.md); words of your own list are counted by the step `words_of`, see [filters](filters.md).

| measure | unit | formula | source |
|---|---|---|---|
"""
RECIPES_HEAD: Final = """
## The recipes

Each in its two modes. Where the modes differ, `faithful` asks for another measure, or for words of another list.

"""


def measures_page() -> str:
    """The text of docs/measures.md."""
    rows = (f"| `{one.name}` | {one.unit} | {one.formula.replace('|', '&#124;')} | {one.source} |" for one in MEASURES.values())
    return MEASURES_HEAD + "\n".join(rows) + "\n"


def recipes_section() -> str:
    """The part of docs/filters.md about every recipe, its source, its bounds in both modes."""
    return RECIPES_HEAD + "\n".join(line for recipe in recipes().values() for line in _recipe(recipe.name))


def _recipe(name: str) -> Iterator[str]:
    recipe = recipes()[name]
    yield f"### {name}"
    yield ""
    yield f"{recipe.source}. Mended: {recipe.why}"
    yield ""
    yield f"- `faithful`: {'; '.join(map(_rule, recipe.faithful))}"
    yield f"- `mended`: {'; '.join(map(_rule, recipe.mended))}"
    yield ""


def _rule(rule: Bound | StopWords) -> str:
    if isinstance(rule, StopWords):
        return f"{rule.least} of {len(rule.words)} stop words{', whatever their spelling' if rule.folded else ''}"
    least, most = (f"{bound:g}" for bound in (rule.least, rule.most))
    if least == "-inf":
        return f"{rule.measure} ≤ {most}"
    return f"{rule.measure} ≥ {least}" if most == "inf" else f"{rule.measure} {least}-{most}"
