"""Many problems on any executor: the same plans, and no death or bad problem costs another's."""

import pickle
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from routing.check import check
from routing.many import (
    NotStarted,
    Synchronous,
    TaskFailed,
    WorkerDied,
    processes,
    solve_many,
    task,
)
from routing.solve import solve
from routing.validate import InvalidProblem
from tests.routing.executors import Closing, Deadly, DeadlyPool, a_region, refuse_to_live

ROOT = Path(__file__).parents[2]
WORK = 20
ENDLESS = 10**9
REGION = a_region(5)


def outcomes(problems, executor, **named):
    named = {"work": WORK} | named
    return {out.problem_id: out for out in solve_many(problems, executor=executor, **named)}


@pytest.fixture(scope="module")
def plans():
    return {problem.id: solve(problem, seed=1, work=WORK) for problem in REGION}


def plans_of(found):
    return {name: out.plan for name, out in found.items() if out.plan is not None}


def without(plans, *names):
    return {name: plan for name, plan in plans.items() if name not in names}


def test_the_plans_are_the_same_on_every_executor(plans):
    assert len({plan.fingerprint for plan in plans.values()}) == len(REGION)
    assert plans_of(outcomes(REGION, Synchronous())) == plans
    assert plans_of(outcomes(REGION[::-1], processes(2))) == plans
    with ThreadPoolExecutor(2) as threads:
        assert plans_of(outcomes(REGION, threads)) == plans
        assert threads.submit(len, "it is still its caller's").result()


def test_every_plan_comes_with_the_checkers_word(monkeypatch):
    sound = outcomes(REGION[:1], Synchronous())["p0"]
    assert (sound.violations, sound.error, sound.cut_short) == ((), None, False)
    monkeypatch.setattr(
        task, "solve", lambda problem, **named: replace(solve(problem, **named), problem_id="x")
    )
    (wrong,) = outcomes(REGION[:1], Synchronous())["p0"].violations
    assert wrong.rule == "wrong_problem"


def test_problems_are_drawn_as_workers_get_free():
    drawn = []

    def drawing():
        for problem in REGION:
            drawn.append(problem.id)
            yield problem

    found = solve_many(drawing(), executor=Synchronous(), work=WORK)
    assert next(found).problem_id == "p0"
    assert drawn == ["p0"]
    assert [out.problem_id for out in found] == ["p1", "p2", "p3", "p4"]


def test_a_bad_problem_concerns_itself_only(plans):
    bad = replace(REGION[2], first_day=REGION[2].last_day)
    found = outcomes([*REGION[:2], bad, *REGION[3:]], processes(2))
    assert found["p2"].plan is None
    assert isinstance(found["p2"].error, InvalidProblem)
    assert found["p2"].error.errors
    assert plans_of(found) == without(plans, "p2")


def test_a_planner_that_fails_names_the_problem_and_is_not_tried_again(monkeypatch):
    tried = []

    def failing(problem, **named):
        tried.append(problem.id)
        return 1 // (problem.id != "p1") and solve(problem, **named)

    monkeypatch.setattr(task, "solve", failing)
    found = outcomes(REGION[:3], Synchronous())
    assert tried == ["p0", "p1", "p2"]
    error = pickle.loads(pickle.dumps(found["p1"].error))
    assert isinstance(error, TaskFailed)
    assert str(error).startswith("p1: ZeroDivisionError")
    assert "in failing" in error.__notes__[0]
    assert set(plans_of(found)) == {"p0", "p2"}


