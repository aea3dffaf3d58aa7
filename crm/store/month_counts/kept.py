"""Months in counts, kept and read again."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, col, select

from crm.models import RepMonth, Territory, TerritoryMonth, Visit
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers import customers
from crm.store.people import people


def replace_month(
    session: Session,
    month: date,
    territories: Iterable[TerritoryMonth],
    reps: Iterable[RepMonth],
) -> None:
    """Keep a month in the place of what was reckoned of it before."""
    rows = [*territories, *reps]
    for table in (TerritoryMonth, RepMonth):
        session.connection().execute(delete(table).where(col(table.month) == month))
    session.add_all(rows)
    session.flush()


def months_kept(session: Session) -> set[date]:
    """The months that were reckoned, whosever."""
    return set(session.exec(select(col(TerritoryMonth.month)).distinct()))


def first_visit(session: Session) -> date | None:
    """The day on which the records begin."""
    return session.exec(select(func.min(Visit.date))).one()


def months_of(session: Session, asker: Asker) -> list[date]:
    """The months with figures of the asker's territories, the newest first."""
    query = select(col(TerritoryMonth.month)).where(_theirs(asker)).distinct()
    return list(session.exec(query.order_by(col(TerritoryMonth.month).desc())))


def territory_months(
    session: Session, asker: Asker, months: Sequence[date]
) -> list[TerritoryMonth]:
    """The counts of the asker's territories in some months, in order of month and territory."""
    query = select(TerritoryMonth).where(_theirs(asker), col(TerritoryMonth.month).in_(months))
    return list(session.exec(query.order_by(col(TerritoryMonth.month), col(TerritoryMonth.id))))


def rep_months(session: Session, asker: Asker, months: Sequence[date]) -> list[RepMonth]:
    """The counts of the asker's reps in some months, in order of month."""
    reps = people.reps_visible_to(asker).subquery()
    query = select(RepMonth).where(
        col(RepMonth.rep_id).in_(select(reps.c.id)), col(RepMonth.month).in_(months)
    )
    return list(session.exec(query.order_by(col(RepMonth.month), col(RepMonth.id))))


def _theirs(asker: Asker) -> ColumnElement[bool]:
    if asker.reach(Realm.FIELD_WORK) is Reach.EVERYTHING:
        return col(TerritoryMonth.id).is_not(None)
    own = customers.territories_visible_to(asker).with_only_columns(col(Territory.id))
    return col(TerritoryMonth.territory_id).in_(own)
