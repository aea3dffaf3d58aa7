"""A rep's day: the published route with what is to know at each door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.files import is_called_off
from crm.rules.peak_hours import Peak, on_weekday
from crm.rules.promises import standing
from crm.rules.reports import day_of, is_valid_visit, stands_on
from crm.rules.times_of_day import write_time
from crm.store.days import days
from crm.store.days.days import RepsDay
from crm.store.promises import promises
from crm.store.reports import last_reports, reports
from crm.store.reports.last_reports import LastReport
from crm.store.reports.reports import ReportInShort
from crm.store.travel import peak_hours
from crm.text import N_
from crm.vocabulary import Transport
from field_api.schemas.days import (
    DayAnswer,
    DaysAnswer,
    KeyPersonShort,
    LastReportAnswer,
    MapLinks,
    OperatingCard,
    PeakAnswer,
    PromiseDue,
    ReportMade,
    StopAnswer,
    UnfitTimeAnswer,
)
from field_api.services.days.day_news import News, start_of_yesterday
from field_api.services.people.accounts import zone_named
from field_api.services.plans.planned_stops import facts_of
from field_api.settings import Settings
from field_api.wording import Language, say
from geography import handoff

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
    since: datetime | None = None,
) -> DayAnswer:
    """The day of a rep whom the asker may see, with what changed `since`; `RepNotFound`
    otherwise."""
    with database.reading() as session:
        day = days.published_day(session, asker, rep_code, on)
        zone = zone_named(day.timezone, settings)
        news = News(session, since or start_of_yesterday(now, zone), language)
        peaks = peak_hours.holding_for(session, day.rep_id)
        return _told(session, settings, asker, day, on, news, peaks, now=now, language=language)


def days_of_rep(
    database: Database,
    settings: Settings,
    asker: Asker,
    *,
    rep_code: str,
    from_day: date,
    count: int,
    now: datetime,
    language: Language,
    since: datetime | None = None,
) -> DaysAnswer:
    """Days in a row, as `day_of_rep` tells each."""
    found = []
    with database.reading() as session:
        news: News | None = None
        peaks: Sequence[Peak] | None = None
        for number in range(count):
            on = from_day + timedelta(days=number)
            day = days.published_day(session, asker, rep_code, on)
            zone = zone_named(day.timezone, settings)
            news = news or News(session, since or start_of_yesterday(now, zone), language)
            peaks = peak_hours.holding_for(session, day.rep_id) if peaks is None else peaks
            told = _told(session, settings, asker, day, on, news, peaks, now=now, language=language)
            found.append(told)
    return DaysAnswer(from_day=from_day, days=tuple(found))


def _told(
    session: Session,
    settings: Settings,
    asker: Asker,
    day: RepsDay,
    on: date,
    news: News,
    peaks: Sequence[Peak],
    *,
    now: datetime,
    language: Language,
) -> DayAnswer:
    zone = zone_named(day.timezone, settings)
    made = _Made(reports.of_day(session, asker, day, on))
    stops = _stops(session, settings, asker, day, made, on=on, today=day_of(now, zone))
    answer = DayAnswer(
        rep_code=day.rep_code,
        rep_name=day.rep_name,
        date=on,
        timezone=zone.key,
        plan_id=day.plan_id,
        peaks=tuple(
            PeakAnswer(from_s=peak.from_s, to_s=peak.to_s, percent=peak.percent)
            for peak in on_weekday(peaks, on.weekday())
        ),
        stops=tuple(stops),
        other_reports=tuple(made.others(on, stops)),
        changes=tuple(news.of(day, on)),
    )
    return answer.model_copy(update=_times(day, stops) if stops else _why_empty(day, language))


def _why_empty(day: RepsDay, language: Language) -> dict[str, Any]:
    if day.plan_id is None:
        return {"reason": "no_published_plan", "message": say(language, NO_PUBLISHED_PLAN)}
    return {"reason": "nothing_planned", "message": say(language, NOTHING_PLANNED)}


def _times(day: RepsDay, stops: list[StopAnswer]) -> dict[str, Any]:
    """Those of the day as a whole; the way back is what the legs to the stops leave of it."""
    assert day.leave_s is not None
    assert day.return_s is not None
    assert day.travel_s is not None
    assert day.travel_m is not None
    lunch_s = day.lunch_begin_s
    return {
        "leave": write_time(day.leave_s),
        "leave_s": day.leave_s,
        "lunch": None if lunch_s is None else write_time(lunch_s),
        "lunch_s": lunch_s,
        "lunch_minutes": None if lunch_s is None else day.lunch_duration_s // 60,
        "back": write_time(day.return_s),
        "back_s": day.return_s,
        "travel_back_s": day.travel_s - sum(stop.travel_s for stop in stops),
        "travel_back_m": day.travel_m - sum(stop.travel_m for stop in stops),
        "travel_s": day.travel_s,
        "travel_m": day.travel_m,
        "travel_source": day.travel_source or "",
    }


@dataclass(frozen=True)
class _Made:
    """A rep's reports that concern a day."""

    reports: list[ReportInShort]

    def on(self, day: date) -> list[ReportMade]:
        return [self._short(report) for report in self.reports if report.visited_on == day]

    def others(self, day: date, stops: list[StopAnswer]) -> list[ReportMade]:
        """Those of visits on a day that belong to none of its stops."""
        shown = {report.id for stop in stops for report in stop.reports}
        return [report for report in self.on(day) if report.id not in shown]

    def at(self, visit: Row[Any]) -> list[ReportMade]:
        """Those on a planned visit, also when it was made on another day than planned."""
        return [
            self._short(report)
            for report in self.reports
            if report.customer_id == visit.customer_id
            and stands_on(
                report.outcome,
                visited_on=report.visited_on,
                names_visit=report.planned_visit_id == visit.visit_id,
                planned_on=visit.date,
            )
        ]

    def _short(self, report: ReportInShort) -> ReportMade:
        return ReportMade(
            id=report.id,
            customer_code=report.customer_code,
            visited_on=report.visited_on,
            outcome=report.outcome,
            valid_visit=is_valid_visit(report.outcome, report.checked_out_at),
        )


