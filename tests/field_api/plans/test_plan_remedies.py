"""What would let a visit in is offered only where it can still be done."""

from datetime import date, timedelta

import pytest

from crm.models import CyclePlan, UnservedVisit
from crm.vocabulary import PlanState
from field_api.services.plans.plan_remedies import changes_from, missing_of
from tests.builders import VALLETTA, a_customer

TODAY = date(2026, 11, 30)


def offered(state: PlanState, on: date) -> str:
    plan = CyclePlan(first_day=TODAY, last_day=date(2026, 12, 27), state=state)
    remedy = {"code": "overtime", "params": {"date": on.isoformat(), "minutes": 59}, "cost": 59}
    row = UnservedVisit(visit_id="C1/1", code="no_open_hours", rule="", params={}, remedy=remedy)
    return missing_of(
        row, a_customer("C1", VALLETTA), "en", changes_from=changes_from(plan, TODAY)
    ).remedy


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [
        (PlanState.PUBLISHED, 0, ""),
        (PlanState.PUBLISHED, 1, "59 min of overtime on Tue 1 Dec"),
        (PlanState.DRAFT, 0, "59 min of overtime on Mon 30 Nov"),
    ],
)
def test_a_remedy_of_a_day_that_changes_no_more_is_none(state, days, said):
    assert offered(state, TODAY + timedelta(days=days)) == said
