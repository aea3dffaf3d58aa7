"""Customers: R1's, C1."""

from sqlmodel import select

from crm.models import Customer
from crm.vocabulary import CustomerStatus
from tests.field_api.access import CUSTOMER_OF_R1, LOGGED_IN, Case, only

ANY_VERSION = {"If-Match": "*"}
# those who keep files; a rep of one's own is told that it is not a rep's to do
KEEPERS_OF_C1 = CUSTOMER_OF_R1 | {"rep1": 403}


def without_c9(session):
    """The customer that somebody added before is gone."""
    for added in session.exec(select(Customer).where(Customer.code == "C9")):
        session.delete(added)


def active(session):
    """C1 is visited."""
    session.exec(select(Customer).where(Customer.code == "C1")).one().status = CustomerStatus.ACTIVE


TABLE = {
    ("GET", "/customers"): Case(path="/customers", expected=LOGGED_IN),
    ("POST", "/customers"): Case(
        path="/customers",
        body={"code": "C9", "name": "x", "place": {"lat": 35.9, "lon": 14.5}},
        prepare=without_c9,
        expected=only("general", "chairman", "info", status=201),
    ),
    ("GET", "/customers/{code}"): Case(path="/customers/C1", expected=CUSTOMER_OF_R1),
    ("PATCH", "/customers/{code}"): Case(
        path="/customers/C1", body={"city": "x"}, headers=ANY_VERSION, expected=KEEPERS_OF_C1
    ),
    ("POST", "/customers/{code}/status"): Case(
        path="/customers/C1/status",
        body={"status": "prospect", "reason": "x"},
        headers=ANY_VERSION,
        prepare=active,
        expected=KEEPERS_OF_C1 | {"info": 403},
    ),
}
