"""A month on the map: territories by one figure, up to 20,000 customers, white spots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from geography.systems import System, convert
from maps.areas import corners_of, outline
from maps.labels import label
from maps.page import Page, write_page
from maps.shown import shown_on
from maps.views import (
    Language,
    LatLon,
    MonthPoint,
    MonthSquare,
    MonthTerritory,
    MonthView,
    Tiles,
    WhiteCell,
)

HIGH_IS_GOOD = (0, 50, 70, 85, 95)  # from these shares in percent on, light to dark
LOW_IS_GOOD = (0, 3, 6, 12, 25)
STEPS_A_DEGREE = 100_000  # about a metre
STATES = ("not_due", "done", "late")
GRADES = ("A", "B", "C", "D", "E", None)


def write(
    path: Path, view: MonthView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the month into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: MonthView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The month as a page. In a frame it tells the page around it which customer or territory was
    clicked: a message `{callcycle: "customer" | "territory", code}`."""
    many = view.points or view.squares
    places = _places(many, tiles.system if tiles else "WGS-84")
    fewer = shown_on(replace(view, points=(), squares=()), tiles)
    return _page(replace(fewer, points=view.points, squares=view.squares), places, language, tiles)


def _page(
    view: MonthView,
    places: Sequence[LatLon],
    language: Language,
    tiles: Tiles | None,
) -> str:
    classes = LOW_IS_GOOD if view.low_is_good else HIGH_IS_GOOD
    areas = [_territory(one, classes) for one in view.territories]
    return Page(
        picture="month",
        scripts=("marks", "areas", "points", "clusters"),
        title=view.title,
        subtitle=" · ".join(filter(None, (view.period, view.measure))),
        view={
            "measure": view.measure,
            "formula": view.formula,
            "areas": areas,
            "classes": _legend(classes, language),
            "points": _packed(view.points, places if view.points else []),
            "squares": _counted(view.squares, places if view.squares else []),
            "cells": [_cell(one) for one in view.cells],
            "places": [
                {"at": (one.lat, one.lon), "reach": one.reach_m, "text": one.text}
                for one in view.places
            ],
        },
        points=[
            *(at for one in areas for at in corners_of(one["rings"])),
            *_box(places),
        ],
        language=language,
        labels=("coverage.", "territories.", "month."),
        attribution=view.attribution,
    ).html(tiles)


def _places(points: Sequence[MonthPoint | MonthSquare], system: System) -> list[LatLon]:
    places = [(one.lat, one.lon) for one in points]
    if system == "WGS-84" or not places:
        return places
    return [(float(lat), float(lon)) for lat, lon in convert(places, "WGS-84", system)]


def _box(places: Sequence[LatLon]) -> list[LatLon]:
    """South-west and north-east corner, for they alone decide what is shown at first."""
    if not places:
        return []
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    return [(min(lats), min(lons)), (max(lats), max(lons))]


def _packed(customers: Sequence[MonthPoint], places: Sequence[LatLon]) -> dict[str, Any]:
    """`at`: steps north and east of `from`, one after another; `what`: grade and state as one
    number. Twenty-odd bytes a customer."""
    return _stepped(places) | {
        "codes": [one.code for one in customers],
        "what": [
            GRADES.index(one.grade) * len(STATES) + STATES.index(one.state) for one in customers
        ],
    }


def _counted(squares: Sequence[MonthSquare], places: Sequence[LatLon]) -> dict[str, Any]:
    """`counts`: customers, overdue and visited ones, one square after another."""
    return _stepped(places) | {
        "counts": [n for one in squares for n in (one.customers, one.late, one.done)],
    }


def _stepped(places: Sequence[LatLon]) -> dict[str, Any]:
    (south, west), *_ = _box(places) or [(0.0, 0.0)]
    steps: list[int] = []
    for lat, lon in places:
        steps += (round((lat - south) * STEPS_A_DEGREE), round((lon - west) * STEPS_A_DEGREE))
    return {"from": (south, west), "step": 1 / STEPS_A_DEGREE, "at": steps}


def _territory(one: MonthTerritory, classes: Sequence[int]) -> dict[str, Any]:
    share = one.share
    percent = None if share is None else 100 * share
    found = [n for n, lower in enumerate(classes) if percent is not None and percent >= lower]
    return {
        **outline(one.code, one.geometry),
        "code": one.code,
        "name": one.name,
        "rep": one.rep_name,
        "share": "–" if percent is None else f"{percent:.0f} %",
        "bar": 0 if percent is None else min(100, round(percent)),
        "text": one.text,
        "class": str(found[-1]) if found else "none",
        "warning": False,
        "facts": [(line.label, line.text) for line in one.facts],
    }


def _cell(one: WhiteCell) -> dict[str, Any]:
    return {
        "box": [(one.lat, one.lon), (one.lat + one.degrees, one.lon + one.degrees)],
        "text": one.text,
    }


def _legend(classes: Sequence[int], language: Language) -> list[tuple[str, str]]:
    spans = [
        label(language, "month.span", begin=begin, end=end) for begin, end in pairwise(classes)
    ]
    return [
        (str(n), text)
        for n, text in enumerate([*spans, label(language, "month.from", begin=classes[-1])])
    ]
