"""A plan in force cut to the days that may still be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from routing.fingerprint import fingerprint
from routing.plan import Plan
from routing.problem import Problem
from routing.replan.behind import left_behind
from routing.replan.standing import Standing, in_force


def ahead(problem: Problem, plan: Plan, first_day: date) -> tuple[Problem, Plan]:
    """The days from `first_day` on, what was planned before taken as made. A plan that begins
    later is as it was."""
    if problem.first_day >= first_day:
        return problem, plan
    left = left_behind(Standing(problem, plan), first_day)
    wanted = {visit.id for visit in left.visits}
    cut = replace(
        plan,
        routes=tuple(route for route in plan.routes if route.date >= first_day),
        unserved=tuple(missed for missed in plan.unserved if missed.visit_id in wanted),
    )
    return (rest := in_force(left, cut)), replace(cut, fingerprint=fingerprint(rest))
