"""拜访区域: which territory a customer lies in, and where territories overlap or leave gaps.

Geometry is planar in degrees; distances are scaled by the cosine of the latitude, which is good
to a percent at the size of a territory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians

import numpy as np
import shapely

from crm.rules.boundaries import Shape, area_km2

KM_PER_DEGREE = 111.195
SLIVER_KM2 = 0.0001  # borders drawn twice never meet exactly; 100 m² is no overlap
OVERLAPPING_INTERIORS = "T********"


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
