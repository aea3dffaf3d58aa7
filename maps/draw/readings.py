"""A sample of a file's coordinates under each system that they may be in, some 500 m apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maps import figures
from maps.labels import label
from maps.page import Page, write_page
from maps.shown import shown_on
from maps.views import Language, Reading, ReadingsRow, ReadingsView, Tiles

DECIMALS = 6


def write(
    path: Path, view: ReadingsView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the sample into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: ReadingsView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The sample as a page."""
    shown = shown_on(view, tiles)
    return Page(
        picture="readings",
        scripts=("marks",),
        title=view.title,
        subtitle=label(
            language, "readings.subtitle", shown=f"{len(view.rows):,}", all=f"{view.all_rows:,}"
        ),
        view={
            "rows": [
                _row(row, drawn, language) for row, drawn in zip(view.rows, shown.rows, strict=True)
            ]
        },
        points=[(one.lat, one.lon) for row in shown.rows for one in row.readings],
        language=language,
        labels=("readings.",),
        attribution=view.attribution,
    ).html(tiles)


def _row(row: ReadingsRow, drawn: ReadingsRow, language: Language) -> dict[str, Any]:
    """`at` is where a reading is drawn, `text` its WGS-84 degrees."""
    return {
        "code": row.code,
        "name": row.name,
        "line": row.line,
        "taken": row.taken,
        "stated": row.stated,
        "readings": [
            {
                "system": one.system,
                "at": (round(there.lat, DECIMALS), round(there.lon, DECIMALS)),
                "text": _degrees(one),
                "metres": one.metres,
                "distance": figures.distance(one.metres, language),
                "href": one.href,
            }
            for one, there in zip(row.readings, drawn.readings, strict=True)
        ],
    }


def _degrees(one: Reading) -> str:
    return f"{one.lat:.{DECIMALS}f}, {one.lon:.{DECIMALS}f}"
