"""`card`: the data card of a finished dataset, for those who review it, and its Croissant metadata."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from arclean.cards.about import About
from arclean.cards.croissant import NAME as CROISSANT
from arclean.cards.croissant import croissant
from arclean.cards.notes import ALWAYS, COLUMNS, MISSING
from arclean.catalogue import visible
from arclean.dataset import card as short
from arclean.dataset.card import ranked
from arclean.dataset.files import dump, write_whole
from arclean.dataset.place import Place
from arclean.quality.measures import MEASURES
from arclean.reports.draw import amount
from arclean.reports.facts import facts
from arclean.reports.make import pipeline_of
from arclean.reports.rows import character_rows, line_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclean.reports.facts import Facts

_WHOLE: Final = ("string", "large_string", "binary", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_TYPES: Final = {**dict(zip(_WHOLE, _WHOLE, strict=True)), "float": "float32", "double": "float64"}
"""Arrow's names of types to those of Hugging Face."""
_SHOWN: Final = 3
_LONGEST: Final = 60


def card(
    out: str | PathLike[str],
    *,
    title: str | None = None,
    description: str = "",
    license: str = "",  # noqa: A002 - as Hugging Face calls it
    source: Sequence[str] = (),
    language: Sequence[str] = ("ar",),
    author: Sequence[str] = (),
    homepage: str = "",
    citation: str = "",
    address: str | None = None,
    examples: bool = True,
    to: str | PathLike[str] | None = None,
) -> Place:
    """Write the data card of a finished run, in place of the short one that the run wrote, and ``croissant.json`` beside it.

    What cannot be known from the dataset is taken from the arguments; where they are silent the card says that it was not stated.

    Args:
        out: the directory of a finished run.
        title: of the dataset; the name of the directory if None.
        description: a paragraph; one with the numbers if empty.
        license: an identifier that Hugging Face knows, such as ``cc-by-4.0``.
        source: whose text it is, a line each.
        language: BCP 47 tags.
        author: who made it.
        homepage: its address on the web.
        citation: BibTeX.
        address: what `load_dataset` is called with; the directory if None.
        examples: whether lines that were cut are shown: they are words of the sources.
        to: write the card here instead, and no metadata.

    Returns:
        The card.

    Raises:
        OutputError: there is no finished run, or a language is no tag.
    """
    found = facts(out)
    name = title or found.name
    said = About(name, address or str(out), description, license, tuple(source), tuple(language), tuple(author), homepage, citation)
    target: Place = Path(to) if to is not None else found.out / short.NAME
    head = yaml.safe_dump(front(found, said), sort_keys=False, allow_unicode=True)
    write_whole(target, f"---\n{head}---\n\n{_body(found, said, examples)}")
    if to is None:
        write_whole(found.out / CROISSANT, dump(croissant(found, said)))
    return target


def front(found: Facts, said: About) -> dict[str, Any]:
    """The front matter: what Hugging Face reads. A field that nobody stated is absent."""
    configs = short.configs({one["kind"] for one in found.made["outputs"]}, short.splits_of(one["path"] for one in found.made["outputs"]))
    stated = {"license": said.license, "pretty_name": said.title}
    return {
        "language": list(said.languages),
        **{name: value for name, value in stated.items() if value},
        "size_categories": [short.size_category(found.tally.kept)],
        "task_categories": ["text-generation", "fill-mask"],
        "tags": ["arabic", "arclean", "croissant"],
        "configs": configs,
        **_features(found),
    }


def _features(found: Facts) -> dict[str, Any]:
    """Columns and rows of the dataset; nothing if a column is of a nested type, which `load_dataset` then finds out by itself."""
    columns = found.made["columns"]
    if not all(column["type"] in _TYPES for column in columns):
        return {}
    features = [{"name": column["name"], "dtype": _TYPES[column["type"]]} for column in columns]
    told: dict[str, Any] = {"config_name": "default", "features": features}
    if short.splits_of(one["path"] for one in found.made["outputs"]) == ["train"]:  # bytes by split are not in the tally
        told["splits"] = [{"name": "train", "num_bytes": found.tally.bytes_kept, "num_examples": found.tally.kept}]
    return {"dataset_info": [told]}


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown; what comes of the crawl goes through `cell`
    )
    made.filters |= {"number": "{:,}".format, "short": amount, "cell": cell, "example": _example}
    return made


def _body(found: Facts, said: About, examples: bool) -> str:
    pipe = pipeline_of(found)
    words = found.words_kept + found.words_rejected + found.words_cut
    return (
        _environment()
        .get_template("card.md.jinja")
        .render(
            about=said,
            found=found,
            made=found.made,
            tally=found.tally,
            words=words,
            summary=f"{found.tally.kept:,} Arabic documents with {found.words_kept:,} words, cleaned by arclean.",
            configs=short.described({one["kind"] for one in found.made["outputs"]}),
            size=sum(one["size"] for one in found.made["inputs"]),
            promise=pipe.promise if pipe else "",
            line_rules=line_rows(found, pipe),
            character_rules=character_rows(found, pipe),
            reasons=ranked(found.tally.reasons),
            measures=list(found.histograms.values()),
            columns=[{**column, "about": _about(column["name"])} for column in found.made["columns"]],
            limits=list(_limits(found)),
            examples=examples,
        )
    )


def _about(column: str) -> str:
    if column in MEASURES:
        return f"{MEASURES[column].formula} ({MEASURES[column].unit})"
    return COLUMNS.get(column, "as the input had it")


def _limits(found: Facts) -> Iterator[str]:
    kinds = {kind for step in found.made["pipeline"]["definition"]["steps"] for kind in step}
    yield from ALWAYS
    yield from (note for kind, note in MISSING.items() if kind not in kinds)


def cell(text: str) -> str:
    r"""A text that cannot break out of a cell of a Markdown table, nor be read as HTML or Markdown.

    >>> cell("a|b <i>\nc")
    'a&#124;b &lt;i> c'
    """
    marks = {"|": "&#124;", "<": "&lt;", "\n": " ", "`": "&#96;", "[": "&#91;", "*": "&#42;", "_": "&#95;", "!": "&#33;"}
    return "".join(marks.get(char, char) for char in visible(text).replace("&", "&amp;"))


def _example(shown: tuple[Any, ...]) -> str:
    """The first lines that a rule took."""
    texts = ["".join(text for _, text in stretches) for stretches, _ in shown[:_SHOWN]]
    return " · ".join(cell(text[:_LONGEST] + "…" * (len(text) > _LONGEST)) for text in texts)
