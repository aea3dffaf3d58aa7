"""The plan answers this very problem: same id, same contents, same travel times."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts
from routing.checks.violation import Rule, Violation
from routing.fingerprint import fingerprint


def answers_this_problem(facts: Facts) -> Iterator[Violation]:
    """Problem id, fingerprint and source of the travel times are the problem's own."""
    problem, plan = facts.problem, facts.plan
    for rule, given, expected in (
        (Rule.WRONG_PROBLEM, plan.problem_id, problem.id),
        (Rule.WRONG_FINGERPRINT, plan.fingerprint, fingerprint(problem)),
        (Rule.WRONG_TRAVEL_SOURCE, plan.travel_source, problem.travel_source),
    ):
        if given != expected:
            yield Violation(rule=rule, params={"given": given, "expected": expected})
