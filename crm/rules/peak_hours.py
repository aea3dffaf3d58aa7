"""高峰时段: hours at which driving takes longer (or less) than the travel times say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from crm.errors import Refused
from crm.rules.times_of_day import DAY_S, read_time, write_time
from crm.rules.weekdays import NAMES, read_weekdays
from crm.text import N_

QUICKEST_PERCENT, SLOWEST_PERCENT = 50, 400  # of the ordinary time of a leg
ORDINARY_PERCENT = 100
MOST_ROWS = 100  # of one table
FIELDS = ("weekdays", "begin", "end", "percent")


class UnsoundPeakHours(Refused):
    """Peak hours that cannot hold; nothing of their table is kept."""


@dataclass(frozen=True, kw_only=True, order=True)
class Peak:
    """On these weekdays (digits in order, Monday is 0), from `from_s` until `to_s`, seconds after
    local midnight, driving takes `percent` hundredths of the ordinary time."""

    weekdays: str
    from_s: int
    to_s: int
    percent: int

    @property
    def in_words(self) -> str:
        """`Mo-Fr 07:00-09:00 150 %`."""
        times = f"{write_time(self.from_s)}-{write_time(self.to_s)}"
        return f"{weekdays_in_words(self.weekdays)} {times} {self.percent} %"


def read_peak(weekdays: str, begin: str, end: str, percent: str) -> Peak:
    """A row as people write it: `Mo-Fr` or `周一至周五`, `07:00`, `09:00`, `150`. Raises
    `UnsoundPeakHours` naming the value and what it should be."""
    days = read_weekdays(weekdays)
    if days is None:
        raise UnsoundPeakHours(
            N_("{value} are no weekdays; write Mo-Fr, or Mo,We,Fr."), value=weekdays or "-"
        )
    times = []
    for value in (begin, end):
        time_s = read_time(value)
        if time_s is None:
            raise UnsoundPeakHours(
                N_("{value} is no time of day; write 07:00, at most 24:00."), value=value or "-"
            )
        times.append(time_s)
    number = percent.strip().removesuffix("%").strip()
    if not (number.isascii() and number.isdigit()):
        raise UnsoundPeakHours(
            N_("{value} is no whole number of per cent; 150 is half as long again."),
            value=percent or "-",
        )
    digits = "".join(str(day) for day in days)
    peak = Peak(weekdays=digits, from_s=times[0], to_s=times[1], percent=int(number))
    refuse_unsound([peak])
    return peak


def refuse_unsound(peaks: Sequence[Peak]) -> None:
    """Raise `UnsoundPeakHours` for the first row that cannot hold, or two that contradict."""
    if len(peaks) > MOST_ROWS:
        raise UnsoundPeakHours(
            N_("Those are {count} rows of peak hours; {most} are the most of one table."),
            count=len(peaks),
            most=MOST_ROWS,
        )
    for peak in peaks:
        if not peak.weekdays:
            raise UnsoundPeakHours(N_("A row names no weekday; write Mo-Fr, or Mo,We,Fr."))
        if not 0 <= peak.from_s < peak.to_s <= DAY_S:
            raise UnsoundPeakHours(
                N_("{begin} to {end} is no span of a day; over midnight write two rows."),
                begin=write_time(peak.from_s),
                end=write_time(peak.to_s),
            )
        if not QUICKEST_PERCENT <= peak.percent <= SLOWEST_PERCENT:
            raise UnsoundPeakHours(
                N_(
                    "{value} per cent is not between {least} and {most}; 150 is half as long again."
                ),
                value=peak.percent,
                least=QUICKEST_PERCENT,
                most=SLOWEST_PERCENT,
            )
    for one, other in combinations(sorted(peaks), 2):
        if _overlap(one, other):
            raise UnsoundPeakHours(
                N_("{one} and {other} overlap; let one end where the other begins."),
                one=one.in_words,
                other=other.in_words,
            )


def in_effect(peaks: Iterable[Peak]) -> list[str]:
    """What a table does to driving, in words and in order; rows of the ordinary time do nothing."""
    return [peak.in_words for peak in sorted(peaks) if peak.percent != ORDINARY_PERCENT]


def on_weekday(peaks: Iterable[Peak], weekday: int) -> list[Peak]:
    """The rows that hold on a weekday (Monday is 0), in order of time."""
    own = (peak for peak in peaks if str(weekday) in peak.weekdays)
    return sorted(own, key=lambda peak: peak.from_s)


def weekdays_in_words(digits: str) -> str:
    """`Mo-Fr` for 01234, `Mo,We` for 02."""
    runs: list[list[int]] = []
    for day in sorted(map(int, digits)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        NAMES[run[0]] if len(run) == 1 else f"{NAMES[run[0]]}-{NAMES[run[-1]]}" for run in runs
    )


def _overlap(one: Peak, other: Peak) -> bool:
    return bool(set(one.weekdays) & set(other.weekdays)) and (
        one.from_s < other.to_s and other.from_s < one.to_s
    )
