"""Figures: R1's."""

from tests.field_api.access import OF_R1, REPS_ONLY, Case

TABLE = {
    ("GET", "/my/figures"): Case(path="/my/figures?month=2026-11", expected=REPS_ONLY),
    ("GET", "/reps/{rep_code}/figures"): Case(path="/reps/R1/figures", expected=OF_R1),
}
