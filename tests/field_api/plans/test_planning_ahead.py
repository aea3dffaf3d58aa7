"""The next cycle planned while this one runs, and asking for either of them."""

from datetime import timedelta

from crm.rules.access import OPERATOR
from crm.vocabulary import PlanState
from field_api.services.plans.published import plans_in_force
from tests.field_api.planning_world import FIRST, LAST

NEXT = LAST + timedelta(days=1)
THURSDAY = FIRST + timedelta(days=3)


def days_in(planning, on):
    """Customer code -> days of R1's plan in force on a day."""
    with planning.database.reading() as session:
        (mine,) = (p for p in plans_in_force(session, OPERATOR, on) if p.rep.code == "R1")
    found = {}
    for route in mine.plan.routes:
        for stop in route.stops:
            found.setdefault(stop.customer_id, []).append(route.date)
    return found


def test_visits_planned_until_then_count_as_made(planning):
    planning.plan()
    planning.plan(first_day=NEXT, today=THURSDAY)
    this, following = days_in(planning, FIRST), days_in(planning, NEXT)
    weekly = [code for code, days in this.items() if len(days) > 1]
    assert weekly
    for code in weekly:
        gap = (following[code][0] - this[code][-1]).days
        assert 4 <= gap <= 10, (code, gap)


def test_visits_planned_for_days_past_do_not_count(planning):
    planning.plan()
    planning.plan(first_day=NEXT, today=NEXT)
    # nobody was visited: everybody is overdue, and so is due on the first days
    first_days = [days[0] for days in days_in(planning, NEXT).values() if len(days) > 1]
    assert first_days
    assert max(first_days) <= NEXT + timedelta(days=4)


def test_the_running_plan_is_asked_for_by_its_day(planning):
    planning.plan()
    planning.plan(first_day=NEXT, today=FIRST)
    assert len(planning.plans(PlanState.PUBLISHED)) == 4
    for on, first in ((FIRST, FIRST), (LAST, FIRST), (NEXT, NEXT), (FIRST - timedelta(9), FIRST)):
        with planning.database.reading() as session:
            found = plans_in_force(session, OPERATOR, on)
        assert [one.row.first_day for one in found] == [first, first]
