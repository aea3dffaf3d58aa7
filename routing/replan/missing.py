"""Why visits that a replan left without a day have none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from routing.explain import why_not
from routing.plan import Plan
from routing.replan.cut import cut
from routing.replan.draft import Draft
from routing.replan.neighbours import no_day_left
from routing.replan.standing import Where
from routing.weights import Weights


def explain_missing(
    draft: Draft, missing: Collection[str], weights: Weights, closed: Collection[Where]
) -> None:
    """Give each missing visit its reason, judged by all days that are neither begun nor `closed`:
    the few days that were planned again would know of no other."""
    if not missing:
        return
    days = draft.workdays.keys() - draft.begun - set(closed)
    rest = cut(
        draft, days, draft.visits.keys() - set(draft.standing_on(draft.routes.keys() - days))
    )
    plan = Plan(
        problem_id=rest.problem.id,
        fingerprint="",  # nobody asks which problem these routes answer
        seed=0,
        work=0,
        routes=draft.routes_on(days),
        unserved=(),
        travel_source=rest.problem.travel_source,
    )
    ids = {visit.id for visit in rest.problem.visits}
    for visit_id in sorted(missing):
        visit = draft.visits[visit_id]
        if visit_id in ids:
            found = why_not(rest.problem, plan, visit_id, weights).unserved
            own: dict[str, str | int] = {
                "earliest": visit.earliest.isoformat(),
                "latest": visit.latest.isoformat(),
            }
            draft.put((), [replace(found, params=found.params | own)])
        else:
            draft.put((), [no_day_left(visit)])
