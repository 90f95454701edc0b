"""Files that appear under their name only when they are whole: temporary name, fsync, rename; in a store, an upload that ends."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xxhash

from arclean.dataset.place import Remote, make_scratch
from arclean.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclean.dataset.place import Place

TEMPORARY = ".part"
"""What a file's name ends in until it is whole."""

_READ_BYTES = 4 << 20


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files: after a power cut a renamed file is there, or its old name is."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Place, content: str) -> None:
    """Write a text file of which nobody ever sees a half.

    Raises:
        OutputError: the disk is full, or does not let itself be written.
    """
    if isinstance(path, Remote):
        path.write_bytes(content.encode())
        return
    sink = Sink(path)
    try:
        sink.write(content.encode())
        sink.commit()
    finally:
        sink.discard()


def dump(data: Mapping[str, Any]) -> str:
    """JSON as arclean writes it: equal data are equal bytes.

    >>> print(dump({"b": 1, "a": "ب"}), end="")
    {
     "a": "ب",
     "b": 1
    }
    """
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def hash_file(path: Place) -> str:
    """The xxh3_128 of a file's bytes, in hex."""
    digest = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def sink_for(place: Place) -> Sink:
    """A file being written, at any place."""
    return StoreSink(place) if isinstance(place, Remote) else Sink(place)


class Sink:
    """A file being written, hashed on the way; a file object for pyarrow.

    Attributes:
        path: the name it gets with `commit`.
        size: bytes written so far.
    """

    def __init__(self, path: Path) -> None:
        self.path: Place = path
        self.size = 0
        self._discarded = False
        self._digest = xxhash.xxh3_128()
        self._part = path.with_name(path.name + TEMPORARY)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb")
        except OSError as error:
            raise self._failed(error) from error

    @property
    def closed(self) -> bool:
        """Whether the file is closed, by `commit` or `discard`."""
        return self._file.closed

    @property
    def xxh3_128(self) -> str:
        """The hash of what was written, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        """Append bytes (anything with a buffer).

        Raises:
            OutputError: the disk is full, or does not let itself be written.
        """
        view = memoryview(data)
        if self._discarded:  # a Parquet writer that is closed by its destructor still has a footer to say
            return view.nbytes
        try:
            self._file.write(view)
        except OSError as error:
            raise self._failed(error) from error
        self._digest.update(view)
        self.size += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """Bytes written so far."""
        return self.size

    def flush(self) -> None:
        """Nothing: durability is `commit`'s part."""

    def commit(self) -> None:
        """Give the file its name.

        Raises:
            OutputError: the disk is full, or does not let itself be written.
        """
        try:
            with self._file:
                self._file.flush()
                os.fsync(self._file.fileno())
            self._part.replace(self._part.with_name(self.path.name))
            sync_folder(self._part.parent)
        except OSError as error:
            raise self._failed(error) from error

    def discard(self) -> None:
        """Close, and remove what has not got its name. May be called after `commit`, which it does not undo."""
        self._discarded = True
        with suppress(OSError):  # what the buffer still holds may not fit on the disk either
            self._file.close()
        self._part.unlink(missing_ok=True)

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"cannot write {self.path}: {error.strerror or error}. Make room or mend it, and give the same command again")


class StoreSink(Sink):
    """A file for a store: written to the local disk, and uploaded when it is whole."""

    def __init__(self, place: Remote) -> None:
        """Open the local file.

        Args:
            place: what the file becomes.
        """
        waiting = Path(place.scratch, "files", place.name)
        make_scratch(Path(place.scratch))
        super().__init__(waiting)
        self.path = place
        self._place = place

    def commit(self) -> None:
        """Upload the file.

        Raises:
            OutputError: the disk is full, or the store refuses.
        """
        try:
            self._file.close()
        except OSError as error:
            raise self._failed(error) from error
        self._place.upload(self._part)
        self._part.unlink()
