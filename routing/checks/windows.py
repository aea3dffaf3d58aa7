"""At what time of day the customer receives: closed days, opening hours, unfit times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.checks.facts import Facts, Planned
from routing.checks.violation import Rule, Violation, clock


def not_on_closed_dates(facts: Facts) -> Iterator[Violation]:
    """Nothing stands on a day the customer is closed, not even an appointment."""
    for planned in facts.planned:
        if planned.date in planned.customer.closed_dates:
            yield _at(planned, Rule.CLOSED_DATE, {"date": planned.date.isoformat()})


def within_open_hours(facts: Facts) -> Iterator[Violation]:
    """The whole visit lies in one opening interval, or its beginning where only that counts;
    both ends included. An agreed appointment needs no opening hours."""
    for planned in facts.planned:
        customer, stop, commitment = planned.customer, planned.stop, planned.visit.commitment
        if customer.open_hours is None or (commitment and commitment.kind == "appointment"):
            continue
        until_s = stop.end_s if customer.window_holds_for == "visit" else stop.begin_s
        today = planned.date.weekday()
        intervals = _joined(
            (hours.from_s, hours.to_s) for hours in customer.open_hours if hours.weekday == today
        )
        if not any(from_s <= stop.begin_s and until_s <= to_s for from_s, to_s in intervals):
            params: dict[str, str | int] = {"begin": clock(stop.begin_s), "end": clock(stop.end_s)}
            yield _at(planned, Rule.OUTSIDE_OPEN_HOURS, params)


def clear_of_unfit_times(facts: Facts) -> Iterator[Violation]:
    """The visit, or its beginning where only that counts, is clear of unfit times; touching
    one at its edge is allowed. They hold for appointments as well."""
    for planned in facts.planned:
        customer, stop = planned.customer, planned.stop
        for unfit in customer.unfit_times:
            if planned.date != unfit.date and planned.date.weekday() != unfit.weekday:
                continue
            if customer.window_holds_for == "visit":
                touched = stop.begin_s < unfit.to_s and stop.end_s > unfit.from_s
            else:
                touched = unfit.from_s <= stop.begin_s < unfit.to_s
            if touched:
                params: dict[str, str | int] = {
                    "begin": clock(stop.begin_s),
                    "end": clock(stop.end_s),
                    "unfit_from": clock(unfit.from_s),
                    "unfit_to": clock(unfit.to_s),
                }
                yield _at(planned, Rule.IN_UNFIT_TIME, params)


def _joined(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals that touch or overlap are one: the door does not close between them."""
    joined: list[tuple[int, int]] = []
    for from_s, to_s in sorted(intervals):
        if joined and from_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], to_s))
        else:
            joined.append((from_s, to_s))
    return joined


def _at(planned: Planned, rule: Rule, params: dict[str, str | int]) -> Violation:
    return Violation(
        rule=rule,
        visit_id=planned.visit.id,
        rep_id=planned.route.rep_id,
        date=planned.date,
        params={"visit": planned.visit.id, "customer": planned.customer.id, **params},
    )
