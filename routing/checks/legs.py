"""When a leg may end and how long it is driven, lunch and peaks counted."""

from __future__ import annotations

from routing.checks.facts import Leg
from routing.checks.peaks import reached, reached_round
from routing.problem import WorkDay


def arrivals(leg: Leg, ordinary_s: int, lunch_s: int | None, day: WorkDay) -> dict[int, int]:
    """The arrivals that travel and lunch allow on a leg of so many ordinary seconds, each with the
    seconds that are driven until then."""
    straight_s = reached(day, leg.free_s, ordinary_s)
    straight = {straight_s: straight_s - leg.free_s}
    if lunch_s is None or day.lunch is None:
        return straight
    lunch_end_s = lunch_s + day.lunch.duration_s
    inside = leg.free_s <= lunch_s and lunch_end_s <= leg.busy_s
    if not inside or not has_room(leg, ordinary_s, lunch_s, day):
        # Not on this leg; or on it without room, which the lunch's own rule reports.
        return straight
    after_s = reached(day, lunch_end_s, ordinary_s)
    lunch_first = {after_s: after_s - lunch_end_s}
    if lunch_s >= straight_s:
        return {**lunch_first, lunch_end_s: straight[straight_s], **straight}
    paused_s = reached_round(day, leg.free_s, ordinary_s, lunch_s)
    return {**lunch_first, paused_s: paused_s - day.lunch.duration_s - leg.free_s}


def has_room(leg: Leg, ordinary_s: int, lunch_s: int, day: WorkDay) -> bool:
    """Whether both the drive and a lunch begun at `lunch_s` find room between leaving and what
    comes next; the lunch alone is known to."""
    if lunch_s >= reached(day, leg.free_s, ordinary_s):
        return True
    return reached_round(day, leg.free_s, ordinary_s, lunch_s) <= leg.busy_s


def driven_s(leg: Leg, ordinary_s: int, lunch_s: int | None, day: WorkDay) -> int:
    """Seconds on the road of a leg as the plan has it; of one that arrives when it cannot, those
    without a break, for another rule reports it."""
    allowed = arrivals(leg, ordinary_s, lunch_s, day)
    straight_s = reached(day, leg.free_s, ordinary_s) - leg.free_s
    return allowed.get(leg.arrive_s, straight_s)