def test_a_worker_that_dies_costs_a_retry_but_no_plan(plans, tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p1"}), times=1)
    found = outcomes(REGION, partial(DeadlyPool, deadly), at_once=3)
    assert deadly.deaths("p1") == 1
    assert plans_of(found) == plans


def test_problems_that_kill_every_worker_are_named_and_take_nobody_along(plans, tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p0", "p3"}), times=99)
    found = outcomes(REGION, partial(DeadlyPool, deadly), at_once=3, retries=1)
    poison = {name: out.error for name, out in found.items() if out.plan is None}
    assert set(poison) == {"p0", "p3"}
    for name, error in poison.items():
        assert isinstance(error, WorkerDied)
        assert (error.problem_id, error.tries) == (name, 2)
        assert deadly.deaths(name) in (1, 2)  # 1: another one had broken its first pool
        assert "BrokenProcessPool" in str(pickle.loads(pickle.dumps(error)))
    assert plans_of(found) == without(plans, *poison)


def test_a_given_pool_that_breaks_loses_the_rest_by_name(tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p2"}), times=99)
    with DeadlyPool(deadly) as pool:
        found = outcomes(REGION, pool, at_once=1)
    assert set(plans_of(found)) == {"p0", "p1"}
    assert {type(found[name].error) for name in ("p2", "p3", "p4")} == {WorkerDied}
    assert "BrokenProcessPool" in found["p4"].error.cause


def test_workers_that_cannot_even_start_are_not_tried_for_each_problem():
    made = []

    def pool():
        made.append(1)
        return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=refuse_to_live)

    found = outcomes(REGION, pool, at_once=1)
    assert [type(out.error) for out in found.values()] == [WorkerDied] * len(REGION)
    assert len(made) < len(REGION)


def test_an_executor_that_is_shut_down_is_named():
    closed = ThreadPoolExecutor(1)
    closed.shutdown()
    found = outcomes(REGION, closed)
    assert {out.error.cause.partition(":")[0] for out in found.values()} == {"RuntimeError"}
    assert set(found) == {problem.id for problem in REGION}


def test_what_is_done_when_an_executor_closes_is_not_lost(plans):
    found = outcomes(REGION, Closing())
    assert plans_of(found) == {"p0": plans["p0"]}
    assert {str(out.error.cause) for out in found.values() if out.error} == {
        "RuntimeError: closing"
    }


def test_too_little_memory_is_tried_again_alone(monkeypatch, plans):
    tried = []

    def hungry(problem, **named):
        tried.append(problem.id)
        if problem.id == "p1" and tried.count("p1") == 1:
            raise MemoryError
        return solve(problem, **named)

    monkeypatch.setattr(task, "solve", hungry)
    assert plans_of(outcomes(REGION, Synchronous())) == plans
    assert tried == ["p0", "p1", "p2", "p3", "p4", "p1"]


def test_a_stop_request_ends_running_processes_with_their_best_plans():
    heard = {}

    def listen(standing):
        heard[standing.problem_id] = standing

    found = outcomes(
        REGION,
        processes(2),
        work=ENDLESS,
        at_once=2,
        progress=listen,
        stop=lambda: len(heard) == 2,
    )
    assert set(heard) == {"p0", "p1"}
    for problem in REGION[:2]:
        standing, out = heard[problem.id], found[problem.id]
        assert 0 <= standing.done < standing.work == ENDLESS
        assert standing.best_cost > 0
        assert out.cut_short
        assert (out.violations, check(problem, out.plan)) == ((), ())
    assert [type(found[name].error) for name in ("p2", "p3", "p4")] == [NotStarted] * 3


def test_a_stop_request_is_heard_in_ones_own_thread_too():
    heard = []
    found = outcomes(
        REGION[:2], Synchronous(), work=ENDLESS, progress=heard.append, stop=lambda: bool(heard)
    )
    assert heard[0].problem_id == "p0"
    assert found["p0"].cut_short
    assert isinstance(found["p1"].error, NotStarted)


def test_a_plan_that_was_finished_when_the_request_came_is_not_cut_short(monkeypatch):
    stopped = []

    def finished(problem, *, work, progress, **named):
        stopped.append(True)
        time.sleep(1)  # longer than the waiting thread closes its eyes
        assert progress(work, work, 0) is False
        return solve(problem, work=work, **named)

    monkeypatch.setattr(task, "solve", finished)
    out = outcomes(REGION[:1], Synchronous(), stop=lambda: bool(stopped))["p0"]
    assert out.plan is not None
    assert not out.cut_short


def test_each_problem_is_bound_by_its_cpu_seconds():
    found = outcomes(REGION[:2], Synchronous(), work=ENDLESS, cpu_limit_s=0.2)
    assert set(plans_of(found)) == {"p0", "p1"}


def test_a_worker_that_sees_no_board_plans_to_the_end(plans, tmp_path, monkeypatch):
    real = task.Board.__getstate__
    elsewhere = {"path": tmp_path / "not here"}
    monkeypatch.setattr(task.Board, "__getstate__", lambda board: real(board) | elsewhere)
    drawn = []
    found = outcomes(
        (drawn.append(problem) or problem for problem in REGION),
        processes(1),
        at_once=2,
        stop=lambda: len(drawn) == 2,
        progress=pytest.fail,
    )
    assert plans_of(found) == {name: plans[name] for name in ("p0", "p1")}


def test_closing_early_ends_the_processes():
    others = set(active_children())
    found = solve_many(REGION[:1] * 9, executor=processes(2), work=WORK)
    next(found)
    assert set(active_children()) - others
    found.close()
    deadline = time.monotonic() + 60
    while set(active_children()) - others:
        assert time.monotonic() < deadline
        time.sleep(0.05)


PARENT = """
import time
from routing.many import processes

if __name__ == "__main__":
    pool = processes(2)()
    for _ in range(2):
        pool.submit(time.sleep, 600)
    print(pool.submit, flush=True)
    time.sleep(600)
"""


def test_processes_end_with_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout.readline()
        parent.kill()
        parent.communicate(timeout=60)  # until nobody has its output open any more


def test_ctrl_c_in_a_task_of_ones_own_thread_reaches_the_caller(monkeypatch):
    def interrupted(problem, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(task, "solve", interrupted)
    with pytest.raises(KeyboardInterrupt):
        outcomes(REGION, Synchronous())
