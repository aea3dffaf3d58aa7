"""How pages say values: filters of the templates, in the reader's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context

from crm.text import N_
from field_api.wording import Language, say
from field_api.words import in_words
from maps import figures

NONE = "–"
TEN_THOUSAND = 10_000  # 万
MINUTE_S = 60
MONTHS = (
    N_("Jan {year}"),
    N_("Feb {year}"),
    N_("Mar {year}"),
    N_("Apr {year}"),
    N_("May {year}"),
    N_("Jun {year}"),
    N_("Jul {year}"),
    N_("Aug {year}"),
    N_("Sep {year}"),
    N_("Oct {year}"),
    N_("Nov {year}"),
    N_("Dec {year}"),
)


def minutes(language: Language, seconds: float | None) -> str:
    """Seconds as 1 h 25 min."""
    return NONE if seconds is None else figures.duration(round(seconds), language)


def hours(language: Language, seconds: float | None) -> str:
    """Seconds as whole hours: 138 h."""
    return NONE if seconds is None else figures.hours(round(seconds), language)


def day(language: Language, of: date | None) -> str:
    """A date with its weekday: Mon 30 Nov, 11月30日 周一."""
    return NONE if of is None else figures.day(of, language)


def dated(language: Language, of: date | None) -> str:
    """A date with its weekday and year."""
    return NONE if of is None else figures.days(of, of, language)


def weekday(language: Language, number: int) -> str:
    """A weekday, Monday is 0: Mon, 周一."""
    return figures.weekday(number, language)


def month(language: Language, of: date | None) -> str:
    """A month: Nov 2026, 2026年11月."""
    if of is None:
        return NONE
    return say(language, MONTHS[of.month - 1], year=of.year)


def clock(_: Language, at: time | int | None) -> str:
    """A time of day, or seconds after midnight, as 09:40."""
    if at is None:
        return NONE
    return figures.clock(at) if isinstance(at, int) else at.strftime("%H:%M")


def km(language: Language, metres: float | None) -> str:
    """Metres as 650 m or 6.2 km."""
    return NONE if metres is None else figures.distance(round(metres), language)


def money(language: Language, amount: float | None) -> str:
    """An amount: 1,234,567; in Chinese 123.5 万 from ten thousand up."""
    if amount is None:
        return NONE
    if language == "zh" and abs(amount) >= TEN_THOUSAND:
        return say(language, N_("{n} ten thousand"), n=f"{amount / TEN_THOUSAND:,.1f}")
    return f"{amount:,.0f}"


def percent(_: Language, share: float | None) -> str:
    """A share of one as 93.4 %; rounded down, so that 100 % is all of it."""
    return NONE if share is None else f"{int(share * 1000 + 1e-9) / 10:g} %"


def count(_: Language, number: float | None) -> str:
    """A number in groups of three: 12,408."""
    return NONE if number is None else f"{number:,}"


def word(language: Language, value: StrEnum) -> str:
    """A value of the vocabulary in words."""
    return in_words(language, value)


FILTERS = (minutes, hours, day, weekday, dated, month, clock, km, money, percent, count, word)


def filters() -> dict[str, Callable[..., str]]:
    """The filters by their name in a template; `instant` says an instant in the reader's zone."""
    return {one.__name__: _said(one) for one in FILTERS} | {"instant": instant}


@pass_context
def instant(context: Context, at: datetime | None) -> str:
    """An instant as Mon 30 Nov 09:40, by the zone that the page names (`zone`), else by UTC."""
    if at is None:
        return NONE
    zone = context.get("zone") or ZoneInfo("UTC")
    here = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    return f"{figures.day(here.date(), context['lang'])} {here:%H:%M}"


def _said(how: Callable[[Language, Any], str]) -> Callable[..., str]:
    @pass_context
    def said(context: Context, value: Any) -> str:
        return how(context["lang"], value)

    return said
