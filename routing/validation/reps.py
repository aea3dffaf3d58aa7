"""Reps and their working days: in order, inside the cycle, with a lunch that fits the day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from routing.problem import QUICKEST_PERCENT, SLOWEST_PERCENT, Problem, Rep, WorkDay
from routing.validation.error import About, ProblemError, doubled
from routing.validation.places import row_errors


def reps_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """Every rep has a known transport, sensible limits and sound working days."""
    yield from doubled("rep", (rep.id for rep in problem.reps))
    for rep in problem.reps:
        about = About(kind="rep", object_id=rep.id)
        if rep.transport not in problem.travel_s or rep.transport not in problem.travel_m:
            known = ", ".join(sorted(problem.travel_s)) or "none"
            yield about.error("transport", rep.transport, f"there are matrices for: {known}")
        for field in ("max_visits_a_day", "max_driving_s_a_day", "max_load"):
            value = getattr(rep, field)
            if value is not None and value < 0:
                yield about.error(field, value, "it cannot be negative; None means no limit")
        if rep.cents_per_km < 0:
            yield about.error("cents_per_km", rep.cents_per_km, "it cannot be negative")
        yield from _order(about, rep)
        for day in rep.workdays:
            yield from _workday(problem, rep, day)


def _order(about: About, rep: Rep) -> Iterator[ProblemError]:
    for before, after in pairwise(rep.workdays):
        if before.date == after.date:
            yield about.error("workdays", after.date, "the day is named twice")
        elif before.date > after.date:
            yield about.error("workdays", after.date, f"it stands after {before.date}; sort them")


def _workday(problem: Problem, rep: Rep, day: WorkDay) -> Iterator[ProblemError]:
    about = About(kind="workday", object_id=f"{rep.id} {day.date}", day_s=problem.day_s)
    if not problem.first_day <= day.date <= problem.last_day:
        hint = f"the cycle is {problem.first_day} to {problem.last_day}"
        yield about.error("date", day.date, hint)
    yield from about.interval(("begin_s", "end_s"), day.begin_s, day.end_s)
    yield from row_errors(problem, about, "start", day.start)
    yield from row_errors(problem, about, "end", day.end)
    if day.max_duration_s is not None and day.max_duration_s <= 0:
        hint = "seconds, more than none; None lets the rep be out as long as the day"
        yield about.error("max_duration_s", day.max_duration_s, hint)
    if day.lunch is not None:
        yield from _lunch(about, day)
    yield from _peaks(about, day)


def _peaks(about: About, day: WorkDay) -> Iterator[ProblemError]:
    for number, peak in enumerate(day.peaks):
        of = f"peaks[{number}]."
        yield from about.interval(("from_s", "to_s"), peak.from_s, peak.to_s, of)
        if not QUICKEST_PERCENT <= peak.percent <= SLOWEST_PERCENT:
            hint = (
                f"{QUICKEST_PERCENT} to {SLOWEST_PERCENT} hundredths of the ordinary time; 100 is "
                "as long as ever"
            )
            yield about.error(f"{of}percent", peak.percent, hint)
    for number, (before, after) in enumerate(pairwise(day.peaks), start=1):
        if after.from_s < before.to_s:
            hint = f"the one before lasts until {before.to_s}; sort them, none overlaps another"
            yield about.error(f"peaks[{number}].from_s", after.from_s, hint)


def _lunch(about: About, day: WorkDay) -> Iterator[ProblemError]:
    lunch = day.lunch
    assert lunch is not None
    if not 0 < lunch.duration_s <= about.day_s:
        hint = "seconds, more than none; a day without a break has no lunch at all"
        yield about.error("lunch.duration_s", lunch.duration_s, hint)
    if lunch.earliest_s > lunch.latest_s:
        hint = f"it must not be after latest_s, which is {lunch.latest_s}; were they swapped?"
        yield about.error("lunch.earliest_s", lunch.earliest_s, hint)
        return
    first = max(lunch.earliest_s, day.begin_s)
    if first > lunch.latest_s or first + lunch.duration_s > day.end_s:
        hint = f"no such break fits into working hours from {day.begin_s} to {day.end_s}"
        yield about.error("lunch.earliest_s", lunch.earliest_s, hint)
