"""档案核实: which files wait for this quarter's verification, and what has to be completed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date as SqlDate
from sqlalchemy import and_, func, literal, or_
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Customer, FileVerification, User
from crm.rules.access import Asker
from crm.rules.files import Quarter
from crm.store.customers import customer_lists, customers
from crm.store.customers.customer_lists import Listed
from crm.text import N_

NOUN = "file_verification"  # in the audit trail
NEVER = date(1900, 1, 1)  # when files that were never verified were


class VerificationNotFound(Refused):
    """No such verification, or of none of the asker's customers."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("There is no verification {number} among yours."), number=number)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """What a verification found missing, at whose file, and who found it."""

    verification: FileVerification
    customer: Customer
    found_by: str


def queue(
    session: Session,
    asker: Asker,
    quarter: Quarter,
    *,
    after: tuple[date, str] | None,
    limit: int,
) -> list[Listed]:
    """Up to `limit` of the asker's customers whose files were not verified in a quarter yet, those
    that wait longest first, those after a (day, code) in that order."""
    last = func.coalesce(col(Customer.verified_on), literal(NEVER, SqlDate))
    query = customer_lists.with_owners(asker, quarter).where(customer_lists.is_due(quarter))
    if after is not None:
        day, code = after
        query = query.where(
            or_(
                last > literal(day, SqlDate),
                and_(last == literal(day, SqlDate), col(Customer.code) > code),
            )
        )
    rows = session.exec(query.order_by(last, col(Customer.code)).limit(limit))
    return customer_lists.as_listed(rows)


def completions(
    session: Session,
    asker: Asker,
    *,
    completed: bool | None,
    overdue_on: date | None,
    after: tuple[date, int] | None,
    limit: int,
) -> list[Completion]:
    """Up to `limit` completions of files of the asker's customers by their day, those after a
    (day, number). `overdue_on`: only those open and due before that day."""
    query = (
        select(FileVerification, Customer, User.name)
        .join(Customer, col(Customer.id) == FileVerification.customer_id)
        .join(User, col(User.id) == FileVerification.verified_by_id, isouter=True)
        .where(customers.are_visible_to(asker), col(FileVerification.complete_by).is_not(None))
    )
    done = col(FileVerification.completed_at).is_not(None)
    if completed is not None:
        query = query.where(done if completed else ~done)
    if overdue_on is not None:
        query = query.where(~done, col(FileVerification.complete_by) < overdue_on)
    if after is not None:
        day, number = after
        by = col(FileVerification.complete_by)
        query = query.where(or_(by > day, and_(by == day, col(FileVerification.id) > number)))
    query = query.order_by(col(FileVerification.complete_by), col(FileVerification.id))
    return [
        Completion(verification=verification, customer=customer, found_by=name or "")
        for verification, customer, name in session.exec(query.limit(limit))
    ]


def get(session: Session, asker: Asker, number: int) -> tuple[FileVerification, Customer]:
    """A verification to be completed, with its customer; `VerificationNotFound`."""
    query = (
        select(FileVerification, Customer)
        .join(Customer, col(Customer.id) == FileVerification.customer_id)
        .where(FileVerification.id == number, customers.are_visible_to(asker))
        .with_for_update()
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise VerificationNotFound(number)
    return found[0], found[1]


def complete_open(session: Session, customer: Customer, now: datetime) -> None:
    """Close the completions that were open at a customer whose file was found right."""
    query = select(FileVerification).where(
        FileVerification.customer_id == customer.id,
        col(FileVerification.complete_by).is_not(None),
        col(FileVerification.completed_at).is_(None),
    )
    for verification in session.exec(query.with_for_update()):
        verification.completed_at = now


def name_of(session: Session, verification: FileVerification) -> str:
    """Who verified; empty where nobody is named."""
    query = select(User.name).where(User.id == verification.verified_by_id)
    return session.exec(query).one_or_none() or ""
