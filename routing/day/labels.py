"""One day's order with the moments between which everything still fits, so that an insertion
is judged in constant time.

Going forward, `early[i]` is the earliest second at which stop i can be left, going backward,
`late[i]` the latest second at which its place may be reached with the rest of the day intact;
each exists twice, before and after lunch. Lunch belongs to one leg: it begins when the stop
before is left or on the way, but not before its window opens, so that leg ends at
`max(leave + travel, earliest) + duration`, and it is possible while `leave <= latest`. What a leg
takes at which hour is asked of the day's `Pace`; what it costs is reckoned by ordinary seconds.
"""

from __future__ import annotations

from itertools import pairwise

from routing.cycle.instance import FOREVER_S, Family, Job, Rows, Slot
from routing.day.driving import driven_on
from routing.day.moments import NEVER, TOO_EARLY, begin_at, latest_begin
from routing.rules.windows import Windows


class Day:
    """A slot's stops in order with their labels. A value: changes make a new one.

    `back_s` is when the rep is back at the earliest; `fits` tells whether the order keeps windows,
    lunch, working hours and the rep's limits; the other questions are answered only for a day
    that fits. `travel_s` is of ordinary legs, `driven_s()` what they take at their hours.
    """

    __slots__ = (
        "_insertions", "back_s", "early_fed", "early_hungry", "fits", "jobs", "late_fed",
        "late_hungry", "leg_cost", "load", "pace", "service_s", "slot", "travel_s",
    )  # fmt: skip

    def __init__(self, slot: Slot, jobs: tuple[Job, ...] = ()) -> None:
        self.slot = slot
        self.jobs = jobs
        self.pace = slot.pace
        self._insertions: dict[tuple[int, int, Windows], tuple[int, int] | None] = {}
        self.load = sum(job.visit.load for job in jobs)
        self.fits = self._label()

    @property
    def work_s(self) -> int:
        """Seconds of visits and travel, without waiting and lunch."""
        return self.service_s + self.travel_s

    @property
    def cost(self) -> int:
        """What the legs cost, time and money, with the time that they take at their hours."""
        return self.leg_cost + self.driven_s() - self.travel_s

    def with_job(self, job: Job, position: int) -> Day:
        """The day with one more stop, which becomes number `position` (from 0)."""
        return Day(self.slot, (*self.jobs[:position], job, *self.jobs[position:]))

    def without(self, family: Family) -> Day:
        """The day without a customer's visits. It fits where travel times keep the triangle
        inequality; a real road's may not."""
        return Day(
            self.slot, tuple(job for job in self.jobs if job.customer is not family.customer)
        )

    def leave_by(self, stop: int, travel_s: int) -> tuple[int, int]:
        """Earliest arrival (before lunch, after lunch) `travel_s` after leaving stop `stop - 1`,
        where stop 0 is the first visit."""
        hungry, fed = self.early_hungry[stop], self.early_fed[stop]
        lunch, pace = self.slot.lunch, self.pace
        after = pace.arrive(fed, travel_s)
        if lunch is not None and hungry <= lunch.latest_s:
            after = min(after, pace.after_lunch(hungry, travel_s, lunch))
        return pace.arrive(hungry, travel_s), after

    def best_insertion(self, job: Job) -> tuple[int, int] | None:
        """(added travel seconds, position) of the place whose legs cost least for a visit; None
        where there is none. Remembered, for one asks the same of a day many times."""
        windows = job.windows.get(self.slot.index)
        slot = self.slot
        if (
            windows is None
            or len(self.jobs) >= slot.max_visits
            or self.load + job.visit.load > slot.max_load
        ):
            return None
        asked = (job.node, job.service_s, windows)
        try:
            return self._insertions[asked]
        except KeyError:
            found = self._best_insertion(*asked)
        if found is not None and (self._is_bounded() or self._drive_is_bounded()):
            found = self._tried_insertion(job)
        self._insertions[asked] = found
        return found

    def _tried_insertion(self, job: Job) -> tuple[int, int] | None:
        """The same where the labels do not tell how long the rep is out or drives: each place is
        tried."""
        tried = [self.with_job(job, position) for position in range(len(self.jobs) + 1)]
        _, position = min(
            ((day.leg_cost, position) for position, day in enumerate(tried) if day.fits),
            default=(NEVER, None),
        )
        return None if position is None else (tried[position].travel_s - self.travel_s, position)

    def leave_by_for(self, home_s: int) -> int:
        """The last second at which the rep may leave to be back by `home_s`, lunch on the way."""
        slot, lunch = self.slot, self.slot.lunch
        late_hungry, late_fed = self._latest(home_s)
        leg_s = slot.travel[slot.day.start][self.jobs[0].node]
        if lunch is None:
            return self.pace.depart(late_fed[0], leg_s)
        leave_s = self.pace.depart(late_hungry[0], leg_s)
        return max(leave_s, self.pace.before_lunch(late_fed[0], leg_s, lunch))

    def hours_needed(self) -> tuple[int, int]:
        """(leaving, coming home): the whole working day, or, where the rep may not be out for so
        long, from the last moment of leaving to the first of being back."""
        day = self.slot.day
        if not self.jobs or not self._is_bounded():
            return day.begin_s, day.end_s
        return self.leave_by_for(self.back_s), self.back_s

    def driven_s(self) -> int:
        """Seconds on the road of the day as it is timed: `routing.day.schedule.timed_route`."""
        if not self.jobs or not self.pace.peaked:
            return self.travel_s
        begin_s, _ = self.hours_needed()
        return driven_on(self.slot, self.jobs, begin_s)

    def _best_insertion(
        self, node: int, service_s: int, windows: Windows
    ) -> tuple[int, int] | None:
        slot = self.slot
        most = FOREVER_S if self.pace.peaked else slot.max_driving_s - self.travel_s
        stops = [slot.day.start, *(job.node for job in self.jobs), slot.day.end]
        added = self._added(slot.travel, stops, node)
        dearer = self._added(slot.leg_cost, stops, node)
        for _, position in sorted(zip(dearer, range(len(dearer)), strict=True)):
            if added[position] <= most and self._fits(
                windows, service_s, position, stops[position], node, stops[position + 1]
            ):
                return added[position], position
        return None

    def _added(self, legs: Rows, stops: list[int], node: int) -> list[int]:
        """By how much the legs of the day grow with one more stop at `node`, for each position. A
        day without stops has no leg yet."""
        before = legs if self.jobs else None
        return [
            legs[here][node] + legs[node][there] - (before[here][there] if before else 0)
            for here, there in pairwise(stops)
        ]

    def _fits(
        self, windows: Windows, service_s: int, position: int, before: int, node: int, after: int
    ) -> bool:
        travel, arrive = self.slot.travel, self.pace.arrive
        hungry, fed = self.leave_by(position, travel[before][node])
        onward_s = travel[node][after]
        if fed < NEVER:
            reached = arrive(begin_at(windows, fed) + service_s, onward_s)
            if reached <= self.late_fed[position]:
                return True
        if hungry >= NEVER:
            return False
        left = begin_at(windows, hungry) + service_s
        if arrive(left, onward_s) <= self.late_hungry[position]:
            return True
        lunch = self.slot.lunch
        if lunch is None or left > lunch.latest_s:
            return False
        return self.pace.after_lunch(left, onward_s, lunch) <= self.late_fed[position]

    def _label(self) -> bool:
        """Compute all labels; False if the order does not fit its slot."""
        slot, jobs = self.slot, self.jobs
        day, lunch, travel = slot.day, slot.lunch, slot.travel
        self.early_hungry = [day.begin_s if lunch else NEVER]
        self.early_fed = [NEVER if lunch else day.begin_s]
        self.travel_s = self.service_s = self.leg_cost = 0
        before = day.start
        for position, job in enumerate(jobs):
            windows = job.windows[slot.index]
            leg_s = travel[before][job.node]
            hungry, fed = self.leave_by(position, leg_s)
            self.early_hungry.append(min(begin_at(windows, hungry) + job.service_s, NEVER))
            self.early_fed.append(min(begin_at(windows, fed) + job.service_s, NEVER))
            self.travel_s += leg_s
            self.leg_cost += slot.leg_cost[before][job.node]
            self.service_s += job.service_s
            before = job.node
        if jobs:
            self.travel_s += travel[before][day.end]
            self.leg_cost += slot.leg_cost[before][day.end]
        self.late_hungry, self.late_fed = self._latest(day.end_s)
        self.back_s = day.begin_s
        if jobs:
            self.back_s = self.leave_by(len(jobs), travel[before][day.end])[1]
        return (
            self.back_s <= day.end_s
            and len(jobs) <= slot.max_visits
            and self.load <= slot.max_load
            and self._is_short_enough()
            and self.driven_s() <= slot.max_driving_s
        )

    def _is_bounded(self) -> bool:
        """Whether the rep may be out for less than the working day."""
        return self.slot.max_duration_s < self.slot.day.end_s - self.slot.day.begin_s

    def _drive_is_bounded(self) -> bool:
        """Whether the limit of a day's driving asks at what hours is driven."""
        return self.pace.peaked and self.slot.max_driving_s < FOREVER_S

    def _is_short_enough(self) -> bool:
        if not self.jobs or not self._is_bounded():
            return True
        begin_s, end_s = self.hours_needed()
        return end_s - begin_s <= self.slot.max_duration_s

    def _latest(self, home_s: int) -> tuple[list[int], list[int]]:
        """By when each stop must be reached to be home by `home_s`: (lunch ahead, lunch had)."""
        slot, jobs = self.slot, self.jobs
        lunch, travel, pace = slot.lunch, slot.travel, self.pace
        hungry, fed = TOO_EARLY, home_s
        late_hungry, late_fed = [hungry], [fed]
        after = slot.day.end
        for job in reversed(jobs):
            windows = job.windows[slot.index]
            leg_s = travel[job.node][after]
            leave_s = pace.depart(hungry, leg_s)
            if lunch is not None:
                leave_s = max(leave_s, pace.before_lunch(fed, leg_s, lunch))
            hungry = latest_begin(windows, leave_s - job.service_s)
            fed = latest_begin(windows, pace.depart(fed, leg_s) - job.service_s)
            late_hungry.append(hungry)
            late_fed.append(fed)
            after = job.node
        late_hungry.reverse()
        late_fed.reverse()
        return late_hungry, late_fed
