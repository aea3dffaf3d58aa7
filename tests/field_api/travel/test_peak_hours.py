"""Peak hours: set over the API and by a file, in force in every plan made from then on."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from crm.models import AuditEntry, CyclePlan, PeakHours, Rep
from crm.rules.access import OPERATOR
from crm.rules.peak_hours import Peak
from crm.store.travel import peak_hours, peaks_in_plans
from crm.vocabulary import PlanState, Transport
from field_api.cli import main as cli
from field_api.services.plans.exports import export_plans
from field_api.services.travel import peak_hours as service
from routing.check import Rule, check
from routing.document import from_document, load
from routing.problem import Peak as Planned
from tests.field_api.planning_world import FIRST
from tests.field_api.world import API

URL = f"{API}/peak-hours"
MORNING = {"weekdays": [0, 1, 2, 3, 4], "begin": "07:00", "end": "09:30", "percent": 150}
EVENING = {"weekdays": [0, 1, 2, 3, 4], "begin": "16:30", "end": "18:30", "percent": 130}
SLOW = Peak(weekdays="01234", from_s=7 * 3600, to_s=12 * 3600, percent=200)


def told(world, asker) -> dict:
    tables = world.client(asker).get(URL).json()["tables"]
    return {table["district_code"]: table["rows"] for table in tables}


def test_a_district_has_its_own_or_the_companys(world):
    assert told(world, "rep1") == {None: []}
    world.client("general").put(URL, json={"rows": [EVENING, MORNING]}).raise_for_status()
    answer = world.client("malta").put(f"{URL}/MT", json={"rows": [EVENING]})
    assert answer.json() == {"district_code": "MT", "rows": [EVENING]}
    both = {None: [MORNING, EVENING], "MT": [EVENING]}
    assert told(world, "rep1") == told(world, "south") == told(world, "info") == both
    assert told(world, "gozo") == {None: [MORNING, EVENING]}
    with world.database.reading() as session:
        district = session.exec(
            select(PeakHours.district_id).where(PeakHours.district_id > 0)
        ).one()
        assert [one.percent for one in peak_hours.holding_in(session, district)] == [130]
        assert len(peak_hours.holding_in(session, district + 1)) == 2
    world.client("malta").put(f"{URL}/MT", json={"rows": []}).raise_for_status()
    assert told(world, "rep1") == {None: [MORNING, EVENING]}


def test_a_pulled_day_bears_the_peaks_of_its_weekday(world):
    world.client("general").put(URL, json={"rows": [EVENING]}).raise_for_status()
    world.client("malta").put(f"{URL}/MT", json={"rows": [MORNING]}).raise_for_status()
    days = world.client("rep1").get(f"{API}/my/days", params={"from": "2026-12-04", "days": 2})
    friday, saturday = (day["peaks"] for day in days.json()["days"])
    assert friday == [{"from_s": 7 * 3600, "to_s": 34200, "percent": 150}]
    assert saturday == []


def test_each_change_stands_in_the_audit_trail_once(world):
    for _ in range(2):
        world.client("malta").put(f"{URL}/MT", json={"rows": [MORNING]}).raise_for_status()
    with world.database.reading() as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.noun == "peak_hours")).all()
    assert (entry.action, entry.key) == ("change", "MT")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (MORNING | {"begin": "09:30", "end": "07:00"}, "unsound_peak_hours"),
        (MORNING | {"percent": 0}, "invalid_input"),
        (MORNING | {"percent": 1000}, "invalid_input"),
        (MORNING | {"percent": 150.5}, "invalid_input"),
        (MORNING | {"begin": "24:30"}, "invalid_input"),
        (MORNING | {"weekdays": [7]}, "invalid_input"),
        (MORNING | {"weekdays": []}, "invalid_input"),
        (EVENING | {"begin": "09:00"}, "unsound_peak_hours"),
    ],
)
def test_nonsense_is_refused_and_nothing_changes(world, row, code):
    world.client("malta").put(f"{URL}/MT", json={"rows": [EVENING]}).raise_for_status()
    answer = world.client("malta").put(f"{URL}/MT", json={"rows": [MORNING, row]})
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert told(world, "malta")["MT"] == [EVENING]


def test_an_unknown_district_is_none_of_ones_own(world):
    answer = world.client("malta").put(f"{URL}/X", json={"rows": []})
    assert (answer.status_code, answer.json()["code"]) == (404, "district_not_found")


def set_in_force(world, *peaks: Peak) -> None:
    with world.database.writing() as session:
        peak_hours.replace_table(session, None, peaks)


def planned(outcome):
    return next(one for one in outcome.reps if one.rep_code == "R1")


def test_plans_are_made_and_checked_at_peak_hours(planning):
    before = planned(planning.plan())
    set_in_force(planning, SLOW)
    outcome = planning.plan()
    after = planned(outcome)
    days = after.problem.reps[0].workdays
    slow = (Planned(from_s=SLOW.from_s, to_s=SLOW.to_s, percent=200),)
    assert all(day.peaks == slow for day in days)
    assert check(after.problem, after.plan) == ()
    assert sum(r.travel_s for r in after.plan.routes) > sum(r.travel_s for r in before.plan.routes)
    notes = [note.params["hours"] for note in outcome.notes if "hours" in note.params]
    assert notes == ["Mo-Fr 07:00-12:00 200 %"]
    assert not any(day.peaks for day in before.problem.reps[0].workdays)


def test_who_cycles_passes_the_queue(planning):
    set_in_force(planning, SLOW)
    planning.change(Rep, "R1", transport=Transport.BICYCLE)
    assert not any(day.peaks for day in planned(planning.plan()).problem.reps[0].workdays)


def test_replanning_reckons_with_peak_hours(planning):
    planning.plan()
    set_in_force(planning, SLOW)
    planning.replan(FIRST - timedelta(days=1))
    with planning.database.reading() as session:
        plans = session.exec(select(CyclePlan).where(CyclePlan.rep_id == 1)).all()
        ((problem, plan),) = from_document(plans[-1].document)
    assert all(day.peaks for day in problem.reps[0].workdays)
    assert check(problem, plan) == ()


def test_an_exported_plan_is_checked_again_at_its_peak_hours(planning, tmp_path):
    set_in_force(planning, SLOW)
    planning.plan(rep_codes=("R1",))
    path = export_plans(planning.database, OPERATOR, tmp_path, "en", on=FIRST)[1]
    ((problem, plan),) = load(path)
    assert check(problem, plan) == ()
    assert any(day.peaks for day in problem.reps[0].workdays)
    document = json.loads(path.read_text(encoding="utf-8"))
    for day in document["problems"][0]["problem"]["reps"][0]["workdays"]:
        del day["peaks"]
    ((forgetful, _),) = from_document(document)
    found = {violation.rule for violation in check(forgetful, plan)}
    assert {Rule.WRONG_FINGERPRINT, Rule.WRONG_TRAVEL, Rule.WRONG_ARRIVAL} <= found


@pytest.fixture
def call(world, monkeypatch, capsys):
    """Call `callcycle roads peaks` on the small world; answers (exit code, output, errors)."""
    monkeypatch.setenv("CALLCYCLE_LANG", "en")

    def run(*arguments):
        words = ["callcycle", "roads", "peaks", *map(str, arguments), "--db", world.database.url]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


HEADING = "district,weekdays,begin,end,percent"


def test_a_file_sets_the_tables_that_it_names(world, call, tmp_path):
    assert call("show")[:2] == (0, "No peak hours: a drive takes the same at any hour.\n")
    path = tmp_path / "peaks.csv"
    path.write_text(
        f"{HEADING}\n,Mo-Fr,07:00,09:30,150\n,周一至周五,16:30,18:30,130%\nMT,Sa,9:00,12:00,120\n",
        encoding="utf-8",
    )
    code, out, _ = call("set", path)
    assert (code, out.splitlines()) == (
        0,
        ["2 tables of peak hours read, 2 changed. Plans made from now on use them."],
    )
    assert told(world, "general") == {
        None: [MORNING, EVENING],
        "MT": [{"weekdays": [5], "begin": "09:00", "end": "12:00", "percent": 120}],
    }
    assert "2 tables of peak hours read, 0 changed." in call("set", path)[1]
    shown = call("show")[1].splitlines()
    assert [line.split() for line in shown[1:]] == [
        ["company", "Mo-Fr", "07:00-09:30", "150", "%"],
        ["company", "Mo-Fr", "16:30-18:30", "130", "%"],
        ["MT", "Sa", "09:00-12:00", "120", "%"],
    ]
    assert call("clear", "--district", "MT")[1] == "Taken away.\n"
    assert call("clear", "--district", "MT")[1] == "There were none.\n"
    assert told(world, "general") == {None: [MORNING, EVENING]}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["MT,Mo,07:00,09:00,150", "MT,Mo,08:00,10:00,120"], "Line 3: Mo 07:00-09:00 150 % and"),
        (["MT,Mo,09:00,07:00,150"], "Line 2: 09:00 to 07:00 is no span of a day"),
        (["MT,Mo,07:00,09:00,0", "MT,Mo,07:00,09:00"], "Line 3: - is no whole number of per cent"),
        (["MT,Mondag,07:00,09:00,150"], "Line 2: Mondag are no weekdays"),
        (["MT,Mo,07:00,09:00,150", "XX,Mo,07:00,09:00,150"], "There is no district XX"),
    ],
)
def test_a_bad_file_says_every_reason_and_changes_nothing(world, call, tmp_path, rows, words):
    path = tmp_path / "peaks.csv"
    path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    code, _, errors = call("set", path)
    assert code == 3
    assert words in errors
    assert told(world, "general") == {None: []}


def test_a_file_without_its_columns_names_them(call, tmp_path):
    path = tmp_path / "peaks.csv"
    path.write_text("district,from,to\nMT,07:00,09:00\n", encoding="utf-8")
    code, _, errors = call("set", path)
    assert code == 3
    assert "has no column or no row of weekdays, begin, end, percent" in errors


PAGE = "/desk/administration/peak-hours"
ROW = {"weekdays": ["0", "1"], "begin": "07:00", "end": "09:00", "percent": "150"}


def sent(world, asker, path, **form):
    return world.client(asker).post(f"{PAGE}{path}", data=form)


def test_rows_are_set_one_by_one_at_the_desk(world):
    assert sent(world, "general", "/rows", **ROW).status_code == 204
    row = {"weekdays": [0, 1], "begin": "07:00", "end": "09:00", "percent": 150}
    assert told(world, "general") == {None: [row]}
    assert sent(world, "malta", "/own", district_code="MT").status_code == 204
    was = "Mo-Tu 07:00-09:00 150 %"
    later = ROW | {"percent": "180", "district_code": "MT", "was": was}
    assert sent(world, "malta", "/rows", **later).status_code == 204
    again = sent(world, "malta", "/rows", **later)
    assert (again.status_code, again.json()["code"]) == (409, "peak_row_gone")
    assert told(world, "malta") == {None: [row], "MT": [row | {"percent": 180}]}
    both = ROW | {"begin": "08:00", "end": "10:00", "district_code": "MT"}
    assert sent(world, "malta", "/rows", **both).json()["code"] == "unsound_peak_hours"
    page = world.client("malta").get(PAGE).text
    assert "Mo-Tu 07:00-09:00 180 %" in page  # in the form that changes the row
    assert page.count("Add the hours") == 1  # the district's table, not the company's
    sent(world, "malta", "/own/end", district_code="MT")
    assert told(world, "malta") == {None: [row]}


def test_a_district_without_a_rush_begins_with_a_row_that_changes_nothing(world):
    assert sent(world, "malta", "/own", district_code="MT").status_code == 204
    assert [row["percent"] for row in told(world, "malta")["MT"]] == [100]
    code = sent(world, "malta", "/own", district_code="MT").json()["code"]
    assert code == "unsound_peak_hours"


def test_plans_reckoned_with_other_peak_hours_say_so(planning):
    planning.plan()
    planning.change(Rep, "R2", transport=Transport.BICYCLE)

    def marked():
        with planning.database.reading() as session:
            found = peaks_in_plans.marked_plans(session, OPERATOR, today=FIRST)
            return [rep.code for _, rep in found]

    def put(*peaks: Peak, code="") -> None:
        now = datetime.combine(FIRST, time(8), UTC)
        service.put_all(planning.database, OPERATOR, {code: peaks}, now=now)

    put(replace(SLOW, percent=100))  # does nothing to any drive
    assert marked() == []
    put(SLOW)
    put(replace(SLOW, percent=300))
    assert marked() == ["R1"]
    (current,) = [plan for plan in planning.plans(PlanState.PUBLISHED) if plan.replan_because]
    assert len(current.replan_because) == 1
    put()  # what it was reckoned with is back
    assert marked() == []
    put(SLOW, code="D2")  # where R1 does not drive
    assert marked() == []
    put(SLOW)
    planning.replan(FIRST)
    assert marked() == []
