"""What a what-if asks for, made of today's situation. Raises `InvalidInput`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import shapely

from crm.models import Rep
from crm.rules.boundaries import AS_DRAWN, merged
from crm.rules.territories import TerritoryShape
from crm.rules.times_of_day import read_time
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.schemas.scenarios import ScenarioBody, WantedHours, WantedPart, WantedRep
from field_api.services.planning import visits as due
from field_api.services.scenarios import situation as situations
from field_api.services.scenarios.situation import Cycle, Part, Situation
from field_api.services.territories.drawing import shape_of
from field_api.services.territory_proposals.obstacles import IndivisibleDistrict
from routing.territories import (
    District,
    Obstacle,
    Proposal,
    ProposalOptions,
    TerritoryCustomer,
    TerritoryRep,
    UnusableDistrict,
    district_of,
    propose,
)

NEW_PART = "T-{rep}"
MIXED = N_("The reps travel by different means; a district is divided by one of them.")


def as_wanted(now: Situation, body: ScenarioBody, cycle: Cycle) -> Situation:
    """The district as the what-if would have it."""
    then = situations.with_reps(now, _more(now, body.reps_more), _fewer(now, body.reps_fewer))
    then = situations.with_hours(then, hour_columns(body.hours))
    then = situations.with_intervals(then, body.intervals)
    if body.territories:
        then = situations.with_parts(then, _parts(then, body.territories))
    if body.divide_anew:
        then = situations.with_parts(then, _divided(then, cycle))
    return then


def hour_columns(wanted: WantedHours) -> dict[str, Any]:
    """The columns of a rep that other hours would change."""
    columns: dict[str, Any] = {}
    if wanted.day_begin is not None:
        columns["day_begin_s"] = read_time(wanted.day_begin)
    if wanted.day_end is not None:
        columns["day_end_s"] = read_time(wanted.day_end)
    if wanted.work_weekdays is not None:
        columns["work_weekdays"] = wanted.work_weekdays
    if wanted.lunch_minutes is not None:
        columns["lunch_duration_s"] = 60 * wanted.lunch_minutes
    return columns


def refuse_empty_days(then: Situation) -> None:
    """Raise `InvalidInput` where a rep's day would end before it begins, or before lunch ends."""
    for code, rep in then.reps.items():
        if rep.day_end_s - rep.day_begin_s <= rep.lunch_duration_s:
            raise InvalidInput(
                "body.hours", N_("The day of rep {rep} would hold no working time."), rep=code
            )


def _more(now: Situation, wanted: list[WantedRep]) -> list[Rep]:
    made: dict[str, Rep] = {}
    for number, one in enumerate(wanted):
        if one.like not in now.reps:
            raise InvalidInput(
                f"body.reps_more.{number}.like",
                N_("There is no rep {code} in the district."),
                code=one.like,
            )
        if one.code in now.reps or one.code in made:
            raise InvalidInput(
                f"body.reps_more.{number}.code",
                N_("There is a rep {code} already; choose another code."),
                code=one.code,
            )
        columns: dict[str, Any] = {"code": one.code, "name": one.name or one.code}
        if one.lat is not None and one.lon is not None:
            columns |= dict.fromkeys(("start_lat", "end_lat"), one.lat)
            columns |= dict.fromkeys(("start_lon", "end_lon"), one.lon)
        made[one.code] = situations.rep_like(now.reps[one.like], **columns)
    return list(made.values())


def _fewer(now: Situation, wanted: list[str]) -> list[str]:
    for number, code in enumerate(wanted):
        if code not in now.reps:
            raise InvalidInput(
                f"body.reps_fewer.{number}",
                N_("There is no rep {code} in the district."),
                code=code,
            )
    return wanted


