"""A month of each territory, reckoned by sets: no customer becomes an object."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, literal
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import CyclePlan, PlannedVisit, TerritoryMonth, Visit, VisitReport
from crm.store.imports.upsert import table_of
from crm.store.month_counts.stretches import SPELL, counted
from crm.vocabulary import PlanState, VisitOutcome

Whose = tuple[int | None, int | None]  # territory and rep
VISIT, REPORT = table_of(Visit), table_of(VisitReport)


def reckoned(
    session: Session, month: date, until: date, *, at: datetime
) -> Iterator[TerritoryMonth]:
    """Every territory with its reps of the time, from the month's first day until a day."""
    visits = _visits(session, month, until)
    plans = _plans(session, month, until)
    for territory_id, rep_id in sorted(visits.keys() | plans.keys(), key=_in_order):
        whose = (territory_id, rep_id)
        yield TerritoryMonth(
            month=month,
            until=until,
            reckoned_at=at,
            territory_id=territory_id,
            rep_id=rep_id,
            **visits.get(whose, {}),
            **plans.get(whose, {}),
        )


def _visits(session: Session, month: date, until: date) -> dict[Whose, dict[str, int]]:
    one = counted(month, until)
    done, required = one.c.done, one.c.required
    query = columns(
        one.c.territory_id,
        one.c.rep_id,
        func.count().label("customers"),
        func.sum(case((done > 0, 1), else_=0)).label("covered"),
        func.sum(required).label("required"),
        func.sum(done).label("done"),
        func.sum(case((done < required, done), else_=required)).label("attained"),
        func.sum(one.c.gaps).label("gaps"),
        func.sum(one.c.gaps_kept).label("gaps_kept"),
        func.sum(one.c.with_interval).label("with_interval"),
        func.sum(one.c.overdue).label("overdue"),
    ).group_by(one.c.territory_id, one.c.rep_id)
    return _by_whose(session, query)


def _plans(session: Session, month: date, until: date) -> dict[Whose, dict[str, int]]:
    """Planned customers and what became of them, in whose care they were on their day."""
    stop = (
        columns(
            SPELL.c.territory_id,
            SPELL.c.rep_id,
            col(PlannedVisit.customer_id).label("customer_id"),
            col(PlannedVisit.date).label("date"),
        )
        .join(CyclePlan, col(CyclePlan.id) == col(PlannedVisit.plan_id))
        .join(
            SPELL,
            and_(
                SPELL.c.customer_id == col(PlannedVisit.customer_id),
                col(PlannedVisit.date).between(SPELL.c.first_day, SPELL.c.last_day),
            ),
        )
        .where(
            col(CyclePlan.state) == PlanState.PUBLISHED,
            col(PlannedVisit.date) <= col(CyclePlan.last_day),
            col(PlannedVisit.date).between(month, until),
        )
        .distinct()
        .cte("stop")
    )
    visited = exists().where(VISIT.c.customer_id == stop.c.customer_id, VISIT.c.date == stop.c.date)
    shut = exists().where(
        REPORT.c.customer_id == stop.c.customer_id,
        REPORT.c.visited_on == stop.c.date,
        REPORT.c.outcome == VisitOutcome.CLOSED,
    )
    query = columns(
        stop.c.territory_id,
        stop.c.rep_id,
        func.count().label("planned"),
        func.sum(case((visited, 1), else_=0)).label("on_day"),
        func.sum(case((and_(~visited, shut), literal(1)), else_=0)).label("closed"),
    ).group_by(stop.c.territory_id, stop.c.rep_id)
    return _by_whose(session, query)


def _by_whose(session: Session, query: Any) -> dict[Whose, dict[str, int]]:
    rows = session.connection().execute(query).mappings()
    found = {}
    for row in rows:
        counts = {name: int(value or 0) for name, value in row.items() if not name.endswith("_id")}
        found[row["territory_id"], row["rep_id"]] = counts
    return found


def _in_order(whose: Whose) -> tuple[int, int]:
    territory_id, rep_id = whose
    return territory_id or 0, rep_id or 0
