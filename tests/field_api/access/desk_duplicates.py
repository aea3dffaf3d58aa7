"""Duplicates: managers' and the information admin's, as far as they see both cards."""

from tests.field_api.access import MANAGERS, Case, only

HOME = "/desk/imports/duplicates"
NOT_FOUND = only(*MANAGERS, "info", status=404)

TABLE = {
    ("GET", HOME): Case(path=HOME, expected=only(*MANAGERS, "info")),
    ("POST", f"{HOME}/search"): Case(
        path=f"{HOME}/search", expected=only(*MANAGERS, "info", status=204)
    ),
    ("GET", f"{HOME}/{{pair_id}}"): Case(path=f"{HOME}/9", expected=NOT_FOUND),
    ("POST", f"{HOME}/{{pair_id}}/merge"): Case(
        path=f"{HOME}/9/merge", files={"keep": (None, "C1")}, expected=NOT_FOUND
    ),
    ("POST", f"{HOME}/merged/{{number}}/undo"): Case(
        path=f"{HOME}/merged/9/undo", expected=NOT_FOUND
    ),
    ("POST", f"{HOME}/{{pair_id}}/apart"): Case(path=f"{HOME}/9/apart", expected=NOT_FOUND),
}
