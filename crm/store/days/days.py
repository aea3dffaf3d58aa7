"""A rep's day as it was published: the plan, the visits in order, and what to know of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Executable, Row, and_, bindparam, func, or_
from sqlmodel import Session, col, select

from crm.models import (
    Customer,
    CyclePlan,
    KeyPerson,
    PlannedDay,
    PlannedVisit,
    Rep,
    UnfitTime,
    UnservedVisit,
    Visit,
)
from crm.rules.access import Asker
from crm.store.people import people
from crm.store.prepared import Prepared
from crm.vocabulary import Grade, PlanState, Transport


@dataclass(frozen=True, kw_only=True)
class RepsDay:
    """A rep's day in the published plan that holds it: `plan_id` is None without one, the times
    (seconds after local midnight) and ways are when the plan sends the rep nowhere that day.

    A plan as a whole is not read: its document is large.
    """

    rep_id: int
    rep_code: str
    rep_name: str
    timezone: str
    transport: Transport
    lunch_duration_s: int
    plan_id: int | None
    first_day: date | None
    last_day: date | None
    leave_s: int | None
    return_s: int | None
    lunch_begin_s: int | None
    travel_s: int | None
    travel_m: int | None
    travel_source: str | None


def _published(asker: Asker) -> Executable:
    published = and_(
        col(CyclePlan.rep_id) == Rep.id,
        col(CyclePlan.state) == PlanState.PUBLISHED,
        bindparam("on", type_=Date).between(CyclePlan.first_day, CyclePlan.last_day),
    )
    of_day = and_(col(PlannedDay.plan_id) == CyclePlan.id, col(PlannedDay.date) == bindparam("on"))
    columns: list[Any] = [
        col(Rep.id).label("rep_id"),
        col(Rep.code).label("rep_code"),
        col(Rep.name).label("rep_name"),
        Rep.timezone,
        Rep.transport,
        Rep.lunch_duration_s,
        col(CyclePlan.id).label("plan_id"),
        CyclePlan.first_day,
        CyclePlan.last_day,
        PlannedDay.leave_s,
        PlannedDay.return_s,
        PlannedDay.lunch_begin_s,
        PlannedDay.travel_s,
        PlannedDay.travel_m,
        CyclePlan.travel_source,
    ]
    return (
        people.reps_visible_to(asker)
        .where(Rep.code == bindparam("code"))
        .join(CyclePlan, published, isouter=True)
        .join(PlannedDay, of_day, isouter=True)
        .order_by(col(CyclePlan.created_at).desc(), col(CyclePlan.id).desc())
        .limit(1)
        .with_only_columns(*columns)
    )


PUBLISHED = Prepared(_published)


def published_day(session: Session, asker: Asker, rep_code: str, on: date) -> RepsDay:
    """The day of a rep whom the asker may see, in the newest published plan that holds it.

    Raises `RepNotFound`.
    """
    rows = PUBLISHED.rows(session, asker, code=rep_code, on=on)
    if not rows:
        raise people.RepNotFound(rep_code)
    return RepsDay(**rows[0]._mapping)


def _stops(_asker: Asker) -> Executable:
    visit = [
        PlannedVisit.visit_id,
        PlannedVisit.date,
        PlannedVisit.purpose,
        PlannedVisit.arrive_s,
        PlannedVisit.begin_s,
        PlannedVisit.end_s,
        PlannedVisit.travel_s,
        PlannedVisit.travel_m,
        PlannedVisit.promise_code,
        PlannedVisit.appointment_code,
        PlannedVisit.customer_id,
    ]
    card = [
        Customer.code,
        Customer.name,
        Customer.street,
        Customer.postcode,
        Customer.city,
        Customer.lat,
        Customer.lon,
        Customer.contact_name,
        Customer.contact_phone,
        Customer.opening_hours,
        Customer.opening_hours_problem,
        Customer.grade,
        Customer.status,
        Customer.trade,
    ]
    columns: list[Any] = [*visit, *card]
    query: Executable = (
        select(*columns)
        .join(Customer, col(PlannedVisit.customer_id) == Customer.id)
        .where(*_ON_DAY)
        .order_by(col(PlannedVisit.position), col(PlannedVisit.begin_s))
    )
    return query


_ON_DAY = (
    col(PlannedVisit.plan_id) == bindparam("plan_id"),
    col(PlannedVisit.date) == bindparam("on"),
)
CUSTOMERS_OF_DAY = select(PlannedVisit.customer_id).where(*_ON_DAY)
STOPS = Prepared(_stops)


def stops(session: Session, asker: Asker, plan_id: int, on: date) -> Sequence[Row[Any]]:
    """The visits on a day of a plan that the asker was already let see, in order: what was planned
    and what is known of the customer, by the columns' names."""
    return STOPS.rows(session, asker, plan_id=plan_id, on=on)


