"""The audit trail: an entry on C1, R1's customer."""

from sqlalchemy import func
from sqlmodel import select

from crm.models import AuditEntry
from crm.store.house import audit
from tests.field_api.access import MANAGERS, MANAGERS_ONLY, Case, only

NUMBER = 900


def an_entry(session):
    """Entries up to a number, each on C1."""
    while (session.exec(select(func.max(AuditEntry.id))).one() or 0) < NUMBER:
        audit.record(session, "x", noun="customer", key="C1")


TABLE = {
    ("GET", "/audit"): Case(path="/audit", expected=MANAGERS_ONLY),
    ("GET", "/audit/{number}/changes"): Case(
        path=f"/audit/{NUMBER}/changes",
        prepare=an_entry,
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
}
