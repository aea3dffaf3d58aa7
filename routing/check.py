"""A plan is judged by someone else: every hard rule, sharing no code with the planner.

This list is the table of contents; docs/rules.md says each rule in words, with its edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from routing.checks.calendar import in_one_pattern, on_its_weekdays
from routing.checks.completeness import each_visit_once, labels_are_true
from routing.checks.dates import (
    appointments_stand,
    frozen_stops_stay,
    pins_hold,
    within_its_dates,
)
from routing.checks.facts import Facts
from routing.checks.gaps import (
    in_order_of_number,
    not_too_close,
    not_too_far_apart,
    one_visit_a_day,
)
from routing.checks.identity import answers_this_problem
from routing.checks.joint import joint_visits_meet
from routing.checks.limits import limits_of_the_day
from routing.checks.lunch import lunch_is_taken
from routing.checks.people import only_active_customers, only_their_own_rep, reps_work_that_day
from routing.checks.times import (
    arrivals_follow,
    legs_as_in_the_matrix,
    visits_in_time,
    within_working_hours,
)
from routing.checks.violation import Rule, Violation
from routing.checks.windows import clear_of_unfit_times, not_on_closed_dates, within_open_hours
from routing.plan import Plan
from routing.problem import Problem

__all__ = ["RULES", "Rule", "Violation", "check"]

RULES: tuple[Callable[[Facts], Iterator[Violation]], ...] = (
    answers_this_problem,
    each_visit_once,
    labels_are_true,
    only_active_customers,
    only_their_own_rep,
    joint_visits_meet,
    reps_work_that_day,
    within_its_dates,
    appointments_stand,
    pins_hold,
    frozen_stops_stay,
    on_its_weekdays,
    in_one_pattern,
    in_order_of_number,
    one_visit_a_day,
    not_too_close,
    not_too_far_apart,
    not_on_closed_dates,
    within_open_hours,
    clear_of_unfit_times,
    legs_as_in_the_matrix,
    arrivals_follow,
    visits_in_time,
    within_working_hours,
    lunch_is_taken,
    limits_of_the_day,
)


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Every place where the plan breaks a hard rule of the problem; empty when it keeps them all.

    The problem must be sound (`routing.validate.validate` finds nothing); the plan may hold
    anything: unknown visits, customers and reps are violations, never errors.
    """
    facts = Facts(problem, plan)
    return tuple(violation for rule in RULES for violation in rule(facts))
