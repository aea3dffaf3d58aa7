"""A file's rows where they would lie: new, changed, unchanged."""

from __future__ import annotations

from maps.labels import label
from maps.page import Page
from maps.shown import shown_on
from maps.views import IncomingView, Language, Tiles

DECIMALS = 6


def html(view: IncomingView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The rows as a page."""
    view = shown_on(view, tiles)
    return Page(
        picture="incoming",
        title=view.title,
        subtitle=label(language, "incoming.subtitle", n=f"{len(view.points):,}"),
        view={
            "rows": [
                [
                    one.line,
                    one.code,
                    one.name,
                    round(one.lat, DECIMALS),
                    round(one.lon, DECIMALS),
                    one.does,
                ]
                for one in view.points
            ]
        },
        points=[(one.lat, one.lon) for one in view.points],
        language=language,
        labels=("incoming.",),
        attribution=view.attribution,
    ).html(tiles)
