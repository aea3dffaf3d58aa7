"""The months' figures, reckoned once a day for the days that are over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.rules.figures.timely import TIMELY
from crm.rules.rep_figures import month_of, months_back
from crm.rules.reports import day_of
from crm.store.analysis import sales_sums
from crm.store.customers import care_spells
from crm.store.month_counts import kept, rep_months, territory_months

ALWAYS_AGAIN = 3  # months: reports come in late, from phones that were offline
SOON = 7  # a month gone by whose records begin later than that says nothing of the whole
MOST_MONTHS = 36  # of records brought along, how far back


def reckon(session: Session, zone: ZoneInfo, *, now: datetime) -> int:
    """Add the sales up, note who is in whose care, reckon the newest months again and the older
    ones that nobody has reckoned yet; answers how many months were. `zone` is that of reps who
    name none."""
    sales_sums.reckon(session)
    today = day_of(now, zone)
    care_spells.note(session, today)
    wanted = list(_wanted(session, today - timedelta(days=1)))
    for first, until in wanted:
        kept.replace_month(
            session,
            first,
            territory_months.reckoned(session, first, until, at=now),
            rep_months.reckoned(
                session,
                first,
                until,
                at=now,
                timely=TIMELY,
                zone_of=lambda rep: ZoneInfo(rep.timezone) if rep.timezone else zone,
            ),
        )
    return len(wanted)


def _wanted(session: Session, until: date) -> list[tuple[date, date]]:
    begin = kept.first_visit(session)
    if begin is None:
        return []
    month_ends = month_of(begin)[1]
    if begin.day > SOON and month_ends < until:
        begin = month_ends + timedelta(days=1)
    known = kept.months_kept(session)
    return [
        (first, min(last, until))
        for age, (first, last) in enumerate(months_back(until, MOST_MONTHS - 1))
        if last >= begin and (age < ALWAYS_AGAIN or first not in known)
    ]
