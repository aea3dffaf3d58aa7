"""A remedy taken: the problem as changed, and the plan with the visit in it."""

from __future__ import annotations

from dataclasses import replace

from routing.cycle.instance import lay_out
from routing.explain.remedies import settled
from routing.explain.scene import Scene
from routing.explain.terms import applied
from routing.fingerprint import fingerprint
from routing.plan import Plan, Remedy
from routing.problem import Problem
from routing.weights import Weights


def taken(problem: Problem, plan: Plan, visit_id: str, remedy: Remedy) -> tuple[Problem, Plan]:
    """What people get who take a remedy at once, without planning again: only the remedy's day
    changes. Other unserved visits keep their reasons; their remedies may be gone with the room.

    Raises KeyError where the problem has no such visit, ValueError where the remedy does not work
    in this plan.
    """
    scene = Scene(lay_out(problem, Weights()), plan.routes)
    rep_id, day = remedy.params["rep"], remedy.params["date"]
    found = next(
        (
            settled(scene, terms, remedy)
            for _, terms in scene.terms(scene.visits[visit_id])
            if (terms.rep.id, terms.date.isoformat()) == (rep_id, day)
        ),
        None,
    )
    if found is None:
        raise ValueError(f"{remedy.code} on {day} with {rep_id} lets {visit_id} in no longer")
    _, place = found
    route = place.route(scene)
    new = applied(problem, visit_id, remedy)
    routes = {**scene.routes, (route.rep_id, route.date): route}
    return new, replace(
        plan,
        fingerprint=fingerprint(new),
        routes=tuple(sorted(routes.values(), key=lambda r: (r.date, r.rep_id))),
        unserved=tuple(missed for missed in plan.unserved if missed.visit_id != visit_id),
    )
