"""What a document counts towards a budget: words, characters, bytes, one, or the tokens of a tokenizer."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns
from arclean.errors import PipelineError
from arclean.quality.measures import figures

UNITS: Final = ("words", "characters", "bytes", "documents", "tokens")
"""Words and characters are the measures of that name; tokens are those of a tokenizer file, without the special ones."""
DIGEST: Final = 16


def sizes(texts: pa.Array, unit: str, tokenizer: str = "", known: str = "") -> npt.NDArray[np.int64]:
    """The size of each text in a unit of `UNITS`.

    >>> sizes(pa.array(["كلمة وكلمة", None]), "words").tolist()
    [2, 0]
    """
    if unit == "documents":
        return np.ones(len(texts), np.int64)
    if unit == "bytes":
        return np.diff(columns.view(texts).bounds)
    if unit == "tokens":
        return _tokens(texts, loaded(tokenizer, known))
    return np.asarray(figures(texts, (unit,))[unit].to_numpy(), np.int64)


def _tokens(texts: pa.Array, tokenizer: Any) -> npt.NDArray[np.int64]:
    encoded = tokenizer.encode_batch(texts.fill_null("").to_pylist(), add_special_tokens=False)
    return np.array([len(one.ids) for one in encoded], np.int64)


@lru_cache(maxsize=4)
def loaded(path: str, known: str) -> Any:  # noqa: ARG001 - a file of another content is another tokenizer
    """A tokenizer of Hugging Face, from its ``tokenizer.json``, whose `digest` is known.

    Raises:
        PipelineError: it is none, or ``arclean[tokens]`` is not installed.
    """
    try:
        kind = import_module("tokenizers").Tokenizer
    except ImportError as error:
        raise PipelineError("step 'mix': to count tokens, install tokenizers: pip install 'arclean[tokens]'") from error
    try:
        return kind.from_file(path)
    except Exception as error:  # the library raises Exception itself
        raise PipelineError(f"step 'mix': {path!r} is no tokenizer.json of Hugging Face: {error}") from error


def digest(path: str) -> str:
    """What a tokenizer file is known by, 16 hexadecimal digits.

    Raises:
        PipelineError: it cannot be read.
    """
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGEST]
    except OSError as error:
        raise PipelineError(f"step 'mix': the tokenizer {path!r} cannot be read: {error.strerror}") from error
