"""Territories at the desk: the board and its weights, gaps and overlaps, shapes, merging, jobs."""

from datetime import date

import pytest
from sqlmodel import select

from crm.models import Approval, Rep, Territory
from field_api.services.territories import portion
from tests.field_api.territories.test_territory_changes import T1, T2, box, decide, homes
from tests.field_api.world import API

PAGE = "/desk/territories"
BOTH = box(min(T1[0], T2[0]), min(T1[1], T2[1]), T1[2], T1[3])


def feature(code, geometry, **properties):
    values = {"code": code, "name": f"Territory {code}", "version": 1}
    return {"type": "Feature", "geometry": geometry, "properties": values | properties}


def sent(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), "reason": "why"} | more


def test_the_board_weighs_whom_one_sees(world):
    told = world.client("malta").get(f"{PAGE}/board").json()
    assert [one["code"] for one in told["territories"]] == ["T1", "T2"]
    assert [row[0] for row in told["customers"]] == ["C1", "C2"]
    assert all(row[5] >= 1 and row[6] > 0 for row in told["customers"])  # visits, seconds
    assert {one["code"]: one["available_s"] > 0 for one in told["reps"]} == {"R1": True, "R2": True}


def test_ground_that_nobody_or_two_have_is_told(world):
    client = world.client("malta")
    half = box(T1[0], T1[1], (T1[0] + T1[2]) / 2, T1[3])
    told = client.post(f"{PAGE}/ground", json={"features": [feature("T1", half)]}).json()
    (gap,) = told["faces"]
    assert gap["kind"] == "gap"
    assert gap["area_km2"] == pytest.approx(50.1, abs=0.5)
    assert told["versions"] == {"T1": 1, "T2": 1}
    wide = box(14.40, *T1[1:])
    told = client.post(f"{PAGE}/ground", json={"features": [feature("T1", wide)]}).json()
    assert [(one["first"], one["second"]) for one in told["faces"] if one["kind"] == "overlap"] == [
        ("T1", "T2")
    ]


def test_shapes_are_joined_and_cut(world):
    client = world.client("malta")
    west, east = box(14.0, 35.0, 14.1, 35.1), box(14.1, 35.0, 14.2, 35.1)
    joined = client.post(f"{PAGE}/shapes", json={"how": "join", "geometries": [west, east]}).json()
    (whole,) = joined["geometries"]
    assert whole["type"] == "Polygon"
    cut = client.post(
        f"{PAGE}/shapes",
        json={"how": "cut", "geometries": [west, box(14.05, 35.0, 14.2, 35.1), west]},
    ).json()
    assert cut["changed"] == [False, True, True]
    assert cut["geometries"][2] is None


def test_merged_territories_are_one_and_the_other_goes(world):
    body = sent(feature("T1", BOTH, rep_code="R1"), removed=[{"code": "T2", "version": 1}])
    asked = world.client("malta").put(f"{API}/territories.geojson", json=body)
    assert asked.status_code == 202, asked.text
    assert decide(world, "south", asked.json()["approval_id"]).status_code == 200
    assert homes(world) == {"C1": "T1", "C2": "T1", "C3": "T3"}
    with world.database.reading() as session:
        assert session.exec(select(Territory.code).order_by(Territory.code)).all() == ["T1", "T3"]


def test_a_territory_changed_meanwhile_does_not_go(world):
    body = sent(feature("T1", BOTH, rep_code="R1"), removed=[{"code": "T2", "version": 7}])
    refused = world.client("malta").put(f"{API}/territories.geojson", json=body)
    assert refused.status_code == 412


def test_who_does_not_see_the_rep_cannot_take_the_rep_off(world):
    with world.database.writing() as session:
        away = session.exec(select(Rep).where(Rep.code == "R3")).one().id
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = away
    client = world.client("malta")
    (one, _) = client.get(f"{PAGE}/board").json()["territories"]
    assert (one["rep"], one["hidden"]) == (None, True)
    body = sent(feature("T1", box(*T1), name="Another name", version=2))
    versions = {t["code"]: t["version"] for t in client.get(f"{PAGE}/board").json()["territories"]}
    body["features"][0]["properties"]["version"] = versions["T1"]
    asked = client.put(f"{API}/territories.geojson", json=body)
    assert asked.status_code == 202, asked.text
    with world.database.reading() as session:
        (approval,) = session.exec(select(Approval)).all()
        assert [part["rep_id"] for part in approval.payload["territories"]] == [away]


