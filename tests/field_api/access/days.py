"""The rep's day."""

from tests.field_api.access import OF_R1, REPS_ONLY, Case

TABLE = {
    ("GET", "/my/days"): Case(path="/my/days?from=2026-11-30", expected=REPS_ONLY),
    ("GET", "/my/days/{day}"): Case(path="/my/days/2026-11-30", expected=REPS_ONLY),
    ("GET", "/reps/{rep_code}/days/{day}"): Case(path="/reps/R1/days/2026-11-30", expected=OF_R1),
}
