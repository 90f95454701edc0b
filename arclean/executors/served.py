"""The other side of `arclean.executors.processes`: a process that does work on items, and how the two speak to each other."""

from __future__ import annotations

import io
import os
import pickle
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, Final

import pyarrow as pa

from arclean.errors import PipelineError

_LENGTH: Final = 8


class _Pickler(pickle.Pickler):
    """Record batches as Arrow writes them: a slice of a large one is as small as its rows."""

    def reducer_override(self, value: Any) -> Any:
        if not isinstance(value, pa.RecordBatch):
            return NotImplemented
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, value.schema, options=pa.ipc.IpcWriteOptions(use_threads=False)) as stream:
            stream.write_batch(value)
        return _batch, (pickle.PickleBuffer(sink.getvalue()),)


def _batch(data: Any) -> pa.RecordBatch:
    return pa.ipc.open_stream(pa.py_buffer(data)).read_next_batch()


def dumps(value: Any) -> bytes:
    """A value, ready to travel."""
    sink = io.BytesIO()
    _Pickler(sink, 5).dump(value)
    return sink.getvalue()


def loads(data: bytes) -> Any:
    """The value that `dumps` made ready."""
    return pickle.loads(data)  # noqa: S301 - from the other end of our own pipe


class frame:  # noqa: N801 - a namespace
    """Messages on a pipe: several strings of bytes, each with its length before it."""

    @staticmethod
    def write(pipe: IO[bytes], *parts: bytes) -> None:
        """Send a message."""
        for part in parts:
            pipe.write(len(part).to_bytes(_LENGTH, "little"))
            pipe.write(part)
        pipe.flush()

    @staticmethod
    def read(pipe: IO[bytes], parts: int) -> list[bytes]:
        """Wait for a message of so many parts.

        Raises:
            EOFError: the pipe has ended.
        """
        return [_exactly(pipe, int.from_bytes(_exactly(pipe, _LENGTH), "little")) for _ in range(parts)]


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def serve() -> None:
    """Do work on items until the pipe ends, also in the middle of one: nobody is there then who would take it.

    What a step prints goes to standard error: standard output is the pipe.
    """
    given, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    pa.set_cpu_count(1)
    asked: SimpleQueue[list[bytes]] = SimpleQueue()
    Thread(target=_listen, args=(given, asked), daemon=True).start()
    known: dict[bytes, Any] = {}
    while True:
        name, work, item = asked.get()
        try:
            if name not in known:
                known[name] = loads(work)
            good, answer = b"1", dumps(known[name](loads(item)))
        except Exception as error:  # noqa: BLE001 - raised again on the other side
            good, answer = b"0", _told(error)
        frame.write(answers, good, answer)


def _listen(given: IO[bytes], asked: SimpleQueue[list[bytes]]) -> None:
    try:
        while True:
            asked.put(frame.read(given, 3))
    except EOFError:
        os._exit(0)


def _told(error: Exception) -> bytes:
    """The error, or what it says, if it does not travel."""
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301 - made in the line above
    except Exception:  # noqa: BLE001 - an error of the user's own may refuse in any way
        return pickle.dumps(PipelineError(f"{type(error).__name__}: {error}"))
    return data
