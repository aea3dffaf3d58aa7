"""A rep is under way, late or early: the rest of the day is planned from where the rep is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.plan import DayRoute, Plan, Stop
from routing.problem import Lunch, Problem, WorkDay
from routing.replan.behind import left_behind
from routing.replan.edit import with_rep
from routing.replan.error import refused
from routing.replan.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a day begun has used up of the rep's limits a day."""

    visits: int
    driving_s: int
    load: int


@dataclass(frozen=True, kw_only=True)
class RunningLate:
    """At `now_s` the rep is free at the place of row `at`, has made the visits `done` and goes on
    from there. Days before are left behind. A break that was taken, or whose hours are over, is
    planned no more. The day ends at `end_s`, where that is earlier than planned. `used` is what the
    day had used up before `plan` was made, where that had happened on this very day."""

    rep_id: str
    date: date
    now_s: int
    at: int
    done: tuple[str, ...] = ()
    lunch_taken: bool = False
    end_s: int | None = None
    used: Spent | None = None

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem from this moment on. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        rep = standing.rep(self.rep_id)
        day = standing.workday(rep, self.date)
        if day is None:
            hint = f"rep {rep.id} does not work that day; is it another rep or day?"
            raise refused("rep", rep.id, "date", self.date, hint)
        if not 0 <= self.now_s < day.end_s:
            hint = f"the day ends at {day.end_s}; put its visits off with `RepIll` instead"
            raise refused("rep", rep.id, "now_s", self.now_s, hint)
        if not 0 <= self.at < len(problem.places):
            hint = f"a row of the matrices, 0 to {len(problem.places) - 1}; add the place first"
            raise refused("rep", rep.id, "at", self.at, hint)
        refuse_not_made(standing, self.rep_id, self.date, self.done)
        left = left_behind(standing, self.date, self.done)
        rest = replace(
            day,
            begin_s=self.now_s,
            end_s=self._end_s(day),
            start=self.at,
            lunch=self._lunch(day),
            max_duration_s=self._duration_s(day, plan),
        )
        (rep,) = (rep for rep in left.reps if rep.id == self.rep_id)
        days = tuple(rest if known.date == self.date else known for known in rep.workdays)
        here = (self.rep_id, self.date)
        published = tuple(
            replace(stop, frozen=stop.frozen and (stop.rep_id, stop.date) != here)
            for stop in left.published
        )
        return replace(with_rep(left, replace(rep, workdays=days)), published=published)

    def spent(self, problem: Problem, plan: Plan) -> Spent:
        """What the visits done have used up, by the plan in force."""
        made = [stop for stop in _stops(plan, self.rep_id, self.date) if stop.visit_id in self.done]
        loads = {visit.id: visit.load for visit in problem.visits}
        before = self.used or Spent(visits=0, driving_s=0, load=0)
        return Spent(
            visits=before.visits + len(made),
            driving_s=before.driving_s + sum(stop.travel_s for stop in made),
            load=before.load + sum(loads[stop.visit_id] for stop in made),
        )

    def _end_s(self, day: WorkDay) -> int:
        """Never before now: a day that ends at once has no room, which is no contradiction."""
        return day.end_s if self.end_s is None else max(self.now_s + 1, min(day.end_s, self.end_s))

    def _lunch(self, day: WorkDay) -> Lunch | None:
        lunch = day.lunch
        if lunch is None or self.lunch_taken:
            return None
        begin_s = max(lunch.earliest_s, self.now_s)
        possible = begin_s <= lunch.latest_s and begin_s + lunch.duration_s <= self._end_s(day)
        return lunch if possible else None

    def _duration_s(self, day: WorkDay, plan: Plan) -> int | None:
        """What is left of the longest time out; a second where nothing is left."""
        if day.max_duration_s is None:
            return None
        route = _route(plan, self.rep_id, self.date)
        out_s = self.now_s - route.leave_s if route is not None and self.done else 0
        return max(1, day.max_duration_s - max(0, out_s))


def refuse_not_made(standing: Standing, rep_id: str, day: date, done: tuple[str, ...]) -> None:
    """Refuse visits said to be made that the rep did not have on that day."""
    for visit_id in done:
        where = standing.where.get(visit_id)
        if where == (rep_id, day):
            continue
        stands = f"it stands on {where[1]} with rep {where[0]}" if where else "it is on no day"
        hint = f"{stands}; add the visit to {day} first if it was made all the same"
        raise refused("visit", visit_id, "done", visit_id, hint)


def _route(plan: Plan, rep_id: str, day: date) -> DayRoute | None:
    return next((r for r in plan.routes if (r.rep_id, r.date) == (rep_id, day)), None)


def _stops(plan: Plan, rep_id: str, day: date) -> tuple[Stop, ...]:
    route = _route(plan, rep_id, day)
    return route.stops if route is not None else ()
