"""The checker gives each hand-written plan the verdict that a person gives."""

from pathlib import Path

import pytest

from routing.check import check
from routing.checks.violation import Rule
from routing.plan import Plan
from tests.routing.cases import AHEAD, JUDGED
from tests.routing.cases.case import Case

RIGHT = [
    pytest.param(case, plan, id=f"{case.title}-{n}")
    for case in JUDGED
    for n, plan in enumerate(case.right, start=1)
]
WRONG = [
    pytest.param(case, rule, plan, id=f"{case.title}-{rule}-{n}")
    for case in JUDGED
    for n, (rule, plan) in enumerate(case.wrong, start=1)
]


@pytest.mark.parametrize(("case", "plan"), RIGHT)
def test_right_plans_break_nothing(case: Case, plan: Plan):
    assert [violation.message for violation in check(case.problem, plan)] == []


@pytest.mark.parametrize(("case", "rule", "plan"), WRONG)
def test_wrong_plans_break_exactly_their_rule(case: Case, rule: Rule, plan: Plan):
    violations = check(case.problem, plan)
    assert {violation.rule for violation in violations} == {rule}
    assert all(violation.message for violation in violations)


def test_travel_is_as_on_earth():
    """No way is longer than a way round by a third place, so no verdict hangs on nonsense."""
    for case in JUDGED:
        (seconds,) = case.problem.travel_s.values()
        around = (seconds[:, :, None] + seconds[None, :, :]).min(axis=1)
        assert (seconds <= around).all(), case.title


def test_titles_are_unique_and_verdicts_complete():
    titles = {case.title for case in JUDGED}
    assert len(titles) == len(JUDGED) >= 30
    assert titles >= AHEAD
    for case in JUDGED:
        chosen = case.some_of.visits if case.some_of else frozenset()
        named = [*case.served, *case.unserved, *chosen]
        assert sorted(named) == sorted(visit.id for visit in case.problem.visits), case.title


def test_verdicts_agree_with_the_right_plans():
    """The first right plan is one that a planner might give: it fits the verdict."""
    for case in JUDGED:
        assert verdict_of(case, case.right[0]) == [], case.title


def verdict_of(case: Case, plan: Plan) -> list[str]:
    """What a person would object to in the plan, beside broken rules."""
    days = {stop.visit_id: route.date for route in plan.routes for stop in route.stops}
    reasons = {item.visit_id: item.code for item in plan.unserved}
    objections = [
        f"{visit} on {days.get(visit)} ({reasons.get(visit)}), may be on {allowed}"
        for visit, allowed in case.served.items()
        if days.get(visit) not in allowed
    ]
    objections += [
        f"{visit} unserved as {reasons.get(visit)}, reasons are {allowed}"
        for visit, allowed in case.unserved.items()
        if reasons.get(visit) not in allowed
    ]
    if case.some_of:
        out = {visit: reasons[visit] for visit in case.some_of.visits if visit in reasons}
        if len(out) != case.some_of.unserved or not set(out.values()) <= case.some_of.reasons:
            objections.append(f"unserved {out}, should be {case.some_of}")
    return objections


def test_every_rule_is_documented_with_the_case_that_shows_it():
    text = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == len(Rule)
    assert {row[0].strip("| `") for row in rows} == set(Rule)
    shown = {case.title: {rule for rule, _ in case.wrong} for case in JUDGED}
    for code, _, title in rows:
        name = title.strip("| ")
        assert name == "mutations" or name in shown, code
