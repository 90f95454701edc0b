"""Parts that a user might write: good ones, registered, and ones that break their promise. Importable, so that a pickle finds them."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arclean.registry import each, register
from arclean.steps import with_column


@each
def no_stars(text: str) -> str:
    return text.replace("*", "")


@each
def made_longer(text: str) -> str:
    return text + "!" if text else text


@register("made_up_score")
@dataclass(frozen=True)
class Score:
    """Adds the size of the text, times a weight."""

    weight: float = 1.0
    words: tuple[str, ...] = ()

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return with_column(batch, "score", pc.multiply(pc.binary_length(batch["text"]), self.weight))


@register("made_up_reversed")
@dataclass(frozen=True)
class Reversed:
    """Turns each text round."""

    def text(self, texts: pa.Array) -> pa.Array:
        return pc.utf8_reverse(texts)


@dataclass(frozen=True)
class Cleaner:
    """A cleaner that does as the function says; of no registered kind."""

    does: Callable[[Any], Any] = field(repr=False)

    def text(self, texts: pa.Array) -> Any:
        return self.does(texts)


@dataclass(frozen=True)
class Step:
    """A step that does as the function says; of no registered kind."""

    does: Callable[[Any], Any] = field(repr=False)

    def batch(self, batch: pa.RecordBatch) -> Any:
        return self.does(batch)


@register("made_up_failing")
@dataclass(frozen=True)
class Failing:
    """Fails on every text."""

    def text(self, texts: pa.Array) -> pa.Array:
        if len(texts):
            raise RuntimeError("made up to fail")
        return texts


@register("made_up_slow")
@dataclass(frozen=True)
class Slow:
    """Leaves every text as it is, after so many seconds."""

    seconds: float

    def text(self, texts: pa.Array) -> pa.Array:
        time.sleep(self.seconds if len(texts) else 0)
        return texts


@each
def counted_slowly(text: str) -> str:
    return " ".join(f"{word}{sum(map(ord, word)) % 7}" for word in text.split(" "))


@register("made_up_deadly")
@dataclass(frozen=True)
class Deadly:
    """Kills its process when it meets a text: as often as the file ``lives`` has bytes; without end if there is none."""

    lives: str = ""

    def text(self, texts: pa.Array) -> pa.Array:
        if "deadly" not in "".join(texts.to_pylist()):
            return texts
        if self.lives:
            path = Path(self.lives)
            left = path.read_bytes()
            if not left:
                return texts
            path.write_bytes(left[1:])
        os.kill(os.getpid(), signal.SIGKILL)
        return texts


@register("made_up_chatty")
@dataclass(frozen=True)
class Chatty:
    """Prints, and reads from standard input, which nobody should mind."""

    def text(self, texts: pa.Array) -> pa.Array:
        if len(texts):
            print("made up to talk")
            sys.stdin.read()
        return texts


@register("made_up_free")
@dataclass(frozen=True)
class Free:
    """Says that it does not hold the GIL."""

    releases_gil = True

    def text(self, texts: pa.Array) -> pa.Array:
        return texts


class Stubborn(Exception):
    """An error that cannot be made again from its arguments."""

    def __init__(self, here: str, there: str) -> None:
        super().__init__((here, there))


def stubborn(value: int) -> int:
    raise Stubborn("here", "there")