def test_a_job_is_its_askers_alone(world):
    client = world.client("malta")
    begun = client.post(f"{PAGE}/balance", json={"district_code": "MT"}).json()
    assert begun["state"] == "queued"
    assert [one["id"] for one in client.get(f"{PAGE}/balance").json()] == [begun["id"]]
    address = f"{PAGE}/balance/{begun['id']}"
    assert world.client("south").get(address).status_code == 404
    assert client.delete(address).status_code == 204
    assert client.get(f"{PAGE}/balance").json() == []


def test_a_day_gone_by_is_as_it_was(world):
    today = world.client("malta").get(f"{PAGE}/history").text
    assert "Territory T1" in today
    body = sent(feature("T1", box(*T1), name="Harbour", rep_code="R1"))
    asked = world.client("malta").put(f"{API}/territories.geojson", json=body)
    decide(world, "south", asked.json()["approval_id"])
    client = world.client("malta")
    assert "Harbour" in client.get(f"{PAGE}/history").text
    before = client.get(f"{PAGE}/history", params={"day": date(2026, 11, 1).isoformat()}).text
    assert "Territory T1" in before
    assert client.get(f"{PAGE}/history", params={"day": "no day"}).status_code == 200


def test_what_waits_is_shown_on_the_map(world):
    client = world.client("malta")
    assert "No change of territories waits" in client.get(f"{PAGE}/waiting").text
    body = sent(feature("T1", BOTH, rep_code="R1"), removed=[{"code": "T2", "version": 1}])
    number = client.put(f"{API}/territories.geojson", json=body).json()["approval_id"]
    assert number in client.get(f"{PAGE}/waiting").text
    assert client.get(f"{PAGE}/waiting/map", params={"what": number}).status_code == 200
    assert (
        world.client("gozo").get(f"{PAGE}/waiting/map", params={"what": number}).status_code == 404
    )


def test_a_change_in_a_large_company_is_weighed_in_the_districts_that_it_touches(
    world, monkeypatch
):
    body = sent(feature("T1", BOTH, rep_code="R1"), removed=[{"code": "T2", "version": 1}])
    answer = world.client("malta").put(f"{API}/territories.geojson", json=body)
    shown = {"what": answer.json()["approval_id"]}
    own, general = world.client("malta"), world.client("general")
    whole = general.get(f"{PAGE}/waiting/map", params=shown).text
    assert "T3" in whole
    monkeypatch.setattr(portion, "MOST_AT_ONCE", 0)
    touched = general.get(f"{PAGE}/waiting/map", params=shown).text
    assert touched == own.get(f"{PAGE}/waiting/map", params=shown).text
    assert "T3" not in touched


def test_where_there_are_many_customers_one_district_is_drawn_at_a_time(world, monkeypatch):
    client = world.client("general")
    whole = client.get(f"{PAGE}/board").json()
    assert len(whole["districts"]) > 1
    monkeypatch.setattr(portion, "MOST_AT_ONCE", 0)
    parts = [
        client.get(f"{PAGE}/board?district={one['code']}").json() for one in whole["districts"]
    ]
    assert sorted(row for part in parts for row in part["customers"]) == whole["customers"]
    assert sorted(one["code"] for part in parts for one in part["territories"]) == sorted(
        one["code"] for one in whole["territories"]
    )
    assert client.get(f"{PAGE}/board").json() == parts[0]  # nobody chose yet
    last = whole["districts"][-1]["code"]
    assert f"/desk/territories/map?district={last}" in client.get(f"{PAGE}?district={last}").text
    drawn = client.post(f"{PAGE}/ground?district={last}", json={"features": []}).json()
    assert sorted(drawn["versions"]) == sorted(one["code"] for one in parts[-1]["territories"])
