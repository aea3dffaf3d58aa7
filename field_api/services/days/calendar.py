"""A country's calendar and the leave of its reps, for whoever looks them up or states them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Rep, RepLeave
from crm.rules.access import ORGANISES, Asker
from crm.rules.calendar import SpecialDay, country_code, guessed_years, special_days
from crm.store.days import calendar, leave
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import DayPart, LeaveKind
from field_api.errors import CODES
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

ORGANISERS_ONLY = N_("Days of the calendar are stated by the general manager and the admin.")

CODES |= {
    calendar.DayNotStated: (404, "day_not_stated"),
    leave.LeaveNotFound: (404, "leave_not_found"),
}


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """The special days of a country's year. `guessed`: the year's made-up workdays are not
    announced, or nobody has stated them."""

    country: str
    year: int
    days: tuple[SpecialDay, ...]
    guessed: bool


def year_of(database: Database, country: str, year: int) -> CalendarYear:
    """A year of a country, by any of its codes. Raises `Refused` for an unknown one."""
    code = _known(country)
    first_day, last_day = date(year, 1, 1), date(year, 12, 31)
    with database.reading() as session:
        own = calendar.own_days(session, first_day).get(code, [])
    days = tuple(special_days(code, first_day, last_day, own).values())
    guessed = bool(guessed_years(days, code, [year]))
    return CalendarYear(country=code, year=year, days=days, guessed=guessed)


def state_day(
    database: Database,
    asker: Asker,
    country: str,
    on: date,
    *,
    is_workday: bool,
    name: str,
    now: datetime,
) -> None:
    """State a day of a country as worked or off; it comes before what is known otherwise. Raises
    `Forbidden`, and `Refused` for an unknown country."""
    refuse_unless(asker, ORGANISES, ORGANISERS_ONLY)
    code = _known(country)

    def work(session: Session) -> None:
        calendar.state(session, code, on, is_workday=is_workday, name=name)

    database.written(work, by=asker, at=now)


def forget_day(database: Database, asker: Asker, country: str, on: date, *, now: datetime) -> None:
    """Take a stated day back. Raises `Forbidden`, `DayNotStated`."""
    refuse_unless(asker, ORGANISES, ORGANISERS_ONLY)
    code = _known(country)
    database.written(lambda session: calendar.forget(session, code, on), by=asker, at=now)


def countries_of(database: Database, settings: Settings) -> list[str]:
    """The countries whose calendars somebody keeps: the setting's first, then the reps'."""
    with database.reading() as session:
        found = dict.fromkeys((settings.country, *people.countries(session)))
    return list(dict.fromkeys(country_code(code) for code in found if code))


def _known(country: str) -> str:
    """The two letters of a country, by any of its codes."""
    try:
        return country_code(country.upper())
    except NotImplementedError:
        raise Refused(
            N_("{country} is no country whose holidays are known; name two letters, such as CN."),
            country=country,
        ) from None


def note_leave(
    database: Database,
    asker: Asker,
    *,
    rep_code: str,
    first_day: date,
    last_day: date,
    part: DayPart,
    kind: LeaveKind,
    now: datetime,
) -> None:
    """Note a leave of one of the asker's reps. Raises `RepNotFound`, and `Refused` when it ends
    before it begins. A plan in force stands until it is planned again."""
    if last_day < first_day:
        raise Refused(
            N_("The leave would end on {last}, before it begins on {first}; were they swapped?"),
            first=first_day.isoformat(),
            last=last_day.isoformat(),
        )

    def work(session: Session) -> None:
        rep = people.get_rep(session, asker, rep_code)
        leave.note(session, rep, first_day=first_day, last_day=last_day, part=part, kind=kind)

    database.written(work, by=asker, at=now)


def leave_since(database: Database, asker: Asker, since: date) -> Sequence[tuple[Rep, RepLeave]]:
    """The leave of the asker's reps that is not over by a day."""
    with database.reading() as session:
        return leave.listed(session, asker, since)


def remove_leave(
    database: Database, asker: Asker, *, rep_code: str, first_day: date, now: datetime
) -> int:
    """Take away the leave of a rep that begins on a day; how many there were."""
    with database.writing(by=asker, at=now) as session:
        return leave.remove(session, asker, rep_code, first_day)
