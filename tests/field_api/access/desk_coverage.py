"""The coverage of a month: managers', each over what is theirs."""

from tests.field_api.access import MANAGERS_ONLY, Case

TABLE = {
    ("GET", "/desk/coverage"): Case(path="/desk/coverage", expected=MANAGERS_ONLY),
    ("GET", "/desk/coverage/map"): Case(path="/desk/coverage/map", expected=MANAGERS_ONLY),
    ("GET", "/desk/coverage/overdue"): Case(
        path="/desk/coverage/overdue?form=csv", expected=MANAGERS_ONLY
    ),
    ("GET", "/desk/coverage/white"): Case(
        path="/desk/coverage/white?form=csv", expected=MANAGERS_ONLY
    ),
}
