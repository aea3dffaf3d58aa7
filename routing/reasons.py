"""Why a visit is on no day, what keeps it off each one, and what would let it in: stable codes.

*Impossible* means no plan could hold the visit; *outranked* means other visits took the room.
"""

from __future__ import annotations

from enum import StrEnum


class ReasonCode(StrEnum):
    """Stable, documented, exported; a code is never renamed."""

    NO_OPEN_HOURS = "no_open_hours"  # impossible: never open, or only in unfit times
    NO_WORKDAY = "no_workday"  # impossible: no working day of its rep within its dates and weekdays
    TOO_LONG_FOR_WINDOW = "too_long_for_window"  # impossible: longer than any usable window
    NO_ROAD = "no_road"  # impossible: no way leads there from the rep's start, or back
    TOO_FAR = "too_far"  # impossible: alone on any of its days it breaks the working hours
    GAP_IMPOSSIBLE = "gap_impossible"  # impossible: no days hold the gaps its frequency asks for
    DEADLINE_PASSED = "deadline_passed"  # impossible: promised for a day before the plan begins
    APPOINTMENT_CLASH = "appointment_clash"  # impossible: another appointment holds that time
    NOT_ACTIVE = "not_active"  # impossible: the customer may not be visited
    LOAD_TOO_BIG = "load_too_big"  # impossible: more than the vehicle carries
    HOURS_SHORT = "hours_short"  # outranked: the rep's hours are given to visits that rank higher
    LOAD_SHORT = "load_short"  # outranked: the vehicle is full of what other visits take
    WINDOW_TAKEN = "window_taken"  # outranked: hours were left, but not at its times
    GAP_TAKEN = "gap_taken"  # outranked: its days are too near to the customer's other visits
    JOINT_MISSED = "joint_missed"  # outranked: the visit it joins, or its hour, has no place
    COSTS_TOO_MUCH = "costs_too_much"  # outranked: it would fit; the rest of the plan got dearer


# A visit with one of these would have a place, were other visits not planned where they are.
OUTRANKED = frozenset(
    {
        ReasonCode.HOURS_SHORT,
        ReasonCode.LOAD_SHORT,
        ReasonCode.WINDOW_TAKEN,
        ReasonCode.GAP_TAKEN,
        ReasonCode.JOINT_MISSED,
        ReasonCode.COSTS_TOO_MUCH,
    }
)


class Bar(StrEnum):
    """What keeps a visit off one day of one rep, in the order in which it is asked."""

    FROZEN = "frozen"  # the day has begun
    ACTIVE = "active"  # the customer may not be visited
    REP = "rep"  # not one of the customer's reps, or not the one a person fixed
    DATES = "dates"  # before its earliest or after its latest day
    PIN = "pin"  # a person fixed another day
    WEEKDAY = "weekday"  # not a weekday of the customer
    PATTERN = "pattern"  # not the visit's date in a pattern of the customer
    JOINT = "joint"  # not with the visit that it accompanies
    GAP = "gap"  # too near to or too far from another visit of the customer, or before it
    ROAD = "road"  # no way leads there, or back
    CLOSED_DATE = "closed_date"  # the customer is closed on that day
    UNFIT_TIME = "unfit_time"  # open, but only in unfit times
    OPEN_HOURS = "open_hours"  # not open when the rep can be there; or that time is taken
    SERVICE = "service"  # longer than the customer is open
    MAX_VISITS = "max_visits"  # the rep makes no more visits a day
    LOAD = "load"  # the vehicle carries no more
    MAX_DRIVING = "max_driving"  # the rep drives no longer a day
    MAX_DURATION = "max_duration"  # the rep is away no longer
    DAY_END = "day_end"  # the rep would be back too late
    APPOINTMENT = "appointment"  # another visit holds the agreed time
    LUNCH = "lunch"  # it would take the rep's break
    SEVERAL = "several"  # more than one of these at once


class Anchor(StrEnum):
    """What the beginning of a planned visit hangs on."""

    APPOINTMENT = "appointment"  # agreed with the customer
    JOINT = "joint"  # two people meet there
    OPENS = "opens"  # the rep waits until the customer receives
    LUNCH = "lunch"  # the rep has had the break first
    ARRIVAL = "arrival"  # the rep comes straight from the visit before
    DAY_BEGIN = "day_begin"  # the first visit, as early as the working day allows
    CHOSEN = "chosen"  # none of these: it could begin earlier


class RemedyCode(StrEnum):
    """What would let an unserved visit in, the smaller change first where two cost the same. The
    params of each name the `date` and the `rep` where the visit then fits, and its own numbers."""

    PIN = "pin"  # nothing need change: put it there by hand
    OVERTIME = "overtime"  # minutes
    SHORTEN_VISIT = "shorten_visit"  # minutes: how long it may be
    OTHER_DATE = "other_date"
    WIDEN_WINDOW = "widen_window"  # from_s, to_s: when the customer would receive it
    RAISE_LIMIT = "raise_limit"  # limit: the bar; to: the new limit
    OTHER_REP = "other_rep"
    EXTEND_PROMISE = "extend_promise"
    MOVE_APPOINTMENT = "move_appointment"  # begin_s
    CHANGE_FREQUENCY = "change_frequency"
    CONFIRM_STATUS = "confirm_status"
