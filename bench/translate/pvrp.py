"""Periodic routes as a `Problem`: a rep for each vehicle, a thousandth of a unit for a second.

What must not be exceeded is rounded against the planner (distances, service and demand up,
limits down), so that a plan that keeps the rules in whole numbers keeps them in the file's. A
distance rounded up still keeps the triangle inequality.
"""

from collections.abc import Iterator
from datetime import date
from math import ceil, floor

import numpy as np

from bench.evaluate.pvrp import distance
from bench.read.error import BadInstance
from bench.read.pvrp import PvrpInstance, PvrpNode
from bench.translate.common import (
    GRADE,
    SOURCE,
    TRANSPORT,
    begins_within,
    day,
    nowhere,
    visits_of,
)
from routing.plan import Plan
from routing.problem import Customer, Matrix, Problem, Rep, Visit, WorkDay

SCALE = 1000
NOISE = 1e-6  # thousandths: a distance of 3 + 1e-15 is 3


def pvrp_problem(name: str, instance: PvrpInstance) -> Problem:
    """Raises `BadInstance` for capacities that change from day to day: a rep's does not."""
    if len(set(instance.capacity)) > 1:
        raise BadInstance(f"{name}: capacities differ between days: {instance.capacity}")
    travel = _travel(instance)
    begin_s, end_s = _hours(instance, travel)
    reps = tuple(_rep(instance, number, begin_s, end_s) for number in range(instance.vehicles))
    rep_ids = frozenset(rep.id for rep in reps)
    dates = (day(0), day(instance.days - 1))
    return Problem(
        id=name,
        first_day=dates[0],
        last_day=dates[1],
        places=nowhere(len(instance.nodes)),
        reps=reps,
        customers=tuple(
            _customer(place, node, rep_ids, end_s)
            for place, node in enumerate(instance.nodes)
            if node.patterns
        ),
        visits=tuple(visit for node in instance.nodes for visit in _visits(node, dates)),
        travel_s={TRANSPORT: travel},
        travel_m={TRANSPORT: travel},
        travel_source=SOURCE,
        # An unfit time ends up to two seconds after the window that it cuts.
        day_s=end_s + 2,
    )


def pvrp_days(instance: PvrpInstance, plan: Plan) -> list[list[list[int]]]:
    """Customer ids in order, one list a vehicle, one list of these a day."""
    stops = {(route.date, route.rep_id): route.stops for route in plan.routes}
    return [
        [
            [int(stop.customer_id) for stop in stops.get((day(number), _rep_id(vehicle)), ())]
            for vehicle in range(instance.vehicles)
        ]
        for number in range(instance.days)
    ]


def _travel(instance: PvrpInstance) -> Matrix:
    nodes = instance.nodes
    cells = [[_up(distance(here, there)) for there in nodes] for here in nodes]
    return np.array(cells, dtype=np.int32)


def _hours(instance: PvrpInstance, travel: Matrix) -> tuple[int, int]:
    """The depot's window; without one, as long as a route may take or to each customer and back.

    Without windows nobody waits, so that the longest duration is simply the end of the day.
    """
    window = instance.nodes[0].window
    if window is not None:
        return _up(window[0]), _down(window[1])
    if all(instance.longest):
        return 0, max(_down(longest) for longest in instance.longest if longest)
    each = int(travel[0].sum() + travel[:, 0].sum())
    return 0, each + sum(_up(node.service) for node in instance.nodes)


def _rep_id(vehicle: int) -> str:
    return f"vehicle-{vehicle:02}"


def _rep(instance: PvrpInstance, vehicle: int, begin_s: int, end_s: int) -> Rep:
    return Rep(
        id=_rep_id(vehicle),
        transport=TRANSPORT,
        workdays=tuple(_workdays(instance, begin_s, end_s)),
        max_driving_s_a_day=end_s,
        max_load=_down(instance.capacity[0]),
    )


def _workdays(instance: PvrpInstance, begin_s: int, end_s: int) -> Iterator[WorkDay]:
    windows = instance.nodes[0].window is not None
    for number, longest in enumerate(instance.longest):
        longest_s = _down(longest) if longest else None
        yield WorkDay(
            date=day(number),
            begin_s=begin_s,
            end_s=end_s if windows else min(end_s, longest_s or end_s),
            start=0,
            end=0,
            max_duration_s=longest_s if windows else None,
        )


def _customer(place: int, node: PvrpNode, rep_ids: frozenset[str], end_s: int) -> Customer:
    first_s, last_s = 0, end_s
    if node.window is not None:
        first_s, last_s = _up(node.window[0]), _down(node.window[1])
    return Customer(
        id=str(node.id),
        place=place,
        grade=GRADE,
        rep_ids=rep_ids,
        patterns=tuple(tuple(day(one) for one in pattern) for pattern in node.patterns),
        **begins_within(first_s, min(last_s, end_s)),
    )


def _visits(node: PvrpNode, dates: tuple[date, date]) -> Iterator[Visit]:
    """As many as a pattern has days: the file's frequency says the same, with one slip in p11."""
    if node.patterns:
        yield from visits_of(
            str(node.id),
            len(node.patterns[0]),
            service_s=_up(node.service),
            dates=dates,
            load=_up(node.demand),
        )


def _up(value: float) -> int:
    return ceil(SCALE * value - NOISE)


def _down(value: float) -> int:
    return floor(SCALE * value + NOISE)
