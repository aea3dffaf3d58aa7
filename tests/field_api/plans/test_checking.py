"""`callcycle check` on the plans in force and on files, whole, tampered with and broken."""

import json
import sys

import pytest

from crm.models import Customer
from crm.rules.access import OPERATOR
from field_api.cli import main as cli
from field_api.services.plans.checking import check_plans_in_force
from field_api.services.plans.exports import export_plans
from tests.field_api.planning_world import FIRST


@pytest.fixture
def call(monkeypatch, capsys):
    """Call the command in this process; answers (exit code, output, errors)."""
    monkeypatch.setenv("CALLCYCLE_LANG", "en")
    monkeypatch.delenv("CALLCYCLE_DEBUG", raising=False)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["callcycle", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return ended.value.code, printed.out, printed.err

    return run


@pytest.fixture
def exported(planning, tmp_path):
    """A plan.json of a plan with every commitment."""
    planning.promise("Q0", FIRST)
    planning.plan(rep_codes=("R1",))
    return export_plans(planning.database, OPERATOR, tmp_path / "out", "en", on=FIRST)[1]


def tampered(path, change) -> None:
    """Write the document again with something changed."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["problems"][0])
    path.write_text(json.dumps(document), encoding="utf-8")


def first_stop(pair):
    return pair["plan"]["routes"][0]["stops"][0]


def lose_a_visit(pair):
    pair["plan"]["routes"][0]["stops"].pop()


def begin_early(pair):
    first_stop(pair)["begin_s"] -= 600
    first_stop(pair)["end_s"] -= 600


def drive_faster(pair):
    first_stop(pair)["travel_s"] -= 1


def visit_twice(pair):
    stops = pair["plan"]["routes"][0]["stops"]
    stops.append(stops[0])


def other_customers_data(pair):
    pair["problem"]["visits"][0]["service_s"] += 60


def promise_for_another_day(pair):
    for visit in pair["problem"]["visits"]:
        if visit["commitment"]:
            visit["latest"] = visit["earliest"] = visit["ideal"] = "2026-12-01"


TAMPERING = [
    (lose_a_visit, "visit_lost"),
    (begin_early, "begins_before_arrival"),
    (drive_faster, "wrong_travel"),
    (visit_twice, "visit_doubled"),
    (other_customers_data, "wrong_fingerprint"),
    (promise_for_another_day, "outside_dates"),
]


def test_a_plan_as_exported_has_no_violation(call, exported):
    code, out, _ = call("check", exported)
    assert code == 0
    assert out == "R1/2026-11-30/2026-12-13: 17 visits planned, 0 unserved, 0 violations.\n"


@pytest.mark.parametrize(("change", "rule"), TAMPERING, ids=[rule for _, rule in TAMPERING])
def test_a_tampered_plan_is_caught(call, exported, change, rule):
    tampered(exported, change)
    code, out, _ = call("check", exported)
    assert code == 3
    assert f"  {rule}: " in out


def test_violations_in_chinese(call, exported):
    tampered(exported, visit_twice)
    code, out, _ = call("check", exported, "--lang", "zh")
    assert code == 3
    assert "在计划中出现 2 次" in out
    assert "违规" in out


def test_many_violations_are_counted_not_all_shown(call, exported):
    def lose_all(pair):
        for route in pair["plan"]["routes"]:
            route["stops"].clear()

    tampered(exported, lose_all)
    code, out, _ = call("check", exported)
    assert code == 3
    assert "… and " in out


GARBAGE = [
    (b"", "a JSON document"),
    (b"\xff\xfe\x00", "JSON document in UTF-8"),
    (b"[]", "an object with format, version, problems"),
    (b'{"format": "x", "version": 1, "problems": []}', "callcycle-plan"),
    (b'{"format": "callcycle-plan", "version": 1, "problems": []}', "holds no plan"),
    (b"[" * 100_000, "JSON document"),
    (b'{"a": NaN}', "NaN is no number"),
]


@pytest.mark.parametrize(("content", "said"), GARBAGE, ids=[said for _, said in GARBAGE])
def test_garbage_gets_a_message(call, tmp_path, content, said):
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    code, out, err = call("check", path)
    assert (code, out) == (3, "")
    assert str(path) in err
    assert said in err
    assert err.count("\n") == 1
    assert not err.endswith("..\n")


def test_a_missing_file_and_a_folder_get_a_message(call, tmp_path):
    for path in (tmp_path / "missing.json", tmp_path):
        code, _, err = call("check", path)
        assert code == 3
        assert f"{path} cannot be read: " in err


def test_a_problem_that_contradicts_itself_is_named(call, exported):
    def nonsense(pair):
        pair["problem"]["visits"][0]["service_s"] = -5

    tampered(exported, nonsense)
    code, _, err = call("check", exported)
    assert code == 3
    assert "contradicts itself: visit Q0@" in err
    assert "service_s is -5; seconds, from 0 to a day" in err
    assert err.endswith("were minutes meant?\n")


def test_the_plans_in_force(call, planning):
    url = planning.database.url
    code, _, err = call("check", "--db", url)
    assert (code, err) == (3, "No plan is published yet; run `callcycle plan` first.\n")
    planning.plan()
    code, out, _ = call("check", "--db", url)
    assert code == 0
    assert out.count("0 violations") == 2
    (only,) = check_plans_in_force(planning.database, planning.asker("R2"), on=FIRST)
    assert only.plan_id.startswith("R2/")


def test_planning_over_the_command_line(call, planning, tmp_path):
    url = planning.database.url
    arguments = ("--db", url, "--today", "2026-11-27", "--weeks", "1", "--work", "0")
    code, out, err = call("plan", *arguments, "--rep", "R1")
    assert code == 0, err
    assert "R1 Rep R1" in out
    assert "every plan passed the checker" in out
    code, out, _ = call("replan", "R1", "--purpose", "x", "--today", "2026-11-29", "--db", url)
    assert code == 0
    assert "From Mon 30 Nov 2026 on, 100.0 % of the visits stay on their day." in out
    (tmp_path / "taken").write_text("a file")
    code, _, err = call("export", "--db", url, "--out", tmp_path / "taken")
    assert code == 1
    assert f"{tmp_path / 'taken'} cannot be read or written" in err
    code, out, _ = call("export", "--db", url, "--out", tmp_path / "export")
    assert code == 0
    assert "plan.json" in out


def test_a_customer_without_a_territory_ends_with_3(call, planning):
    planning.change(Customer, "W5", lat=35.0, lon=14.0)
    code, _, err = call("plan", "--db", planning.database.url)
    assert code == 3
    assert "1 active customers in none (W5)" in err
    assert "W5" in call("territories", "--db", planning.database.url)[1]
    assert planning.plans() == []


def test_refusals_of_replanning_end_with_3(call, planning):
    arguments = ("--purpose", "x", "--db", planning.database.url, "--today", "2026-12-01")
    assert call("replan", "R1", *arguments)[0] == 3
    assert call("replan", "R9", *arguments)[0] == 3
    assert call("plan", "--rep", "R9", "--db", planning.database.url)[0] == 3
    assert call("plan", "--weeks", "0", "--db", planning.database.url)[0] == 2
