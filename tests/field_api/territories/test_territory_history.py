"""Areas adopted as territories, and who worked whom when."""

from datetime import timedelta

from tests.field_api.territories.test_territory_changes import WIDER, body, box, decide, put
from tests.field_api.world import API, NOW

AREAS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "geometry": box(14.55, 35.86, 14.65, 35.94),
         "properties": {"code": "A1", "name": "East"}},
        {"type": "Feature", "geometry": box(14.65, 35.86, 14.7, 35.94),
         "properties": {"code": "A2", "name": "Far east"}},
    ],
}  # fmt: skip
WANTED = {"areas": AREAS, "choose": ["East", "A2"], "code": "T9", "name": "East", "reason": "x",
          "rep_code": "R2"}  # fmt: skip


def test_areas_are_adopted_and_leave_others_their_ground(world):
    client = world.client("malta")
    asked = client.post(f"{API}/adopted-territories", json=WANTED)
    assert asked.status_code == 202, asked.text
    assert asked.json()["effects"]["overlaps"] == []
    west = min(lon for lon, _ in asked.json()["geometry"]["coordinates"][0])
    assert round(west, 4) == 14.5646  # where T1 ends
    assert decide(world, "south", asked.json()["approval_id"]).status_code == 200
    assert client.get(f"{API}/territories/T9").json()["properties"]["rep_code"] == "R2"


def test_an_area_that_is_not_there(world):
    answer = world.client("malta").post(
        f"{API}/adopted-territories", json=WANTED | {"choose": ["Eats"]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "area_not_found")
    assert "A1" in answer.json()["detail"]


def test_who_worked_whom_when(world):
    client = world.client("malta")
    world.now = first = NOW + timedelta(hours=1)
    decide(world, "south", put(client, WIDER).json()["approval_id"])
    world.now = second = NOW + timedelta(hours=2)
    kept = client.get(f"{API}/territories/T1").json()["geometry"]
    asked = put(client, body(kept, rep_code="R2"), {"If-Match": '"v2"'})
    decide(world, "south", asked.json()["approval_id"])

    def at(instant):
        return instant.isoformat().replace("+00:00", "Z") if instant else None

    told = client.get(f"{API}/customers/C2/territories").json()
    assert [(p["since"], p["until"], p["territory_code"], p["rep_code"]) for p in told] == [
        (at(second), None, "T1", "R2"),
        (at(first), at(second), "T1", "R1"),
        (None, at(first), "T2", "R2"),
    ]
    versions = client.get(f"{API}/territories/T1/history").json()
    assert [(v["since"], v["rep_code"], v["reason"]) for v in versions] == [
        (at(second), "R2", "why"),
        (at(first), "R1", "why"),
        (None, "R1", ""),
    ]
    assert versions[0]["geometry"] == versions[1]["geometry"] != versions[2]["geometry"]
