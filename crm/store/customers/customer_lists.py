"""Lists of the asker's customers, filtered, each with whose it is: one query a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.models import Customer, DoubtfulPlace, FileVerification, Rep, Territory
from crm.rules.access import Asker
from crm.rules.files import IN_CARE, Quarter
from crm.store.customers import customers, due_days, overdue_customers
from crm.vocabulary import CustomerStatus, Grade

ESCAPE = "\\"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which customers; None and empty: whatever. `text` is looked for in name and code, the codes
    of territory and rep and the words of city, trade and channel are whole. `due`: not verified in
    the `quarter` yet (True) or not to be (False). `overdue_on`: overdue when a day was over;
    `unvisited_since`: by nobody on the day or later; `doubtful`: whose place is missing or waits
    for a person to settle it; `nobodys`: in no territory; `ungraded`: without a grade."""

    text: str = ""
    status: CustomerStatus | None = None
    grade: Grade | None = None
    territory: str = ""
    rep: str = ""
    city: str = ""
    trade: str = ""
    channel: str = ""
    quarter: Quarter
    due: bool | None = None
    overdue_on: date | None = None
    unvisited_since: date | None = None
    doubtful: bool = False
    nobodys: bool = False
    ungraded: bool = False


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A customer with the codes of territory and rep (empty: none), and whether its file is due
    for this quarter's verification."""

    customer: Customer
    territory: str
    rep: str
    due: bool


def listed(
    session: Session, asker: Asker, wanted: Wanted, *, after: str | None, limit: int
) -> list[Listed]:
    """Up to `limit` of the asker's customers in order of code, those after a code."""
    query = with_owners(asker, wanted.quarter).where(*conditions(wanted))
    if after is not None:
        query = query.where(Customer.code > after)
    return as_listed(session.exec(query.order_by(col(Customer.code)).limit(limit)))


def with_owners(asker: Asker, quarter: Quarter) -> Select[Customer, str, str, bool]:
    """The asker's customers with territory's and rep's codes and whether they are due."""
    return (
        select(Customer, col(Territory.code), col(Rep.code), is_due(quarter))
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(customers.are_visible_to(asker))
    )


def as_listed(rows: Any) -> list[Listed]:
    """What `with_owners` found."""
    return [
        Listed(customer=customer, territory=territory or "", rep=rep or "", due=bool(due))
        for customer, territory, rep, due in rows
    ]


def due(session: Session, customer: Customer, quarter: Quarter) -> bool:
    """Whether the file of a customer that the asker was let see is due in a quarter."""
    query = select(Customer.id).where(Customer.id == customer.id, is_due(quarter))
    return session.exec(query).first() is not None


def is_due(quarter: Quarter) -> ColumnElement[bool]:
    """Whether a customer's file is in care and was neither gone through nor found right in a
    quarter."""
    verified = exists().where(
        col(FileVerification.customer_id) == col(Customer.id),
        col(FileVerification.quarter) == quarter.name,
    )
    right = and_(
        col(Customer.verified_on).is_not(None), col(Customer.verified_on) >= quarter.first_day
    )
    return and_(col(Customer.status).in_(IN_CARE), ~right, ~verified)


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is wanted, as conditions on customers joined with their territories and reps."""
    found = _more(wanted)
    if wanted.text:
        found.append(or_(*_holds(wanted.text)))
    for column, value in (
        (Customer.status, wanted.status),
        (Customer.grade, wanted.grade),
        (Territory.code, wanted.territory),
        (Rep.code, wanted.rep),
        (Customer.city, wanted.city),
        (Customer.trade, wanted.trade),
        (Customer.channel, wanted.channel),
    ):
        if value:
            found.append(col(column) == value)
    if wanted.due is not None:
        due = is_due(wanted.quarter)
        found.append(due if wanted.due else ~due)
    return found


def _more(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.overdue_on is not None:
        found.append(overdue_customers.is_overdue(wanted.overdue_on))
    if wanted.unvisited_since is not None:
        found.append(due_days.not_visited_since(wanted.unvisited_since))
    if wanted.doubtful:
        waits = exists().where(col(DoubtfulPlace.customer_id) == col(Customer.id))
        found.append(or_(~customers.are_placed(), waits))
    if wanted.nobodys:
        found.append(col(Customer.territory_id).is_(None))
    if wanted.ungraded:
        found.append(col(Customer.grade).is_(None))
    return found


def _holds(text: str) -> list[ColumnElement[bool]]:
    """Name or code holds the text, small and capital letters alike; databases know this of the
    Latin alphabet only, so other letters are looked for in each of their forms."""
    forms = {text} if text.isascii() else {text, text.lower(), text.upper(), text.title()}
    parts: list[ColumnElement[bool]] = []
    for form in sorted(forms):
        escaped = form.replace(ESCAPE, ESCAPE * 2).replace("%", r"\%").replace("_", r"\_")
        parts += [
            col(column).ilike(f"%{escaped}%", escape=ESCAPE)
            for column in (Customer.name, Customer.code)
        ]
    return parts
