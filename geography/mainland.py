"""Where GCJ-02 is in use: mainland China, without Hong Kong, Macao and Taiwan."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

OUTLINE = Path(__file__).parent / "data" / "china_mainland.geojson"
Box = tuple[tuple[float, float], tuple[float, float]]
BOX: Box = ((18.0, 73.0), (54.0, 135.5))  # around the outline, south-west and north-east
# Coasts with open sea before them: Zhejiang to Liaoning, and west of Macao to Hainan. Who is on
# land there is in the mainland. South-west and north-east.
OPEN_COASTS = (((27.0, 117.0), (41.0, 123.6)), ((18.0, 108.6), (22.0, 113.0)))
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
    """Which of the WGS-84 points lie so near to the outline that the answer may be wrong. Inside it
    and on a coast without neighbours the answer is right."""
    near = _in_box(points)
    if near.any():  # of most companies' places none is: a row of a file costs less
        near[near] = ~_on_open_coast(points[near])
    if near.any():
        shapes = shapely.points(points[near, 1], points[near, 0])
        near[near] = shapely.dwithin(_border(), shapes, UNSURE_DEGREES)
    return near


def _on_open_coast(points: Points) -> Mask:
    found: Mask = np.any([_in_box(points, box) for box in OPEN_COASTS], axis=0)
    return found & in_mainland(points)


def _in_box(points: Points, box: Box = BOX) -> Mask:
    (south, west), (north, east) = box
    lat, lon = points[:, 0], points[:, 1]
    return np.asarray((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))


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
