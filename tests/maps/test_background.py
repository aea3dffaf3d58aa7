import json

import pytest

from maps import background
from tests.maps.sample_views import VALLETTA

VADUZ = (47.141, 9.521)
CHENGDU = (30.657, 104.066)


def test_the_background_with_most_points_is_drawn():
    malta = background.best_for([VALLETTA, VALLETTA, VADUZ])
    assert "Valletta" in {name for _, name, _, _ in malta["places"]}
    assert not malta["inland"]


def test_malta_has_its_islands_as_land():
    from shapely.geometry import Point, Polygon

    land = [Polygon(ring) for ring in background.best_for([VALLETTA])["land"]]
    mdina, gozo, sea = Point(35.8862, 14.4031), Point(36.044, 14.25), Point(35.95, 14.6)
    assert [any(one.covers(at) for one in land) for at in (mdina, gozo, sea)] == [True, True, False]


def test_a_country_without_a_coast_is_all_land():
    assert background.best_for([VADUZ])["inland"]


@pytest.mark.parametrize("points", [[], [CHENGDU], [CHENGDU, CHENGDU, CHENGDU, VALLETTA]])
def test_none_fits(points):
    assert background.best_for(points) is None


def test_a_coast_cut_at_the_edge_stays_a_line(tmp_path, monkeypatch):
    line = {"type": "LineString", "coordinates": [[14, 35], [14.5, 35.5], [15, 36]]}
    feature = {"type": "Feature", "properties": {"kind": "coastline"}, "geometry": line}
    collection = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "cut.geojson").write_text(json.dumps(collection), "utf-8")
    monkeypatch.setattr(background, "FOLDER", tmp_path)
    drawn = background.best_for([VALLETTA])
    assert drawn["land"] == []
    assert drawn["coast"] == [[(35.0, 14.0), (35.5, 14.5), (36.0, 15.0)]]
