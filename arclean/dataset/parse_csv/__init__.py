"""CSV and TSV into columns of strings.

Where records begin and end is found by a small machine over the bytes (`kernels`), so that a record that is damaged, or has too many
or too few fields, is known before Arrow's CSV reader sees the block; it gets the others, all at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from arclean.dataset.parse_csv import kernels
from arclean.dataset.parse_lines import is_utf8, note_fault, place_of, utf8_error
from arclean.dataset.parse_model import Parsed, as_batch, assemble
from arclean.dataset.quarantine import Quarantine
from arclean.dataset.read_model import final_name
from arclean.errors import SourceError

if TYPE_CHECKING:
    from arclean.dataset.blocks import Block
    from arclean.dataset.parse_lines import Index
    from arclean.dataset.read_model import Plan

LONGEST_QUOTED: Final = 64 << 20
"""Bytes after which a quoted field that spans lines counts as one whose quote was never closed."""

DELIMITERS: Final = {"csv": ",", "tsv": "\t"}


def record_end(format_: str, data: bytes, size: int) -> int:
    r"""After the last record that ends within `size` bytes, or else after the first beyond; 0 if none ends for sure.

    >>> record_end("csv", b'a,b\n"c\nd",e\nf', 9)
    4
    """
    return int(kernels.last_end(np.frombuffer(data, np.uint8), ord(DELIMITERS[format_]), LONGEST_QUOTED, size))


def header_of(block: Block) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and where the first record begins; a column without a name is called after its place.

    Args:
        block: the first of a file; if the file breaks before the header ends, there are no names.

    Raises:
        SourceError: the names are not UTF-8, or no line of CSV.
    """
    format_, data = block.piece.format, block.data
    begins, ends, _, kinds = kernels.scan(np.frombuffer(data, np.uint8), ord(DELIMITERS[format_]), LONGEST_QUOTED)
    if not len(begins):
        return (), 0
    line = data[begins[0] : ends[0]]
    if block.fault and (kinds[0] in (kernels.OPEN, kernels.UNENDED) or not line.endswith((b"\n", b"\r"))):
        return (), 0
    if not is_utf8(line):
        raise SourceError(f"{block.piece.path}: the names of its columns are not UTF-8; convert the file (iconv -t UTF-8)")
    try:
        names = _names(format_, pa.py_buffer(line.rstrip(b"\r\n") + b"\n"))
    except pa.ArrowInvalid as error:
        raise SourceError(f"{block.piece.path}: the names of its columns cannot be read: {error}; mend the first line") from error
    return tuple(name or f"column_{at}" for at, name in enumerate(names, 1)), int(ends[0])


def parse_csv(block: Block, plan: Plan) -> Parsed:
    """A block of CSV or TSV."""
    quarantine = Quarantine(block.piece.source)
    reader = _Reader(block, quarantine)
    which = reader.readable()
    columns = {}
    if len(which):
        table = _arrow(block.piece.format, reader.bytes_of(which), block.header)
        if len(table) != len(which):
            raise AssertionError(f"{block.piece.source}: {len(which)} records at byte {block.offset} became {len(table)}")
        names = [final_name(name, plan.options) for name in block.header]
        columns = dict(zip(names, as_batch(table).columns, strict=True))
    batch = assemble(plan, block.piece.source, reader.begins[which] + block.offset, columns)
    return Parsed(batch, quarantine.batch(), block.size)


class _Reader:
    """The records of a block, and which of them can be read."""

    def __init__(self, block: Block, quarantine: Quarantine) -> None:
        self.block, self.quarantine, self.data = block, quarantine, block.data
        scanned = kernels.scan(np.frombuffer(block.data, np.uint8), ord(DELIMITERS[block.piece.format]), LONGEST_QUOTED)
        self.begins, self.ends, self.fields, self.kinds = scanned
        if block.fault:
            self._cut_off()

    def _cut_off(self) -> None:
        """Leave the record that the fault cut out, and note it."""
        cut = np.flatnonzero((self.kinds == kernels.OPEN) | (self.kinds == kernels.UNENDED))
        count = int(cut[0]) if len(cut) else len(self.begins)
        at = int(self.begins[count]) if len(cut) else len(self.data)
        note_fault(self.block, self.quarantine, self.data[:at], self.data[at:])
        self.data = self.data[:at]
        self.begins, self.ends, self.fields, self.kinds = (a[:count] for a in (self.begins, self.ends, self.fields, self.kinds))

    def readable(self) -> Index:
        """Which records can be read; the others are quarantined."""
        good = (self.fields == len(self.block.header)) & (self.kinds < kernels.OPEN)
        if not is_utf8(self.data):
            good &= np.array([is_utf8(self._raw(at)) for at in range(len(good))], bool)
        for at in np.flatnonzero(~good).tolist():
            begin = int(self.begins[at])
            place = place_of(self.block, self.data.count(b"\n", 0, begin), begin)
            self.quarantine.add(begin, place, self._error(at), self._raw(at).rstrip(b"\r\n"))
        return np.flatnonzero(good)

    def _raw(self, at: int) -> bytes:
        return self.data[self.begins[at] : self.ends[at]]

    def _error(self, at: int) -> str:
        if not self.block.header:
            return "bad CSV: the header of the file was lost"
        if self.kinds[at] >= kernels.OPEN:
            return "bad CSV: a quote that is not closed, or not doubled"
        if not is_utf8(self._raw(at)):
            return utf8_error(self._raw(at))
        return f"bad CSV: {self.fields[at]} fields where the header has {len(self.block.header)}"

    def bytes_of(self, which: Index) -> pa.Buffer:
        """The bytes of records; no copy if they are all."""
        if len(which) == len(self.begins):
            return pa.py_buffer(self.data)
        return pa.py_buffer(b"\n".join([self._raw(at) for at in which.tolist()]))


def _names(format_: str, line: pa.Buffer) -> list[str]:
    """The fields of a line as strings: read once to see how many there are, for Arrow would take `2020` for a number."""
    places = _arrow(format_, line, ()).column_names
    return [column[0].as_py() for column in _arrow(format_, line, tuple(places)).columns]


def _arrow(format_: str, data: pa.Buffer, header: tuple[str, ...]) -> pa.Table:
    """Columns of strings, called by number, because names may come twice in a header; without a header, as many as there are."""
    names = [str(at) for at in range(len(header))]
    return pc.read_csv(
        pa.BufferReader(data),
        pc.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names or None, autogenerate_column_names=not names),
        pc.ParseOptions(delimiter=DELIMITERS[format_], newlines_in_values=True),
        pc.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]),
    )
