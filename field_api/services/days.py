"""A rep's day: the published route with what is to know at each door."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, PlannedVisit, Promise, Rep, UnfitTime, VisitReport
from crm.rules.access import Asker
from crm.rules.promises import standing
from crm.rules.reports import day_of, is_valid_visit
from crm.rules.times_of_day import write_time
from crm.store import days, people, promises, reports
from crm.store.days import PublishedDay
from crm.text import N_
from field_api.schemas.days import (
    DayAnswer,
    OperatingCard,
    PromiseDue,
    ReportMade,
    StopAnswer,
    UnfitTimeAnswer,
)
from field_api.services.accounts import zone_of
from field_api.settings import Settings
from field_api.wording import Language, say

NO_PUBLISHED_PLAN = N_("No plan is published for this day; ask your district manager.")
NOTHING_PLANNED = N_("The plan holds no visit on this day.")


def day_of_rep(
    database: Database,
    settings: Settings,
    asker: Asker,
    *,
    rep_code: str,
    on: date,
    now: datetime,
    language: Language,
) -> DayAnswer:
    """The day of a rep whom the asker may see; `RepNotFound` otherwise."""
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        published = days.published_day(session, asker, rep, on)
        plan = published.plan if published else None
        first, last = (plan.first_day, plan.last_day) if plan else (on, on)
        found = reports.within(session, asker, rep, first_day=first, last_day=last)
        names = reports.names_of(session, found)
        made = _Made(found, {number: customer for number, (customer, _) in names.items()})
        zone = zone_of(rep, settings).key
        if published is None or published.day is None or not published.stops:
            return DayAnswer(
                rep_code=rep.code,
                rep_name=rep.name,
                date=on,
                timezone=zone,
                reason="nothing_planned" if published else "no_published_plan",
                message=say(language, NOTHING_PLANNED if published else NO_PUBLISHED_PLAN),
                plan_id=plan.id if plan else None,
                other_reports=tuple(made.on(on)),
            )
        day = published.day
        stops = _stops(session, settings, asker, rep, published, made, on=on, now=now)
        shown = {report.id for stop in stops for report in stop.reports}
        lunch_s = day.lunch_begin_s
        return DayAnswer(
            rep_code=rep.code,
            rep_name=rep.name,
            date=on,
            timezone=zone,
            plan_id=published.plan.id,
            leave=write_time(day.leave_s),
            leave_s=day.leave_s,
            lunch=None if lunch_s is None else write_time(lunch_s),
            lunch_s=lunch_s,
            lunch_minutes=None if lunch_s is None else rep.lunch_duration_s // 60,
            back=write_time(day.return_s),
            back_s=day.return_s,
            travel_back_s=day.travel_s - sum(stop.travel_s for stop in stops),
            travel_back_m=day.travel_m - sum(stop.travel_m for stop in stops),
            travel_s=day.travel_s,
            travel_m=day.travel_m,
            stops=tuple(stops),
            other_reports=tuple(r for r in made.on(on) if r.id not in shown),
        )


@dataclass(frozen=True)
class _Made:
    """A rep's reports within a plan."""

    reports: list[VisitReport]
    customers: dict[UUID, Customer]

    def on(self, day: date) -> list[ReportMade]:
        return [self._short(report) for report in self.reports if report.visited_on == day]

    def at(self, visit: PlannedVisit) -> list[ReportMade]:
        """Those on a planned visit, also when it was made on another day than planned."""
        return [
            self._short(report)
            for report in self.reports
            if report.customer_id == visit.customer_id
            and (report.visited_on == visit.date or report.planned_visit_id == visit.visit_id)
        ]

    def _short(self, report: VisitReport) -> ReportMade:
        return ReportMade(
            id=report.id,
            customer_code=self.customers[report.id].code,
            visited_on=report.visited_on,
            outcome=report.outcome,
            valid_visit=is_valid_visit(report.outcome, report.checked_out_at),
        )


def _stops(
    session: Session,
    settings: Settings,
    asker: Asker,
    rep: Rep,
    published: PublishedDay,
    made: _Made,
    *,
    on: date,
    now: datetime,
) -> list[StopAnswer]:
    ids = [visit.customer_id for visit, _ in published.stops]
    last = days.last_visits(session, ids, before=on)
    unfit = days.unfit_times(session, ids, on=on)
    owed = promises.open_of_customers(session, asker, ids)
    today = day_of(now, zone_of(rep, settings))
    return [
        StopAnswer(
            planned_visit_id=visit.visit_id,
            position=number,
            purpose=visit.purpose,
            arrive=write_time(visit.arrive_s),
            arrive_s=visit.arrive_s,
            begin=write_time(visit.begin_s),
            begin_s=visit.begin_s,
            end=write_time(visit.end_s),
            end_s=visit.end_s,
            travel_s=visit.travel_s,
            travel_m=visit.travel_m,
            promise_code=visit.promise_code,
            appointment_code=visit.appointment_code,
            customer=_card(customer, unfit.get(visit.customer_id, []), last.get(visit.customer_id)),
            promises=[
                _due(promise, today, settings) for promise in owed.get(visit.customer_id, [])
            ],
            reports=made.at(visit),
        )
        for number, (visit, customer) in enumerate(published.stops, start=1)
    ]


def _card(customer: Customer, unfit: list[UnfitTime], last_visit_on: date | None) -> OperatingCard:
    return OperatingCard(
        code=customer.code,
        name=customer.name,
        street=customer.street,
        postcode=customer.postcode,
        city=customer.city,
        lat=customer.lat,
        lon=customer.lon,
        contact_name=customer.contact_name,
        contact_phone=customer.contact_phone,
        opening_hours=customer.opening_hours,
        opening_hours_problem=customer.opening_hours_problem,
        unfit_times=[
            UnfitTimeAnswer(
                begin=write_time(u.from_s), begin_s=u.from_s, end=write_time(u.to_s), end_s=u.to_s
            )
            for u in unfit
        ],
        grade=customer.grade,
        last_visit_on=last_visit_on,
    )


def _due(promise: Promise, today: date, settings: Settings) -> PromiseDue:
    return PromiseDue(
        code=promise.code,
        what=promise.what,
        to_whom=promise.to_whom,
        due=promise.due,
        standing=standing(
            promise.state, promise.due, today=today, soon_days=settings.due_soon_days
        ),
    )
