"""The planner gives each hand-written problem the verdict that a person gives."""

import pytest

from routing.check import check
from routing.solve import solve
from tests.routing.cases import CASES
from tests.routing.cases.case import Case
from tests.routing.test_cases import verdict_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_planner_decides_as_a_person_would(case: Case):
    plan = solve(case.problem, seed=1, work=20)
    assert [violation.message for violation in check(case.problem, plan)] == []
    assert verdict_of(case, plan) == []
