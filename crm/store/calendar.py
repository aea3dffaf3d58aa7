"""The operator's own days of a country's calendar."""

from datetime import date

from sqlmodel import Session, col, select

from crm.models import CalendarDay
from crm.rules.calendar import SpecialDay


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
