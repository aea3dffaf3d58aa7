"""不宜拜访时间 as people write them: `Mo-Fr 12:00-13:00; 2026-12-24; 2026-12-25 08:00-10:00`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date  # a field named date would hide the type

from crm.errors import Refused
from crm.rules.dates import read_date
from crm.rules.times_of_day import DAY_S, read_time, write_time
from crm.rules.weekdays import NAMES, read_weekdays
from crm.text import N_

_TIMES = re.compile(r"\s*(\d{1,2}[:：]\d{2})\s*[-–—~至到]\s*(\d{1,2}[:：]\d{2})\s*$")


@dataclass(frozen=True, kw_only=True, order=True)
class Unfit:
    """A time without visits: weekly or on one date, from_s < to_s seconds after midnight."""

    weekday: int | None = None
    date: Date | None = None
    from_s: int = 0
    to_s: int = DAY_S


class UnreadableUnfitTime(Refused):
    """A part of the text is neither weekly nor dated."""


def read_unfit_times(text: str) -> tuple[Unfit, ...]:
    """The unfit times of a text, parts separated by `;`, without repetitions and in order.

    A part is weekdays or a date, then optionally times (none: the whole day). Raises
    `UnreadableUnfitTime` naming the part. Times over midnight belong to two days.
    """
    found: set[Unfit] = set()
    for part in re.split(r"[;；\n]", text):
        if part.strip():
            found |= _read_part(part.strip())
    return tuple(sorted(found, key=lambda u: (u.weekday or 0, u.date or Date.min, u.from_s)))


def write_unfit_times(times: Iterable[Unfit]) -> str:
    """A text that `read_unfit_times` reads back."""
    return "; ".join(_write_part(time) for time in times)


def _write_part(time: Unfit) -> str:
    day = time.date.isoformat() if time.date else NAMES[time.weekday or 0]
    whole = (time.from_s, time.to_s) == (0, DAY_S)
    return day if whole else f"{day} {write_time(time.from_s)}-{write_time(time.to_s)}"


def _read_part(part: str) -> set[Unfit]:
    days, from_s, to_s = part, 0, DAY_S
    if match := _TIMES.search(part):
        begin, end = read_time(match[1]), read_time(match[2])
        if begin is None or end is None or begin == end:
            raise UnreadableUnfitTime(N_("“{part}” has times that no clock shows"), part=part)
        days, from_s, to_s = part[: match.start()].strip(), begin, end
    spans = [(from_s, to_s, 0)] if from_s < to_s else [(from_s, DAY_S, 0), (0, to_s, 1)]
    spans = [span for span in spans if span[0] < span[1]]
    day = read_date(days)
    if day is not None:
        return {
            Unfit(date=Date.fromordinal(day.toordinal() + later), from_s=a, to_s=b)
            for a, b, later in spans
        }
    weekdays = read_weekdays(days) if days else tuple(range(7))
    if weekdays is None:
        raise UnreadableUnfitTime(N_("“{part}” names neither weekdays nor a date"), part=part)
    return {
        Unfit(weekday=(n + later) % 7, from_s=a, to_s=b) for n in weekdays for a, b, later in spans
    }
