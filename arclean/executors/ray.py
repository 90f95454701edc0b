"""Ray: units as tasks on the machines of a cluster. The same task, the same files, the same bytes as in threads of one process.

Units exchange nothing but files, so all machines must see the output directory under one path (NFS, Lustre, a mounted bucket). A worker or
a machine that is lost costs the units that it was at: Ray starts them elsewhere.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from arclean.errors import ArcleanError, PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclean.executors.local import Each

Unit = TypeVar("Unit")
Result = TypeVar("Result")

RETRIES = 3
"""How often a unit is started again when its worker or machine is lost."""


class Ray:
    """An executor over a Ray cluster.

    Attributes:
        address: of the cluster; ``auto`` for the one that this machine belongs to, None to start one on this machine.
        cpus: cores that a unit asks for.
        retries: how often a unit is started again when its worker or machine is lost; an error of the unit itself is not tried again.
        memory: bytes that a unit asks for; None does not ask.

    Raises:
        PipelineError: ray is not installed, or no cluster answers at the address.
    """

    remote = True

    def __init__(self, address: str | None = None, *, cpus: float = 1, retries: int = RETRIES, memory: int | None = None) -> None:
        self.address, self.cpus, self.retries, self.memory = address, cpus, retries, memory
        try:
            import ray
        except ImportError as error:
            raise PipelineError("the executor ray needs the package ray: pip install 'arclean[ray]'") from error
        self._ray: Any = ray
        if not ray.is_initialized():
            try:
                ray.init(address=address, log_to_driver=False, include_dashboard=False if address is None else None)
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise PipelineError(f"no Ray cluster answers at {address!r}: {error}; `ray start --head` makes one") from error

    def map(self, task: Callable[[Unit, Each], Result], units: Iterable[Unit]) -> Iterator[Result]:
        """See `arclean.executors.Executor.map`. Twice as many units as there are cores wait in the cluster, however many there are.

        Raises:
            PipelineError: the task cannot travel, or a unit was lost more often than `retries`.
        """
        ray = self._ray
        work = ray.remote(num_cpus=self.cpus, memory=self.memory, max_retries=self.retries)(_work)
        sent = ray.put(task)
        waiting, flying, in_order = deque(units), dict[Any, None](), deque[Any]()
        most = max(2, int(2 * ray.cluster_resources().get("CPU", 1) / self.cpus))
        try:
            while waiting or in_order:
                while waiting and len(flying) < most:
                    ref = work.remote(sent, waiting.popleft())
                    flying[ref] = None
                    in_order.append(ref)
                if flying:
                    for ref in ray.wait(list(flying), num_returns=1)[0]:
                        del flying[ref]
                        self._result(ref)  # an error is raised when it happens, not when its turn comes
                while in_order and in_order[0] not in flying:
                    yield self._result(in_order.popleft())
        finally:
            for ref in flying:
                with suppress(ray.exceptions.RayError):
                    ray.cancel(ref, force=True)  # an interrupt may come in the middle of an import, and leave a worker that no unit can use

    def _result(self, ref: Any) -> Any:
        ray = self._ray
        try:
            return ray.get(ref)
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, ArcleanError):
                raise type(error.cause)(*error.cause.args) from error
            raise PipelineError(f"a unit failed on the cluster: {error}") from error
        except ray.exceptions.RayError as error:
            raise PipelineError(f"a unit was lost {self.retries + 1} times: {error}. Give the same command again to go on") from error


def _work(task: Callable[[Unit, Each], Result], unit: Unit) -> Result:
    """One unit, in a worker; its blocks one after the other, since a unit asks for one core."""
    return task(unit, map)
