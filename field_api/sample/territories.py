"""The territories as polygons: the towns' surroundings joined, as a manager would draw them."""

from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from crm.rules.territories import TerritoryShape, membership, overlaps
from field_api.sample.businesses import Business
from field_api.sample.patches import PATCHES
from field_api.sample.towns import Town, islands, to_degrees, to_km

OFFSHORE_KM = 0.8  # quays, islets and the map's generalised coast lie inside
BAYS_KM = 1.2  # bays up to twice this wide are closed: nobody draws a border into a bay
SMOOTH_KM = 0.05
GRID_DEGREES = 1e-5  # about a metre: neighbours share their corners exactly

Polygons = Mapping[str, Polygon]  # by territory code, degrees


def polygons(towns: Sequence[Town]) -> Polygons:
    """Territory code to polygon in degrees: without gaps on the land, without overlaps, and
    with exactly shared corners between neighbours."""
    malta, gozo = (_with_shore(island) for island in islands())
    on_malta = [town for town in towns if not town.gozo]
    owner = {key: patch.code for patch in PATCHES for key in patch.towns}
    points = [to_km(Point(town.lon, town.lat)) for town in on_malta]
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=malta).geoms
    parts: dict[str, list[BaseGeometry]] = {}
    for town, point in zip(on_malta, points, strict=True):
        cell = next(cell for cell in cells if cell.covers(point))
        parts.setdefault(owner[town.key], []).append(cell)
    wholes = {code: unary_union(cells) for code, cells in parts.items()}
    lines = [malta.boundary, *(whole.boundary.intersection(malta) for whole in wholes.values())]
    noded = shapely.union_all(to_degrees(shapely.GeometryCollection(lines)), grid_size=GRID_DEGREES)
    faces: dict[str, list[Polygon]] = {}
    for face in polygonize(noded):
        inside = to_km(face.representative_point())
        code = next(code for code, whole in wholes.items() if whole.covers(inside))
        faces.setdefault(code, []).append(face)
    found = {code: _one(unary_union(parts), code) for code, parts in sorted(faces.items())}
    island = shapely.set_precision(to_degrees(gozo), GRID_DEGREES)
    return found | {patch.code: _one(island, patch.code) for patch in PATCHES if not patch.towns}


def geojson(shapes: Polygons) -> dict[str, object]:
    """The import file: one feature a territory, outer rings counter-clockwise (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": patch.code,
                "name": patch.name,
                "rep_code": patch.rep_code,
                "district_code": patch.district,
            },
            "geometry": _rounded(shapely.orient_polygons(shapes[patch.code])),
        }
        for patch in PATCHES
    ]
    return {"type": "FeatureCollection", "features": features}


def reps_by_customer(shapes: Polygons, businesses: Iterable[Business]) -> dict[str, str]:
    """Customer code to rep code. Raises ValueError when territories overlap, or a customer lies
    in none or in several."""
    codes = dict(enumerate(sorted(shapes)))
    drawn = [TerritoryShape(id=n, code=code, shape=shapes[code]) for n, code in codes.items()]
    if common := overlaps(drawn):
        raise ValueError(f"territories of the sample overlap: {common}")
    places = dict(enumerate(businesses))
    found = membership([(n, float(b.lat), float(b.lon)) for n, b in places.items()], drawn)
    if astray := [places[n].code for n in found.in_none + found.in_several]:
        raise ValueError(f"customers of the sample in no territory or in several: {astray}")
    reps = {patch.code: patch.rep_code for patch in PATCHES}
    return {places[n].code: reps[codes[owner]] for n, owner in found.by_customer.items()}


def _with_shore(island: Polygon) -> Polygon:
    shore = to_km(island).buffer(OFFSHORE_KM + BAYS_KM).buffer(-BAYS_KM).simplify(SMOOTH_KM)
    return _one(shore, "island")


def _one(geometry: BaseGeometry, what: str) -> Polygon:
    if not isinstance(geometry, Polygon):
        raise ValueError(f"{what} is a {geometry.geom_type}, not one polygon")
    return Polygon(geometry.exterior)


def _rounded(polygon: Polygon) -> dict[str, object]:
    rings = mapping(polygon)["coordinates"]
    return {
        "type": "Polygon",
        "coordinates": [[[round(x, 5), round(y, 5)] for x, y in ring] for ring in rings],
    }
