"""Tiny problems and plans in a notation that a person can check by hand.

`a_problem(shop("bakery", minutes=30, grade="A"), days=[MON])` is one rep who leaves home at
08:00, is back by 17:30 and drives ten minutes between any two places, unless told otherwise.
`a_plan(problem, {MON: "bakery 09:00, lunch 12:00"})` is the day at these hours with arrivals,
legs and return worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from routing.fingerprint import fingerprint
from routing.plan import DayRoute, Plan, Stop, Unserved
from routing.problem import (
    Commitment,
    Customer,
    Lunch,
    OpenHours,
    Place,
    Problem,
    PublishedStop,
    Rep,
    UnfitTime,
    Visit,
    WorkDay,
)
from routing.reasons import ReasonCode

MON = date(2026, 11, 30)
TUE, WED, THU, FRI, SAT, SUN = (MON + timedelta(days=n) for n in range(1, 7))
NEXT_MON = MON + timedelta(days=7)
WEEK = (MON, TUE, WED, THU, FRI)
LAST_FRI = MON - timedelta(days=3)
METRES_A_SECOND = 12


def at(clock: str) -> int:
    """Seconds after midnight of `09:30` or `09:30:01`."""
    parts = [int(part) for part in clock.split(":")]
    return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def span(hours: str) -> tuple[int, int]:
    """`09:00-12:00` in seconds."""
    begin, end = hours.split("-")
    return at(begin), at(end)


def opens(*hours: str) -> tuple[OpenHours, ...]:
    """The same opening hours on each day of the week."""
    return tuple(
        OpenHours(weekday=weekday, from_s=span(text)[0], to_s=span(text)[1])
        for weekday in range(7)
        for text in hours
    )


def unfit(hours: str, on: date | int) -> UnfitTime:
    """An unfit time on a weekday (Monday is 0) or on one date."""
    from_s, to_s = span(hours)
    if isinstance(on, date):
        return UnfitTime(from_s=from_s, to_s=to_s, date=on)
    return UnfitTime(from_s=from_s, to_s=to_s, weekday=on)


def lunch(window: str = "11:30-13:30", minutes: int = 45) -> Lunch:
    earliest_s, latest_s = span(window)
    return Lunch(earliest_s=earliest_s, latest_s=latest_s, duration_s=minutes * 60)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A visit before it belongs to a customer. `between` None is the whole cycle; `joins` is the
    number of the customer's visit that it accompanies."""

    service_s: int
    between: tuple[date, date] | None = None
    commitment: Commitment | None = None
    pinned: date | None = None
    rep: str | None = None
    load: int = 0
    joins: int | None = None


def due(
    minutes: float = 30,
    between: tuple[date, date] | None = None,
    *,
    on: date | None = None,
    appointment: str | None = None,
    promise: bool = False,
    **fields,
) -> Due:
    """A visit; `on` a single date, `appointment` at this time, or a `promise`. The other fields
    are those of `Due`."""
    commitment = None
    if appointment is not None:
        commitment = Commitment(kind="appointment", id="agreed", begin_s=at(appointment))
    elif promise:
        commitment = Commitment(kind="promise", id="promised")
    between = (on, on) if on else between
    return Due(service_s=int(minutes * 60), between=between, commitment=commitment, **fields)


@dataclass(frozen=True)
class Shop:
    """A customer and its visits before they belong to a problem."""

    name: str
    visits: tuple[Due, ...]
    fields: dict = field(default_factory=dict)


def shop(name: str, *visits: Due, grade: str = "C", **fields) -> Shop:
    """A customer; with no visit named, one of thirty minutes at any time of the cycle."""
    return Shop(name, visits or (due(),), {"grade": grade, **fields})


def a_workday(
    day: date, hours: str = "08:00-17:30", rest: Lunch | None = None, out: str | None = None
) -> WorkDay:
    """A day from home to home; `out` is the longest time away, like `02:30`."""
    begin_s, end_s = span(hours)
    max_duration_s = None if out is None else at(out)
    return WorkDay(
        date=day,
        begin_s=begin_s,
        end_s=end_s,
        start=0,
        end=0,
        lunch=rest,
        max_duration_s=max_duration_s,
    )


def the_visits(item: Shop, first_day: date, last_day: date) -> list[Visit]:
    """The shop's visits, numbered without those that accompany another. `mill1` and `mill2`, or
    `mill` where there is one; who accompanies it makes `mill+boss`."""
    own = [planned for planned in item.visits if planned.joins is None]
    visits, number = [], 0
    for planned in item.visits:
        number += planned.joins is None
        joined = None
        earliest, latest = planned.between or (first_day, last_day)
        visit_id = item.name if len(own) == 1 else f"{item.name}{planned.joins or number}"
        if planned.joins is not None:
            joined, visit_id = visit_id, f"{visit_id}+{planned.rep}"
        visits.append(
            Visit(
                id=visit_id,
                customer_id=item.name,
                number=planned.joins or number,
                service_s=planned.service_s,
                earliest=earliest,
                latest=latest,
                ideal=earliest,
                purpose="sales call",
                commitment=planned.commitment,
                pinned=planned.pinned,
                pinned_rep_id=planned.rep,
                load=planned.load,
                accompanies=joined,
            )
        )
    return visits


