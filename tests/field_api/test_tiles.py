"""A company's tile server lies under every map of the service, and no map asks another host."""

import pytest

from tests.field_api import world as worlds
from tests.field_api.day_world import plan
from tests.field_api.desk.test_desk_territories import BOTH, feature, sent
from tests.field_api.desk.test_hostile_names import MAPS
from tests.field_api.world import API, MONDAY, REPORT, a_report
from tests.maps.reading import view_of

HOST = "https://tiles.example"
TILES = f"{HOST}/{{z}}/{{x}}/{{y}}.png"
DRAWN_ON = ("/desk/territories/map", f"{API}/territory-editor")
PAGE = {"accept": "text/html"}


@pytest.fixture
def drawn(database, tmp_path):
    """Every map of a world with a plan, a report, a change that waits and a what-if, on tiles of
    a system, by address."""

    def draw(system):
        world = worlds.build(database, data_dir=str(tmp_path), tile_url=TILES, tile_system=system)
        plan(world, weeks=1)
        body = a_report() | {"promises": []}
        world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=body)
        client = world.client("malta")
        tried = client.post(f"{API}/scenarios", json={"name": "try"}).json()["id"]
        body = sent(feature("T1", BOTH, rep_code="R1"), removed=[{"code": "T2", "version": 1}])
        asked = client.put(f"{API}/territories.geojson", json=body).json()["approval_id"]
        addresses = (
            *MAPS,
            *DRAWN_ON,
            "/desk/plans/R1/map",
            f"/desk/territories/waiting/map?what={asked}",
            f"{API}/scenarios/{tried}/map",
        )
        found = {one: client.get(one, headers=PAGE) for one in addresses}
        phone = f"/my-day/map/{MONDAY}"
        return found | {phone: world.client("rep1").get(phone, headers=PAGE)}

    return draw


@pytest.mark.one_database
def test_every_map_lies_on_the_companys_tiles(drawn):
    found = drawn("WGS-84")
    for address, answer in found.items():
        assert answer.status_code == 200, (address, answer.text)
        assert TILES in answer.text, address
        assert f"img-src data: {HOST};" in answer.headers["content-security-policy"], address
    route = view_of(found[f"/my-day/map/{MONDAY}"].text)
    assert route["ground"]["land"]  # beneath: a phone without a network has it still


@pytest.mark.one_database
def test_boundaries_are_not_drawn_on_shifted_tiles(drawn):
    for address, answer in drawn("GCJ-02").items():
        assert answer.status_code == 200, (address, answer.text)
        assert (HOST in answer.text) is (address not in DRAWN_ON), address
