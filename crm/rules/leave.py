"""What a leave takes of a rep's day: all of it, or the half before or after lunch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crm.vocabulary import DayPart


@dataclass(frozen=True, kw_only=True)
class Absence:
    """From first to last day, both included, this part of each."""

    first_day: date
    last_day: date
    part: DayPart


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A working day, in seconds after local midnight. `lunch_s` is how long lunch takes and
    `lunch_earliest_s` when it begins at the earliest."""

    begin_s: int
    end_s: int
    lunch_earliest_s: int
    lunch_s: int


def parts_off(absences: Iterable[Absence], day: date) -> frozenset[DayPart]:
    """The parts of a day that are off; both halves are the whole."""
    parts = {one.part for one in absences if one.first_day <= day <= one.last_day}
    if parts >= {DayPart.MORNING, DayPart.AFTERNOON}:
        parts.add(DayPart.WHOLE)
    return frozenset(parts)


def hours_left(hours: Hours, off: frozenset[DayPart]) -> tuple[int, int] | None:
    """(begin, end) of what is left of a day; None where nothing is. The morning ends when lunch
    may begin and the afternoon begins after it; without lunch each is half of the day."""
    noon = max(hours.begin_s, hours.lunch_earliest_s)
    if not hours.lunch_s:
        noon = (hours.begin_s + hours.end_s) // 2
    begin_s, end_s = hours.begin_s, hours.end_s
    if DayPart.WHOLE in off:
        return None
    if DayPart.MORNING in off:
        begin_s = noon + hours.lunch_s
    if DayPart.AFTERNOON in off:
        end_s = noon
    return (begin_s, end_s) if begin_s < end_s else None
