"""Numbers: every one a whole number that 32 bits hold, whatever it counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from numbers import Integral
from typing import Any, get_type_hints

from routing.problem import Problem
from routing.validation.error import About, ProblemError

MOST = 2**31 - 1


def numbers_are_whole(problem: Problem) -> Iterator[ProblemError]:
    """No fraction, infinity, text or None where the problem counts; the checks of what the
    numbers mean can then compare them."""
    for about, of, part in _parts(problem):
        for name, may_be_none in _counted(part.__class__):
            value = getattr(part, name)
            if value is None and may_be_none:
                continue
            if not isinstance(value, Integral):
                yield about.error(of + name, value, "a whole number is asked for; round it")
            elif not -MOST <= int(value) <= MOST:
                hint = f"at most {MOST} can be reckoned with; is the unit right?"
                yield about.error(of + name, value, hint)


def _parts(problem: Problem) -> Iterator[tuple[About, str, Any]]:
    """Every object that holds numbers, with its owner and the prefix of its fields there."""
    yield About(kind="problem", object_id=problem.id), "", problem
    for rep in problem.reps:
        yield About(kind="rep", object_id=rep.id), "", rep
        for day in rep.workdays:
            about = About(kind="workday", object_id=f"{rep.id} {day.date}")
            yield about, "", day
            if day.lunch is not None:
                yield about, "lunch.", day.lunch
            for number, peak in enumerate(day.peaks):
                yield about, f"peaks[{number}].", peak
    for customer in problem.customers:
        about = About(kind="customer", object_id=customer.id)
        yield about, "", customer
        for number, hours in enumerate(customer.open_hours or ()):
            yield about, f"open_hours[{number}].", hours
        for number, unfit in enumerate(customer.unfit_times):
            yield about, f"unfit_times[{number}].", unfit
    for visit in problem.visits:
        about = About(kind="visit", object_id=visit.id)
        yield about, "", visit
        if visit.commitment is not None:
            yield about, "commitment.", visit.commitment
    for stop in problem.published:
        yield About(kind="published stop", object_id=stop.visit_id), "", stop


@cache
def _counted(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a dataclass that count, and whether None is one of their values."""
    hints = get_type_hints(kind).items()
    return tuple((name, hint is not int) for name, hint in hints if hint in (int, int | None))
