"""Forms of visits: everybody's to read, the company's to set."""

from tests.field_api.access import LOGGED_IN, REPS_ONLY, Case, only

TABLE = {
    ("GET", "/my/report-forms"): Case(path="/my/report-forms", expected=REPS_ONLY),
    ("GET", "/report-forms"): Case(path="/report-forms", expected=LOGGED_IN),
    ("GET", "/report-forms/{trade}"): Case(path="/report-forms/any", expected=LOGGED_IN),
    ("PUT", "/report-forms/{trade}"): Case(
        path="/report-forms/any",
        body={},
        headers={"If-Match": "*"},
        expected=only("general", "chairman", "info"),
    ),
}
