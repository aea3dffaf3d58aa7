"""Territories to be drawn anew by hand: a page that saves to the service it came from, to the page
around it, or into a file. Boundaries (`shapes.js`), whom they hold (`tally.js`), the drawing with
its steps (`drawing.js`), the map (`editor.js`) and who shows the figures stand apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maps import figures
from maps.areas import corners, rings
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.views import EditedTerritory, EditorView, Language, Tiles

SCRIPTS = ("marks", "shapes", "tally", "drawing", "saving", "editor_panel", "editor_bridge")
Box = tuple[float, float, float, float]
WORLD: Box = (-170, -60, 170, 75)


class ShiftedGround(ValueError):
    """Tiles in a system of their own: what is drawn on them would not be where it seems."""


def write(
    path: Path, view: EditorView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Write the editor as one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: EditorView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The editor as a page. A geometry that is no area raises `areas.GeometryError`, tiles that
    are not in WGS-84 `ShiftedGround`."""
    _refuse_shifted(tiles)
    return Page(
        picture="editor",
        scripts=SCRIPTS,
        title=view.title,
        subtitle=figures.count(len(view.territories), "territories", language),
        view={
            "territories": [rings_of(one) for one in view.territories],
            "customers": rows_of(view.customers),
            "embedded": False,
            "api": view.api,
            "district": view.district_code,
        },
        points=[
            *(at for one in view.territories for at in corners(one.code, one.geometry)),
            *places_of(view.customers),
        ],
        language=language,
        labels=("editor.",),
        attribution=view.attribution,
        saves=True,
    ).html(tiles)


def frame(
    title: str, box: Box | None, *, language: Language = "en", tiles: Tiles | None = None
) -> str:
    """The map alone, showing a part of the world (west, south, east, north): the page around hands
    it what is drawn, has the tools, and is told of every change. Raises `ShiftedGround`."""
    _refuse_shifted(tiles)
    west, south, east, north = box or WORLD
    # Corners lie at sea often; the background is the one under the middle.
    middle = [
        (south + (north - south) * up / 4, west + (east - west) * across / 4)
        for up in (1, 2, 3)
        for across in (1, 2, 3)
    ]
    return Page(
        picture="editor",
        scripts=SCRIPTS,
        title=title,
        subtitle="",
        view={"embedded": True, "district": None},
        points=[(south, west), (north, east), *middle],
        language=language,
        labels=("editor.",),
    ).html(tiles)


def rings_of(one: EditedTerritory) -> dict[str, Any]:
    """A territory as the drawing's scripts take it. A geometry that is no area raises
    `areas.GeometryError`."""
    return {
        "code": one.code,
        "name": one.name,
        "rep": one.rep_code,
        "hidden": one.rep_hidden,
        "district": one.district_code,
        "version": one.version,
        "rings": rings(one.code, one.geometry),
    }


def _refuse_shifted(tiles: Tiles | None) -> None:
    if tiles is not None and tiles.shifted:
        raise ShiftedGround(f"the tiles are in {tiles.system}; boundaries are drawn in WGS-84")
