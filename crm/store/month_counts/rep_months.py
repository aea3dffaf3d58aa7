"""A month of each rep's own work, by the visits, reports, promises and plans that bear the rep."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, distinct, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import (
    CyclePlan,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    RepMonth,
    Visit,
    VisitReport,
)
from crm.rules.figures.on_time import is_on_time
from crm.rules.rep_figures import Owed, promises_kept
from crm.rules.reports import day_of
from crm.store.day_numbers import seconds_of
from crm.vocabulary import PlanState, PromiseState, VisitOutcome

ZoneOf = Callable[[Rep], ZoneInfo]
Counts = dict[str, int]


def reckoned(
    session: Session,
    month: date,
    until: date,
    *,
    at: datetime,
    timely: timedelta,
    zone_of: ZoneOf,
) -> Iterator[RepMonth]:
    """Every rep with anything to count, from the month's first day until a day. Reports are
    `timely` so long after checking out."""
    reps = {rep.id or 0: rep for rep in session.scalars(columns(Rep))}
    zones = {id_: zone_of(rep) for id_, rep in reps.items()}
    counts: dict[int, Counts] = defaultdict(dict)
    for found in (
        _visits(session, month, until, timely),
        _days(session, month, until),
        _promises(session, month, until, zones),
        _arrivals(session, month, until, zones),
    ):
        for rep_id, part in found.items():
            counts[rep_id] |= part
    for rep_id in sorted(counts):
        yield RepMonth(month=month, until=until, reckoned_at=at, rep_id=rep_id, **counts[rep_id])


def _visits(session: Session, month: date, until: date, timely: timedelta) -> dict[int, Counts]:
    late = seconds_of(col(VisitReport.received_at)) - seconds_of(col(VisitReport.checked_out_at))
    order = col(VisitReport.outcome) == VisitOutcome.ORDER_TAKEN
    query: Any = (
        columns(
            col(Visit.rep_id).label("rep_id"),
            func.count().label("visits"),
            func.count(distinct(col(Visit.date))).label("field_days"),
            func.count(col(VisitReport.id)).label("reported"),
            func.sum(case((order, 1), else_=0)).label("productive"),
            func.sum(case((late <= int(timely.total_seconds()), 1), else_=0)).label("timely"),
        )
        .select_from(Visit)
        .join(VisitReport, col(VisitReport.id) == col(Visit.report_id), isouter=True)
        .where(col(Visit.date).between(month, until), col(Visit.rep_id).is_not(None))
        .group_by(col(Visit.rep_id))
    )
    return _by_rep(session, query)


def _days(session: Session, month: date, until: date) -> dict[int, Counts]:
    """Travel and time away as planned; the break is none of them."""
    stops = (
        columns(
            col(PlannedVisit.plan_id),
            col(PlannedVisit.date),
            func.sum(col(PlannedVisit.end_s) - col(PlannedVisit.begin_s)).label("visit_s"),
        )
        .where(col(PlannedVisit.date).between(month, until))
        .group_by(col(PlannedVisit.plan_id), col(PlannedVisit.date))
        .subquery()
    )
    lunch = and_(
        col(PlannedDay.lunch_begin_s) >= col(PlannedDay.leave_s),
        col(PlannedDay.lunch_begin_s) < col(PlannedDay.return_s),
    )
    away = (
        col(PlannedDay.return_s)
        - col(PlannedDay.leave_s)
        - case((lunch, col(Rep.lunch_duration_s)), else_=0)
    )
    busy = col(PlannedDay.travel_s) + stops.c.visit_s
    query: Any = (
        columns(
            col(CyclePlan.rep_id).label("rep_id"),
            func.sum(col(PlannedDay.travel_s)).label("travel_s"),
            func.sum(case((away < busy, busy), else_=away)).label("away_s"),
            func.sum(col(PlannedDay.travel_m)).label("travel_m"),
        )
        .select_from(PlannedDay)
        .join(CyclePlan, col(CyclePlan.id) == col(PlannedDay.plan_id))
        .join(Rep, col(Rep.id) == col(CyclePlan.rep_id))
        .join(
            stops,
            and_(stops.c.plan_id == col(PlannedDay.plan_id), stops.c.date == col(PlannedDay.date)),
        )
        .where(
            col(CyclePlan.state) == PlanState.PUBLISHED,
            col(PlannedDay.date) <= col(CyclePlan.last_day),
            col(PlannedDay.date).between(month, until),
        )
        .group_by(col(CyclePlan.rep_id))
    )
    return _by_rep(session, query)


def _promises(
    session: Session, month: date, until: date, zones: Mapping[int, ZoneInfo]
) -> dict[int, Counts]:
    query: Any = columns(
        col(Promise.owner_rep_id), col(Promise.due), col(Promise.state), col(Promise.closed_at)
    ).where(
        col(Promise.due).between(month, until),
        col(Promise.state) != PromiseState.WITHDRAWN,
        col(Promise.owner_rep_id).is_not(None),
    )
    owed: dict[int, list[Owed]] = defaultdict(list)
    for rep_id, due, state, closed_at in session.connection().execute(query):
        kept = state is PromiseState.KEPT and closed_at is not None
        day = day_of(closed_at, zones[rep_id]) if kept else None
        owed[rep_id].append(Owed(due=due, kept_on=day))
    shares = {rep_id: promises_kept(every) for rep_id, every in owed.items()}
    return {
        rep_id: {"due": share.denominator, "kept": share.numerator}
        for rep_id, share in shares.items()
    }


def _arrivals(
    session: Session, month: date, until: date, zones: Mapping[int, ZoneInfo]
) -> dict[int, Counts]:
    """Arrivals at planned visits that were booked for a time."""
    query = (
        columns(col(VisitReport.rep_id), col(VisitReport.checked_in_at), col(PlannedVisit.begin_s))
        .join(
            CyclePlan,
            and_(
                col(CyclePlan.rep_id) == col(VisitReport.rep_id),
                col(CyclePlan.state) == PlanState.PUBLISHED,
            ),
        )
        .join(
            PlannedVisit,
            and_(
                col(PlannedVisit.plan_id) == col(CyclePlan.id),
                col(PlannedVisit.customer_id) == col(VisitReport.customer_id),
                col(PlannedVisit.date) == col(VisitReport.visited_on),
            ),
        )
        .where(
            col(VisitReport.visited_on).between(month, until),
            col(PlannedVisit.date).between(month, until),
            col(PlannedVisit.appointment_code) != "",
        )
    )
    found: dict[int, Counts] = defaultdict(lambda: {"with_window": 0, "in_window": 0})
    for rep_id, arrived, begin_s in session.connection().execute(query):
        local = arrived.astimezone(zones[rep_id])
        arrived_s = local.hour * 3600 + local.minute * 60 + local.second
        found[rep_id]["with_window"] += 1
        found[rep_id]["in_window"] += is_on_time(arrived_s, begin_s)
    return found


def _by_rep(session: Session, query: Any) -> dict[int, Counts]:
    rows = session.connection().execute(query).mappings()
    return {
        row["rep_id"]: {name: int(row[name] or 0) for name in row if name != "rep_id"}
        for row in rows
    }
