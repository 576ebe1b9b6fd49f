"""The Ray cluster that a batch runs on."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any

from ringkas.errors import MissingExtraError
from summarizer.batching.errors import BatchError

log = logging.getLogger(__name__)
_PATIENCE = 10.0  # seconds for a connection to the cluster
# Threads of Ray Data; it tells them to end, and does not wait until they have.
_THREADS = ("iter_threaded", "StreamingExecutor", "ray-data-")
_ENDING = 60.0  # seconds that they have; a loaded machine took some tenths of one
_HOW = (
    "Start a cluster with 'ray start --head' on this machine and 'ray start --address=HOST:6379' "
    "on the others, or leave the address and RAY_ADDRESS out to use this machine alone."
)


@dataclass(frozen=True, slots=True)
class RayCluster:
    """Where a batch runs on Ray, and how widely.

    Without ``address`` it is the cluster that ``RAY_ADDRESS`` names, else one that runs on this
    machine, else one that is started for the batch. ``workers`` processes hold the models, each
    with so many ``cpus`` and ``gpus``; left out, as many as the cluster has room for.
    """

    address: str | None = None
    workers: int | None = None
    cpus: float = 1
    gpus: float = 0

    def check(self) -> None:
        """Refuse numbers that make no sense.

        Raises:
            BatchError: one of them does.
        """
        if self.workers is not None and self.workers < 1:
            raise BatchError(f"workers is {self.workers}; at least 1 must do the work.")
        if self.cpus <= 0 or self.gpus < 0:
            raise BatchError(
                f"cpus is {self.cpus:g} and gpus {self.gpus:g}; a worker needs more than 0 cpus, "
                "and gpus cannot be negative."
            )

    def connect(self) -> bool:
        """Connect to the cluster; return whether that was done here, so that it is to be undone.

        Raises:
            MissingExtraError: Ray is not installed.
            BatchError: the cluster cannot be reached.
        """
        ray = import_ray()
        if ray.is_initialized():
            return False
        place = self.address or os.environ.get("RAY_ADDRESS") or "local"
        try:
            _look_for(place)
            ray.init(address=self.address, log_to_driver=False, logging_level=logging.ERROR)
        except (RuntimeError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())[:300]
            raise BatchError(
                f"no Ray cluster can be used at '{place}': {reason}. {_HOW}"
            ) from error
        return True

    def room(self) -> int:
        """Return how many workers there are to be, once connected.

        Raises:
            BatchError: no machine of the cluster has room for one.
        """
        nodes = [node["Resources"] for node in import_ray().nodes() if node["Alive"]]
        found = sum(self._fitting(node) for node in nodes)
        if not found:
            most = max((node.get("CPU", 0) for node in nodes), default=0)
            raise BatchError(
                f"a worker needs {self.cpus:g} cpus and {self.gpus:g} gpus, and no machine of the "
                f"cluster has so much; the largest has {most:g} cpus. Ask for less with --cpus or "
                "--gpus."
            )
        return self.workers or found

    def _fitting(self, node: dict[str, float]) -> int:
        """Return how many workers one machine has room for."""
        by_cpu = int(node.get("CPU", 0) // self.cpus)
        return min(by_cpu, int(node.get("GPU", 0) // self.gpus)) if self.gpus else by_cpu


def _look_for(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT: Ray itself tries for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


def disconnect() -> None:
    """Disconnect from the cluster, once no thread of Ray Data uses the connection any more.

    Ray ends the whole process when one does afterwards. Where one is still at it after a minute,
    the connection stays until this process ends.
    """
    deadline = time.monotonic() + _ENDING
    while at_work := [one for one in threading.enumerate() if one.name.startswith(_THREADS)]:
        if time.monotonic() > deadline:
            log.warning("Ray Data does not end its work; the connection to Ray stays open.")
            return
        at_work[0].join(0.1)
    import_ray().shutdown()


def import_ray() -> Any:
    """Import Ray, its usage statistics off unless the user has set otherwise.

    Raises:
        MissingExtraError: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("ray", "ray", "A batch on Ray") from error
    return ray
