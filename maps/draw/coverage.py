"""覆盖: how far each territory's required visits are on days, and which customers miss theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maps import figures
from maps.areas import corners, outline
from maps.labels import label
from maps.page import Page, write_page
from maps.points import places_of, rows_of
from maps.shown import shown_on
from maps.views import CoverageView, Language, TerritoryCoverage, Tiles

# From these shares of the required visits in percent; the last class is all of them.
COVERAGE_CLASSES = (0, 80, 90, 95, 100)


def write(
    path: Path, view: CoverageView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the coverage into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: CoverageView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The coverage as a page; by visits done as soon as every territory has them counted."""
    view = shown_on(view, tiles)
    done = bool(view.territories) and all(one.done is not None for one in view.territories)
    measure = "coverage.done" if done else "coverage.share"
    required = sum(one.required for one in view.territories)
    reached = sum(_reached(one, done) for one in view.territories)
    name, value = label(language, measure), _share(reached, required, language)
    total = label(language, "named", name=name, value=value)
    return Page(
        picture="coverage",
        scripts=("marks", "areas"),
        title=view.title,
        subtitle=" · ".join(filter(None, (view.period, total))),
        view={
            "measure": label(language, measure),
            "areas": [_territory(one, done, language) for one in view.territories],
            "classes": _classes(),
            "missed": rows_of(view.missed),
        },
        points=[
            *(at for one in view.territories for at in corners(one.code, one.geometry)),
            *places_of(view.missed),
        ],
        language=language,
        labels=("coverage.", "territories."),
        attribution=view.attribution,
    ).html(tiles)


def _reached(one: TerritoryCoverage, done: bool) -> int:
    return (one.done or 0) if done else one.planned


def _of(part: int, whole: int, language: Language) -> str:
    return label(language, "of", part=f"{part:,}", whole=f"{whole:,}")


def _share(part: int, whole: int, language: Language) -> str:
    parts = _of(part, whole, language)
    return label(language, "share", share=figures.percent(part, whole), parts=parts)


def _territory(one: TerritoryCoverage, done: bool, language: Language) -> dict[str, Any]:
    reached = _reached(one, done)
    facts = [
        (label(language, "territories.rep"), one.rep_name),
        (label(language, "territories.customers"), f"{one.customers:,}"),
        (label(language, "coverage.share"), _share(one.planned, one.required, language)),
    ]
    if one.done is not None:
        facts.append((label(language, "coverage.done"), _share(one.done, one.required, language)))
    overdue = _of(one.overdue, one.customers, language)
    facts.append((label(language, "coverage.overdue"), overdue))
    return {
        **outline(one.code, one.geometry),
        "code": one.code,
        "name": one.name,
        "rep": one.rep_name,
        "share": figures.percent(reached, one.required),
        "bar": min(100, 100 * reached // one.required) if one.required else 0,
        "text": " · ".join(
            (
                _of(reached, one.required, language),
                f"{label(language, 'coverage.overdue')} {overdue}",
            )
        ),
        "class": _class_of(reached, one.required),
        "warning": False,
        "facts": facts,
    }


def _class_of(reached: int, required: int) -> str:
    if not required:
        return "none"
    share = 100 * reached // required
    return str(max(n for n, lower in enumerate(COVERAGE_CLASSES) if share >= lower))


def _classes() -> list[tuple[str, str]]:
    upper = COVERAGE_CLASSES[1:]
    spans = [f"{a}–{b - 1} %" for a, b in zip(COVERAGE_CLASSES, upper, strict=False)]
    return [(str(n), text) for n, text in enumerate([*spans, "100 %"])]
