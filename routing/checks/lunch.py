"""The break: one on each day with visits, in its window, never during a visit, with room."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts, Leg
from routing.checks.legs import has_room
from routing.checks.violation import Rule, Violation, clock
from routing.plan import DayRoute
from routing.problem import Lunch, WorkDay


def lunch_is_taken(facts: Facts) -> Iterator[Violation]:
    """The first of the break's rules that a day breaks; a day without visits needs none.

    The break may lie before leaving and after returning, within the working hours, or on one
    leg: from the end of a visit (or leaving) to the beginning of the next (or returning), where
    both the drive and the break find room.
    """
    for route, rep, day in facts.routes():
        if not route.stops:
            continue
        params: dict[str, str | int] = {"rep": rep.id, "date": route.date.isoformat()}
        begin_s = route.lunch_begin_s
        if begin_s is not None:
            params["given"] = clock(begin_s)
        rule = _broken(facts.legs(route, rep, day), route, day, params)
        if rule is not None:
            yield Violation(rule=rule, rep_id=rep.id, date=route.date, params=params)


def _broken(
    legs: list[Leg], route: DayRoute, day: WorkDay, params: dict[str, str | int]
) -> Rule | None:
    lunch, begin_s = day.lunch, route.lunch_begin_s
    if lunch is None:
        return None if begin_s is None else Rule.LUNCH_WITHOUT_RULE
    if begin_s is None:
        return Rule.LUNCH_MISSING
    if not lunch.earliest_s <= begin_s <= lunch.latest_s:
        params |= {"earliest": clock(lunch.earliest_s), "latest": clock(lunch.latest_s)}
        return Rule.LUNCH_OUTSIDE_WINDOW
    for stop in route.stops:
        if begin_s < stop.end_s and stop.begin_s < begin_s + lunch.duration_s:
            params["visit"] = stop.visit_id
            return Rule.LUNCH_DURING_VISIT
    return None if _has_room(legs, route, day, lunch, begin_s) else Rule.LUNCH_NO_ROOM


def _has_room(legs: list[Leg], route: DayRoute, day: WorkDay, lunch: Lunch, begin_s: int) -> bool:
    end_s = begin_s + lunch.duration_s
    if end_s <= route.leave_s:
        return begin_s >= day.begin_s
    if begin_s >= route.return_s:
        return end_s <= day.end_s
    return any(
        leg.free_s <= begin_s
        and end_s <= leg.busy_s
        and has_room(leg, leg.given_s if leg.real_s is None else leg.real_s, begin_s, day)
        for leg in legs
    )
