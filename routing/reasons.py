"""Why a visit is on no day: stable codes, each with its rule in words.

*Impossible* means no plan could hold the visit; *outranked* means other visits took the room.
"""

from __future__ import annotations

from enum import StrEnum


class ReasonCode(StrEnum):
    """Stable, documented, exported; a code is never renamed."""

    NO_OPEN_HOURS = "no_open_hours"  # impossible: never open, or only in unfit times
    NO_WORKDAY = "no_workday"  # impossible: no working day of its rep within its dates
    TOO_LONG_FOR_WINDOW = "too_long_for_window"  # impossible: longer than any usable window
    TOO_FAR = "too_far"  # impossible: alone on any of its days it breaks the working hours
    GAP_IMPOSSIBLE = "gap_impossible"  # impossible: no days hold the gaps its frequency asks for
    DEADLINE_PASSED = "deadline_passed"  # impossible: promised for a day before the plan begins
    APPOINTMENT_CLASH = "appointment_clash"  # impossible: another appointment holds that time
    NOT_ACTIVE = "not_active"  # impossible: the customer may not be visited
    HOURS_SHORT = "hours_short"  # outranked: the rep's hours are given to visits that rank higher
    WINDOW_TAKEN = "window_taken"  # outranked: hours were left, but not at its times


class RemedyCode(StrEnum):
    """What would let an unserved visit in; numbers stand in the remedy's params."""

    OVERTIME = "overtime"  # params: date, minutes
    WIDEN_WINDOW = "widen_window"  # params: date, from_s, to_s
    OTHER_DATE = "other_date"  # params: date
    SHORTEN_VISIT = "shorten_visit"  # params: minutes
    OTHER_REP = "other_rep"
    MOVE_APPOINTMENT = "move_appointment"  # params: other
    CONFIRM_STATUS = "confirm_status"
    EXTEND_PROMISE = "extend_promise"  # params: date
    CHANGE_FREQUENCY = "change_frequency"
