"""The lock of a store: an object that says who is at work, and says it again every half minute.

A store knows no locks that a killed process gives up. So the object holds the time at which its owner was last heard of. It is made by a
write that fails if it is there, where the store can do that (S3, GCS and Azure can). A lock of which nothing was heard for five minutes is
taken over; one of this machine at once, for the local folder of the run is locked too, and that lock ends with its process.

Clocks of machines may differ by a minute or two. If two runs are at work in spite of all, they are runs of one plan, for the other is
refused, and what they write under one name are the same bytes.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from arclean.errors import OutputError

if TYPE_CHECKING:
    from arclean.dataset.place import Remote

BEAT: Final = 30.0
"""Seconds between two signs of life."""

GIVEN_UP: Final = 300.0
"""Seconds after the last one, from which on a run counts as killed."""


class Lease:
    """The right to work in a place, until it is given back.

    Raises:
        OutputError: (from `take` and `check`) another run is at work.
    """

    def __init__(self, lock: Remote) -> None:
        """Ask for nothing yet.

        Args:
            lock: the object.
        """
        self._lock = lock
        self._token = secrets.token_hex(8)
        self._lost = Event()
        self._ended = Event()
        self._beating = Thread(target=self._beat, name="arclean-lease", daemon=True)

    def take(self) -> None:
        """Take it. Who calls holds the local lock of this place's scratch folder."""
        if not self._lock.create(self._said()):
            self._refuse(self._heard())
            self._lock.unlink(missing_ok=True)
            if not self._lock.create(self._said()):
                self._refuse({})
        if self._heard().get("token") != self._token:
            self._refuse({})
        self._beating.start()

    def check(self) -> None:
        """Whether it is still ours, as far as the last sign of life knows."""
        if self._lost.is_set():
            self._refuse({})

    def give_back(self) -> None:
        """Let others work."""
        self._ended.set()
        if self._beating.is_alive():
            self._beating.join()
        with suppress(OutputError, FileNotFoundError):
            if self._heard().get("token") == self._token:
                self._lock.unlink(missing_ok=True)

    def _refuse(self, heard: dict[str, Any]) -> None:
        """Raise, unless the one who was heard of is surely dead."""
        ago = time.time() - float(heard.get("time", time.time()))
        if heard and (heard.get("machine") == machine(self._lock.scratch) or ago > GIVEN_UP):
            return
        who = f"{heard['host']}, process {heard['process']}, heard of {max(0, ago):.0f} s ago" if heard else "it has just begun"
        raise OutputError(
            f"{self._lock.parent.parent}: another run is at work in it ({who}); wait for it, or choose another directory. "
            f"One that was killed is given up {GIVEN_UP:.0f} s after it was last heard of, or when you delete {self._lock}"
        )

    def _said(self) -> bytes:
        who = {"host": socket.gethostname(), "machine": machine(self._lock.scratch), "process": os.getpid()}
        return json.dumps({**who, "token": self._token, "time": time.time()}).encode()

    def _heard(self) -> dict[str, Any]:
        """What the object says; nothing if it is not there or says nothing of use."""
        try:
            said = json.loads(self._lock.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return said if isinstance(said, dict) and {"host", "process", "time"} <= said.keys() else {}

    def _beat(self) -> None:
        last = time.monotonic()
        while not (self._ended.wait(BEAT) or self._lost.is_set()):
            with suppress(OutputError):  # the network may be away for a while; the others take us for dead as late as we do
                if self._heard().get("token") != self._token:
                    self._lost.set()
                    return
                self._lock.write_bytes(self._said())
                last = time.monotonic()
            if time.monotonic() - last > GIVEN_UP:
                self._lost.set()


def machine(scratch: str) -> str:
    """A name for the processes that share the local lock: of the machine since it was started, and of a container in it."""
    told = [socket.gethostname(), scratch]
    for path in ("/proc/sys/kernel/random/boot_id", "/etc/machine-id"):
        with suppress(OSError), open(path, encoding="ascii") as file:
            told.append(file.read().strip())
    with suppress(OSError):
        told.append(os.readlink("/proc/self/ns/mnt"))
    return " ".join(told)
