"""What-ifs: kept by name within a district, seen by whoever sees the district."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import District, Scenario
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.people import organisation
from crm.text import N_
from crm.vocabulary import ScenarioState

NOUN = "scenario"  # in the audit trail


class ScenarioNotFound(Refused):
    """No such what-if, or not one of the asker's: the two are not told apart."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("There is no what-if {name} among yours."), name=name)


class ScenarioNameTaken(Refused):
    """The district has a what-if of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("There is a what-if {name} already; drop it or choose another name."), name=name
        )


class ScenarioClosed(Refused):
    """It was applied or dropped already."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(
            N_("What-if {name} was {state} already; make another."),
            name=scenario.name,
            state=scenario.state,
        )


def visible_to(session: Session, asker: Asker) -> SelectOfScalar[Scenario]:
    """The what-ifs of the districts that the asker sees."""
    seen = [district.id for district in organisation.districts_of(session, asker)]
    return select(Scenario).where(col(Scenario.district_id).in_(seen))


def get(session: Session, asker: Asker, scenario_id: UUID, *, to_change: bool = False) -> Scenario:
    """The what-if with this number. Raises `ScenarioNotFound`."""
    query = visible_to(session, asker).where(Scenario.id == scenario_id)
    found = session.exec(query.with_for_update() if to_change else query).one_or_none()
    if found is None:
        raise ScenarioNotFound(str(scenario_id))
    return found


def named(session: Session, asker: Asker, name: str) -> Scenario:
    """The newest what-if of this name. Raises `ScenarioNotFound`."""
    query = visible_to(session, asker).where(Scenario.name == name)
    found = session.exec(query.order_by(col(Scenario.made_at).desc())).first()
    if found is None:
        raise ScenarioNotFound(name)
    return found


def newest(
    session: Session, asker: Asker, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Scenario]:
    """What-ifs, the last made first, those after a place in that order."""
    query = visible_to(session, asker)
    if before is not None:
        at, number = before
        earlier = col(Scenario.made_at) < at
        same = (col(Scenario.made_at) == at) & (col(Scenario.id) < number)
        query = query.where(earlier | same)
    order = (col(Scenario.made_at).desc(), col(Scenario.id).desc())
    return list(session.exec(query.order_by(*order).limit(limit)))


def refuse_taken(session: Session, district: District, name: str) -> None:
    """Raise `ScenarioNameTaken` when the district has one of this name; a dropped one gives its
    name free."""
    query = select(Scenario).where(Scenario.district_id == district.id, Scenario.name == name)
    found = session.exec(query).one_or_none()
    if found is None:
        return
    if found.state is not ScenarioState.DROPPED:
        raise ScenarioNameTaken(name)
    session.delete(found)
    session.flush()


def keep(
    session: Session,
    asker: Asker,
    district: District,
    name: str,
    *,
    changes: dict[str, Any],
    figures: dict[str, Any],
    now: datetime,
) -> Scenario:
    """Keep a what-if under a name. Raises `ScenarioNameTaken`."""
    refuse_taken(session, district, name)
    scenario = Scenario(
        id=uuid4(),
        district_id=district.id or 0,
        name=name,
        made_by_id=asker.user_id,
        made_at=now,
        changes=changes,
        figures=figures,
    )
    session.add(scenario)
    session.flush()
    audit.record(session, "keep", noun=NOUN, key=str(scenario.id), details={"name": name})
    return scenario


def close(
    session: Session,
    scenario: Scenario,
    state: ScenarioState,
    *,
    now: datetime,
    reason: str = "",
) -> None:
    """Say what became of a what-if. Raises `ScenarioClosed` when that was said already."""
    if scenario.state is not ScenarioState.KEPT:
        raise ScenarioClosed(scenario)
    scenario.state, scenario.closed_at = state, now
    action = "apply" if state is ScenarioState.APPLIED else "drop"
    audit.record(session, action, noun=NOUN, key=str(scenario.id), reason=reason)
    session.flush()
