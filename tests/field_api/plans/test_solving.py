"""What keeps a whole region from being planned is said, with the rep and the value; until then
nothing is kept, and nobody works on."""

import time
from functools import partial
from multiprocessing import active_children

import pytest

from crm.models import Rep
from field_api.errors import status_and_code
from field_api.services.planning.solving import Effort, PlannerLost, Unplannable, plan_all
from field_api.wording import say
from routing.many import Synchronous, task
from routing.solve import solve
from tests.routing.executors import Deadly, DeadlyPool, a_region

ENDLESS = 10**9


def test_a_day_without_room_for_lunch_is_named(planning):
    planning.change(Rep, "R2", day_end_s=12 * 3600)
    with pytest.raises(Unplannable, match=r"workday R2 2026-11-30: lunch\.earliest_s is 41400"):
        planning.plan()
    assert planning.plans() == []


def test_plans_come_in_the_order_of_the_problems_and_are_counted_as_they_come():
    problems = a_region(4)
    made = []
    found = plan_all(problems, Effort(work=20), made.append)
    assert found == [solve(problem, work=20) for problem in problems]
    assert made == sorted(made)
    assert made[-1] == len(problems)


def test_a_plan_in_the_making_counts_by_its_share(monkeypatch):
    def slowly(problem, *, work, progress, **named):
        for done in range(work):
            progress(done, work, 0)
            time.sleep(0.2)
        return solve(problem, work=work, **named)

    monkeypatch.setattr(task, "solve", slowly)
    made = []
    plan_all(a_region(2), Effort(work=2, executor=Synchronous()), made.append)
    assert {0.5, 1, 1.5, 2} <= set(made)


def test_a_problem_whose_processes_die_is_named(tmp_path):
    deadly = Deadly(tmp_path, frozenset({"p1"}), times=99)
    with pytest.raises(PlannerLost, match="p1") as lost:
        plan_all(a_region(3), Effort(work=5, executor=partial(DeadlyPool, deadly)))
    assert "3" in say("zh", lost.value.text, **lost.value.params)
    assert status_and_code(lost.value) == (503, "planner_lost")


def test_ctrl_c_ends_the_processes_at_once():
    others = set(active_children())

    def interrupt(made: float) -> None:
        assert set(active_children()) - others
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_all(a_region(2), Effort(work=ENDLESS), interrupt)
    deadline = time.monotonic() + 60
    while set(active_children()) - others:
        assert time.monotonic() < deadline
        time.sleep(0.05)
