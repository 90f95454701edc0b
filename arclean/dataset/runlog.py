"""The log of a run: how far it was at what time. It lies outside of the dataset, which holds nothing that differs between two runs."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, TextIO

from arclean.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclean.dataset.progress import Progress
    from arclean.tally import Tally

EVERY: Final = 0.5
"""Seconds between two lines of the log."""
_POINTS: Final = 120


class Log:
    """A progress that writes a line of JSON now and then, and tells another progress the same.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: str | PathLike[str], also: Progress) -> None:
        self._also = also
        self._lock = Lock()
        self._bytes = self._text = self._read = self._kept = 0
        try:
            self._file: TextIO = Path(path).open("w", encoding="utf-8")  # noqa: SIM115 - closed by `close`
        except OSError as error:
            raise OutputError(f"cannot write the log {path}: {error.strerror}") from error
        self._began = self._last = time.monotonic()

    def start(self, total: int, done: int) -> None:
        """See `arclean.dataset.progress.Progress`."""
        self._began = self._last = time.monotonic()
        self._write()
        self._also.start(total, done)

    def add(self, size: int, tally: Tally) -> None:
        """See `arclean.dataset.progress.Progress`."""
        with self._lock:
            self._bytes, self._text = self._bytes + size, self._text + tally.bytes_in
            self._read, self._kept = self._read + tally.read, self._kept + tally.kept
            if time.monotonic() - self._last >= EVERY:
                self._write()
        self._also.add(size, tally)

    def close(self) -> None:
        """See `arclean.dataset.progress.Progress`."""
        if not self._file.closed:
            self._write()
            self._file.close()
        self._also.close()

    def _write(self) -> None:
        self._last = time.monotonic()
        seconds = round(self._last - self._began, 3)
        line = {"seconds": seconds, "input_bytes": self._bytes, "text_bytes": self._text, "read": self._read, "kept": self._kept}
        print(json.dumps(line), file=self._file, flush=True)


def speeds(log: str | PathLike[str]) -> list[tuple[float, float]]:
    """From the log of a run, seconds since its start and MB of text a second up to then since the point before; at most 120 points.

    Raises:
        OutputError: the file is not there, or is no log.
    """
    try:
        lines = [json.loads(line) for line in Path(log).read_text(encoding="utf-8").splitlines()]
        times: Sequence[tuple[float, int]] = [(float(line["seconds"]), int(line["text_bytes"])) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{log}: not the log of a run: {error}. `arclean run ... --log FILE` writes one") from error
    step = max(1, len(times) // _POINTS)
    chosen = [*times[:-1:step], *times[-1:]]
    return [(t1, (b1 - b0) / 1e6 / (t1 - t0)) for (t0, b0), (t1, b1) in pairwise(chosen) if t1 > t0]
