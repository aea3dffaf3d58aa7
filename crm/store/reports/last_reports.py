"""The last report on each customer of a planned day, at one glance."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, bindparam, func
from sqlmodel import Session, col, select

from crm.models import Promise, VisitReport
from crm.rules.access import Asker
from crm.store.days import days
from crm.store.prepared import Prepared
from crm.store.reports import reports
from crm.vocabulary import VisitOutcome


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """The last report before a day that the asker may see; `promised` is what was promised in
    it, the first due first."""

    id: UUID
    visited_on: date
    outcome: VisitOutcome
    first_line: str
    promised: tuple[str, ...] = ()


def _last(asker: Asker) -> Executable:
    newest_first = (
        col(VisitReport.visited_on).desc(),
        col(VisitReport.checked_in_at).desc(),
        col(VisitReport.id).desc(),
    )
    numbered: list[Any] = [
        VisitReport.id,
        VisitReport.customer_id,
        VisitReport.visited_on,
        VisitReport.outcome,
        VisitReport.first_line,
        func.row_number()
        .over(partition_by=col(VisitReport.customer_id), order_by=newest_first)
        .label("nth"),
    ]
    before = (
        reports.visible_to(asker)
        .where(
            col(VisitReport.customer_id).in_(days.CUSTOMERS_OF_DAY),
            col(VisitReport.visited_on) < bindparam("on"),
        )
        .with_only_columns(*numbered)
        .subquery()
    )
    columns: list[Any] = [
        *(before.c[name] for name in ("id", "customer_id", "visited_on", "outcome", "first_line")),
        Promise.what,
    ]
    query: Executable = (
        select(*columns)
        .select_from(before)
        .join(Promise, col(Promise.report_id) == before.c.id, isouter=True)
        .where(before.c.nth == 1)
        .order_by(col(Promise.due), col(Promise.id))
    )
    return query


LAST = Prepared(_last)


def of_day(session: Session, asker: Asker, plan_id: int, on: date) -> dict[int, LastReport]:
    """The last report before a planned day on each of its customers, by customer."""
    told: dict[int, tuple[Any, list[str]]] = {}
    for row in LAST.rows(session, asker, plan_id=plan_id, on=on):
        _, promised = told.setdefault(row.customer_id, (row, []))
        if row.what is not None:
            promised.append(row.what)
    return {
        customer_id: LastReport(
            id=row.id,
            visited_on=row.visited_on,
            outcome=row.outcome,
            first_line=row.first_line,
            promised=tuple(promised),
        )
        for customer_id, (row, promised) in told.items()
    }
