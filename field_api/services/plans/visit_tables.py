"""拜访表 of a rep: basic data, purpose, territory, day and order, printed or as a workbook."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import quote

from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep, Territory
from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value, workbook_bytes
from crm.store.days import days
from crm.store.house import audit
from crm.store.people import people
from crm.store.plans import plan_list
from crm.store.plans.plans import NoPlan
from crm.text import N_
from crm.vocabulary import Purpose
from field_api.address import address
from field_api.house import House
from field_api.printing.visit_table import PrintedColumn, PrintedDay, PrintedTable, pdf_bytes
from field_api.services.planning.reasons import reason_in_words
from field_api.services.plans.plan_calendars import wanted_row
from field_api.services.plans.plan_remedies import remedy_said
from field_api.terms import purpose_in_words, weekday_of
from field_api.wording import Language, listed, say
from maps import figures

Form = Literal["pdf", "xlsx"]
MEDIA_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEADINGS: tuple[tuple[str, int, str], ...] = (  # a text, its share of the width, how it is set
    (N_("No."), 5, "R"),
    (N_("Time"), 12, "L"),
    (N_("Customer"), 34, "L"),
    (N_("Grade"), 7, "C"),
    (N_("Purpose"), 22, "L"),
    (N_("Address"), 36, "L"),
    (N_("Contact"), 24, "L"),
    (N_("Territory"), 16, "L"),
)
BEFORE_THEM = ((N_("Date"), 12), (N_("Weekday"), 10))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file to take along."""

    content: bytes
    media_type: str
    disposition: str


@dataclass(frozen=True, kw_only=True)
class _Table:
    rep: Rep
    row: CyclePlan
    days: Sequence[PlannedDay]
    stops: dict[date, list[tuple[PlannedVisit, Customer]]]
    territories: dict[int, str]
    missing: Sequence[tuple[str, Customer, str]]
    first: date
    last: date


def visit_table(
    house: House,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    form: Form,
    *,
    first: date | None,
    last: date | None,
    now: datetime,
    language: Language,
) -> Taken:
    """The table of a plan of a rep's, or of some of its days; that it was taken stands in the audit
    trail. Raises `RepNotFound`, `PlanNotFound`, `NoPlan`."""
    with house.database.reading() as session:
        table = _read(session, house, asker, rep_code, plan_id, first, last, now, language)
    content = _pdf(table, now, language) if form == "pdf" else _xlsx(table, language)
    with house.database.writing(by=asker, at=now) as session:
        details = {"form": form, "first": table.first.isoformat(), "last": table.last.isoformat()}
        audit.record(session, "download", noun="plan", key=str(table.row.id), details=details)
    words = say(language, N_("Visit table"))
    name = f"{words} {table.rep.code} {table.first.isoformat()} {table.last.isoformat()}.{form}"
    return Taken(
        content=content,
        media_type=MEDIA_TYPES[form],
        disposition=f"attachment; filename=\"visit-table.{form}\"; filename*=UTF-8''{quote(name)}",
    )


def _read(
    session: Session,
    house: House,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    first: date | None,
    last: date | None,
    now: datetime,
    language: Language,
) -> _Table:
    row = wanted_row(session, house.settings, asker, rep_code, plan_id, now=now)
    if row is None:
        raise NoPlan(rep_code)
    first, last = (
        max(first or row.first_day, row.first_day),
        min(last or row.last_day, row.last_day),
    )
    stops: dict[date, list[tuple[PlannedVisit, Customer]]] = defaultdict(list)
    for visit, customer in plan_list.visits_of(session, [row], first_day=first, last_day=last):
        stops[visit.date].append((visit, customer))
    ids = {c.territory_id for own in stops.values() for _, c in own if c.territory_id}
    wanted = select(Territory.id, Territory.name).where(col(Territory.id).in_(ids))
    named = session.exec(wanted).all()
    _, unserved = days.visits_and_unserved(session, row)
    return _Table(
        rep=people.get_rep(session, asker, rep_code),
        row=row,
        days=[day for day in plan_list.days_of(session, row) if first <= day.date <= last],
        stops=dict(stops),
        territories={number or 0: name for number, name in named},
        missing=[
            (missed.code, customer, _remedy(missed.remedy, language))
            for missed, customer in unserved
        ],
        first=first,
        last=last,
    )


