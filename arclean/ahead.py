"""Compiling ahead: while this process compiles the passes that a pipeline needs first, another compiles those that it will need later.

Numba lets one thread of a process compile at a time, so a cold start leaves the other cores of a machine with nothing to do. The other
process is a plain interpreter that puts made-up texts through the same parts, those first that this process comes to last, and so fills the
folder for compiled passes, from which this process takes what it finds there. Nothing is exchanged: if that process is missing, or dies,
all there is to lose is time. It ends when this one does, however this one ends, and says nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from arclean.executors.processes import environment
from arclean.executors.served import dumps, frame, loads

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from arclean.pipeline import Pipeline
    from arclean.steps import Part

VARIABLE: Final = "ARCLEAN_COMPILE_AHEAD"
"""Of the environment: 0, and no process is started."""

_SERVE: Final = "from arclean.ahead import serve; serve()"
_TEXT: Final = "عاد القطار إلى المحطة القديمة بعد عشرين عاما من الغياب.\nوقال السائق إن الرحلة كانت طويلة."
_PAGE: Final = "<html><head><title>القطار</title></head><body><p>{}</p></body></html>"


def start(parts: Sequence[Part]) -> subprocess.Popen[bytes] | None:
    """Start the other process for the parts of a pipeline; None where it cannot help, or is not wanted."""
    from arclean.pipeline import Pipeline

    known = tuple(part for part in parts if _is_own(part))
    if not known or not _may():
        return None
    try:
        child = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**environment(), VARIABLE: "0"},
        )
    except OSError:  # no more processes, no memory: it would only have helped
        return None
    atexit.register(_end, child)
    Thread(target=child.wait, daemon=True, name="arclean-ahead").start()
    assert child.stdin is not None
    with suppress(OSError):
        frame.write(child.stdin, dumps(Pipeline(known)))
    return child


def _is_own(part: Part) -> bool:
    """Whether a part is of arclean and needs a batch alone: no code of the user's runs a second time, no file is read."""
    from arclean.registry import Each
    from arclean.stages import is_stage
    from arclean.steps import is_rewriter

    return type(part).__module__.partition(".")[0] == "arclean" and not (isinstance(part, Each) or is_stage(part) or is_rewriter(part))


def _may() -> bool:
    """Whether another process would help: two cores or more, a Python to start, and nobody above who has started many of us."""
    from arclean.executors.local import default_workers

    numba: Any = sys.modules.get("numba")
    processes: Any = sys.modules.get("multiprocessing")
    return (
        os.environ.get(VARIABLE, "1") != "0"
        and default_workers() > 1
        and numba is not None
        and not numba.config.DISABLE_JIT
        and (processes is None or processes.parent_process() is None)
        and not getattr(sys, "frozen", False)
        and Path(sys.executable or "").stem.lower().startswith(("python", "pypy"))
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()


def serve() -> None:
    """The other process: take a pipeline from standard input, put texts through its parts, and end as soon as the input does."""
    (sent,) = frame.read(sys.stdin.buffer, 1)
    Thread(target=_end_with_input, daemon=True).start()
    with _alone():
        through(later_first(loads(sent).parts))


def _end_with_input() -> None:
    with suppress(OSError):
        sys.stdin.buffer.read()
    os._exit(0)


def _alone() -> Any:
    """One such process for a folder of compiled passes: ten workers that start together need no ten of them."""
    from filelock import FileLock

    from arclean.utf8 import are_valid

    return FileLock(Path(are_valid.stats.cache_path) / "ahead.lock", timeout=0)


def later_first(parts: Sequence[Part]) -> list[Part]:
    """The parts in the order that helps most: those of the kind that the caller begins with come last."""
    kind = type(parts[0])
    return [*(part for part in parts if type(part) is not kind), *(part for part in reversed(parts) if type(part) is kind)]


def through(parts: Sequence[Part]) -> None:
    """Put texts through some parts, each by itself, so that their passes are compiled: those that any text needs first."""
    from arclean.apply import apply

    examples = texts(parts)
    for part in parts:
        apply([_small(part)], examples[-2:])
    for part in parts:
        apply([part], examples)


def _small(part: Part) -> Part:
    """The part with one line rule for each condition that rules have, which is made sooner; passes are the same for all rules of it."""
    from arclean.rule import LineRule
    from arclean.steps import having

    first = {rule.when: rule for rule in reversed(getattr(part, "rules", ())) if isinstance(rule, LineRule)}
    return having(part, tuple(first.values())) if first else part


def warm(*pipelines: str | os.PathLike[str] | Pipeline) -> dict[str, float]:
    """Compile what runs of pipelines need, so that no later process on this machine has to.

    For the image of a container, and before many processes or machines start at once over one folder of compiled passes. A run over the
    examples of the pipeline's own rules does it, in a temporary folder.

    Args:
        pipelines: presets by name, files, or pipelines; all presets if there is none.

    Returns:
        The name of each pipeline, and the seconds for which this process compiled for it; 0 where everything was there.

    Raises:
        UnknownName, PipelineError: as `arclean.load`.
    """
    from arclean.compiled import seconds_compiling
    from arclean.loading import load, presets
    from arclean.pipeline import Pipeline

    pipes = [one if isinstance(one, Pipeline) else load(one) for one in pipelines or presets()]
    took: dict[str, float] = {}
    for pipe in pipes:
        before = seconds_compiling()
        _run(pipe)
        took[pipe.name] = seconds_compiling() - before
    return took


def _run(pipe: Pipeline) -> None:
    from arclean.compiling import expect
    from arclean.dataset.run import run

    expect(pipe.parts)
    with TemporaryDirectory(prefix="arclean-warm-") as folder:
        rows = enumerate(texts(pipe.parts)["text"].to_pylist())
        lines = (json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n" for number, text in rows)
        Path(folder, "examples.jsonl").write_text("".join(lines), encoding="utf-8")
        run(pipe, Path(folder, "examples.jsonl"), Path(folder, "out"), progress=False)


def texts(parts: Sequence[Part]) -> pa.RecordBatch:
    """A row for each example of a rule, one for all of them as a page of many lines, and plain text."""
    import pyarrow as pa

    from arclean.check import examples

    rules = dict.fromkeys(rule for part in parts for rule in getattr(part, "rules", ()))
    texts = [text for rule in rules for text in (*(before for before, _ in examples(rule)), *rule.leaves)]
    return pa.record_batch({"text": [*texts, "\n".join(texts), _TEXT, _PAGE.format(_TEXT)]})
