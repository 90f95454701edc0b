"""The command: a thin skin. Every command has a library function of the same name with the same options.

Exit codes: 0 done; 1 the data has a problem that is reported; 2 wrong use; 130 stopped by Ctrl-C. Only click is imported here;
everything else inside of the commands, so that ``arclean --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from arclean import __version__
from arclean.cli import duplicates
from arclean.cli.options import DATA_PROBLEM, Commands, document, echo_json, fail, import_all, load, modules, of_pipeline, pairs, size

Names = tuple[str, ...]

as_json = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="arclean")
def main() -> None:
    """A crawled Arabic dump becomes a training-ready dataset, and every removal is accounted for.

    PIPELINE is the name of a preset (`arclean presets`) or the path of a YAML file.
    """


@main.command()
@click.argument("pipeline")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", required=True, metavar="OUT", help="Directory of the dataset, or s3://...: new, or unfinished.")
@click.option("--workers", type=int, metavar="N", help="Threads; all cores if not given.")
@click.option("--shard-size", callback=size, default="256MiB", show_default=True, metavar="SIZE", help="Bytes of rows in a shard.")
@click.option("--text", default="text", show_default=True, metavar="COLUMN", help="The column with the text.")
@click.option("--id", default="id", show_default=True, metavar="COLUMN", help="The column with the id; it need not exist.")
@click.option("--html", metavar="COLUMN", help="Column with pages as HTML, instead of --text.")
@click.option(
    "--format", default="auto", show_default=True, help="jsonl, csv, tsv, parquet, text, lines, html, warc; auto goes by each file's name."
)
@click.option("--limit", type=int, metavar="N", help="Read the first N records only.")
@click.option(
    "--encoding", default="auto", show_default=True, help="Of text, CSV and JSONL: utf-8, cp1256, utf-16...; auto tells by bytes."
)
@click.option("--rename", callback=pairs, multiple=True, metavar="OLD=NEW", help="Rename another column. Repeatable.")
@click.option("--removed/--no-removed", default=True, show_default=True, help="Write the lines that were cut to OUT/removed.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.option("--memory", callback=size, metavar="SIZE", help="What the run may take, about; fewer blocks are in flight.")
@click.option("--executor", metavar="NAME", help="Who does the work: local (threads), processes, ray; chosen by the pipeline if not given.")
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster: auto, or host:port; one is started here if not given.")
@click.option("--log", metavar="FILE", help="Write how far the run is, a line of JSON now and then.")
@click.option("--report", is_flag=True, help="Write OUT/report.html at the end.")
@click.option("--scratch", metavar="DIR", help="Of a store: local folder for what waits to be uploaded.")
@of_pipeline
def run(pipeline: str, inputs: Names, without: Names, modules: Names, shard_size: int, quiet: bool, **options: Any) -> None:
    """Clean INPUT (files, folders, patterns, URLs, - for standard input) into a dataset.

    The same command goes on with a run that was stopped.
    """
    from arclean.dataset import run as library

    pipe = load(pipeline, without, modules)
    result = library.run(pipe, inputs, shard_bytes=shard_size, progress=not quiet, **options)
    click.echo(result.summary())
    if options["report"]:
        click.echo(f"report: {result.out}/report.html")
    if not result.tally.kept:
        fail(f"no document was kept of {result.tally.read:,} read", DATA_PROBLEM)


def of_crawl(command: Any) -> Any:
    """The options of the commands that read a crawl to learn from it."""
    for option in (
        click.option("--workers", type=int, metavar="N", help="Threads; all cores if not given."),
        click.option("--url", default="url", show_default=True, metavar="COLUMN", help="The column with the address of each document."),
        click.option("--format", default="auto", show_default=True, help="As in `arclean run`."),
        click.option("--html", metavar="COLUMN", help="Column with pages as HTML, instead of --text."),
        click.option("--id", default="id", show_default=True, metavar="COLUMN", help="The column with the id."),
        click.option("--text", default="text", show_default=True, metavar="COLUMN", help="The column with the text."),
        click.option("--pipeline", default="light", show_default=True, help="What the texts go through first."),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="CRAWL...")
@click.option("-o", "--out", required=True, metavar="FILE", help="The file of templates to write, Parquet.")
@click.option("--least", type=int, default=2, show_default=True, metavar="N", help="Leave out lines in fewer documents; 1 for shards.")
@of_crawl
def learn(inputs: Names, out: str, **options: Any) -> None:
    """Learn what sites repeat, for the step `templates`; or put such files together."""
    from arclean.dataset import learn as library

    click.echo(str(library.learn(inputs, out, **options)))


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="CRAWL...")
@click.option("-o", "--out", required=True, metavar="FILE", help="The file of rules to write, YAML.")
@click.option("--sites", type=int, default=5, show_default=True, metavar="N", help="On how many sites a line must stand.")
@click.option("--most", type=int, default=500, show_default=True, metavar="N", help="Rules, at most.")
@of_crawl
def mine(inputs: Names, out: str, **options: Any) -> None:
    """Propose line rules from a crawl, or from what `learn` wrote, for a person to edit."""
    from arclean.dataset import mine as library

    found = library.mine(inputs, out, **options)
    click.echo(f"{len(found):,} rules proposed in {out}; edit them, then: arclean check {out}")


@main.command()
@click.argument("pipeline")
@of_pipeline
def clean(pipeline: str, without: Names, modules: Names) -> None:
    """Clean one document, from standard input to standard output."""
    pipe = load(pipeline, without, modules)
    text, line_end = document(sys.stdin.buffer, "standard input")
    sys.stdout.buffer.write((pipe.clean(text) + line_end).encode())


@main.command()
@click.argument("pipeline")
@click.argument("file", default="-")
@click.option("--text", default="text", show_default=True, metavar="FIELD", help="The field with the text.")
@click.option(
    "--labels", default="labels", show_default=True, metavar="FIELD", help="The field with the labelled spans; it need not exist."
)
@of_pipeline
def align(pipeline: str, file: str, text: str, labels: str, without: Names, modules: Names) -> None:
    """Clean records with labelled spans, and carry the labels over.

    FILE is JSON lines; standard input if it is not given. Labels are objects with start and end, or lists that begin with the two, in
    code points. One of which nothing is left comes back with start equal to end.
    """
    import json

    from arclean.alignment.labels import carry, parsed

    pipe = load(pipeline, without, modules)
    with click.open_file(file, "rb") as stream:
        for record in carry(pipe, parsed(stream, "standard input" if file == "-" else file), text, labels):
            click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@click.argument("pipeline")
@click.argument("file", default="-")
@as_json
@of_pipeline
def explain(pipeline: str, file: str, as_json: bool, without: Names, modules: Names) -> None:
    """Say what happens to one document and why: each rule that acts, with the lines it changes.

    FILE is a text file; standard input if it is not given.
    """
    pipe = load(pipeline, without, modules)
    with click.open_file(file, "rb") as stream:
        told = pipe.explain(document(stream, "standard input" if file == "-" else file)[0])
    if as_json:
        from dataclasses import asdict

        echo_json(asdict(told))
    else:
        click.echo(str(told))


@main.command()
@click.argument("pipeline", required=False)
@click.option("--family", metavar="NAME", help="This family alone.")
@as_json
@of_pipeline
def rules(pipeline: str | None, family: str | None, as_json: bool, without: Names, modules: Names) -> None:
    """List the rules of the catalogue, or of a pipeline: name, category, family, reason, an example."""
    from arclean.catalogue import entries

    if pipeline is None and (without or modules):
        raise click.UsageError("--without and --import are about a pipeline; name one")
    found = entries(None if pipeline is None else load(pipeline, without, modules), family)
    if as_json:
        echo_json([entry.to_dict() for entry in found])
    else:
        click.echo("\n\n".join(map(str, found)))


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@modules
def check(files: Names, modules: Names) -> None:
    """Run the examples of rules both ways.

    FILE is a pipeline (a YAML file, or the name of a preset) or a Python file that holds rules.
    """
    from arclean import check as library
    from arclean.own import rules_in

    import_all(modules)
    problems = 0
    for file in files:
        found = rules_in(file)
        wrong = library.check(found)
        problems += len(wrong)
        verdict = f"{len(wrong)} problem{'s' if len(wrong) > 1 else ''}" if wrong else "each keeps its word"
        click.echo(f"{file}: {len(found)} rules, {verdict}")
        for problem in wrong:
            click.echo(str(problem))
    if problems:
        raise SystemExit(DATA_PROBLEM)


@main.command()
@click.argument("out")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--sample", default=0, metavar="N", help="Clean N documents, chosen at random, again from INPUT and compare them.")
@click.option("--seed", type=int, metavar="N", help="Of that choice; another one each time if not given.")
@as_json
@modules
def verify(out: str, inputs: Names, sample: int, seed: int | None, as_json: bool, modules: Names) -> None:
    """Check that a dataset is what its manifest says, to the byte and to the row.

    INPUT is as it was given to the run; only a sample needs it.
    """
    from arclean.dataset import verify as library

    import_all(modules)
    report = library.verify(out, *inputs, sample=sample, seed=seed)
    if as_json:
        echo_json(report.to_dict())
    else:
        click.echo(report.summary())
    if not report.ok:
        raise SystemExit(DATA_PROBLEM)


@main.command()
@click.argument("pipeline")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--machines", type=int, default=1, show_default=True, metavar="N", help="Machines like this one that share the work.")
@click.option("--workers", type=int, metavar="N", help="Threads on each; all cores if not given.")
@click.option("--text", default="text", show_default=True, metavar="COLUMN", help="The column with the text.")
@click.option("--id", default="id", show_default=True, metavar="COLUMN", help="The column with the id; it need not exist.")
@click.option("--format", default="auto", show_default=True, help="Of the inputs, as for `run`.")
@click.option("--memory", callback=size, metavar="SIZE", help="What the run may take on each machine, as for `run`.")
@click.option("--sample-bytes", callback=size, default="64MiB", show_default=True, metavar="SIZE", help="Of input that is measured.")
@as_json
@of_pipeline
def plan(pipeline: str, inputs: Names, without: Names, modules: Names, as_json: bool, **options: Any) -> None:
    """Say how long a run will take, and the memory and disk it needs, from a sample of INPUT."""
    from arclean.dataset.forecast import plan as library

    told = library(load(pipeline, without, modules), inputs, **options)
    if as_json:
        echo_json(told.to_dict())
    else:
        click.echo(told.summary())


@main.command()
@click.argument("out")
@click.option("--title", metavar="TEXT", help="Of the dataset; the name of OUT if not given.")
@click.option("--description", default="", metavar="TEXT", help="A paragraph.")
@click.option("--license", default="", metavar="ID", help="As Hugging Face names it: cc-by-4.0, odc-by.")
@click.option("--source", multiple=True, metavar="TEXT", help="Whose text it is. Repeatable.")
@click.option("--language", multiple=True, default=["ar"], show_default=True, metavar="TAG", help="BCP 47: ar, arz. Repeatable.")
@click.option("--author", multiple=True, metavar="NAME", help="Who made it. Repeatable.")
@click.option("--homepage", default="", metavar="URL", help="Its address on the web.")
@click.option("--citation", default="", metavar="BIBTEX", help="How to cite it.")
@click.option("--address", metavar="REPO", help="What load_dataset is called with; OUT if not given.")
@click.option("--examples/--no-examples", default=True, show_default=True, help="Show lines that were cut: they are words of the sources.")
@click.option("-o", "--to", metavar="FILE", help="Write the card here, and no croissant.json.")
def card(out: str, **options: Any) -> None:
    """Write the data card of a dataset for its reviewers, and croissant.json beside it.

    What is not given is not made up: the card says that it was not stated.
    """
    from arclean.cards.make import card as library

    click.echo(str(library(out, **options)))


@main.command()
@click.argument("out")
@click.option("-o", "--dest", required=True, metavar="DEST", help="Directory to write: new or empty.")
@click.option("--to", required=True, metavar="FORMAT", help="jsonl, jsonl.gz, jsonl.zst, text, hf (a datasets.DatasetDict).")
@click.option("--kind", default="data", show_default=True, help="data, or rejected.")
def convert(out: str, dest: str, **options: Any) -> None:
    """Write the documents of a dataset in another format."""
    from arclean.dataset.convert import convert as library

    for path in library(out, dest, **options):
        click.echo(str(path))


@main.command()
@click.argument("out")
@click.argument("repo")
@click.option("--private/--public", default=True, show_default=True, help="Of a repository that is made now.")
@click.option("--dry-run", is_flag=True, help="Say what would be uploaded, without the network.")
def push(out: str, repo: str, **options: Any) -> None:
    """Upload a dataset to the Hugging Face Hub, as USER/NAME. It is verified first."""
    from arclean.dataset.push import push as library

    click.echo(library(out, repo, **options).summary())


@main.command()
@click.argument("outs", nargs=-1, required=True, metavar="OUT...")
@click.option("-o", "--to", metavar="FILE", help="The file to write; report.html in the first OUT if not given.")
@click.option("--inputs", multiple=True, metavar="INPUT", help="What the run read, for examples from it. Repeatable.")
@click.option("--log", metavar="FILE", help="The log of the run, for its speed over time.")
@modules
def report(outs: Names, modules: Names, **options: Any) -> None:
    """Write a page that shows what was done to a dataset, or sets several side by side."""
    from arclean.reports.make import report as library

    import_all(modules)
    click.echo(str(library(outs, **options)))


@main.command()
@click.argument("pipeline")
@click.option("--to", required=True, metavar="TARGET", help="sentencepiece (normalization_rule_tsv) or tokenizers (a normalizer, JSON).")
@click.option("-o", "--out", required=True, metavar="FILE", help="The file to write.")
@click.option("--partial", is_flag=True, help="Leave out what cannot be exported, and list it.")
@of_pipeline
def export(pipeline: str, to: str, out: str, partial: bool, without: Names, modules: Names) -> None:
    """Write the character layer of a pipeline as the normalisation of a tokenizer."""
    from arclean.exporting import export as library

    done = library(load(pipeline, without, modules), to, out, partial)
    click.echo(f"{out}: {len(done.pipeline.parts[0].rules)} rules for {to}")
    if done.left_out:
        click.echo(f"left out: {', '.join(done.left_out)}")


@main.command()
@click.option("-o", "--out", default="demo-out", show_default=True, metavar="OUT", help="Directory of the dataset.")
def demo(out: str) -> None:
    """Clean the sample crawl that comes with arclean, and show what happened to it."""
    from arclean import demo as library

    if sys.stderr.isatty():
        click.echo("(the first run compiles the kernels, which takes some seconds)", err=True)
    click.echo(library.demo(out))


@main.command()
@click.argument("pipelines", nargs=-1, metavar="[PIPELINE...]")
def warm(pipelines: Names) -> None:
    """Compile what runs of PIPELINE need, so that no first run has to; all presets if none is given.

    For the image of a container: give it as the user who will run arclean there.
    """
    from arclean import ahead, loading
    from arclean.compiled import place

    for name in pipelines or loading.presets():
        (seconds,) = ahead.warm(name).values()
        click.echo(f"{name}: " + (f"compiled in {seconds:.1f} s" if seconds else "nothing left to compile"))
    click.echo(f"Compiled passes are kept {place()}.")


@main.command()
def presets() -> None:
    """List the presets, each with what it keeps and what it destroys."""
    from arclean import loading

    for name in loading.presets():
        click.echo(f"{name}\n    {loading.load(name).promise}")


for _command in duplicates.COMMANDS:
    main.add_command(_command)
