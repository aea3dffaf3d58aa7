import pytest

from geography.systems import convert
from maps.background import best_for
from maps.shown import ground_on, shown_on
from maps.views import PlaceView, Tiles
from tests.maps.sample_views import a_day, a_square, a_stop, a_territory, routes_view

JINAN = (36.6512, 117.1201)
AMAP = Tiles(url="https://tiles.example/{z}/{x}/{y}", attribution="x", system="GCJ-02")


def moved(at):
    [(lat, lon)] = convert([at], "WGS-84", "GCJ-02")
    return pytest.approx((lat, lon))


def test_every_place_of_a_route_moves_with_the_ground():
    lat, lon = JINAN
    home = PlaceView(name="家", lat=lat, lon=lon)
    stop = a_stop(1, lat=lat, lon=lon, path=(JINAN,))
    day = a_day(start=home, end=home, stops=(stop,), path_back=(JINAN,))
    [shown] = shown_on(routes_view(day), AMAP).days
    assert (shown.start.lat, shown.start.lon) == moved(JINAN)
    assert (shown.stops[0].lat, shown.stops[0].lon) == moved(JINAN)
    assert shown.stops[0].path[0] == shown.path_back[0] == moved(JINAN)
    assert shown.stops[0].name == stop.name


def test_a_territory_moves_with_the_ground():
    shown = shown_on(a_territory(geometry=a_square(*JINAN)), AMAP)
    lon, lat = shown.geometry["coordinates"][0][0]
    assert (lat, lon) == moved(JINAN)


def test_a_map_in_wgs84_is_drawn_as_it_is():
    view = routes_view()
    assert shown_on(view, None) is view
    assert shown_on(view, Tiles(url="x", attribution="y")) is view


def test_the_ground_beneath_the_tiles_moves_with_them():
    ground = best_for([JINAN]) | {"water": [[[JINAN, JINAN]]]}
    shown = ground_on(ground, AMAP)
    inland = ground["borders"][0][0]
    assert shown["borders"][0][0] == moved(inland)
    assert shown["water"][0][0][0] == moved(JINAN)
    kind, name, *at = ground["places"][0]
    assert shown["places"][0] == (kind, name, *moved(at).expected)
    assert ground_on(ground, None) is ground
    assert ground_on(None, AMAP) is None
