"""A day by PyVRP: one vehicle and no lunch, which it does not know."""

import time

from pyvrp import Model, SolveParams
from pyvrp.stop import MaxRuntime

from bench.read.cycle import CycleInstance


def pyvrp_order(day: CycleInstance, *, cpu_seconds: float, seed: int) -> list[int]:
    """Customer ids in order. Raises ValueError for a day with lunch."""
    if day.lunch is not None:
        raise ValueError("PyVRP knows no breaks; leave the lunch out")
    began_s = time.perf_counter()
    model = Model()
    places = [model.add_location(float(row), 0.0) for row in range(len(day.travel_s))]
    depot = model.add_depot(places[0])
    model.add_vehicle_type(
        start_depot=depot, end_depot=depot, tw_early=day.day_start_s, tw_late=day.day_end_s
    )
    for customer in day.customers:
        model.add_client(
            places[customer.id],
            service_duration=customer.service_s,
            tw_early=customer.earliest_start_s,
            tw_late=customer.latest_start_s,
        )
    for here, row in zip(places, day.travel_s, strict=True):
        for there, leg_s in zip(places, row, strict=True):
            model.add_edge(here, there, distance=leg_s, duration=leg_s)
    left_s = max(0.0, cpu_seconds - (time.perf_counter() - began_s))
    result = model.solve(
        MaxRuntime(left_s), seed=seed, collect_stats=False, display=False, params=SolveParams()
    )
    return [
        day.customers[activity.idx].id
        for route in result.best.routes()
        for activity in route
        if activity.is_client()
    ]
