"""How long a leg takes at what time of a day.

Speed is the same between two moments at which it changes, so who leaves later never arrives
earlier. A second at `percent` of the ordinary time covers `GROUND * 100 / percent`, rounded up, of
the `GROUND` that an ordinary second covers; a leg of n seconds is driven as soon as n * `GROUND` is
covered. These are whole numbers, so that the planner, the compiled search and the checker agree
to the second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import add, sub

from routing.problem import Lunch, Peak

GROUND = 1_000_000_000  # what an ordinary second covers
ALL_PERCENT = 100
TOO_EARLY = -(1 << 40)


class Pace:
    """A day on which every leg takes what the matrix says. Times may lie outside of the day."""

    peaked = False
    # (leaving, ordinary seconds) → the first arrival, and the other way round: (arrival, ordinary
    # seconds) → the last leaving that is in time. Asked all the time, so the fastest there is.
    arrive: Callable[[int, int], int] = staticmethod(add)
    depart: Callable[[int, int], int] = staticmethod(sub)

    def after_lunch(self, leave_s: int, leg_s: int, lunch: Lunch) -> int:
        """When arrived and fed with lunch on the leg: at once, or as soon as its window opens."""
        return max(leave_s + leg_s, lunch.earliest_s) + lunch.duration_s

    def before_lunch(self, ready_s: int, leg_s: int, lunch: Lunch) -> int:
        """The last leaving that is arrived and fed by `ready_s`; `TOO_EARLY`: none is."""
        if lunch.earliest_s + lunch.duration_s > ready_s:
            return TOO_EARLY
        return min(lunch.latest_s, ready_s - lunch.duration_s - leg_s)

    def at_least(self, leg_s: int) -> int:
        """Seconds on the road that such legs take at any hour."""
        return leg_s

    def driven(self, leave_s: int, leg_s: int) -> int:
        """Seconds on the road of a leg."""
        return leg_s

    def driven_round_lunch(self, leave_s: int, leg_s: int, lunch: Lunch) -> int:
        """Seconds on the road of a leg with lunch as in `after_lunch`."""
        return leg_s


class Peaked(Pace):
    """A day with peaks. `sums[k]` is what is covered from the first change until change k."""

    peaked = True

    def __init__(self, peaks: Sequence[Peak]) -> None:
        self.changes_s, self.speeds = changes_of(peaks)
        self.sums = [0]
        for k in range(1, len(self.changes_s)):
            seconds = self.changes_s[k] - self.changes_s[k - 1]
            self.sums.append(self.sums[-1] + seconds * self.speeds[k - 1])

    def arrive(self, leave_s: int, leg_s: int) -> int:
        """The first second at which the leg is driven."""
        return self._first_at(self.covered(leave_s) + leg_s * GROUND)

    def depart(self, arrive_s: int, leg_s: int) -> int:
        """The last second of leaving from which `arrive` is not later."""
        return self._last_at(self.covered(arrive_s) - leg_s * GROUND)

    def after_lunch(self, leave_s: int, leg_s: int, lunch: Lunch) -> int:
        """As of `Pace`; the ground that the break passes over is driven after it."""
        if leave_s >= lunch.earliest_s:
            return self.arrive(leave_s + lunch.duration_s, leg_s)
        on_arrival = lunch.earliest_s + lunch.duration_s
        if self.arrive(leave_s, leg_s) <= lunch.earliest_s:
            return on_arrival
        missed = self.covered(on_arrival) - self.covered(lunch.earliest_s)
        return self._first_at(self.covered(leave_s) + leg_s * GROUND + missed)

    def before_lunch(self, ready_s: int, leg_s: int, lunch: Lunch) -> int:
        """The exact inverse of `after_lunch`, as of `Pace`."""
        on_arrival = lunch.earliest_s + lunch.duration_s
        if on_arrival > ready_s:
            return TOO_EARLY
        at_once = self.depart(ready_s, leg_s) - lunch.duration_s
        if at_once >= lunch.earliest_s:
            return min(lunch.latest_s, at_once)
        missed = self.covered(on_arrival) - self.covered(lunch.earliest_s)
        return self._last_at(self.covered(ready_s) - leg_s * GROUND - missed)

    def at_least(self, leg_s: int) -> int:
        """Seconds on the road that such legs take at any hour."""
        return leg_s * GROUND // max(self.speeds)

    def driven(self, leave_s: int, leg_s: int) -> int:
        """Seconds on the road of a leg."""
        return self.arrive(leave_s, leg_s) - leave_s

    def driven_round_lunch(self, leave_s: int, leg_s: int, lunch: Lunch) -> int:
        """Seconds on the road of a leg with lunch as in `after_lunch`."""
        arrive_s = self.arrive(leave_s, leg_s)
        if arrive_s <= lunch.earliest_s:
            return arrive_s - leave_s
        return self.after_lunch(leave_s, leg_s, lunch) - lunch.duration_s - leave_s

    def covered(self, time_s: int) -> int:
        """What is covered from the first change until then; less than 0 before it."""
        k = max(0, bisect_right(self.changes_s, time_s) - 1)
        return self.sums[k] + (time_s - self.changes_s[k]) * self.speeds[k]

    def _first_at(self, covered: int) -> int:
        """The first second by which so much is covered."""
        k = max(0, bisect_right(self.sums, covered) - 1)
        return self.changes_s[k] - (self.sums[k] - covered) // self.speeds[k]

    def _last_at(self, covered: int) -> int:
        """The last second by which no more than that is covered."""
        k = max(0, bisect_right(self.sums, covered) - 1)
        return self.changes_s[k] + (covered - self.sums[k]) // self.speeds[k]


def changes_of(peaks: Sequence[Peak]) -> tuple[list[int], list[int]]:
    """The moments at which speed changes, and from each on what a second covers. The first one is
    before the day: what was before it is as ordinary as what comes after the last."""
    changes_s, speeds = [-1], [GROUND]
    for peak in peaks:
        for moment_s, percent in ((peak.from_s, peak.percent), (peak.to_s, ALL_PERCENT)):
            if changes_s[-1] == moment_s:  # one peak follows another
                changes_s.pop()
                speeds.pop()
            changes_s.append(moment_s)
            speeds.append(-(-GROUND * ALL_PERCENT // percent))
    return changes_s, speeds


@lru_cache(maxsize=1024)
def pace_of(peaks: tuple[Peak, ...]) -> Pace:
    """The pace of a day with these peaks, made once for all days that have them."""
    return Peaked(peaks) if peaks else Pace()
