"""A boundary as somebody drew it: read, refused by name, mended or turned, measured."""

import json
from math import cos, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import get_num_coordinates
from shapely.geometry import LineString, MultiPolygon, Polygon, box, mapping
from shapely.ops import split, unary_union

from crm.rules.boundaries import (
    MOST_VERTICES,
    Consent,
    CrossesItself,
    Swapped,
    UnusablePolygon,
    area_km2,
    looks_swapped,
    merged,
    read_shape,
    swapped,
    write_shape,
)

BOW_TIE = "POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))"
MALTA = (14.18, 35.79, 14.58, 36.09)


def test_area_of_nothing():
    assert area_km2(box(0, 0, 0, 0)) == 0
    assert area_km2(LineString([(0, 0), (1, 1)])) == 0


def test_areas_are_geodesic():
    # a degree square at the equator and one at 60 degrees north, by the published formulas
    assert area_km2(box(0, 0, 1, 1)) == pytest.approx(12_308.8, rel=1e-4)
    assert area_km2(box(0, 60, 1, 61)) == pytest.approx(6_124, rel=1e-2)
    assert area_km2(Polygon(box(0, 0, 1, 1).exterior.coords[::-1])) == pytest.approx(12_308.8, 1e-4)


def test_a_hole_is_not_part_of_the_area():
    whole, hole = box(14, 35, 15, 36), box(14.4, 35.4, 14.6, 35.6)
    ring = Polygon(whole.exterior.coords, [hole.exterior.coords])
    assert area_km2(ring) == pytest.approx(area_km2(whole) - area_km2(hole), rel=1e-9)


def test_islands_are_one_territory():
    gozo, comino = box(14.18, 36.01, 14.35, 36.08), box(14.32, 36.0, 14.345, 36.02)
    both = read_shape(MultiPolygon([gozo, box(14.36, 36.0, 14.38, 36.02)]).wkt)
    assert area_km2(both) > area_km2(gozo)
    with pytest.raises(CrossesItself):  # two islands that lie on one another
        read_shape(MultiPolygon([gozo, comino]).wkt)


@pytest.mark.parametrize(
    "shape", [box(14, 35, 15, 36), MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])]
)
def test_wkt_and_geojson_mean_the_same(shape):
    assert read_shape(shape.wkt).equals(shape)
    assert read_shape(json.dumps(mapping(shape))).equals(shape)
    assert read_shape(write_shape(shape)).equals(shape)


def test_a_bow_tie_is_refused_with_the_reason():
    with pytest.raises(UnusablePolygon, match=r"Self-intersection.*0\.5"):
        read_shape("POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "{}",
        '{"type": "Polygon"}',
        '{"type": "Polygon", "coordinates": [[[1]]]}',
        "POINT(1 1)",
        "POLYGON EMPTY",
        "LINESTRING(0 0, 1 1)",
        "POLYGON((0 0, 1 1))",
        "POLYGON((0 0, 200 0, 200 1, 0 0))",
        "POLYGON((0 0, NaN 0, 2 1, 0 0))",
        '{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[1,1],[0,0]]]}',
        "{" * 5000,
    ],
)
def test_other_texts_are_no_territory(text):
    with pytest.raises(UnusablePolygon):
        read_shape(text)


def test_a_bow_tie_is_mended_with_consent():
    with pytest.raises(CrossesItself) as refused:
        read_shape(BOW_TIE)
    assert refused.value.mended is not None
    mended = read_shape(BOW_TIE, Consent(mend=True))
    assert mended.equals(refused.value.mended)
    assert mended.is_valid
    assert area_km2(mended) == pytest.approx(area_km2(box(0, 0, 1, 1)) / 2, rel=0.01)


def test_what_has_no_surface_is_not_mended():
    for text in ("POLYGON((0 0, 1 1, 2 2, 0 0))", "POLYGON((0 0, 0 0, 0 0, 0 0))"):
        with pytest.raises(UnusablePolygon):
            read_shape(text, Consent(mend=True))


def circle(vertices, lon=14.4, lat=35.9, radius=0.05):
    turns = [2 * pi * n / vertices for n in range(vertices)]
    return Polygon([(lon + radius * cos(t), lat + radius * sin(t)) for t in turns])


