"""The fewest units to move by an estimate of the hours that move with them: CP-SAT.

A unit may go to a territory when a neighbour nearer to it is in it, too; what a territory keeps
must hang together as it did before. The latter is asked for when a solution breaks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from routing.territories.connected import pieces
from routing.territories.ledger import Ledger
from routing.territories.teams import Team
from routing.territories.units import NOBODY

WORK = 6.0  # of CP-SAT's own units for one solve, not of the clock
CUT_ROUNDS = 12
A_CUSTOMER = 100_000  # outweighs the minutes of all ways that a repair changes
MINUTE_S = 60


@dataclass(frozen=True, kw_only=True)
class Fewest:
    """Unit → rep; None where there is nothing (or nothing fewer); `proven`: by a full search."""

    moves: dict[int, int] | None
    proven: bool


Moves = dict[tuple[int, int], cp_model.IntVar]


def fewest_moves(
    ledger: Ledger,
    team: Team,
    limit: float,
    *,
    reach: int | None,
    fewer_than: int | None = None,
) -> Fewest:
    """The moves of fewest customers that bring a team's imbalance to the limit by the estimate.
    `reach`: how many neighbours behind a border may move; `fewer_than`: only if so few do."""
    return _Question(ledger, team, reach).answer(limit, fewer_than)


class _Question:
    """The model with its variables: `moves[unit, rep]`, and those `of_unit`."""

    def __init__(self, ledger: Ledger, team: Team, reach: int | None) -> None:
        self.ledger, self.team = ledger, team
        self.model = cp_model.CpModel()
        self.steps = {int(rep): _steps(ledger, int(rep), team) for rep in team.reps}
        free = [int(u) for u in team.units if ledger.units.fixed[u] == NOBODY]
        self.moves: Moves = {
            (unit, rep): self.model.new_bool_var("")
            for unit in free
            for rep, far in self.steps.items()
            if far[unit] > 0 and (reach is None or far[unit] <= reach)
        }
        self.of_unit: dict[int, list[cp_model.IntVar]] = {}
        for (unit, _), move in self.moves.items():
            self.of_unit.setdefault(unit, []).append(move)

    def answer(self, limit: float, fewer_than: int | None) -> Fewest:
        for own in self.of_unit.values():
            self.model.add_at_most_one(own)
        for unit, rep in self.moves:
            self._step_by_step(unit, rep)
        self._within(limit)
        members = self.ledger.units.members
        customers = sum(len(members[u]) * move for (u, _), move in self.moves.items())
        if fewer_than is not None:
            self.model.add(customers <= fewer_than - 1)
        reps = range(len(self.ledger.district.reps))
        prices = np.stack([self.ledger.price(r) for r in reps])
        minutes = sum(
            _minutes(self.ledger, prices, u, rep) * move for (u, rep), move in self.moves.items()
        )
        self.model.minimize(A_CUSTOMER * customers + minutes)
        return self._solved()

    def _solved(self) -> Fewest:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = WORK
        for _ in range(CUT_ROUNDS):
            status = solver.solve(self.model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return Fewest(moves=None, proven=status == cp_model.INFEASIBLE)
            found = {unit: rep for (unit, rep), move in self.moves.items() if solver.value(move)}
            if not self._cut(found):
                return Fewest(moves=found, proven=status == cp_model.OPTIMAL)
        return Fewest(moves=None, proven=False)

    def _step_by_step(self, unit: int, rep: int) -> None:
        """A unit goes only where a neighbour nearer to the territory is or goes, too."""
        far = self.steps[rep]
        nearer = [o for o in self.ledger.units.neighbours[unit] if far.get(o) == far[unit] - 1]
        self.model.add(self.moves[unit, rep] <= sum(self._has(other, rep) for other in nearer))

    def _has(self, unit: int, rep: int) -> Any:
        """Whether a rep has a unit after the moves."""
        if self.ledger.owner[unit] == rep:
            return 1 - sum(self.of_unit.get(unit, []))
        return self.moves.get((unit, rep), 0)

    def _within(self, limit: float) -> None:
        ledger, reps = self.ledger, self.team.reps
        legs_s = {int(rep): ledger.legs_s(int(rep)) for rep in reps}
        hours: dict[int, Any] = {int(rep): int(ledger.needed_s[rep]) for rep in reps}
        for (unit, rep), move in self.moves.items():
            here = int(ledger.owner[unit])
            hours[rep] += _hours_s(ledger, legs_s[rep], unit) * move
            hours[here] -= _hours_s(ledger, legs_s[here], unit) * move
        total = int(ledger.needed_s[reps].sum())
        least = self.model.new_int_var(0, 2 * total, "")
        most = self.model.new_int_var(0, 2 * total, "")
        for own in hours.values():
            self.model.add(own >= least)
            self.model.add(own <= most)
        # The total moves by the ways alone: that of today is what the limit is reckoned from.
        self.model.add(most - least <= int(limit * total / len(reps)))

    def _cut(self, found: dict[int, int]) -> bool:
        """Forbid what tears a territory apart: of a piece that lies apart one must not be the
        rep's, or one of its neighbours must."""
        units, torn = self.ledger.units, False
        owner = self.ledger.owner.copy()
        for unit, rep in found.items():
            owner[unit] = rep
        own_units = [int(u) for u in self.team.units]
        for rep in self.team.reps.tolist():
            before = pieces(units, [u for u in own_units if self.ledger.owner[u] == rep])
            after = pieces(units, [u for u in own_units if owner[u] == rep])
            for piece in sorted(after, key=len)[: len(after) - len(before)]:
                torn = True
                around = {o for u in piece for o in units.neighbours[u]} - set(piece)
                gone = sum(1 - self._has(u, rep) for u in piece)
                joins = sum(self._has(u, rep) for u in sorted(around))
                self.model.add(gone + joins >= 1)
        return torn


def _steps(ledger: Ledger, rep: int, team: Team) -> dict[int, int]:
    """How many neighbours each unit of the team is away from a rep's; 0 for the rep's own, -1
    where there is no way."""
    found = {int(u): -1 for u in team.units}
    at = [u for u in found if ledger.owner[u] == rep]
    found |= dict.fromkeys(at, 0)
    step = 0
    while at:
        step += 1
        beyond = {o for u in at for o in ledger.units.neighbours[u] if found.get(o) == -1}
        at = sorted(beyond)
        found |= dict.fromkeys(at, step)
    return found


def _hours_s(ledger: Ledger, legs_s: npt.NDArray[np.float64], unit: int) -> int:
    rows = ledger.units.members[unit]
    return int(ledger.service_s[rows].sum() + (ledger.visits[rows] * legs_s[rows]).sum())


def _minutes(ledger: Ledger, prices: npt.NDArray[np.float64], unit: int, rep: int) -> int:
    """Minutes of ways that a move adds, 0 where it saves some: among as few, the shortest."""
    rows, here = ledger.units.members[unit], int(ledger.owner[unit])
    more_s = (ledger.visits[rows] * (prices[rep, rows] - prices[here, rows])).sum()
    return max(0, round(float(more_s) / MINUTE_S))
