"""A Dask cluster as an executor; only this file needs the package."""

import socket
from concurrent.futures import Executor, Future
from typing import Any

from distributed import Client
from distributed.comm.addressing import get_address_host_port

PATIENCE_S = 10  # with a scheduler that does not answer


class OfCluster(Executor):
    """The executor of a cluster, with a connection of its own that ends with it."""

    def __init__(self, client: Any) -> None:
        self._client = client
        # not pure: a task that was lost is computed again, not looked up
        self._inner: Executor = client.get_executor(pure=False)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a task to the cluster."""
        return self._inner.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Forget what runs, and the cluster."""
        self._inner.shutdown(wait=False)
        self._client.close(timeout=PATIENCE_S)


def executor(address: str) -> Executor:
    """The executor of the cluster whose scheduler answers there. Raises OSError when none does, at
    once where nobody listens: the client itself would go on asking until its patience ends."""
    socket.create_connection(get_address_host_port(address), PATIENCE_S).close()
    return OfCluster(Client(address, timeout=PATIENCE_S, set_as_default=False))  # type: ignore[no-untyped-call]
