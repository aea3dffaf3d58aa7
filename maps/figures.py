"""Figures as people read them, in both languages: 09:40, 1 h 25 min, Mon 30 Nov, 6.2 km."""

from __future__ import annotations

from datetime import date

from maps.labels import label
from maps.views import Language


def clock(seconds: int) -> str:
    """Seconds after midnight as 09:40, rounded to the minute. A day that ends after midnight
    goes on counting: 24:30."""
    minutes = _minutes(seconds)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_span(from_s: int, to_s: int) -> str:
    """Two times of day: 08:30–09:10."""
    return f"{clock(from_s)}–{clock(to_s)}"


def duration(seconds: int, language: Language) -> str:
    """Seconds as 1 h 25 min or 1 小时 25 分, rounded to the minute."""
    hours, minutes = divmod(_minutes(seconds), 60)
    if not hours:
        return label(language, "duration.minutes", m=minutes)
    if not minutes:
        return label(language, "duration.hours", h=hours)
    return label(language, "duration.both", h=hours, m=minutes)


def hours(seconds: int, language: Language) -> str:
    """Seconds as whole hours, for sums of weeks: 138 h."""
    return label(language, "duration.hours", h=f"{(seconds + 1800) // 3600:,}")


def distance(metres: int, language: Language) -> str:
    """Metres as 650 m, 6.2 km or 138 km."""
    if metres < 1000:
        return label(language, "distance.m", n=metres)
    digits = 1 if metres < 100_000 else 0
    return label(language, "distance.km", n=f"{metres / 1000:,.{digits}f}")


def day(of: date, language: Language) -> str:
    """A date with its weekday: Mon 30 Nov, 11月30日 周一."""
    weekday = label(language, f"weekday.{of.weekday()}")
    month = label(language, f"month.{of.month}")
    return label(language, "date.day", weekday=weekday, day=of.day, month=month)


def weekday(number: int, language: Language) -> str:
    """A weekday, Monday is 0: Mon, 周一."""
    return label(language, f"weekday.{number}")


def days(first: date, last: date, language: Language) -> str:
    """A span of dates: Mon 30 Nov – Sun 27 Dec 2026."""
    if first == last:
        return label(language, "date.year", day=day(first, language), year=first.year)
    return label(
        language,
        "date.span" if first.year == last.year else "date.span_years",
        first=day(first, language),
        last=day(last, language),
        year=first.year,
        to_year=last.year,
    )


def percent(part: int, whole: int) -> str:
    """A share as 93 %; rounded down so that 100 % is all of it. An empty whole has no share."""
    return f"{100 * part // whole} %" if whole else "–"


def percent_up(part: int, whole: int) -> str:
    """A load as 93 %; rounded up so that what is more than all never reads 100 %."""
    return f"{-(-100 * part // whole)} %" if whole else "–"


def count(number: int, what: str, language: Language) -> str:
    """A number with its noun: 1 visit, 12 visits, 12 次拜访."""
    form = "one" if number == 1 else "other"
    return label(language, f"{what}.{form}", n=f"{number:,}")


def _minutes(seconds: int) -> int:
    return (seconds + 30) // 60
