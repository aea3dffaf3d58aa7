"""Planned again after a change of territories: who came is visited, who went is not, and an
appointment goes along."""

from datetime import timedelta

from sqlmodel import select

from crm.models import Customer, CyclePlan, Territory
from crm.vocabulary import PlanState
from tests.field_api.planning_world import FIRST

TUESDAY = FIRST + timedelta(days=1)


def test_who_came_is_visited_by_the_new_rep_and_by_nobody_else(planning):
    planning.plan()
    with planning.database.writing() as session:
        taker = session.exec(select(Territory).where(Territory.code == "T2")).one()
        territory_id, rep_id = taker.id, taker.rep_id
        plans = session.exec(
            select(CyclePlan).where(
                CyclePlan.rep_id == rep_id, CyclePlan.state == PlanState.PUBLISHED
            )
        )
        plans.one().replan_because = [
            {"text": "x", "params": {}, "at": "2026-01-01", "came": ["W0"]}
        ]
    planning.change(Customer, "W0", territory_id=territory_id)
    planning.book("W0", on=FIRST + timedelta(days=9))
    before = planning.days("R2")
    planning.replan(TUESDAY, rep_code="R2")
    after = planning.days("R2")
    assert "W0" not in before
    assert FIRST + timedelta(days=9) in after["W0"]
    assert len(after["W0"]) > 1  # the interval's visits, too
    planning.replan(TUESDAY, rep_code="R1")
    assert all(day <= TUESDAY for day in planning.days("R1").get("W0", []))
    assert not [plan for plan in planning.plans(PlanState.PUBLISHED) if plan.replan_because]