def test_a_huge_one_is_refused_with_its_number():
    assert get_num_coordinates(read_shape(circle(MOST_VERTICES - 1).wkt)) == MOST_VERTICES
    with pytest.raises(UnusablePolygon, match=str(MOST_VERTICES + 1)):
        read_shape(circle(MOST_VERTICES).wkt)


@pytest.mark.parametrize("shape", [box(-180, -90, 180, 90), box(0, 0, 91, 1), box(-170, 0, 170, 1)])
def test_the_world_is_no_territory(shape):
    with pytest.raises(UnusablePolygon, match="spans"):
        read_shape(shape.wkt)


def test_one_drawn_past_the_antimeridian_is_cut_there():
    fiji = box(176.5, -19.5, 181.5, -15.5)
    cut = read_shape(fiji.wkt)
    assert cut.geom_type == "MultiPolygon"
    assert cut.bounds == (-180, -19.5, 180, -15.5)
    assert area_km2(cut) == pytest.approx(area_km2(box(0, -19.5, 5, -15.5)), rel=1e-3)
    assert read_shape(write_shape(cut)).equals(cut)
    assert read_shape(box(-181.5, 0, -178, 1).wkt).bounds == (-180, 0, 180, 1)


def test_latitude_before_longitude_is_named_and_turned():
    jinan = box(116.8, 36.4, 117.4, 36.9)
    with pytest.raises(Swapped, match=r"36\.400° latitude and 116\.800°") as refused:
        read_shape(swapped(jinan).wkt)
    assert refused.value.turned.equals(jinan)
    assert read_shape(swapped(jinan).wkt, Consent(swap=True)).equals(jinan)


def test_a_swap_that_stays_on_earth_is_known_by_the_customers():
    valletta = box(14.50, 35.89, 14.52, 35.91)
    assert looks_swapped(swapped(valletta), MALTA)
    assert not looks_swapped(valletta, MALTA)
    assert not looks_swapped(box(2, 48, 3, 49), MALTA)  # another country, either way
    assert not looks_swapped(swapped(valletta), None)


def test_the_polygons_of_a_mixed_surface():
    gone = merged(LineString([(0, 0), (1, 1)]))
    crumbs = merged(unary_union([box(0, 0, 1, 1), box(5, 5, 5.00001, 5.00001)]), least_km2=1)
    assert gone is None
    assert crumbs.equals(box(0, 0, 1, 1))


LONS = st.floats(-179, 178, allow_nan=False)
LATS = st.floats(-80, 79, allow_nan=False)
RINGS = st.lists(
    st.tuples(st.floats(10, 20, allow_nan=False), st.floats(30, 40, allow_nan=False)),
    min_size=3,
    max_size=9,
)


@given(ring=RINGS)
def test_whatever_is_drawn_is_refused_or_valid_and_mended_is_valid(ring):
    text = json.dumps({"type": "Polygon", "coordinates": [[*map(list, ring), list(ring[0])]]})
    try:
        drawn = read_shape(text)
    except CrossesItself as refused:
        if refused.mended is not None:
            mended = read_shape(text, Consent(mend=True))
            assert mended.is_valid
            assert mended.geom_type in ("Polygon", "MultiPolygon")
            assert read_shape(write_shape(mended)).equals(mended)
    except UnusablePolygon:
        pass
    else:
        assert drawn.is_valid
        assert read_shape(write_shape(drawn)).equals(drawn)


@given(west=LONS, south=LATS, share=st.floats(0.1, 0.9))
def test_an_area_is_the_sum_of_its_halves(west, south, share):
    whole = box(west, south, west + 1, south + 1)
    along = LineString([(west + share, south - 1), (west + share, south + 2)])
    halves = split(whole, along).geoms
    assert sum(map(area_km2, halves)) == pytest.approx(
        area_km2(whole), rel=1e-3
    )  # edges are geodesics
    about = 12_364 * cos(radians(south + 0.5))
    assert area_km2(whole) == pytest.approx(about, rel=0.02)


@given(west=LONS, south=LATS)
def test_turning_twice_is_not_turning(west, south):
    drawn = box(west, south, west + 1, south + 1)
    assert swapped(swapped(drawn)).equals(drawn)
