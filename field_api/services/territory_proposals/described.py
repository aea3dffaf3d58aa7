"""A district as the planner divides it, out of what is known: the one translation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from sqlmodel import Session, col

from crm.errors import Refused
from crm.models import Rep, Territory
from crm.rules.access import Asker
from crm.rules.boundaries import Shape, merged, read_shape
from crm.store.people import organisation
from crm.store.people.people import RepNotFound
from crm.store.plans import plans
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import CODES
from field_api.services.planning.problem import STRAIGHT, problem_of, visits_due
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from field_api.services.territory_proposals.question import Question
from routing.territories import (
    District,
    Obstacle,
    TerritoryCustomer,
    TerritoryRep,
    UnusableDistrict,
    district_of,
)
from routing.travel.interface import TravelTimes

CLOSED_GAP_DEGREES = 1e-6  # a decimetre between territories is no gap in the ground


class UnknownFixed(Refused):
    """A customer who is to keep the rep is not in the district."""

    def __init__(self, code: str, district: str) -> None:
        super().__init__(
            N_("There is no active customer {code} in the territories of district {district}."),
            code=code,
            district=district,
        )


CODES |= {UnknownFixed: (422, "unknown_customer")}


@dataclass(frozen=True, kw_only=True)
class Described:
    """The district to be divided, with what its parts are called: today's territories in order
    of code, and names of reps and customers by code."""

    district: District
    territories: tuple[Territory, ...]
    shapes: tuple[Shape, ...]
    rep_names: dict[str, str]
    rep_codes: dict[int | None, str]
    customer_names: dict[str, str]

    def territory_of(self, rep_code: str) -> Territory | None:
        """The first territory that a rep has today."""
        own = (t for t in self.territories if self.rep_codes.get(t.rep_id) == rep_code)
        return next(own, None)


def described(session: Session, asker: Asker, question: Question, travel: TravelTimes) -> Described:
    """What the question is about, as far as the asker sees it. Raises `DistrictNotFound`,
    `RepNotFound`, `UnknownFixed`, `IndivisibleDistrict`, and what `travel` raises."""
    district = organisation.get_district(session, asker, question.district_code)
    own = [t for t in territories.territories_of(session, asker) if t.district_id == district.id]
    reps = _reps(session, asker, question, district.id)
    by_id = {rep.id: rep.code for rep in organisation.reps_of(session, asker)}
    rep_of = {t.id: by_id.get(t.rep_id) for t in own}
    if not reps:
        raise IndivisibleDistrict(UnusableDistrict(Obstacle.NO_REPS))
    facts = plans.facts_within(
        session,
        asker,
        reps[0],
        col(Territory.district_id) == district.id,
        before=question.first_day,
    )
    visits, _ = visits_due(facts, question.first_day, question.last_day)
    count: Counter[str] = Counter(visit.customer_id for visit in visits)
    service_s: Counter[str] = Counter()
    for visit in visits:
        service_s[visit.customer_id] += visit.service_s
    codes = {customer.code for customer in facts.customers}
    if astray := sorted(set(question.fixed) - codes):
        raise UnknownFixed(astray[0], district.code)
    shapes = tuple(read_shape(t.geometry) for t in own)
    return Described(
        district=_district(
            question,
            [
                TerritoryCustomer(
                    id=one.code,
                    lat=one.lat,
                    lon=one.lon,
                    visits=count[one.code],
                    service_s=service_s[one.code],
                    rep_id=rep_of.get(one.territory_id),
                    fixed=one.code in question.fixed,
                    group=one.city or None,
                )
                for one in facts.customers
            ],
            [_rep(session, asker, rep, question) for rep in reps],
            (_area(question, shapes), _borders([rep_of[t.id] for t in own], shapes)),
            (travel, Counter(str(rep.transport) for rep in reps).most_common(1)[0][0]),
        ),
        territories=tuple(own),
        shapes=shapes,
        rep_names={rep.code: rep.name for rep in reps},
        rep_codes=dict(by_id),
        customer_names={one.code: one.name for one in facts.customers},
    )


def _district(
    question: Question,
    customers: Sequence[TerritoryCustomer],
    reps: Sequence[TerritoryRep],
    ground: tuple[Shape | None, dict[str, Shape]],
    travel: tuple[TravelTimes, str],
) -> District:
    area, borders = ground
    everyone = [*reps, *_more(reps, question.more_reps)]
    try:
        if not customers:
            raise UnusableDistrict(Obstacle.NO_CUSTOMERS)
        if area is None:
            raise UnusableDistrict(Obstacle.NO_AREA)
        return district_of(
            customers, everyone, travel[0], transport=travel[1], area=area, borders=borders
        )
    except UnusableDistrict as error:
        raise IndivisibleDistrict(error) from error


def _area(question: Question, shapes: Sequence[Shape]) -> Shape | None:
    if question.geometry is not None:
        return read_shape(shapely.to_geojson(shapely.geometry.shape(dict(question.geometry))))
    if not shapes:
        return None
    closed = shapely.union_all(list(shapes))
    wider = shapely.buffer(closed, CLOSED_GAP_DEGREES, join_style="mitre")
    return merged(shapely.buffer(wider, -CLOSED_GAP_DEGREES, join_style="mitre"))


def _borders(rep_codes: Sequence[str | None], shapes: Sequence[Shape]) -> dict[str, Shape]:
    """Today's territories by rep."""
    own: dict[str, list[Shape]] = {}
    for code, shape in zip(rep_codes, shapes, strict=True):
        if code is not None:
            own.setdefault(code, []).append(shape)
    found = {code: merged(shapely.union_all(parts)) for code, parts in own.items()}
    return {code: shape for code, shape in found.items() if shape is not None}


def _reps(session: Session, asker: Asker, question: Question, district_id: int | None) -> list[Rep]:
    seen = organisation.reps_of(session, asker)
    if not question.rep_codes:
        return [rep for rep in seen if rep.active and rep.district_id == district_id]
    by_code = {rep.code: rep for rep in seen}
    for code in question.rep_codes:
        if code not in by_code:
            raise RepNotFound(code)
    return [by_code[code] for code in sorted(set(question.rep_codes))]


def _rep(session: Session, asker: Asker, rep: Rep, question: Question) -> TerritoryRep:
    nobodys = col(Territory.id).is_(None)
    facts = plans.facts_within(session, asker, rep, nobodys, before=question.first_day)
    (planned,) = problem_of(
        facts,
        (),
        first_day=question.first_day,
        last_day=question.last_day,
        country=question.country,
        travel=STRAIGHT,
    ).reps
    days = planned.workdays
    lunches_s = sum(day.lunch.duration_s for day in days if day.lunch)
    return TerritoryRep(
        id=rep.code,
        days=len(days),
        available_s=sum(day.end_s - day.begin_s for day in days) - lunches_s,
        start=(rep.start_lat, rep.start_lon) if question.by_home else None,
        end=(rep.end_lat, rep.end_lon) if question.by_home else None,
    )


def _more(reps: Sequence[TerritoryRep], count: int) -> list[TerritoryRep]:
    """Reps who are not there yet: with the days and hours of the first, and no home."""
    first = reps[0]
    return [
        TerritoryRep(id=f"+{n}", days=first.days, available_s=first.available_s)
        for n in range(1, count + 1)
    ]
