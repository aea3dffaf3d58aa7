"""Customers: a place, known grade and status, hours that begin before they end, sane gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from routing.problem import Customer, Grade, OpenHours, Problem, Status, UnfitTime
from routing.validation.error import About, ProblemError, doubled
from routing.validation.places import row_errors


def customers_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """Every customer's rules can be read in one way only."""
    yield from doubled("customer", (customer.id for customer in problem.customers))
    for customer in problem.customers:
        about = About(kind="customer", object_id=customer.id, day_s=problem.day_s)
        yield from row_errors(problem, about, "place", customer.place)
        for field, known in (
            ("grade", get_args(Grade)),
            ("status", get_args(Status)),
            ("window_holds_for", ("start", "visit")),
        ):
            value = getattr(customer, field)
            if value not in known:
                yield about.error(field, value, "known are: " + ", ".join(known))
        for number, hours in enumerate(customer.open_hours or ()):
            yield from _hours(about, f"open_hours[{number}].", hours)
        for number, unfit in enumerate(customer.unfit_times):
            yield from _unfit(about, f"unfit_times[{number}].", unfit)
        yield from _gaps(about, customer)
        if customer.owner_id is not None and customer.owner_id not in customer.rep_ids:
            hint = "the owner is one of rep_ids: " + (", ".join(sorted(customer.rep_ids)) or "none")
            yield about.error("owner_id", customer.owner_id, hint)


def _hours(about: About, of: str, hours: OpenHours) -> Iterator[ProblemError]:
    yield from _weekday(about, of, hours.weekday)
    yield from about.interval(("from_s", "to_s"), hours.from_s, hours.to_s, of)


def _unfit(about: About, of: str, unfit: UnfitTime) -> Iterator[ProblemError]:
    if (unfit.weekday is None) == (unfit.date is None):
        value = "missing" if unfit.date is None else f"{unfit.weekday} beside {unfit.date}"
        yield about.error(of + "weekday", value, "name either a weekday or a date")
    if unfit.weekday is not None:
        yield from _weekday(about, of, unfit.weekday)
    yield from about.interval(("from_s", "to_s"), unfit.from_s, unfit.to_s, of)


def _weekday(about: About, of: str, weekday: int) -> Iterator[ProblemError]:
    if not 0 <= weekday <= 6:
        yield about.error(of + "weekday", weekday, "Monday is 0 and Sunday is 6")


def _gaps(about: About, customer: Customer) -> Iterator[ProblemError]:
    if customer.min_gap_days < 0:
        yield about.error("min_gap_days", customer.min_gap_days, "it cannot be negative")
    if customer.max_gap_days is not None and customer.max_gap_days < max(1, customer.min_gap_days):
        hint = f"it must be at least 1 and not below min_gap_days, {customer.min_gap_days}"
        yield about.error("max_gap_days", customer.max_gap_days, hint)
    last, following = customer.last_visit, customer.next_visit
    if last is not None and following is not None and following <= last:
        yield about.error("next_visit", following, f"it must be after last_visit, {last}")
