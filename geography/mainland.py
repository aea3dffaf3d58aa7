"""Where GCJ-02 is in use: mainland China, without Hong Kong, Macao and Taiwan."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

OUTLINE = Path(__file__).parent / "data" / "china_mainland.geojson"
BOX = ((18.0, 73.0), (54.0, 135.5))  # around the outline, south-west and north-east
UNSURE_DEGREES = 0.02  # about 2 km: as near to the outline, inside or outside is a guess

Points = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def in_mainland(points: Points) -> Mask:
    """Which of the WGS-84 points (lat, lon), shape (n, 2), lie in mainland China; shape (n,)."""
    inside: Mask = _in_box(points)
    if inside.any():
        inside[inside] = shapely.contains_xy(_outline(), points[inside, 1], points[inside, 0])
    return inside


def near_the_outline(points: Points) -> Mask:
    """Which of the WGS-84 points lie so near to the outline that the answer may be wrong."""
    near = _in_box(points)
    if near.any():
        shapes = shapely.points(points[near, 1], points[near, 0])
        near[near] = shapely.dwithin(_border(), shapes, UNSURE_DEGREES)
    return near


def _in_box(points: Points) -> Mask:
    south_west, north_east = BOX
    within = (points >= south_west) & (points <= north_east)
    return np.asarray(within.all(axis=1))


@cache
def _outline() -> Any:
    document = json.loads(OUTLINE.read_text("utf-8"))
    outline = shapely.geometry.shape(document["features"][0]["geometry"])
    shapely.prepare(outline)
    return outline


@cache
def _border() -> Any:
    border = _outline().boundary
    shapely.prepare(border)
    return border
