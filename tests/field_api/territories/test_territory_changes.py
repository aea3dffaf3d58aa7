"""Territories over the API: as GeoJSON, and a boundary drawn, judged, approved, followed."""

import json
import math
from time import perf_counter

import pytest
from sqlmodel import select

from crm.models import Customer, FieldChange, Territory
from tests.builders import VALLETTA, a_customer
from tests.field_api.world import API

URL = f"{API}/territories"
T1 = (14.4646, 35.8489, 14.5646, 35.9489)
T2 = (14.3531, 35.8362, 14.4531, 35.9362)
MATCH = {"If-Match": '"v1"'}


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def body(geometry, **changes):
    values = {"name": "Territory T1", "rep_code": "R1", "geometry": geometry, "reason": "why"}
    return values | changes


WIDER = body(box(14.39, *T1[1:]), cut_neighbours=True)  # takes C2 from T2


def put(client, sent, headers=MATCH, **query):
    return client.put(f"{URL}/T1", json=sent, headers=headers, params=query)


def decide(world, asker, approval_id, kind="approve"):
    return world.client(asker).post(
        f"{API}/approvals/{approval_id}/decisions", json={"kind": kind, "comment": "x"}
    )


def homes(world):
    with world.database.reading() as session:
        names = dict(session.exec(select(Territory.id, Territory.code)).all())
        rows = session.exec(select(Customer.code, Customer.territory_id)).all()
        return {code: names.get(home) for code, home in rows}


