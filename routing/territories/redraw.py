"""Borders of today kept wherever nobody moves: only around those who do they are drawn anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from routing.territories.district import District, Shape
from routing.territories.ground import Cells, Geometries, Indices, Plane, points

GRID_DEGREES = 1e-9  # a tenth of a millimetre: neighbours share their corners exactly
NOBODYS = -1


def redrawn(
    district: District, owner: Indices, borders: Mapping[str, Shape]
) -> list[tuple[BaseGeometry, int]]:
    """The area in faces with the rep (row) of each. `owner` is the rep of each customer, shape
    (n,); `borders` are today's territories by rep.

    The surroundings of who moves go along, and what of the new territory's surroundings lies
    between them and the border of today.
    """
    area = district.area
    assert area is not None
    plane = Plane(district.customers)
    cells = Cells(district.customers, plane, plane.flat(area))
    new, old = _by_site(cells, owner), _by_site(cells, _today(district))
    old = np.where(old == NOBODYS, new, old)
    moved = new != old
    faces = _faces(plane, cells, moved, area, list(borders.values()))
    middles = np.array([face.representative_point() for face in faces], dtype=object)
    site = _sites_of(cells, plane, middles)
    here = _rows_at(district, borders, middles)
    here = np.where(here == NOBODYS, new[site], here)
    goes = moved[site] & (old[site] == here)
    found = np.where(goes, new[site], here)
    between = ~moved[site] & (new[site] != here)
    flat = np.array(faces, dtype=object)
    tree = shapely.STRtree(flat)
    for n in np.flatnonzero(between):
        near = tree.query(flat[n], predicate="intersects")
        near = near[goes[near] & (found[near] == new[site[n]])]
        if shapely.length(shapely.intersection(flat[n], flat[near])).sum() > 0:
            found[n] = new[site[n]]
    return list(zip(faces, found.tolist(), strict=True))


def _today(district: District) -> Indices:
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    return np.array(
        [row.get(str(one.rep_id), NOBODYS) for one in district.customers], dtype=np.intp
    )


def _by_site(cells: Cells, owner: Indices) -> Indices:
    found = np.empty(len(cells.places), dtype=np.intp)
    found[cells.site_of] = owner
    return found


def _faces(
    plane: Plane, cells: Cells, moved: Indices, area: Shape, borders: Sequence[Shape]
) -> list[BaseGeometry]:
    """The area cut along today's borders and around those who move and their neighbours."""
    tree = shapely.STRtree(cells.cells)
    leaving = cells.cells[moved]
    near: Indices = np.unique(tree.query(leaving, predicate="intersects")[1])
    lines = [plane.round_again(cells.cells[n].exterior) for n in near]
    lines += [area.boundary, *(border.boundary for border in borders)]
    noded = shapely.union_all(shapely.GeometryCollection(lines), grid_size=GRID_DEGREES)
    found = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    shapely.prepare(area)
    return [face for face in found if area.covers(face.representative_point())]


def _sites_of(cells: Cells, plane: Plane, middles: Geometries) -> Indices:
    sites = shapely.STRtree(points(cells.places))
    flat = [plane.flat(middle) for middle in middles]
    return np.array([int(sites.query_nearest(one)[0]) for one in flat], dtype=np.intp)


def _rows_at(district: District, borders: Mapping[str, Shape], middles: Geometries) -> Indices:
    """The rep who has each point today."""
    found = np.full(len(middles), NOBODYS, dtype=np.intp)
    for r, rep in enumerate(district.reps):
        if rep.id in borders:
            inside = shapely.covers(borders[rep.id], middles)
            found[inside & (found == NOBODYS)] = r
    return found
