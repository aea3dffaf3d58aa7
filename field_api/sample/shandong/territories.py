"""The territories as polygons, from the places of each and the coast."""

from shapely.geometry import Point

from field_api.sample.drawing import Polygons, drawn, feature, one_polygon
from field_api.sample.shandong.patches import PATCHES
from field_api.sample.shandong.places import PLANE, mainland, places

OFFSHORE_KM = 5  # the map's coast is generalised: quays and headlands lie beyond it
BAYS_KM = 6  # bays up to twice this wide are closed: nobody draws a border into a bay
SMOOTH_KM = 0.5


def polygons() -> Polygons:
    """Territory code to polygon in degrees. What is nearest to a place of no territory is white."""
    land = PLANE.to_km(mainland())
    shore = land.buffer(OFFSHORE_KM + BAYS_KM).buffer(-BAYS_KM).simplify(SMOOTH_KM)
    owner = {name: patch.code for patch in PATCHES for name in patch.customers}
    towns = [
        (PLANE.to_km(Point(place.lon, place.lat)), owner.get(name))
        for name, place in places().items()
    ]
    return drawn(PLANE, one_polygon(shore, "the land"), towns)


def geojson(shapes: Polygons) -> dict[str, object]:
    """The import file: one feature a territory, its properties with Chinese headings."""
    features = [
        feature(
            {
                "区域编码": patch.code,
                "区域名称": patch.name,
                "人员编码": patch.rep_code,
                "分公司编码": patch.district,
            },
            shapes[patch.code],
        )
        for patch in PATCHES
    ]
    return {"type": "FeatureCollection", "features": features}
