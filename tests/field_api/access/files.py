"""What is known of C1, R1's customer."""

from datetime import date

from crm.models import CustomerFact, KeyPerson
from crm.vocabulary import SourceLevel
from tests.field_api.access import CUSTOMER_OF_R1, Case, only
from tests.field_api.access.customers import ANY_VERSION, KEEPERS_OF_C1

NUMBER = 900
C1 = "/customers/C1"
DISTRICT_OF_C1 = ("rep1", "malta", "south", "info")  # see the customer, and may not open the file


def added(expected):
    return {asker: 201 if status == 200 else status for asker, status in expected.items()}


def removed(expected):
    return {asker: 204 if status == 200 else status for asker, status in expected.items()}


def a_person(session):
    """A key person who was not taken out yet."""
    of = {"customer_id": 1, "name": "Ms Borg"}
    session.merge(KeyPerson(id=NUMBER, removed=False, **of))


def a_fact(session):
    """A fact that was not taken out yet."""
    of = {"customer_id": 1, "topic": "plans", "content": "x", "source": SourceLevel.PUBLIC}
    session.merge(CustomerFact(id=NUMBER, removed=False, noted_on=date(2026, 11, 1), **of))


PERSON = {"path": f"{C1}/key-people/{NUMBER}", "prepare": a_person, "headers": ANY_VERSION}
FACT = {"path": f"{C1}/facts/{NUMBER}", "prepare": a_fact, "headers": ANY_VERSION}

TABLE = {
    ("GET", "/customers/{code}/history"): Case(path=f"{C1}/history", expected=KEEPERS_OF_C1),
    ("POST", "/customers/{code}/key-people"): Case(
        path=f"{C1}/key-people", body={"name": "x"}, expected=added(CUSTOMER_OF_R1)
    ),
    ("PATCH", "/customers/{code}/key-people/{number}"): Case(
        **PERSON, body={"post": "x"}, expected=CUSTOMER_OF_R1
    ),
    ("DELETE", "/customers/{code}/key-people/{number}"): Case(
        **PERSON, expected=removed(KEEPERS_OF_C1)
    ),
    ("POST", "/customers/{code}/facts"): Case(
        path=f"{C1}/facts",
        body={"topic": "x", "content": "x", "source": "public"},
        expected=added(KEEPERS_OF_C1),
    ),
    ("PATCH", "/customers/{code}/facts/{number}"): Case(
        **FACT, body={"content": "y"}, expected=KEEPERS_OF_C1
    ),
    ("DELETE", "/customers/{code}/facts/{number}"): Case(**FACT, expected=removed(KEEPERS_OF_C1)),
    ("POST", "/customers/{code}/confidential-file"): Case(
        path=f"{C1}/confidential-file",
        body={"reason": "x"},
        expected=only("general", "chairman", otherwise=404, status=201)
        | dict.fromkeys(DISTRICT_OF_C1, 403),
    ),
    ("GET", "/customers/{code}/file-loans"): Case(
        path=f"{C1}/file-loans",
        expected=only("general", "chairman", otherwise=404)
        | dict.fromkeys(DISTRICT_OF_C1, 403)
        | {"info": 200},
    ),
}
