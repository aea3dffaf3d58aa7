"""Plans: R1's."""

from sqlmodel import select

from crm.models import CyclePlan
from tests.field_api import world
from tests.field_api.access import LOGGED_IN, MANAGERS, OF_R1, Case, only
from tests.field_api.approvals import a_draft

PLAN = 7


def over(session):
    """The cycle of the plan ends today, which only those learn who may know of it."""
    session.exec(select(CyclePlan)).one().last_day = world.MONDAY


def draft(session):
    """R1 has a draft of the next cycle."""
    a_draft(session, PLAN)


TABLE = {
    ("GET", "/plans"): Case(path="/plans", expected=LOGGED_IN),
    ("GET", "/plans/{plan_id}"): Case(
        path=f"/plans/{PLAN}", prepare=draft, expected=OF_R1 | {"rep1": 404}
    ),
    ("POST", "/plans/{plan_id}/submit"): Case(
        path=f"/plans/{PLAN}/submit",
        body={},
        prepare=draft,
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
    ("GET", "/plans/current"): Case(path="/plans/current?rep_code=R1", expected=OF_R1),
    ("POST", "/plans/replan"): Case(
        path="/plans/replan",
        body={"rep_code": "R1", "purpose": "x"},
        prepare=over,
        expected=only(*MANAGERS, status=409) | {"gozo": 404, "north": 404},
    ),
}
