"""What a visit report must hold to, and what follows from it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.errors import Refused
from crm.text import N_
from crm.vocabulary import VisitOutcome

FIRST_VERSION = 1  # a correction is a later one
CLOCK_ALLOWANCE = timedelta(days=1)  # phones run ahead, and zones are set wrong
LONGEST_STAY = timedelta(hours=24)
LONGEST_PROMISE = timedelta(days=3 * 366)  # later than that is a slip in the year
FOUND_SOMEBODY = frozenset({VisitOutcome.MET, VisitOutcome.ORDER_TAKEN})


class ImpossibleTimes(Refused):
    """Times that no visit can have had."""


def refuse_impossible_times(
    checked_in_at: datetime, checked_out_at: datetime | None, *, now: datetime
) -> None:
    """Raise `ImpossibleTimes` for times no visit can have; any past day is fine, since phones
    are offline for as long as they are. All three are aware."""
    if checked_in_at > now + CLOCK_ALLOWANCE:
        raise ImpossibleTimes(
            N_(
                "Checked in at {checked_in_at}, more than a day after now ({now}); "
                "set the phone's clock and send the report again."
            ),
            checked_in_at=checked_in_at,
            now=now,
        )
    if checked_out_at is None:
        return
    if checked_out_at < checked_in_at:
        raise ImpossibleTimes(
            N_(
                "Checked out at {checked_out_at}, before checking in at {checked_in_at}; "
                "were the two swapped?"
            ),
            checked_in_at=checked_in_at,
            checked_out_at=checked_out_at,
        )
    if checked_out_at - checked_in_at > LONGEST_STAY:
        raise ImpossibleTimes(
            N_(
                "Checked out at {checked_out_at}, more than a day after checking in at "
                "{checked_in_at}; correct the time of leaving."
            ),
            checked_in_at=checked_in_at,
            checked_out_at=checked_out_at,
        )


def refuse_future(at: datetime, *, now: datetime) -> None:
    """Raise `ImpossibleTimes` for what is said to have happened more than a day after now."""
    if at > now + CLOCK_ALLOWANCE:
        raise ImpossibleTimes(
            N_("{at} is more than a day after now ({now}); set the phone's clock."),
            at=at,
            now=now,
        )


def refuse_impossible_due(due: date, *, made_on: date) -> None:
    """Raise `ImpossibleTimes` for a promise due before it was made, or years later."""
    if due < made_on:
        raise ImpossibleTimes(
            N_("A promise made on {made_on} cannot be due on {due}; name a later day."),
            made_on=made_on.isoformat(),
            due=due.isoformat(),
        )
    if due - made_on > LONGEST_PROMISE:
        raise ImpossibleTimes(
            N_("A promise made on {made_on} and due on {due} is years away; check the year."),
            made_on=made_on.isoformat(),
            due=due.isoformat(),
        )


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an aware instant where the rep is."""
    return instant.astimezone(zone).date()


def is_valid_visit(outcome: VisitOutcome, checked_out_at: datetime | None) -> bool:
    """有效拜访: checked in (every report is) and out, and somebody was met."""
    return checked_out_at is not None and outcome in FOUND_SOMEBODY


def stands_on(
    outcome: VisitOutcome, *, visited_on: date, names_visit: bool, planned_on: date
) -> bool:
    """Whether a report at a customer is that of a planned visit: made on its day, or naming it from
    another day if somebody was met then. Who was not there is still to be visited."""
    return visited_on == planned_on or (names_visit and outcome in FOUND_SOMEBODY)


def is_far(distance_m: int, accuracy_m: float | None, *, allowance_m: int) -> bool:
    """Whether a check-in is flagged: farther than the allowance and what the phone may err."""
    return distance_m > allowance_m + (accuracy_m or 0.0)
