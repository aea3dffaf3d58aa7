"""How key people stand to each other, at a customer that the asker was let see."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Customer, KeyPerson, PersonRelation
from crm.rules.person_relations import ImpossibleRelation, refuse_impossible
from crm.store.customers import files
from crm.text import N_
from crm.vocabulary import RelationKind


class RelationNotFound(Refused):
    """No such relation at the customer's."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("This customer has no relation {number}."), number=number)


def of(session: Session, customer: Customer) -> list[PersonRelation]:
    """The relations among the people who are shown, in the order in which they were noted."""
    shown = select(KeyPerson.id).where(
        KeyPerson.customer_id == customer.id, col(KeyPerson.removed).is_(False)
    )
    query = select(PersonRelation).where(
        PersonRelation.customer_id == customer.id,
        col(PersonRelation.person_id).in_(shown),
        col(PersonRelation.other_id).in_(shown),
    )
    return list(session.exec(query.order_by(col(PersonRelation.id))))


def add(
    session: Session, customer: Customer, person: int, other: int, kind: RelationKind, note: str
) -> PersonRelation:
    """Note how a person stands to another. Raises `KeyPersonNotFound`, `ImpossibleRelation`."""
    for number in (person, other):
        files.key_person(session, customer, number)
    reporting = [
        (one.person_id, one.other_id)
        for one in of(session, customer)
        if one.kind is RelationKind.REPORTS_TO
    ]
    refuse_impossible(person, other, reporting if kind is RelationKind.REPORTS_TO else ())
    relation = PersonRelation(
        customer_id=customer.id or 0, person_id=person, other_id=other, kind=kind, note=note
    )
    try:
        with session.begin_nested():
            session.add(relation)
    except IntegrityError:
        raise ImpossibleRelation(N_("This is noted already.")) from None
    return relation


def remove(session: Session, customer: Customer, number: int) -> PersonRelation:
    """Take a relation away; `RelationNotFound`."""
    query = select(PersonRelation).where(
        PersonRelation.id == number, PersonRelation.customer_id == customer.id
    )
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise RelationNotFound(number)
    session.delete(found)
    session.flush()
    return found