def _stops(
    session: Session,
    settings: Settings,
    asker: Asker,
    day: RepsDay,
    made: _Made,
    *,
    on: date,
    today: date,
) -> list[StopAnswer]:
    if day.plan_id is None or day.leave_s is None:
        return []
    last = days.last_visits_of_day(session, asker, day.plan_id, on)
    unfit = days.unfit_times_of_day(session, asker, day.plan_id, on)
    owed = promises.open_on_day(session, asker, day.plan_id, on)
    people = days.key_people_of_day(session, asker, day.plan_id, on)
    before = last_reports.of_day(session, asker, day.plan_id, on)
    return [
        StopAnswer(
            **facts_of(number, visit),
            customer=_card(visit, unfit.get(visit.customer_id, []), last.get(visit.customer_id)),
            trade=visit.trade,
            key_people=[
                KeyPersonShort(name=one.name, post=one.post, say=one.say)
                for one in people.get(visit.customer_id, [])
            ],
            promises=[
                _due(promise, today, settings) for promise in owed.get(visit.customer_id, [])
            ],
            last_report=_glance(before.get(visit.customer_id)),
            reports=reported,
            cancelled=is_called_off(visit.status, on, today=today, reported=bool(reported)),
            links=_links(visit, day.transport),
        )
        for number, visit in enumerate(days.stops(session, asker, day.plan_id, on), start=1)
        for reported in [made.at(visit)]
    ]


def _glance(last: LastReport | None) -> LastReportAnswer | None:
    return None if last is None else LastReportAnswer(**vars(last))


def _card(
    customer: Row[Any], unfit: list[tuple[int, int]], last_visit_on: date | None
) -> OperatingCard:
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
                begin=write_time(from_s), begin_s=from_s, end=write_time(to_s), end_s=to_s
            )
            for from_s, to_s in unfit
        ],
        grade=customer.grade,
        last_visit_on=last_visit_on,
    )


def _links(customer: Row[Any], transport: Transport) -> MapLinks:
    place = handoff.Place(name=customer.name, lat=customer.lat, lon=customer.lon)
    return MapLinks(**handoff.links(place, mode=transport.value))


def _due(promise: Row[Any], today: date, settings: Settings) -> PromiseDue:
    return PromiseDue(
        code=promise.code,
        what=promise.what,
        to_whom=promise.to_whom,
        due=promise.due,
        standing=standing(
            promise.state, promise.due, today=today, soon_days=settings.due_soon_days
        ),
    )
