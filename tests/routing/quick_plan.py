"""A plan in a moment, for tests that need some plan and no good one."""

from routing.cycle.instance import lay_out
from routing.explain import explain_all
from routing.explain.scene import Scene
from routing.explain.trial import trials
from routing.fingerprint import fingerprint
from routing.plan import DayRoute, Plan
from routing.problem import Problem
from routing.weights import Weights


def quick_plan(problem: Problem) -> Plan:
    """Each visit in its turn on the first day that has room; a joint visit's second person after
    the first. No planner is asked."""
    routes: dict[tuple, DayRoute] = {}
    instance = lay_out(problem, Weights())
    for visit in sorted(problem.visits, key=lambda v: (v.accompanies is not None, v.id)):
        scene = Scene(instance, routes.values())
        place = next((trial.place for trial in trials(scene, visit) if trial.place), None)
        if place is not None:
            route = place.route(scene)
            routes[route.rep_id, route.date] = route
    return Plan(
        problem_id=problem.id,
        fingerprint=fingerprint(problem),
        seed=0,
        work=0,
        routes=tuple(routes.values()),
        unserved=explain_all(instance, routes.values()),
        travel_source=problem.travel_source,
    )
