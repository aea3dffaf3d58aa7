"""A what-if brought about: territories and intervals through their approvals, hours at once."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from crm.database import Database
from crm.models import Customer, Rep, Scenario, Territory
from crm.rules.access import IMPORTS, Asker
from crm.rules.boundaries import read_shape
from crm.rules.organisation import Place
from crm.rules.redrawing import NEW
from crm.rules.territories import TerritoryShape
from crm.store.people import people
from crm.store.people.people import RepNotFound
from crm.store.territories import scenarios, territories
from crm.text import N_
from crm.vocabulary import CustomerStatus, Grade, ImportKind, ScenarioState
from field_api.errors import Conflict, Forbidden, InvalidInput
from field_api.schemas.scenarios import ScenarioAnswer, ScenarioBody
from field_api.services.grades import frequencies
from field_api.services.planning.visits import usual_interval_of
from field_api.services.scenarios.kept import answer
from field_api.services.scenarios.wanted import hour_columns
from field_api.services.territories.changes import LONGEST_SUBJECT, Asking, ask_for
from field_api.services.territories.judging import boundary, drawn_anew
from field_api.wording import Language

TITLE = N_("What-if {code}: territories drawn anew; customers that change territory: {customers}")


def apply(
    database: Database,
    asker: Asker,
    scenario_id: UUID,
    *,
    reason: str,
    takes_effect_on: date | None,
    zone: ZoneInfo,
    now: datetime,
    language: Language,
) -> ScenarioAnswer:
    """Ask for a what-if's territories and intervals, and change the reps' hours where the asker
    may. Reps come and go by their own ways.

    Raises `ScenarioNotFound`, `ScenarioClosed`, `Conflict` when territories changed since it was
    reckoned or a new rep is not there yet, `Forbidden` for hours, `Unsettling`, `AlreadyAsked`.
    """
    asking = Asking(asker=asker, zone=zone, now=now, language=language)
    with database.writing(by=asker, at=now) as session:
        scenario = scenarios.get(session, asker, scenario_id, to_change=True)
        scenarios.close(session, scenario, ScenarioState.APPLIED, now=now, reason=reason)
        body = ScenarioBody.model_validate(scenario.changes)
        asked = [
            _territories(session, asking, scenario, reason, takes_effect_on),
            _intervals(session, asking, scenario, body.intervals, reason),
        ]
        scenario.approvals = [one for one in asked if one is not None]
        hours = hour_columns(body.hours)
        if hours:
            _change_hours(session, asker, scenario, hours)
        if not scenario.approvals and not hours:
            raise InvalidInput("path.scenario_id", N_("This what-if changes nothing to apply."))
        session.flush()
        return answer(session, scenario)


def _territories(
    session: Session,
    asking: Asking,
    scenario: Scenario,
    reason: str,
    takes_effect_on: date | None,
) -> str | None:
    """The number of the approval, None where nothing is drawn otherwise."""
    columns: list[dict[str, Any]] = []
    shapes: list[TerritoryShape] = []
    for part in scenario.figures["territories"]:
        row = _as_reckoned(session, part["code"], part["version"])
        if part in scenario.figures["territories_today"]:
            continue  # with whoever works it, also where the district knows no such rep
        shape = read_shape(json.dumps(part["geometry"]))
        wanted = {
            "code": part["code"],
            "name": part["name"],
            "rep_id": _rep_id(session, asking.asker, scenario, part["rep_code"]),
            "district_id": scenario.district_id,
        }
        if row is not None:
            same = all(getattr(row, name) == value for name, value in wanted.items())
            if same and read_shape(row.geometry).equals(shape):
                continue
        new = -sum(one.id <= NEW for one in shapes)
        number = row.id or NEW if row else new
        columns.append(wanted | boundary(shape) | {"version": part["version"]})
        shapes.append(TerritoryShape(id=number, code=part["code"], shape=shape))
    versions = {one["code"]: one["version"] for one in scenario.figures["territories_today"]}
    removed = [
        row
        for code in scenario.figures["removed"]
        if (row := _as_reckoned(session, code, versions[code])) is not None
    ]
    if not columns and not removed:
        return None
    codes = [row.code for row in removed]
    drawn = drawn_anew(session, asking.asker, columns, shapes, False, codes)
    approval = ask_for(
        session,
        asking,
        drawn,
        subject=scenario.name,
        title=TITLE,
        reason=reason,
        takes_effect_on=takes_effect_on,
        removed=removed,
    )
    return str(approval.id)


def _as_reckoned(session: Session, code: str, version: int | None) -> Territory | None:
    row = territories.by_code(session, code)
    if (row.version if row else None) != version:
        raise Conflict(
            "scenario_outdated",
            N_("Territory {territory} was changed since this was reckoned; reckon it again."),
            territory=code,
        )
    return row


def _rep_id(session: Session, asker: Asker, scenario: Scenario, code: str | None) -> int | None:
    """The number of a rep of the district; one of another district is somebody else's code."""
    if code is None:
        return None
    try:
        rep = people.get_rep(session, asker, code)
    except RepNotFound:
        rep = None
    if rep is None or rep.district_id != scenario.district_id:
        raise Conflict(
            "scenario_rep_missing",
            N_("Rep {rep} is not there yet; bring the rep in, then apply this."),
            rep=code,
        )
    return rep.id


def _intervals(
    session: Session,
    asking: Asking,
    scenario: Scenario,
    intervals: Mapping[Grade, int],
    reason: str,
) -> str | None:
    own = select(Territory.id).where(Territory.district_id == scenario.district_id)
    customers = session.exec(
        select(Customer)
        .where(
            col(Customer.territory_id).in_(own),
            Customer.status == CustomerStatus.ACTIVE,
            col(Customer.interval_days).is_(None),
        )
        .order_by(Customer.code)
    )
    wanted = {}
    for customer in customers:
        grade = customer.grade or Grade.E
        usual = usual_interval_of(customer)
        if grade in intervals and intervals[grade] != usual:
            wanted[customer.code] = (usual, intervals[grade])
    if not wanted:
        return None
    approval = frequencies.ask_many(
        session,
        asking.asker,
        wanted,
        subject=scenario.name[:LONGEST_SUBJECT],
        reason=reason,
        place=Place(district_id=scenario.district_id),
        now=asking.now,
    )
    return str(approval.id)


def _change_hours(
    session: Session, asker: Asker, scenario: Scenario, hours: Mapping[str, Any]
) -> None:
    """The reps' hours, by whoever may bring reps in; the audit trail notes each field."""
    if ImportKind.REPS not in IMPORTS.get(asker.role, frozenset()):
        raise Forbidden(N_("Reps' hours are the general manager's to change."))
    query = select(Rep).where(Rep.district_id == scenario.district_id, col(Rep.active))
    for rep in session.exec(query.order_by(Rep.code)):
        for name, value in hours.items():
            setattr(rep, name, value)
