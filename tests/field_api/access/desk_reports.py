"""The inbox on the desk: rep1's report is there before each asker."""

from sqlmodel import delete

from crm.models import ReportReview
from tests.field_api.access import MANAGERS_ONLY, Case, only
from tests.field_api.world import REPORT

REVIEW = "8f14e45f-ceea-467f-a8d2-1f0b2d1c9b22"
OF_R1S_MANAGERS = only("malta", "south", "general", "chairman") | {"gozo": 404, "north": 404}
DONE = {asker: 204 if status == 200 else status for asker, status in OF_R1S_MANAGERS.items()}

TABLE = {
    ("GET", "/desk/reports"): Case(path="/desk/reports", expected=MANAGERS_ONLY),
    ("GET", "/desk/reports/arrived"): Case(path="/desk/reports/arrived", expected=MANAGERS_ONLY),
    ("GET", "/desk/reports/download"): Case(
        path="/desk/reports/download?form=csv", expected=MANAGERS_ONLY
    ),
    ("GET", "/desk/reports/{report_id}"): Case(
        path=f"/desk/reports/{REPORT}", expected=OF_R1S_MANAGERS
    ),
    ("GET", "/desk/reports/{report_id}/map"): Case(
        path=f"/desk/reports/{REPORT}/map", expected=OF_R1S_MANAGERS
    ),
    ("POST", "/desk/reports/{report_id}/reviews/{review_id}"): Case(
        path=f"/desk/reports/{REPORT}/reviews/{REVIEW}",
        form={"verdict": "seen", "version": "1"},
        prepare=lambda session: session.exec(delete(ReportReview)),
        expected=DONE,
    ),
}
