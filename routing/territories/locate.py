"""Territories from nothing: customers to the nearest middles within bounds, middles anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from routing.hours import nth_nearest_s
from routing.territories.district import District
from routing.territories.flow import Bounds, shared_out
from routing.territories.ground import Indices
from routing.territories.teams import Limits, Team, keepers
from routing.territories.units import NOBODY, Units

ROUNDS = 12
MINUTE_S = 60


def seeds_by_distance(district: District, units: Units, team: Team) -> Indices:
    """As many customers as reps, each the farthest from those before: the first is the farthest
    from the team's middle, and each is the rep's who lives well for it. Shape (reps of the
    team,)."""
    heads = np.array([units.members[u][0] for u in team.units], dtype=np.intp)
    ways = district.travel_s[np.ix_(heads, heads)].astype(np.int64)
    found = [int(ways[int(ways.sum(axis=1).argmin())].argmax())]
    while len(found) < len(team.reps):
        found.append(int(ways[found].min(axis=0).argmax()))
    middles = heads[found]
    return middles[matched(district.home_s[np.ix_(team.reps, middles)])]


def seeds_by_home(district: District, units: Units, team: Team) -> Indices | None:
    """For each rep the customer nearest to home; None where a rep has no home."""
    rows = np.concatenate([units.members[u] for u in team.units])
    home_s = district.home_s[np.ix_(team.reps, rows)]
    if not home_s.any(axis=1).all():
        return None
    found: Indices = rows[home_s.argmin(axis=1)]
    return found


def matched(cost: npt.NDArray[np.int32]) -> Indices:
    """Which column each row gets so that all together cost least, shape (rows,); square."""
    rows, columns = np.indices(cost.shape).reshape(2, -1)
    assignment = SimpleLinearSumAssignment()
    assignment.add_arcs_with_cost(rows, columns, cost.reshape(-1).astype(np.int64))
    if assignment.solve() != assignment.OPTIMAL:
        raise AssertionError("a full square has an assignment")
    return np.array([assignment.right_mate(row) for row in range(len(cost))], dtype=np.intp)


def located(
    district: District, units: Units, team: Team, limits: Limits, middles: Indices
) -> Indices:
    """The rep of each of the team's units, found from middles to begin with.

    Shape (units of the team,). Each round gives units out by a flow within the bounds and finds
    the middles anew, until nothing changes.
    """
    rows = np.concatenate([units.members[u] for u in team.units])
    days = max(district.reps[r].days for r in team.reps)
    leg_s = np.zeros(len(district.customers))
    leg_s[rows] = nth_nearest_s(district.travel_s[np.ix_(rows, rows)], days)
    visits = np.array([one.visits for one in district.customers], dtype=np.float64)
    service_s = np.array([one.service_s for one in district.customers], dtype=np.float64)
    hours_s = service_s + visits * leg_s
    supply = np.array(
        [max(1, round(hours_s[units.members[u]].sum() / MINUTE_S)) for u in team.units],
        dtype=np.int64,
    )
    fixed = keepers(units, team)
    own_s = limits.available_s[team.reps]
    target = supply.sum() * own_s / own_s.sum()
    bounds = Bounds(
        least=np.floor(target * (1 - limits.tolerance / 2)).astype(np.int64),
        most=np.ceil(target * (1 + limits.tolerance / 2)).astype(np.int64),
    )
    a_day = max(visits[rows].sum() / len(team.reps) / max(days, 1), 1.0)
    weight = np.maximum(visits, 0.1)
    given = np.full(len(team.units), NOBODY, dtype=np.intp)
    for _ in range(ROUNDS):
        home_s = district.home_s[team.reps].astype(np.float64)
        ways_s = district.travel_s[middles].astype(np.float64)
        a_visit = (
            np.where((home_s > 0).any(axis=1, keepdims=True), home_s, 2 * ways_s) / a_day + ways_s
        )
        cost = np.stack(
            [
                (weight[units.members[u]] * a_visit[:, units.members[u]]).sum(axis=1)
                for u in team.units
            ]
        )
        found = shared_out(supply, cost / supply[:, None], fixed, bounds)
        if (found == given).all():
            break
        given = found
        middles = _middles(district, units, team, given, weight, middles)
    return team.reps[given]


def _middles(
    district: District,
    units: Units,
    team: Team,
    given: Indices,
    weight: npt.NDArray[np.float64],
    before: Indices,
) -> Indices:
    found = before.copy()
    for n in range(len(team.reps)):
        mine = [units.members[u] for u in team.units[given == n]]
        if mine:
            rows = np.concatenate(mine)
            ways = district.travel_s[np.ix_(rows, rows)] @ weight[rows]
            found[n] = rows[int(ways.argmin())]
    return found
