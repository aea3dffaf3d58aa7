"""Reps' work, sales and regions: managers', each over what is theirs."""

from tests.field_api.access import MANAGERS_ONLY, Case

TABLE = {
    ("GET", path): Case(path=path, expected=MANAGERS_ONLY)
    for path in ("/desk/analysis", "/desk/analysis/sales", "/desk/analysis/regions")
}
