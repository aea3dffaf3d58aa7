"""The territories as polygons, from the towns of each and the coast."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import Point, Polygon

from field_api.sample.drawing import (
    GRID_DEGREES,
    Polygons,
    drawn,
    feature,
    one_polygon,
    territory_by_customer,
)
from field_api.sample.malta.businesses import Business
from field_api.sample.malta.patches import PATCHES
from field_api.sample.malta.towns import PLANE, Town, islands

OFFSHORE_KM = 0.8  # quays, islets and the map's generalised coast lie inside
BAYS_KM = 1.2  # bays up to twice this wide are closed: nobody draws a border into a bay
SMOOTH_KM = 0.05


def polygons(towns: Sequence[Town]) -> Polygons:
    """Territory code to polygon in degrees: without gaps on the land, without overlaps."""
    malta, gozo = (_with_shore(island) for island in islands())
    owner = {key: patch.code for patch in PATCHES for key in patch.towns}
    places = [
        (PLANE.to_km(Point(town.lon, town.lat)), owner[town.key]) for town in towns if not town.gozo
    ]
    island = shapely.set_precision(PLANE.to_degrees(gozo), GRID_DEGREES)
    return drawn(PLANE, malta, places) | {
        patch.code: one_polygon(island, patch.code) for patch in PATCHES if not patch.towns
    }


def geojson(shapes: Polygons) -> dict[str, object]:
    """The import file: one feature a territory."""
    features = [
        feature(
            {
                "code": patch.code,
                "name": patch.name,
                "rep_code": patch.rep_code,
                "district_code": patch.district,
            },
            shapes[patch.code],
        )
        for patch in PATCHES
    ]
    return {"type": "FeatureCollection", "features": features}


def reps_by_customer(shapes: Polygons, businesses: Iterable[Business]) -> dict[str, str]:
    """Customer code to rep code. Raises ValueError when territories overlap, or a customer lies
    in none or in several."""
    reps = {patch.code: patch.rep_code for patch in PATCHES}
    places = ((one.code, float(one.lat), float(one.lon)) for one in businesses)
    return {code: reps[owner] for code, owner in territory_by_customer(shapes, places).items()}


def _with_shore(island: Polygon) -> Polygon:
    shore = PLANE.to_km(island).buffer(OFFSHORE_KM + BAYS_KM).buffer(-BAYS_KM).simplify(SMOOTH_KM)
    return one_polygon(shore, "island")
