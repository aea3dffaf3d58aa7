"""What every change to a plan in force has in common."""

from __future__ import annotations

from typing import Protocol

from routing.plan import Plan
from routing.problem import Problem


class Change(Protocol):
    """Something that has happened or that a person wants otherwise; a plain picklable value."""

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem as it is now, with the plan in force as its published plan.

        `plan` is the plan in force throughout; of several changes each gets the problem that the
        one before has made. Raises `ChangeRefused`.
        """
        ...
