"""The clock of a day: arrival, begin and end of each stop of a given order, and its lunch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from routing.cycle.instance import Job, Slot
from routing.day.labels import Day
from routing.day.moments import NEVER, begin_at
from routing.plan import DayRoute, Stop
from routing.problem import Lunch, Matrix
from routing.rules.pace import Pace


def timed_route(slot: Slot, jobs: Sequence[Job], metres: Matrix) -> DayRoute:
    """The day as early home as the order allows, leaving home as late as that needs.

    Raises ValueError where the order does not fit the slot.
    """
    day = Day(slot, tuple(jobs))
    if not jobs or not day.fits:
        raise ValueError(f"{slot.rep.id} {slot.date}: this order of visits does not fit the day")
    if day.hours_needed() != (slot.day.begin_s, slot.day.end_s):
        slot = _no_earlier_than_needed(day)
        day = Day(slot, tuple(jobs))
    pace = day.pace
    lunch_leg = _lunch_leg(day)
    nodes = [slot.day.start, *(job.node for job in jobs), slot.day.end]
    leave_s = now_s = slot.day.begin_s
    lunch_begin_s = None
    stops = []
    for leg, (here, there) in enumerate(pairwise(nodes)):
        leg_s = slot.travel[here][there]
        arrive_s = ready_s = pace.arrive(now_s, leg_s)
        travel_s = pace.driven(now_s, leg_s)
        if leg == lunch_leg and slot.lunch is not None:
            lunch_begin_s, arrive_s, ready_s = _over_lunch(pace, slot.lunch, now_s, leg_s)
            travel_s = pace.driven_round_lunch(now_s, leg_s, slot.lunch)
        if leg == len(jobs):
            now_s = ready_s
            break
        job = jobs[leg]
        begin_s = begin_at(job.windows[slot.index], ready_s)
        if leg == 0:  # no reason to leave home early and wait outside
            leave_s, arrive_s, lunch_begin_s, travel_s = _first_leg(
                pace, slot.lunch if lunch_leg == 0 else None, begin_s, leg_s
            )
        now_s = begin_s + job.service_s
        stops.append(
            Stop(
                visit_id=job.visit.id,
                customer_id=job.customer.id,
                arrive_s=arrive_s,
                begin_s=begin_s,
                end_s=now_s,
                travel_s=travel_s,
                travel_m=int(metres[here, there]),
                purpose=job.visit.purpose,
            )
        )
    return DayRoute(
        rep_id=slot.rep.id,
        date=slot.date,
        leave_s=leave_s,
        return_s=now_s,
        stops=tuple(stops),
        travel_back_s=travel_s,
        travel_back_m=int(metres[nodes[-2], nodes[-1]]),
        lunch_begin_s=lunch_begin_s,
    )


def _no_earlier_than_needed(day: Day) -> Slot:
    """The slot from the last moment of leaving to the first of being back."""
    begin_s, end_s = day.hours_needed()
    hours = replace(day.slot.day, begin_s=begin_s, end_s=end_s)
    return replace(day.slot, day=hours, max_duration_s=end_s - begin_s)


def _over_lunch(pace: Pace, lunch: Lunch, left_s: int, leg_s: int) -> tuple[int, int, int]:
    """(lunch begins, arrival, ready) on a leg left at `left_s`: lunch at once or as soon as its
    window opens, which may be on the way or on arrival."""
    begin_s = max(left_s, lunch.earliest_s)
    ready_s = pace.after_lunch(left_s, leg_s, lunch)
    arrive_s = pace.arrive(left_s, leg_s)
    return begin_s, arrive_s if begin_s >= arrive_s else ready_s, ready_s


def _first_leg(
    pace: Pace, lunch: Lunch | None, begin_s: int, leg_s: int
) -> tuple[int, int, int | None, int]:
    """(leave home, arrival, lunch begins, driven) as late as the first visit, which begins at
    `begin_s`, allows."""
    leave_s = pace.depart(begin_s, leg_s)
    arrive_s, travel_s = pace.arrive(leave_s, leg_s), pace.driven(leave_s, leg_s)
    if lunch is None:
        return leave_s, arrive_s, None, travel_s
    at_home_s = min(lunch.latest_s, leave_s - lunch.duration_s)
    if at_home_s >= lunch.earliest_s:
        return leave_s, arrive_s, at_home_s, travel_s
    leave_s = pace.before_lunch(begin_s, leg_s, lunch)
    lunch_begin_s, arrive_s, _ = _over_lunch(pace, lunch, leave_s, leg_s)
    return leave_s, arrive_s, lunch_begin_s, pace.driven_round_lunch(leave_s, leg_s, lunch)


def _lunch_leg(day: Day) -> int:
    """The leg on which lunch is taken so that the day ends earliest; -1 for a day without."""
    if day.slot.lunch is None:
        return -1
    travel = day.slot.travel
    nodes = [day.slot.day.start, *(job.node for job in day.jobs), day.slot.day.end]
    for leg in range(len(day.jobs), 0, -1):
        leg_s = travel[nodes[leg]][nodes[leg + 1]]
        had_s = day.pace.arrive(day.early_fed[leg], leg_s)
        if day.early_fed[leg] >= NEVER or day.leave_by(leg, leg_s)[1] < had_s:
            return leg
    return 0
