"""Who has which unit, with hours and ways of each rep kept up to date through moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.hours import nth_nearest_s
from routing.territories.district import District
from routing.territories.ground import Indices
from routing.territories.units import Units

# A way to the middle of the territory weighs this share of itself with each visit. It is no
# travel of anybody's; it keeps territories round where the ways decide nothing.
ROUNDNESS = 0.1


@dataclass(frozen=True, kw_only=True)
class Account:
    """One rep's figures in seconds: hours needed as `routing.hours` reckons them, and what the
    search makes small: the ways with every customer's distance from home in them."""

    needed_s: int
    ways_s: float


class Ledger:
    """The state of a search. `owner[u]` is the rep's row that has unit u."""

    def __init__(self, district: District, units: Units, owner: Indices) -> None:
        self.district = district
        self.units = units
        self.owner = owner.copy()
        self.visits = np.array([one.visits for one in district.customers], dtype=np.int64)
        self.service_s = np.array([one.service_s for one in district.customers], dtype=np.int64)
        self.middles = np.zeros(len(district.reps), dtype=np.intp)  # a customer each
        self.accounts = [self._settled(r) for r in range(len(district.reps))]

    @property
    def needed_s(self) -> npt.NDArray[np.int64]:
        """Hours of each rep, shape (reps,)."""
        return np.array([one.needed_s for one in self.accounts], dtype=np.int64)

    @property
    def ways_s(self) -> float:
        """What the search makes small."""
        return sum(one.ways_s for one in self.accounts)

    def customers_of(self, rep: int) -> Indices:
        """The customers that a rep has, in order."""
        return np.flatnonzero(self.owner[self.units.unit_of] == rep)

    def settle(self) -> None:
        """Find the middles anew and reckon everything from them."""
        self.accounts = [self._settled(r) for r in range(len(self.accounts))]

    def trial(self, moves: dict[int, int]) -> dict[int, Account]:
        """The accounts of the reps that moves (unit → rep) would change."""
        before = {unit: int(self.owner[unit]) for unit in moves}
        touched = sorted(set(before.values()) | set(moves.values()))
        self._set(moves)
        found = {rep: self._account(rep, self.customers_of(rep)) for rep in touched}
        self._set(before)
        return found

    def move(self, moves: dict[int, int], accounts: dict[int, Account]) -> None:
        """Carry moves out, with the accounts that their trial told."""
        self._set(moves)
        for rep, account in accounts.items():
            self.accounts[rep] = account

    def rename(self, names: dict[int, int]) -> None:
        """Give the territories of some reps to others of them: old rep → new rep."""
        self.owner = np.array([names.get(int(rep), int(rep)) for rep in self.owner], dtype=np.intp)
        self.settle()

    def price(self, rep: int) -> npt.NDArray[np.float64]:
        """What a visit to each customer costs a rep in ways, seconds, shape (n,): as if the
        customer were one more of the rep's."""
        return self.legs_s(rep) + self._reach(rep)

    def legs_s(self, rep: int) -> npt.NDArray[np.float64]:
        """The way to each customer as if it were one more of a rep's, seconds, shape (n,)."""
        mine = self.customers_of(rep)
        mine = mine[self.visits[mine] > 0]
        if not len(mine):
            return np.zeros(len(self.visits))
        ways = self.district.travel_s[:, mine].copy()
        ways[mine, np.arange(len(mine))] = -1
        nth = min(max(self.district.reps[rep].days, 1), len(mine) - 1)
        return np.partition(ways, nth, axis=1)[:, nth].astype(np.float64)

    def _set(self, moves: dict[int, int]) -> None:
        for unit, rep in moves.items():
            self.owner[unit] = rep

    def _settled(self, rep: int) -> Account:
        mine = self.customers_of(rep)
        if len(mine):
            ways = self.district.travel_s[np.ix_(mine, mine)] @ np.maximum(self.visits[mine], 0)
            self.middles[rep] = mine[int(ways.argmin())]
        return self._account(rep, mine)

    def _account(self, rep: int, mine: Indices) -> Account:
        days = self.district.reps[rep].days
        service_s = int(self.service_s[mine].sum())
        due = mine[self.visits[mine] > 0]
        if not len(due):
            return Account(needed_s=service_s, ways_s=0.0)
        visits = self.visits[due]
        legs_s = int((visits * nth_nearest_s(self.district.travel_s[np.ix_(due, due)], days)).sum())
        home_s = days * int(self.district.home_s[rep, due].min())
        reach_s = float((visits * self._reach(rep)[due]).sum())
        return Account(needed_s=service_s + legs_s + home_s, ways_s=legs_s + reach_s)

    def _reach(self, rep: int) -> npt.NDArray[np.float64]:
        """A visit's share of the days' ways from and to home, and of the roundness."""
        days = self.district.reps[rep].days
        a_day = max(self.visits.sum() / len(self.district.reps) / max(days, 1), 1.0)
        home_s = self.district.home_s[rep].astype(np.float64)
        middle_s = self.district.travel_s[self.middles[rep]].astype(np.float64)
        if not home_s.any():
            home_s = 2 * middle_s
        found: npt.NDArray[np.float64] = home_s / a_day + ROUNDNESS * middle_s
        return found
