"""Joint visits: two people at one customer's from the same second on, or the first one alone."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts, Planned
from routing.checks.violation import Rule, Violation, clock


def joint_visits_meet(facts: Facts) -> Iterator[Violation]:
    """A planned visit that accompanies another stands on that one's day at the same beginning
    with another rep; it is not planned alone."""
    stands = {planned.visit.id: planned for planned in facts.planned}
    for planned in facts.planned:
        visit = planned.visit
        if visit.accompanies is None:
            continue
        other = stands.get(visit.accompanies)
        if other is None:
            params: dict[str, str | int] = {"visit": visit.id, "other": visit.accompanies}
            yield _at(planned, Rule.JOINT_ALONE, params)
        elif _moment(planned) != _moment(other) or planned.route.rep_id == other.route.rep_id:
            yield _at(planned, Rule.JOINT_APART, {**_where(planned, ""), **_where(other, "other_")})


def _moment(planned: Planned) -> tuple[object, int]:
    return planned.date, planned.stop.begin_s


def _where(planned: Planned, whose: str) -> dict[str, str | int]:
    return {
        f"{whose}visit": planned.visit.id,
        f"{whose}rep": planned.route.rep_id,
        f"{whose}date": planned.date.isoformat(),
        f"{whose}time": clock(planned.stop.begin_s),
    }


def _at(planned: Planned, rule: Rule, params: dict[str, str | int]) -> Violation:
    return Violation(
        rule=rule,
        visit_id=planned.visit.id,
        rep_id=planned.route.rep_id,
        date=planned.date,
        params=params,
    )
