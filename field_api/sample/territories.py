"""Eight territories out of whole towns, as a manager would draw them, and their reps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from field_api.sample.towns import Town, islands, to_degrees, to_km

OFFSHORE_KM = 0.8  # quays, islets and the map's generalised coast lie inside
SMOOTH_KM = 0.05
GRID_DEGREES = 1e-5  # about a metre: neighbours share their corners exactly


@dataclass(frozen=True, kw_only=True)
class Patch:
    """A territory by its towns, and its rep's home. The rep is invented."""

    code: str
    name: str
    district: str
    towns: tuple[str, ...]  # none: the whole of Gozo
    rep_code: str
    rep_name: str
    home: str  # a town


PATCHES = (
    Patch(
        code="T1",
        name="Buġibba & Qawra",
        district="MALTA",
        towns=(
            "Buġibba",
            "Il-Qawra",
            "San Pawl Il-Baħar",
            "Ix-Xemxija",
        ),
        rep_code="R1",
        rep_name="Maria Vella",
        home="San Pawl Il-Baħar",
    ),
    Patch(
        code="T2",
        name="Mellieħa, Mosta & Rabat",
        district="MALTA",
        towns=(
            "Il-Mellieħa",
            "Il-Manikata",
            "L-Imġarr",
            "Il-Mosta",
            "In-Naxxar",
            "L-Imtarfa",
            "L-Imdina",
            "Ir-Rabat",
            "Ħad-Dingli",
        ),
        rep_code="R2",
        rep_name="Joseph Camilleri",
        home="Il-Mosta",
    ),
    Patch(
        code="T3",
        name="St Julian's & San Ġwann",
        district="MALTA",
        towns=(
            "San Ġiljan",
            "Is-Swieqi",
            "Pembroke",
            "San Ġwann",
            "Ħal Għargħur",
            "Baħar iċ-Ċagħaq",
        ),
        rep_code="R3",
        rep_name="Claire Zammit",
        home="San Ġwann",
    ),
    Patch(
        code="T4",
        name="Sliema & Gżira",
        district="MALTA",
        towns=(
            "Tas-Sliema",
            "Il-Gżira",
            "Ta' Xbiex",
        ),
        rep_code="R4",
        rep_name="Mark Farrugia",
        home="Il-Gżira",
    ),
    Patch(
        code="T5",
        name="Valletta & Paola",
        district="MALTA",
        towns=(
            "Valletta",
            "Il-Furjana",
            "Tal-Pietà",
            "L-Imsida",
            "Il-Ħamrun",
            "Il-Marsa",
            "Raħal Ġdid",
        ),
        rep_code="R5",
        rep_name="Anna Borg",
        home="Il-Furjana",
    ),
    Patch(
        code="T6",
        name="Birkirkara, Qormi & Żurrieq",
        district="MALTA",
        towns=(
            "Birkirkara",
            "Santa Venera",
            "L-Iklin",
            "Ħal Lija",
            "Ħal Balzan",
            "Ħ'Attard",
            "Ħal Qormi",
            "Ħaż-Żebbuġ",
            "Is-Siġġiewi",
            "Ħal Luqa",
            "L-Imqabba",
            "Il-Qrendi",
            "Iż-Żurrieq",
            "Ħal Safi",
            "Ħal Kirkop",
            "Il-Gudja",
            "Santa Luċija",
            "Birżebbuġa",
            "Il-Qajjenza",
        ),
        rep_code="R6",
        rep_name="David Grech",
        home="Ħal Qormi",
    ),
    Patch(
        code="T7",
        name="Three Cities & Marsaxlokk",
        district="MALTA",
        towns=(
            "Il-Birgu",
            "L-Isla",
            "Bormla",
            "Il-Kalkara",
            "Ix-Xgħajra",
            "Il-Fgura",
            "Ħaż-Żabbar",
            "Wied Il-Għajn",
            "Ħal Tarxien",
            "Ħal Għaxaq",
            "Iż-Żejtun",
            "Marsaxlokk",
        ),
        rep_code="R7",
        rep_name="Rita Spiteri",
        home="Iż-Żejtun",
    ),
    Patch(
        code="T8",
        name="Gozo",
        district="GOZO",
        towns=(),
        rep_code="R8",
        rep_name="George Attard",
        home="Ir-Rabat (Gozo)",
    ),
)
DISTRICTS = {"MALTA": "Malta", "GOZO": "Gozo"}


def polygons(towns: Sequence[Town]) -> dict[str, Polygon]:
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


def geojson(shapes: Mapping[str, Polygon]) -> dict[str, object]:
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


def territory_of(shapes: Mapping[str, Polygon], lat: float, lon: float) -> str:
    """The one territory around a point; raises ValueError where there is none, or more."""
    codes = [code for code, polygon in shapes.items() if polygon.covers(Point(lon, lat))]
    if len(codes) != 1:
        raise ValueError(f"the point {lat}, {lon} lies in {codes or 'no territory'}, not in one")
    return codes[0]


def overlaps(shapes: Iterable[Polygon]) -> bool:
    """Whether the inside of any two meets."""
    found = list(shapes)
    return any(
        one.relate_pattern(other, "T********")
        for index, one in enumerate(found)
        for other in found[:index]
    )


def _with_shore(island: Polygon) -> Polygon:
    shore = to_km(island).buffer(OFFSHORE_KM).simplify(SMOOTH_KM)
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
