"""The numbers of grading: managers see them, those over the whole company set them."""

from tests.field_api.access import MANAGERS_ONLY, Case, only

ONE = "/grading-policies/{policy}"
TABLE = {
    ("GET", "/grading-policies"): Case(path="/grading-policies", expected=MANAGERS_ONLY),
    ("GET", ONE): Case(path="/grading-policies/sales_percentile", expected=MANAGERS_ONLY),
    ("PUT", ONE): Case(
        path="/grading-policies/sales_percentile",
        body={"numbers": None, "reason": "x"},
        headers={"If-Match": "*"},
        expected=only("general", "chairman"),
    ),
}
