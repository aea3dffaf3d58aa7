"""Customers without a place: the candidates of each, numbered, over the territories' outlines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shapely.geometry import shape

from maps.labels import label
from maps.page import Page, write_page
from maps.shown import shown_on
from maps.views import Language, LatLon, PlaceCandidate, PlaceRow, PlacesView, Tiles

DECIMALS = 6
WORLD: list[LatLon] = [(-60, -170), (75, 170)]


def write(
    path: Path, view: PlacesView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the customers into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: PlacesView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The customers as a page."""
    shown = shown_on(view, tiles)
    return Page(
        picture="places",
        scripts=("marks",),
        title=view.title,
        subtitle=label(language, "places.subtitle", count=f"{len(view.rows):,}"),
        view={
            "rows": [_row(row, drawn) for row, drawn in zip(view.rows, shown.rows, strict=True)],
            "areas": [
                {"code": area.code, "name": area.name, "geometry": area.geometry}
                for area in shown.territories
            ],
        },
        points=_points(shown),
        language=language,
        labels=("places.",),
        attribution=view.attribution,
    ).html(tiles)


def _points(shown: PlacesView) -> list[LatLon]:
    """What to show at first: the candidates; where there are none, the territories."""
    found = [(one.lat, one.lon) for row in shown.rows for one in row.candidates]
    if found or not shown.rows:
        return found
    for area in shown.territories:
        west, south, east, north = shape(area.geometry).bounds
        found += [(south, west), (north, east)]
    return found or WORLD


def _row(row: PlaceRow, drawn: PlaceRow) -> dict[str, Any]:
    """`at` is where a candidate is drawn, `text` its WGS-84 degrees."""
    return {
        "code": row.code,
        "name": row.name,
        "address": row.address,
        "provider": row.provider,
        "doubts": row.doubts,
        "candidates": [
            {
                "number": one.number,
                "label": one.label,
                "level": one.level,
                "at": (round(there.lat, DECIMALS), round(there.lon, DECIMALS)),
                "text": _degrees(one),
                "href": one.href,
            }
            for one, there in zip(row.candidates, drawn.candidates, strict=True)
        ],
    }


def _degrees(one: PlaceCandidate) -> str:
    return f"{one.lat:.{DECIMALS}f}, {one.lon:.{DECIMALS}f}"
