"""Who divides which ground: without ways over water each island has reps of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.territories.district import District
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.ground import Indices, named
from routing.territories.units import NOBODY, Units

Seconds = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Team:
    """The units of an island and the reps (rows) who divide them; both in order."""

    units: Indices
    reps: Indices


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many hours each rep should have: a share of the team's in proportion to the rep's own
    hours, more or less by the tolerance."""

    teams: tuple[Team, ...]
    available_s: npt.NDArray[np.int64]
    tolerance: float

    def target_s(self, needed_s: npt.NDArray[np.int64]) -> Seconds:
        """The hours that each rep should have where all have so many, shape (reps,)."""
        found = np.zeros(len(needed_s))
        for team in self.teams:
            own = self.available_s[team.reps]
            found[team.reps] = needed_s[team.reps].sum() * own / own.sum()
        return found

    def of(self, needed_s: npt.NDArray[np.int64], share: float = 1.0) -> tuple[Seconds, Seconds]:
        """Least and most hours of each rep, shape (reps,); by a share of the tolerance."""
        target_s, tolerance = self.target_s(needed_s), share * self.tolerance
        return target_s * (1 - tolerance), target_s * (1 + tolerance)


def teams_of(district: District, units: Units, *, across_water: bool) -> tuple[Team, ...]:
    """The islands with customers, each with its reps: those who have most of their customers
    there today, else who live there, and the others where the most work is for each rep. Raises
    `UnusableDistrict`."""
    everyone = np.arange(len(district.reps))
    if across_water or len(set(units.island.tolist())) == 1:
        return (Team(units=np.arange(len(units)), reps=everyone),)
    numbers = sorted(set(units.island.tolist()))
    work_s = {
        number: sum(
            district.customers[n].service_s
            for u in np.flatnonzero(units.island == number)
            for n in units.members[u]
        )
        for number in numbers
    }
    reps: dict[int, list[int]] = {number: [] for number in numbers}
    free = []
    for r in everyone.tolist():
        known = _known_island(district, units, r)
        if known is None:
            free.append(r)
        else:
            reps[known].append(r)
    for r in free:
        wanting = max(numbers, key=lambda one: (work_s[one] / (len(reps[one]) + 0.5), -one))
        reps[wanting].append(r)
    _refuse_impossible(district, units, reps)
    return tuple(
        Team(units=np.flatnonzero(units.island == number), reps=np.array(sorted(reps[number])))
        for number in numbers
    )


def _known_island(district: District, units: Units, rep: int) -> int | None:
    """Where a rep works today, or lives; None where neither is known."""
    name = district.reps[rep].id
    own = [n for n, one in enumerate(district.customers) if one.rep_id == name]
    if own:
        here = units.island[units.unit_of[own]]
        return int(np.bincount(here).argmax())
    if district.home_s[rep].any():
        nearest = int(district.home_s[rep].argmin())
        return int(units.island[units.unit_of[nearest]])
    return None


def _refuse_impossible(district: District, units: Units, reps: dict[int, list[int]]) -> None:
    for number, own in reps.items():
        here = np.flatnonzero(units.island == number)
        if not own:
            ids = [district.customers[n].id for u in here for n in units.members[u]]
            raise UnusableDistrict(
                Obstacle.ISLAND_WITHOUT_REP, count=len(ids), customers=named(ids)
            )
        refuse_too_few(units, here, own)


def refuse_too_few(units: Units, here: Sequence[int] | Indices, reps: Sequence[int]) -> None:
    """Raise `UnusableDistrict` where there are fewer units than reps to give them to."""
    if len(here) < len(reps):
        customers = sum(len(units.members[u]) for u in here)
        raise UnusableDistrict(
            Obstacle.MORE_REPS_THAN_PLACES, reps=len(reps), places=len(here), customers=customers
        )


def keepers(units: Units, team: Team) -> Indices:
    """For each of the team's units the place in `team.reps` of who keeps it, or `NOBODY`."""
    number = {int(rep): n for n, rep in enumerate(team.reps)}
    return np.array([number.get(int(units.fixed[u]), NOBODY) for u in team.units], dtype=np.intp)
