"""Territories proposed and repaired: worked out of what is known, and applied by nobody."""

import json
import sys

import pytest
import shapely
from sqlmodel import select

from crm.models import Customer, Rep, Territory
from crm.rules.access import OPERATOR
from field_api.cli import main as cli
from field_api.services.territory_proposals import Question, Task, described, judged, worked_out
from routing.travel.straight_line import StraightLine
from tests.builders import a_customer
from tests.field_api.territories.test_territory_changes import T1, box
from tests.field_api.world import API, MONDAY

URL = f"{API}/territories/proposals"
GROUND = box(14.34, 35.83, 14.58, 35.96)  # with what lies between the territories of today
BODY = {
    "geometry": GROUND,
    "district_code": "MT",
    "first_day": "2026-11-30",
    "tolerance": 0.15,
    "by_home": False,
}


@pytest.fixture
def peopled(world):
    """Twice as much work for R1 as for R2, close to the border of both."""
    with world.database.writing() as session:
        for n in range(16):
            session.add(a_customer(f"V{n}", (35.86 + n / 400, 14.47), grade="B", territory_id=1))
        for n in range(6):
            session.add(a_customer(f"M{n}", (35.87 + n / 200, 14.4), grade="B", territory_id=2))
    return world


def posted(world, asker="malta", status=200, **changes):
    answer = world.client(asker).post(URL, json=BODY | changes)
    assert answer.status_code == status, answer.text
    return answer.json()


def everything(world):
    with world.database.reading() as session:
        return [
            [row.model_dump() for row in session.exec(select(table).order_by(table.id))]
            for table in (Customer, Territory, Rep)
        ]


def test_a_proposal_balances_covers_the_ground_and_changes_nothing(peopled):
    before = everything(peopled)
    found = posted(peopled)
    assert found["after"]["imbalance"] < found["before"]["imbalance"]
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in found["features"]]
    assert shapely.coverage_is_valid(shapes)
    assert [f["properties"]["code"] for f in found["features"]] == ["T1", "T2"]
    assert found["travel_source"] == "straight_line"
    assert everything(peopled) == before


def test_what_is_proposed_can_be_asked_for_as_it_is(peopled):
    found = posted(peopled)
    wanted = {"type": "FeatureCollection", "features": found["features"], "reason": "fairer"}
    asked = peopled.client("malta").put(f"{API}/territories.geojson?dry_run=true", json=wanted)
    assert asked.status_code == 202, asked.text
    effects = asked.json()["effects"]
    assert effects["stranded"] == effects["doubled"] == effects["overlaps"] == []
    assert {move["customer_code"] for move in effects["moves"]} == {
        move["customer_code"] for move in found["moves"]
    }


def test_a_repair_tells_its_moves_and_the_bound(peopled):
    found = posted(peopled, task="repair", limit=0.4)
    assert found["after"]["imbalance"] <= 0.4 < found["before"]["imbalance"]
    assert 0 < found["at_least"] <= len(found["moves"])
    assert {(m["before"], m["after"]) for m in found["moves"]} == {("R1", "R2")}


def test_a_rep_more_gets_a_territory_of_a_new_code(peopled):
    found = posted(peopled, more_reps=1, tolerance=0.3)
    new = next(f["properties"] for f in found["features"] if f["properties"]["version"] is None)
    assert (new["code"], new["rep_code"]) == ("NEW-1", None)


def test_who_is_fixed_stays(peopled):
    fixed = [f"V{n}" for n in range(16)]
    moved = {move["customer_code"] for move in posted(peopled, fixed=fixed)["moves"]}
    assert not moved & set(fixed)


def test_ground_in_two_parts_is_divided_part_by_part(peopled):
    question = Question(task=Task.PROPOSE, district_code="MT", first_day=MONDAY)
    with peopled.database.reading() as session:
        found = described(session, OPERATOR, question, StraightLine())
        assert [one.rep_id for one in judged(found).territories] == ["R1", "R2"]
        told = worked_out(found, question)
    assert told["teams"] == [["R2"], ["R1"]]  # a gap between territories parts the ground
    assert told["moves"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"district_code": "GZ"}, 404, "district_not_found"),
        ({"rep_codes": ["R3"]}, 404, "rep_not_found"),
        ({"fixed": ["C9"]}, 422, "unknown_customer"),
        ({"more_reps": 50}, 422, "district_not_divisible"),
        ({"geometry": box(*T1)}, 422, "district_not_divisible"),
        ({"tolerance": 0}, 422, "invalid_input"),
        ({"weeks": 2**70}, 422, "invalid_input"),
        ({"first_day": "2026-02-30"}, 422, "invalid_input"),
        ({"task": "repair", "limit": 0.005, "fixed": ["C1"]}, 422, "district_not_divisible"),
    ],
)
def test_what_cannot_be_worked_out_is_named(peopled, changes, status, code):
    assert posted(peopled, status=status, **changes)["code"] == code


def test_a_boundary_that_crosses_itself_is_refused(peopled):
    bow_tie = [[14.3, 35.8], [14.6, 36.0], [14.6, 35.8], [14.3, 36.0], [14.3, 35.8]]
    posted(peopled, status=422, geometry={"type": "Polygon", "coordinates": [bow_tie]})


@pytest.fixture
def call(peopled, monkeypatch, capsys):
    """`callcycle territories …` on the world's database: (exit code, output, errors)."""

    def run(*arguments):
        monkeypatch.setattr(
            sys, "argv",
            ["callcycle", "territories", *arguments, "--db", peopled.database.url, "--lang", "en"],
        )  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


TODAY = ("--today", "2026-11-29")


@pytest.mark.one_database
def test_the_command_judges_proposes_and_repairs(call, tmp_path):
    code, out, _ = call("judge", "MT", *TODAY)
    assert (code, out.count("As it is: imbalance")) == (0, 1)
    drawn, written = tmp_path / "map.html", tmp_path / "proposal.geojson"
    across = ("--across-water", *TODAY)
    code, out, err = call(
        "propose", "MT", *across, "--tolerance", "0.2", "--map", str(drawn), "--out", str(written)
    )
    assert code == 0, err
    assert "Then: imbalance" in out
    features = json.loads(written.read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["rep_code"] for feature in features} == {"R1", "R2"}
    assert "Proposed territories" in drawn.read_text(encoding="utf-8")
    code, out, _ = call("repair", "MT", *across, "--limit", "0.5")
    assert code == 0
    assert "0 customers change the rep." in out  # half as much again is within the limit


@pytest.mark.one_database
def test_the_command_names_what_is_wrong(call):
    assert call("propose", "XX", *TODAY)[2] == "There is no district XX among yours.\n"
    code, _, err = call("propose", "MT", "--more-reps", "20", *TODAY, "--across-water")
    assert code == 3
    assert err.startswith("No customers for rep")
    assert call("repair", "MT", "--limit", "0")[0] == 2
