"""Imports on the desk: everybody but reps sees the page, who imports files does so there."""

from tests.field_api.access import MANAGERS, Case, only
from tests.field_api.access.imports import IMPORTERS

NONE = "00000000-0000-4000-8000-000000000000"
ON_THE_DESK = only(*MANAGERS, "info")
THERE = "/desk/imports/" + NONE
NOT_FOUND = only(*MANAGERS, "info", status=404)
FORM = {"content-type": "application/x-www-form-urlencoded"}

TABLE = {
    ("GET", "/desk/imports"): Case(path="/desk/imports", expected=ON_THE_DESK),
    ("POST", "/desk/imports"): Case(
        path="/desk/imports",
        files={"file": ("customers.csv", "code,name\n1,2\n"), "kind": (None, "customers")},
        expected=only(*IMPORTERS, status=204),
    ),
    ("GET", "/desk/imports/templates/{kind}"): Case(
        path="/desk/imports/templates/customers", expected=ON_THE_DESK
    ),
    ("POST", "/desk/imports/done/{number}/undo"): Case(
        path="/desk/imports/done/1/undo", expected=NOT_FOUND
    ),
    ("GET", "/desk/imports/{draft_id}"): Case(path=THERE, expected=NOT_FOUND),
    ("GET", "/desk/imports/{draft_id}/map"): Case(path=f"{THERE}/map", expected=NOT_FOUND),
    ("GET", "/desk/imports/{draft_id}/readings"): Case(
        path=f"{THERE}/readings", expected=NOT_FOUND
    ),
    ("POST", "/desk/imports/{draft_id}/drop"): Case(path=f"{THERE}/drop", expected=NOT_FOUND),
} | {
    ("POST", f"/desk/imports/{{draft_id}}/{step}"): Case(
        path=f"{THERE}/{step}", files={"version": (None, "1")}, expected=NOT_FOUND
    )
    for step in ("columns", "rows", "check", "take")
}
