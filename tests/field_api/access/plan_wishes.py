"""Wishes on plans: one on R1's draft of the next cycle."""

from crm.models import PlanWish
from tests.field_api.access import MANAGERS, OF_R1, Case, only
from tests.field_api.approvals import a_draft
from tests.field_api.world import NOW

PLAN, WISH = 9, 3
ANSWERS = only(*MANAGERS) | {"gozo": 404, "north": 404}


def wished(session):
    """A wish waits."""
    a_draft(session, PLAN)
    session.add(PlanWish(id=WISH, plan_id=PLAN, visit_id="C1/1", wish="another_day", made_at=NOW))


TABLE = {
    ("GET", "/plans/{plan_id}/wishes"): Case(
        path=f"/plans/{PLAN}/wishes", prepare=wished, expected=OF_R1 | {"rep1": 404}
    ),
    ("POST", "/plans/{plan_id}/wishes/{wish_id}/take"): Case(
        path=f"/plans/{PLAN}/wishes/{WISH}/take",
        body={},
        prepare=wished,
        expected=only(*MANAGERS, status=422) | {"gozo": 404, "north": 404},
    ),
    ("POST", "/plans/{plan_id}/wishes/{wish_id}/refuse"): Case(
        path=f"/plans/{PLAN}/wishes/{WISH}/refuse",
        body={"answer": "x"},
        prepare=wished,
        expected=ANSWERS,
    ),
}
