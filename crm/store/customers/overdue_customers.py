"""Customers past their due day, as they were when a day was over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, case, func, literal
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import CareSpell, Customer, Rep, Territory, Visit
from crm.models.care_spells import EVER
from crm.rules.access import Asker
from crm.rules.coverage_squares import SQUARES_A_DEGREE, Counted
from crm.store.customers import customers
from crm.store.day_numbers import day_number
from crm.store.squares import square_of
from crm.vocabulary import Grade

NEITHER, DONE, LATE = 0, 1, 2  # what a month brought a customer
A_LATE_ONE = 2**32  # in the sum of a square, beside ones for those visited: never so many


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A customer who should have been visited `days` ago (0: nobody knows when); `last_visit`
    None: never."""

    code: str
    name: str
    grade: Grade | None
    territory: str
    rep_code: str
    rep_name: str
    last_visit: date | None
    interval_days: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A customer on the map of a month; `state` 2: overdue, 1: visited in it, 0: neither."""

    code: str
    lat: float
    lon: float
    grade: Grade | None
    state: int


def overdue(
    session: Session, asker: Asker, until: date, *, territory: str = "", after: int = 0, limit: int
) -> list[Overdue]:
    """The asker's overdue customers, A first, then the longest overdue; those after so many."""
    stood = _standing(asker, until, territory)
    late = day_number(literal(until)) - stood.c.due + 1
    query: Any = (
        columns(
            col(Customer.code),
            col(Customer.name),
            col(Customer.grade),
            col(Territory.code),
            col(Rep.code),
            col(Rep.name),
            stood.c.last_visit,
            stood.c.interval_days,
            late,
            stood.c.in_care_since,
        )
        .select_from(stood)
        .join(Customer, col(Customer.id) == stood.c.customer_id)
        .join(Territory, col(Territory.id) == stood.c.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == stood.c.rep_id, isouter=True)
        .where(stood.c.due <= day_number(literal(until)))
        .order_by(
            func.coalesce(col(Customer.grade), "Z"),
            late.desc(),
            col(Customer.code),
        )
        .offset(after)
        .limit(limit)
    )
    return [
        Overdue(
            code=code,
            name=name,
            grade=grade,
            territory=territory_code or "",
            rep_code=rep_code or "",
            rep_name=rep_name or "",
            last_visit=last,
            interval_days=interval,
            days=days if last or since > EVER else 0,
        )
        for (
            code,
            name,
            grade,
            territory_code,
            rep_code,
            rep_name,
            last,
            interval,
            days,
            since,
        ) in session.connection().execute(query)
    ]


def counted(session: Session, asker: Asker, until: date, grade: Grade) -> tuple[int, int]:
    """How many of the asker's customers of a grade are overdue, and how many there are."""
    stood = _standing(asker, until, "")
    is_late = case((stood.c.due <= day_number(literal(until)), 1), else_=0)
    query = (
        columns(func.coalesce(func.sum(is_late), 0), func.count())
        .select_from(stood)
        .join(Customer, col(Customer.id) == stood.c.customer_id)
        .where(col(Customer.grade) == grade)
    )
    late, of = session.connection().execute(query).one()
    return int(late), int(of)


def is_overdue(until: date) -> ColumnElement[bool]:
    """Whether a customer is overdue when a day is over, as a condition on customers."""
    _, due = _due(until)
    stands = columns(col(CareSpell.id)).where(
        col(CareSpell.customer_id) == col(Customer.id),
        col(CareSpell.first_day) <= until,
        col(CareSpell.last_day) >= until,
        due <= day_number(literal(until)),
    )
    return stands.correlate(Customer).exists()


def placed(
    session: Session, asker: Asker, month: date, until: date, *, most: int
) -> Sequence[Placed]:
    """The asker's customers in care on a day with what the month brought them, in order of code;
    nobody where they are more than `most`."""
    if are_more_than(session, asker, until, most):  # who is due when costs more than who there is
        return ()
    stood = _standing(asker, until, "")
    query: Any = (
        columns(
            col(Customer.code),
            col(Customer.lat),
            col(Customer.lon),
            col(Customer.grade),
            _state(stood.c.due, stood.c.last_visit, month, until),
        )
        .select_from(stood)
        .join(Customer, col(Customer.id) == stood.c.customer_id)
        .where(customers.are_placed())
        .order_by(col(Customer.code))
    )
    return [
        Placed(code=code, lat=lat, lon=lon, grade=grade, state=found)
        for code, lat, lon, grade, found in session.connection().execute(query)
    ]


