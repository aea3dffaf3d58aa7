"""What follows from a change of territories: at once or on its day, promises, plans, messages."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm.models import CyclePlan, Promise, Territory, TerritoryChange
from field_api.services.territories import taking_effect
from tests.field_api.territories.test_territory_changes import (
    T1,
    T2,
    WIDER,
    body,
    box,
    decide,
    homes,
    put,
)
from tests.field_api.world import API, MONDAY, publish

URL = f"{API}/territories"
FIRST = "2026-12-15"


def plans_of(world, rep="R1"):
    return world.client("malta").get(f"{API}/plans/current", params={"rep_code": rep}).json()


def approve(world, sent):
    asked = put(world.client("malta"), sent)
    assert asked.status_code == 202, asked.text
    return decide(world, "south", asked.json()["approval_id"])


def owners(world):
    with world.database.reading() as session:
        return dict(session.exec(select(Promise.code, Promise.owner_rep_id)).all())


def test_promises_follow_their_customer_and_plans_are_marked(world):
    assert owners(world) == {"P1": 1, "P2": 2, "P3": 3}
    assert plans_of(world)["replan_because"] == []
    decided = approve(world, WIDER)
    assert decided.status_code == 200, decided.text
    assert owners(world) == {"P1": 1, "P2": 1, "P3": 3}
    assert plans_of(world)["replan_because"] == [
        "Territories were changed (T1, T2): 1 customers came to the rep, 0 went. Plan the rest of "
        "the cycle again."
    ]
    (listed,) = world.client("malta").get(f"{API}/plans").json()["items"]
    assert listed["needs_replan"] is True
    told = world.client("malta").get(f"{API}/my/messages").json()["items"]
    assert [(one["kind"], one["noun"]) for one in told] == [("replan_needed", "plan")]
    assert "Plan of Rep R1 (R1) until Sun 27 Dec 2026: Territories were changed" in told[0]["text"]


def test_whoever_loses_a_planned_visit_plans_again_too(world):
    smaller = body(box(14.53, *T1[1:]))
    west = body(box(T2[0], T1[1], 14.53, T1[3]), name="West", rep_code="R2")
    features = [
        {
            "type": "Feature",
            "geometry": one["geometry"],
            "properties": {
                "code": code,
                "name": one["name"],
                "rep_code": one["rep_code"],
                "version": 1,
            },
        }
        for code, one in (("T1", smaller), ("T2", west))
    ]
    sent = {"type": "FeatureCollection", "features": features, "reason": "why"}
    asked = world.client("malta").put(f"{API}/territories.geojson", json=sent)
    assert asked.status_code == 202, asked.text
    assert asked.json()["effects"]["moves"] == [
        {"customer_code": "C1", "before": "T1", "after": "T2"}
    ]
    assert decide(world, "south", asked.json()["approval_id"]).status_code == 200
    assert homes(world)["C1"] == "T2"
    assert "0 customers came to the rep, 1 went" in plans_of(world)["replan_because"][0]
    again = world.client("malta").put(f"{API}/territories.geojson", json=sent)
    assert (again.status_code, again.json()["code"]) == (412, "version_changed")
    for feature in features:
        feature["properties"]["version"] = 2
    same = world.client("malta").put(f"{API}/territories.geojson", json=sent)
    assert (same.status_code, same.json()["errors"][0]["path"]) == (422, "body.features")


def test_another_rep_for_a_territory_takes_its_promises(world):
    kept = world.client("malta").get(f"{URL}/T1").json()["geometry"]
    assert approve(world, body(kept, rep_code="R2")).status_code == 200
    assert owners(world)["P1"] == 2
    assert plans_of(world)["replan_because"]


def test_a_promise_of_another_than_the_former_rep_stays(world):
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P2")).one().owner_rep_id = 3
    approve(world, WIDER)
    assert owners(world)["P2"] == 3


def test_a_plan_that_is_over_is_not_marked(world):
    with world.database.writing() as session:
        session.exec(select(CyclePlan)).one().last_day = date(2026, 11, 29)
    approve(world, WIDER)
    with world.database.reading() as session:
        assert session.exec(select(CyclePlan)).one().replan_because == []


def run_clock(world, day):
    world.now = datetime(2026, 12, day, 1, tzinfo=UTC)
    with world.database.writing(at=world.now) as session:
        return taking_effect.take_effect(session, world.settings, now=world.now)


def test_what_is_approved_today_may_hold_from_a_later_day(world):
    decided = approve(world, WIDER | {"takes_effect_on": FIRST})
    assert decided.status_code == 200, decided.text
    assert decided.json()["outcome"] == {"takes_effect_on": FIRST}
    assert homes(world)["C2"] == "T2"
    waiting = put(world.client("malta"), body(box(14.4, *T1[1:]), cut_neighbours=True))
    assert (waiting.status_code, waiting.json()["code"]) == (409, "territory_change_waiting")
    assert run_clock(world, 14) == 0
    assert homes(world)["C2"] == "T2"
    assert run_clock(world, 15) == 1
    assert homes(world)["C2"] == "T1"
    assert owners(world)["P2"] == 1
    assert run_clock(world, 16) == 0


def test_what_fits_no_more_on_its_day_is_left_and_told(world):
    approve(world, WIDER | {"takes_effect_on": FIRST})
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T2")).one().version += 1
    assert run_clock(world, 15) == 0
    assert homes(world)["C2"] == "T2"
    with world.database.reading() as session:
        assert session.exec(select(TerritoryChange)).one().state.value == "overtaken"
    world.now = datetime(2026, 12, 1, tzinfo=UTC)
    told = world.client("malta").get(f"{API}/my/messages").json()["items"]
    assert told[0]["kind"] == "territory_change_overtaken"
    assert "Territory T2 was changed meanwhile" in told[0]["text"]


def test_a_day_gone_by_is_refused(world):
    late = put(world.client("malta"), WIDER | {"takes_effect_on": "2026-11-29"})
    assert late.json()["errors"][0]["path"] == "body.takes_effect_on"


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[14.6, 35.6], [14.7, 35.7], [14.7, 35.6], [14.6, 35.7], [14.6, 35.6]]],
}


def new(geometry, **changes):
    return body(geometry, name="New") | {"code": "T9"} | changes


def test_a_bow_tie_is_mended_with_consent_and_shown_first(world):
    client = world.client("malta")
    refused = client.post(URL, json=new(BOW_TIE))
    assert refused.status_code == 422
    assert "With `mend` it is taken for" in refused.json()["errors"][0]["message"]
    shown = client.post(URL, json=new(BOW_TIE, mend=True), params={"dry_run": True}).json()
    assert shown["geometry"]["type"] == "MultiPolygon"
    asked = client.post(URL, json=new(BOW_TIE, mend=True))
    decide(world, "south", asked.json()["approval_id"])
    made = client.get(f"{URL}/T9").json()
    assert made["geometry"] == shown["geometry"]
    assert made["properties"]["area_km2"] == pytest.approx(50.1, abs=0.5)


def turned(geometry):
    return geometry | {"coordinates": [[[y, x] for x, y in geometry["coordinates"][0]]]}


def test_latitude_first_is_told_and_turned_with_consent(world):
    wrong = new(turned(box(14.5, 35.82, 14.55, 35.84)), rep_code="R1")
    refused = world.client("malta").post(URL, json=wrong)
    assert refused.status_code == 422
    assert "seems to have latitude before longitude" in refused.json()["detail"]
    shown = world.client("malta").post(URL, json=wrong | {"swap": True}, params={"dry_run": True})
    assert shown.status_code == 202, shown.text
    assert shown.json()["geometry"]["coordinates"][0][0] == [14.5, 35.82]


def test_a_plan_made_for_others_is_left_alone(world):
    with world.database.writing() as session:
        publish(session, 3, 3, MONDAY)
    approve(world, WIDER)
    gozo = world.client("gozo").get(f"{API}/plans/current", params={"rep_code": "R3"}).json()
    assert gozo["replan_because"] == []
