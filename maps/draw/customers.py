"""客户地图: every customer by grade (colour and letter) and state (the mark's form)."""

from __future__ import annotations

from pathlib import Path

from maps import figures
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.shown import shown_on
from maps.views import CustomersView, Language, Tiles


def write(
    path: Path, view: CustomersView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the customers into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(
    view: CustomersView,
    *,
    language: Language = "en",
    tiles: Tiles | None = None,
    bare: bool = False,
) -> str:
    """The customers as a page; `bare` for a frame, without the panel that chooses and finds."""
    view = shown_on(view, tiles)
    counted = figures.count(len(view.customers), "customers", language)
    return Page(
        picture="customers",
        scripts=("marks",),
        title=view.title,
        subtitle=" · ".join(filter(None, (view.period, counted))),
        view={"customers": rows_of(view.customers)},
        points=places_of(view.customers),
        language=language,
        labels=("customers.",),
        attribution=view.attribution,
        bare=bare,
    ).html(tiles)
