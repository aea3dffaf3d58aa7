"""Territories as polygons: without gaps or overlaps, each customer inside its own.

The surroundings of customers (what is nearer to one than to any other) are joined by territory
and cut by the ground; then the borders between territories are made simpler, both sides of each
together, as long as every customer stays inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from routing.territories.district import District, Shape
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.ground import Cells, Geometries, Indices, Plane, islands, parts_of, points
from routing.territories.redraw import GRID_DEGREES, redrawn

# How much borders may be simplified, in degrees of latitude, from 900 m on; then less and less.
SIMPLER_DEGREES = (0.008, 0.004, 0.002, 0.001, 0.0005, 0.00025)

Faces = list[tuple[Polygon, int]]


def draw(district: District, rep_of: Mapping[str, str]) -> dict[str, Shape]:
    """Rep id to polygon, WGS-84 (lon, lat): together they are the district's area. Reps without
    customers have none; an island without customers is its nearest customer's. Today's borders
    stay wherever nobody moves, as far as the district has any.

    Raises `UnusableDistrict` without an area, when customers lie outside of it, have no rep, or
    stand on one spot with different reps.
    """
    if district.area is None:
        raise UnusableDistrict(Obstacle.NO_AREA)
    owner = _owners(district, rep_of)
    island = islands(district)
    plane = Plane(district.customers)
    if district.borders:
        kept = _kept(district, owner)
        if kept is not None:
            return kept
    shapes: list[BaseGeometry] = []
    owners: list[int] = []
    for number, part in enumerate(parts_of(district.area)):
        rows = np.flatnonzero(island == number)
        for face, own in _island(district, plane, part, rows, owner):
            shapes.append(face)
            owners.append(own)
    by_rep: dict[str, list[BaseGeometry]] = {}
    for shape, own in zip(shapes, owners, strict=True):
        by_rep.setdefault(district.reps[own].id, []).append(shape)
    return {rep: _one(found) for rep, found in sorted(by_rep.items())}


def _kept(district: District, owner: Indices) -> dict[str, Shape] | None:
    """With today's borders wherever nobody moves; None where today's do not hold their own."""
    faces = redrawn(district, owner, district.borders)
    own = sorted({rep for _, rep in faces})
    if set(owner.tolist()) - set(own):
        return None
    regions = [shapely.union_all([face for face, rep in faces if rep == one]) for one in own]
    places = points([(one.lon, one.lat) for one in district.customers])
    if not _holds(regions, [places[owner == one] for one in own]):
        return None
    return {district.reps[one].id: _one([region]) for one, region in zip(own, regions, strict=True)}


def _owners(district: District, rep_of: Mapping[str, str]) -> Indices:
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    found = []
    spots: dict[tuple[float, float], tuple[str, int]] = {}
    for one in district.customers:
        if rep_of.get(one.id) not in row:
            raise UnusableDistrict(Obstacle.CUSTOMER_WITHOUT_REP, customer=one.id)
        own = row[rep_of[one.id]]
        other, theirs = spots.setdefault((one.lat, one.lon), (one.id, own))
        if theirs != own:
            raise UnusableDistrict(Obstacle.FIXED_TOGETHER, customer=one.id, other=other)
        found.append(own)
    return np.array(found, dtype=np.intp)


def _island(
    district: District, plane: Plane, part: BaseGeometry, rows: Indices, owner: Indices
) -> list[tuple[BaseGeometry, int]]:
    """The territories of one part of the area, by rep (row)."""
    ground = plane.flat(part)
    everyone = district.customers
    if not len(rows):
        there = points([plane.spot(one) for one in everyone])
        return [(part, int(owner[int(shapely.distance(ground, there).argmin())]))]
    own = sorted(set(owner[rows].tolist()))
    if len(own) == 1:
        return [(part, own[0])]
    cells = Cells([everyone[n] for n in rows], plane, ground)
    of_site = np.empty(len(cells.places), dtype=np.intp)
    of_site[cells.site_of] = owner[rows]
    faces = _faces(cells, of_site, plane, part)
    regions = [shapely.union_all([f for f, rep in faces if rep == one]) for one in own]
    places = points([(everyone[n].lon, everyone[n].lat) for n in rows])
    inside = [places[owner[rows] == one] for one in own]
    for tolerance in SIMPLER_DEGREES:
        simple = shapely.coverage_simplify(regions, tolerance, simplify_boundary=False)
        if _holds(simple, inside):
            return list(zip(simple, own, strict=True))
    return list(zip(regions, own, strict=True))


def _faces(cells: Cells, of_site: Indices, plane: Plane, part: BaseGeometry) -> Faces:
    """The part of the area cut along the borders of territories, each piece with its owner: a
    piece without a customer of its owner goes to the neighbour with the longest border."""
    wholes = [shapely.union_all(cells.cells[of_site == one]) for one in np.unique(of_site)]
    lines = [part.boundary, *(plane.round_again(whole.boundary) for whole in wholes)]
    noded = shapely.union_all(shapely.GeometryCollection(lines), grid_size=GRID_DEGREES)
    pieces = [
        face
        for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
        if part.covers(face.representative_point())
    ]
    tree = shapely.STRtree(cells.cells)
    middles = [plane.flat(face.representative_point()) for face in pieces]
    found = [int(of_site[tree.query_nearest(middle)[0]]) for middle in middles]
    flat = [plane.flat(face) for face in pieces]
    sites = points(cells.places)
    settled = [
        bool(shapely.covers(face, sites[of_site == own]).any())
        for face, own in zip(flat, found, strict=True)
    ]
    for _ in pieces:  # a stray piece may lie among stray pieces
        strays = [n for n, one in enumerate(settled) if not one]
        if not strays:
            break
        for n in strays:
            borders = shapely.length(shapely.intersection(flat[n], np.array(flat)))
            borders[n] = 0
            borders[strays] = 0
            if borders.max() > 0:
                found[n] = found[int(borders.argmax())]
                settled[n] = True
    return list(zip(pieces, found, strict=True))


def _holds(regions: Iterable[BaseGeometry], inside: Sequence[Geometries]) -> bool:
    """Whether regions are sound and hold their customers, none on a border."""
    for region, places in zip(regions, inside, strict=True):
        shapely.prepare(region)
        if not region.is_valid or not shapely.contains_properly(region, places).all():
            return False
    return True


def _one(found: Sequence[BaseGeometry]) -> Shape:
    polygons = [one for shape in found for one in shapely.get_parts(shape)]
    polygons = [shapely.orient_polygons(one) for one in polygons]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
