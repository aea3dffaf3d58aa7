"""What-ifs: managers', of their districts."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session, select

from crm.models import Scenario
from tests.field_api.access import MANAGERS, MANAGERS_ONLY, Case, only

KEPT = UUID("5f2b0a7e-4f6a-4a35-8a8e-3d6d0d7b2a11")
SIDE = {
    "reps": [],
    "customers": 0,
    "without_rep": 0,
    "visits": 0,
    "visits_a_year": 0,
    "needed_s": 0,
    "available_s": 0,
    "travel_s": 0,
    "short_s": 0,
    "overloaded": 0,
    "imbalance": 0.0,
    "variation": 0.0,
    "attainment": None,
    "planned_travel_s": None,
}
FIGURES = {
    "first_day": "2026-12-07",
    "last_day": "2027-01-03",
    "travel_source": "straight_line",
    "today": SIDE,
    "then": SIDE,
    "moved": 0,
    "moves": [],
    "territories_today": [],
    "territories": [],
    "removed": [],
}
OTHERS = dict.fromkeys(("gozo", "north"), 404)


def kept(session: Session) -> None:
    """A what-if of Malta's, not applied yet."""
    old = session.exec(select(Scenario).where(Scenario.id == KEPT)).one_or_none()
    if old is not None:
        session.delete(old)
        session.flush()
    session.add(
        Scenario(
            id=KEPT,
            district_id=1,
            name="kept",
            made_at=datetime(2026, 11, 30, tzinfo=UTC),
            changes={"name": "kept", "hours": {"day_end": "18:00"}},
            figures=FIGURES,
        )
    )


ONE = "/scenarios/{scenario_id}"
PATH = f"/scenarios/{KEPT}"
TABLE = {
    ("GET", "/scenarios"): Case(path="/scenarios", expected=MANAGERS_ONLY),
    ("POST", "/scenarios"): Case(
        path="/scenarios",
        body={"name": "n", "district_code": "XX"},
        expected=only(*MANAGERS, status=404),
    ),
    ("GET", ONE): Case(path=PATH, expected=only(*MANAGERS) | OTHERS, prepare=kept),
    ("GET", f"{ONE}/map"): Case(
        path=f"{PATH}/map", expected=only(*MANAGERS) | OTHERS, prepare=kept
    ),
    ("POST", f"{ONE}/apply"): Case(
        path=f"{PATH}/apply",
        body={"reason": "x"},
        expected=only("general", "chairman") | OTHERS,
        prepare=kept,
    ),
    ("DELETE", ONE): Case(path=PATH, expected=only(*MANAGERS, status=204) | OTHERS, prepare=kept),
}