def are_more_than(session: Session, asker: Asker, until: date, most: int) -> bool:
    """Whether more than so many of the asker's customers with a place were in care on a day."""
    nowhere = columns(col(Customer.id)).where(~customers.are_placed())  # few: no look at each other
    stands = (
        columns(literal(1))
        .select_from(CareSpell)
        .where(
            col(CareSpell.first_day) <= until,
            col(CareSpell.last_day) >= until,
            _theirs(asker, ""),
            col(CareSpell.customer_id).not_in(nowhere),
        )
        .limit(most + 1)
        .subquery()
    )
    count = columns(func.count()).select_from(stands)
    return session.connection().execute(count).scalar_one() > most


def by_square(session: Session, asker: Asker, month: date, until: date) -> list[Counted]:
    """The same customers, however many, counted by squares of a fiftieth of a degree, from the
    south-west on."""
    stood = _stood_once(asker, until)
    due = _due_after(stood.c.last_visit, stood.c.in_care_since, stood.c.interval_days)
    # one sum for both: what is due is reckoned for each mention of it
    both = _state(due, stood.c.last_visit, month, until, late=A_LATE_ONE, done=1)
    query: Any = (
        columns(stood.c.row, stood.c.column, func.count(), func.sum(both))
        .group_by(stood.c.row, stood.c.column)
        .order_by(stood.c.row, stood.c.column)
    )
    return [
        Counted(at=(south, west), customers=count, late=late, done=done)
        for south, west, count, of_both in session.connection().execute(query)
        for late, done in (divmod(int(of_both), A_LATE_ONE),)
    ]


def _stood_once(asker: Asker, until: date) -> CTE:
    """Who stands as in `_standing` with their squares, for who reads them all: the visits of each
    are looked up once, not for each mention of the last."""
    last_visit, _ = _due(until)
    row, column = square_of(SQUARES_A_DEGREE)
    each: Any = (
        columns(
            row.label("row"),
            column.label("column"),
            col(CareSpell.interval_days),
            col(CareSpell.in_care_since),
            last_visit.label("last_visit"),
        )
        .select_from(CareSpell)
        .join(Customer, col(Customer.id) == CareSpell.customer_id)
        .where(
            col(CareSpell.first_day) <= until,
            col(CareSpell.last_day) >= until,
            _theirs(asker, ""),
            customers.are_placed(),
        )
    )
    once: CTE = each.cte("once").prefix_with("MATERIALIZED")
    return once


def _state(
    due: Any, last_visit: Any, month: date, until: date, *, late: int = LATE, done: int = DONE
) -> ColumnElement[int]:
    return case(
        (due <= day_number(literal(until)), late),
        (last_visit >= month, done),
        else_=NEITHER,
    )


def _standing(asker: Asker, until: date, territory: str) -> CTE:
    """The asker's customers in care when a day was over, with their last visit until then and the
    number of the day on which they were due."""
    last_visit, due = _due(until)
    query: Any = columns(
        col(CareSpell.customer_id),
        col(CareSpell.territory_id),
        col(CareSpell.rep_id),
        col(CareSpell.interval_days),
        col(CareSpell.in_care_since),
        last_visit.label("last_visit"),
        due.label("due"),
    ).where(
        col(CareSpell.first_day) <= until,
        col(CareSpell.last_day) >= until,
        _theirs(asker, territory),
    )
    standing: CTE = query.cte("standing")
    return standing


def _due(until: date) -> tuple[Any, Any]:
    """The last visit until a day in a spell of care, and the number of the day on which the next
    one was due."""
    last_visit = (
        columns(func.max(col(Visit.date)))
        .where(col(Visit.customer_id) == col(CareSpell.customer_id), col(Visit.date) <= until)
        .correlate(CareSpell)
        .scalar_subquery()
    )
    in_care_since, interval_days = col(CareSpell.in_care_since), col(CareSpell.interval_days)
    return last_visit, _due_after(last_visit, in_care_since, interval_days)


def _due_after(last_visit: Any, in_care_since: Any, interval_days: Any) -> Any:
    base = func.coalesce(day_number(last_visit), day_number(in_care_since) - 1)
    return base + interval_days


def _theirs(asker: Asker, territory: str) -> ColumnElement[bool]:
    seen = customers.territories_visible_to(asker)
    if territory:
        seen = seen.where(Territory.code == territory)
    elif asker.sees_everything:
        return col(CareSpell.id).is_not(None)
    return col(CareSpell.territory_id).in_(seen.with_only_columns(col(Territory.id)))
