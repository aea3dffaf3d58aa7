"""Approvals: one of R1's frequency, asked for by rep1; procedures are the company's."""

from uuid import UUID

from sqlmodel import delete

from crm.models import Approval
from tests.field_api.access import CUSTOMER_OF_R1, LOGGED_IN, Case, only
from tests.field_api.approvals import opened

NUMBER = UUID("4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b11")


def asked(session):
    """The approval is open, whatever the asker before did to it."""
    session.exec(delete(Approval))
    opened(session, by="rep1").id = NUMBER


TABLE = {
    ("GET", "/approvals"): Case(path="/approvals", expected=LOGGED_IN),
    ("GET", "/approvals/{approval_id}"): Case(
        path=f"/approvals/{NUMBER}", prepare=asked, expected=CUSTOMER_OF_R1
    ),
    ("POST", "/approvals/{approval_id}/decisions"): Case(
        path=f"/approvals/{NUMBER}/decisions",
        body={"kind": "approve"},
        prepare=asked,
        expected=CUSTOMER_OF_R1 | {"rep1": 403, "info": 403},
    ),
    ("POST", "/approvals/{approval_id}/withdraw"): Case(
        path=f"/approvals/{NUMBER}/withdraw",
        body={},
        prepare=asked,
        expected=CUSTOMER_OF_R1
        | dict.fromkeys(("malta", "south", "general", "chairman", "info"), 403),
    ),
    ("GET", "/approval-procedures"): Case(path="/approval-procedures", expected=LOGGED_IN),
    ("GET", "/approval-procedures/{matter}"): Case(
        path="/approval-procedures/plan", expected=LOGGED_IN
    ),
    ("PUT", "/approval-procedures/{matter}"): Case(
        path="/approval-procedures/plan",
        body={"steps": []},
        headers={"If-Match": "*"},
        expected=only("general", "chairman"),
    ),
}
