"""One hand-written case: a tiny problem, a story, and the verdict that a person gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.checks.violation import Rule
from routing.plan import Plan
from routing.problem import Problem
from routing.reasons import ReasonCode


@dataclass(frozen=True, kw_only=True)
class SomeOf:
    """Of these visits exactly `unserved` find no place, for one of these reasons; which of
    them is a matter of taste."""

    visits: frozenset[str]
    unserved: int
    reasons: frozenset[ReasonCode]


@dataclass(frozen=True, kw_only=True)
class Case:
    """`right` plans break nothing; each of the `wrong` breaks exactly the one rule.

    What a planner must do: `served` names the days a visit may stand on, `unserved` the reasons
    a person would accept, `some_of` a choice.
    """

    title: str
    story: str
    problem: Problem
    right: tuple[Plan, ...]
    wrong: tuple[tuple[Rule, Plan], ...] = ()
    served: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    unserved: Mapping[str, tuple[ReasonCode, ...]] = field(default_factory=dict)
    some_of: SomeOf | None = None
