"""A visit that is owed still and that nobody will make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from routing.plan import Plan
from routing.problem import Problem
from routing.replan.edit import with_visits
from routing.replan.standing import Standing


@dataclass(frozen=True, kw_only=True)
class GiveUp:
    """The visit loses its day and gets no other. Unlike a dropped one it stays in the problem, so
    that the plan tells of it, and the gap that it leaves is nobody's fault."""

    visit_id: str

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the visit on no day. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        never = problem.first_day - timedelta(days=1)
        party = standing.party(standing.visit(self.visit_id))
        return with_visits(standing.problem, [replace(v, pinned=never) for v in party])
