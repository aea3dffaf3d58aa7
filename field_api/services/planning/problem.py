"""A rep's facts as a `Problem`: the one translation from what is known to what is planned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from crm.errors import Refused
from crm.models import Customer, Rep, UnfitTime
from crm.rules.cadence import gap_limits
from crm.rules.calendar import (
    SpecialDay,
    country_code,
    guessed_years,
    special_days,
    working_days,
)
from crm.rules.leave import Hours, hours_left, parts_off
from crm.rules.peak_hours import on_weekday
from crm.store.plans.plans import RepFacts
from crm.text import N_
from crm.vocabulary import Grade, Transport
from field_api.services.planning import visits as due
from field_api.services.planning.opening import Opening, opening_of
from field_api.services.plans.notes import GUESSED_CALENDAR, PEAK_HOURS, Note
from routing import problem as planned
from routing.problem import NO_WAY, Lunch, Matrix, Place, Problem, Visit, WorkDay
from routing.travel.interface import TravelTimes
from routing.travel.straight_line import StraightLine

STRAIGHT = StraightLine()
IN_TRAFFIC = frozenset({Transport.CAR})


class CutOff(Refused):
    """A rep can drive to nobody."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A problem to be planned, with what to tell people about it; customer ids by code."""

    rep: Rep
    problem: Problem
    customer_ids: Mapping[str, int]
    notes: tuple[Note, ...] = ()


def cycle_task(
    facts: RepFacts,
    *,
    first_day: date,
    last_day: date,
    country: str,
    travel: TravelTimes = STRAIGHT,
) -> Task:
    """The problem of a rep's cycle: only customers with a visit due are in it."""
    visits, notes = visits_due(facts, first_day, last_day)
    return Task(
        rep=facts.rep,
        problem=problem_of(
            facts, visits, first_day=first_day, last_day=last_day, country=country, travel=travel
        ),
        customer_ids=ids_of(facts),
        notes=(*notes, *_guessed(facts, first_day, last_day, country), *_at_peaks(facts)),
    )


def visits_due(facts: RepFacts, first_day: date, last_day: date) -> tuple[list[Visit], list[Note]]:
    """The visits of a cycle by interval, appointments and promises, with what to tell of them."""
    visits: list[Visit] = []
    notes: list[Note] = []
    for customer in facts.customers:
        key = customer.id or 0
        own = due.due_at(
            customer,
            facts.appointments.get(key, ()),
            facts.last_visits.get(key),
            first_day,
            last_day,
        )
        own, told = due.with_promises(
            customer, own, facts.promises.get(key, ()), first_day, last_day
        )
        visits += own
        notes += told
    return visits, notes


def _guessed(facts: RepFacts, first_day: date, last_day: date, country: str) -> Iterator[Note]:
    """A note on each year in the cycle whose working days nobody can know yet."""
    own = facts.rep.country or country
    years = range(first_day.year, last_day.year + 1)
    begin, end = date(first_day.year, 1, 1), date(last_day.year, 12, 31)
    for year in guessed_years(calendar_of(facts, begin, end, country).values(), own, years):
        yield Note(text=GUESSED_CALENDAR, params={"country": own, "year": year})


def _at_peaks(facts: RepFacts) -> Iterator[Note]:
    """A note on the peak hours that legs are reckoned with."""
    if facts.peaks and facts.rep.transport in IN_TRAFFIC:
        hours = "; ".join(peak.in_words for peak in sorted(facts.peaks))
        yield Note(text=PEAK_HOURS, params={"hours": hours})


def ids_of(facts: RepFacts) -> dict[str, int]:
    """Customer ids by code."""
    return {customer.code: customer.id or 0 for customer in facts.customers}


def problem_of(
    facts: RepFacts,
    visits: Sequence[Visit],
    *,
    first_day: date,
    last_day: date,
    country: str,
    published: Sequence[planned.PublishedStop] = (),
    travel: TravelTimes = STRAIGHT,
) -> Problem:
    """The problem with these visits, their customers and the rep's working days in it.

    Raises `Refused` where a routing engine cannot be used, or no way leads from the rep's start.
    """
    named = {visit.customer_id for visit in visits}
    customers = [customer for customer in facts.customers if customer.code in named]
    rep, ends = facts.rep, _ends(facts.rep)
    places = ends + tuple(Place(id=c.code, lat=c.lat, lon=c.lon) for c in customers)
    source = travel.source
    special = calendar_of(facts, first_day, last_day, country)
    seconds, metres = travel.matrices(places, rep.transport)
    if customers:
        _refuse_cut_off(rep, seconds, len(ends))
    return Problem(
        id=f"{rep.code}/{first_day.isoformat()}/{last_day.isoformat()}",
        first_day=first_day,
        last_day=last_day,
        places=places,
        reps=(_rep(facts, len(ends) - 1, first_day, last_day, country),),
        customers=tuple(
            planned_customer(
                customer,
                place,
                rep,
                facts.unfit_times.get(customer.id or 0, ()),
                facts.last_visits.get(customer.id or 0),
                opening_of(
                    customer,
                    first_day,
                    last_day,
                    {a.date for a in facts.appointments.get(customer.id or 0, ())},
                    {day for day, one in special.items() if one.is_workday},
                ),
            )
            for place, customer in enumerate(customers, start=len(ends))
        ),
        visits=tuple(visits),
        travel_s={rep.transport: seconds},
        travel_m={rep.transport: metres},
        travel_source=source,
        published=tuple(published),
    )


