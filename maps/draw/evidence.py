"""A few places side by side: where the card has a customer, where somebody says it is or stood."""

from __future__ import annotations

from typing import Any

from maps.page import Page
from maps.shown import shown_on
from maps.views import EvidencePlace, EvidenceView, Language, Tiles

DECIMALS = 6


def html(view: EvidenceView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The places as a page small enough for a frame beside a form."""
    shown = shown_on(view, tiles)
    return Page(
        picture="evidence",
        title=view.title,
        subtitle="",
        view={"places": [_place(place) for place in shown.places]},
        points=[(place.lat, place.lon) for place in shown.places],
        language=language,
        attribution=view.attribution,
    ).html(tiles)


def _place(place: EvidencePlace) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "name": place.name,
        "at": (round(place.lat, DECIMALS), round(place.lon, DECIMALS)),
        "note": place.note,
        "accuracy_m": place.accuracy_m or 0,
    }
