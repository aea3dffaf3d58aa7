"""拜访区域: which territory a customer lies in, and where territories overlap or leave gaps.

Geometry is planar in degrees; areas and distances are scaled by the cosine of the latitude,
which is good to a percent at the size of a territory.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.validation import explain_validity

from crm.errors import Refused
from crm.text import N_

KM_PER_DEGREE = 111.195
SLIVER_KM2 = 0.0001  # borders drawn twice never meet exactly; 100 m² is no overlap
OVERLAPPING_INTERIORS = "T********"

Shape = Polygon | MultiPolygon


@dataclass(frozen=True, kw_only=True)
class TerritoryShape:
    """A territory as geometry: WGS-84 (lon, lat) degrees."""

    id: int
    code: str
    shape: Shape


@dataclass(frozen=True, kw_only=True)
class Membership:
    """`by_customer[id]` is the territory's id; the others lie in none or in several interiors."""

    by_customer: dict[int, int]
    in_none: list[int]
    in_several: list[int]


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two territories whose interiors share an area."""

    first: str
    second: str
    area_km2: float


class UnusablePolygon(Refused):
    """The text is no polygon on earth, or one that crosses itself."""


def read_shape(text: str) -> Shape:
    """The polygon of WKT or GeoJSON text, WGS-84 (lon, lat). Raises `UnusablePolygon`."""
    try:
        found = shape(json.loads(text)) if text.lstrip().startswith("{") else shapely.from_wkt(text)
    except Exception:  # the readers raise whatever their parsers raise
        raise UnusablePolygon(N_("is neither WKT nor a GeoJSON geometry")) from None
    if not isinstance(found, (Polygon, MultiPolygon)) or found.is_empty:
        raise UnusablePolygon(N_("is no polygon or an empty one"))
    found = shapely.force_2d(found)
    places = shapely.get_coordinates(found)
    if not np.isfinite(places).all():
        raise UnusablePolygon(N_("has coordinates that are not finite"))
    if not found.is_valid:
        raise UnusablePolygon(N_("crosses or touches itself: {reason}"), reason=_reason(found))
    if (abs(places) > (180, 90)).any():
        raise UnusablePolygon(
            N_("leaves the earth; GeoJSON and WKT want longitude before latitude")
        )
    return found


def write_shape(found: Shape) -> str:
    """GeoJSON text of a polygon, the form in which it is stored."""
    return json.dumps(mapping(found))


def membership(
    customers: Sequence[tuple[int, float, float]], territories: Sequence[TerritoryShape]
) -> Membership:
    """Where each (id, lat, lon) lies. On a shared border the first territory by code has it;
    inside several, none has it."""
    ids = [customer for customer, _, _ in customers]
    places = np.array([(lon, lat) for _, lat, lon in customers]).reshape(-1, 2)
    tree = shapely.STRtree(np.asarray(shapely.points(places), dtype=object))
    inside = np.zeros(len(ids), dtype=np.int32)
    owner: list[int | None] = [None] * len(ids)
    for territory in sorted(territories, key=lambda t: t.code):
        within = set(tree.query(territory.shape, predicate="contains_properly").tolist())
        for n in tree.query(territory.shape, predicate="covers").tolist():
            if n in within:
                # Being inside counts for more than standing on the border of an earlier one.
                owner[n] = territory.id
                inside[n] += 1
            elif owner[n] is None:
                owner[n] = territory.id
    return Membership(
        by_customer={
            c: o for c, o, n in zip(ids, owner, inside, strict=True) if o is not None and n < 2
        },
        in_none=[c for c, o in zip(ids, owner, strict=True) if o is None],
        in_several=[c for c, n in zip(ids, inside, strict=True) if n > 1],
    )


def overlaps(territories: Sequence[TerritoryShape]) -> list[Overlap]:
    """Pairs of territories that share more than a sliver, in order of code."""
    found: list[Overlap] = []
    for a, b in combinations(sorted(territories, key=lambda t: t.code), 2):
        if shapely.relate_pattern(a.shape, b.shape, OVERLAPPING_INTERIORS):
            area = area_km2(shapely.intersection(a.shape, b.shape))
            if area > SLIVER_KM2:
                found.append(Overlap(first=a.code, second=b.code, area_km2=area))
    return found


def area_km2(surface: shapely.Geometry) -> float:
    """Area of a surface in degrees, as square kilometres."""
    area = float(shapely.area(surface))
    if area == 0:
        return 0.0
    _, south, _, north = shapely.bounds(surface)
    return area * KM_PER_DEGREE**2 * cos(radians((south + north) / 2))


def nearest(
    lat: float, lon: float, territories: Sequence[TerritoryShape]
) -> tuple[str, float] | None:
    """Code and distance in km of the territory nearest to a place; None when there is none."""
    if not territories:
        return None
    squeeze = np.array((cos(radians(lat)), 1.0))
    place = shapely.Point(lon * squeeze[0], lat)
    return min(
        (
            (
                t.code,
                KM_PER_DEGREE * float(place.distance(shapely.transform(t.shape, squeeze.__mul__))),
            )
            for t in territories
        ),
        key=lambda found: (found[1], found[0]),
    )


def _reason(found: Shape) -> str:
    return str(explain_validity(found))
