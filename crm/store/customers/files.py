"""档案: what is known of customers beyond the card, and who opened the confidential part.

Each function takes a customer that the asker was let see by `customers.get`.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Customer, CustomerFact, FileLoan, KeyPerson, User
from crm.rules.access import Asker
from crm.rules.files import WRITES_CONFIDENTIAL_FACTS
from crm.store.house import audit
from crm.text import N_

LOANS_SHOWN = 200
CONFIDENTIAL_FILE = "confidential_file"  # in the audit trail, by the customer's code


class KeyPersonNotFound(Refused):
    """No such key person at the customer's."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("This customer has no key person {number}."), number=number)


class FactNotFound(Refused):
    """No such fact about the customer, or not one that the asker may write."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("This customer's file has no fact {number}."), number=number)


def key_people(session: Session, customer: Customer) -> list[KeyPerson]:
    """The key people at a customer's, those first for whom visits are prepared first."""
    query = select(KeyPerson).where(
        KeyPerson.customer_id == customer.id, col(KeyPerson.removed).is_(False)
    )
    return list(session.exec(query.order_by(col(KeyPerson.rank), col(KeyPerson.id))))


def key_person(session: Session, customer: Customer, number: int) -> KeyPerson:
    """A key person to be changed; `KeyPersonNotFound`."""
    query = select(KeyPerson).where(
        KeyPerson.id == number,
        KeyPerson.customer_id == customer.id,
        col(KeyPerson.removed).is_(False),
    )
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise KeyPersonNotFound(number)
    return found


def open_facts(session: Session, customer: Customer) -> list[CustomerFact]:
    """What is known of a customer and not confidential, by topic, the newest first."""
    return _facts(session, customer, confidential=False)


def fact(session: Session, asker: Asker, customer: Customer, number: int) -> CustomerFact:
    """A fact to be changed; `FactNotFound` also for a confidential one that is not the asker's to
    write."""
    query = select(CustomerFact).where(
        CustomerFact.id == number,
        CustomerFact.customer_id == customer.id,
        col(CustomerFact.removed).is_(False),
    )
    if asker.role not in WRITES_CONFIDENTIAL_FACTS:
        query = query.where(col(CustomerFact.confidential).is_(False))
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise FactNotFound(number)
    return found


def borrow(
    session: Session, asker: Asker, customer: Customer, *, reason: str, now: datetime
) -> tuple[FileLoan, list[CustomerFact]]:
    """The confidential facts of a customer, with the borrowing card and the audit entry written
    in the same unit of work: whoever is shown them is on record."""
    facts = _facts(session, customer, confidential=True)
    assert customer.id is not None
    loan = FileLoan(
        customer_id=customer.id,
        user_id=asker.user_id,
        at=now,
        reason=reason,
        shown=[fact.id for fact in facts],
    )
    session.add(loan)
    session.flush()
    audit.record(
        session,
        "open",
        noun=CONFIDENTIAL_FILE,
        key=customer.code,
        reason=reason,
        details={"loan": loan.id, "facts": len(facts)},
    )
    return loan, facts


def loans(session: Session, customer: Customer) -> list[tuple[FileLoan, str]]:
    """The last borrowing cards of a customer's confidential file with who opened it, the newest
    first."""
    query = (
        select(FileLoan, User.name)
        .join(User, col(User.id) == FileLoan.user_id, isouter=True)
        .where(FileLoan.customer_id == customer.id)
        .order_by(col(FileLoan.id).desc())
    )
    return [(loan, name or "") for loan, name in session.exec(query.limit(LOANS_SHOWN))]


def _facts(session: Session, customer: Customer, *, confidential: bool) -> list[CustomerFact]:
    query = select(CustomerFact).where(
        CustomerFact.customer_id == customer.id,
        col(CustomerFact.confidential).is_(confidential),
        col(CustomerFact.removed).is_(False),
    )
    order = (col(CustomerFact.topic), col(CustomerFact.noted_on).desc(), col(CustomerFact.id))
    return list(session.exec(query.order_by(*order)))
