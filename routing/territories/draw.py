"""Territories as polygons: without gaps or overlaps, each customer inside its own."""

from __future__ import annotations

from collections.abc import Mapping

from routing.territories.district import District, Shape


def draw(district: District, rep_of: Mapping[str, str]) -> dict[str, Shape]:
    """Rep id to polygon, WGS-84 (lon, lat): together they are the district's area.

    Raises `UnusableDistrict` without an area, or when customers lie outside of it.
    """
    raise NotImplementedError
