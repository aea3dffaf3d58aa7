"""A plan in force planned again after something has changed: the days touched, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from routing.plan import Plan
from routing.problem import Problem
from routing.replan.change import Change
from routing.replan.difference import Difference, difference
from routing.replan.draft import Draft
from routing.replan.ill import RepIll
from routing.replan.late import RunningLate, Spent
from routing.replan.stages import Search, plan_cycle, plan_days_touched
from routing.replan.standing import Where, in_force
from routing.weights import Weights

Scope = Literal["day", "cycle"]

# Most of the plan stays as it is, so that a short search is enough: for a day of forty stops some
# 30 milliseconds, for a cycle of 240 visits about a second.
WORK: dict[Scope, int] = {"day": 150, "cycle": 800}


@dataclass(frozen=True, kw_only=True)
class Replanned:
    """The plan that answers the changed `problem`, and how it differs from the plan in force."""

    problem: Problem
    plan: Plan
    difference: Difference


def replan(
    problem: Problem,
    plan: Plan,
    changes: Sequence[Change] = (),
    *,
    scope: Scope = "cycle",
    begun: date | None = None,
    seed: int = 1,
    work: int | None = None,
    weights: Weights | None = None,
) -> Replanned:
    """Plan again with few changes. `plan` answers `problem`; days up to `begun` are left alone.

    Scope "day": only the days that the changes touch are planned again, what no longer fits
    there goes where there is room on another day, and nothing else moves. Scope "cycle": every
    day may change at the price of `weights.moved_off_published_day` a visit. `work` is that of
    `solve`; None: what the scope asks for. Raises `ChangeRefused`, and `InvalidProblem` for a
    problem that contradicts itself.
    """
    work = WORK[scope] if work is None else work
    before = in_force(problem, plan, begun=begun)
    after = before
    spent: dict[Where, Spent] = {}
    for change in changes:
        known, after = after, change.applied(after, plan)
        if isinstance(change, RunningLate):
            spent[change.rep_id, change.date] = change.spent(known, plan)
    draft = Draft(after, plan)
    search = Search(seed=seed, work=work, weights=weights or Weights())
    stages = plan_days_touched if scope == "day" else plan_cycle
    stages(before, draft, spent, search)
    new = draft.plan(seed=seed, work=work)
    made = _made(before, after, changes)
    return Replanned(
        problem=after, plan=new, difference=difference(before, plan, after, new, made=made)
    )


def _made(before: Problem, after: Problem, changes: Sequence[Change]) -> frozenset[str]:
    """The visits that left the problem because they lie behind."""
    done = {
        v for change in changes if isinstance(change, RunningLate | RepIll) for v in change.done
    }
    wanted = {visit.id for visit in after.visits}
    past = {stop.visit_id for stop in before.published if stop.date < after.first_day}
    return frozenset((past | done) - wanted)
