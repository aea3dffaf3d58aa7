"""The company's table of visit frequencies, and what it is applied to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, literal
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, Rep, Territory, VisitFrequency
from crm.rules.access import Asker
from crm.rules.policy import Frequency, FrequencyTable
from crm.store.customers import customers
from crm.vocabulary import CustomerStatus, Grade, PlanState


@dataclass(frozen=True, kw_only=True)
class Visited:
    """An active customer with what decides how often it is visited, and by whom; or so many
    (`count`) of whom all that is the same, without a number."""

    id: int
    count: int
    grade: Grade | None
    channel: str
    interval_days: int | None
    service_minutes: int | None
    rep_code: str
    rep_name: str


@dataclass(frozen=True, kw_only=True)
class LastPlan:
    """What a rep's newest published plan tells of hours: its days, the travel, the hours."""

    days: int
    visits: int
    travel_s: int
    available_s: int


def table_of(session: Session) -> FrequencyTable:
    """What the company says, by grade and channel."""
    rows = session.exec(select(VisitFrequency).order_by(col(VisitFrequency.id)))
    return {
        (row.grade, row.channel): Frequency(
            interval_days=row.interval_days, service_minutes=row.service_minutes
        )
        for row in rows
    }


def replace(session: Session, table: FrequencyTable) -> None:
    """Let this table hold from now on."""
    session.connection().execute(delete(VisitFrequency))
    for (grade, channel), one in sorted(table.items()):
        session.add(
            VisitFrequency(
                grade=grade,
                channel=channel,
                interval_days=one.interval_days,
                service_minutes=one.service_minutes,
            )
        )
    session.flush()


def channels(session: Session, asker: Asker, *, limit: int) -> list[str]:
    """The channels of the asker's customers."""
    query = (
        select(Customer.channel)
        .where(customers.are_visible_to(asker), Customer.channel != "")
        .distinct()
        .order_by(Customer.channel)
        .limit(limit)
    )
    return list(session.exec(query))


def visited(session: Session, asker: Asker, *, one_by_one: bool) -> list[Visited]:
    """The asker's active customers, one by one or those that are alike together; `rep_code` is
    empty where nobody visits them."""
    alike: tuple[Any, ...] = (
        col(Customer.grade),
        col(Customer.channel),
        col(Customer.interval_days),
        col(Customer.service_minutes),
        col(Rep.code),
        col(Rep.name),
    )
    which: tuple[Any, ...] = (literal(0), func.count())
    if one_by_one:
        which = (col(Customer.id), literal(1))
    query = (
        columns(*which, *alike)
        .select_from(Customer)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(customers.are_visible_to(asker), col(Customer.status) == CustomerStatus.ACTIVE)
    )
    query = query.order_by(col(Customer.code)) if one_by_one else query.group_by(*alike)
    found = session.connection().execute(query)
    return [
        Visited(
            id=id_ or 0,
            count=int(count),
            grade=grade,
            channel=channel,
            interval_days=interval,
            service_minutes=minutes,
            rep_code=code or "",
            rep_name=name or "",
        )
        for id_, count, grade, channel, interval, minutes, code, name in found
    ]


def last_plans(session: Session, rep_codes: Sequence[str]) -> dict[str, LastPlan]:
    """By rep's code what the newest published plan says, else the newest there is."""
    query = (
        columns(
            col(Rep.code),
            col(CyclePlan.first_day),
            col(CyclePlan.last_day),
            col(CyclePlan.figures),
        )
        .select_from(CyclePlan)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(col(Rep.code).in_(rep_codes))
        .order_by(
            col(CyclePlan.state) == PlanState.PUBLISHED, col(CyclePlan.last_day), col(CyclePlan.id)
        )
    )
    return {
        code: LastPlan(
            days=(last - first).days + 1,
            visits=int(figures.get("planned", 0)),
            travel_s=int(figures.get("travel_s", 0)),
            available_s=int(figures.get("available_s", 0)),
        )
        for code, first, last, figures in session.connection().execute(query)
    }
