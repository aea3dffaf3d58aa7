"""Which side of a coast is land: OpenStreetMap draws coasts with the land on their left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from maps.extracts.reading import Shape

Box = tuple[float, float, float, float]  # west, south, east, north, degrees
BESIDE = 1e-6  # degrees from a line to where its side is asked for


def land_of(coast: Sequence[Shape], box: Box) -> list[Shape]:
    """The land within a box, as polygons in degrees; none without a coast.

    `coast` are lines in their own direction, whole or cut off. Where one ends within the box, as
    at an extract's edge, it is drawn on to the nearest point of the box's own edge.
    """
    if not coast:
        return []
    edge = shapely.box(*box)
    joined = shapely.line_merge(shapely.MultiLineString(list(coast)), directed=True)
    lines = [
        _to_the_edge(line, edge.exterior)
        for line in shapely.get_parts(shapely.intersection(shapely.get_parts(joined), edge))
        if line.geom_type == "LineString" and not line.is_empty
    ]
    if not lines:
        return []
    drawn = shapely.union_all([edge.exterior, *lines])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(drawn)))
    left, right, length = _sides(lines)
    votes = np.zeros(len(faces))
    tree = shapely.STRtree(faces)
    for points, sign in ((left, 1), (right, -1)):
        at, face = tree.query(shapely.points(points), predicate="within")
        np.add.at(votes, face, sign * length[at])
    return list(faces[votes > 0])


def _to_the_edge(line: Shape, edge: Shape) -> Shape:
    if line.is_closed:
        return line
    points = shapely.get_coordinates(line)
    ends = [
        shapely.get_coordinates(edge.interpolate(edge.project(shapely.Point(end))))
        for end in (points[0], points[-1])
    ]
    return shapely.LineString(np.concatenate([ends[0], points, ends[1]]))


def _sides(lines: Sequence[Shape]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points just left and just right of each segment's middle, (n, 2), and its length, (n,)."""
    starts, ends = (
        np.concatenate([shapely.get_coordinates(line)[part] for line in lines])
        for part in (slice(None, -1), slice(1, None))
    )
    along = ends - starts
    length = np.hypot(along[:, 0], along[:, 1])
    starts, along, length = (array[length > 0] for array in (starts, along, length))
    across = np.column_stack([-along[:, 1], along[:, 0]]) / length[:, None] * BESIDE
    middle = starts + along / 2
    return middle + across, middle - across, length
