"""Grading: of all customers, so for those who see all of them."""

from tests.field_api.access import Case, only

TABLE = {
    ("GET", "/grading-runs"): Case(
        path="/grading-runs", expected=only("general", "chairman", "info")
    ),
    ("POST", "/grading-runs"): Case(
        path="/grading-runs", body={"dry_run": True}, expected=only("general", "chairman")
    ),
}
