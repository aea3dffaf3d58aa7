"""A rep's figures, month by month, against nobody but oneself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Rep
from crm.rules import rep_figures as rules
from crm.rules.access import Asker
from crm.rules.rep_figures import Owed, Share
from crm.rules.reports import day_of
from crm.store.analysis import rep_figures
from crm.store.analysis.rep_figures import Span
from crm.store.people import people
from crm.vocabulary import PromiseState
from field_api.schemas.rep_figures import MonthAnswer, RepFiguresAnswer, ShareAnswer
from field_api.services.people.accounts import zone_of
from field_api.settings import Settings


def of_rep(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    *,
    month: str | None,
    before: int,
    now: datetime,
) -> RepFiguresAnswer:
    """The figures of a month (the present one, if none is named) and of so many `before` it, of a
    rep whom the asker may see. Raises `RepNotFound`."""
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        zone = zone_of(rep, settings)
        today = day_of(now, zone)
        until = today - timedelta(days=1)
        wanted = date.fromisoformat(f"{month}-01") if month else today
        return RepFiguresAnswer(
            rep_code=rep.code,
            until=until,
            months=tuple(
                _month(session, rep, zone, first, min(last, max(until, first - timedelta(days=1))))
                for first, last in rules.months_back(wanted, before)
            ),
        )


def _month(session: Session, rep: Rep, zone: ZoneInfo, first: date, last: date) -> MonthAnswer:
    span = Span(first=first, last=last)
    planned = rep_figures.planned_stops(session, rep, span)
    visited = rep_figures.visited(session, {customer for customer, _ in planned}, span)
    closed = rep_figures.found_closed(session, rep, span)
    owed = [
        Owed(
            due=promise.due,
            kept_on=day_of(promise.closed_at, zone)
            if promise.state is PromiseState.KEPT and promise.closed_at
            else None,
        )
        for promise in rep_figures.promises_due(session, rep, span)
    ]
    return MonthAnswer(
        month=f"{first:%Y-%m}",
        first_day=first,
        last_day=last,
        plan_adherence=_told(rules.plan_adherence(planned, visited, closed)),
        frequency_attainment=_told(rep_figures.frequency_attainment(session, rep, span)),
        promises_kept=_told(rules.promises_kept(owed)),
        travel_share=_told(rules.travel_share(rep_figures.days_spent(session, rep, span))),
    )


def _told(share: Share) -> ShareAnswer:
    return ShareAnswer(numerator=share.numerator, denominator=share.denominator, value=share.value)
