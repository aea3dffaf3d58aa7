"""A plan in figures, each with its denominator beside it."""

from collections import Counter
from datetime import date
from typing import Any

from routing.hours import hours_needed
from routing.plan import DayRoute, Plan
from routing.problem import Problem


def figures_of(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Seconds, metres and counts of one rep's plan; plain values, kept with the plan.

    `required` counts the visits due, `planned` those on a day; `travel_s`, `visit_s` and
    `wait_s` add up to the time in the field without lunches.
    """
    (rep,) = problem.reps
    grades = {customer.id: customer.grade for customer in problem.customers}
    stops = [stop for route in plan.routes for stop in route.stops]
    lunches_s = {day.date: day.lunch.duration_s if day.lunch else 0 for day in rep.workdays}
    away_s = sum(
        route.return_s - route.leave_s - _lunch_away_s(route, lunches_s) for route in plan.routes
    )
    visit_s = sum(stop.end_s - stop.begin_s for stop in stops)
    travel_s = sum(route.travel_s for route in plan.routes)
    hours = hours_needed(problem, rep)
    return {
        "required": len(problem.visits),
        "planned": len(stops),
        "required_by_grade": dict(Counter(grades[visit.customer_id] for visit in problem.visits)),
        "planned_by_grade": dict(Counter(grades[stop.customer_id] for stop in stops)),
        "unserved_by_code": dict(Counter(str(missed.code) for missed in plan.unserved)),
        "field_days": len(plan.routes),
        "working_days": len(rep.workdays),
        "travel_s": travel_s,
        "travel_m": sum(route.travel_m for route in plan.routes),
        "visit_s": visit_s,
        "wait_s": max(0, away_s - visit_s - travel_s),
        "needed_s": hours.total_s,
        "needed_s_by_grade": hours.needed_s,
        "available_s": hours.available_s,
    }


def travel_share(figures: dict[str, Any]) -> float:
    """在途占比: travel ÷ (travel + visit + wait), from 0 to 1."""
    field_s = figures["travel_s"] + figures["visit_s"] + figures["wait_s"]
    return float(figures["travel_s"] / field_s) if field_s else 0.0


def attainment(figures: dict[str, Any]) -> float:
    """频次达成率 as planned: visits on a day ÷ visits due, from 0 to 1; 1 where none is due."""
    required = figures["required"]
    return float(figures["planned"] / required) if required else 1.0


def _lunch_away_s(route: DayRoute, lunches_s: dict[date, int]) -> int:
    """The lunch, if it was taken between leaving and coming back."""
    if route.lunch_begin_s is None or not route.leave_s <= route.lunch_begin_s < route.return_s:
        return 0
    return lunches_s[route.date]


def total(all_figures: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of several plans added up, those by grade and code too."""
    summed: dict[str, Any] = {}
    for figures in all_figures:
        for key, value in figures.items():
            if isinstance(value, dict):
                summed[key] = dict(Counter(summed.get(key, {})) + Counter(value))
            else:
                summed[key] = summed.get(key, 0) + value
    return summed
