"""A cycle by OR-Tools' plain routing model: a vehicle for each day, a node for each visit, the days
of a customer's visits tied to its patterns, the lunch as each day's break.

Left to itself it drops half of the visits of a large cycle, so it begins with a first plan, whose
time is not taken from its seconds. A visit may be dropped at a price.
"""

from itertools import accumulate, chain
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bench.peers.first_plan import Days, first_plan
from bench.read.cycle import CycleInstance

DROPPED = 1_000_000
MILLISECONDS = 1_000


def ortools_days(cycle: CycleInstance, *, cpu_seconds: float, seed: int) -> Days:
    """Customer ids in order, one list a day, dropped visits missing. It knows no seed."""
    del seed
    first = first_plan(cycle)
    customers = [0, *chain.from_iterable([c.id] * len(c.patterns[0]) for c in cycle.customers)]
    services = {customer.id: customer.service_s for customer in cycle.customers} | {0: 0}
    manager = pywrapcp.RoutingIndexManager(len(customers), cycle.days, 0)
    routing = pywrapcp.RoutingModel(manager)
    rows = [[cycle.travel_s[here][there] for there in customers] for here in customers]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(rows))
    elapsed = routing.RegisterTransitMatrix(
        [[services[here] + leg for leg in row] for here, row in zip(customers, rows, strict=True)]
    )
    routing.AddDimension(elapsed, cycle.day_end_s, cycle.day_end_s, False, "time")
    clock = routing.GetDimensionOrDie("time")
    _windows(cycle, manager, routing, clock, customers)
    _patterns(cycle, manager, routing)
    _lunches(cycle, routing, clock, [services[customer] for customer in customers])
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    parameters.time_limit.FromMilliseconds(max(1, int(cpu_seconds * MILLISECONDS)))
    routing.CloseModelWithParameters(parameters)
    start = routing.ReadAssignmentFromRoutes(_nodes(cycle, first), True)
    found = routing.SolveFromAssignmentWithParameters(start, parameters) if start else None
    if found is None:
        return first
    return [_route(manager, routing, found, customers, day) for day in range(cycle.days)]


def _nodes(cycle: CycleInstance, days: Days) -> Days:
    """The days in nodes: a customer's visits follow each other, and its customers their ids."""
    counts = [len(customer.patterns[0]) for customer in cycle.customers]
    following = dict(enumerate(accumulate(counts, initial=1), start=1))
    routes: Days = []
    for day in days:
        routes.append([following[customer] for customer in day])
        for customer in day:
            following[customer] += 1
    return routes


def _windows(
    cycle: CycleInstance, manager: Any, routing: Any, clock: Any, customers: list[int]
) -> None:
    windows = {c.id: (c.earliest_start_s, c.latest_start_s) for c in cycle.customers}
    for node, customer in enumerate(customers[1:], start=1):
        first_s, last_s = windows[customer]
        clock.CumulVar(manager.NodeToIndex(node)).SetRange(first_s, min(last_s, cycle.day_end_s))
    for day in range(cycle.days):
        clock.CumulVar(routing.Start(day)).SetMin(cycle.day_start_s)


def _patterns(cycle: CycleInstance, manager: Any, routing: Any) -> None:
    """The days of a customer's visits are one of its patterns, or all of them are dropped."""
    solver, node = routing.solver(), 1
    for customer in cycle.customers:
        count = len(customer.patterns[0])
        nodes = [manager.NodeToIndex(node + visit) for visit in range(count)]
        node += count
        for index in nodes:
            routing.AddDisjunction([index], DROPPED)
        days = [routing.VehicleVar(index) for index in nodes]
        dropped = (-1,) * count
        solver.Add(solver.AllowedAssignments(days, [dropped, *customer.patterns]))


def _lunches(cycle: CycleInstance, routing: Any, clock: Any, services: list[int]) -> None:
    if cycle.lunch is None:
        return
    services = services + [0] * (routing.Size() - len(services))  # each vehicle's start is a node
    for day in range(cycle.days):
        lunch = routing.solver().FixedDurationIntervalVar(
            cycle.lunch.earliest_start_s,
            cycle.lunch.latest_start_s,
            cycle.lunch.duration_s,
            False,
            f"lunch {day}",
        )
        clock.SetBreakIntervalsOfVehicle([lunch], day, services)


def _route(manager: Any, routing: Any, found: Any, customers: list[int], day: int) -> list[int]:
    order = []
    index = found.Value(routing.NextVar(routing.Start(day)))
    while not routing.IsEnd(index):
        order.append(customers[manager.IndexToNode(index)])
        index = found.Value(routing.NextVar(index))
    return order
