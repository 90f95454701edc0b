"""Pages and pipelines: which inputs hold markup, and whether a pipeline can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclean.errors import PipelineError

if TYPE_CHECKING:
    from arclean.dataset.read_model import Plan
    from arclean.pipeline import Pipeline


def with_html(pipe: Pipeline) -> Pipeline:
    """A pipeline that makes texts of pages first; itself if it does.

    >>> from arclean import load
    >>> [type(part).__name__ for part in with_html(load("light")).parts]
    ['Html', 'Characters']
    """
    from arclean.boilerplate.html.page import Html
    from arclean.pipeline import Pipeline
    from arclean.rules.elements import RULES

    if reads_pages(pipe):
        return pipe
    return Pipeline((Html(RULES), *pipe.parts), pipe.name, pipe.promise)


def reads_pages(pipe: Pipeline) -> bool:
    """Whether a pipeline has the step ``html``."""
    from arclean.boilerplate.html.page import Html

    return any(isinstance(part, Html) for part in pipe.parts)


def refuse_bare_pages(pipe: Pipeline, plan: Plan) -> None:
    """Raise if markup would be taken for text.

    Raises:
        PipelineError: names the first file of pages, and what to do.
    """
    for piece in plan.pieces:
        if (piece.format == "html" or (piece.format == "warc" and ".wet" not in piece.source.lower())) and not reads_pages(pipe):
            raise PipelineError(
                f"{piece.source} holds pages as HTML, and the pipeline {pipe.name!r} reads text: use the preset crawl, "
                "or put the step `- html: elements` first"
            )