def test_lists_and_maps_what_is_ones_own(world):
    client = world.client("malta")
    items = client.get(URL).json()["items"]
    assert [(i["code"], i["rep_code"], i["customers"]) for i in items] == [
        ("T1", "R1", 1),
        ("T2", "R2", 1),
    ]
    assert items[0]["area_km2"] == pytest.approx(100.2, abs=0.5)
    first = client.get(URL, params={"limit": 1}).json()
    rest = client.get(URL, params={"cursor": first["next_cursor"]}).json()
    assert [i["code"] for i in first["items"] + rest["items"]] == ["T1", "T2"]
    answer = client.get(f"{API}/territories.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["bbox"] == pytest.approx([T2[0], T2[1], T1[2], T1[3]])
    assert [f["id"] for f in answer.json()["features"]] == ["T1", "T2"]
    assert answer.json()["features"][0]["geometry"]["type"] == "Polygon"


def test_somebody_without_territories_has_an_empty_map(world):
    with world.database.writing() as session:
        for territory in session.exec(select(Territory)):
            territory.rep_id = None
    told = world.client("rep1").get(f"{API}/territories.geojson").json()
    assert told == {"type": "FeatureCollection", "features": []}


def test_problems_are_told(world):
    with world.database.writing() as session:
        session.add(a_customer("C9", (36.5, 14.5)))
    told = world.client("general").get(f"{API}/territory-problems").json()
    assert [gap["customer_code"] for gap in told["gaps"]] == ["C9"]
    assert told["block_planning"] is True
    assert world.client("malta").get(f"{API}/territory-problems").json()["gaps"] == []


def test_one_bears_the_etag_that_an_edit_names(world):
    client = world.client("malta")
    assert client.get(f"{URL}/T1").headers["etag"] == '"v1"'
    missing = client.put(f"{URL}/T1", json=WIDER)
    assert (missing.status_code, missing.json()["code"]) == (428, "if_match_missing")
    old = put(client, WIDER, {"If-Match": '"v7"'})
    assert (old.status_code, old.json()["code"]) == (412, "version_changed")


def test_a_dry_run_says_who_would_move(world):
    answer = put(world.client("malta"), WIDER, dry_run=True)
    assert answer.status_code == 202
    told = answer.json()
    assert told["approval_id"] is None
    assert told["effects"]["moves"] == [{"customer_code": "C2", "before": "T2", "after": "T1"}]
    assert told["effects"]["cut"] == ["T2"]
    assert world.client("south").get(f"{API}/approvals").json()["items"] == []


def test_approved_customers_follow_the_boundary(world):
    asked = put(world.client("malta"), WIDER)
    assert asked.status_code == 202, asked.text
    assert homes(world)["C2"] == "T2"
    (waiting,) = world.client("south").get(f"{API}/approvals").json()["items"]
    assert waiting["title"] == "Territory T1 drawn anew; customers that change territory: 1"
    story = world.client("south").get(f"{API}/approvals/{waiting['id']}").json()
    assert [change["field"] for change in story["changes"]] == ["T1.area_km2", "T2.area_km2"]
    again = put(world.client("malta"), WIDER)
    assert (again.status_code, again.json()["code"]) == (409, "already_asked")
    decided = decide(world, "south", asked.json()["approval_id"])
    assert decided.status_code == 200, decided.text
    assert homes(world) == {"C1": "T1", "C2": "T1", "C3": "T3"}
    client = world.client("malta")
    assert client.get(f"{URL}/T1").headers["etag"] == '"v2"'
    left = client.get(f"{URL}/T2").json()["properties"]
    assert (left["customers"], left["version"]) == (0, 2)
    assert left["area_km2"] == pytest.approx(45, abs=1)
    assert not client.get(f"{API}/territory-problems").json()["block_planning"]
    with world.database.reading() as session:
        query = select(FieldChange).where(FieldChange.field == "territory_id")
        assert [(c.key, c.before, c.after) for c in session.exec(query)] == [("C2", 2, 1)]
        told = session.exec(select(FieldChange).where(FieldChange.noun == "territory")).all()
        assert {(c.key, c.field) for c in told} >= {("T1", "geometry"), ("T2", "geometry")}
        assert "version" not in {c.field for c in told}


def test_what_changed_meanwhile_is_not_overwritten(world):
    asked = put(world.client("malta"), WIDER).json()["approval_id"]
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T2")).one().version += 1
    overtaken = decide(world, "south", asked)
    assert (overtaken.status_code, overtaken.json()["code"]) == (409, "overtaken")
    assert homes(world)["C2"] == "T2"


def test_customers_that_came_meanwhile_are_not_left_behind(world):
    smaller = body(box(T1[0], T1[1], 14.55, T1[3]))
    asked = put(world.client("malta"), smaller).json()["approval_id"]
    with world.database.writing() as session:
        session.add(a_customer("C9", (VALLETTA[0], 14.56), territory_id=1))
    assert decide(world, "south", asked).json()["code"] == "overtaken"


def test_a_boundary_that_strands_or_overlaps_is_refused_with_names(world):
    stranding = put(world.client("malta"), body(box(14.53, *T1[1:])))
    assert (stranding.status_code, stranding.json()["code"]) == (422, "territories_unsettled")
    messages = [error["message"] for error in stranding.json()["errors"]]
    assert messages == ["Customer C1 would lie in no territory."]
    overlapping = put(world.client("malta"), WIDER | {"cut_neighbours": False})
    messages = " ".join(error["message"] for error in overlapping.json()["errors"])
    assert "with territory T2" in messages
    assert "C2 would lie in several" in messages


def test_anothers_territory_is_neither_cut_nor_named(world):
    gozo = body(box(14.15, 35.85, 14.6, 36.1), cut_neighbours=True)
    answer = put(world.client("malta"), gozo)
    assert answer.status_code == 422
    assert "T3" not in answer.text
    assert "another district" in answer.text
    assert "C3" not in answer.text


def test_a_new_territory(world):
    sent = body(box(14.6, 35.8, 14.7, 35.9), name="East", rep_code="R2") | {"code": "T9"}
    asked = world.client("malta").post(URL, json=sent)
    assert asked.status_code == 202
    assert decide(world, "south", asked.json()["approval_id"]).status_code == 200
    made = world.client("rep2").get(f"{URL}/T9")
    assert made.json()["properties"]["district_code"] == "MT"
    taken = world.client("malta").post(URL, json=sent)
    assert (taken.status_code, taken.json()["code"]) == (409, "territory_code_taken")
    nowhere = world.client("malta").post(URL, json=sent | {"code": "T8", "rep_code": None})
    assert nowhere.json()["errors"][0]["path"] == "body.district_code"


def test_a_neighbour_is_not_swallowed(world):
    whole = body(box(14.3, 35.8, 14.6, 36.0), cut_neighbours=True)
    answer = put(world.client("malta"), whole)
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing_left")


def test_a_rep_of_another_district_and_no_change_at_all(world):
    stranger = put(world.client("general"), WIDER | {"rep_code": "R3"})
    assert stranger.json()["errors"][0]["path"] == "body.rep_code"
    assert put(world.client("malta"), WIDER | {"rep_code": "R3"}).status_code == 404
    kept = world.client("malta").get(f"{URL}/T1").json()["geometry"]
    same = put(world.client("malta"), body(kept))
    assert (same.status_code, same.json()["errors"][0]["path"]) == (422, "body")


BOW_TIE = [[14.4, 35.8], [14.5, 35.9], [14.5, 35.8], [14.4, 35.9], [14.4, 35.8]]


@pytest.mark.parametrize(
    ("geometry", "path"),
    [
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "body.geometry"),
        (box(14, 100, 15, 101), "body.geometry"),
        ({"type": "Polygon", "coordinates": []}, "body.geometry.Polygon.coordinates"),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "body.geometry.Polygon.coordinates.0"),
        ({"type": "Point", "coordinates": [1, 2]}, "body.geometry"),
        ({"type": "MultiPolygon", "coordinates": [[BOW_TIE[:1] * 4]]}, "body.geometry"),
    ],
)
def test_no_polygon_at_all(world, geometry, path):
    answer = put(world.client("malta"), body(geometry))
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path), answer.text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 400, '"14.5"', "null"])
def test_no_number_at_all(world, number):
    sent = json.dumps(WIDER).replace("14.39", number)
    headers = MATCH | {"Content-Type": "application/json"}
    answer = world.client("malta").put(f"{URL}/T1", content=sent, headers=headers)
    assert answer.status_code == 422, answer.text


def circle(vertices):
    turns = [2 * math.pi * n / vertices for n in range(vertices)]
    ring = [[14.5146 + 0.04 * math.cos(t), 35.8989 + 0.04 * math.sin(t)] for t in turns]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


@pytest.mark.one_database
def test_a_hundred_thousand_vertices_and_one_more(world):
    began = perf_counter()
    assert put(world.client("malta"), body(circle(99_999)), dry_run=True).status_code == 202
    print(f"judged in {perf_counter() - began:.1f} s")
    more = put(world.client("malta"), body(circle(100_000)))
    assert more.json()["errors"][0]["path"] == "body.geometry"
    assert "100001" in more.json()["detail"]