def _remedy(remedy: dict[str, object] | None, language: Language) -> str:
    if remedy is None:
        return ""
    return remedy_said(language, str(remedy["code"]), remedy["params"])  # type: ignore[arg-type]


def _cells(
    table: _Table, order: int, visit: PlannedVisit, customer: Customer, language: Language
) -> tuple[str, ...]:
    purpose = purpose_in_words(language, visit.purpose)
    owed = [
        say(language, text)
        for text, code, said in (
            (N_("promise"), visit.promise_code, Purpose.PROMISE),
            (N_("appointment"), visit.appointment_code, Purpose.APPOINTMENT),
        )
        if code and visit.purpose != said
    ]
    return (
        str(order),
        figures.clock_span(visit.begin_s, visit.end_s),
        f"{customer.name} {customer.code}".strip(),
        customer.grade.value if customer.grade else "–",
        listed(language, [purpose, *owed]),
        address(customer.street, customer.postcode, customer.city),
        f"{customer.contact_name} {customer.contact_phone}".strip(),
        table.territories.get(customer.territory_id or 0, ""),
    )


def _pdf(table: _Table, now: datetime, language: Language) -> bytes:
    about = listed(
        language,
        [
            figures.days(table.first, table.last, language),
            figures.count(sum(len(own) for own in table.stops.values()), "visits", language),
        ],
    )
    return pdf_bytes(
        PrintedTable(
            title=say(
                language,
                N_("Visit table of {name} ({code})"),
                name=table.rep.name,
                code=table.rep.code,
            ),
            about=about,
            columns=[
                PrintedColumn(heading=say(language, text), share=share, align=align)
                for text, share, align in HEADINGS
            ],
            days=[_day(table, day, language) for day in table.days],
            nothing=say(language, N_("No visit is planned on these days.")),
            page=say(language, N_("page {page} of {pages}")),
            at=now,
        )
    )


def _day(table: _Table, day: PlannedDay, language: Language) -> PrintedDay:
    own = table.stops.get(day.date, [])
    heading = listed(
        language,
        [
            figures.day(day.date, language),
            figures.count(len(own), "visits", language),
            say(
                language,
                N_("out from {leave} to {back}"),
                leave=figures.clock(day.leave_s),
                back=figures.clock(day.return_s),
            ),
            say(
                language,
                N_("on the road {time}, {way}"),
                time=figures.duration(day.travel_s, language),
                way=figures.distance(day.travel_m, language),
            ),
        ],
    )
    return PrintedDay(
        heading=heading,
        rows=[_cells(table, n, *stop, language) for n, stop in enumerate(own, start=1)],
    )


def _xlsx(table: _Table, language: Language) -> bytes:
    headings = [*BEFORE_THEM, *((text, share) for text, share, _ in HEADINGS)]
    visits = Sheet(
        title=say(language, N_("Visits")),
        columns=[Column(heading=say(language, text), width=width) for text, width in headings],
        rows=_rows(table, language),
    )
    missing = Sheet(
        title=say(language, N_("Not planned")),
        columns=[
            Column(heading=say(language, text), width=width)
            for text, width in (
                (N_("Customer"), 30),
                (N_("Grade"), 8),
                (N_("Reason"), 50),
                (N_("Would fit with"), 50),
            )
        ],
        rows=[
            (
                f"{customer.name} {customer.code}".strip(),
                customer.grade.value if customer.grade else "–",
                reason_in_words(language, code),
                remedy,
            )
            for code, customer, remedy in table.missing
        ],
    )
    return workbook_bytes([visits, missing])


def _rows(table: _Table, language: Language) -> list[tuple[Value, ...]]:
    return [
        (
            day,
            weekday_of(language, day),
            order,
            *_cells(table, order, visit, customer, language)[1:],
        )
        for day in sorted(table.stops)
        for order, (visit, customer) in enumerate(table.stops[day], start=1)
    ]
