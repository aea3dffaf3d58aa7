"""The quarterly verification of C1's file."""

from datetime import date

from crm.models import FileVerification
from tests.field_api.access import CUSTOMER_OF_R1, MANAGERS, REPS, Case, only
from tests.field_api.access.customers import KEEPERS_OF_C1
from tests.field_api.access.files import added
from tests.field_api.world import NOW

NUMBER = 900


def a_verification(session):
    """Something of C1's file is to be completed."""
    session.merge(
        FileVerification(
            id=NUMBER,
            customer_id=1,
            quarter="2026-Q4",
            verified_at=NOW,
            missing=["name"],
            complete_by=date(2026, 12, 1),
        )
    )


TABLE = {
    ("GET", "/file-verifications/queue"): Case(
        path="/file-verifications/queue", expected=only(*MANAGERS, "info")
    ),
    ("POST", "/customers/{code}/verifications"): Case(
        path="/customers/C1/verifications", body={}, expected=added(KEEPERS_OF_C1)
    ),
    ("GET", "/file-verifications/completions"): Case(
        path="/file-verifications/completions", expected=only(*MANAGERS, "info")
    ),
    ("POST", "/file-verifications/{number}/complete"): Case(
        path=f"/file-verifications/{NUMBER}/complete",
        body={"note": "x"},
        prepare=a_verification,
        expected=CUSTOMER_OF_R1 | dict.fromkeys(REPS, 403),
    ),
}
