"""Territories to be drawn anew by hand: a page that saves to the service it came from, to the page
around it, or into a file. What is drawn (`shapes.js`), where it goes (`saving.js`) and how it looks
(`editor.js`) stand apart."""

from __future__ import annotations

from pathlib import Path

from maps import figures
from maps.areas import corners, outline
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.views import EditorView, Language, Tiles


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
    if tiles is not None and tiles.system != "WGS-84":
        raise ShiftedGround(f"the tiles are in {tiles.system}; boundaries are drawn in WGS-84")
    return Page(
        picture="editor",
        scripts=("marks", "shapes", "saving"),
        title=view.title,
        subtitle=figures.count(len(view.territories), "territories", language),
        view={
            "territories": [
                {
                    "code": one.code,
                    "name": one.name,
                    "rep": one.rep_code,
                    "district": one.district_code,
                    "version": one.version,
                    **outline(one.code, one.geometry),
                }
                for one in view.territories
            ],
            "customers": rows_of(view.customers),
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
