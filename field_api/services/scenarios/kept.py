"""What-ifs reckoned, kept by name, listed, dropped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from crm.database import Database
from crm.models import District, Scenario
from crm.rules.access import Asker
from crm.rules.reports import day_of
from crm.store.people import organisation
from crm.store.territories import scenarios
from crm.store.territories.scenarios import ScenarioClosed, ScenarioNameTaken, ScenarioNotFound
from crm.text import N_
from crm.vocabulary import ScenarioState
from field_api.errors import CODES, InvalidInput
from field_api.jobs.workers import Workers
from field_api.schemas.scenarios import ScenarioAnswer, ScenarioBody, ScenarioSummary
from field_api.schemas.values import Page
from field_api.services.pages import cursor, instant, place
from field_api.services.planning.cycle import last_day_of
from field_api.services.planning.solving import Effort
from field_api.services.scenarios import situation as situations
from field_api.services.scenarios.reckoning import figures, planned, problems_of
from field_api.services.scenarios.situation import Cycle, Situation
from field_api.services.scenarios.wanted import as_wanted, part_as_data, refuse_empty_days
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from routing.replan import WORK

WEEK_DAYS = 7
CODES |= {
    ScenarioNotFound: (404, "scenario_not_found"),
    ScenarioNameTaken: (409, "scenario_name_taken"),
    ScenarioClosed: (409, "scenario_closed"),
}


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """A what-if in figures, as JSON, not kept yet."""

    district: District
    figures: dict[str, Any]


def make(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: ScenarioBody,
    *,
    now: datetime,
    workers: Workers | None = None,
) -> ScenarioAnswer:
    """Reckon a what-if and keep it. Nothing that is in force is written.

    Raises `DistrictNotFound`, `InvalidInput`, `ScenarioNameTaken`.
    """
    found = reckon(database, settings, asker, body, now=now, workers=workers)
    with database.writing(by=asker, at=now) as session:
        scenario = scenarios.keep(
            session,
            asker,
            found.district,
            body.name,
            changes=body.model_dump(mode="json", exclude_unset=True),
            figures=found.figures,
            now=now,
        )
        return answer(session, scenario)


def reckon(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: ScenarioBody,
    *,
    now: datetime,
    workers: Workers | None = None,
) -> Reckoned:
    """A what-if in figures, against today."""
    with database.reading() as session:
        district = _district(session, asker, body.district_code)
        today = day_of(now, settings.zone)
        first_day = body.first_day or today + timedelta(days=WEEK_DAYS - today.weekday())
        if first_day < today:
            raise InvalidInput(
                "body.first_day",
                N_("{day} has gone by; name today or a later day."),
                day=first_day.isoformat(),
            )
        cycle = Cycle(
            first_day=first_day,
            last_day=last_day_of(first_day, body.weeks),
            country=settings.country,
            travel=travel_by(settings, database),
        )
        as_it_is = situations.today(session, district, first_day)
        if not as_it_is.reps:
            raise InvalidInput(
                "body.district_code",
                N_("District {code} has no rep; there is nothing to reckon."),
                code=district.code,
            )
        then = as_wanted(as_it_is, body, cycle)
        if not then.reps:
            raise InvalidInput("body.reps_fewer", N_("Nobody would be left to visit anybody."))
        refuse_empty_days(then)
        both = {"today": as_it_is, "then": then}
        problems = {side: problems_of(one, cycle) for side, one in both.items()}
        sides = {side: figures(one, problems[side]) for side, one in both.items()}
        told = _told(as_it_is, then, cycle)
    if body.with_plan:
        executor = workers if workers is not None and workers.is_open else None
        effort = Effort(work=WORK["cycle"], executor=executor)
        for side, due in problems.items():
            sides[side] |= planned(due, effort)
    return Reckoned(district=district, figures=sides | told)


def listed(
    database: Database, asker: Asker, *, after: str | None, limit: int
) -> Page[ScenarioSummary]:
    """The what-ifs of the asker's districts, the last made first."""
    before = place(after, lambda at, number: (instant(at), UUID(number)))
    with database.reading() as session:
        found = scenarios.newest(session, asker, before=before, limit=limit + 1)
        shown = found[:limit]
        codes = {one.id: one.code for one in organisation.districts_of(session, asker)}
        end = None
        if len(found) > limit:
            end = cursor(shown[-1].made_at.isoformat(), str(shown[-1].id))
        items = [ScenarioSummary(**_short(one, codes[one.district_id])) for one in shown]
        return Page(items=items, next_cursor=end)


def one(database: Database, asker: Asker, scenario_id: UUID) -> ScenarioAnswer:
    """A what-if with its figures. Raises `ScenarioNotFound`."""
    with database.reading() as session:
        return answer(session, scenarios.get(session, asker, scenario_id))


def drop(database: Database, asker: Asker, scenario_id: UUID, *, now: datetime) -> None:
    """Drop a what-if; dropped again changes nothing. Raises `ScenarioNotFound`,
    `ScenarioClosed`."""
    with database.writing(by=asker, at=now) as session:
        scenario = scenarios.get(session, asker, scenario_id, to_change=True)
        if scenario.state is not ScenarioState.DROPPED:
            scenarios.close(session, scenario, ScenarioState.DROPPED, now=now)


def answer(session: Session, scenario: Scenario) -> ScenarioAnswer:
    """A what-if as it is told."""
    district = session.exec(select(District).where(District.id == scenario.district_id)).one()
    told = {name: scenario.figures[name] for name in TOLD}
    return ScenarioAnswer.model_validate(_short(scenario, district.code) | told)


TOLD = (
    "first_day",
    "last_day",
    "travel_source",
    "today",
    "then",
    "moved",
    "moves",
    "territories",
    "removed",
)
MOST_TOLD = 500


def _told(now: Situation, then: Situation, cycle: Cycle) -> dict[str, Any]:
    codes = {id_: customer.code for id_, customer in now.customers.items()}
    moves = [
        {"customer_code": code, "before": now.rep_of.get(id_), "after": then.rep_of.get(id_)}
        for code, id_ in sorted((code, id_) for id_, code in codes.items())
        if now.rep_of.get(id_) != then.rep_of.get(id_)
    ]
    there = {part.code for part in then.parts}
    return {
        "first_day": cycle.first_day.isoformat(),
        "last_day": cycle.last_day.isoformat(),
        "travel_source": cycle.travel.source,
        "moved": len(moves),
        "moves": moves[:MOST_TOLD],
        "territories_today": [part_as_data(part) for part in now.parts],
        "territories": [part_as_data(part) for part in then.parts],
        "removed": [part.code for part in now.parts if part.code not in there],
    }


def _short(scenario: Scenario, district_code: str) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "name": scenario.name,
        "district_code": district_code,
        "state": scenario.state,
        "made_at": scenario.made_at,
        "approval_ids": scenario.approvals,
    }


def _district(session: Session, asker: Asker, code: str | None) -> District:
    if code is not None:
        return organisation.get_district(session, asker, code)
    own = organisation.districts_of(session, asker)
    if len(own) == 1:
        return own[0]
    raise InvalidInput("body.district_code", N_("Name the district."))
