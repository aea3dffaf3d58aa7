"""Seconds on the road of a day with peaks, where a leg takes what its hour makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from routing.cycle.instance import Job, Slot
from routing.day.moments import NEVER, begin_at
from routing.problem import Lunch
from routing.rules.pace import Pace


def driven_on(slot: Slot, jobs: Sequence[Job], begin_s: int) -> int:
    """Of a day that fits, with one visit or more, begun at `begin_s`, home left as late as its
    first visit allows and lunch as `routing.day.schedule.timed_route` has it."""
    lunch, pace = slot.lunch, slot.pace
    hungry, fed = (begin_s, 0) if lunch else (NEVER, 0), (NEVER, 0) if lunch else (begin_s, 0)
    here = slot.day.start
    for position, job in enumerate(jobs):
        leg_s, windows = slot.travel[here][job.node], job.windows[slot.index]
        straight = (pace.arrive(hungry[0], leg_s), hungry[1] + pace.driven(hungry[0], leg_s))
        fed = _sooner_fed(pace, lunch, hungry, fed, leg_s)
        began_s, fed_began_s = begin_at(windows, straight[0]), begin_at(windows, fed[0])
        if position == 0:  # leaves as late as the first visit allows
            straight = (began_s, _driven_to(pace, began_s, leg_s))
            fed = (fed_began_s, _driven_first(pace, lunch, fed_began_s, leg_s))
        hungry = (min(began_s + job.service_s, NEVER), straight[1])
        fed = (min(fed_began_s + job.service_s, NEVER), fed[1])
        here = job.node
    return _sooner_fed(pace, lunch, hungry, fed, slot.travel[here][slot.day.end])[1]


def _sooner_fed(
    pace: Pace, lunch: Lunch | None, hungry: tuple[int, int], fed: tuple[int, int], leg_s: int
) -> tuple[int, int]:
    """(arrived after lunch, driven) at the end of a leg, from (leaving, driven) before lunch and
    after it: lunch on this leg where that is sooner."""
    had_s = pace.arrive(fed[0], leg_s)
    if lunch is not None and hungry[0] <= lunch.latest_s:
        now_s = pace.after_lunch(hungry[0], leg_s, lunch)
        if now_s < had_s:
            return now_s, hungry[1] + pace.driven_round_lunch(hungry[0], leg_s, lunch)
    return had_s, fed[1] + had_s - fed[0]


def _driven_to(pace: Pace, begin_s: int, leg_s: int) -> int:
    """Seconds on the road of the first leg, left as late as the visit allows."""
    return pace.driven(pace.depart(begin_s, leg_s), leg_s)


def _driven_first(pace: Pace, lunch: Lunch | None, begin_s: int, leg_s: int) -> int:
    """The same with lunch had by then: at home before leaving where its window is open by then."""
    leave_s = pace.depart(begin_s, leg_s)
    if lunch is None or min(lunch.latest_s, leave_s - lunch.duration_s) >= lunch.earliest_s:
        return pace.driven(leave_s, leg_s)
    return pace.driven_round_lunch(pace.before_lunch(begin_s, leg_s, lunch), leg_s, lunch)
