"""Plans changed by hand: weighed first, done with their cost, undone, and never behind anyone's
back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import CyclePlan, PlanEdit, PlannedVisit
from crm.rules.access import OPERATOR, Asker
from crm.store.plans.plan_list import PlanNotFound
from crm.vocabulary import PlanEditKind, PlanState, Role
from field_api.schemas.plan_edits import EditBody, SeenPlan
from field_api.services import plan_edits
from field_api.services.plan_edits.opened import Seen
from field_api.services.plan_edits.refusals import (
    EditRefused,
    NotEditable,
    NothingToUndo,
    PlanChanged,
)
from field_api.settings import load_settings
from routing.check import check
from routing.document import from_document
from tests.field_api.planning_world import FIRST, LAST

EVE = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
WHY = "Ms Borg is away on Mondays"


class Desk:
    """A manager at a plan."""

    def __init__(self, planning, now: datetime = EVE) -> None:
        self.planning, self.database, self.now = planning, planning.database, now
        self.settings = load_settings(db=self.database.url, timezone="Europe/Malta", lang="en")
        self.asker = OPERATOR

    def row(self, rep: str = "R1") -> CyclePlan:
        with self.database.reading() as session:
            rows = session.exec(select(CyclePlan).order_by(CyclePlan.id)).all()
            number = 1 if rep == "R1" else 2
            return [
                row for row in rows if row.rep_id == number and row.state != PlanState.REPLACED
            ][-1]

    def seen(self, rep: str = "R1") -> Seen:
        row = self.row(rep)
        return Seen(plan_id=row.id, fingerprint=row.fingerprint)

    def weigh(self, visit_id: str, to: str | None = None, seen: Seen | None = None):
        return plan_edits.weighed(
            self.database, self.settings, self.asker, seen or self.seen(), visit_id,
            to=self.seen(to) if to else None, now=self.now, language="en",
        )  # fmt: skip

    def do(self, visit_id: str, kind=PlanEditKind.MOVE, seen: Seen | None = None, **changes):
        seen = seen or self.seen()
        given = {"plan_id": seen.plan_id, "fingerprint": seen.fingerprint, "purpose": WHY}
        body = EditBody(**(given | {"kind": kind, "visit_id": visit_id} | changes))
        return plan_edits.change(
            self.database, self.settings, self.asker, body,
            deed=uuid4(), now=self.now, language="en",
        )  # fmt: skip

    def undo(self, rep: str = "R1"):
        seen = self.seen(rep)
        body = SeenPlan(plan_id=seen.plan_id, fingerprint=seen.fingerprint)
        return plan_edits.undo(
            self.database, self.settings, self.asker, body, now=self.now, language="en"
        )

    def days(self, rep: str = "R1") -> dict[str, date]:
        with self.database.reading() as session:
            rows = session.exec(
                select(PlannedVisit).where(PlannedVisit.plan_id == self.row(rep).id)
            )
            return {row.visit_id: row.date for row in rows}

    def visit(self, after: date = FIRST) -> tuple[str, date]:
        """A visit with another day that takes it, and that day."""
        for visit_id, day in sorted(self.days().items()):
            if day <= after:
                continue
            for target in self.weigh(visit_id).targets:
                if target.fits:
                    return visit_id, target.date
        raise AssertionError("no visit can move")


@pytest.fixture(params=[True, False], ids=["published", "draft"])
def desk(request, planning) -> Desk:
    planning.plan(publish=request.param)
    return Desk(planning)


def sound(desk: Desk, rep: str = "R1") -> None:
    ((problem, plan),) = from_document(desk.row(rep).document)
    assert check(problem, plan) == ()


def test_each_day_says_what_it_costs_or_breaks(desk):
    visit_id, day = desk.visit()
    told = {target.date: target for target in desk.weigh(visit_id).targets}
    assert desk.days()[visit_id] not in told
    assert "travel" in told[day].text
    assert told[day].detail.startswith("at ")
    assert told[day].travel_s is not None
    assert {target.rep_code for target in told.values()} == {"R1"}


def test_a_visit_moves_and_nothing_else_does(desk):
    before = desk.days()
    visit_id, day = desk.visit()
    edited = desk.do(visit_id, day=day)
    after = desk.days()
    assert after[visit_id] == day
    assert {v: d for v, d in after.items() if v != visit_id} == {
        v: d for v, d in before.items() if v != visit_id
    }
    assert edited.fingerprint == desk.row().fingerprint
    assert "moved from" in edited.text
    sound(desk)


def test_what_was_weighed_is_what_it_costs(desk):
    visit_id, day = desk.visit()
    told = next(t for t in desk.weigh(visit_id).targets if t.date == day)
    edited = desk.do(visit_id, day=day)
    assert edited.travel_s <= told.travel_s  # the day may even find a better order


def test_undo_puts_everything_back(desk):
    before, state = desk.days(), desk.row().state
    visit_id, day = desk.visit()
    desk.do(visit_id, day=day)
    undone = desk.undo()
    assert undone.text.startswith("Undone: ")
    assert desk.days() == before
    assert desk.row().state == state
    sound(desk)
    with pytest.raises(NothingToUndo):
        desk.undo()


def test_two_changes_are_undone_one_after_the_other(desk):
    before = desk.days()
    first, day = desk.visit()
    desk.do(first, day=day)
    between = desk.days()
    second = next(v for v in sorted(before) if v != first)
    desk.do(second, PlanEditKind.PIN)
    desk.undo()
    assert desk.days() == between
    desk.undo()
    assert desk.days() == before


def test_a_visit_is_fixed_and_free_again(desk):
    visit_id = sorted(desk.days())[0]
    desk.do(visit_id, PlanEditKind.PIN)
    ((problem, _),) = from_document(desk.row().document)
    assert next(v for v in problem.visits if v.id == visit_id).pinned == desk.days()[visit_id]
    desk.do(visit_id, PlanEditKind.UNPIN)
    ((problem, _),) = from_document(desk.row().document)
    assert next(v for v in problem.visits if v.id == visit_id).pinned is None
    sound(desk)


def test_a_fixed_visit_is_weighed_as_if_it_were_free(desk):
    visit_id, day = desk.visit()
    desk.do(visit_id, PlanEditKind.PIN)
    assert any(target.fits and target.date == day for target in desk.weigh(visit_id).targets)


def test_the_second_manager_hears_who_changed_what(desk):
    seen = desk.seen()
    visit_id, day = desk.visit()
    desk.asker = Asker(role=Role.GENERAL_MANAGER, name="Maria")
    desk.do(visit_id, day=day)
    desk.asker = OPERATOR
    other = next(v for v in sorted(desk.days()) if v != visit_id)
    before = desk.days()
    with pytest.raises(PlanChanged) as told:
        desk.do(other, PlanEditKind.PIN, seen=seen)
    (change,) = told.value.more["changes"]
    assert (change["by"], change["visit_id"]) == ("Maria", visit_id)
    assert told.value.more["plan_id"] == desk.row().id
    assert told.value.params["who"] == "Maria"
    assert desk.days() == before


def test_a_day_that_forbids_the_visit_changes_nothing(desk):
    before = desk.days()
    visit_id = sorted(before)[0]
    bars = [t for t in desk.weigh(visit_id).targets if not t.fits]
    assert bars
    assert all(target.text for target in bars)
    with pytest.raises(EditRefused):
        desk.do(visit_id, day=bars[-1].date)
    assert desk.days() == before


def test_of_a_plan_in_force_only_the_days_ahead_change(planning):
    planning.plan()
    desk = Desk(planning, THURSDAY)
    before = desk.days()
    gone = next(v for v, day in sorted(before.items()) if day <= THURSDAY.date())
    with pytest.raises(EditRefused):
        desk.do(gone, PlanEditKind.PIN)
    visit_id, day = desk.visit(after=THURSDAY.date())
    desk.do(visit_id, day=day)
    after = desk.days()
    assert after[visit_id] == day > THURSDAY.date()
    assert set(after) == set(before)
    assert {v: d for v, d in after.items() if d <= THURSDAY.date()} == {
        v: d for v, d in before.items() if d <= THURSDAY.date()
    }
    row = desk.row()
    assert (row.first_day, row.last_day) == (FIRST, LAST)
    assert desk.undo().text
    assert desk.days() == before


def test_visits_missed_before_a_change_come_back_afterwards(planning):
    planning.plan()
    desk = Desk(planning, THURSDAY)
    missed = sorted(v for v, day in desk.days().items() if day == FIRST)
    assert missed
    visit_id, day = desk.visit(after=THURSDAY.date())
    desk.do(visit_id, day=day)
    planning.replan(THURSDAY.date())
    ((problem, _),) = from_document(desk.row().document)
    assert set(missed) <= {visit.id for visit in problem.visits}


def test_a_plan_that_is_over_or_anothers_is_not_changed(planning):
    planning.plan()
    desk = Desk(planning, datetime.combine(LAST, THURSDAY.timetz()))
    visit_id = sorted(desk.days())[0]
    with pytest.raises(NotEditable):
        desk.do(visit_id, PlanEditKind.PIN)
    desk.now, desk.asker = EVE, planning.asker("R2")
    with pytest.raises(PlanNotFound):
        desk.do(visit_id, PlanEditKind.PIN)


def test_each_change_is_kept_with_its_purpose(desk):
    visit_id, day = desk.visit()
    desk.do(visit_id, day=day)
    with desk.database.reading() as session:
        (edit,) = session.exec(select(PlanEdit)).all()
    assert (edit.purpose, edit.after_on, edit.plan_id) == (WHY, day, desk.row().id)
    assert timedelta(0) == edit.made_at - EVE


def pass_one(desk: Desk) -> tuple[str, date]:
    """Hand the first visit that a colleague can make over; answers which, and the day."""
    for visit_id in sorted(desk.days()):
        for target in desk.weigh(visit_id, to="R2").targets:
            if target.fits:
                to = desk.seen("R2")
                given = {"plan_id": to.plan_id, "fingerprint": to.fingerprint}
                desk.do(visit_id, PlanEditKind.HAND_OVER, day=target.date, to=given)
                return visit_id, target.date
    raise AssertionError("nobody can take a visit over")


def test_a_visit_passes_to_a_colleague_and_back(desk):
    before, others = desk.days(), desk.days("R2")
    visit_id, day = pass_one(desk)
    assert desk.days() == {v: d for v, d in before.items() if v != visit_id}
    assert desk.days("R2") == others | {visit_id: day}
    sound(desk)
    sound(desk, "R2")
    desk.undo("R2")  # from either side
    assert (desk.days(), desk.days("R2")) == (before, others)


def test_the_weight_with_a_colleague_names_the_colleague(desk):
    (visit_id, *_) = sorted(desk.days())
    assert {t.rep_code for t in desk.weigh(visit_id, to="R2").targets} == {"R2"}


def test_a_visit_handed_over_outlives_planning_again(planning):
    planning.plan()
    desk = Desk(planning)
    visit_id, _ = pass_one(desk)
    planning.replan(EVE.date(), rep_code="R2")
    planning.replan(EVE.date(), rep_code="R1")
    assert visit_id in desk.days("R2")
    assert visit_id not in desk.days("R1")
    sound(desk)
    sound(desk, "R2")
