"""Places in doubt: a customer that nobody knows the place of is in nobody's territory."""

from sqlmodel import select

from crm.models import Customer
from crm.vocabulary import PlaceOrigin
from tests.builders import a_customer
from tests.field_api.access import MANAGERS, OF_R1, Case, only
from tests.field_api.access.approvals import NUMBER, asked


def a_waiting_customer(session):
    """C8 waits for a place."""
    found = session.exec(select(Customer).where(Customer.code == "C8")).one_or_none()
    found = found or a_customer("C8", (0.0, 0.0), street="3 Church Street")
    found.place_origin, found.territory_id = PlaceOrigin.MISSING, None
    session.add(found)


TABLE = {
    ("GET", "/places/doubtful"): Case(path="/places/doubtful", expected=only(*MANAGERS, "info")),
    ("POST", "/places/{code}/settle"): Case(
        path="/places/C8/settle",
        body={"lat": 35.9, "lon": 14.5},
        headers={"If-Match": "*"},
        prepare=a_waiting_customer,
        expected=only("general", "chairman", "info", otherwise=404),
    ),
    # the one of a plan is about no place, and those who do not see it are not told so
    ("GET", "/approvals/{approval_id}/address"): Case(
        path=f"/approvals/{NUMBER}/address",
        prepare=asked,
        expected={who: 409 if status == 200 else status for who, status in OF_R1.items()},
    ),
}
