"""What the checker says: the broken rule as a stable code, where, and the sentence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Rule(StrEnum):
    """Every hard rule. A code is stable, documented in docs/rules.md and never renamed."""

    WRONG_PROBLEM = "wrong_problem"
    WRONG_FINGERPRINT = "wrong_fingerprint"
    WRONG_TRAVEL_SOURCE = "wrong_travel_source"
    VISIT_LOST = "visit_lost"
    VISIT_DOUBLED = "visit_doubled"
    VISIT_INVENTED = "visit_invented"
    WRONG_CUSTOMER = "wrong_customer"
    WRONG_PURPOSE = "wrong_purpose"
    UNKNOWN_REASON = "unknown_reason"
    NOT_ACTIVE = "not_active"
    UNKNOWN_REP = "unknown_rep"
    REP_NOT_ALLOWED = "rep_not_allowed"
    JOINT_ALONE = "joint_alone"
    JOINT_APART = "joint_apart"
    NO_WORKDAY = "no_workday"
    ROUTE_DOUBLED = "route_doubled"
    OUTSIDE_DATES = "outside_dates"
    PIN_MOVED = "pin_moved"
    FROZEN_MOVED = "frozen_moved"
    APPOINTMENT_MOVED = "appointment_moved"
    PROMISE_LATE = "promise_late"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_PATTERN = "wrong_pattern"
    OUT_OF_ORDER = "out_of_order"
    TWO_VISITS_A_DAY = "two_visits_a_day"
    GAP_TOO_SHORT = "gap_too_short"
    GAP_TOO_LONG = "gap_too_long"
    CLOSED_DATE = "closed_date"
    OUTSIDE_OPEN_HOURS = "outside_open_hours"
    IN_UNFIT_TIME = "in_unfit_time"
    WRONG_TRAVEL = "wrong_travel"
    WRONG_ARRIVAL = "wrong_arrival"
    BEGINS_BEFORE_ARRIVAL = "begins_before_arrival"
    WRONG_SERVICE = "wrong_service"
    LEAVES_TOO_EARLY = "leaves_too_early"
    RETURNS_TOO_LATE = "returns_too_late"
    LUNCH_MISSING = "lunch_missing"
    LUNCH_WITHOUT_RULE = "lunch_without_rule"
    LUNCH_OUTSIDE_WINDOW = "lunch_outside_window"
    LUNCH_DURING_VISIT = "lunch_during_visit"
    LUNCH_NO_ROOM = "lunch_no_room"
    TOO_MANY_VISITS = "too_many_visits"
    TOO_MUCH_DRIVING = "too_much_driving"
    OUT_TOO_LONG = "out_too_long"
    TOO_MUCH_LOAD = "too_much_load"


SENTENCES: Mapping[Rule, str] = {
    Rule.WRONG_PROBLEM: "The plan answers problem {given}, not {expected}.",
    Rule.WRONG_FINGERPRINT: "The plan was made from other data: {given}, not {expected}.",
    Rule.WRONG_TRAVEL_SOURCE: "The plan's travel times are from {given}, not from {expected}.",
    Rule.VISIT_LOST: "Visit {visit} of {customer} is on no day and has no reason.",
    Rule.VISIT_DOUBLED: "Visit {visit} stands {times} times in the plan.",
    Rule.VISIT_INVENTED: "Visit {visit} is not in the problem.",
    Rule.WRONG_CUSTOMER: "Visit {visit} is with {expected}, the plan says {given}.",
    Rule.WRONG_PURPOSE: "Visit {visit} is for '{expected}', the plan says '{given}'.",
    Rule.UNKNOWN_REASON: "Visit {visit} is unserved for an unknown reason '{given}'.",
    Rule.NOT_ACTIVE: "{customer} is {status} and may not be visited (visit {visit}).",
    Rule.UNKNOWN_REP: "Rep {rep} is not in the problem.",
    Rule.REP_NOT_ALLOWED: "Rep {rep} may not visit {customer} (visit {visit}).",
    Rule.JOINT_ALONE: "Visit {visit} accompanies visit {other}, which is on no day.",
    Rule.JOINT_APART: (
        "Visit {visit} is with rep {rep} on {date} at {time}, the visit {other_visit} that it"
        " accompanies with rep {other_rep} on {other_date} at {other_time}."
    ),
    Rule.NO_WORKDAY: "Rep {rep} does not work on {date}.",
    Rule.ROUTE_DOUBLED: "Rep {rep} has more than one route on {date}.",
    Rule.OUTSIDE_DATES: "Visit {visit} is on {date}, outside {earliest} to {latest}.",
    Rule.PIN_MOVED: "Visit {visit} is pinned to {expected} and stands on {date}.",
    Rule.FROZEN_MOVED: "Visit {visit} is frozen on {expected} for rep {rep} and is not there.",
    Rule.APPOINTMENT_MOVED: (
        "Appointment {visit} is agreed for {expected} at {expected_time}"
        " and stands on {date} at {time}."
    ),
    Rule.PROMISE_LATE: "Visit {visit} was promised by {latest} and is on {date}.",
    Rule.WRONG_WEEKDAY: (
        "Visit {visit} is on {date}, a weekday on which {customer} is not to be visited."
    ),
    Rule.WRONG_PATTERN: (
        "Visit {visit} is on {date}; no pattern of {customer} has its visits on these days."
    ),
    Rule.OUT_OF_ORDER: "Visit {visit} of {customer} is on {date}, before {other} on {other_date}.",
    Rule.TWO_VISITS_A_DAY: "{customer} is visited more than once on {date}.",
    Rule.GAP_TOO_SHORT: (
        "{customer}: {days} days from {since} to {until}, at least {limit} are asked for."
    ),
    Rule.GAP_TOO_LONG: (
        "{customer}: {days} days from {since} to {until}, at most {limit} are allowed."
    ),
    Rule.CLOSED_DATE: "{customer} is closed on {date} (visit {visit}).",
    Rule.OUTSIDE_OPEN_HOURS: (
        "Visit {visit} from {begin} to {end} is outside the opening hours of {customer}."
    ),
    Rule.IN_UNFIT_TIME: (
        "Visit {visit} from {begin} to {end} touches the unfit time {unfit_from} to {unfit_to}"
        " of {customer}."
    ),
    Rule.WRONG_TRAVEL: (
        "The leg to {to} is {given_s} s and {given_m} m, the matrix says"
        " {expected_s} s and {expected_m} m."
    ),
    Rule.WRONG_ARRIVAL: "Arrival at {to} is {given}, by travel and lunch it is {expected}.",
    Rule.BEGINS_BEFORE_ARRIVAL: "Visit {visit} begins at {begin}, before the arrival at {arrive}.",
    Rule.WRONG_SERVICE: "Visit {visit} lasts {given} s, {expected} s are asked for.",
    Rule.LEAVES_TOO_EARLY: "Rep {rep} leaves at {given} on {date}, before {limit}.",
    Rule.RETURNS_TOO_LATE: "Rep {rep} is back at {given} on {date}, after {limit}.",
    Rule.LUNCH_MISSING: "Rep {rep} has no lunch on {date}.",
    Rule.LUNCH_WITHOUT_RULE: "Rep {rep} has a lunch on {date} and none is asked for.",
    Rule.LUNCH_OUTSIDE_WINDOW: (
        "Rep {rep}'s lunch on {date} begins at {given}, outside {earliest} to {latest}."
    ),
    Rule.LUNCH_DURING_VISIT: "Rep {rep}'s lunch at {given} on {date} is during visit {visit}.",
    Rule.LUNCH_NO_ROOM: "There is no room for rep {rep}'s lunch at {given} on {date}.",
    Rule.TOO_MANY_VISITS: "Rep {rep} has {given} visits on {date}, at most {limit} are allowed.",
    Rule.TOO_MUCH_DRIVING: "Rep {rep} drives {given} s on {date}, at most {limit} s are allowed.",
    Rule.OUT_TOO_LONG: "Rep {rep} is out for {given} s on {date}, at most {limit} s are allowed.",
    Rule.TOO_MUCH_LOAD: "Rep {rep} carries {given} on {date}, the vehicle holds {limit}.",
}


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A hard rule broken at one place. `params` fill the rule's sentence in any language."""

    rule: Rule
    params: dict[str, str | int] = field(default_factory=dict)
    visit_id: str | None = None
    rep_id: str | None = None
    date: date | None = None

    @property
    def message(self) -> str:
        """The rule's English sentence with the numbers of this place."""
        return SENTENCES[self.rule].format(**self.params)


def clock(seconds: int) -> str:
    """Seconds after midnight as people read them: 11:30, or 11:30:01 where seconds matter."""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return f"{sign}{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")
