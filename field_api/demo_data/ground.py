"""A district's territories: a lattice about its city, its corners and borders pushed about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from random import Random

import numpy as np
import shapely
from shapely.geometry import Polygon

from field_api.demo_data.places import City
from field_api.sample.dice import dice

ROWS = 2
HALF_LAT, HALF_LON = 0.20, 0.30  # degrees from the city to the district's border
PUSH = 0.12  # of a cell, at most: borders never cross
DECIMALS = 5
TOWNS = 3
IN_TOWN, TOWN_WIDTH = 0.7, 0.09  # share of the customers, and of a cell

Point = tuple[float, float]  # lon, lat


@dataclass(frozen=True)
class Patch:
    """A territory: its ring (lon, lat; closed), and where its towns lie."""

    ring: tuple[Point, ...]
    towns: tuple[Point, ...]
    width: Point  # of its lattice cell, degrees

    @cached_property
    def polygon(self) -> Polygon:
        """The ring as a shape."""
        return Polygon(self.ring)

    def somewhere(self, chance: np.random.Generator, count: int) -> list[tuple[float, float]]:
        """So many places (lat, lon) inside, most of them in its towns."""
        found: list[tuple[float, float]] = []
        min_x, min_y, max_x, max_y = self.polygon.bounds
        while len(found) < count:
            wanted = count - len(found)
            scattered = chance.uniform((min_x, min_y), (max_x, max_y), (wanted, 2))
            centres = np.array(self.towns)[chance.integers(0, len(self.towns), wanted)]
            spread = np.array(self.width) * TOWN_WIDTH
            in_town = centres + chance.normal(0, 1, (wanted, 2)) * spread
            chosen = np.where(chance.random((wanted, 1)) < IN_TOWN, in_town, scattered)
            inside = shapely.contains_xy(self.polygon, chosen)
            found += [(round(y, 6), round(x, 6)) for x, y in chosen[inside].tolist()]
        return found


def patches(city: City, count: int) -> list[Patch]:
    """So many territories about a city, without gaps and overlaps between neighbours."""
    chance = dice("territories of", f"{city.region}-{city.code}")
    columns = ceil(count / ROWS)
    width = (2 * HALF_LON / columns, 2 * HALF_LAT / ROWS)
    left, low = city.lon - HALF_LON, city.lat - HALF_LAT
    nodes = {
        (x, y): _pushed(chance, (left + x * width[0], low + y * width[1]), width)
        for y in range(ROWS + 1)
        for x in range(columns + 1)
    }
    middles = {
        frozenset((one, other)): _pushed(chance, _between(nodes[one], nodes[other]), width)
        for one in nodes
        for other in ((one[0] + 1, one[1]), (one[0], one[1] + 1))
        if other in nodes
    }
    found = []
    for number in range(count):
        x, y = number // ROWS, number % ROWS
        corners = ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        ring: list[Point] = []
        for one, other in zip(corners, (*corners[1:], corners[0]), strict=True):
            ring += [nodes[one], middles[frozenset((one, other))]]
        towns = tuple(_inside(chance, [nodes[corner] for corner in corners]) for _ in range(TOWNS))
        found.append(Patch(ring=(*ring, ring[0]), towns=towns, width=width))
    return found


def _pushed(chance: Random, point: Point, width: Point) -> Point:
    x, y = (
        round(value + chance.uniform(-PUSH, PUSH) * step, DECIMALS)
        for value, step in zip(point, width, strict=True)
    )
    return x, y


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _inside(chance: Random, corners: Sequence[Point]) -> Point:
    u, v = chance.uniform(0.25, 0.75), chance.uniform(0.25, 0.75)
    weights = ((1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v)
    x, y = (
        sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True))
        for axis in (0, 1)
    )
    return x, y
