"""Proposals of territories: of the district that R1 and R2 share."""

from tests.field_api.access import MANAGERS, Case, only

TABLE = {
    ("POST", "/territories/proposals"): Case(
        path="/territories/proposals",
        body={"district_code": "MT", "first_day": "2026-11-30", "tolerance": 1},
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
}
