"""The rows of a list of customers to compare: what each is, whose, and when it is due; sorted as
one likes, in parts that begin after a place in the order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, literal, null, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.models import Customer, CyclePlan, PlannedVisit, Promise, Rep, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers import customers, due_days, overdue_customers
from crm.store.customers.customer_lists import Wanted, conditions
from crm.vocabulary import Grade, PlanState, PromiseState

NO_DAY = date(1, 1, 1)  # where a day is missing, in the order of days
LAST_GRADE = "Z"  # ungraded customers come after E


class Sort(StrEnum):
    """What a list is sorted by."""

    NAME = "name"
    CODE = "code"
    GRADE = "grade"
    CITY = "city"
    TRADE = "trade"
    TERRITORY = "territory"
    REP = "rep"
    LAST_VISIT = "last_visit"
    DUE = "due"


BY_DAY = (Sort.LAST_VISIT, Sort.DUE)
IN_PLAN = col(CyclePlan.id) == col(PlannedVisit.plan_id)
Place = tuple[str | date, str]  # in a sorted list: the value sorted by, the customer's code


@dataclass(frozen=True, kw_only=True)
class Row:
    """A customer with its territory and rep (code and name, empty: none), the days of the last
    visit, of the next due one and of the next planned one, and how many promises are open. None
    for days that nobody knows or that are not the asker's to see."""

    customer: Customer
    territory: tuple[str, str]
    rep: tuple[str, str]
    last_visit: date | None
    due_on: date | None
    planned_on: date | None
    promises: int

    def place(self, sort: Sort) -> Place:
        """Where the row stands in a list sorted so."""
        customer = self.customer
        values: dict[Sort, Callable[[], str | date]] = {
            Sort.NAME: lambda: customer.name,
            Sort.CODE: lambda: customer.code,
            Sort.GRADE: lambda: customer.grade.value if customer.grade else LAST_GRADE,
            Sort.CITY: lambda: customer.city,
            Sort.TRADE: lambda: customer.trade,
            Sort.TERRITORY: lambda: self.territory[0],
            Sort.REP: lambda: self.rep[0],
            Sort.LAST_VISIT: lambda: self.last_visit or NO_DAY,
            Sort.DUE: lambda: self.due_on or NO_DAY,
        }
        return values[sort](), customer.code


def listed(
    session: Session,
    asker: Asker,
    wanted: Wanted,
    *,
    sort: Sort,
    descending: bool,
    after: Place | None,
    limit: int,
    today: date,
) -> list[Row]:
    """Up to `limit` of the asker's customers, those after a place in the order; three queries,
    however many rows."""
    field_work = sees_visits(asker)
    days = (due_days.last_visit(), due_days.due_on()) if field_work else (null(), null())
    columns: list[Any] = [Customer, Territory.code, Territory.name, Rep.code, Rep.name, *days]
    query = (
        select_columns(*columns)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(customers.are_visible_to(asker), *conditions(wanted))
    )
    by, code = _sorted_by(sort), col(Customer.code)
    if after is not None:
        value: Any = literal(after[0], Date) if sort in BY_DAY else after[0]
        further = by < value if descending else by > value
        query = query.where(or_(further, and_(by == value, code > after[1])))
    query = query.order_by(by.desc() if descending else by.asc(), code).limit(limit)
    found = session.execute(query).all()
    ids = [row[0].id for row in found]
    planned = _planned(session, ids, today) if field_work else {}
    owed = _owed(session, ids) if field_work else {}
    return [
        Row(
            customer=customer,
            territory=(territory or "", territory_name or ""),
            rep=(rep or "", rep_name or ""),
            last_visit=last_visit,
            due_on=due_on,
            planned_on=planned.get(customer.id),
            promises=owed.get(customer.id, 0),
        )
        for customer, territory, territory_name, rep, rep_name, last_visit, due_on in found
    ]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A customer's place, WGS-84, and what is to be seen of it there."""

    code: str
    name: str
    trade: str
    lat: float
    lon: float
    grade: Grade | None
    planned: bool
    overdue: bool


