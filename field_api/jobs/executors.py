"""What computes plans: processes of this machine, or a Dask cluster's."""

import os
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from crm.errors import Refused
from crm.text import N_
from field_api.settings import Settings
from routing.many import processes


def at_once(settings: Settings) -> int:
    """How many plans are made at a time."""
    return settings.job_processes or max(1, (os.cpu_count() or 1) // settings.workers)


def maker_of(settings: Settings) -> Callable[[], Executor]:
    """What makes the executor that the settings ask for. Raises `Refused` when it would need a
    package that is not there."""
    if not settings.dask:
        return processes(at_once(settings))
    try:
        from field_api.jobs import cluster
    except ModuleNotFoundError as error:
        raise Refused(
            N_("CALLCYCLE_DASK needs the Python package {package}, which is not installed."),
            package=error.name,
        ) from None
    return partial(cluster.executor, settings.dask)
