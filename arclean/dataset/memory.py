"""Memory: what a run holds at once, and what of it fits into the memory that is given."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from arclean.dataset.exchange import BUFFER_BYTES
from arclean.dataset.result import bytes_in_words
from arclean.dataset.shards import GROUP_BYTES
from arclean.errors import PipelineError
from arclean.executors.crew import AHEAD
from arclean.stages import is_stage

if TYPE_CHECKING:
    from arclean.pipeline import Pipeline

BLOCKS_HELD: Final = 4
"""How often a block is in memory while it is worked on: bytes, columns, columns cleaned; and the rows of one that its unit writes."""

_GROUPS_HELD: Final = 2
"""Row groups of a unit that wait to be written, about: the kept and the rejected fill in turns, and one is being compressed."""


_ARENA_MAX: Final = -8
"""The option of ``mallopt``, by the header of glibc."""


@dataclass(frozen=True)
class Allowance:
    """What may be in flight.

    Attributes:
        blocks: over all units.
        units: at work at once.
        memory: bytes that this takes, about.
    """

    blocks: int
    units: int
    memory: int


def allowance(pipe: Pipeline, workers: int, block_bytes: int, memory: int | None = None, processes: bool = False) -> Allowance:
    """The blocks and units that may be in flight; `AHEAD` blocks and one unit for each worker where memory is no matter.

    First blocks become fewer, then units. What comes out of a run does not depend on either.

    Args:
        pipe: what is done; a stage signs into tables that wait to be written.
        workers: threads or processes.
        block_bytes: of a block.
        memory: bytes that may be taken, what is loaded already among them; None is any.
        processes: whether each worker is a process of its own.

    Raises:
        PipelineError: one block of one unit does not fit.
    """
    tables = max((len(part.tables()) for part in getattr(pipe, "parts", ()) if is_stage(part)), default=0)
    loaded = resident() * (1 + workers * processes)
    of_unit, of_block = _GROUPS_HELD * GROUP_BYTES + tables * BUFFER_BYTES, BLOCKS_HELD * block_bytes
    if memory is None:
        return Allowance(AHEAD * workers, workers, loaded + workers * (of_unit + AHEAD * of_block))
    for units in range(workers, 0, -1):
        blocks = min(AHEAD * workers, (memory - loaded - units * of_unit) // of_block)
        if blocks >= units:
            return Allowance(blocks, units, loaded + units * of_unit + blocks * of_block)
    least = loaded + of_unit + of_block
    fewer = ", or fewer workers" if processes and workers > 1 else ""
    raise PipelineError(f"memory={bytes_in_words(memory)} is too little: this run needs {bytes_in_words(least)} at least{fewer}")


def give_back() -> None:
    """Give freed memory back to the system: at the end of a unit, lest what is left over by one stands beside what the next one takes.

    Freed arrays stay with the C library, in a region for each thread that ever was, and threads are new in every phase.
    """
    pa.default_memory_pool().release_unused()
    if (trim := _of_glibc("malloc_trim")) is not None:
        trim(0)


def few_regions(workers: int) -> bool:
    """Have the C library keep as many regions as there are workers, in this process, unless the user says how many; tell whether it will.

    Else each thread that reads, works, writes or ends a file has one of its own, up to eight for each core, and what is free in one serves
    no other.
    """
    if any(name in os.environ for name in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")):
        return False
    option = _of_glibc("mallopt")
    return option is not None and bool(option(_ARENA_MAX, workers))


@cache
def _of_glibc(name: str) -> Callable[..., int] | None:
    """A function of glibc; other C libraries have none of that name."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found


def resident() -> int:
    """Bytes of memory that this process has now; the most it has had, where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