def _last_visits(_asker: Asker) -> Executable:
    return (
        select(Visit.customer_id, func.max(Visit.date).label("last"))
        .where(col(Visit.customer_id).in_(CUSTOMERS_OF_DAY), col(Visit.date) < bindparam("on"))
        .group_by(col(Visit.customer_id))
    )


def _unfit_times(_asker: Asker) -> Executable:
    return (
        select(UnfitTime.customer_id, UnfitTime.from_s, UnfitTime.to_s)
        .where(
            col(UnfitTime.customer_id).in_(CUSTOMERS_OF_DAY),
            or_(
                col(UnfitTime.date) == bindparam("on"),
                col(UnfitTime.weekday) == bindparam("weekday"),
            ),
        )
        .order_by(col(UnfitTime.from_s))
    )


def _key_people(_asker: Asker) -> Executable:
    return (
        select(KeyPerson.customer_id, KeyPerson.name, KeyPerson.post, KeyPerson.say)
        .where(col(KeyPerson.customer_id).in_(CUSTOMERS_OF_DAY), col(KeyPerson.removed).is_(False))
        .order_by(col(KeyPerson.rank), col(KeyPerson.id))
    )


LAST_VISITS, UNFIT_TIMES = Prepared(_last_visits), Prepared(_unfit_times)
KEY_PEOPLE = Prepared(_key_people)


def last_visits_of_day(session: Session, asker: Asker, plan_id: int, on: date) -> dict[int, date]:
    """The last day before a planned day on which each of its customers was visited."""
    rows = LAST_VISITS.rows(session, asker, plan_id=plan_id, on=on)
    return {row.customer_id: row.last for row in rows}


def unfit_times_of_day(
    session: Session, asker: Asker, plan_id: int, on: date
) -> dict[int, list[tuple[int, int]]]:
    """The times on a planned day at which its customers cannot be visited, by customer: from and
    to, seconds after midnight."""
    rows = UNFIT_TIMES.rows(session, asker, plan_id=plan_id, on=on, weekday=on.weekday())
    found: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row.customer_id, []).append((row.from_s, row.to_s))
    return found


def key_people_of_day(
    session: Session, asker: Asker, plan_id: int, on: date
) -> dict[int, list[Row[Any]]]:
    """Whom to ask for at a planned day's customers, who matters most first, by customer: name, post
    and say, no more of the file."""
    found: dict[int, list[Row[Any]]] = {}
    for row in KEY_PEOPLE.rows(session, asker, plan_id=plan_id, on=on):
        found.setdefault(row.customer_id, []).append(row)
    return found


def visits_and_unserved(
    session: Session, plan: CyclePlan
) -> tuple[int, list[tuple[UnservedVisit, Customer]]]:
    """How many visits a plan holds, and those without a place, the weightiest grade first, of a
    plan already let see."""
    count = select(func.count()).select_from(PlannedVisit).where(PlannedVisit.plan_id == plan.id)
    query = select(UnservedVisit, Customer).join(
        Customer, col(UnservedVisit.customer_id) == Customer.id
    )
    rows = session.exec(query.where(UnservedVisit.plan_id == plan.id).order_by(Customer.code)).all()
    found = sorted(rows, key=lambda row: row[1].grade or Grade.E)
    return session.exec(count).one(), [(unserved, customer) for unserved, customer in found]


def last_visits(session: Session, customer_ids: Any, *, before: date) -> dict[int, date]:
    """The last day before a day on which each customer was visited, by customer; the ids as a
    collection or as a query for them."""
    query = (
        select(Visit.customer_id, func.max(Visit.date))
        .where(col(Visit.customer_id).in_(customer_ids), Visit.date < before)
        .group_by(col(Visit.customer_id))
    )
    return dict(session.exec(query).all())
