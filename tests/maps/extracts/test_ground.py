"""The ground that maps draw, out of an extract."""

import dataclasses
import json

import pytest
import shapely
from shapely.geometry import Point, shape

from field_api.sample.malta import EXTRACT
from maps import background
from maps.extracts import reading
from maps.extracts.ground import fitted_ground, read_ground
from maps.extracts.land import land_of
from tests.support.osrm import LIECHTENSTEIN, SHANGHAI

NEAR_DEGREES = 0.002  # of a simplified line to another drawing of it
MDINA, VICTORIA, SEA = Point(14.4031, 35.8862), Point(14.25, 36.044), Point(14.6, 35.95)


@pytest.fixture(scope="module")
def malta():
    return read_ground(EXTRACT)


def features(packed, kind):
    found = json.loads(packed)["features"]
    return [f for f in found if f["properties"]["kind"] == kind]


def geometry(packed, kind):
    return shapely.union_all([shape(f["geometry"]) for f in features(packed, kind)])


def test_malta_is_drawn_as_it_ships(malta):
    packed, tolerance_m = fitted_ground(malta)
    shipped = (background.FOLDER / "malta.geojson").read_bytes()
    assert (tolerance_m, len(packed) < 200_000) == (20, True)
    for kind in ("main road", "minor road"):
        one, other = geometry(packed, kind), geometry(shipped, kind)
        assert shapely.hausdorff_distance(one, other) < NEAR_DEGREES
    names = {
        kind: {f["properties"]["name"] for f in features(shipped, kind)}
        for kind in ("city", "town", "village", "island")
    }
    for kind, wanted in names.items():
        assert wanted <= {f["properties"]["name"] for f in features(packed, kind)}
    told = json.loads(packed)
    assert (told["date"], told["attribution"]) == (
        "2018-08-27T20:14:02Z",
        "© OpenStreetMap contributors, ODbL",
    )


def test_land_is_where_land_is(malta):
    land = geometry(fitted_ground(malta)[0], "land")
    assert [land.covers(at) for at in (MDINA, VICTORIA, SEA)] == [True, True, False]
    largest = max(shapely.get_parts(land), key=lambda part: part.area)
    assert largest.area * 111.32**2 * 0.81 == pytest.approx(246, rel=0.02)  # km², the island's


@pytest.mark.parametrize("limit", [100_000, 20_000, 2_000])
def test_it_fits_whatever_the_limit(malta, limit):
    packed, tolerance_m = fitted_ground(malta, max_bytes=limit)
    assert len(packed) <= limit
    assert tolerance_m > 20
    assert features(packed, "city")


def test_the_same_extract_gives_the_same_bytes(malta):
    assert fitted_ground(read_ground(EXTRACT)) == fitted_ground(malta)


def test_a_large_extract_is_read_otherwise_to_the_same_end(monkeypatch):
    small = read_ground(LIECHTENSTEIN)
    monkeypatch.setattr(reading, "SMALL_BYTES", 0)
    assert fitted_ground(read_ground(LIECHTENSTEIN)) == fitted_ground(small)


def test_a_country_without_a_coast_has_water_and_no_land():
    packed, _ = fitted_ground(read_ground(LIECHTENSTEIN))
    assert (features(packed, "land"), features(packed, "coastline")) == ([], [])
    rhine = Point(9.4955, 47.0767)
    assert geometry(packed, "water").distance(rhine) < NEAR_DEGREES


def test_roads_alone_are_ground_too():
    ground = read_ground(SHANGHAI)
    packed, _ = fitted_ground(ground)
    assert {f["properties"]["kind"] for f in json.loads(packed)["features"]} == {
        "main road",
        "minor road",
    }
    assert ground.places == []


def test_a_coast_that_the_extract_cuts_is_closed_at_the_edge(malta):
    cut = shapely.box(14.30, 35.85, 14.46, 35.95)
    lines = [
        part
        for line in malta.coast
        for part in shapely.get_parts(shapely.intersection(line, cut))
        if part.geom_type == "LineString" and not part.is_empty
    ]
    land = shapely.union_all(land_of(lines, cut.bounds))
    whole = shapely.union_all(land_of(malta.coast, (14.0, 35.7, 14.8, 36.2)))
    wanted = shapely.intersection(whole, cut)
    assert 0.2 < wanted.area / cut.area < 0.9
    assert shapely.symmetric_difference(land, wanted).area < 0.01 * wanted.area


def test_a_coast_that_ends_within_the_box_is_drawn_on_to_its_edge():
    southwards = shapely.LineString([(5, 9), (5, 1)])  # land lies on its left: in the east
    (land,) = land_of([southwards], (0, 0, 10, 10))
    assert land.equals(shapely.box(5, 0, 10, 10))
    northwards = shapely.LineString([(5, 1), (5, 9)])
    (land,) = land_of([northwards], (0, 0, 10, 10))
    assert land.equals(shapely.box(0, 0, 5, 10))


def test_a_sea_within_land_is_no_land():
    sea = shapely.LineString([(4, 4), (4, 6), (6, 6), (6, 4), (4, 4)])  # clockwise
    (land,) = land_of([sea], (0, 0, 10, 10))
    assert land.area == 96


def test_the_maps_find_it_before_what_ships(malta, tmp_path, monkeypatch):
    monkeypatch.setattr(background, "_preferred", [])
    valletta = (35.8989, 14.5146)
    assert background.best_for([valletta])["water"] == []
    background.look_in(tmp_path)
    (tmp_path / "mine.geojson").write_bytes(fitted_ground(malta)[0])
    drawn = background.best_for([valletta])
    assert drawn["water"]
    assert not drawn["inland"]
    bare = dataclasses.replace(malta, water=())
    (tmp_path / "mine.geojson").write_bytes(fitted_ground(bare)[0])
    assert background.best_for([valletta])["water"] == []
