"""A visit is no longer wanted."""

from __future__ import annotations

from dataclasses import dataclass

from routing.plan import Plan
from routing.problem import Problem
from routing.replan.edit import without_visits
from routing.replan.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Drop:
    """The visit leaves the problem, planned or not, and whoever accompanies it stays away."""

    visit_id: str

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem without the visit. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        return without_visits(standing.problem, {standing.visit(self.visit_id).id})
