"""营业时间 in OpenStreetMap's syntax, also in Chinese words, read for the week that is planned."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # its stub forgets the error
    OpeningHours,
    ParserError,
    State,
)

from crm.errors import Refused
from crm.rules.hours_in_chinese import in_syntax
from crm.rules.times_of_day import DAY_S
from crm.text import N_

WeeklyHours = tuple[tuple[int, int, int], ...]  # (weekday, from_s, to_s), Monday is 0


class UnreadableOpeningHours(Refused):
    """The text is not in OpenStreetMap's syntax; `hint` shows where reading stopped."""

    def __init__(self, given: str, hint: str) -> None:
        super().__init__(
            N_("Opening hours “{given}” cannot be read: stopped at “{hint}”"),
            given=given,
            hint=hint,
        )
        self.given = given
        self.hint = hint


@lru_cache(maxsize=8192)
def weekly_hours(text: str, week_of: date) -> WeeklyHours | None:
    """(weekday, from_s, to_s) of the seven days from `week_of` on, in order of day and time.

    None: always open (no text, or open without a break). Empty: never open that week. Hours
    over midnight are split over both days; to_s is at most 86400. Times marked *unknown* (by
    appointment, say) count as closed. Raises `UnreadableOpeningHours`.
    """
    if not text.strip():
        return None
    hours = _parsed(text)
    found: list[tuple[int, int, int]] = []
    for day in (week_of + timedelta(days=n) for n in range(7)):
        midnight = datetime.combine(day, time())
        # Day by day: over a whole week the library loses days of rules with a fallback.
        for begin, end, state, _ in hours.intervals(midnight, midnight + timedelta(days=1)):
            if state == State.OPEN:
                from_s, to_s = (round((t - midnight).total_seconds()) for t in (begin, end))
                found.append((day.weekday(), max(0, from_s), min(DAY_S, to_s)))
    if len(found) == 7 and all((a, b) == (0, DAY_S) for _, a, b in found):
        return None
    return tuple(found)


@lru_cache(maxsize=8192)
def problem_with(text: str) -> UnreadableOpeningHours | None:
    """What keeps a text from being read as opening hours; None when it can be read."""
    try:
        if text.strip():
            _parsed(text)
    except UnreadableOpeningHours as error:
        return error
    return None


def _parsed(text: str) -> OpeningHours:
    try:
        return OpeningHours(in_syntax(text.strip()))
    except ParserError as error:
        raise UnreadableOpeningHours(text, _rest(text.strip(), str(error))) from None
    except UnicodeEncodeError:
        raise UnreadableOpeningHours(text, text.encode("ascii", "replace").decode()) from None


def _rest(text: str, complaint: str) -> str:
    """The text from the place that the library's message points at."""
    place = complaint.partition("--> ")[2].partition("\n")[0].split(":")
    column = int(place[1]) if len(place) == 2 and place[1].strip().isdigit() else 1
    return text.splitlines()[-1][column - 1 :][:40] or text[-10:]
