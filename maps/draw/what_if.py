"""A what-if against today: the territories of both in two layers, and the figures beside them."""

from __future__ import annotations

from pathlib import Path

from maps.areas import corners
from maps.draw.territories import LOAD_CLASSES, classes, drawn
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.shown import shown_on
from maps.views import Language, Tiles, WhatIfView

__all__ = ["LOAD_CLASSES", "html", "write"]


def write(
    path: Path, view: WhatIfView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the what-if into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: WhatIfView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The what-if as a page. A geometry that is no area raises `areas.GeometryError`."""
    view = shown_on(view, tiles)
    both = (*view.today, *view.then)
    return Page(
        picture="what_if",
        scripts=("marks", "areas"),
        title=view.title,
        subtitle=view.period,
        view={
            "today": [drawn(one, language) for one in view.today],
            "then": [drawn(one, language) for one in view.then],
            "moved": rows_of(view.moved),
            "figures": [list(line) for line in view.figures],
            "classes": classes(language),
        },
        points=[
            *(at for one in both for at in corners(one.code, one.geometry)),
            *places_of(view.moved),
        ],
        language=language,
        labels=("what_if.", "territories."),
        attribution=view.attribution,
    ).html(tiles)
