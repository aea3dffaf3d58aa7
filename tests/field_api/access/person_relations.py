"""How key people of C1, R1's customer, stand to each other."""

from sqlmodel import select

from crm.models import KeyPerson, PersonRelation
from crm.vocabulary import RelationKind
from tests.field_api.access import Case
from tests.field_api.access.customers import KEEPERS_OF_C1
from tests.field_api.access.files import C1, added, removed

NUMBER, PERSON, OTHER = 901, 902, 903


def two_people(session):
    """Two key people of whom nothing is noted yet."""
    for number in (PERSON, OTHER):
        session.merge(KeyPerson(id=number, customer_id=1, name=f"Person {number}", removed=False))
    session.flush()
    noted = select(PersonRelation).where(PersonRelation.person_id == PERSON)
    for relation in session.exec(noted).all():
        session.delete(relation)
    session.flush()


def a_relation(session):
    """The same with one reporting to the other."""
    two_people(session)
    kind = RelationKind.REPORTS_TO
    session.add(
        PersonRelation(id=NUMBER, customer_id=1, person_id=PERSON, other_id=OTHER, kind=kind)
    )


TABLE = {
    ("GET", "/customers/{code}/relations"): Case(path=f"{C1}/relations", expected=KEEPERS_OF_C1),
    ("POST", "/customers/{code}/relations"): Case(
        path=f"{C1}/relations",
        body={"person": PERSON, "other": OTHER, "kind": "works_with"},
        prepare=two_people,
        expected=added(KEEPERS_OF_C1),
    ),
    ("DELETE", "/customers/{code}/relations/{number}"): Case(
        path=f"{C1}/relations/{NUMBER}", prepare=a_relation, expected=removed(KEEPERS_OF_C1)
    ),
}
