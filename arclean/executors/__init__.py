"""Executors: who runs a task over the units of a run. Threads of this process today; a cluster engine fits the same seam."""

from __future__ import annotations

from arclean.executors.local import Each, Executor, Local, default_workers

__all__ = ["Each", "Executor", "Local", "default_workers"]
