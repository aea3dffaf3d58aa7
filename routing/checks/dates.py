"""On which day: the visit's dates, a person's pin, a day already begun, what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts, Planned
from routing.checks.violation import Rule, Violation, clock


def within_its_dates(facts: Facts) -> Iterator[Violation]:
    """Not before `earliest`, not after `latest`, both included. A promise that comes too late
    and an appointment that was moved are told as that."""
    for planned in facts.planned:
        visit, kind = planned.visit, planned.visit.commitment and planned.visit.commitment.kind
        if visit.earliest <= planned.date <= visit.latest or kind == "appointment":
            continue
        params: dict[str, str | int] = {
            "visit": visit.id,
            "date": planned.date.isoformat(),
            "earliest": visit.earliest.isoformat(),
            "latest": visit.latest.isoformat(),
        }
        late = kind == "promise" and planned.date > visit.latest
        yield _at(planned, Rule.PROMISE_LATE if late else Rule.OUTSIDE_DATES, params)


def appointments_stand(facts: Facts) -> Iterator[Violation]:
    """An appointment begins on its date at exactly the agreed second."""
    for planned in facts.planned:
        visit, commitment = planned.visit, planned.visit.commitment
        if commitment is None or commitment.kind != "appointment":
            continue
        begin_s = commitment.begin_s
        moved = begin_s is not None and planned.stop.begin_s != begin_s
        if moved or not visit.earliest <= planned.date <= visit.latest:
            params: dict[str, str | int] = {
                "visit": visit.id,
                "expected": visit.earliest.isoformat(),
                "expected_time": clock(begin_s or 0),
                "date": planned.date.isoformat(),
                "time": clock(planned.stop.begin_s),
            }
            yield _at(planned, Rule.APPOINTMENT_MOVED, params)


def pins_hold(facts: Facts) -> Iterator[Violation]:
    """A visit that a person fixed to a date is on that date or unserved."""
    for planned in facts.planned:
        pinned = planned.visit.pinned
        if pinned is not None and planned.date != pinned:
            params: dict[str, str | int] = {"visit": planned.visit.id}
            params |= {"expected": pinned.isoformat(), "date": planned.date.isoformat()}
            yield _at(planned, Rule.PIN_MOVED, params)


def frozen_stops_stay(facts: Facts) -> Iterator[Violation]:
    """A stop of a day already begun stays on its date with its rep; it cannot be unserved."""
    where = {(item.visit.id, item.route.rep_id, item.date) for item in facts.planned}
    for stop in facts.problem.published:
        if stop.frozen and (stop.visit_id, stop.rep_id, stop.date) not in where:
            params: dict[str, str | int] = {"visit": stop.visit_id, "rep": stop.rep_id}
            params["expected"] = stop.date.isoformat()
            yield Violation(
                rule=Rule.FROZEN_MOVED,
                visit_id=stop.visit_id,
                rep_id=stop.rep_id,
                date=stop.date,
                params=params,
            )


def _at(planned: Planned, rule: Rule, params: dict[str, str | int]) -> Violation:
    return Violation(
        rule=rule,
        visit_id=planned.visit.id,
        rep_id=planned.route.rep_id,
        date=planned.date,
        params=params,
    )
