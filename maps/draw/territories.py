"""拜访区域: who works where, with how many hours of work for how many hours there are.

What breaks the rule of exactly one territory for each customer is lit up: customers in none or
in several, and the ground that two territories share.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maps import figures
from maps.areas import corners, outline, overlaps
from maps.labels import label
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.shown import shown_on
from maps.views import Language, TerritoriesView, TerritoryView, Tiles

# Up to these shares of the available hours in percent; the last class is more than there are.
LOAD_CLASSES = (60, 80, 90, 100)


def write(
    path: Path, view: TerritoriesView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the territories into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: TerritoriesView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The territories as a page. A geometry that is no area raises `areas.GeometryError`."""
    view = shown_on(view, tiles)
    names = {one.code: one.name for one in view.territories}
    both = overlaps([(one.code, one.geometry) for one in view.territories])
    return Page(
        picture="territories",
        scripts=("marks", "areas"),
        title=view.title,
        subtitle=_subtitle(view, language),
        view={
            "areas": [drawn(one, language) for one in view.territories],
            "overlaps": [
                {"name": label(language, "territories.overlap", a=names[a], b=names[b]), "rings": r}
                for a, b, r in both
            ],
            "classes": classes(language),
            "outside": rows_of(view.outside),
            "shared": rows_of(view.shared),
            "today": [outline(one.code, one.geometry) for one in view.today],
            "moved": [
                (one.code, one.name, one.lat, one.lon, one.before or "–", one.after)
                for one in view.moved
            ],
        },
        points=[
            *(at for one in view.territories for at in corners(one.code, one.geometry)),
            *places_of(view.outside),
        ],
        language=language,
        labels=("territories.",),
        attribution=view.attribution,
    ).html(tiles)


def _subtitle(view: TerritoriesView, language: Language) -> str:
    needed = sum(one.needed_s for one in view.territories)
    available = sum(one.available_s for one in view.territories)
    customers = sum(one.customers for one in view.territories)
    parts = (
        view.period,
        figures.count(len(view.territories), "territories", language),
        figures.count(customers, "customers", language),
        label(
            language,
            "named",
            name=label(language, "territories.load"),
            value=_load(needed, available, language),
        ),
    )
    return " · ".join(filter(None, parts))


def _load(needed_s: int, available_s: int, language: Language) -> str:
    share = figures.percent_up(needed_s, available_s)
    return label(language, "share", share=share, parts=_hours(needed_s, available_s, language))


def _hours(needed_s: int, available_s: int, language: Language) -> str:
    return label(
        language,
        "territories.hours",
        needed=figures.hours(needed_s, language),
        available=figures.hours(available_s, language),
    )


def drawn(one: TerritoryView, language: Language) -> dict[str, Any]:
    """A territory for the script that draws areas."""
    over = one.needed_s > one.available_s > 0
    facts = [
        (label(language, "territories.rep"), one.rep_name),
        (label(language, "territories.customers"), f"{one.customers:,}"),
        (label(language, "territories.load"), _load(one.needed_s, one.available_s, language)),
    ]
    return {
        **outline(one.code, one.geometry),
        "code": one.code,
        "name": one.name,
        "rep": one.rep_name,
        "share": figures.percent_up(one.needed_s, one.available_s),
        "bar": min(100, 100 * one.needed_s // one.available_s) if one.available_s else 0,
        "text": " · ".join(
            (
                figures.count(one.customers, "customers", language),
                _hours(one.needed_s, one.available_s, language),
            )
        ),
        "class": _class_of(one),
        "warning": over,
        "facts": facts,
    }


def _class_of(one: TerritoryView) -> str:
    if not one.available_s:
        return "none"
    share = -(-100 * one.needed_s // one.available_s)  # rounded up like the figure shown
    step = next((n for n, upper in enumerate(LOAD_CLASSES) if share <= upper), None)
    return "over" if step is None else str(step)


def classes(language: Language) -> list[tuple[str, str]]:
    """The classes of load with what each stands for."""
    lower = (0, *(upper + 1 for upper in LOAD_CLASSES))
    spans = [f"{a}–{b} %" for a, b in zip(lower, LOAD_CLASSES, strict=False)]
    over = label(language, "named", name="> 100 %", value=label(language, "territories.overload"))
    return [*((str(n), span) for n, span in enumerate(spans)), ("over", over)]
