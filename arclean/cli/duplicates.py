"""The commands about documents that came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from arclean.cli.options import DATA_PROBLEM, fail, pairs, size

if TYPE_CHECKING:
    from collections.abc import Callable

_READING = (
    click.option("-o", "--out", required=True, metavar="OUT", help="Directory of the dataset: new, or an unfinished run to go on with."),
    click.option("--workers", type=int, metavar="N", help="Threads; all cores if not given."),
    click.option("--shard-size", callback=size, default="256MiB", show_default=True, metavar="SIZE", help="Bytes of rows in a shard."),
    click.option("--text", default="text", show_default=True, metavar="COLUMN", help="The column with the text."),
    click.option("--id", default="id", show_default=True, metavar="COLUMN", help="The column with the id; it need not exist."),
    click.option(
        "--format", default="auto", show_default=True, help="jsonl, csv, tsv, parquet, text, lines; auto goes by each file's name."
    ),
    click.option("--limit", type=int, metavar="N", help="Read the first N records only."),
    click.option("--rename", callback=pairs, multiple=True, metavar="OLD=NEW", help="Rename another column. Repeatable."),
    click.option("-q", "--quiet", is_flag=True, help="No progress."),
)


def _of_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that makes a dataset of files."""
    for option in reversed(_READING):
        command = option(command)
    return command


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--threshold", type=float, default=0.75, show_default=True, metavar="T", help="Jaccard similarity of near duplicates.")
@click.option("--near/--no-near", default=True, show_default=True, help="Look for near duplicates, or for the same words alone.")
@click.option(
    "--keep", multiple=True, metavar="WISH", help="Which one is kept: first, longest, 'newest COLUMN', 'source in A, B'. Repeatable."
)
@click.option("--url", metavar="COLUMN", help="Documents of one address are duplicates.")
@click.option("--verify/--no-verify", default=True, show_default=True, help="Count out how similar pairs are that share a band.")
@click.option("--words", type=int, default=5, show_default=True, metavar="N", help="Words in a shingle.")
@click.option("--hashes", type=int, default=112, show_default=True, metavar="N", help="MinHash values of a document, at most.")
@click.option("--ignore", multiple=True, metavar="NAME", help="marks, spelling, digits, case, punctuation; all if not given. Repeatable.")
@click.option("--against", multiple=True, metavar="DATASET", help="Documents of a dataset made with --signatures come first. Repeatable.")
@click.option("--signatures", is_flag=True, help="Write OUT/signatures, so that others can be held against this dataset.")
@_of_files
def dedup(inputs: tuple[str, ...], shard_size: int, quiet: bool, **options: Any) -> None:
    """Keep each document of INPUT once: by its words, its address, and nearly the same words.

    Nothing is cleaned. OUT/data has the documents that are kept, OUT/rejected the others, each with its reason and the first document of
    its cluster. As a step of a pipeline it is `duplicates`.
    """
    from arclean.duplicates.dedup import dedup as library

    given = {name: value for name, value in options.items() if value or name not in ("keep", "ignore")}
    result = library(inputs, shard_bytes=shard_size, progress=not quiet, **given)
    click.echo(result.summary())
    if not result.tally.kept:
        fail(f"no document was kept of {result.tally.read:,} read", DATA_PROBLEM)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--against", multiple=True, required=True, metavar="FILE", help="A benchmark: file, folder, pattern. Repeatable.")
@click.option(
    "--column", "columns", multiple=True, default=["text"], show_default=True, metavar="NAME", help="Its column of text. Repeatable."
)
@click.option("--words", type=int, default=10, show_default=True, metavar="N", help="Words in a run.")
@click.option("--short", type=int, default=5, show_default=True, metavar="N", help="Words that an item must have to be looked for.")
@click.option("--least", type=int, default=1, show_default=True, metavar="N", help="Runs of an item that a document must hold.")
@click.option("--share", type=float, default=0.0, show_default=True, metavar="S", help="Share of the runs of an item that it must hold.")
@click.option("--ignore", multiple=True, metavar="NAME", help="marks, spelling, digits, case, punctuation; all if not given. Repeatable.")
@_of_files
def decontaminate(inputs: tuple[str, ...], shard_size: int, quiet: bool, **options: Any) -> None:
    """Leave out the documents of INPUT that hold runs of words of a benchmark, whatever the spelling.

    OUT/rejected has them, each with the item of which it holds most. As a step of a pipeline it is `decontaminate`.
    """
    from arclean.duplicates.decontaminate import decontaminate as library
    from arclean.duplicates.decontaminate import found_in

    out, against = options.pop("out"), options.pop("against")
    given: dict[str, Any] = {name: value for name, value in options.items() if value or name != "ignore"}
    result = library(inputs, out, against, shard_bytes=shard_size, progress=not quiet, **given)
    click.echo(result.summary())
    for name, counts in found_in(result.out).items():
        click.echo(f"  {name:<40} {counts['items']:,} items in {counts['documents']:,} documents")
    if not result.tally.kept:
        fail(f"no document was kept of {result.tally.read:,} read", DATA_PROBLEM)


COMMANDS = (dedup, decontaminate)
"""All of them, for the group."""
