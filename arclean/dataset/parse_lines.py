"""Where the lines of a block lie, and which of them are UTF-8; and the format in which each line is a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from arclean import columns, utf8
from arclean.dataset import kernels
from arclean.dataset.parse_model import Parsed, assemble
from arclean.dataset.quarantine import Quarantine

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block
    from arclean.dataset.read_model import Plan

Index = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Lines:
    """The lines of some bytes that are not blank, without the space around them.

    Attributes:
        data: the bytes.
        starts: where each begins.
        ends: where each ends.
        numbers: which line of the bytes it is, from 0.
    """

    data: bytes
    starts: Index
    ends: Index
    numbers: Index

    @classmethod
    def of(cls, data: bytes, strip: bool = True) -> Lines:
        r"""Find them.

        Args:
            data: bytes; the last line may lack its end.
            strip: leave the space around a line out; otherwise only the return of a CRLF.

        >>> lines = Lines.of(b" a\r\n\nb")
        >>> [lines.line(i) for i in range(len(lines))], lines.numbers.tolist()
        ([b'a', b'b'], [0, 2])
        """
        view = np.frombuffer(data, np.uint8)
        found = np.empty((3, int(kernels.breaks(view)) + 1), np.int64)
        kept = kernels.find_lines(view, strip, *found)
        return cls(data, *found[:, :kept])

    @property
    def view(self) -> Bytes:
        """The bytes as an array."""
        return np.frombuffer(self.data, np.uint8)

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, at: int) -> bytes:
        """The bytes of one of them."""
        return self.data[self.starts[at] : self.ends[at]]

    def take(self, which: Index) -> Lines:
        """Some of them."""
        return Lines(self.data, self.starts[which], self.ends[which], self.numbers[which])

    def part(self, low: int, high: int) -> Lines:
        """Those from one of them to before another."""
        return Lines(self.data, self.starts[low:high], self.ends[low:high], self.numbers[low:high])

    def slice(self, low: int, high: int) -> pa.Buffer:
        """The bytes from one of them to before another, with whatever lies between; no copy."""
        start, end = int(self.starts[low]), int(self.ends[high - 1])
        return pa.py_buffer(self.data).slice(start, end - start)

    def compact(self) -> Lines:
        """The same lines with nothing but line ends between them."""
        sizes = self.ends - self.starts
        ends = np.cumsum(sizes + 1) - 1
        data = b"\n".join([self.line(at) for at in range(len(self))])
        return Lines(data, ends - sizes, ends, self.numbers)

    def broken(self) -> Index:
        """Which of them are not UTF-8."""
        if is_utf8(self.data):
            return np.empty(0, np.int64)
        return np.array([at for at in range(len(self)) if not is_utf8(self.line(at))], np.int64)


def is_utf8(data: bytes) -> bool:
    r"""Whether bytes are UTF-8.

    >>> is_utf8("كتاب".encode()), is_utf8(b"\xd9")
    (True, False)
    """
    return bool(utf8.are_valid(np.array([0, len(data)], np.int64), np.frombuffer(data, np.uint8)))


def are_utf8(array: pa.Array) -> bool:
    """Whether every string of an array, of those inside other values too, is UTF-8."""
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return columns.are_utf8(array)
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def place_of(block: Block, line: int, byte: int) -> str:
    """A place in words: the line if the lines of the file were counted from its beginning, the byte otherwise."""
    return f"line {block.line + line}" if block.line else f"byte {block.offset + byte}"


def utf8_error(line: bytes) -> str:
    r"""What is wrong with bytes that are not UTF-8.

    >>> utf8_error(b"a\xff")
    'bad UTF-8: invalid start byte 0xff at byte 1'
    """
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return f"bad UTF-8: {error.reason} 0x{line[error.start]:02x} at byte {error.start}"
    raise AssertionError("these bytes are UTF-8")


def cut_off(block: Block) -> tuple[bytes, bytes]:
    r"""The whole records of a block, and what a fault left of the last one; none without a fault."""
    if not block.fault:
        return block.data, b""
    end = block.data.rfind(b"\n") + 1
    return block.data[:end], block.data[end:]


def note_fault(block: Block, quarantine: Quarantine, whole: bytes, rest: bytes) -> None:
    """Put the fault of a block into the quarantine: one record lost if it cut one, none otherwise."""
    if block.fault:
        place = place_of(block, whole.count(b"\n"), len(whole))
        quarantine.add(len(block.data) + 1, place, block.fault, rest, rows=int(bool(rest.strip())))


def parse_lines(block: Block, plan: Plan) -> Parsed:
    """A block in which each line that is not empty is a document."""
    quarantine = Quarantine(block.piece.source)
    whole, rest = cut_off(block)
    note_fault(block, quarantine, whole, rest)
    lines = Lines.of(whole, strip=False)
    broken = lines.broken()
    for at in broken.tolist():
        raw = lines.line(at)
        quarantine.add(int(lines.starts[at]), place_of(block, int(lines.numbers[at]), int(lines.starts[at])), utf8_error(raw), raw)
    lines = lines.take(np.setdiff1d(np.arange(len(lines)), broken))
    batch = assemble(plan, block.piece.source, lines.starts + block.offset, {"text": strings(lines)})
    return Parsed(batch, quarantine.batch(), block.size)


def strings(lines: Lines) -> pa.Array:
    """Lines that are UTF-8 as a column of strings."""
    bounds = np.concatenate(([0], np.cumsum(lines.ends - lines.starts)))
    data = b"".join([lines.line(at) for at in range(len(lines))])
    return pa.LargeStringArray.from_buffers(len(lines), pa.py_buffer(bounds), pa.py_buffer(data)).cast(pa.string())
