"""What a person wants otherwise: called off, fixed to a day, away; and what stays of it."""

from datetime import date, timedelta

import pytest
import typer

from crm.vocabulary import PlanState
from field_api.cli.wishes import wishes_of
from field_api.services.planning.wishes import Wishes, WishRefused
from routing.check import check
from routing.document import from_document
from tests.field_api.planning_world import FIRST, LAST

EVE = FIRST - timedelta(days=1)
WEDNESDAY = FIRST + timedelta(days=2)
FRIDAY = FIRST + timedelta(days=4)


@pytest.fixture
def planned(planning):
    planning.plan()
    return planning


def field_days(planned) -> set[date]:
    return {day for days in planned.days().values() for day in days}


def first_visit(planned, code="W3") -> date:
    return planned.days()[code][0]


def plan_kept(planned):
    """The problem and plan that are kept for the rep."""
    row = [row for row in planned.plans(PlanState.PUBLISHED) if row.rep_id == 1][-1]
    ((problem, plan),) = from_document(row.document)
    assert check(problem, plan) == ()
    return problem, plan


def test_a_visit_called_off_goes_to_a_later_day(planned):
    before = first_visit(planned)
    change = planned.replan(EVE, wishes=Wishes(called_off=("W3",)))
    (move,) = [move for move in change.moved if move.customer_code == "W3"]
    assert (move.before, move.after > before) == (before, True)
    plan_kept(planned)


def test_a_visit_fixed_to_a_day_stays_there(planned):
    day = first_visit(planned) + timedelta(days=1)
    planned.replan(EVE, wishes=Wishes(pinned=(("W3", day),)))
    assert first_visit(planned) == day
    planned.replan(EVE)
    assert first_visit(planned) == day


def test_a_visit_is_named_by_its_own_id_too(planned):
    problem, _ = plan_kept(planned)
    visit = next(visit for visit in problem.visits if visit.customer_id == "W3")
    planned.replan(EVE, wishes=Wishes(pinned=((visit.id, visit.ideal),)))
    assert visit.ideal in planned.days()["W3"]


def test_a_visit_missed_on_its_fixed_day_comes_back_on_any(planned):
    day = first_visit(planned) + timedelta(days=1)
    planned.replan(EVE, wishes=Wishes(pinned=(("W3", day),)))
    for code, days in planned.days().items():
        if code != "W3" and days[0] <= day:
            planned.visited(code, on=days[0])
    change = planned.replan(day + timedelta(days=1))
    assert "W3" in {move.customer_code for move in change.added}


def test_an_ill_rep_has_no_visits_and_has_none_after_the_next_replan(planned):
    away = Wishes(away=((WEDNESDAY, FRIDAY),))
    planned.replan(EVE, wishes=away)
    off = {WEDNESDAY, FRIDAY - timedelta(days=1), FRIDAY}
    assert not off & field_days(planned)
    planned.promise("Q0", FRIDAY)
    planned.replan(EVE)
    assert not off & field_days(planned)
    plan_kept(planned)


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (Wishes(called_off=("nobody",)), "nobody is no visit ahead of rep R1"),
        (Wishes(pinned=(("W3", LAST + timedelta(days=60)),)), "choose a day from"),
        (Wishes(away=((LAST + timedelta(days=9), LAST + timedelta(days=9)),)), "does not work"),
        (Wishes(away=((FRIDAY, WEDNESDAY),)), "were they swapped"),
    ],
)
def test_what_cannot_be_wanted_changes_nothing(planned, wishes, message):
    before, plans = planned.days(), len(planned.plans())
    with pytest.raises(WishRefused, match=message):
        planned.replan(EVE, wishes=wishes)
    assert (planned.days(), len(planned.plans())) == (before, plans)


def test_the_options_of_the_command_as_wishes():
    wishes = wishes_of(["W3", "W4"], ["W5=2026-12-03"], ["2026-12-03..2026-12-04", "2026-12-09"])
    assert wishes.called_off == ("W3", "W4")
    assert wishes.pinned == (("W5", date(2026, 12, 3)),)
    assert wishes.away == (
        (date(2026, 12, 3), date(2026, 12, 4)),
        (date(2026, 12, 9), date(2026, 12, 9)),
    )
    assert wishes_of(None, None, None) == Wishes()


@pytest.mark.parametrize(
    ("pin", "away", "message"),
    [
        (["W5"], None, "'W5' is not like C1=2026-12-03"),
        (["=2026-12-03"], None, "is not like"),
        (["W5=Thursday"], None, "'W5=Thursday' has no date like 2026-12-03"),
        (None, ["2026-12-03..soon"], "has no date like"),
        (None, ["0026-12-03"], "is in no year from"),
    ],
)
def test_options_that_cannot_be_read_are_a_wrong_call(pin, away, message):
    with pytest.raises(typer.BadParameter, match=message):
        wishes_of(None, pin, away)
