"""Approvals: the one of R1's plan, asked for by the manager; procedures are the company's."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import delete, select

from crm.models import Approval, Rep
from field_api.services.plans.plan_approval import propose
from tests.field_api.access import LOGGED_IN, OF_R1, Case, only
from tests.field_api.approvals import a_draft, asker_of
from tests.field_api.world import NOW

NUMBER = UUID("4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b11")
PLAN = 8


def asked(session):
    """The approval is open, whatever the asker before did to it."""
    session.exec(delete(Approval))
    plan = a_draft(session, PLAN)
    rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
    by = asker_of(session, "malta")
    propose(session, by, plan, rep, ZoneInfo("Europe/Malta"), now=NOW).id = NUMBER


TABLE = {
    ("GET", "/approvals"): Case(path="/approvals", expected=LOGGED_IN),
    ("GET", "/approvals/{approval_id}"): Case(
        path=f"/approvals/{NUMBER}", prepare=asked, expected=OF_R1
    ),
    ("POST", "/approvals/{approval_id}/decisions"): Case(
        path=f"/approvals/{NUMBER}/decisions",
        body={"kind": "approve"},
        prepare=asked,
        expected=OF_R1,
    ),
    ("POST", "/approvals/{approval_id}/withdraw"): Case(
        path=f"/approvals/{NUMBER}/withdraw",
        body={},
        prepare=asked,
        expected=OF_R1 | dict.fromkeys(("rep1", "south", "general", "chairman"), 403),
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
