"""An absent rep's visits: looked at first, taken over by colleagues or put off, and undone."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import PlannedVisit, Rep, RepLeave
from crm.rules.access import OPERATOR
from crm.store.days import leave
from field_api.schemas.plan_edits import SeenPlan
from field_api.services import plan_edits
from field_api.services.plan_edits.refusals import EditRefused, PlanChanged
from field_api.services.plan_edits.standing_in import Wanted
from tests.field_api.planning_world import FIRST
from tests.field_api.plans.test_plan_edits import EVE, Desk, sound

ILL = Wanted(first_day=FIRST + timedelta(days=1), last_day=FIRST + timedelta(days=3))


@pytest.fixture
def desk(planning) -> Desk:
    planning.plan()
    return Desk(planning, EVE + timedelta(days=1))


def look(desk: Desk, wanted: Wanted = ILL):
    return plan_edits.preview(
        desk.database, desk.settings, OPERATOR, "R1", wanted, now=desk.now, language="en"
    )


def accept(desk: Desk, token: str, wanted: Wanted = ILL):
    return plan_edits.accept(
        desk.database, desk.settings, OPERATOR, "R1", wanted, token,
        reason="Flu", now=desk.now, language="en",
    )  # fmt: skip


def off(desk: Desk, wanted: Wanted = ILL) -> set[str]:
    days = desk.days().items()
    return {visit for visit, day in days if wanted.first_day <= day <= wanted.last_day}


def test_looking_changes_nothing_and_names_every_visit(desk):
    before = (desk.days(), desk.days("R2"))
    found = look(desk)
    assert len(found.lines) == len(off(desk)) > 0
    assert sum(found.count(kind) for kind in ("taken", "moved", "left")) == len(found.lines)
    assert all(line.reason for line in found.lines if line.kind == "left")
    assert (desk.days(), desk.days("R2")) == before
    with desk.database.reading() as session:
        assert session.exec(select(RepLeave)).all() == []


def test_a_leave_that_somebody_else_noted_outlasts_the_hand_over(desk):
    with desk.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        leave.note(session, rep, first_day=ILL.first_day, last_day=ILL.first_day)
    accept(desk, look(desk).token)
    desk.undo()
    with desk.database.reading() as session:
        assert len(session.exec(select(RepLeave)).all()) == 1


def test_what_was_looked_at_is_what_is_done(desk):
    before, others, gone = desk.days(), desk.days("R2"), off(desk)
    found = look(desk)
    accept(desk, found.token)
    after, taken = desk.days(), desk.days("R2")
    assert off(desk) == set()
    assert len(taken) == len(others) + found.count("taken")
    assert {v: d for v, d in after.items() if v not in gone} == {
        v: d for v, d in before.items() if v not in gone
    }
    sound(desk)
    sound(desk, "R2")
    with desk.database.reading() as session:
        (noted,) = session.exec(select(RepLeave)).all()
        standing = session.exec(select(PlannedVisit).where(PlannedVisit.stands_in)).all()
    assert (noted.first_day, noted.last_day) == (ILL.first_day, ILL.last_day)
    assert {visit.visit_id for visit in standing} <= gone


def test_what_was_handed_over_comes_back(desk):
    before = (desk.days(), desk.days("R2"))
    accept(desk, look(desk).token)
    seen = desk.seen()
    plan_edits.undo(
        desk.database,
        desk.settings,
        OPERATOR,
        SeenPlan(plan_id=seen.plan_id, fingerprint=seen.fingerprint),
        now=desk.now,
        language="en",
    )
    assert (desk.days(), desk.days("R2")) == before


def test_today_can_be_handed_over_too(desk):
    today = Wanted(first_day=FIRST, last_day=FIRST)
    assert off(desk, today)
    accept(desk, look(desk, today).token, today)
    assert off(desk, today) == set()
    sound(desk)


def test_today_can_be_handed_over_after_a_change_by_hand(desk):
    visit_id, day = desk.visit(after=FIRST)
    desk.do(visit_id, day=day)
    today = Wanted(first_day=FIRST, last_day=FIRST)
    gone, before = off(desk, today), desk.days()
    accept(desk, look(desk, today).token, today)
    assert off(desk, today) == set()
    assert set(before) - gone <= set(desk.days())
    sound(desk)
    desk.undo()
    assert desk.days() == before


def test_a_plan_changed_meanwhile_is_looked_at_again(desk):
    found = look(desk)
    visit_id, day = desk.visit(after=FIRST)
    desk.do(visit_id, day=day)
    before = desk.days()
    with pytest.raises(PlanChanged):
        accept(desk, found.token)
    assert desk.days() == before


def test_days_gone_by_are_not_handed_over(desk):
    gone = Wanted(first_day=FIRST - timedelta(days=3), last_day=FIRST - timedelta(days=1))
    with pytest.raises(EditRefused):
        look(desk, gone)


def test_the_same_question_has_the_same_answer(desk):
    assert look(desk) == look(desk)