def a_problem(
    *shops: Shop,
    days: Sequence[date] = WEEK,
    hours: str = "08:00-17:30",
    rest: Lunch | None = None,
    out: str | None = None,
    drives: Mapping[tuple[str, str], int] | None = None,
    reps: Sequence[str] = ("rep",),
    published: Sequence[PublishedStop] = (),
    **rep_fields,
) -> Problem:
    """One or more reps from one home. `drives` gives minutes from one place to another where
    they are not ten; a pair named once holds both ways."""
    names = ["home", *(item.name for item in shops)]
    seconds = np.full((len(names), len(names)), 600, dtype=np.int32)
    np.fill_diagonal(seconds, 0)
    drives = drives or {}
    for (here, there), minutes in drives.items():
        seconds[names.index(here), names.index(there)] = minutes * 60
        if (there, here) not in drives:
            seconds[names.index(there), names.index(here)] = minutes * 60
    first_day, last_day = min(days), max(days)
    customers: list[Customer] = []
    visits: list[Visit] = []
    for row, item in enumerate(shops, start=1):
        fields = {"rep_ids": frozenset(reps), **item.fields}
        customers.append(Customer(id=item.name, place=row, **fields))
        visits += the_visits(item, first_day, last_day)
    return Problem(
        id="tiny",
        first_day=first_day,
        last_day=last_day,
        places=tuple(Place(id=name, lat=36.0, lon=14.0) for name in names),
        reps=tuple(
            Rep(
                id=rep,
                transport="car",
                workdays=tuple(a_workday(day, hours, rest, out) for day in sorted(days)),
                **rep_fields,
            )
            for rep in reps
        ),
        customers=tuple(customers),
        visits=tuple(visits),
        travel_s={"car": seconds},
        travel_m={"car": seconds * METRES_A_SECOND},
        travel_source="by hand",
        published=tuple(published),
    )


def a_route(problem: Problem, day: date, text: str, rep: str = "rep") -> DayRoute:
    """A day like `leave 08:00, bakery 09:00, lunch 12:00, cafe 13:00`; without `leave` the rep
    leaves just in time for the first visit. Unknown names drive from and to home."""
    times = dict(part.split() for part in text.split(", ")) if text else {}
    begins = {name: at(clock) for name, clock in times.items()}
    leave_s, lunch_s = begins.pop("leave", None), begins.pop("lunch", None)
    workday = next((w for r in problem.reps for w in r.workdays if r.id == rep), None)
    rest_s = workday.lunch.duration_s if workday and workday.lunch else 0
    visits = {visit.id: visit for visit in problem.visits}
    places = {customer.id: customer.place for customer in problem.customers}
    matrix = problem.travel_s["car"]

    def arrival(free_s: int, travel_s: int, busy_s: int | None) -> int:
        """The drive pauses for a lunch that begins before it is over, if there is room."""
        straight = free_s + travel_s
        if lunch_s is None or not free_s <= lunch_s < straight:
            return straight
        room = busy_s is None or straight + rest_s <= busy_s
        return straight + rest_s if room else straight

    here, stops = 0, []
    for name, begin_s in begins.items():
        visit = visits.get(name)
        there = places[visit.customer_id] if visit else 0
        travel_s = int(matrix[here, there])
        if leave_s is None:
            leave_s = begin_s - travel_s
        free_s = stops[-1].end_s if stops else leave_s
        stops.append(
            Stop(
                visit_id=name,
                customer_id=visit.customer_id if visit else name,
                arrive_s=arrival(free_s, travel_s, begin_s),
                begin_s=begin_s,
                end_s=begin_s + (visit.service_s if visit else 60),
                travel_s=travel_s,
                travel_m=travel_s * METRES_A_SECOND,
                purpose="sales call",
            )
        )
        here = there
    leave_s = at("08:00") if leave_s is None else leave_s
    back_s = int(matrix[here, 0])
    return DayRoute(
        rep_id=rep,
        date=day,
        leave_s=leave_s,
        return_s=arrival(stops[-1].end_s if stops else leave_s, back_s, None),
        stops=tuple(stops),
        travel_back_s=back_s,
        travel_back_m=back_s * METRES_A_SECOND,
        lunch_begin_s=lunch_s,
    )


def a_plan(
    problem: Problem,
    days: Mapping[date, str],
    unserved: Mapping[str, ReasonCode] | None = None,
    rep: str = "rep",
    also: Sequence[DayRoute] = (),
) -> Plan:
    """The days of one rep, `also` other reps' days, and the visits that found no place."""
    customer_of = {visit.id: visit.customer_id for visit in problem.visits}
    return Plan(
        problem_id=problem.id,
        fingerprint=fingerprint(problem),
        seed=1,
        work=1,
        routes=(*(a_route(problem, day, text, rep) for day, text in days.items()), *also),
        unserved=tuple(
            Unserved(visit_id=visit, customer_id=customer_of.get(visit, "?"), code=code, rule="")
            for visit, code in (unserved or {}).items()
        ),
        travel_source=problem.travel_source,
    )


def with_stop(plan: Plan, visit: str, **changes) -> Plan:
    """The plan with one stop changed and nothing else worked out anew."""
    return replace(
        plan,
        routes=tuple(
            replace(
                route,
                stops=tuple(
                    replace(stop, **changes) if stop.visit_id == visit else stop
                    for stop in route.stops
                ),
            )
            for route in plan.routes
        ),
    )


def with_route(plan: Plan, day: date, **changes) -> Plan:
    """The plan with one day's own numbers changed."""
    return replace(
        plan,
        routes=tuple(
            replace(route, **changes) if route.date == day else route for route in plan.routes
        ),
    )
