"""Executors: who runs a task over the units of a run. Threads of this process, or the machines of a Ray cluster: the same bytes."""

from __future__ import annotations

from typing import Final

from arclean.errors import unknown
from arclean.executors.local import Each, Executor, Local, default_workers

NAMES: Final = ("local", "ray")
"""What `executor_for` knows by name."""


def executor_for(executor: Executor | str | None, workers: int | None = None, address: str | None = None) -> Executor:
    """The executor that is meant.

    Args:
        executor: one, or its name from `NAMES`; None for threads.
        workers: of ``local``.
        address: of the cluster of ``ray``.

    Raises:
        UnknownName: there is none of that name.
        PipelineError: it cannot be had, see `Local` and `arclean.executors.ray.Ray`.

    >>> executor_for("local", 2).workers
    2
    """
    if executor is None or executor == "local":
        return Local(workers)
    if executor == "ray":
        from arclean.executors.ray import Ray

        return Ray(address)
    if isinstance(executor, str):
        raise unknown("executor", executor, NAMES)
    return executor


__all__ = ["NAMES", "Each", "Executor", "Local", "default_workers", "executor_for"]
