"""Visit reports: rep1's report is there before each asker."""

from sqlmodel import delete

from crm.models import ReportReview
from tests.field_api.access import OF_R1, REPS, Case, only
from tests.field_api.world import REPORT, a_report

REVIEW = "8f14e45f-ceea-467f-a8d2-1f0b2d1c9b11"
CORRECTION = {"id": "3b241101-e2bb-4255-8caf-4136c566a962", "reason": "x", "report": a_report()}
NOT_THEIRS = dict.fromkeys(REPS, 404)

TABLE = {
    ("PUT", "/visit-reports/{report_id}"): Case(
        path=f"/visit-reports/{REPORT}",
        body=a_report(),
        expected=only() | NOT_THEIRS | {"rep1": 200},
    ),
    ("GET", "/visit-reports/{report_id}"): Case(path=f"/visit-reports/{REPORT}", expected=OF_R1),
    ("POST", "/visit-reports/{report_id}/corrections"): Case(
        path=f"/visit-reports/{REPORT}/corrections",
        body=CORRECTION,
        expected=only() | NOT_THEIRS | {"rep1": 201},
    ),
    ("PUT", "/visit-reports/{report_id}/reviews/{review_id}"): Case(
        path=f"/visit-reports/{REPORT}/reviews/{REVIEW}",
        body={"verdict": "seen"},
        prepare=lambda session: session.exec(delete(ReportReview)),
        expected=only("malta", "south", "general", "chairman", status=201)
        | {"gozo": 404, "north": 404},
    ),
    ("GET", "/visit-reports"): Case(path="/visit-reports?rep_code=R1", expected=OF_R1),
}
