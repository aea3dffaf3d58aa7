"""Territories as they lay on a day, and what was changed when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.rules.access import Asker
from crm.store.people import organisation
from crm.store.territories import territory_history
from crm.store.territories.territory_history import Lay, Step

STEPS = 60


@dataclass(frozen=True, kw_only=True)
class Then:
    """A day's territories with the names of their reps, and the last changes."""

    lay: list[tuple[Lay, str]]
    steps: list[Step]


def then(database: Database, asker: Asker, day: date, zone: ZoneInfo) -> Then:
    """How the asker's territories lay at the end of a day."""
    with database.reading() as session:
        names = {one.code: one.name for one in organisation.reps_of(session, asker)}
        lay = territory_history.as_of(session, asker, end_of(day, zone))
        return Then(
            lay=[(one, names.get(one.rep_code or "", "")) for one in lay],
            steps=territory_history.steps(session, asker, limit=STEPS),
        )


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the next day there."""
    return datetime.combine(day + timedelta(days=1), time(), zone)
