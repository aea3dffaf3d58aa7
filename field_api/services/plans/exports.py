"""拜访表: the visit table as a workbook, and the plans as a document that can be checked again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value, write_workbook
from crm.text import N_
from field_api.address import address
from field_api.services.planning.figures import attainment, travel_share
from field_api.services.planning.reasons import reason_in_words, remedy_of
from field_api.services.plans.published import Published, plans_in_force
from field_api.services.travel.travel_words import source_in_words
from field_api.terms import purpose_in_words, weekday_of
from field_api.wording import Language, say
from maps.figures import clock
from routing.document import dump

VISITS: tuple[tuple[str, int], ...] = (
    (N_("Rep"), 10),
    (N_("Rep's name"), 18),
    (N_("Date"), 12),
    (N_("Weekday"), 9),
    (N_("Order"), 7),
    (N_("Begin"), 8),
    (N_("End"), 8),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Grade"), 7),
    (N_("Purpose"), 20),
    (N_("Address"), 34),
    (N_("Contact"), 18),
    (N_("Phone"), 16),
    (N_("Drive (min)"), 11),
    (N_("Drive (km)"), 11),
)
NOT_PLANNED: tuple[tuple[str, int], ...] = (
    (N_("Rep"), 10),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Grade"), 7),
    (N_("Due from"), 12),
    (N_("Due by"), 12),
    (N_("Reason"), 52),
    (N_("Reason code"), 20),
    (N_("Cheapest remedy"), 52),
)
REPS: tuple[tuple[str, int], ...] = (
    (N_("Rep"), 10),
    (N_("Rep's name"), 18),
    (N_("Due"), 8),
    (N_("Planned"), 9),
    (N_("Attainment (%)"), 14),
    (N_("Days"), 7),
    (N_("Needed (h)"), 11),
    (N_("Available (h)"), 13),
    (N_("Travel (h)"), 11),
    (N_("Travel (km)"), 12),
    (N_("Travel share (%)"), 15),
    (N_("Travel times from"), 40),
)


class NothingPublished(Refused):
    """There is no plan in force to export or draw."""

    def __init__(self) -> None:
        super().__init__(N_("No plan is published yet; run `callcycle plan` first."))


def export_plans(
    database: Database, asker: Asker, out: Path, language: Language, *, on: date
) -> list[Path]:
    """Write `visit-table.xlsx` and `plan.json` of the plans in force on a day into a folder."""
    with database.reading() as session:
        published = plans_in_force(session, asker, on)
    if not published:
        raise NothingPublished
    out.mkdir(parents=True, exist_ok=True)
    table, document = out / "visit-table.xlsx", out / "plan.json"
    sheets = [
        _sheet(language, N_("Visits"), VISITS, _visits(published, language)),
        _sheet(language, N_("Not planned"), NOT_PLANNED, _unserved(published, language)),
        _sheet(language, N_("Reps"), REPS, _reps(published, language)),
    ]
    write_workbook(table, sheets)
    dump(document, [(one.problem, one.plan) for one in published])
    return [table, document]


def _sheet(
    language: Language,
    title: str,
    columns: tuple[tuple[str, int], ...],
    rows: Iterator[tuple[Value, ...]],
) -> Sheet:
    return Sheet(
        title=say(language, title),
        columns=[Column(heading=say(language, text), width=width) for text, width in columns],
        rows=rows,
    )


def _visits(published: list[Published], language: Language) -> Iterator[tuple[Value, ...]]:
    for one in published:
        for route in one.plan.routes:
            for order, stop in enumerate(route.stops, start=1):
                card = one.cards[stop.customer_id]
                yield (
                    one.rep.code,
                    one.rep.name,
                    route.date,
                    weekday_of(language, route.date),
                    order,
                    clock(stop.begin_s),
                    clock(stop.end_s),
                    card.code,
                    card.name,
                    one.customers[stop.customer_id].grade,
                    purpose_in_words(language, stop.purpose),
                    address(card.street, card.postcode, card.city),
                    card.contact_name,
                    card.contact_phone,
                    round(stop.travel_s / 60),
                    round(stop.travel_m / 1000, 1),
                )


def _unserved(published: list[Published], language: Language) -> Iterator[tuple[Value, ...]]:
    for one in published:
        for missed in one.plan.unserved:
            card, visit = one.cards[missed.customer_id], one.visits[missed.visit_id]
            yield (
                one.rep.code,
                card.code,
                card.name,
                one.customers[card.code].grade,
                visit.earliest,
                visit.latest,
                reason_in_words(language, missed.code),
                missed.code.value,
                remedy_of(language, missed.remedy),
            )


def _reps(published: list[Published], language: Language) -> Iterator[tuple[Value, ...]]:
    for one in published:
        figures = one.figures
        yield (
            one.rep.code,
            one.rep.name,
            figures["required"],
            figures["planned"],
            round(100 * attainment(figures), 1),
            figures["field_days"],
            round(figures["needed_s"] / 3600, 1),
            round(figures["available_s"] / 3600, 1),
            round(figures["travel_s"] / 3600, 1),
            round(figures["travel_m"] / 1000, 1),
            round(100 * travel_share(figures), 1),
            source_in_words(language, one.plan.travel_source),
        )
