"""Photos of rep1's report."""

from tests.field_api.access import OF_R1, REPS, Case, only
from tests.field_api.world import API, REPORT
from tests.support.pictures import a_photo

PATH = f"/visit-reports/{REPORT}/attachments/c9f0f895-fb98-4b19-9c3e-4f2b6f6a0a01"
FILES = {"file": ("shelf.jpg", a_photo(), "image/jpeg")}

TABLE = {
    ("PUT", "/visit-reports/{report_id}/attachments/{attachment_id}"): Case(
        path=PATH,
        files=FILES,
        expected=only() | dict.fromkeys(REPS, 404) | {"rep1": 201},
    ),
    ("GET", "/visit-reports/{report_id}/attachments/{attachment_id}"): Case(
        path=PATH,
        before=lambda world: world.client("rep1").put(API + PATH, files=FILES),
        expected=OF_R1,
    ),
}
