"""Working calendars and leave, from a file to the plan."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

import crm
from crm.models import AuditEntry, CalendarDay, CyclePlan, Rep, RepLeave
from crm.rules.access import OPERATOR, Asker
from crm.rules.calendar import CalendarSource
from crm.store.days.leave import LeaveNotFound
from crm.store.people.people import RepNotFound
from crm.vocabulary import DayPart, LeaveKind, Role
from field_api.services.days import calendar
from field_api.services.imports import undo_last_import
from field_api.services.planning.wishes import Wishes
from field_api.services.plans import plan_fit
from tests.field_api.import_files import REPS, bring, problems_of
from tests.field_api.planning_world import FIRST, LAST
from tests.field_api.world import NOW

HEADING = "country,date,workday,name"
LEAVE = "rep_code,first_day,last_day,part,kind"
FEBRUARY, MARCH = date(2026, 2, 9), date(2026, 3, 8)  # a cycle around the Spring Festival
BREAK = {date(2026, 2, 15) + timedelta(days=n) for n in range(9)}
MADE_UP = {date(2026, 2, 14), date(2026, 2, 28)}
WEDNESDAY = FIRST + timedelta(days=2)


def rows(database, model):
    with database.reading() as session:
        found = session.exec(select(model).order_by(model.id)).all()
        session.expunge_all()
        return found


def work_days(planning, rep="R1") -> set[date]:
    return {day for days in planning.days(rep).values() for day in days}


def leave(planning, first_day=WEDNESDAY, last_day=WEDNESDAY, part=DayPart.WHOLE, rep_code="R1"):
    calendar.note_leave(
        planning.database,
        OPERATOR,
        rep_code=rep_code,
        first_day=first_day,
        last_day=last_day,
        part=part,
        kind=LeaveKind.ANNUAL,
        now=NOW,
    )


def test_a_plan_in_china_keeps_the_break_and_works_the_days_made_up(planning):
    planning.change(Rep, "R1", country="CN")
    planning.plan(first_day=FEBRUARY, weeks=4)
    worked = work_days(planning)
    assert not BREAK & worked
    assert worked >= MADE_UP
    assert {day for day in worked if day.weekday() > 4} == MADE_UP
    assert max(worked) <= MARCH


def test_the_operators_days_come_before_the_notice(planning, tmp_path):
    planning.change(Rep, "R1", country="CN")
    content = f"{HEADING}\nCN,2026-02-14,no,we rest\nCHN,2026-02-23,yes,and begin early\n"
    assert bring(planning.database, tmp_path, "calendar", content).added == 2
    planning.plan(first_day=FEBRUARY, weeks=4)
    worked = work_days(planning)
    assert date(2026, 2, 14) not in worked
    assert date(2026, 2, 23) in worked


def test_leave_leaves_the_days_empty(planning):
    leave(planning, WEDNESDAY, WEDNESDAY + timedelta(days=1))
    leave(planning, WEDNESDAY + timedelta(days=2), WEDNESDAY + timedelta(days=2), DayPart.MORNING)
    planning.plan()
    off = {WEDNESDAY, WEDNESDAY + timedelta(days=1)}
    assert not off & work_days(planning)
    assert work_days(planning, "R2")  # another's plan is as it was


def test_a_replan_takes_leave_noted_since_and_gives_back_what_was_taken_away(planning):
    planning.plan()
    assert WEDNESDAY in work_days(planning)
    leave(planning)
    planning.replan(FIRST)
    assert WEDNESDAY not in work_days(planning)
    calendar.remove_leave(planning.database, OPERATOR, rep_code="R1", first_day=WEDNESDAY, now=NOW)
    planning.change(Rep, "R1", max_visits_a_day=1)  # so that each day is needed
    planning.replan(FIRST)
    assert WEDNESDAY in work_days(planning)


def test_what_was_agreed_for_a_day_of_leave_is_told(planning):
    planning.plan()
    planning.book("Q0", WEDNESDAY)
    planning.promise("Q1", WEDNESDAY)
    planning.replan(FIRST - timedelta(days=1), wishes=Wishes(pinned=(("W0", WEDNESDAY),)))
    leave(planning, FIRST, WEDNESDAY)
    change = planning.replan(FIRST - timedelta(days=1))
    assert {note.params["code"] for note in change.notes} == {"BOOKED", "SOON"}
    assert not {FIRST, WEDNESDAY} & work_days(planning)
    assert WEDNESDAY not in planning.days()["W0"]


def test_leave_noted_after_a_plan_was_made_is_told_of_it(planning):
    planning.plan(publish=False)
    leave(planning)
    leave(planning, FIRST, FIRST, DayPart.MORNING)
    told = []
    with planning.database.reading() as session:
        for plan in session.exec(select(CyclePlan).order_by(CyclePlan.id)):
            found = plan_fit.doubts(session, plan, today=FIRST)
            told.append([note.params["days"] for note in found if "days" in note.params])
    assert told == [[WEDNESDAY.isoformat()], []]


def test_who_falls_ill_is_on_leave_from_then_on(planning):
    planning.plan()
    planning.replan(FIRST, purpose="flu", wishes=Wishes(away=((WEDNESDAY, LAST),)))
    (noted,) = rows(planning.database, RepLeave)
    assert (noted.first_day, noted.last_day) == (WEDNESDAY, LAST)
    assert (noted.kind, noted.part, noted.note) == (LeaveKind.SICK, DayPart.WHOLE, "flu")
    (entry,) = [e for e in rows(planning.database, AuditEntry) if e.noun == "leave"]
    assert (entry.action, entry.key, entry.reason) == ("note", "R1", "flu")


def test_leave_comes_in_from_a_file_and_goes_again(database, tmp_path):
    bring(database, tmp_path, "reps", REPS)
    content = (
        "人员编码,开始日期,结束日期,时段,请假类别\n"
        "R1,2026年12月21日,2026-12-23,全天,年休假\n"
        "R2,2026-12-21,,上午,\n"
    )
    assert bring(database, tmp_path, "leave", content).added == 2
    first, second = rows(database, RepLeave)
    assert (first.last_day, first.kind) == (date(2026, 12, 23), LeaveKind.ANNUAL)
    assert (second.last_day, second.part, second.kind) == (
        date(2026, 12, 21),
        DayPart.MORNING,
        LeaveKind.OTHER,
    )
    again = bring(database, tmp_path, "leave", content.replace("12-23", "12-24"))
    assert (again.changed, again.unchanged) == (1, 1)
    undo_last_import(database, now=NOW)
    assert rows(database, RepLeave)[0].last_day == date(2026, 12, 23)
    undo_last_import(database, now=NOW)
    assert rows(database, RepLeave) == []


@pytest.mark.parametrize(
    ("kind", "row", "problem"),
    [
        ("calendar", "ZZ,2026-02-14,yes,x", "is no country whose holidays are known"),
        ("calendar", "CN,2026-02-30,yes,x", "is no date between 1990 and 2100"),
        ("calendar", "CN,2026-02-14,maybe,x", "is none of the words known here"),
        ("calendar", "CN,2026-02-14,,x", "is empty"),
        ("calendar", "CN,2026-02-14,yes,x\nCHN,2026-02-14,no,y", "stands in line 2 already"),
        ("leave", "R9,2026-12-21,,,", "is no known rep"),
        ("leave", "R1,2026-12-21,2026-12-20,,", "is before the first day, 2026-12-21"),
        ("leave", "R1,2026-12-21,,night,", "is none of the words known here"),
        ("leave", "R1,2026-12-21,,,\nR1,2026-12-21,,,", "stands in line 2 already"),
    ],
)
@pytest.mark.one_database
def test_a_row_that_cannot_be_meant_is_named(database, tmp_path, kind, row, problem):
    bring(database, tmp_path, "reps", REPS)
    heading = HEADING if kind == "calendar" else LEAVE
    outcome = bring(database, tmp_path, kind, f"{heading}\n{row}\n")
    assert [text for _, text in problems_of(outcome)] == [problem]
    assert rows(database, CalendarDay) == rows(database, RepLeave) == []


@pytest.mark.one_database
def test_what_ships_comes_in_as_an_operators_own(database, tmp_path):
    ships = (Path(crm.__file__).parent / "calendars" / "cn_2026.csv").read_bytes()
    before = calendar.year_of(database, "cn", 2026)
    assert bring(database, tmp_path, "calendar", ships).added == len(before.days)
    after = calendar.year_of(database, "CHN", 2026)
    assert [(d.date, d.is_workday) for d in after.days] == [
        (d.date, d.is_workday) for d in before.days
    ]
    assert {d.source for d in after.days} == {CalendarSource.OWN}
    assert (before.guessed, calendar.year_of(database, "CN", 2027).guessed) == (False, True)


def test_leave_is_of_ones_own_reps_and_ends_after_it_begins(planning):
    manager = planning.asker("R2")
    leave(planning)
    assert calendar.leave_since(planning.database, manager, FIRST) == []
    ((rep, row),) = calendar.leave_since(planning.database, OPERATOR, FIRST)
    assert (rep.code, row.first_day) == ("R1", WEDNESDAY)
    assert calendar.leave_since(planning.database, OPERATOR, LAST) == []
    nobody = Asker(role=Role.REP)
    for asker, error in ((manager, RepNotFound), (nobody, RepNotFound), (OPERATOR, LeaveNotFound)):
        with pytest.raises(error):
            calendar.remove_leave(planning.database, asker, rep_code="R1", first_day=FIRST, now=NOW)
    with pytest.raises(Exception, match="were they swapped"):
        leave(planning, LAST, FIRST)
