"""A plan in figures, each with its denominator beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.models import PlannedDay, PlannedVisit
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
    hours_by_day = {
        str(day.date): day.end_s - day.begin_s - lunches_s[day.date] for day in rep.workdays
    }
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
        "available_s_by_day": hours_by_day,
    }


def with_days_behind(
    ahead: dict[str, Any],
    before: Mapping[str, Any],
    *,
    first_day: date,
    days: Sequence[PlannedDay],
    travelled_s: int,
    visits: Sequence[PlannedVisit],
    visited: Sequence[PlannedVisit],
    grades: Mapping[int, str],
    lunch_s: int,
) -> dict[str, Any]:
    """The figures of a plan whose first days are behind, so that they are of all its days.

    `ahead` are the figures of the days from `first_day` on, `before` those of the plan replaced;
    `days` and `visits` are all that the plan keeps, `visited` the visits behind, with the grades
    by customer and `travelled_s` on the road to them. Of the time needed, what is behind counts
    as it was planned.
    """
    counts = Counter(grades[visit.customer_id] for visit in visited)
    needed_s: Counter[str] = Counter()
    for visit in visited:
        needed_s[grades[visit.customer_id]] += visit.end_s - visit.begin_s
    known = before.get("available_s_by_day", {})
    # a day under way had more hours than are to come
    begun = {str(visit.date) for visit in visited}
    hours_by_day = ahead["available_s_by_day"] | {
        day: hours_s for day, hours_s in known.items() if day < str(first_day) or day in begun
    }
    away_s = sum(day.return_s - day.leave_s - _lunch_s(day, lunch_s) for day in days)
    visit_s = sum(visit.end_s - visit.begin_s for visit in visits)
    travel_s = sum(day.travel_s for day in days)
    return ahead | {
        "required": ahead["required"] + len(visited),
        "planned": ahead["planned"] + len(visited),
        "required_by_grade": dict(Counter(ahead["required_by_grade"]) + counts),
        "planned_by_grade": dict(Counter(ahead["planned_by_grade"]) + counts),
        "field_days": len(days),
        "working_days": len(hours_by_day),
        "travel_s": travel_s,
        "travel_m": sum(day.travel_m for day in days),
        "visit_s": visit_s,
        "wait_s": max(0, away_s - visit_s - travel_s),
        "needed_s": ahead["needed_s"] + sum(needed_s.values()) + travelled_s,
        "needed_s_by_grade": dict(Counter(ahead["needed_s_by_grade"]) + needed_s),
        "available_s": sum(hours_by_day.values()),
        "available_s_by_day": hours_by_day,
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


def _lunch_s(day: PlannedDay, duration_s: int) -> int:
    """The same of a day that is kept."""
    taken = day.lunch_begin_s is not None and day.leave_s <= day.lunch_begin_s < day.return_s
    return duration_s if taken else 0


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
