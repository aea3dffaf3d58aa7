"""Periodic routes: every customer on a pattern of its own, every route within load and time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, inf

from bench.evaluate.verdict import TOLERANCE, Verdict, chosen_patterns
from bench.read.pvrp import PvrpInstance, PvrpNode

ANY_TIME = (0.0, inf)


def evaluate_pvrp(instance: PvrpInstance, days: Sequence[Sequence[Sequence[int]]]) -> Verdict:
    """`days`: customer ids in order, one list a vehicle, one list of these a day."""
    nodes = {node.id: node for node in instance.nodes[1:]}
    days_of: dict[int, list[int]] = defaultdict(list)
    for number, day in enumerate(days):
        for route in day:
            for customer in route:
                days_of[customer].append(number)
    patterns = {node.id: frozenset(node.patterns) for node in nodes.values()}
    violations = chosen_patterns(days_of, patterns)
    if len(days) != instance.days:
        violations.append(f"{len(days)} days; the file has {instance.days}")
    cost = 0.0
    for number, day in enumerate(days[: instance.days]):
        routes = [[nodes[one] for one in route if one in nodes] for route in day if route]
        if len(routes) > instance.vehicles:
            violations.append(
                f"day {number}: {len(routes)} routes for {instance.vehicles} vehicles"
            )
        for stops in routes:
            cost += sum(distance(*leg) for leg in pairwise(_tour(instance, stops)))
            violations += (f"day {number}: {broken}" for broken in _broken(instance, number, stops))
    return Verdict(cost=cost, violations=tuple(violations))


def distance(here: PvrpNode, there: PvrpNode) -> float:
    """Euclidean, in the file's units."""
    return hypot(here.x - there.x, here.y - there.y)


def _tour(instance: PvrpInstance, route: list[PvrpNode]) -> list[PvrpNode]:
    return [instance.nodes[0], *route, instance.nodes[0]]


def _broken(instance: PvrpInstance, day: int, route: list[PvrpNode]) -> Iterator[str]:
    load = sum(node.demand for node in route)
    if load > instance.capacity[day] + TOLERANCE:
        yield f"load {load} is over {instance.capacity[day]}"
    late = _late(instance, route)
    if late is not None:
        yield late
        return
    longest = instance.longest[day]
    duration = _shortest_duration(instance, route)
    if longest is not None and duration > longest + TOLERANCE:
        yield f"a route of {duration:.6f} is over {longest}"


def _late(instance: PvrpInstance, route: list[PvrpNode]) -> str | None:
    now = (instance.nodes[0].window or ANY_TIME)[0]
    for here, there in pairwise(_tour(instance, route)):
        earliest, latest = there.window or ANY_TIME
        now = max(now + here.service + distance(here, there), earliest)
        if now > latest + TOLERANCE:
            return f"node {there.id} is reached at {now:.6f}, after {latest}"
    return None


def _shortest_duration(instance: PvrpInstance, route: list[PvrpNode]) -> float:
    """From leaving to returning, waiting included, when the depot is left at the best moment.

    The return is the later of its earliest moment and the moment of leaving plus all driving and
    service, so that leaving as late as the windows allow is best.
    """
    tour = _tour(instance, route)
    busy = sum(here.service + distance(here, there) for here, there in pairwise(tour))
    back = (tour[0].window or ANY_TIME)[0]
    for here, there in pairwise(tour):
        back = max(back + here.service + distance(here, there), (there.window or ANY_TIME)[0])
    latest = (tour[-1].window or ANY_TIME)[1]
    for here, there in reversed(list(pairwise(tour))):
        leave_by = latest - here.service - distance(here, there)
        latest = min(leave_by, (here.window or ANY_TIME)[1])
    return max(busy, back - latest)
