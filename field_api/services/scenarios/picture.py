"""A what-if on a map: both sides in two layers, and the figures in words."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from crm.models import Customer, Scenario
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.imports.known import chunks
from crm.store.territories import scenarios
from crm.text import N_
from field_api.ground import ground_by
from field_api.house import House
from field_api.services.plans.notes import Note
from field_api.wording import Language, say
from maps import figures
from maps.draw import what_if
from maps.views import CustomerPoint, DetailLine, TerritoryView, WhatIfView

HOURS = ("needed_s", "available_s", "travel_s", "short_s", "planned_travel_s")
SHARES = ("imbalance", "variation", "attainment")
LINES = {
    "customers": N_("Customers"),
    "without_rep": N_("Customers without a rep"),
    "visits": N_("Visits in the cycle"),
    "visits_a_year": N_("Visits a year"),
    "needed_s": N_("Hours needed"),
    "available_s": N_("Hours available"),
    "travel_s": N_("Estimated travel"),
    "short_s": N_("Hours missing"),
    "overloaded": N_("Overloaded reps"),
    "imbalance": N_("Imbalance (largest − smallest) ÷ mean"),
    "variation": N_("Variation of hours"),
    "attainment": N_("Frequency attainment of the plan"),
    "planned_travel_s": N_("Travel of the plan"),
}


def html(house: House, asker: Asker, scenario_id: UUID, language: Language) -> str:
    """The what-if as a page. Raises `ScenarioNotFound`."""
    with house.database.reading() as session:
        view = view_of(session, asker, scenarios.get(session, asker, scenario_id), language)
    return what_if.html(view, language=language, tiles=ground_by(house.settings))


def view_of(session: Session, asker: Asker, scenario: Scenario, language: Language) -> WhatIfView:
    """The what-if for drawing."""
    told = scenario.figures
    moves = {move["customer_code"]: move for move in told["moves"]}
    return WhatIfView(
        title=scenario.name,
        period=f"{told['first_day']} – {told['last_day']}",
        today=tuple(_areas(told["territories_today"], told["today"])),
        then=tuple(_areas(told["territories"], told["then"])),
        moved=tuple(_moved(session, asker, moves, language)),
        figures=tuple(lines(told, language)),
    )


def lines(told: Mapping[str, Any], language: Language) -> Iterator[tuple[str, str, str]]:
    """Each figure in words: its name, today, and then."""
    for name, text in LINES.items():
        today, then = told["today"][name], told["then"][name]
        if today is None and then is None:
            continue
        note = Note(text=text)
        yield (
            say(language, note.text),
            _shown(name, today, language),
            _shown(name, then, language),
        )


def _shown(name: str, value: float | None, language: Language) -> str:
    if value is None:
        return "–"
    if name in HOURS:
        return figures.hours(int(value), language)
    if name in SHARES:
        return f"{100 * value:.1f} %"
    return f"{value:,}"


def _areas(parts: list[dict[str, Any]], side: Mapping[str, Any]) -> Iterator[TerritoryView]:
    """Each territory with the hours of its rep, who may have several."""
    reps = {one["rep_code"]: one for one in side["reps"]}
    names = {code: one["rep_name"] for code, one in reps.items()}
    for part in parts:
        one = reps.get(part["rep_code"], {})
        yield TerritoryView(
            code=part["code"],
            name=part["name"],
            rep_name=names.get(part["rep_code"], ""),
            geometry=part["geometry"],
            customers=one.get("customers", 0),
            needed_s=one.get("needed_s", 0),
            available_s=one.get("available_s", 0),
        )


def _moved(
    session: Session, asker: Asker, moves: Mapping[str, Mapping[str, Any]], language: Language
) -> Iterator[CustomerPoint]:
    for part in chunks(sorted(moves)):
        query = customers.visible_to(asker).where(col(Customer.code).in_(part))
        for one in session.exec(query.order_by(Customer.code)):
            move = moves[one.code]
            yield CustomerPoint(
                code=one.code,
                name=one.name,
                lat=one.lat,
                lon=one.lon,
                grade=one.grade.value if one.grade else None,
                state="planned",
                details=(
                    DetailLine(
                        label=say(language, N_("Rep")),
                        text=f"{move['before'] or '–'} → {move['after'] or '–'}",
                    ),
                ),
            )
