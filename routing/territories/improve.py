"""Units moved over borders, one at a time or two against each other: first for the balance, then
for shorter ways within it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from routing.territories.connected import may_leave
from routing.territories.ledger import Account, Ledger
from routing.territories.teams import Limits, Seconds
from routing.territories.units import NOBODY

BALANCING_MOVES = 400
PASSES = 6
PARTNERS = 6  # units tried against one that may not move alone
LEAST_GAIN_S = 1.0
INSIDE = 0.95  # of the tolerance: the mean that it is reckoned from moves with the ways


class Borders:
    """Moves over borders with an estimate of what they gain in ways."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.prices = np.stack([ledger.price(r) for r in range(len(ledger.district.reps))])

    def refresh(self, reps: tuple[int, ...]) -> None:
        """Estimate anew for reps whose territory changed."""
        for rep in reps:
            self.prices[rep] = self.ledger.price(rep)

    def moves(self) -> Iterator[tuple[float, int, int]]:
        """(seconds gained, unit, rep) of each free unit with a neighbour of that rep's."""
        units, owner = self.ledger.units, self.ledger.owner
        for unit, beside in enumerate(units.neighbours):
            if units.fixed[unit] != NOBODY:
                continue
            here = int(owner[unit])
            for rep in sorted({int(owner[one]) for one in beside} - {here}):
                yield self.gain(unit, rep), unit, rep

    def gain(self, unit: int, rep: int) -> float:
        """Seconds of ways saved by giving a unit to a rep, by estimate."""
        rows = self.ledger.units.members[unit]
        here = int(self.ledger.owner[unit])
        saved = self.prices[here, rows] - self.prices[rep, rows]
        return float((self.ledger.visits[rows] * saved).sum())

    def hours_s(self, unit: int) -> float:
        """About the hours that move with a unit."""
        rows = self.ledger.units.members[unit]
        visits, legs = self.ledger.visits[rows], self.prices[int(self.ledger.owner[unit]), rows]
        return float(self.ledger.service_s[rows].sum() + (visits * legs).sum())


def balance(ledger: Ledger, limits: Limits) -> None:
    """Move units from reps with more to reps with fewer hours until all are within bounds, or
    nothing more helps. What it costs in ways for each hour moved decides which."""
    borders = Borders(ledger)
    for _ in range(BALANCING_MOVES):
        least_s, most_s = limits.of(ledger.needed_s)
        over_s = ledger.needed_s - limits.target_s(ledger.needed_s)
        if ((ledger.needed_s >= least_s) & (ledger.needed_s <= most_s)).all():
            return
        best = _best_for_balance(borders, over_s)
        if best is None:
            return
        unit, rep = best
        here = int(ledger.owner[unit])
        ledger.move({unit: rep}, ledger.trial({unit: rep}))
        borders.refresh((here, rep))


def _best_for_balance(borders: Borders, over_s: Seconds) -> tuple[int, int] | None:
    ledger = borders.ledger
    offers = []
    for gain, unit, rep in borders.moves():
        here = int(ledger.owner[unit])
        hours_s = borders.hours_s(unit)
        # By how much the sum of squares falls, for each second moved.
        relief = 2 * (over_s[here] - over_s[rep] - hours_s)
        if hours_s > 0 and relief > 0:
            offers.append((-relief * hours_s / (hours_s + max(0.0, -gain) * 30), unit, rep))
    for _, unit, rep in sorted(offers):
        if may_leave(ledger.units, ledger.owner, unit):
            return unit, rep
    return None


def shorten(ledger: Ledger, limits: Limits) -> None:
    """Make the ways shorter by moves and exchanges over borders that keep the hours in bounds."""
    for _ in range(PASSES):
        ledger.settle()
        if not _pass(ledger, *limits.of(ledger.needed_s, INSIDE)):
            return


def _pass(ledger: Ledger, least_s: Seconds, most_s: Seconds) -> bool:
    borders = Borders(ledger)
    offers = sorted(((-gain, unit, rep) for gain, unit, rep in borders.moves()))
    changed = False
    for loss, unit, rep in offers:
        if loss > -LEAST_GAIN_S:
            break
        here = int(ledger.owner[unit])
        if (
            here == rep
            or not _beside(ledger, unit, rep)
            or not may_leave(ledger.units, ledger.owner, unit)
        ):
            continue
        if _try(ledger, {unit: rep}, least_s, most_s):
            changed = True
            continue
        changed |= any(
            _try(ledger, {unit: rep, other: here}, least_s, most_s)
            for other in _partners(borders, unit, rep, -loss)
        )
    return changed


def _partners(borders: Borders, unit: int, rep: int, gain: float) -> list[int]:
    """Units of the rep's that could come back for a unit without losing what it gains."""
    ledger = borders.ledger
    here = int(ledger.owner[unit])
    found = []
    for other, beside in enumerate(ledger.units.neighbours):
        if ledger.owner[other] != rep or ledger.units.fixed[other] != NOBODY:
            continue
        if all(ledger.owner[one] != here or one == unit for one in beside):
            continue
        back = borders.gain(other, here)
        if gain + back > LEAST_GAIN_S and may_leave(ledger.units, ledger.owner, other):
            found.append((-back, other))
    return [other for _, other in sorted(found)[:PARTNERS]]


def _try(ledger: Ledger, moves: dict[int, int], least_s: Seconds, most_s: Seconds) -> bool:
    """Carry moves out if the ways get shorter and no hours get farther out of bounds."""
    accounts = ledger.trial(moves)
    ways_s = sum(account.ways_s - ledger.accounts[rep].ways_s for rep, account in accounts.items())
    if ways_s > -LEAST_GAIN_S:
        return False
    for rep, account in accounts.items():
        if _outside(account, least_s[rep], most_s[rep]) > _outside(
            ledger.accounts[rep], least_s[rep], most_s[rep]
        ):
            return False
    if len(moves) > 1 and not _still_connected(ledger, moves):
        return False
    ledger.move(moves, accounts)
    return True


def _still_connected(ledger: Ledger, moves: dict[int, int]) -> bool:
    """Whether an exchange tears nothing apart: each unit may leave after the others moved."""
    units, owner = ledger.units, ledger.owner.copy()
    for unit, rep in moves.items():
        if not may_leave(units, owner, unit):
            return False
        owner[unit] = rep
    return all(any(owner[one] == rep for one in units.neighbours[u]) for u, rep in moves.items())


def _beside(ledger: Ledger, unit: int, rep: int) -> bool:
    return any(ledger.owner[one] == rep for one in ledger.units.neighbours[unit])


def _outside(account: Account, least_s: float, most_s: float) -> float:
    return max(0.0, least_s - account.needed_s, account.needed_s - most_s)
