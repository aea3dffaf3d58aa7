"""What is asked for about C1, R1's customer."""

from sqlmodel import delete

from crm.models import Approval, CustomerCorrection
from tests.field_api.access import LOGGED_IN, Case, only

CORRECTION = "00000000-0000-4000-8000-00000000c0de"
# who sees the customer and may not ask is told so
SEES_C1 = {"info": 403}


def unasked(session):
    """Nobody has asked for anything yet."""
    session.exec(delete(CustomerCorrection))
    session.exec(delete(Approval))


ASKED = {
    "prepare": unasked,
    "expected": only("rep1", "malta", "south", "general", "chairman", otherwise=404, status=201)
    | SEES_C1,
}

TABLE = {
    ("PUT", "/customers/{code}/corrections/{correction_id}"): Case(
        path=f"/customers/C1/corrections/{CORRECTION}",
        body={"changes": {"city": "x"}, "note": "x"},
        prepare=unasked,
        expected=only("rep1", otherwise=404, status=201)
        | dict.fromkeys(("malta", "south", "general", "chairman"), 403)
        | SEES_C1,
    ),
    ("POST", "/customers/{code}/strike-out"): Case(
        path="/customers/C1/strike-out", body={"reason": "x"}, **ASKED
    ),
    ("POST", "/customers/{code}/frequency"): Case(
        path="/customers/C1/frequency", body={"interval_days": 9, "reason": "x"}, **ASKED
    ),
    ("GET", "/my/requests"): Case(path="/my/requests", expected=LOGGED_IN),
}
