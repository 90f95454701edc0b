"""Languages by a fastText model that the user has: GlotLID, lid.176, or one of their own. Loaded by ``fasttext-community``."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from arclean.errors import PipelineError

PREFIX: Final = "__label__"
UNKNOWN: Final = "und"
_LINE_ENDS: Final = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""fastText reads one line; a text is one."""


class Model:
    """A fastText model of languages.

    Args:
        path: the file, ``.bin`` or ``.ftz``.

    Raises:
        PipelineError: there is no such file, it is no model, or ``arclean[lid]`` is not installed.
    """

    def __init__(self, path: str) -> None:
        if not Path(path).is_file():
            raise PipelineError(f"step 'language': no model file {path!r}; give the path of a fastText model (.bin or .ftz)")
        try:
            loader = import_module("fasttext")
        except ImportError as error:
            raise PipelineError("step 'language': a model needs fastText: pip install 'arclean[lid]'") from error
        try:
            self._model: Any = loader.load_model(path)
        except (ValueError, RuntimeError, MemoryError) as error:
            raise PipelineError(f"step 'language': {path!r} is no fastText model: {error}") from error

    def languages(self, texts: pa.Array) -> tuple[pa.Array, pa.Array]:
        """The language of each row as the model labels it, without fastText's prefix, and its probability; no letters: und, 0."""
        answers = [self._language(text or "") for text in texts.to_pylist()]
        return pa.array([code for code, _ in answers], pa.string()), pa.array(np.array([score for _, score in answers], np.float32))

    def _language(self, text: str) -> tuple[str, float]:
        labels, scores = self._model.predict(_LINE_ENDS.sub(" ", text), k=1)
        if not len(labels):
            return UNKNOWN, 0.0
        return labels[0].removeprefix(PREFIX), min(float(scores[0]), 1.0)
