"""What changed on a day since it was last looked at, each with its why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlmodel import Session

from crm.rules.plan_changes import DayChange, OnDay, changes_between
from crm.rules.reports import day_of
from crm.store.days import day_news
from crm.store.days.days import RepsDay
from crm.text import N_
from crm.vocabulary import CustomerStatus, Purpose
from field_api.schemas.days import NewsAnswer
from field_api.services.planning.reasons import reason_in_words
from field_api.wording import Language, say
from maps.figures import day as day_in_words

What = Literal["new", "moved_here", "moved_away", "dropped"]
Why = Literal["promise", "appointment", "urgent", "plan", "no_place", "customer_not_active"]

TEXTS: dict[tuple[What, Why], str] = {
    ("new", "promise"): N_("{customer} is new: a promise is due."),
    ("new", "appointment"): N_("{customer} is new: an appointment."),
    ("new", "urgent"): N_("{customer} is new: urgent."),
    ("new", "plan"): N_("{customer} is new in the plan."),
    ("moved_here", "plan"): N_("{customer} comes from {day}."),
    ("moved_here", "promise"): N_("{customer} comes from {day}: a promise is due."),
    ("moved_here", "appointment"): N_("{customer} comes from {day}: an appointment."),
    ("moved_away", "plan"): N_("{customer} is put off to {other}."),
    ("dropped", "plan"): N_("{customer} is out of the plan."),
    ("dropped", "no_place"): N_("{customer} is out of the plan: {reason}."),
    ("dropped", "customer_not_active"): N_("{customer} is out: not visited any more."),
}


class News:
    """What changed against the plan that was in force at an instant; the plans are compared once
    for all days that they share."""

    def __init__(self, session: Session, since: datetime, language: Language) -> None:
        self._session, self._since, self._language = session, since, language
        self._compared: dict[tuple[int, int], list[DayChange]] = {}
        self._visits: dict[int, Sequence[Row[Any]]] = {}

    def of(self, day: RepsDay, on: date) -> list[NewsAnswer]:
        """The news of a day; none where no plan held it then, or none does now."""
        if day.plan_id is None:
            return []
        then = day_news.plan_then(self._session, day.rep_id, on, self._since)
        if then is None or then.id == day.plan_id:
            return []
        both = (then.id, day.plan_id)
        if both not in self._compared:
            self._compared[both] = self._differences(*both)
        found = [c for c in self._compared[both] if on in (c.before, c.after)]
        return list(self._told(found, day.plan_id, on)) if found else []

    def _differences(self, before: int, after: int) -> list[DayChange]:
        old, new = self._of_plan(before), self._of_plan(after)
        return changes_between(_on_days(old), _on_days(new))

    def _of_plan(self, plan_id: int) -> Sequence[Row[Any]]:
        if plan_id not in self._visits:
            self._visits[plan_id] = day_news.visits_of(self._session, plan_id)
        return self._visits[plan_id]

    def _told(self, found: Sequence[DayChange], plan_id: int, on: date) -> Iterator[NewsAnswer]:
        session, language = self._session, self._language
        customers = day_news.customers_named(session, {c.customer_id for c in found})
        planned = {(v.visit_id, v.date): v for v in self._of_plan(plan_id)}
        lost = day_news.reasons_of(session, plan_id)
        because = day_news.purpose_of(session, plan_id)
        for change in found:
            who = customers[change.customer_id]
            what, why = _what_and_why(change, on, who.status, planned, lost)
            template = TEXTS[what, why]
            text = say(
                language,
                template,
                customer=who.name,
                day=day_in_words(change.before, language) if change.before else "",
                other=day_in_words(change.after, language) if change.after else "",
                reason=reason_in_words(language, lost[change.customer_id])
                if why == "no_place"
                else "",
            )
            yield NewsAnswer(
                what=what,
                why=why,
                planned_visit_id=change.visit_id,
                customer_code=who.code,
                customer_name=who.name,
                before=change.before,
                after=change.after,
                because=because,
                text=text,
            )


def start_of_yesterday(now: datetime, zone: ZoneInfo) -> datetime:
    """What a phone is taken to have seen last, when it does not say."""
    yesterday = day_of(now, zone) - timedelta(days=1)
    return datetime.combine(yesterday, time(), zone)


def _what_and_why(
    change: DayChange,
    on: date,
    status: CustomerStatus,
    planned: Mapping[tuple[str, date], Row[Any]],
    lost: Mapping[int, str],
) -> tuple[What, Why]:
    if change.after == on:
        asked = _asked(planned[change.visit_id, on])
        if change.before is None:
            return "new", asked
        return "moved_here", "plan" if asked == "urgent" else asked
    if change.after is not None:
        return "moved_away", "plan"
    if status is not CustomerStatus.ACTIVE:
        return "dropped", "customer_not_active"
    return "dropped", "no_place" if change.customer_id in lost else "plan"


def _asked(visit: Row[Any]) -> Why:
    if visit.promise_code:
        return "promise"
    if visit.appointment_code:
        return "appointment"
    return "urgent" if visit.purpose == Purpose.URGENT else "plan"


def _on_days(visits: Sequence[Row[Any]]) -> Iterator[OnDay]:
    for visit in visits:
        yield OnDay(visit_id=visit.visit_id, customer_id=visit.customer_id, date=visit.date)
