"""A customer's card at the desk: R1's, C1, with a key person and a relation to another one."""

from sqlmodel import delete, select

from crm.models import Approval, Customer, KeyPerson, PersonRelation
from crm.vocabulary import CustomerStatus, RelationKind
from tests.field_api.access import CUSTOMER_OF_R1, Case

HERE = "/desk/customers/C1"
PATH = "/desk/customers/{code}"
# reps have no desk; who does not see the customer is told that there is none
SEEN = CUSTOMER_OF_R1 | dict.fromkeys(("rep1", "rep2", "rep3"), 403)
DONE = {who: 204 if status == 200 else status for who, status in SEEN.items()}
MANAGERS_DO = DONE | {"info": 403}


def with_people(session):
    """C1 as it was, with two key people, one of whom listens to the other."""
    customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
    customer.status, customer.city, customer.version = CustomerStatus.ACTIVE, "", 1
    session.exec(delete(PersonRelation))
    session.exec(delete(KeyPerson))
    session.add_all(KeyPerson(id=n, customer_id=customer.id, name=f"P{n}") for n in (101, 102))
    session.flush()
    session.add(
        PersonRelation(
            id=101,
            customer_id=customer.id,
            person_id=101,
            other_id=102,
            kind=RelationKind.LISTENS_TO,
        )
    )


def _asked_anew(session):
    """Nothing waits for a decision."""
    with_people(session)
    session.exec(delete(Approval))


def _post(path, form, expected=DONE, prepare=with_people):
    return Case(path=HERE + path, form=form, expected=expected, prepare=prepare)


TABLE = {
    ("GET", PATH): Case(path=HERE, expected=SEEN),
    ("GET", f"{PATH}/place"): Case(path=f"{HERE}/place", expected=SEEN),
    ("POST", f"{PATH}/card"): _post("/card", {"version": "1", "city": "x"}),
    ("POST", f"{PATH}/status"): _post(
        "/status", {"version": "1", "status": "prospect", "reason": "x"}, MANAGERS_DO
    ),
    ("POST", f"{PATH}/frequency"): _post(
        "/frequency", {"interval_days": "5", "reason": "x"}, MANAGERS_DO, _asked_anew
    ),
    ("POST", f"{PATH}/people"): _post("/people", {"name": "x"}),
    ("POST", f"{PATH}/people/{{number}}"): _post("/people/101", {"version": "1", "name": "x"}),
    ("POST", f"{PATH}/people/{{number}}/remove"): _post("/people/101/remove", {"version": "1"}),
    ("POST", f"{PATH}/relations"): _post(
        "/relations", {"person": "101", "other": "102", "kind": "reports_to"}
    ),
    ("POST", f"{PATH}/relations/{{number}}/remove"): _post("/relations/101/remove", {}),
    ("POST", f"{PATH}/facts"): _post("/facts", {"topic": "x", "content": "x", "source": "public"}),
    ("POST", f"{PATH}/confidential"): _post(
        "/confidential",
        {"reason": "x"},
        SEEN | dict.fromkeys(("malta", "south", "info"), 403),
    ),
}
