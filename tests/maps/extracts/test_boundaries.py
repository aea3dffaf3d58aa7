"""Administrative areas out of an extract."""

import json

import shapely
from shapely.geometry import Point, shape

from field_api.sample.malta import EXTRACT
from maps.extracts.boundaries import administrative_areas, levels
from tests.support.osrm import LIECHTENSTEIN, SHANGHAI

VALLETTA, VICTORIA = Point(14.5125, 35.8985), Point(14.2405, 36.0445)


def test_maltas_councils_are_whole_and_do_not_overlap():
    collection, cut = administrative_areas(EXTRACT, 8)
    assert (len(collection["features"]), cut) == (67, [])
    shapes = [shape(feature["geometry"]) for feature in collection["features"]]
    assert all(one.is_valid and one.geom_type in ("Polygon", "MultiPolygon") for one in shapes)
    shared = sum(one.area for one in shapes) - shapely.union_all(shapes).area
    assert shared < 1e-5 * shapely.union_all(shapes).area
    by_name = {f["properties"]["name"]: shape(f["geometry"]) for f in collection["features"]}
    assert by_name["Valletta"].covers(VALLETTA)
    assert not by_name["Valletta"].covers(VICTORIA)
    assert sum(one.covers(VALLETTA) for one in shapes) == 1


def test_an_area_bears_its_names_level_and_number():
    collection, _ = administrative_areas(EXTRACT, 8)
    (bormla,) = [
        feature["properties"]
        for feature in collection["features"]
        if feature["properties"]["name"] == "Bormla"
    ]
    assert bormla == {
        "name": "Bormla",
        "name:en": "Cospicua",
        "admin_level": 8,
        "osm_id": 7510576,
    }
    assert collection["attribution"] == "© OpenStreetMap contributors, ODbL"
    assert json.loads(json.dumps(collection))["features"]


def test_what_the_extract_cuts_open_is_left_out_by_name():
    collection, cut = administrative_areas(LIECHTENSTEIN, 8)
    names = [feature["properties"]["name"] for feature in collection["features"]]
    assert len(names) == 11
    assert "Vaduz" in names
    assert "Buchs (SG)" in cut


def test_areas_in_several_pieces_stay_together():
    collection, _ = administrative_areas(LIECHTENSTEIN, 8)
    pieces = {
        feature["properties"]["name"]: feature["geometry"]["type"]
        for feature in collection["features"]
    }
    assert pieces["Vaduz"] == "MultiPolygon"


def test_levels_are_counted():
    assert levels(EXTRACT)[8] == 67
    assert levels(SHANGHAI) == {}