def points(
    session: Session, asker: Asker, wanted: Wanted, *, limit: int, today: date
) -> list[Point]:
    """Up to `limit` of the asker's customers whose place is known, in order of code."""
    ahead: Any = null()
    late: Any = null()
    if sees_visits(asker):
        late = overdue_customers.is_overdue(today - timedelta(days=1))
        own = PlannedVisit.customer_id == Customer.id
        ahead = select(PlannedVisit.id).join(CyclePlan, IN_PLAN).where(own, *_to_come(today))
        ahead = ahead.correlate(Customer).exists()
    columns: list[Any] = [
        Customer.code,
        Customer.name,
        Customer.trade,
        Customer.lat,
        Customer.lon,
        Customer.grade,
        ahead,
        late,
    ]
    query = numbers(asker, wanted).where(customers.are_placed()).order_by(Customer.code)
    found = query.with_only_columns(*columns, maintain_column_froms=True).limit(limit)
    return [
        Point(
            code=code,
            name=name,
            trade=trade,
            lat=lat,
            lon=lon,
            grade=grade,
            planned=bool(planned),
            overdue=bool(is_late),
        )
        for code, name, trade, lat, lon, grade, planned, is_late in session.execute(found)
    ]


def sees_visits(asker: Asker) -> bool:
    """Whether the days of visits are the asker's to see."""
    return asker.reach(Realm.FIELD_WORK) is not Reach.NOTHING


def count(session: Session, asker: Asker, wanted: Wanted) -> int:
    """How many customers there are."""
    query = numbers(asker, wanted).with_only_columns(func.count(), maintain_column_froms=True)
    return int(session.connection().execute(query).scalar_one())


def numbers(asker: Asker, wanted: Wanted) -> Select[int | None, int]:
    """The numbers and versions of the customers that are wanted."""
    return (
        select(col(Customer.id), col(Customer.version))
        .select_from(Customer)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(customers.are_visible_to(asker), *conditions(wanted))
    )


def words(session: Session, asker: Asker, column: Any) -> list[str]:
    """The different words in a column of the asker's customers, in order."""
    query = select_columns(column).where(customers.are_visible_to(asker), column != "")
    return list(session.execute(query.distinct().order_by(column)).scalars())


def territory_names(session: Session, asker: Asker) -> list[tuple[str, str]]:
    """The codes and names of the asker's territories, in order of code."""
    query = customers.territories_visible_to(asker).order_by(Territory.code)
    columns = query.with_only_columns(col(Territory.code), col(Territory.name))
    return [(code, name) for code, name in session.execute(columns)]


def rep_names(session: Session, asker: Asker) -> list[tuple[str, str]]:
    """The codes and names of the reps who work the asker's territories, in order of code."""
    working = customers.territories_visible_to(asker).with_only_columns(col(Territory.rep_id))
    query = select(Rep.code, Rep.name).where(col(Rep.id).in_(working)).order_by(Rep.code)
    return [(code, name) for code, name in session.exec(query)]


def _sorted_by(sort: Sort) -> ColumnElement[Any]:
    no_day = literal(NO_DAY, Date)
    columns: dict[Sort, Callable[[], Any]] = {
        Sort.NAME: lambda: col(Customer.name),
        Sort.CODE: lambda: col(Customer.code),
        Sort.GRADE: lambda: func.coalesce(col(Customer.grade), LAST_GRADE),
        Sort.CITY: lambda: col(Customer.city),
        Sort.TRADE: lambda: col(Customer.trade),
        Sort.TERRITORY: lambda: func.coalesce(col(Territory.code), ""),
        Sort.REP: lambda: func.coalesce(col(Rep.code), ""),
        Sort.LAST_VISIT: lambda: func.coalesce(due_days.last_visit(), no_day),
        Sort.DUE: lambda: func.coalesce(due_days.due_on(), no_day),
    }
    found: ColumnElement[Any] = columns[sort]()
    return found


def _planned(session: Session, ids: Sequence[int], today: date) -> dict[int, date]:
    """The next day on which plans in force visit customers that the asker was let see."""
    query = (
        select(col(PlannedVisit.customer_id), func.min(PlannedVisit.date))
        .join(CyclePlan, IN_PLAN)
        .where(col(PlannedVisit.customer_id).in_(ids), *_to_come(today))
        .group_by(col(PlannedVisit.customer_id))
    )
    return dict(session.exec(query).all())


def _to_come(today: date) -> list[ColumnElement[bool]]:
    """Of visits of plans in force from today on."""
    return [
        col(PlannedVisit.date) >= today,
        col(CyclePlan.state) == PlanState.PUBLISHED,
        col(PlannedVisit.date) <= col(CyclePlan.last_day),
    ]


def _owed(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many promises are open to customers that the asker was let see."""
    query = (
        select(col(Promise.customer_id), func.count())
        .where(col(Promise.customer_id).in_(ids), Promise.state == PromiseState.OPEN)
        .group_by(col(Promise.customer_id))
    )
    return {customer: int(number) for customer, number in session.exec(query)}
