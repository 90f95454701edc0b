"""What a run says while it runs: a bar on a terminal, a line now and then elsewhere, nothing unless asked."""

from __future__ import annotations

import sys
import time
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol, TextIO

if TYPE_CHECKING:
    from arclean.tally import Tally

LINE_SECONDS: Final = 10.0
"""Seconds between two lines where there is no terminal."""


class Progress(Protocol):
    """Told what is done, from any thread."""

    def start(self, total: int, done: int) -> None:
        """Before the first block of each phase: its bytes in all, and how many of them an earlier run did."""

    def add(self, size: int, tally: Tally) -> None:
        """After each block: its bytes of the input, and its counts."""

    def close(self) -> None:
        """At the end of each phase, whatever end; it may come twice."""


class Silent:
    """Says nothing."""

    def start(self, total: int, done: int) -> None:
        """See `Progress`."""

    def add(self, size: int, tally: Tally) -> None:
        """See `Progress`."""

    def close(self) -> None:
        """See `Progress`."""


class Meter:
    """The counts so far, and the words for them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._since = time.monotonic()
        self.total = self.size = 0
        self.read = self.kept = self.bytes_in = 0

    def begin(self, total: int, done: int) -> None:
        """Set the clock."""
        self._since, self.total, self.size = time.monotonic(), total, done
        self.read = self.kept = self.bytes_in = 0

    def count(self, size: int, tally: Tally) -> None:
        """Add a block."""
        with self._lock:
            self.size += size
            self.read += tally.read
            self.kept += tally.kept
            self.bytes_in += tally.bytes_in

    def words(self) -> str:
        """Documents, MB of text per second, share kept: of this run, without what an earlier one did."""
        seconds = max(time.monotonic() - self._since, 1e-9)
        return f"{self.read:,} documents, {self.bytes_in / seconds / 1e6:.0f} MB/s of text, {self.kept / max(self.read, 1):.0%} kept"


class Bar(Meter):
    """A tqdm bar over the bytes of the input."""

    def start(self, total: int, done: int) -> None:
        """See `Progress`."""
        from tqdm import tqdm

        self.begin(total, done)
        self._bar = tqdm(total=total, initial=done, unit="B", unit_scale=True, dynamic_ncols=True)

    def add(self, size: int, tally: Tally) -> None:
        """See `Progress`."""
        self.count(size, tally)
        with self._lock:
            self._bar.set_postfix_str(self.words(), refresh=False)
            self._bar.update(size)

    def close(self) -> None:
        """See `Progress`."""
        self._bar.close()


class Lines(Meter):
    """A plain line every ten seconds, for a log file."""

    def __init__(self, stream: TextIO | None = None, every: float = LINE_SECONDS) -> None:
        super().__init__()
        self._stream, self._every, self._last = stream or sys.stderr, every, time.monotonic()

    def start(self, total: int, done: int) -> None:
        """See `Progress`."""
        self.begin(total, done)

    def add(self, size: int, tally: Tally) -> None:
        """See `Progress`."""
        self.count(size, tally)
        with self._lock:
            if time.monotonic() - self._last >= self._every:
                self._last = time.monotonic()
                print(f"{self.size / max(self.total, 1):.0%}: {self.words()}", file=self._stream, flush=True)

    def close(self) -> None:
        """See `Progress`."""


def progress_for(asked: bool | Progress | None) -> Progress:
    """The progress that was asked for: True is a bar on a terminal and lines elsewhere, False and None are nothing."""
    if asked is True:
        return Bar() if sys.stderr.isatty() else Lines()
    return asked or Silent()
