"""A day by OR-Tools' routing library: guided local search, the lunch as a break."""

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from bench.read.cycle import CycleInstance

# With mandatory visits its first solution is often none at all; dropping one costs this instead.
DROPPED = 10_000_000
MILLISECONDS = 1_000


def ortools_order(day: CycleInstance, *, cpu_seconds: float, seed: int) -> list[int]:
    """Customer ids in order, dropped ones missing. It knows no seed."""
    del seed
    manager = pywrapcp.RoutingIndexManager(len(day.travel_s), 1, 0)
    routing = pywrapcp.RoutingModel(manager)
    services = [0, *(customer.service_s for customer in day.customers)]
    travel = routing.RegisterTransitMatrix([list(row) for row in day.travel_s])
    routing.SetArcCostEvaluatorOfAllVehicles(travel)
    elapsed = routing.RegisterTransitMatrix(
        [[services[i] + leg for leg in row] for i, row in enumerate(day.travel_s)]
    )
    routing.AddDimension(elapsed, day.day_end_s, day.day_end_s, False, "time")
    clock = routing.GetDimensionOrDie("time")
    clock.CumulVar(routing.Start(0)).SetMin(day.day_start_s)
    for customer in day.customers:
        index = manager.NodeToIndex(customer.id)
        clock.CumulVar(index).SetRange(
            customer.earliest_start_s, min(customer.latest_start_s, day.day_end_s)
        )
        routing.AddDisjunction([index], DROPPED)
    if day.lunch is not None:
        lunch = routing.solver().FixedDurationIntervalVar(
            day.lunch.earliest_start_s,
            day.lunch.latest_start_s,
            day.lunch.duration_s,
            False,
            "lunch",
        )
        clock.SetBreakIntervalsOfVehicle([lunch], 0, services)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    parameters.time_limit.FromMilliseconds(max(1, int(cpu_seconds * MILLISECONDS)))
    found = routing.SolveWithParameters(parameters)
    order: list[int] = []
    index = routing.Start(0)
    while found is not None and not routing.IsEnd(index):
        index = found.Value(routing.NextVar(index))
        order.append(manager.IndexToNode(index))
    return order[:-1]
