"""The company's parts: who sees which, and who says how they hang together."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, FieldChange
from tests.field_api.world import API, build

URL = f"{API}/organisation"


def seen(world, asker):
    told = world.client(asker).get(URL).json()
    return (
        [region["code"] for region in told["regions"]],
        [district["code"] for district in told["districts"]],
        [t["code"] for district in told["districts"] for t in district["territories"]],
        [rep["code"] for district in told["districts"] for rep in district["reps"]],
    )


@pytest.mark.parametrize(
    ("asker", "expected"),
    [
        ("rep1", (["S"], ["MT"], ["T1"], ["R1"])),
        ("malta", (["S"], ["MT"], ["T1", "T2"], ["R1", "R2"])),
        ("south", (["S"], ["MT"], ["T1", "T2"], ["R1", "R2"])),
        ("north", (["N"], ["GZ"], ["T3"], ["R3"])),
        ("general", (["N", "S"], ["GZ", "MT"], ["T3", "T1", "T2"], ["R3", "R1", "R2"])),
        ("info", (["N", "S"], ["GZ", "MT"], ["T3", "T1", "T2"], [])),
    ],
)
def test_each_sees_the_own_part(world, asker, expected):
    assert seen(world, asker) == expected


def test_the_company_bears_the_name_of_the_settings(database):
    world = build(database, company="Borg & Sons")
    assert world.client("rep1").get(URL).json()["company"] == "Borg & Sons"


def test_a_new_region_takes_a_district_and_its_director_sees_no_more(world):
    client = world.client("info")
    made = client.put(f"{URL}/regions/W", json={"name": "West"})
    assert (made.status_code, made.json()) == (201, {"code": "W", "name": "West"})
    assert client.put(f"{URL}/regions/W", json={"name": "West"}).status_code == 200
    assert client.put(f"{URL}/regions/W", json={"name": "Far west"}).json()["name"] == "Far west"
    moved = client.put(f"{URL}/districts/MT", json={"name": "Malta", "region_code": "W"})
    assert moved.json()["region_code"] == "W"
    assert seen(world, "south") == ([], [], [], [])
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.noun == "region")).all()
        assert [(e.action, e.key) for e in entries] == [("create", "W"), ("change", "W")]
        change = session.exec(select(FieldChange).where(FieldChange.noun == "district")).one()
        assert (change.key, change.field, change.before) == ("MT", "region_id", 1)


def test_what_is_not_there(world):
    client = world.client("general")
    for path, code in [("districts/X", "MT"), ("districts/MT", "X")]:
        answer = client.put(f"{URL}/{path}", json={"name": "x", "region_code": code})
        assert answer.status_code == 404
    none = client.put(f"{URL}/districts/MT", json={"name": "Malta", "region_code": None})
    assert none.json()["region_code"] is None
