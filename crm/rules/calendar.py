"""Which days are worked: the rep's weekdays, less public holidays, with made-up workdays."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import holidays as public_holidays

OFFICIAL = Path(__file__).parents[1] / "calendars"
FULL_WEEK = frozenset("01234")
ANNOUNCED_YEARLY = frozenset({"CN"})  # nobody knows these calendars before they are announced


class CalendarSource(StrEnum):
    """Where a day's standing comes from; a later one here comes before an earlier one."""

    LIBRARY = "library"  # the `holidays` package, which guesses years not yet announced
    OFFICIAL = "official"  # the announcement that ships with the product
    OWN = "own"  # the operator's


@dataclass(frozen=True, kw_only=True)
class SpecialDay:
    """A day that is not like its weekday: off, or made up (调休) for one that is."""

    date: date
    is_workday: bool
    name: str
    name_zh: str = ""  # empty: as `name`
    source: CalendarSource = CalendarSource.OWN


@cache
def country_code(country: str) -> str:
    """The two letters of ISO 3166 for any of a country's codes, such as CN for CHN. Raises
    `NotImplementedError` where no calendar is known."""
    return str(public_holidays.country_holidays(country).country)


def special_days(
    country: str, first_day: date, last_day: date, own: Iterable[SpecialDay] = ()
) -> dict[date, SpecialDay]:
    """The special days of a country from first to last, both included, in order; none where no
    country is named. `own` are the operator's for this country."""
    if not country:
        return {}
    found: dict[date, SpecialDay] = {}
    for year in range(first_day.year, last_day.year + 1):
        found |= {day.date: day for day in _known(country_code(country), year)}
    found |= {day.date: day for day in own}
    return {day: found[day] for day in sorted(found) if first_day <= day <= last_day}


def guessed_years(days: Iterable[SpecialDay], country: str, years: Iterable[int]) -> list[int]:
    """The years whose calendar is a guess: the country announces its made-up workdays each year,
    and none of these days is one."""
    if not country or country_code(country) not in ANNOUNCED_YEARLY:
        return []
    announced = {day.date.year for day in days if day.is_workday}
    return [year for year in years if year not in announced]


def working_days(
    first_day: date,
    last_day: date,
    *,
    weekdays: str,
    holidays: Collection[date],
    made_up: Collection[date] = (),
) -> tuple[date, ...]:
    """The days from first to last, both included, that fall on one of the weekdays (digits,
    Monday is 0) and are no public holiday; for those who work Monday to Friday, or more, the
    made-up workdays as well. Whoever works fewer days a week has agreed on which."""
    full_week = set(weekdays) >= FULL_WEEK
    days = (first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))
    return tuple(
        day
        for day in days
        if (day in made_up and full_week)
        or (str(day.weekday()) in weekdays and day not in holidays)
    )


@cache
def _known(country: str, year: int) -> tuple[SpecialDay, ...]:
    """What is known of a country's year without its operator."""
    library = _in_language(country, year, "en_US")
    chinese = _in_language(country, year, "zh_CN")
    made_up = getattr(library, "weekend_workdays", ())
    found = {
        day: SpecialDay(date=day, is_workday=True, name="", source=CalendarSource.LIBRARY)
        for day in made_up
        if day.year == year
    }
    found |= {
        day: SpecialDay(
            date=day,
            is_workday=False,
            name=name,
            name_zh=chinese.get(day, ""),
            source=CalendarSource.LIBRARY,
        )
        for day, name in library.items()
        if day.year == year
    }
    return tuple((found | _official(country, year)).values())


def _in_language(country: str, year: int, wanted: str) -> public_holidays.HolidayBase:
    """The library's holidays, with names in the country's own language where it has no other."""
    known = public_holidays.country_holidays(country).supported_languages
    language = wanted if wanted in known else None
    return public_holidays.country_holidays(country, years=year, language=language)


def _official(country: str, year: int) -> dict[date, SpecialDay]:
    path = OFFICIAL / f"{country.lower()}_{year}.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        days = [
            SpecialDay(
                date=date.fromisoformat(row["date"]),
                is_workday=row["workday"] == "yes",
                name=row["name"],
                name_zh=row["name_zh"],
                source=CalendarSource.OFFICIAL,
            )
            for row in csv.DictReader(file)
        ]
    return {day.date: day for day in days}
