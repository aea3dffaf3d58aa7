"""Who worked whom when, and how a territory lay."""

import json

from crm.database import Database
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.territories import territories, territory_history
from field_api.schemas.territories import PeriodAnswer, VersionAnswer


def of_customer(database: Database, asker: Asker, code: str) -> list[PeriodAnswer]:
    """A customer's territories and reps, the newest first. Raises `CustomerNotFound`."""
    with database.reading() as session:
        customer = customers.get(session, asker, code)
        return [
            PeriodAnswer(
                since=one.since,
                until=one.until,
                territory_code=one.territory_code,
                rep_code=one.rep_code,
            )
            for one in territory_history.periods_of(session, customer)
        ]


def of_territory(database: Database, asker: Asker, code: str) -> list[VersionAnswer]:
    """A territory as it was, the newest first. Raises `TerritoryNotFound`."""
    with database.reading() as session:
        territory = territories.get(session, asker, code)
        return [
            VersionAnswer.model_validate(
                {
                    "since": one.since,
                    "until": one.until,
                    "name": one.name,
                    "rep_code": one.rep_code,
                    "geometry": json.loads(one.geometry),
                    "by": one.by,
                    "reason": one.reason,
                }
            )
            for one in territory_history.versions_of(session, territory)
        ]
