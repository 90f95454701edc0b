"""Who does the work of a run: what the pipeline and the memory that is given say about it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from arclean.dataset.memory import allowance, few_regions
from arclean.dataset.unit import pack, unpacked
from arclean.errors import PipelineError
from arclean.executors import Executor, Local, Processes, executor_for
from arclean.steps import holds_gil
from arclean.travel import packed

if TYPE_CHECKING:
    from arclean.dataset.source import Plan
    from arclean.pipeline import Pipeline

WORTH_BLOCKS: Final = 2
"""Blocks of input from which on processes are worth their start, which takes a second."""


def executor_of(
    pipe: Pipeline, plan: Plan, executor: Executor | str | None, workers: int | None, address: str | None, memory: int | None
) -> Executor:
    """The executor of a run.

    Raises:
        PipelineError: a part cannot travel to other processes, or the memory is too little.
        UnknownName: there is no executor of that name.
    """
    if executor is None and _wants_processes(pipe, plan, Local(workers).workers):
        executor = Processes(workers, every=False)
    chosen = executor_for(executor, workers, address, memory)
    if chosen.remote or isinstance(chosen, Processes):
        packed(pipe.parts)  # an error now, not when the first unit is on its way
    if memory is not None and isinstance(chosen, Local):
        allowed = allowance(pipe, chosen.workers, plan.options.block_bytes, memory, isinstance(chosen, Processes))
        chosen.blocks, chosen.units = allowed.blocks, allowed.units
    if isinstance(chosen, Local) and chosen.workers > 1:
        few_regions(chosen.workers)
    return chosen


def _wants_processes(pipe: Pipeline, plan: Plan, workers: int) -> bool:
    """Whether a part holds the GIL, there is enough to do, and the pipeline can be made in another process."""
    slow = [part for part in getattr(pipe, "parts", ()) if holds_gil(part)]
    enough = unpacked(pack(plan.pieces, plan.options.piece_bytes)) > WORTH_BLOCKS * plan.options.block_bytes
    if workers == 1 or not slow or not enough:
        return False
    try:
        packed(pipe.parts)
    except PipelineError as error:
        warnings.warn(f"threads will wait for each other, since processes cannot be used: {error}", RuntimeWarning, stacklevel=4)
        return False
    return True
