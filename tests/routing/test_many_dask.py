"""Many problems on a real Dask cluster of two worker processes."""

import pickle

import dask
import pytest
from distributed import Client, LocalCluster

from routing.many import NotStarted, WorkerDied, solve_many
from routing.solve import solve
from tests.routing.executors import Deadly, Through, a_region

pytestmark = pytest.mark.slow

WORK = 20
ENDLESS = 10**9
REGION = a_region(5)


@pytest.fixture(scope="module")
def client():
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def outcomes(executor, **named):
    named = {"work": WORK, "at_once": 3} | named
    return {out.problem_id: out for out in solve_many(REGION, executor=executor, **named)}


def test_the_plans_are_those_of_one_process(client):
    found = outcomes(client.get_executor(pure=False))
    plans = {problem.id: solve(problem, seed=1, work=WORK) for problem in REGION}
    assert {name: out.plan for name, out in found.items()} == plans
    assert len(client.get_executor(pure=False).submit(repr, "still open").result()) > 0


def test_a_worker_that_dies_costs_no_plan(client, tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p1"}), times=1)
    found = outcomes(Through(client.get_executor(pure=False), deadly))
    assert deadly.deaths("p1") == 1
    assert all(out.plan and not out.violations for out in found.values())


def test_a_problem_that_kills_every_worker_is_named_alone(client, tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p1"}), times=99)
    found = outcomes(Through(client.get_executor(pure=False), deadly), retries=1)
    assert {name for name, out in found.items() if out.plan is None} == {"p1"}
    error = pickle.loads(pickle.dumps(found["p1"].error))
    assert isinstance(error, WorkerDied)
    assert error.cause.startswith("KilledWorker")
    assert deadly.deaths("p1") == error.tries == 2


def test_a_stop_request_reaches_the_workers_of_this_machine(client):
    heard = {}

    def listen(standing):
        heard[standing.problem_id] = standing

    found = outcomes(
        client.get_executor(pure=False),
        work=ENDLESS,
        at_once=2,
        progress=listen,
        stop=lambda: len(heard) == 2,
    )
    assert all(found[name].cut_short and not found[name].violations for name in ("p0", "p1"))
    assert all(isinstance(found[name].error, NotStarted) for name in ("p2", "p3", "p4"))
