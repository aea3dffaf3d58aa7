"""The drawing board: territories to be drawn anew, with what each customer weighs, so that hours
and sales can be told while a border moves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, col

from crm.database import Database
from crm.models import Customer, Rep, Territory
from crm.rules.access import Asker
from crm.rules.leave import Absence
from crm.store.analysis import sales
from crm.store.analysis.region_years import years_with_sales
from crm.store.days import leave
from crm.store.people import organisation
from crm.store.plans import plans
from crm.store.plans.plans import RepFacts
from crm.store.territories import territories
from crm.vocabulary import PlaceOrigin
from field_api.services.planning.cycle import last_day_of
from field_api.services.planning.problem import STRAIGHT, problem_of, visits_due
from field_api.services.territories.editing import edited_of
from field_api.settings import Settings
from maps.draw import editor
from routing.hours import nth_nearest_s
from routing.problem import NO_WAY, Place
from routing.problem import Rep as PlannedRep

WEEKS = 4
WEEK_DAYS = 7
DECIMALS = 6  # of a degree: a decimetre


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What a customer weighs in the cycle: visits, seconds for them and the ways there."""

    visits: int
    needed_s: int


def board(database: Database, settings: Settings, asker: Asker, *, today: date) -> dict[str, Any]:
    """What the asker may draw, as JSON: `territories` with rings (lat, lon), `reps` with the
    seconds they have and need for the ways from and to home, `customers` as rows of code, name,
    lat, lon, grade, visits, seconds needed, sales in cents. Of the four weeks from next Monday;
    ways are straight-line estimates, as *hours before routes* reckons them."""
    first_day = today + timedelta(days=WEEK_DAYS - today.weekday())
    last_day = last_day_of(first_day, WEEKS)
    with database.reading() as session:
        own = territories.territories_of(session, asker)
        reps = [rep for rep in organisation.reps_of(session, asker) if rep.active]
        districts = organisation.districts_of(session, asker)
        year = years_with_sales(session, asker)
        facts = _facts(session, asker, reps, first_day)
        planned = {
            rep.code: _planned(facts, rep, absent, first_day, last_day, settings.country)
            for rep, absent in _absences(session, asker, reps, first_day)
        }
        weights, home_s = _weights(facts, own, reps, planned, first_day, last_day)
        bought = sales.of_all(session, asker, year[1]) if year else {}
        return {
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat(),
            "sales_year": year[1] if year else None,
            "territories": [
                editor.rings_of(one) for one in edited_of(session, asker, own, districts)
            ],
            "districts": [{"code": one.code, "name": one.name} for one in districts],
            "reps": [
                {
                    "code": rep.code,
                    "name": rep.name,
                    "district": _code_of(districts, rep.district_id),
                    "available_s": _available_s(planned[rep.code]),
                    "home_s": home_s.get(rep.code, 0),
                }
                for rep in reps
            ],
            "customers": [_row(one, weights, bought) for one in facts.customers if _is_placed(one)],
        }


def _code_of(districts: Sequence[Any], id_: int) -> str | None:
    return next((one.code for one in districts if one.id == id_), None)


def _is_placed(customer: Customer) -> bool:
    return customer.place_origin is not PlaceOrigin.MISSING


def _row(
    customer: Customer, weights: Mapping[str, Weights], bought: Mapping[int, int]
) -> list[Any]:
    own = weights.get(customer.code, Weights(visits=0, needed_s=0))
    return [
        customer.code,
        customer.name,
        round(customer.lat, DECIMALS),
        round(customer.lon, DECIMALS),
        customer.grade.value if customer.grade else None,
        own.visits,
        own.needed_s,
        bought.get(customer.id or 0, 0),
    ]


def _facts(session: Session, asker: Asker, reps: Sequence[Rep], first_day: date) -> RepFacts:
    """Everybody's facts at once, as if one rep had them all."""
    anybody = reps[0] if reps else Rep(
        code="", name="", district_id=0, start_lat=0, start_lon=0, end_lat=0, end_lon=0
    )  # fmt: skip
    everywhere = col(Territory.id).is_not(None)
    return plans.facts_within(session, asker, anybody, everywhere, before=first_day)


def _absences(
    session: Session, asker: Asker, reps: Iterable[Rep], since: date
) -> list[tuple[Rep, tuple[Absence, ...]]]:
    found: dict[str, list[Absence]] = defaultdict(list)
    for rep, row in leave.listed(session, asker, since):
        found[rep.code].append(
            Absence(first_day=row.first_day, last_day=row.last_day, part=row.part)
        )
    return [(rep, tuple(found[rep.code])) for rep in reps]


def _planned(
    facts: RepFacts,
    rep: Rep,
    absences: tuple[Absence, ...],
    first_day: date,
    last_day: date,
    country: str,
) -> PlannedRep:
    """A rep's working days, as they would be planned."""
    own = replace(facts, rep=rep, customers=(), absences=absences)
    problem = problem_of(own, (), first_day=first_day, last_day=last_day, country=country)
    return problem.reps[0]


def _available_s(rep: PlannedRep) -> int:
    lunches_s = sum(day.lunch.duration_s for day in rep.workdays if day.lunch)
    return sum(day.end_s - day.begin_s for day in rep.workdays) - lunches_s


def _weights(
    facts: RepFacts,
    own: Sequence[Territory],
    reps: Sequence[Rep],
    planned: Mapping[str, PlannedRep],
    first_day: date,
    last_day: date,
) -> tuple[dict[str, Weights], dict[str, int]]:
    """What each customer weighs with who has it today, and each rep's ways from and to home."""
    visits, _ = visits_due(facts, first_day, last_day)
    service_s: dict[str, list[int]] = defaultdict(list)
    for visit in visits:
        service_s[visit.customer_id].append(visit.service_s)
    rep_of = {one.id: one.rep_id for one in own}
    theirs: dict[int | None, list[Customer]] = defaultdict(list)
    for customer in facts.customers:
        if customer.code in service_s and _is_placed(customer):
            theirs[rep_of.get(customer.territory_id)].append(customer)
    by_id = {rep.id: rep for rep in reps}
    weights: dict[str, Weights] = {}
    home_s: dict[str, int] = {}
    for rep_id, found in theirs.items():
        rep = by_id.get(rep_id)
        legs_s, ways_s = _ways(rep or (reps[0] if reps else None), found, planned)
        if rep is not None:
            home_s[rep.code] = len(planned[rep.code].workdays) * ways_s
        for customer, leg_s in zip(found, legs_s, strict=True):
            each = service_s[customer.code]
            weights[customer.code] = Weights(
                visits=len(each), needed_s=sum(each) + leg_s * len(each)
            )
    return weights, home_s


def _ways(
    rep: Rep | None, found: Sequence[Customer], planned: Mapping[str, PlannedRep]
) -> tuple[list[int], int]:
    """Seconds to each of these from the stop before, and a day's from and to home."""
    if rep is None:
        return [0] * len(found), 0
    ends = [
        Place(id="start", lat=rep.start_lat, lon=rep.start_lon),
        Place(id="end", lat=rep.end_lat, lon=rep.end_lon),
    ]
    places = [*ends, *(Place(id=one.code, lat=one.lat, lon=one.lon) for one in found)]
    seconds, _ = STRAIGHT.matrices(tuple(places), rep.transport)
    legs_s = nth_nearest_s(seconds[2:, 2:], len(planned[rep.code].workdays))
    homes = seconds[0, 2:] + seconds[2:, 1]
    nearest = homes[homes < NO_WAY]
    return [int(leg) for leg in legs_s], int(np.min(nearest, initial=NO_WAY)) if len(nearest) else 0
