"""Grades and frequencies on the desk: managers look, who sees all customers grades, regional
directors and above ask for other frequencies."""

from tests.field_api.access import MANAGERS_ONLY, Case, only

HOME = "/desk/grading"
TABLE_FORM = {
    f"{what}-0-{grade}": (None, "30") for what in ("days", "minutes") for grade in "ABCDE"
}

TABLE = {
    ("GET", HOME): Case(path=HOME, expected=MANAGERS_ONLY),
    ("POST", f"{HOME}/ask"): Case(
        path=f"{HOME}/ask",
        files={"policy": (None, "none"), "reason": (None, "Yearly")},
        expected=MANAGERS_ONLY | dict.fromkeys(
            ("malta", "gozo", "south", "north", "general", "chairman"), 422
        ),
    ),
    ("GET", f"{HOME}/policies"): Case(path=f"{HOME}/policies", expected=MANAGERS_ONLY),
    ("POST", f"{HOME}/policies/{{name}}"): Case(
        path=f"{HOME}/policies/weighted_score",
        files={"reason": (None, "")},
        expected=only("general", "chairman", status=422),
    ),
    ("GET", f"{HOME}/frequencies"): Case(path=f"{HOME}/frequencies", expected=MANAGERS_ONLY),
    ("POST", f"{HOME}/frequencies/try"): Case(
        path=f"{HOME}/frequencies/try", files=TABLE_FORM, expected=MANAGERS_ONLY
    ),
    ("POST", f"{HOME}/frequencies/ask"): Case(
        path=f"{HOME}/frequencies/ask",
        files=TABLE_FORM,  # without a reason
        expected=only("south", "north", "general", "chairman", status=422),
    ),
}  # fmt: skip
