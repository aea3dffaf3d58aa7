"""Decisions on the desk: a correction of R1's customer that rep1 asked for, and one of malta's own
to take back."""

from uuid import UUID

from sqlmodel import delete, select

from crm.models import Approval, ApprovalDecision, Rep
from crm.store import approvals
from crm.store.approvals import Place
from crm.vocabulary import ApprovalMatter
from tests.field_api.access import MANAGERS, Case, only
from tests.field_api.approvals import asker_of
from tests.field_api.world import NOW

NUMBER = UUID("4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b12")
DESK = only(*MANAGERS, "info")  # everybody but reps
SEES = DESK | {"gozo": 404, "north": 404}
DECIDES = SEES | dict.fromkeys(("malta", "south", "general", "chairman"), 204) | {"info": 403}


def asked(session, by="rep1"):
    """The correction is open, whatever the asker before did to it."""
    session.exec(delete(ApprovalDecision))
    session.exec(delete(Approval))
    rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
    approvals.ask(
        session,
        asker_of(session, by),
        matter=ApprovalMatter.CUSTOMER_CORRECTION,
        subject="C1/1",
        title="Correction of customer {code} {name}",
        title_params={"code": "C1", "name": "<b>Café</b>"},
        reason="Moved",
        payload={
            "customer": "C1",
            "changes": [
                {"field": "contact_phone", "before": "", "after": "1"},
            ],
            "position": {"lat": 35.9, "lon": 14.51, "accuracy_m": 10.0},
            "distance_m": 12,
        },
        place=Place(rep_id=rep.id),
        now=NOW,
    ).id = NUMBER


def asked_by_malta(session):
    asked(session, by="malta")


TABLE = {
    ("GET", "/desk/decisions"): Case(path="/desk/decisions", prepare=asked, expected=DESK),
    ("GET", "/desk/decisions/download"): Case(
        path="/desk/decisions/download?form=csv", expected=DESK
    ),
    ("GET", "/desk/decisions/several"): Case(
        path=f"/desk/decisions/several?chosen={NUMBER}", prepare=asked, expected=DESK
    ),
    ("POST", "/desk/decisions/several"): Case(
        path="/desk/decisions/several",
        form={"kind": "approve", "chosen": [str(NUMBER)]},
        prepare=asked,
        expected=only(*MANAGERS, "info", status=204),  # what is another's is told as left
    ),
    ("GET", "/desk/decisions/{approval_id}"): Case(
        path=f"/desk/decisions/{NUMBER}", prepare=asked, expected=SEES
    ),
    ("GET", "/desk/decisions/{approval_id}/map"): Case(
        path=f"/desk/decisions/{NUMBER}/map", prepare=asked, expected=SEES
    ),
    ("POST", "/desk/decisions/{approval_id}/decision"): Case(
        path=f"/desk/decisions/{NUMBER}/decision",
        form={"kind": "refuse", "comment": "No"},
        prepare=asked,
        expected=DECIDES,
    ),
    ("POST", "/desk/decisions/{approval_id}/withdrawal"): Case(
        path=f"/desk/decisions/{NUMBER}/withdrawal",
        form={"reason": "x"},
        prepare=asked_by_malta,
        expected=SEES
        | dict.fromkeys(("south", "general", "chairman", "info"), 403)
        | {"malta": 204},
    ),
}
