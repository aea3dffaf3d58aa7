"""A customer's weekdays and patterns: days that exist, one date for each visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from routing.problem import Customer, Problem
from routing.validation.error import About, ProblemError

WEEK = range(7)


def calendars_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """Weekdays are those of a week and patterns have a day of the cycle for each visit. That
    nobody works on such a day is no error: the visit is unserved."""
    counts = dict.fromkeys((customer.id for customer in problem.customers), 0)
    for visit in problem.visits:
        if visit.accompanies is None and visit.customer_id in counts:
            counts[visit.customer_id] += 1
    for customer in problem.customers:
        about = About(kind="customer", object_id=customer.id)
        yield from _weekdays(about, customer)
        if customer.patterns is not None and not customer.patterns:
            yield about.error("patterns", "empty", "None lets visits be on any day")
        for number, pattern in enumerate(customer.patterns or ()):
            name = f"patterns[{number}]"
            yield from _pattern(about, name, pattern, problem)
            if counts[customer.id] not in (0, len(pattern)):
                hint = f"it needs a date for each of the {counts[customer.id]} visits"
                yield about.error(name, f"{len(pattern)} dates", hint)


def _weekdays(about: About, customer: Customer) -> Iterator[ProblemError]:
    if customer.weekdays is not None and not customer.weekdays:
        yield about.error("weekdays", "empty", "None lets visits be on any weekday")
    for weekday in sorted(customer.weekdays or ()):
        if weekday not in WEEK:
            yield about.error("weekdays", weekday, "Monday is 0 and Sunday is 6")


def _pattern(
    about: About, name: str, pattern: tuple[date, ...], problem: Problem
) -> Iterator[ProblemError]:
    for before, after in pairwise(pattern):
        if after <= before:
            hint = f"it stands after {before}; a pattern's dates are in order, each one once"
            yield about.error(name, after, hint)
    for day in pattern:
        if not problem.first_day <= day <= problem.last_day:
            hint = f"the cycle is {problem.first_day} to {problem.last_day}"
            yield about.error(name, day, hint)
