"""Planning jobs on a real Dask cluster of processes, one of which is killed at work."""

import os
import signal

import dask
import pytest
from distributed import Client, LocalCluster

from crm.vocabulary import JobState
from field_api.jobs.executors import maker_of
from field_api.jobs.workers import NoWorkers, Workers
from field_api.settings import load_settings
from tests.field_api.jobs.processes import ask, plan_in, plans_of_jobs, undisturbed, working
from tests.field_api.jobs.supervised import all_jobs, ended, until

pytestmark = [pytest.mark.slow, pytest.mark.one_database]


@pytest.fixture(scope="module")
def cluster():
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        yield cluster


def at_work(client):
    """The process of the worker that has a task."""
    busy = [address for address, tasks in client.processing().items() if tasks]
    return [client.run(os.getpid, workers=[address])[address] for address in busy]


def test_a_worker_of_the_cluster_that_is_killed_costs_no_plan(planning, tmp_path, cluster):
    database = planning.database
    ask(database)
    settings = {"CALLCYCLE_DASK": cluster.scheduler_address}
    with Client(cluster, set_as_default=False) as client, working(database, tmp_path, **settings):
        until(lambda: any(job.progress > 0 for job in all_jobs(database)))
        (pid,) = at_work(client)
        os.kill(pid, signal.SIGKILL)
        (job,) = until(lambda: ended(database))
    assert (job.state, job.attempt, job.fence) == (JobState.DONE, 2, 2)
    (plan,) = plans_of_jobs(database)
    assert plan_in(plan) == undisturbed(database)


def test_without_a_scheduler_jobs_wait(planning, tmp_path):
    database = planning.database
    ask(database)
    with working(database, tmp_path, CALLCYCLE_DASK="tcp://127.0.0.1:1") as worker:
        until(lambda: "there is nobody to compute" in worker.said())
        waiting = until(lambda: [j for j in all_jobs(database) if j.state is JobState.QUEUED])
        assert (waiting[0].attempt, waiting[0].fence) == (0, 1)


def test_no_scheduler_is_said_so():
    with pytest.raises(NoWorkers):
        Workers(maker_of(load_settings(dask="tcp://127.0.0.1:1"))).submit(abs, -1)
