"""Months in counts, added up where they are kept: by rep, or by month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, func
from sqlalchemy import select as columns
from sqlmodel import Session

from crm.models import RepMonth, TerritoryMonth
from crm.rules.access import Asker
from crm.store.imports.upsert import table_of
from crm.store.people import people

Counted = dict[Any, dict[str, int]]
TABLES = (table_of(TerritoryMonth), table_of(RepMonth))


def by_rep(session: Session, asker: Asker, month: date) -> Counted:
    """The counts of each of the asker's reps in a month, by the rep's number."""
    return _sums(session, asker, "rep_id", [month], None)


def by_month(
    session: Session, asker: Asker, months: Sequence[date], rep_id: int | None = None
) -> Counted:
    """The counts of each month, of one of the asker's reps or of all of them together."""
    return _sums(session, asker, "month", months, rep_id)


def _sums(
    session: Session, asker: Asker, key: str, months: Sequence[date], rep_id: int | None
) -> Counted:
    seen = people.reps_visible_to(asker).subquery()
    found: Counted = {}
    for table in TABLES:
        counts = [
            column
            for column in table.c
            if isinstance(column.type, Integer) and not column.name.endswith("id")
        ]
        whose: ColumnElement[bool] = table.c.rep_id.in_(columns(seen.c.id))
        if rep_id is not None:
            whose = whose & (table.c.rep_id == rep_id)
        query = (
            columns(table.c[key], *(func.sum(one).label(one.name) for one in counts))
            .where(whose, table.c.month.in_(months))
            .group_by(table.c[key])
        )
        for row in session.connection().execute(query).mappings():
            found.setdefault(row[key], {}).update(
                {one.name: int(row[one.name] or 0) for one in counts}
            )
    return found
