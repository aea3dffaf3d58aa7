"""The visits that the plans in force hold for a day, and how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlmodel import Session, col

from crm.models import Customer, CyclePlan, PlannedVisit, Rep, Visit, VisitReport
from crm.rules.access import Asker
from crm.store.people import people
from crm.vocabulary import Grade, PlanState, VisitOutcome

GRACE_S = 30 * 60  # a visit that has not begun by then is late


class StopStanding(StrEnum):
    """How a planned visit stands in the course of its day."""

    DONE = "done"
    CLOSED = "closed"  # the customer was found closed
    LATE = "late"  # half an hour over its time, and no report
    PLANNED = "planned"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What time it is, in seconds after midnight: by zone where a rep names one."""

    elsewhere_s: int
    by_zone_s: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many visits stand how."""

    done: int = 0
    closed: int = 0
    late: int = 0
    planned: int = 0

    @property
    def all(self) -> int:
        """Every visit that the plans hold."""
        return self.done + self.closed + self.late + self.planned

    def standing(self, one: StopStanding) -> int:
        """How many stand one way."""
        return int(getattr(self, one.value))


@dataclass(frozen=True, kw_only=True)
class PlannedStop:
    """A visit of the day. Times are seconds after the rep's midnight, places WGS-84."""

    rep_code: str
    rep_name: str
    customer_code: str
    customer_name: str
    grade: Grade | None
    lat: float
    lon: float
    begin_s: int
    end_s: int
    promise_code: str
    standing: StopStanding


def tallies(
    session: Session, asker: Asker, first: date, last: date, clock: Clock | None
) -> dict[str, Tally]:
    """How the visits within days stand, by the code of the rep. Without a clock none is late."""
    standing = _standing(clock).label("standing")
    query = (
        _planned(asker, first, last)
        .add_columns(col(Rep.code), standing, func.count())
        .group_by(col(Rep.code), standing)
    )
    found: dict[str, dict[str, int]] = {}
    for code, state, count in session.execute(query):
        found.setdefault(code, {})[state] = count
    return {code: Tally(**counts) for code, counts in found.items()}


def stops(
    session: Session,
    asker: Asker,
    day: date,
    clock: Clock | None,
    standing: StopStanding | None = None,
    *,
    after: int = 0,
    limit: int | None = None,
) -> Sequence[PlannedStop]:
    """The visits of a day in the order of their times, those that stand one way if asked; up to
    `limit` of those after so many, all without it."""
    state = _standing(clock)
    query = (
        _planned(asker, day, day)
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id)
        .add_columns(
            col(Rep.code),
            col(Rep.name),
            col(Customer.code),
            col(Customer.name),
            col(Customer.grade),
            col(Customer.lat),
            col(Customer.lon),
            col(PlannedVisit.begin_s),
            col(PlannedVisit.end_s),
            col(PlannedVisit.promise_code),
            state,
        )
        .order_by(col(PlannedVisit.begin_s), col(Rep.code), col(PlannedVisit.id))
        .offset(after)
        .limit(limit)
    )
    if standing is not None:
        query = query.where(state == standing.value)
    names = list(PlannedStop.__dataclass_fields__)
    rows = (dict(zip(names, row, strict=True)) for row in session.execute(query))
    return [PlannedStop(**row | {"standing": StopStanding(row["standing"])}) for row in rows]


def _planned(asker: Asker, first: date, last: date) -> Select[Any]:
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    return (
        select()
        .select_from(PlannedVisit)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(
            col(CyclePlan.rep_id).in_(reps),
            col(CyclePlan.state) == PlanState.PUBLISHED,
            col(PlannedVisit.date) <= col(CyclePlan.last_day),
            col(PlannedVisit.date).between(first, last),
        )
    )


def _standing(clock: Clock | None) -> ColumnElement[str]:
    visited = exists().where(
        col(Visit.customer_id) == PlannedVisit.customer_id,
        col(Visit.date) == PlannedVisit.date,
    )
    closed = exists().where(
        col(VisitReport.customer_id) == PlannedVisit.customer_id,
        col(VisitReport.visited_on) == PlannedVisit.date,
        col(VisitReport.outcome) == VisitOutcome.CLOSED,
    )
    ways: list[tuple[ColumnElement[bool], str]] = [
        (visited, StopStanding.DONE.value),
        (closed, StopStanding.CLOSED.value),
    ]
    if clock is not None:
        late = and_(col(PlannedVisit.begin_s) + GRACE_S < _now_s(clock))
        ways.append((late, StopStanding.LATE.value))
    return case(*ways, else_=StopStanding.PLANNED.value)


def _now_s(clock: Clock) -> ColumnElement[int] | int:
    if not clock.by_zone_s:
        return clock.elsewhere_s
    return case(dict(clock.by_zone_s), value=col(Rep.timezone), else_=clock.elsewhere_s)
