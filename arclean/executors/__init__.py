"""Executors: who runs a task over the units of a run. Threads, processes, or the machines of a Ray cluster: the same bytes."""

from __future__ import annotations

from typing import Final

from arclean.errors import unknown
from arclean.executors.local import Each, Executor, Local, default_workers, together
from arclean.executors.processes import Processes

NAMES: Final = ("local", "processes", "ray")
"""What `executor_for` knows by name."""


def executor_for(
    executor: Executor | str | None, workers: int | None = None, address: str | None = None, memory: int | None = None
) -> Executor:
    """The executor that is meant.

    Args:
        executor: one, or its name from `NAMES`; None for threads.
        workers: of ``local`` and ``processes``.
        address: of the cluster of ``ray``.
        memory: bytes that a unit asks for on the cluster of ``ray``.

    Raises:
        UnknownName: there is none of that name.
        PipelineError: it cannot be had, see `Local` and `arclean.executors.ray.Ray`.

    >>> executor_for("local", 2).workers
    2
    """
    if executor is None or executor == "local":
        return Local(workers)
    if executor == "processes":
        return Processes(workers)
    if executor == "ray":
        from arclean.executors.ray import Ray

        return Ray(address, memory=memory)
    demand_executor(executor, workers)
    return executor  # type: ignore[return-value]


def demand_executor(executor: Executor | str | None, workers: int | None = None) -> None:
    """Raise if this is a name that no executor has, or if there are no workers.

    Raises:
        UnknownName: names the nearest one.
        PipelineError: fewer workers than one.
    """
    Local(workers)
    if isinstance(executor, str) and executor not in NAMES:
        raise unknown("executor", executor, NAMES)


__all__ = ["NAMES", "Each", "Executor", "Local", "Processes", "default_workers", "demand_executor", "executor_for", "together"]
