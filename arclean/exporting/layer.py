"""Which rules of a pipeline a tokenizer can repeat, and the file that makes it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from arclean import loading, registry
from arclean.errors import OutputError, PipelineError, unknown
from arclean.exporting import to_sentencepiece, to_tokenizers
from arclean.orthography.characters import Characters
from arclean.orthography.transliterate import Transliterate
from arclean.pipeline import Pipeline
from arclean.rule import CharacterRule
from arclean.steps import Cleaner

Writer = Callable[[tuple[CharacterRule, ...]], str]
TARGETS: Final[dict[str, tuple[Callable[[tuple[CharacterRule, ...], CharacterRule], bool], Writer]]] = {
    "sentencepiece": (to_sentencepiece.can_say, to_sentencepiece.written),
    "tokenizers": (to_tokenizers.can_say, to_tokenizers.written),
}
"""What can be exported to: which rules can be said there, given all, and how the file is written."""


@dataclass(frozen=True)
class Export:
    """What was exported.

    Attributes:
        to: ``sentencepiece`` or ``tokenizers``.
        data: the text of the file.
        pipeline: the rules that are in it; the tokenizer's normaliser does to a text what `Pipeline.clean` of this does.
        left_out: rules and cleaners that are not in it, in order.
    """

    to: str
    data: str
    pipeline: Pipeline
    left_out: tuple[str, ...]

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the file; under its name stands either all of it or what stood there before.

        Raises:
            OutputError: it cannot be written.
        """
        target = Path(path)
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            part.write_text(self.data, encoding="utf-8", newline="\n")
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(f"{target}: cannot be written: {error.strerror}") from error


def export(
    pipeline: Pipeline | str | os.PathLike[str], to: str, out: str | os.PathLike[str] | None = None, partial: bool = False
) -> Export:
    r"""The character layer of a pipeline as the normalisation of a tokenizer.

    Steps that measure or reject change no text and do not matter here. A cleaner of another kind, and a rule that cannot be said there,
    is an error that names it, or with ``partial`` is left out and listed.

    Args:
        pipeline: a pipeline, the name of a preset, or the path of a file.
        to: ``sentencepiece``: rules for ``--normalization_rule_tsv``; ``tokenizers``: a ``normalizer`` of Hugging Face's tokenizers, JSON.
        out: the file to write; None for none.
        partial: leave out what cannot be exported.

    Raises:
        UnknownName: there is no such target or preset.
        PipelineError: something cannot be exported, or nothing can.
        OutputError: the file cannot be written.

    >>> export("lucene", "sentencepiece").data.splitlines()[:2]
    ['0622\t0627', '0623\t0627']
    """
    if to not in TARGETS:
        raise unknown("target of an export", str(to), TARGETS)
    pipe = pipeline if isinstance(pipeline, Pipeline) else loading.load(pipeline)
    can_say, written = TARGETS[to]
    every = tuple(one for part in pipe.parts for one in _pieces(part))
    rules = tuple(one for one in every if not isinstance(one, str))
    kept = tuple(rule for rule in rules if can_say(rules, rule))
    left_out = tuple(dict.fromkeys(one if isinstance(one, str) else one.name for one in every if isinstance(one, str) or one not in kept))
    if left_out and not partial:
        raise PipelineError(
            f"{pipe.name}: cannot be exported to {to}: {', '.join(left_out)}. Leave them out with `partial` (--partial), which lists them"
        )
    if not kept:
        raise PipelineError(f"{pipe.name}: holds no rule that can be exported to {to}")
    done = Export(to, written(kept), Pipeline((Characters(kept),), f"{pipe.name}, exported"), left_out)
    if out is not None:
        done.write(out)
    return done


def _pieces(part: Any) -> tuple[CharacterRule | str, ...]:
    """The character rules of a part; of another cleaner its kind; of a step nothing."""
    if isinstance(part, Characters):
        return part.rules
    if isinstance(part, Transliterate):
        return (part.rule,)
    return (f"the step {registry.name_of(part)!r}",) if isinstance(part, Cleaner) else ()