def _refuse_cut_off(rep: Rep, seconds: Matrix, ends: int) -> None:
    """One customer without a road is left out with a reason; all of them are the rep's."""
    there, back = seconds[0, ends:], seconds[ends:, ends - 1]
    if (np.maximum(there, back) >= NO_WAY).all():
        raise CutOff(
            N_(
                "No road leads from the starting point of rep {code} ({lat}, {lon}) to any of the "
                "{count} customers and back; check where it lies, and which area the roads cover."
            ),
            code=rep.code,
            lat=rep.start_lat,
            lon=rep.start_lon,
            count=len(there),
        )


def _ends(rep: Rep) -> tuple[Place, ...]:
    start = Place(id=f"{rep.code}:start", lat=rep.start_lat, lon=rep.start_lon)
    if (rep.start_lat, rep.start_lon) == (rep.end_lat, rep.end_lon):
        return (start,)
    return (start, Place(id=f"{rep.code}:end", lat=rep.end_lat, lon=rep.end_lon))


def _rep(facts: RepFacts, end: int, first_day: date, last_day: date, country: str) -> planned.Rep:
    rep = facts.rep
    special = calendar_of(facts, first_day, last_day, country)
    days = working_days(
        first_day,
        last_day,
        weekdays=rep.work_weekdays,
        holidays={day for day, one in special.items() if not one.is_workday},
        made_up={day for day, one in special.items() if one.is_workday},
    )
    return planned.Rep(
        id=rep.code,
        transport=rep.transport,
        workdays=tuple(_workdays(facts, days, end)),
        max_visits_a_day=rep.max_visits_a_day,
    )


def calendar_of(
    facts: RepFacts, first_day: date, last_day: date, country: str
) -> dict[date, SpecialDay]:
    """The days of a period that are not like their weekday where the rep works; `country` is that
    of reps who name none."""
    own = facts.rep.country or country
    if not own:
        return {}
    return special_days(own, first_day, last_day, facts.own_days.get(country_code(own), ()))


def _workdays(facts: RepFacts, days: Sequence[date], end: int) -> Iterator[WorkDay]:
    """The working days, less the rep's leave; of half a day there is no lunch."""
    rep = facts.rep
    lunch = Lunch(
        earliest_s=rep.lunch_earliest_s,
        latest_s=rep.lunch_latest_s,
        duration_s=rep.lunch_duration_s,
    )
    hours = Hours(
        begin_s=rep.day_begin_s,
        end_s=rep.day_end_s,
        lunch_earliest_s=rep.lunch_earliest_s,
        lunch_s=rep.lunch_duration_s,
    )
    for day in days:
        off = parts_off(facts.absences, day)
        left = hours_left(hours, off)
        if left is None:
            continue
        begin_s, end_s = left
        yield WorkDay(
            date=day,
            begin_s=begin_s,
            end_s=end_s,
            start=0,
            end=end,
            lunch=lunch if rep.lunch_duration_s and not off else None,
            peaks=_peaks(facts, day),
        )


def _peaks(facts: RepFacts, day: date) -> tuple[planned.Peak, ...]:
    """The peak hours of a day for reps who drive; who walks or cycles passes the queue."""
    if facts.rep.transport not in IN_TRAFFIC:
        return ()
    return tuple(
        planned.Peak(from_s=peak.from_s, to_s=peak.to_s, percent=peak.percent)
        for peak in on_weekday(facts.peaks, day.weekday())
    )


def planned_customer(
    customer: Customer,
    place: int,
    rep: Rep,
    unfit_times: Sequence[UnfitTime],
    last_visit: date | None,
    opening: Opening,
) -> planned.Customer:
    """A customer as the planner knows one; `place` is the row of the matrices."""
    least, most = gap_limits(due.interval_of(customer))
    return planned.Customer(
        id=customer.code,
        name=customer.name,
        place=place,
        grade=(customer.grade or Grade.E).value,
        rep_ids=frozenset({rep.code}),
        status=customer.status.value,
        open_hours=opening.hours,
        closed_dates=opening.closed,
        unfit_times=(
            *(
                planned.UnfitTime(from_s=u.from_s, to_s=u.to_s, weekday=u.weekday, date=u.date)
                for u in unfit_times
            ),
            *opening.shorter,
        ),
        min_gap_days=least,
        max_gap_days=most,
        last_visit=last_visit,
    )
