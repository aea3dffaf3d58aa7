"""营业时间 over a cycle: the hours of a week, and the dates on which not all of them hold."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from crm.models import Customer
from crm.rules.opening_hours import UnreadableOpeningHours, weekly_hours
from crm.rules.times_of_day import DAY_S
from routing.problem import OpenHours, UnfitTime

Interval = tuple[int, int]
WHOLE_DAY: Interval = (0, DAY_S)
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Opening:
    """As a `Customer` of the planner has it. `hours` None: always open."""

    hours: tuple[OpenHours, ...] | None = None
    closed: frozenset[date] = frozenset()
    shorter: tuple[UnfitTime, ...] = field(default=())  # parts of `hours` that one date lacks


def opening_of(
    customer: Customer,
    first_day: date,
    last_day: date,
    booked: Collection[date] = (),
    made_up: Collection[date] = (),
) -> Opening:
    """The hours that hold in any week of the cycle, less what seasons and single dates take.

    Hours that cannot be read count as always open. On `booked` dates an appointment was agreed,
    which needs no opening hours. On `made_up` workdays (调休) who is closed at weekends works as on
    the Friday before.
    """
    try:
        by_date = _by_date(customer.opening_hours, first_day, last_day)
        by_date |= _made_up(customer.opening_hours, by_date, made_up)
    except UnreadableOpeningHours:
        return Opening()
    if all(intervals == [WHOLE_DAY] for intervals in by_date.values()):
        return Opening()
    widest: dict[int, list[Interval]] = {weekday: [] for weekday in range(7)}
    for day, intervals in by_date.items():
        widest[day.weekday()] = _joined(widest[day.weekday()] + intervals)
    closed, shorter = set(), []
    for day, intervals in by_date.items():
        if day in booked:
            continue
        if not intervals and widest[day.weekday()]:
            closed.add(day)
            continue
        shorter += [
            UnfitTime(from_s=from_s, to_s=to_s, date=day)
            for from_s, to_s in _less(widest[day.weekday()], intervals)
        ]
    return Opening(
        hours=tuple(
            OpenHours(weekday=weekday, from_s=from_s, to_s=to_s)
            for weekday, intervals in widest.items()
            for from_s, to_s in intervals
        ),
        closed=frozenset(closed),
        shorter=tuple(shorter),
    )


def _by_date(text: str, first_day: date, last_day: date) -> dict[date, list[Interval]]:
    """The open intervals of each day of the cycle, joined and in order."""
    found: dict[date, list[Interval]] = {}
    for offset in range(0, (last_day - first_day).days + 1, 7):
        start = first_day + timedelta(days=offset)
        hours = weekly_hours(text, start)
        for day in (start + timedelta(days=n) for n in range(7)):
            if day > last_day:
                break
            own = [(a, b) for weekday, a, b in hours or () if weekday == day.weekday()]
            found[day] = [WHOLE_DAY] if hours is None else _joined(own)
    return found


def _made_up(
    text: str, by_date: dict[date, list[Interval]], made_up: Collection[date]
) -> dict[date, list[Interval]]:
    """The hours of the days at a weekend that are worked and would be closed."""
    found = {}
    for day in made_up:
        if by_date.get(day) == [] and day.weekday() >= SATURDAY:
            friday = day - timedelta(days=day.weekday() - SATURDAY + 1)
            found[day] = _by_date(text, friday, friday)[friday]
    return found


def _joined(intervals: list[Interval]) -> list[Interval]:
    """In order; those that touch or overlap are one."""
    joined: list[Interval] = []
    for from_s, to_s in sorted(intervals):
        if joined and from_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], to_s))
        else:
            joined.append((from_s, to_s))
    return joined


def _less(intervals: list[Interval], taken: list[Interval]) -> list[Interval]:
    """What of the intervals lies outside those taken; both joined and in order."""
    rest = []
    for begin_s, end_s in intervals:
        from_s = begin_s
        for taken_from_s, taken_to_s in taken:
            if taken_to_s <= from_s or taken_from_s >= end_s:
                continue
            if taken_from_s > from_s:
                rest.append((from_s, taken_from_s))
            from_s = taken_to_s
        if from_s < end_s:
            rest.append((from_s, end_s))
    return rest
