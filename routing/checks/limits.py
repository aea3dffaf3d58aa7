"""What a rep may be asked for in a day: so many visits, so long on the road."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts
from routing.checks.violation import Rule, Violation


def limits_of_the_day(facts: Facts) -> Iterator[Violation]:
    """Visits and driving seconds (the way back included) within the rep's limits, included."""
    for route, rep, day in facts.routes():
        driving_s = sum(
            leg.given_s if leg.real_s is None else leg.real_s
            for leg in facts.legs(route, rep, day)
            if route.stops
        )
        for rule, given, limit in (
            (Rule.TOO_MANY_VISITS, len(route.stops), rep.max_visits_a_day),
            (Rule.TOO_MUCH_DRIVING, driving_s, rep.max_driving_s_a_day),
        ):
            if limit is not None and given > limit:
                params: dict[str, str | int] = {"rep": rep.id, "date": route.date.isoformat()}
                params |= {"given": given, "limit": limit}
                yield Violation(rule=rule, rep_id=rep.id, date=route.date, params=params)
