"""What a rep's figures are reckoned from. The rep is one whom the asker was already let see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from crm.models import (
    CyclePlan,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    Visit,
    VisitReport,
)
from crm.rules.rep_figures import DaySpent, Share, Stop
from crm.store.month_counts.stretches import counted
from crm.vocabulary import PlanState, PromiseState, VisitOutcome


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def planned_stops(session: Session, rep: Rep, span: Span) -> set[Stop]:
    """Whom the plans in force sent the rep to, and when."""
    query = (
        select(col(PlannedVisit.customer_id), col(PlannedVisit.date))
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .where(*_in_force(rep, span, PlannedVisit))
    )
    return {(customer, day) for customer, day in session.exec(query)}


def visited(session: Session, customers: set[int], span: Span) -> set[Stop]:
    """When customers were visited."""
    query = select(col(Visit.customer_id), col(Visit.date)).where(
        col(Visit.customer_id).in_(customers), Visit.date >= span.first, Visit.date <= span.last
    )
    return {(customer, day) for customer, day in session.exec(query)}


def found_closed(session: Session, rep: Rep, span: Span) -> set[Stop]:
    """Where the rep found a customer closed."""
    query = select(col(VisitReport.customer_id), col(VisitReport.visited_on)).where(
        VisitReport.rep_id == rep.id,
        VisitReport.visited_on >= span.first,
        VisitReport.visited_on <= span.last,
        VisitReport.outcome == VisitOutcome.CLOSED,
    )
    return {(customer, day) for customer, day in session.exec(query)}


def frequency_attainment(session: Session, rep: Rep, span: Span) -> Share:
    """频次达成率 of the customers in the rep's care, by the rule of `crm.rules.figures.attained`,
    as the month's counts of territories have it."""
    one = counted(span.first, span.last)
    attained = case((one.c.done < one.c.required, one.c.done), else_=one.c.required)
    query = columns(func.sum(attained), func.sum(one.c.required)).where(one.c.rep_id == rep.id)
    numerator, denominator = session.connection().execute(query).one()
    return Share(numerator=int(numerator or 0), denominator=int(denominator or 0))


def promises_due(session: Session, rep: Rep, span: Span) -> Sequence[Promise]:
    """The rep's promises due within days, those taken back left out."""
    query = select(Promise).where(
        Promise.owner_rep_id == rep.id,
        Promise.due >= span.first,
        Promise.due <= span.last,
        Promise.state != PromiseState.WITHDRAWN,
    )
    return session.exec(query.order_by(col(Promise.id))).all()


def days_spent(session: Session, rep: Rep, span: Span) -> list[DaySpent]:
    """The days of the plans in force, as planned."""
    stops = (
        select(
            col(PlannedVisit.plan_id),
            col(PlannedVisit.date),
            func.sum(PlannedVisit.end_s - PlannedVisit.begin_s).label("visit_s"),
        )
        .group_by(col(PlannedVisit.plan_id), col(PlannedVisit.date))
        .subquery()
    )
    query = (
        select(PlannedDay, stops.c.visit_s)
        .join(CyclePlan, col(CyclePlan.id) == PlannedDay.plan_id)
        .join(stops, (stops.c.plan_id == PlannedDay.plan_id) & (stops.c.date == PlannedDay.date))
        .where(*_in_force(rep, span, PlannedDay))
        .order_by(col(PlannedDay.date))
    )
    return [
        DaySpent(
            away_s=day.return_s - day.leave_s,
            lunch_s=_lunch_s(day, rep),
            travel_s=day.travel_s,
            visit_s=int(visit_s),
        )
        for day, visit_s in session.exec(query)
    ]


def _lunch_s(day: PlannedDay, rep: Rep) -> int:
    """The break, if it lies between leaving and coming back."""
    begin_s = day.lunch_begin_s
    away = begin_s is not None and day.leave_s <= begin_s < day.return_s
    return rep.lunch_duration_s if away else 0


def _in_force(rep: Rep, span: Span, table: type[PlannedVisit] | type[PlannedDay]) -> list[Any]:
    return [
        CyclePlan.rep_id == rep.id,
        CyclePlan.state == PlanState.PUBLISHED,
        col(table.date) <= CyclePlan.last_day,
        col(table.date) >= span.first,
        col(table.date) <= span.last,
    ]
