"""The day's clock is true: legs are the matrix's, arrivals follow from them, hours are kept."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts, Leg
from routing.checks.legs import arrivals, driven_s
from routing.checks.violation import Rule, Violation, clock
from routing.plan import DayRoute


def legs_as_in_the_matrix(facts: Facts) -> Iterator[Violation]:
    """Seconds and metres of each leg equal the matrix of the rep's transport; where the day has
    peaks, the seconds are those that the leg takes at its hour."""
    for route, rep, day in facts.routes():
        for leg in facts.legs(route, rep, day):
            if leg.real_s is None or leg.real_m is None or _stayed_home(route, leg):
                continue
            expected_s = driven_s(leg, leg.real_s, route.lunch_begin_s, day)
            if (leg.given_s, leg.given_m) != (expected_s, leg.real_m):
                yield _at(
                    route,
                    leg,
                    Rule.WRONG_TRAVEL,
                    {
                        "to": leg.to,
                        "given_s": leg.given_s,
                        "given_m": leg.given_m,
                        "expected_s": expected_s,
                        "expected_m": leg.real_m,
                    },
                )


def arrivals_follow(facts: Facts) -> Iterator[Violation]:
    """The rep drives when the visit ends and waits where he arrives; the drive pauses for a
    lunch taken on that leg. A lunch may be waited for where the last visit was."""
    for route, rep, day in facts.routes():
        for leg in facts.legs(route, rep, day):
            if leg.real_s is None or _stayed_home(route, leg):
                continue
            allowed = arrivals(leg, leg.real_s, route.lunch_begin_s, day)
            if leg.arrive_s not in allowed:
                expected = " or ".join(clock(time) for time in sorted(allowed))
                params: dict[str, str | int] = {"to": leg.to, "given": clock(leg.arrive_s)}
                yield _at(route, leg, Rule.WRONG_ARRIVAL, {**params, "expected": expected})


def visits_in_time(facts: Facts) -> Iterator[Violation]:
    """A visit begins at or after its arrival and lasts exactly its service time."""
    for planned in facts.planned:
        stop, visit = planned.stop, planned.visit
        params: dict[str, str | int] = {"visit": visit.id}
        where = {"visit_id": visit.id, "rep_id": planned.route.rep_id}
        if stop.begin_s < stop.arrive_s:
            params |= {"begin": clock(stop.begin_s), "arrive": clock(stop.arrive_s)}
            rule = Rule.BEGINS_BEFORE_ARRIVAL
            yield Violation(rule=rule, date=planned.date, params=params, **where)
        if stop.end_s - stop.begin_s != visit.service_s:
            params = {"visit": visit.id, "given": stop.end_s - stop.begin_s}
            params["expected"] = visit.service_s
            rule = Rule.WRONG_SERVICE
            yield Violation(rule=rule, date=planned.date, params=params, **where)


def within_working_hours(facts: Facts) -> Iterator[Violation]:
    """Leaves not before the day begins and is back by its end, both included."""
    for route, _, day in facts.routes():
        for broken, rule, given, limit in (
            (route.leave_s < day.begin_s, Rule.LEAVES_TOO_EARLY, route.leave_s, day.begin_s),
            (route.return_s > day.end_s, Rule.RETURNS_TOO_LATE, route.return_s, day.end_s),
        ):
            if broken:
                params: dict[str, str | int] = {"rep": route.rep_id, "date": route.date.isoformat()}
                params |= {"given": clock(given), "limit": clock(limit)}
                yield Violation(rule=rule, rep_id=route.rep_id, date=route.date, params=params)


def _stayed_home(route: DayRoute, leg: Leg) -> bool:
    """A day without visits needs no drive from its start to its end."""
    return not route.stops and leg.given_s == leg.given_m == 0 and leg.free_s == leg.arrive_s


def _at(route: DayRoute, leg: Leg, rule: Rule, params: dict[str, str | int]) -> Violation:
    return Violation(
        rule=rule, visit_id=leg.visit_id, rep_id=route.rep_id, date=route.date, params=params
    )
