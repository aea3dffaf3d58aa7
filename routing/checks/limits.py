"""What a rep may be asked for in a day: visits, seconds on the road and away, a load."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts
from routing.checks.legs import driven_s
from routing.checks.violation import Rule, Violation


def limits_of_the_day(facts: Facts) -> Iterator[Violation]:
    """Visits, driving seconds (the way back included), load and seconds from leaving to returning
    within the limits of the rep and the day, included."""
    for route, rep, day in facts.routes():
        driving_s = sum(
            leg.given_s
            if leg.real_s is None
            else driven_s(leg, leg.real_s, route.lunch_begin_s, day)
            for leg in facts.legs(route, rep, day)
            if route.stops
        )
        load = sum(facts.visits[s.visit_id].load for s in route.stops if s.visit_id in facts.visits)
        for rule, given, limit in (
            (Rule.TOO_MANY_VISITS, len(route.stops), rep.max_visits_a_day),
            (Rule.TOO_MUCH_DRIVING, driving_s, rep.max_driving_s_a_day),
            (Rule.OUT_TOO_LONG, route.return_s - route.leave_s, day.max_duration_s),
            (Rule.TOO_MUCH_LOAD, load, rep.max_load),
        ):
            if limit is not None and given > limit:
                params: dict[str, str | int] = {"rep": rep.id, "date": route.date.isoformat()}
                params |= {"given": given, "limit": limit}
                yield Violation(rule=rule, rep_id=rep.id, date=route.date, params=params)
