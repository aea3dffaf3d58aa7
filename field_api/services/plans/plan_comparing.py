"""A plan beside the published plans of the same days: what moves, and what it costs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm.rules.access import Asker
from crm.rules.plan_changes import OnDay, changes_between
from crm.store.people import people
from crm.store.plans import plan_list, publishing
from crm.store.plans.plans import NoPlan
from field_api.house import House
from field_api.services.plans.plan_calendars import wanted_row
from field_api.wording import Language


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A visit whose day differs; None: it has none on that side."""

    code: str
    name: str
    grade: str
    before: date | None
    after: date | None


@dataclass(frozen=True, kw_only=True)
class Sums:
    """A side in figures; times in seconds, ways in metres."""

    visits: int
    days: int
    travel_s: int
    travel_m: int
    visit_s: int


def compared(
    house: House,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    *,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """What the page shows. Raises `RepNotFound`, `PlanNotFound`, `NoPlan`."""
    with house.database.reading() as session:
        row = wanted_row(session, house.settings, asker, rep_code, plan_id, now=now)
        if row is None:
            raise NoPlan(rep_code)
        rep = people.get_rep(session, asker, rep_code)
        first, last = row.first_day, row.last_day
        published = publishing.published_within(session, row)
        before = plan_list.visits_of(session, published, first_day=first, last_day=last)
        after = plan_list.visits_of(session, [row], first_day=first, last_day=last)
        days_before = [
            day
            for other in published
            for day in plan_list.days_of(session, other)
            if first <= day.date <= last
        ]
        days_after = plan_list.days_of(session, row)
    customers = {customer.id or 0: customer for _, customer in (*before, *after)}
    found = changes_between(
        [OnDay(visit_id=v.visit_id, customer_id=v.customer_id, date=v.date) for v, _ in before],
        [OnDay(visit_id=v.visit_id, customer_id=v.customer_id, date=v.date) for v, _ in after],
    )
    moves = [
        Moved(
            code=customers[change.customer_id].code,
            name=customers[change.customer_id].name,
            grade=str(customers[change.customer_id].grade or ""),
            before=change.before,
            after=change.after,
        )
        for change in found
    ]
    return {
        "rep_code": rep_code,
        "rep_name": rep.name,
        "row": row,
        "published": published,
        "before": _sums(before, days_before),
        "after": _sums(after, days_after),
        "moved": [move for move in moves if move.before and move.after],
        "added": [move for move in moves if move.before is None],
        "dropped": [move for move in moves if move.after is None],
    }


def _sums(stops: Any, days: Any) -> Sums:
    return Sums(
        visits=len(stops),
        days=len(days),
        travel_s=sum(day.travel_s for day in days),
        travel_m=sum(day.travel_m for day in days),
        visit_s=sum(visit.end_s - visit.begin_s for visit, _ in stops),
    )
