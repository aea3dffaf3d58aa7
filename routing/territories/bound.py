"""How few moves a repair can do with at the least, by the hours alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from routing.territories.ledger import Ledger
from routing.territories.teams import Team

WINDOWS = 400  # positions of the hours' window that are looked at
SLACK = 1.01  # the mean moves a little with the ways


def at_least(ledger: Ledger, team: Team, limit: float) -> int:
    """A bound from below by the hours alone: wherever the window of allowed hours lies, so many
    customers must leave who has more, and so many must come to who has less."""
    needed_s = ledger.needed_s[team.reps].astype(np.float64)
    width_s = limit * needed_s.mean() * SLACK
    legs_s = np.stack([ledger.legs_s(int(rep)) for rep in team.reps])
    hours_s = ledger.service_s + ledger.visits * legs_s
    rows = np.concatenate([ledger.units.members[u] for u in team.units])
    coming = np.cumsum(np.sort(hours_s[:, rows].max(axis=0))[::-1])
    leaving = []
    for n, rep in enumerate(team.reps.tolist()):
        own = hours_s[n, ledger.customers_of(rep)]
        leaving.append(np.cumsum(np.sort(own)[::-1]))
    lows = np.linspace(needed_s.min(), max(needed_s.max() - width_s, needed_s.min()), WINDOWS)
    fewest = []
    for low, next_low in zip(lows, [*lows[1:], lows[-1]], strict=True):
        out = sum(
            _count(sums, over)
            for sums, over in zip(leaving, needed_s - (next_low + width_s), strict=True)
        )
        into = sum(_count(coming, under) for under in low - needed_s)
        fewest.append(max(out, into))
    return min(fewest)


def _count(sums: npt.NDArray[np.float64], wanted: float) -> int:
    """How many of the largest make up what is wanted."""
    return 0 if wanted <= 0 else int(np.searchsorted(sums, wanted)) + 1
