"""Two visits exchange their days."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.plan import Plan
from routing.problem import Problem, Visit
from routing.replan.edit import with_visits
from routing.replan.error import refused
from routing.replan.pin import Pin
from routing.replan.standing import Standing, Where


@dataclass(frozen=True, kw_only=True)
class Swap:
    """Each visit is fixed to the day on which the other stands, with the rep of that day where
    they are two."""

    visit_id: str
    other_id: str

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with both visits fixed. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        first, second = standing.visit(self.visit_id), standing.visit(self.other_id)
        here, there = _where(standing, first), _where(standing, second)
        if here == there:
            hint = "both are on the same day of the same rep; their order follows from the way"
            raise refused("visit", first.id, "other_id", second.id, hint)
        reps_differ = here[0] != there[0]
        free = with_visits(
            standing.problem,
            (replace(v, pinned=None, pinned_rep_id=None) for v in (first, second)),
        )
        for visit, (rep_id, day) in ((first, there), (second, here)):
            pin = Pin(visit_id=visit.id, date=day, rep_id=rep_id if reps_differ else None)
            free = pin.applied(free, plan)
        return free


def _where(standing: Standing, visit: Visit) -> Where:
    if visit.id not in standing.where:
        hint = "it is on no day, so there is nothing to exchange; pin it to a day"
        raise refused("visit", visit.id, "date", None, hint)
    return standing.where[visit.id]
