"""The order of one day by OR-Tools' routing library, starting from an order that fits.

A descent to the nearest local optimum: it ends by itself and needs no clock, so that the same
day gives the same order anywhere. (Guided local search would look for ever on a day whose only
order is the given one.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.cycle.instance import Job, Slot
from routing.day.rush import best_at_its_hours


def best_order(slot: Slot, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The visits in the order whose legs cost least that OR-Tools finds; `jobs` must fit the slot
    as they stand, and the answer is never dearer. On a day with peaks the legs are reckoned at
    their hours, as `routing.day.rush` says."""
    if len(jobs) < 2:
        return tuple(jobs)
    ordinary = _ordinary_order(slot, jobs)
    return best_at_its_hours(slot, jobs, ordinary) if slot.pace.peaked else ordinary


def _ordinary_order(slot: Slot, jobs: Sequence[Job]) -> tuple[Job, ...]:
    nodes = [slot.day.start, *(job.node for job in jobs), slot.day.end]
    matrix = [[slot.travel[here][there] for there in nodes] for here in nodes]
    service = [0, *(job.service_s for job in jobs), 0]
    manager = pywrapcp.RoutingIndexManager(len(nodes), 1, [0], [len(nodes) - 1])
    routing = pywrapcp.RoutingModel(manager)
    cost = routing.RegisterTransitMatrix(
        [[slot.leg_cost[here][there] for there in nodes] for here in nodes]
    )
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    elapsed = routing.RegisterTransitMatrix(
        [[service[i] + leg for leg in row] for i, row in enumerate(matrix)]
    )
    routing.AddDimension(elapsed, slot.day.end_s, slot.day.end_s, False, "time")
    time = routing.GetDimensionOrDie("time")
    time.CumulVar(routing.Start(0)).SetMin(slot.day.begin_s)
    solver = routing.solver()
    for number, job in enumerate(jobs, start=1):
        cumul = time.CumulVar(manager.NodeToIndex(number))
        windows = job.windows[slot.index]
        cumul.SetRange(windows[0][0], windows[-1][1])
        for (_, closed), (opened, _) in pairwise(windows):
            if closed + 1 < opened:
                cumul.RemoveInterval(closed + 1, opened - 1)
    if slot.lunch is not None:
        lunch = solver.FixedDurationIntervalVar(
            slot.lunch.earliest_s, slot.lunch.latest_s, slot.lunch.duration_s, False, "lunch"
        )
        time.SetBreakIntervalsOfVehicle([lunch], 0, service)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    )
    parameters.log_search = False
    routing.CloseModelWithParameters(parameters)
    start = routing.ReadAssignmentFromRoutes([list(range(1, len(jobs) + 1))], True)
    found = routing.SolveFromAssignmentWithParameters(start, parameters) if start else None
    if found is None:
        return tuple(jobs)
    order = []
    index = found.Value(routing.NextVar(routing.Start(0)))
    while not routing.IsEnd(index):
        order.append(jobs[manager.IndexToNode(index) - 1])
        index = found.Value(routing.NextVar(index))
    return tuple(order)
