"""`report`: from finished datasets to a page."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arclean.dataset.files import write_whole
from arclean.dataset.place import Place
from arclean.dataset.runlog import speeds
from arclean.errors import OutputError, UnknownName
from arclean.pipeline import Pipeline
from arclean.reports.compare import comparison
from arclean.reports.facts import Facts, facts
from arclean.reports.looks import looks
from arclean.reports.page import page

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME: Final = "report.html"
"""What the page is called in the directory of a dataset."""

Path_ = str | PathLike[str]


def report(
    outs: Path_ | Sequence[Path_],
    *,
    to: Path_ | None = None,
    inputs: Path_ | Sequence[Path_] = (),
    log: Path_ | None = None,
) -> Place:
    """Write the page of a finished run, or one that sets several runs side by side.

    It is one HTML file that loads nothing: it opens from a disk, in a mail, on a machine without a network. Text of the crawl is inert
    in it, whatever it holds.

    Args:
        outs: the directory of a finished run, or several.
        to: the file to write; ``report.html`` in the first directory if None.
        inputs: what the run read, as it was given to it: then the page has documents before and after, and real lines for every rule. At
            most 128 MB of it are read, the same ones each time.
        log: the file that the run wrote with ``log``: then the page has the speed over time.

    Returns:
        The file.

    Raises:
        OutputError: there is no finished run, or it cannot be read, or the page cannot be written.
        SourceError: an input is not there.
    """
    folders = _listed(outs)
    if not folders:
        raise OutputError("report: no directory is given; give that of a finished run")
    found = [facts(folder) for folder in folders]
    target = Path(to) if to is not None else found[0].out / NAME
    write_whole(target, _alone(found[0], _listed(inputs), log) if len(found) == 1 else comparison(found))
    return target


def _listed(paths: Path_ | Sequence[Path_]) -> list[str]:
    return [fspath(path) for path in ([paths] if isinstance(paths, (str, PathLike)) else paths)]


def _alone(found: Facts, inputs: list[str], log: Path_ | None) -> str:
    pipe = pipeline_of(found)
    look = looks(pipe, inputs, found.made["options"], found.cut_from) if inputs and pipe else None
    return page(found, pipe, look, speeds(log) if log is not None else [])


def pipeline_of(found: Facts) -> Pipeline | None:
    """The pipeline of a run; None if it has steps that are not registered in this process."""
    try:
        return Pipeline.from_dict(found.made["pipeline"]["definition"])
    except UnknownName:
        return None
