"""Units given to reps at the least cost, each rep's hours within bounds: a min-cost flow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from routing.territories.ground import Indices
from routing.territories.units import NOBODY

COST_SCALE = 100  # costs are rounded to so many parts


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Least and most that each rep should get, shape (reps,), in the unit of the supplies."""

    least: npt.NDArray[np.int64]
    most: npt.NDArray[np.int64]


def shared_out(
    supply: npt.NDArray[np.int64],
    cost: npt.NDArray[np.float64],
    fixed: Indices,
    bounds: Bounds,
) -> Indices:
    """The rep of each unit, shape (units,). `supply` > 0 is a unit's hours, `cost` of a unit of it
    has shape (units, reps), `fixed` the rep who keeps a unit or `NOBODY`.

    Of a unit that the flow splits, who gets most of it gets all. Bounds give way only where fixed
    units leave no other choice.
    """
    n, k = cost.shape
    scaled = np.rint((cost - cost.min(axis=1, keepdims=True)) * COST_SCALE).astype(np.int64)
    free = (fixed[:, None] == NOBODY) | (fixed[:, None] == np.arange(k)[None, :])
    units, reps = np.nonzero(free)
    # Filling up to the least and going over the most weigh more than any chain of exchanges.
    weight = (k + 1) * int(scaled.max() + 1)
    total = int(supply.sum())
    sink = n + k
    rep_nodes = n + np.arange(k)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        units, n + reps, supply[units], scaled[units, reps]
    )
    sinks = np.full(k, sink)
    room = np.maximum(bounds.most - bounds.least, 0)
    for capacity, price in ((bounds.least, -weight), (room, 0), (np.full(k, total), weight)):
        flow.add_arcs_with_capacity_and_unit_cost(rep_nodes, sinks, capacity, np.full(k, price))
    flow.set_nodes_supplies(
        np.arange(n + k + 1), np.r_[supply, np.zeros(k, dtype=np.int64), -total]
    )
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise AssertionError(f"the flow is {status}, which soft bounds rule out")
    given = np.zeros((n, k), dtype=np.int64)
    given[units, reps] = flow.flows(arcs)
    found: Indices = given.argmax(axis=1)
    return found