def _parts(then: Situation, wanted: list[WantedPart]) -> list[Part]:
    parts = {part.code: part for part in then.parts}
    for number, one in enumerate(wanted):
        path = f"body.territories.{number}"
        if one.rep_code is not None and one.rep_code not in then.reps:
            raise InvalidInput(
                f"{path}.rep_code",
                N_("There is no rep {code} in the district."),
                code=one.rep_code,
            )
        given = one.model_fields_set
        there = parts.get(one.code)
        if there is None and one.geometry is None:
            raise InvalidInput(
                f"{path}.geometry", N_("Territory {code} is new: draw it."), code=one.code
            )
        drawn = None
        if one.geometry is not None:
            shape = shape_of(one.geometry, AS_DRAWN, path=f"{path}.geometry")
            drawn = TerritoryShape(id=0, code=one.code, shape=shape)
        if there is None:
            assert drawn is not None
            parts[one.code] = Part(
                code=one.code,
                name=one.name or one.code,
                rep_code=one.rep_code,
                shape=drawn,
                version=None,
            )
            continue
        parts[one.code] = replace(
            there,
            name=one.name or there.name,
            rep_code=one.rep_code if "rep_code" in given else there.rep_code,
            shape=drawn or there.shape,
        )
    return [parts[code] for code in sorted(parts)]


def _divided(then: Situation, cycle: Cycle) -> list[Part]:
    """A territory for each rep, as the planner proposes them for the ground of today's."""
    transports = {rep.transport for rep in then.reps.values()}
    if len(transports) > 1:
        raise InvalidInput("body.divide_anew", MIXED)
    ground = merged(shapely.union_all([part.shape.shape for part in then.parts]))
    district = district_of(
        [_customer(then, id_, cycle) for id_ in sorted(then.customers)],
        [_rep(then, code, cycle) for code in sorted(then.reps)],
        cycle.travel,
        transport=next(iter(transports), "car"),
        area=ground,
    )
    try:
        proposal = _proposed(district)
    except UnusableDistrict as why:
        raise IndivisibleDistrict(why) from None
    first: Mapping[str | None, Part] = {part.rep_code: part for part in reversed(then.parts)}
    parts = []
    for rep, shape in proposal.shapes.items():
        there = first.get(rep)
        code = there.code if there else NEW_PART.format(rep=rep)
        parts.append(
            Part(
                code=code,
                name=there.name if there else then.reps[rep].name,
                rep_code=rep,
                shape=TerritoryShape(id=0, code=code, shape=shape),
                version=there.version if there else None,
            )
        )
    return sorted(parts, key=lambda part: part.code)


def _proposed(district: District) -> Proposal:
    """The proposal; over water only where there are more islands than reps."""
    try:
        return propose(district)
    except UnusableDistrict as why:
        if why.obstacle is not Obstacle.ISLAND_WITHOUT_REP:
            raise
        return propose(district, ProposalOptions(across_water=True))


def _customer(then: Situation, id_: int, cycle: Cycle) -> TerritoryCustomer:
    customer = then.customers[id_]
    visits = due.due_at(customer, (), then.last_visits.get(id_), cycle.first_day, cycle.last_day)
    return TerritoryCustomer(
        id=customer.code,
        lat=customer.lat,
        lon=customer.lon,
        visits=len(visits),
        service_s=sum(visit.service_s for visit in visits),
        rep_id=then.rep_of.get(id_),
    )


def _rep(then: Situation, code: str, cycle: Cycle) -> TerritoryRep:
    rep = then.reps[code]
    days = then.workdays(code, cycle)
    lunches_s = sum(day.lunch.duration_s for day in days if day.lunch)
    return TerritoryRep(
        id=code,
        days=len(days),
        available_s=sum(day.end_s - day.begin_s for day in days) - lunches_s,
        start=(rep.start_lat, rep.start_lon),
        end=(rep.end_lat, rep.end_lon),
    )


def part_as_data(part: Part) -> dict[str, Any]:
    """A territory as JSON."""
    return {
        "code": part.code,
        "name": part.name,
        "rep_code": part.rep_code,
        "geometry": json.loads(shapely.to_geojson(part.shape.shape)),
        "version": part.version,
    }
