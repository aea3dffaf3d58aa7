"""The operator's own days of a country's calendar."""

from datetime import date

from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import CalendarDay
from crm.rules.calendar import SpecialDay
from crm.store.house import audit
from crm.text import N_

NOUN = "calendar_day"  # in the audit trail


class DayNotStated(Refused):
    """Nobody has stated this day of the country."""


def own_days(session: Session, since: date) -> dict[str, list[SpecialDay]]:
    """The days stated from a day on, by country, in order. They are nobody's secret."""
    rows = session.exec(
        select(CalendarDay).where(CalendarDay.date >= since).order_by(col(CalendarDay.date))
    )
    found: dict[str, list[SpecialDay]] = {}
    for row in rows:
        day = SpecialDay(date=row.date, is_workday=row.is_workday, name=row.name)
        found.setdefault(row.country, []).append(day)
    return found


def state(session: Session, country: str, on: date, *, is_workday: bool, name: str) -> None:
    """State a day of a country (two letters); a day that was stated is what it is now."""
    row = _stated(session, country, on) or CalendarDay(
        country=country, date=on, is_workday=is_workday
    )
    row.is_workday, row.name = is_workday, name
    session.add(row)
    session.flush()
    details = {"is_workday": is_workday, "name": name}
    audit.record(session, "state", noun=NOUN, key=_key(country, on), details=details)


def forget(session: Session, country: str, on: date) -> None:
    """The day is again as it is known otherwise. Raises `DayNotStated`."""
    row = _stated(session, country, on, alone=True)
    if row is None:
        raise DayNotStated(
            N_("{day} of {country} was not stated by the company; there is nothing to take back."),
            day=on.isoformat(),
            country=country,
        )
    session.delete(row)
    session.flush()
    audit.record(session, "remove", noun=NOUN, key=_key(country, on))


def _stated(session: Session, country: str, on: date, *, alone: bool = False) -> CalendarDay | None:
    query = select(CalendarDay).where(CalendarDay.country == country, CalendarDay.date == on)
    if alone:  # whoever takes it back at the same moment waits, and finds nothing
        query = query.with_for_update()
    return session.exec(query).one_or_none()


def _key(country: str, on: date) -> str:
    return f"{country}/{on.isoformat()}"
