"""Exports: one that the manager of R1's district asked for and that was approved."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import delete, select

from crm.models import Approval, Export, User
from crm.vocabulary import ApprovalMatter, ApprovalState, ExportKind
from tests.field_api.access import LOGGED_IN, MANAGERS, Case, only
from tests.field_api.world import NOW

NUMBER = UUID("0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11")


def ready(session):
    """The export may be fetched, whatever the asker before did to it."""
    session.exec(delete(Export))
    session.exec(delete(Approval))
    asked_by = session.exec(select(User.id).where(User.username == "malta")).one()
    approval = Approval(
        id=NUMBER,
        matter=ApprovalMatter.EXPORT,
        subject=str(NUMBER),
        title="x",
        asked_by_id=asked_by,
        asked_at=NOW,
        state=ApprovalState.APPROVED,
    )
    session.add(approval)
    session.flush()
    session.add(
        Export(
            id=NUMBER,
            kind=ExportKind.CUSTOMERS,
            reason="x",
            asked_by_id=asked_by,
            asked_at=NOW,
            approval_id=NUMBER,
            expires_at=NOW + timedelta(hours=1),
        )
    )


TABLE = {
    ("POST", "/exports"): Case(
        path="/exports",
        body={"kind": "customers", "reason": "x"},
        expected=only(*MANAGERS, "info", status=202),
    ),
    ("GET", "/exports"): Case(path="/exports", expected=LOGGED_IN),
    ("GET", "/exports/{export_id}/file"): Case(
        path=f"/exports/{NUMBER}/file", prepare=ready, expected=only("malta", otherwise=404)
    ),
}
